"""The interaction model: sentences as templates, values from the content, one model a locale."""

from skill.interaction.build import build_model, model_text, write_models
from skill.interaction.sentences import BUILT_IN, SENTENCES, Intent, Sentences, read_sentences
from skill.speaker.model import MODELS

__all__ = [
    "BUILT_IN",
    "MODELS",
    "SENTENCES",
    "Intent",
    "Sentences",
    "build_model",
    "model_text",
    "read_sentences",
    "write_models",
]
