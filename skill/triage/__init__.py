"""What somebody says of their body, and how urgent it is: words → findings → one assessment. Knows no conversation."""

from skill.triage.assess import Heard, assess, hear
from skill.triage.findings import Finding
from skill.triage.rules import CALM, URGENT, Assessment

__all__ = ["CALM", "URGENT", "Assessment", "Finding", "Heard", "assess", "hear"]
