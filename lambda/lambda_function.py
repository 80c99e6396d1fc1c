"""Where Lambda enters: `lambda_function.lambda_handler`. Made once for each start, called once for each request."""

import gc

from lazy_sdk import defer

defer()  # before anything imports the SDK

from skill import log  # noqa: E402
from skill.app import from_environment  # noqa: E402

log.to_stream(metrics=True)
lambda_handler = from_environment()
gc.freeze()  # all that has been imported stays; the garbage of a turn is not looked for in it
