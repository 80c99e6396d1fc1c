"""Chains that verified, on disk, so that a start does not depend on a fetch. What is read is verified again."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from endpoint.chain_fetch import LARGEST

MOST = 16
"""Files; the oldest goes first."""


@dataclass(frozen=True)
class Shelf:
    """A folder with one file an address, named by a digest of it. A disk that fails costs nothing but the saving."""

    folder: Path

    def read(self, url: str) -> bytes | None:
        """What was kept for this address."""
        try:
            with self._file(url).open("rb") as opened:
                pem = opened.read(LARGEST + 1)
        except OSError:
            return None
        return pem if len(pem) <= LARGEST else None

    def write(self, url: str, pem: bytes) -> None:
        """Keeps a chain that has been verified."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half = self._file(url).with_suffix(f".{os.getpid()}")
            with os.fdopen(os.open(half, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as opened:
                opened.write(pem)
            half.replace(self._file(url))
            files = sorted(self.folder.glob("*.pem"), key=lambda own: own.stat().st_mtime)
            for old in files[: max(0, len(files) - MOST)]:
                old.unlink(missing_ok=True)

    def _file(self, url: str) -> Path:
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.pem"
