"""Documents say what is spoken, for as long as it is held, in APL 1.4 and within Alexa's size."""

from __future__ import annotations

import html
import importlib
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from skill.advice import locales, open_advice
from skill.dialog import Reply
from skill.screen import directive, style
from skill.screen.measure import LINES, NEVER, ems, largest, widths
from skill.speech import Cue, Hold, Say
from skill.speech.limits import MICROPHONE_SECONDS
from workshop.screens import visual_rules
from workshop.screens.replies import CONDITIONS, ROOM, Shown, everything, holds, steps, talk
from workshop.screens.viewport import VIEWPORTS, Viewport

directive_module = importlib.import_module("skill.screen.directive")

ALL = list(everything())
NAMES = {shown.name: shown for shown in ALL}


def data(shown: Shown) -> list[dict[str, Any]]:
    scenes: list[dict[str, Any]] = shown.directive()["datasources"]["d"]["scenes"]
    return scenes


def spoken(reply: Reply, silence: bool) -> list[str]:
    """Everything said, cues included, in order."""
    asked = (Say(reply.question),) if reply.question else ()
    words: list[str] = []
    for part in (*reply.script, *asked, *(reply.reprompt if silence else ())):
        words += [part.text] if isinstance(part, Say) else [cue.text for cue in part.cues]
    return words


def test_a_step_shows_every_spoken_word_and_nothing_else() -> None:
    for shown in steps():
        captions = [html.unescape(words) for scene in data(shown) for _, words in scene.get("say", ())]
        said = spoken(shown.reply, silence=True)
        if any("whole" in scene for scene in data(shown)):
            continue  # silence ends in advice, which is shown as a whole
        assert set(captions) == set(said), shown.name
        assert [words for words in captions if captions.count(words) == 1] == [
            words for words in said if captions.count(words) == 1
        ]


def test_the_countdown_is_the_hold_that_is_spoken() -> None:
    for shown in (*steps(), *steps("en-GB", helper=True)):
        counted = [length for scene in data(shown) for _, length in scene.get("holds", ())]
        assert counted == holds(shown.reply), shown.name


def test_countdowns_do_not_overlap_and_follow_the_words() -> None:
    for shown in steps():
        clock = 0.0
        for scene in data(shown):
            for start, length in scene.get("holds", ()):
                assert start >= clock - 0.11
                clock = start + length
            assert scene["until"] > scene["from"] >= 0


def test_a_hold_changed_by_a_word_changes_the_countdown() -> None:
    advice = open_advice("en-US")
    reply = Reply(script=(Say("Hold."), Hold(45, (Cue(7.0, "Breathe."),), "calf/stretch")), question=None)
    made = directive(reply, advice, ROOM)
    assert made is not None
    assert made["datasources"]["d"]["scenes"][0]["holds"] == [[pytest.approx(0.4), 45.0]]


@pytest.mark.parametrize("locale", locales())
def test_every_document_is_of_1_4_and_small(locale: str) -> None:
    for shown in everything(locale):
        made = shown.directive()
        assert made["document"]["version"] == "1.4"
        assert made["document"]["theme"] == "dark"
        assert len(json.dumps(made)) < 21_500, shown.name
        assert "import" not in made["document"], "nothing is fetched from anywhere"
        assert "http" not in json.dumps(made)


def test_a_tight_limit_costs_pictures_before_words() -> None:
    shown = NAMES["calf/stretch"]
    whole = shown.directive()
    less = directive(shown.reply, shown.advice, len(json.dumps(whole)) - 1)
    assert less is not None
    assert less["datasources"] == whole["datasources"]
    assert len(less["document"]["graphics"]) < len(whole["document"]["graphics"])
    assert directive(shown.reply, shown.advice, 500) is None


def test_an_emergency_has_the_number_largest() -> None:
    for locale, number in (("en-US", "911"), ("en-GB", "999"), ("en-AU", "000")):
        shown = next(one for one in talk(locale) if one.name == "sign chest_pain")
        scene = data(shown)[0]
        assert scene["number"] == number
        made = json.dumps(shown.directive()["document"])
        sizes = [float(size) for size in re.findall(r'"largest": ([\d.]+)', made)]
        assert max(sizes) == 0.44
        assert "help" in scene
    unknown = next(one for one in talk("default") if one.name == "sign chest_pain")
    assert data(unknown)[0]["head"].startswith("Call your emergency number")


def test_answers_name_their_sources_and_lists_are_three_at_a_time() -> None:
    answer = data(NAMES["remedies/magnesium_pill"])[0]
    assert answer["foot"]
    listed = [data(shown)[0]["body"].count("<br>") + 1 for name, shown in NAMES.items() if name.startswith("list ")]
    assert max(listed) == 3


def test_goodnight_fades_after_the_last_word() -> None:
    shown = NAMES["goodnight"]
    scene = data(shown)[0]
    said = sum(len(words.split()) for words in spoken(shown.reply, silence=False)) / 2.5
    assert scene["dark"] >= said
    assert "s.dark" in json.dumps(shown.directive()["document"])


def test_only_a_routine_goes_on_by_itself() -> None:
    going = {shown.name for shown in ALL if "onward" in shown.directive()["datasources"]["d"]}
    of_steps = {shown.name for shown in ALL if shown.name.partition(" ")[0] in {own.name for own in steps()}}
    assert going == of_steps | {"not understood"}


def test_a_closing_reply_has_nothing_to_touch() -> None:
    for shown in ALL:
        touchable = "TouchWrapper" in json.dumps(shown.directive()["document"])
        assert touchable is (shown.reply.question is not None), shown.name


