"""Runs in a fresh, isolated interpreter: imports the bundle in the folder named, answers events, prints what it took.

    python -I -S -B measure_start.py FOLDER cold|sweep  < events.json

`cold`: import and first answer in milliseconds, a warm turn in microseconds, peak memory in KB.
`sweep`: the warm turn of each event, in microseconds.
"""

import json
import statistics
import sys
import time
from typing import Any

sys.path.insert(0, sys.argv[1])
events = json.load(sys.stdin)


def turn(event: dict[str, Any], times: int, batches: int) -> float:
    """The median over batches of one turn's microseconds."""
    taken = []
    for _ in range(batches):
        # Of the processor: nothing is waited for in a turn, and a busy machine's other work is not counted.
        started = time.process_time()
        for _ in range(times):
            lambda_handler(event, None)
        taken.append((time.process_time() - started) / times)
    return statistics.median(taken) * 1e6


begun = time.perf_counter()
from lambda_function import lambda_handler  # noqa: E402

answer = lambda_handler(events[0], None)
cold = (time.perf_counter() - begun) * 1000
if "outputSpeech" not in answer["response"]:
    sys.exit("expected words in the first answer, found none")
if sys.argv[2] == "sweep":
    for event in events:
        lambda_handler(event, None)
    print(json.dumps([turn(event, 3, 5) for event in events]))
else:
    warm = turn(events[0], 40, 15)
    # Not getrusage: a child starts with its parent's peak there.
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    print(json.dumps({"cold": cold, "warm": warm, "memory": peak}))
