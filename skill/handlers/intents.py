"""The one table of intents: what each is answered with, and the slots that it reads.

The interaction models, the handlers, the log, the nights and the documents all take intents and slots from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from skill.dialog import (
    answers,
    bedtime,
    controls,
    endings,
    in_hold,
    person,
    relief,
    safety,
    session,
)
from skill.dialog.reply import Reply
from skill.dialog.turn_context import TurnContext

Answer = Callable[[TurnContext], Reply]

CONTENT_TYPES = {
    "CAUSE": "causes",
    "CONDITION": "conditions",
    "HABIT": "habits",
    "LOOKALIKE": "lookalikes",
    "MUSCLE": "muscles",
    "OBSTACLE": "obstacles",
    "REMEDY": "remedies",
    "SYMPTOM": "symptoms",
}
"""Slot types whose values are content, and the file of the content that each comes from."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One row of the table."""

    answer: Answer
    slots: Mapping[str, str] = field(default_factory=dict)
    """Slot name to slot type."""
    in_session: bool = False
    """The word answers something that was said before. Where nothing was, the stretch starts."""


def _claim(topic: str, slot: str) -> Answer:
    return partial(answers.answer, topic=topic, slot=slot)


def _things(*slots: str) -> dict[str, str]:
    """Slots of things that people ask about, each of the type that has its name: one thing may be heard as any."""
    return {slot: slot.upper() for slot in slots}


def _entry(name: str) -> Answer:
    return partial(answers.tell_named, topic="answers", name=name)


FALLBACK = "AMAZON.FallbackIntent"

