"""A stand-in smart speaker: hears through the interaction model, plays time, opens and closes microphone and session.

It talks to the skill only through request and response JSON, as Amazon does.
"""

from skill.speaker.hearing import Heard, Hearing
from skill.speaker.model import InteractionModel, NoModel
from skill.speaker.speaker import Speaker, Turn

__all__ = ["Heard", "Hearing", "InteractionModel", "NoModel", "Speaker", "Turn"]
