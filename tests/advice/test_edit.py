"""Changing a hold is one edit in one file, after which speech, silence, screen and document agree."""

import re
import shutil
from pathlib import Path

import pytest

from skill.advice import Advice
from skill.advice.store import CONTENT, YamlStore
from skill.dialog import TurnContext, relief
from skill.speech import Hold, Say, Silence, Speech, timeline, to_ssml
from workshop.advice_document import document
from workshop.check import check_content


def edited(root: Path, seconds: int) -> Advice:
    """The content with the calf stretch's hold changed, and nothing else."""
    shutil.copytree(CONTENT, root, dirs_exist_ok=True)
    file = root / "facts" / "routines.yaml"
    text = file.read_text(encoding="utf-8")
    calf = text.index("\ncalf:")
    changed = re.sub(r"hold: 30", f"hold: {seconds}", text[calf:], count=1)
    file.write_text(text[:calf] + changed, encoding="utf-8")
    return Advice(YamlStore(root))


@pytest.mark.parametrize("seconds", [20, 45, 60])
def test_one_edit_changes_speech_silence_screen_and_document(tmp_path: Path, seconds: int) -> None:
    advice = edited(tmp_path, seconds)
    reply = relief.launch(TurnContext(advice, now=1_800_000_000))

    said = [part.text for part in reply.script if isinstance(part, Say)]
    assert f"Hold it gently for {seconds} seconds, without adding pain." in said
    assert [part.seconds for part in reply.script if isinstance(part, Hold)] == [seconds]
    assert reply.screen is not None
    assert reply.screen.seconds == seconds

    events = timeline(to_ssml(reply.script))
    begins = max(
        at for at, event in enumerate(events) if isinstance(event, Speech) and f"{seconds} seconds" in event.text
    )
    ends = max(at for at, event in enumerate(events) if isinstance(event, Silence))
    assert sum(event.seconds for event in events[begins + 1 : ends + 1]) == pytest.approx(seconds, abs=0.5)

    assert f"- **stretch** · stretch · hold {seconds} s, at most 60 s" in document(advice)
    assert not check_content(tmp_path)


def test_a_claims_number_is_one_edit_too(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "facts" / "remedies.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("numbers: {limit: 350}", "numbers: {limit: 123}"), encoding="utf-8"
    )
    advice = Advice(YamlStore(tmp_path))
    assert document(advice).count("123 milligrams") == 2
    assert "350 milligrams" not in document(advice)
