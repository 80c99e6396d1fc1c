"""The interaction model: sentences as templates, values from the content, one model a locale."""

from speaker.nlu.interaction_model import MODELS
from workshop.models.build import build_model, model_text, write_models
from workshop.models.sentences import BUILT_IN, SENTENCES, Intent, Sentences, read_sentences
from workshop.models.tasks import write_tasks

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
    "write_tasks",
]
