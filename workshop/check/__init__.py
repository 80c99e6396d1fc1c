"""What is wrong with the content, all of it at once, for whoever edits it: `cramp-coach check`."""

from __future__ import annotations

from workshop.check.content import check_content, content_steps, report
from workshop.linting.fault import Fault

__all__ = ["Fault", "check_content", "content_steps", "report"]
