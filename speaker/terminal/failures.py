"""What went wrong inside the skill while it answered: it apologises, and only its log says what it was."""

from __future__ import annotations

import logging
from dataclasses import dataclass

LOG = "cramp_coach"
"""The logger of the skill."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An error in a handler."""

    error: str
    """Its type."""
    at: str
    """File and line where it was raised; empty where nobody knows."""

    def __str__(self) -> str:
        """One line for whoever mends it."""
        place = f" at {self.at}" if self.at else ""
        return f"The skill failed: {self.error}{place}. What is spoken is its apology."


class Failures(logging.Handler):
    """Gathers the failures that the skill logs, until they are taken."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._seen: list[Failure] = []

    def __enter__(self) -> Failures:
        logging.getLogger(LOG).addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger(LOG).removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what names an error."""
        fields = getattr(record, "fields", {})
        if "error" in fields:
            self._seen.append(Failure(str(fields["error"]), str(fields.get("at", ""))))

    def take(self) -> list[Failure]:
        """The failures since the last time."""
        seen, self._seen = self._seen, []
        return seen
