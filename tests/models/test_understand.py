"""What the figures of docs/understanding.md count."""

from __future__ import annotations

from speaker.nlu.slot_values import HeardSlot
from workshop.models.held_out import Utterance
from workshop.models.understanding import Answer, Score, table

SWOLLEN = HeardSlot("SYMPTOM", "calf is all swollen up", "swollen_leg", "swollen calf")
ASKED = Utterance("my calf is all swollen up", "SymptomIntent", {"symptom": "swollen_leg"})


def test_slots_found_by_telling_words_are_told_from_those_said() -> None:
    loose = Answer(ASKED, "SymptomIntent", {"symptom": SWOLLEN}, 1.0, exact={})
    said = Answer(ASKED, "SymptomIntent", {"symptom": SWOLLEN}, 1.0, exact={"symptom": SWOLLEN})
    classifier, ear = Score("classifier", (loose, said)), Score("ear", (Answer(ASKED, "SymptomIntent", {}, 1.0),))
    assert (classifier.slots, classifier.exact_slots, ear.exact_slots) == (1.0, 0.5, None)
    rows = table(classifier, ear).splitlines()
    assert "| slots right, where the intent is, by telling words too | 100.0% | 0.0% |" in rows
    assert "| … by values said in so many words alone | 50.0% | – |" in rows
