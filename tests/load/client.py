"""Sends requests over parallel connections and checks every response."""

from __future__ import annotations

import http.client
import os
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.requests import Signed

CONNECTIONS = 8
PATIENCE = 10.0
"""Timeout of a response, in seconds."""


@dataclass
class Result:
    """The result of a run."""

    which: str
    asked: int
    seconds: float
    lost: int = 0
    wrong: int = 0
    times: list[float] = field(default_factory=list)
    """Latency of every response, in milliseconds."""
    megabytes: float = 0.0
    processor: float = 0.0
    """CPU time of the server per request, in milliseconds."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.times) / self.seconds

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.times) if self.times else 0.0

    @property
    def slowest(self) -> float:
        """The 99th percentile, milliseconds."""
        return sorted(self.times)[int(len(self.times) * 0.99)] if self.times else 0.0


def run(which: str, port: int, requests: Sequence[Signed], count: int) -> Result:
    """Sends `count` requests, taken in turn from `requests`."""
    result = Result(which, count, 0.0)
    lock = threading.Lock()
    left = iter(range(count))

    def send() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while True:
            with lock:
                number = next(left, None)
            if number is None:
                break
            signed = requests[number % len(requests)]
            started = time.perf_counter()
            try:
                connection.request("POST", "/alexa", signed.body, signed.headers)
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException):
                connection.close()
                with lock:
                    result.lost += 1
                continue
            took = (time.perf_counter() - started) * 1000
            right = signed.is_right(which, answer, body)
            with lock:
                result.times.append(took)
                result.wrong += not right
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = time.perf_counter() - started
    return result


def megabytes(process: int) -> float:
    """Resident memory of a process, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def processor(process: int) -> float:
    """CPU time used by a process so far, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
