"""The Lambda entry point: `lambda_function.lambda_handler`, created once per cold start and called once per request."""

import gc

from lazy_sdk import defer

defer()  # before anything imports the SDK

from skill import log  # noqa: E402
from skill.app import from_environment  # noqa: E402

log.to_stream(metrics=True)
lambda_handler = from_environment()
gc.freeze()  # what was imported stays in memory and is excluded from garbage collection
