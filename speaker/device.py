"""The host API: words in, timed events out. Models hearing, listening, playback and sessions of a smart speaker."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol

from skill.speech import Event
from skill.speech.limits import MICROPHONE_SECONDS
from speaker import request_envelope
from speaker.display import LINGERS, Display, shown
from speaker.nlu.interaction_model import InteractionModel
from speaker.nlu.invocation import Invocation
from speaker.nlu.normalize import spoken
from speaker.nlu.recognizer import FALLBACK, Heard, Hearing
from speaker.playback import Playable, read, seconds_of, words_of
from speaker.request_envelope import Device, Envelope, Session
from speaker.routines import Routine, Routines, faults_of, offer_in

Skill = Callable[[Envelope, object], Envelope]

# Seconds from the opening of the microphone until the request is sent.
ANSWERING_SECONDS = 2.0


class Ear(Protocol):
    """Whatever makes an intent with slots of words."""

    def hear(self, utterance: str) -> Heard:
        """The intent that the utterance comes to; FallbackIntent where it comes to none."""


class Light(StrEnum):
    """The state of the light ring."""

    CLOSED = "closed"
    SPEAKING = "speaking"
    LISTENING = "listening"
    REPROMPTING = "reprompting"


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange: the utterance, the request and response, and what is played."""

    heard: str
    """The utterance; empty for silence."""
    request: Envelope | None = None
    """None if nothing was sent: no invocation name outside a session, or silence answered by the reprompt."""
    response: Envelope | None = None
    plays: tuple[Event, ...] = ()
    light: Light = Light.CLOSED
    """The light after playback."""
    understood: Heard | None = None
    note: str = ""
    """A note for whoever watches: not understood, or why the session ended."""
    faults: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """Estimated duration of playback, in seconds."""
        return seconds_of(self.plays)

    @property
    def words(self) -> str:
        """Everything spoken, as text."""
        return words_of(self.plays)

    @property
    def open(self) -> bool:
        """Whether the session is open afterwards."""
        return self.light is not Light.CLOSED


