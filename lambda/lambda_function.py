"""The Lambda entry point: `lambda_function.lambda_handler`, created once per cold start and called once per request."""

import gc
import os

from lazy_sdk import defer

defer()  # before anything imports the SDK

from skill import log  # noqa: E402
from skill.app import MEMORY, SKILL_ID, create, offers_in  # noqa: E402
from skill.memory.choose import choose  # noqa: E402

log.to_stream(metrics=True)
memory = choose(os.environ.get(MEMORY, "none"))
lambda_handler = create(os.environ.get(SKILL_ID) or None, memory, offers_in(os.environ))
if memory is not None:
    from after_answer import settled_after

    lambda_handler = settled_after(lambda_handler, memory)
gc.freeze()  # all that has been imported stays; the garbage of a turn is not looked for in it
