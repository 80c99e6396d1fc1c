"""What somebody says of their body, and how urgent it is: words → findings → one assessment. Knows no conversation."""

from skill.triage.assess import assess, only_denied, only_spoken_of
from skill.triage.findings import Finding, findings_in
from skill.triage.rules import CALM, URGENT, Assessment

__all__ = ["CALM", "URGENT", "Assessment", "Finding", "assess", "findings_in", "only_denied", "only_spoken_of"]
