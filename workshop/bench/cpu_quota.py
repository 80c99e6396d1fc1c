"""A process on part of a processor, as Lambda gives a function of little memory: by a control group, where one may be
made. Lambda gives one whole processor at 1,769 MB, and less in proportion."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WHOLE = 1_769
"""MB of memory at which a function has one processor to itself."""
_PERIOD = 20_000
"""Microseconds: how often a share is dealt out again. Lambda's own period is of this order."""
_V1, _V2 = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")


@contextmanager
def share_of(memory: int) -> Iterator[list[str] | None]:
    """A command prefix under which a process has the share of a function with so many MB; None where this machine lets
    nobody make control groups (a container, or not the superuser)."""
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
