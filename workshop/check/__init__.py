"""Checks the content and reports every fault at once: `cramp-coach check`."""

from __future__ import annotations

from workshop.check.content import check_content, content_steps, report
from workshop.linting.fault import Fault

__all__ = ["Fault", "check_content", "content_steps", "report"]
