"""Limits a process to a share of a CPU by a control group, as Lambda does for functions with little memory.

Lambda gives one whole CPU at 1,769 MB, and proportionally less below."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WHOLE = 1_769
"""MB of memory at which a function has one whole CPU."""
_PERIOD = 20_000
"""Scheduling period in microseconds; Lambda's own is of this order."""
_V1, _V2 = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")


@contextmanager
def share_of(memory: int) -> Iterator[list[str] | None]:
    """A command prefix that limits a process to the CPU share of a function with this much memory, in MB.

    None if control groups cannot be created here (in a container, or without root)."""
    quota = max(1_000, round(_PERIOD * memory / WHOLE))
    group = (_V1 if (_V1 / "cpu.cfs_quota_us").is_file() else _V2) / f"cramp-coach-{os.getpid()}"
    try:
        group.mkdir()
    except OSError:
        yield None
        return
    try:
        if (group / "cpu.max").is_file():
            (group / "cpu.max").write_text(f"{quota} {_PERIOD}")
        else:
            (group / "cpu.cfs_period_us").write_text(str(_PERIOD))
            (group / "cpu.cfs_quota_us").write_text(str(quota))
    except OSError:
        group.rmdir()
        yield None
        return
    try:
        yield ["/bin/sh", "-c", f'echo $$ > {group}/cgroup.procs && exec "$@"', "sh"]
    finally:
        group.rmdir()