def test_a_reply_without_anything_shows_nothing() -> None:
    assert directive(Reply(), open_advice("en-US"), ROOM) is None


def test_no_colour_is_brighter_than_allowed() -> None:
    colours = [value for value in vars(style).values() if isinstance(value, str) and value.startswith("#")]
    assert len(colours) >= 6
    for colour in colours:
        assert max(int(colour[at : at + 2], 16) for at in (1, 3, 5)) <= 0.7 * 255


def test_text_of_content_is_no_markup() -> None:
    reply = Reply(script=(Say("Salt & <b>water</b>."),))
    made = directive(reply, open_advice("en-US"), ROOM)
    assert made is not None
    assert made["datasources"]["d"]["scenes"][0]["whole"] == "Salt &amp; &lt;b&gt;water&lt;/b&gt;."


def test_widths_shrink_with_lines_and_hold_the_longest_word() -> None:
    text = "Put your sole against the footboard or the wall."
    found = widths(((text,),))
    assert len(found) == LINES
    assert found == sorted(found, reverse=True)
    assert found[0] >= ems(text)
    assert found[-1] >= ems("footboard")
    assert widths((("One.", "Two.", "Three."),))[:2] == [NEVER, NEVER]


def test_a_document_is_made_once_and_belongs_to_whom_it_is_given() -> None:
    advice, reply = NAMES["calf/stretch"].advice, NAMES["calf/stretch"].reply
    assert reply.state is not None
    first = directive(reply, advice, ROOM)
    made = directive_module._kept.cache_info().misses
    later = replace(
        reply, state=reply.state.with_(answered_at=reply.state.answered_at + 3600, started_at=7, voice="whisper")
    )
    assert first is not None
    written = json.dumps(first)
    spoil(first)
    second, third = directive(reply, advice, ROOM), directive(later, advice, ROOM)
    assert json.dumps(second) == written
    assert third is not None
    assert json.dumps(third) == written.replace(str(reply.state.answered_at), str(reply.state.answered_at + 3600))
    assert directive_module._kept.cache_info().misses == made


def spoil(node: Any) -> None:
    """Changes everything in it that can be changed."""
    for inner in list(node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()):
        spoil(inner)
    if isinstance(node, dict | list):
        node.clear()


def test_no_two_parts_of_a_document_are_one_object() -> None:
    seen: set[int] = set()

    def walk(node: Any) -> None:
        assert not isinstance(node, dict | list) or id(node) not in seen
        seen.add(id(node))
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(inner)

    for name in ("calf/stretch", "sign chest_pain", "goodnight"):
        made = NAMES[name].directive()
        seen.clear()
        walk(made)


def test_events_carry_the_stamp_of_their_reply() -> None:
    for shown in ALL:
        data_ = shown.directive()["datasources"]["d"]
        stamp = shown.reply.state.answered_at if shown.reply.state else 0
        assert data_["at"] == stamp
        assert data_.get("onward", {}).get("arguments", ["onward", stamp]) == ["onward", stamp]


def test_a_screen_goes_on_after_a_slow_voice_and_before_its_session_ends() -> None:
    for shown in (*steps(), *steps("en-GB", helper=True)):
        wish = shown.directive()["datasources"]["d"]["onward"]["at"]
        said = [part.text for part in (*shown.reply.script, *shown.reply.reprompt) if isinstance(part, Say)]
        spoken_for = sum(len(re.findall(r"[^\s-]+", text)) for text in (*said, shown.reply.question or "")) / 2.5
        closed = spoken_for + sum(holds(shown.reply)) + 2 * MICROPHONE_SECONDS
        # Where much is said, a voice a third slower would need more than a session lasts: then a quarter.
        slower = spoken_for / (3 if spoken_for < 44 else 4)
        assert wish - (closed + slower) >= 1.5, shown.name
        assert wish - (closed - spoken_for / 4) <= 29, shown.name


@pytest.mark.parametrize("viewport", VIEWPORTS, ids=lambda viewport: viewport.name)
def test_everything_has_room_to_be_read(viewport: Viewport) -> None:
    shape = "round" if viewport.round else "landscape" if viewport.width >= viewport.height else "portrait"
    for shown in ALL:
        for scene in data(shown):
            rows = {box: scene.get(f"{box}Ems") for box in style.BOXES[shape]} | {"caption": scene.get("ems")}
            if viewport.round:
                rows |= {box: scene.get(f"{box}RoundEms", row) for box, row in rows.items()} | {"foot": None}
            for box, row in rows.items():
                if row is not None:
                    _, _, width, height = style.BOXES[shape][box]
                    size = largest(row, width * viewport.width / 100, height * viewport.height / 100)
                    assert int(size) >= visual_rules.LEAST.get(box, visual_rules.LEAST_TEXT), (shown.name, box)


def test_a_round_screen_keeps_what_to_do_in_an_emergency() -> None:
    for shown in talk():
        scene = data(shown)[0]
        if "helpRound" in scene:
            assert scene["help"].endswith(f"<br>{scene['helpRound']}"), shown.name
    assert "Sit down and rest" in data(NAMES["sign chest_pain"])[0]["helpRound"]


def test_sources_are_a_line_that_can_be_read() -> None:
    foot = data(NAMES["remedies/vitamin_b"])[0]["foot"]
    assert foot.endswith(" · …")
    assert ems(foot) < 50


def test_what_is_drawn_has_conditions_a_helper_and_a_hold_of_ones_own() -> None:
    for why in ("helper", "hold_seconds", *CONDITIONS):
        assert any(name.endswith(f" {why}") for name in NAMES), why