INTENTS: Mapping[str, Intent] = {
    # Warning signs, and a leg that gets worse.
    "SymptomIntent": Intent(
        session.symptom,
        {
            "symptom": "SYMPTOM",
            "other_symptom": "SYMPTOM",
            "lasted": "AMAZON.DURATION",
            "place": "PLACE",
            "elsewhere": "ELSEWHERE",
            "state": "STATE",
            "other_state": "STATE",
            "action": "ACTION",
            "event": "EVENT",
            "other_event": "EVENT",
            "since": "SINCE",
            "feeling": "FEELING",
            "who": "PERSON",
            "taken": "TAKEN",
            "amount": "AMOUNT",
            "substance": "SUBSTANCE",
            "third_event": "EVENT",
            "around": "AROUND",
            "also_around": "AROUND",
            "degree": "DEGREE",
            "matter": "MATTER",
            "also_matter": "MATTER",
        },
    ),
    "NoSymptomIntent": Intent(
        safety.denied,
        {
            "denied": "SYMPTOM",
            "also_denied": "SYMPTOM",
            "denied_place": "PLACE",
            "denied_state": "STATE",
            "also_denied_state": "STATE",
            "denied_event": "EVENT",
        },
    ),
    "WorseIntent": Intent(relief.worse),
    "RedFlagsIntent": Intent(safety.red_flags),
    # The stretch, and what a person says of their leg while it lasts.
    "ReliefIntent": Intent(in_hold.where_it_hurts, {"muscle": "MUSCLE", "other_side": "OTHER_SIDE"}),
    "EasedIntent": Intent(relief.eased),
    "StillCrampingIntent": Intent(session.still_cramping, in_session=True),
    "NotCrampingIntent": Intent(endings.not_cramping),
    "HoldLongerIntent": Intent(controls.longer, {"seconds": "AMAZON.DURATION"}),
    "HoldShorterIntent": Intent(controls.shorter),
    # In the middle of a hold: asked about it, a cry, and what keeps a person from it.
    "HoldLeftIntent": Intent(in_hold.how_long_left, in_session=True),
    "HoldLengthIntent": Intent(in_hold.how_long_held, in_session=True),
    "WhereAreWeIntent": Intent(in_hold.where_in_routine, in_session=True),
    "HowToIntent": Intent(in_hold.how_to, in_session=True),
    "DoingRightIntent": Intent(in_hold.doing_right, in_session=True),
    "LetGoIntent": Intent(in_hold.let_go, in_session=True),
    "CryIntent": Intent(in_hold.cried_out, in_session=True),
    "CannotIntent": Intent(in_hold.cannot, {"obstacle": "OBSTACLE"}, in_session=True),
    "BedtimeIntent": Intent(bedtime.bedtime, {"posture": "POSTURE"}),
    "EveningTimeIntent": Intent(session.evening_time, {"time": "AMAZON.TIME"}, in_session=True),
    # Who it is for.
    "ConditionIntent": Intent(
        person.condition,
        {"condition": "CONDITION", "other_condition": "CONDITION", **_things("remedy", "lookalike", "cause")},
    ),
    "HelperIntent": Intent(person.helping, {"muscle": "MUSCLE", "child": "CHILD", "condition": "CONDITION"}),
    "MyselfIntent": Intent(person.myself),
    # Questions.
    "WhyIntent": Intent(answers.why, _things("cause", "condition", "remedy", "lookalike", "habit")),
    "RemedyIntent": Intent(_claim("remedies", "remedy"), _things("remedy", "condition", "cause", "habit")),
    "PreventIntent": Intent(_claim("habits", "habit"), _things("habit", "remedy", "cause")),
    "CompareIntent": Intent(answers.compare, _things("lookalike", "condition", "cause")),
    "DefinitionIntent": Intent(_entry("definition")),
    "DurationIntent": Intent(_entry("duration")),
    "PrevalenceIntent": Intent(_entry("prevalence")),
    "SorenessIntent": Intent(_entry("soreness")),
    "DoctorVisitIntent": Intent(_entry("doctor_visit")),
    "SourcesIntent": Intent(_entry("sources")),
    "AboutIntent": Intent(_entry("who")),
    # Yes and no, help, what was not understood, and the ways out.
    "AMAZON.YesIntent": Intent(session.yes, in_session=True),
    "AgreeIntent": Intent(session.yes, in_session=True),
    "AMAZON.NoIntent": Intent(session.no, in_session=True),
    "DeclineIntent": Intent(session.no, in_session=True),
    "AMAZON.HelpIntent": Intent(session.help_),
    "OptionsIntent": Intent(session.help_),
    FALLBACK: Intent(session.fallback, in_session=True),
    "AMAZON.StopIntent": Intent(endings.leave),
    "LeaveIntent": Intent(endings.leave),
    "AMAZON.CancelIntent": Intent(endings.leave),
    "AMAZON.NavigateHomeIntent": Intent(endings.away),
    # Transport controls, in Amazon's words and in ours.
    "AMAZON.NextIntent": Intent(controls.next_step, in_session=True),
    "SkipIntent": Intent(controls.next_step, in_session=True),
    "AMAZON.PreviousIntent": Intent(controls.previous_step, in_session=True),
    "EarlierIntent": Intent(controls.previous_step, in_session=True),
    "AMAZON.RepeatIntent": Intent(controls.repeat),
    "AgainIntent": Intent(controls.repeat),
    "AMAZON.StartOverIntent": Intent(controls.start_over),
    "RestartIntent": Intent(controls.start_over),
    "AMAZON.PauseIntent": Intent(controls.pause),
    "WaitIntent": Intent(controls.pause),
    "AMAZON.ResumeIntent": Intent(controls.resume),
    "ContinueIntent": Intent(controls.resume),
    "WhisperIntent": Intent(controls.whisper),
    "SpeakUpIntent": Intent(controls.speak_up),
    "MoreIntent": Intent(controls.more, in_session=True),
}

SLOT_FILES: Mapping[str, str] = {
    slot: CONTENT_TYPES[kind]
    for intent in INTENTS.values()
    for slot, kind in intent.slots.items()
    if kind in CONTENT_TYPES
}
"""Slot name to the content file that its values come from. A slot has the same type in every intent."""


def reply_to(turn: TurnContext, name: str) -> Reply:
    """The answer to an intent: danger in what was said first, whatever was asked; then the row of that name.

    An intent that the table does not have, from a model deployed later or never, is one not understood.
    """
    danger = safety.interrupts(turn)
    if danger is not None:
        return danger
    intent = INTENTS.get(name) or INTENTS[FALLBACK]
    if intent.in_session and turn.state is None:
        return relief.launch(turn)
    return intent.answer(turn)
