"""A stand-in smart speaker: hears through the interaction model, plays time, opens and closes microphone and session.

It talks to the skill only through request and response JSON, as Amazon does.
"""

from speaker.device import Speaker, Turn
from speaker.nlu.interaction_model import InteractionModel, NoModel
from speaker.nlu.recognizer import Heard, Hearing

__all__ = ["Heard", "Hearing", "InteractionModel", "NoModel", "Speaker", "Turn"]
