"""How it sounds: a script of sentences and holds, made into SSML within Alexa's limits, and back into time."""

from skill.speech.script import Cue, Hold, Say, Script, duration, words_in
from skill.speech.ssml import Voice, to_ssml
from skill.speech.timeline import Event, Silence, Speech, timeline

__all__ = [
    "Cue",
    "Event",
    "Hold",
    "Say",
    "Script",
    "Silence",
    "Speech",
    "Voice",
    "duration",
    "timeline",
    "to_ssml",
    "words_in",
]