@dataclass
class Speaker:
    """A smart speaker hosting one skill.

    Time is simulated: it advances as responses are played and silences waited out, so that a night can be run through
    at once. `now` is in epoch seconds.
    """

    skill: Skill
    model: InteractionModel
    device: Device = field(default_factory=Device)
    now: float = field(default_factory=lambda: float(int(time.time())))
    transcribes: bool = True
    """Whether all the words heard go along with the intent, as no Alexa does."""
    ear: Ear | None = None
    """Our own ear for the model, where no other is given."""

    def __post_init__(self) -> None:
        self._ear: Ear = self.ear or Hearing(self.model)
        self._session: Session | None = None
        self._playing: Playable = Playable()
        self._left = 0.0
        self._reprompted = False
        self.routines = Routines()
        """Those that Alexa keeps, for a device that has any."""
        self.display: Display | None = None
        """The document on the screen, if there is one."""
        self._name = Invocation(self.model.invocation, self.device.locale.partition("-")[0])

    # ---- what a person does ------------------------------------------------------------------------

    def say(self, text: str, after: float | None = None) -> Turn:
        """Says something. `after` interrupts playback that many seconds in; otherwise playback finishes first."""
        self._speak_up(after)
        words = spoken(text)
        request = self._name.request_in(words)
        called = self._name.called_with(words)
        routine = self.routines.called(called) if called else None
        if routine is not None:
            return self._start(routine, text)
        if self._session is None and request is None:
            return Turn(text, note=f"The speaker is closed and did not listen. Say: open {self.model.invocation}")
        if request is not None:
            return self._open(text, request)
        return self._ask(text, self._ear.hear(words))

    def start_task(self, name: str, given: Mapping[str, str] | None = None, version: str = "1") -> Turn:
        """Starts a custom task, as a routine, a quick link or another skill does; an open session ends."""
        self.pass_time(self._left)
        self._left = 0.0
        self._begin()
        launch = request_envelope.task_launch(self.device.application_id, name, given or {}, version)
        return self._send("", launch, Heard("LaunchRequest"))

    def answer_offer(self, said: str) -> Turn:
        """Answers Alexa's own question about a routine that the skill has offered; `said` is one of
        `routines.ANSWERS`."""
        self._speak_up(None)
        cause = self.routines.answer(said)
        if cause is None or self._session is None:
            return Turn("", note="No routine was offered.")
        return self._send("", request_envelope.resumed(cause), None)

    def start_evening(self) -> Turn:
        """The time of the routine of every evening has come."""
        own = self.routines.evening
        return self._start(own, "") if own else Turn("", note="There is no routine of every evening.")

    def _start(self, routine: Routine, text: str) -> Turn:
        turn = self.start_task(routine.task, routine.given, routine.version)
        return replace(turn, heard=text)

    def hear(self, words: str) -> Heard:
        """What the speaker's ear makes of words, without saying them to the skill."""
        return self._ear.hear(words)

    def understand(self, heard: Heard, text: str = "", after: float | None = None) -> Turn:
        """Says something that is recognised as `heard`, whatever the words."""
        self._speak_up(after)
        if self._session is None:
            return Turn(text, note=f"The speaker is closed and did not listen. Say: open {self.model.invocation}")
        return self._ask(text, heard)

    def stay_silent(self) -> Turn:
        """Stays silent: the reprompt plays first; then a screen continues by itself, or the session ends."""
        self.pass_time(self._left + MICROPHONE_SECONDS)
        self._left = 0.0
        if self._session is None:
            return Turn("", note="The speaker is closed.")
        due = self.display.due if self.display else None
        reprompts = not self._reprompted and bool(self._playing.reprompt)
        # With the microphone closed, a document may still send its event while the session lingers.
        if due is not None and due <= self.now + (0.0 if reprompts else LINGERS):
            return self._wish(due)
        if reprompts:
            self._reprompted = True
            self._left = seconds_of(self._playing.reprompt)
            return Turn("", plays=self._playing.reprompt, light=Light.REPROMPTING)
        return self.end("EXCEEDED_MAX_REPROMPTS", heard="")

    def drop(self) -> Turn:
        """Drops the session: another skill, a lost connection, or the person walks away."""
        return self.end("USER_INITIATED", heard="")

    def pass_time(self, seconds: float) -> None:
        """Advances the clock."""
        self.now += max(0.0, seconds)

    def touch(self, arguments: list[Any], source: dict[str, Any] | None = None, after: float = 0.0) -> Turn:
        """Sends a screen's user event: a touch, `after` seconds into playback, or the document's own timed event."""
        if self._session is None:
            return Turn("", note="The speaker is closed.")
        self.pass_time(min(after, self._left))
        token = self.display.token if self.display else ""
        source = source or {"type": "TouchWrapper", "handler": "Press", "id": f"touch_{(*arguments, '')[0]}"}
        return self._send("", request_envelope.user_event(token, arguments, source), None)

    def _wish(self, due: float) -> Turn:
        """Sends the document's timed event, once."""
        if self.display is None:
            return Turn("", note="There is no document on the screen.")
        display, self.display = self.display, None
        self.now = max(self.now, due)
        turn = self.touch(display.arguments, {"type": "Container", "handler": "Tick", "id": "root"})
        return replace(turn, note=" ".join(filter(None, ("The screen goes on by itself.", turn.note))))

    def _speak_up(self, after: float | None) -> None:
        """Advances the clock to the end of the utterance: now, `after` seconds into playback, or after playback."""
        self.pass_time(self._left if after is None else min(after, self._left))
        self.pass_time(ANSWERING_SECONDS)
        self._left = 0.0

    # ---- how sessions begin and end -------------------------------------------------------------------

    @property
    def open(self) -> bool:
        """Whether a session is open."""
        return self._session is not None

    def end(self, reason: str, heard: str = "", message: str = "") -> Turn:
        """Ends the session and notifies the skill; `reason` is one of Amazon's, such as EXCEEDED_MAX_REPROMPTS."""
        if self._session is None:
            return Turn(heard, note="The speaker is closed.")
        request = request_envelope.envelope(
            self.device, self._session, request_envelope.ended(reason, message), self.now
        )
        self._session = None
        self._left = 0.0
        response = self.skill(request, None)
        played = read(response, "SessionEndedRequest")
        return Turn(heard, request, response, note=f"The session ended: {reason}.", faults=played.faults)

    def _begin(self) -> None:
        """Begins a new session."""
        if self._session is not None:
            self.end("USER_INITIATED")
        self.display = None
        self._session = Session()

    def _open(self, text: str, rest: str) -> Turn:
        self._begin()
        if not rest:
            return self._send(text, request_envelope.launch(), Heard("LaunchRequest"))
        return self._ask(text, self._ear.hear(rest))

    def _ask(self, text: str, heard: Heard) -> Turn:
        slots = self.model.slots.get(heard.intent, {})
        if heard.intent not in self.model.slots:
            heard, slots = Heard(FALLBACK, how="nothing"), {}
        transcript = spoken(text) if self.transcribes else ""
        return self._send(text, request_envelope.intent(heard, slots, transcript), heard)

    def _send(self, text: str, request: dict[str, Any], heard: Heard | None) -> Turn:
        session = self._session
        if session is None:
            return Turn(text, note="The speaker is closed.")
        whole = request_envelope.envelope(self.device, session, request, self.now)
        response = self.skill(whole, None)
        played = read(response, request["type"])
        session.new = False
        offer = offer_in(response)
        if offer is not None:
            self.routines.offered = offer
            faults = faults_of(offer, self.device.application_id, self.device.locale)
            played = replace(played, faults=(*played.faults, *faults))
        session.attributes = dict(response.get("sessionAttributes") or {})
        if self.device.screen:
            self.display = shown(response, self.now) or self.display
        if played.unchanged:
            return Turn(text, whole, response, (), Light.LISTENING, heard, "Nothing changes.", played.faults)
        self._playing, self._reprompted = played, False
        self._left = seconds_of(played.events)
        if played.faults:
            note = "Amazon would refuse this response: " + "; ".join(played.faults)
            self.end("ERROR", message=note)
            return Turn(text, whole, response, played.events, Light.CLOSED, heard, note, played.faults)
        if played.hands_over:
            return Turn(text, whole, response, played.events, Light.SPEAKING, heard, "Alexa asks about a routine.")
        if played.ends:
            self._session = None
            return Turn(text, whole, response, played.events, Light.CLOSED, heard, "The session is over.")
        return Turn(text, whole, response, played.events, Light.LISTENING, heard)
