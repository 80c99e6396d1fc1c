"""A night at the bedside: frames in, frames out, the speaker's turns in between. The microphone is the clock."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field

import numpy as np

from skill.speech import Speech
from skill.speech.limits import MICROPHONE_SECONDS
from speaker.bedside.ears import FARTHER_DB, MUCH_FARTHER_DB, Inline, Said, recognise, taken
from speaker.bedside.exchange import Exchange
from speaker.bedside.playback import Playback
from speaker.bedside.protocols import Engines, Loudspeaker, Microphone, Transcript
from speaker.bedside.sound import FRAME, FRAME_SECONDS, SILENCE_DB, Samples, level, louder, quiet
from speaker.bedside.utterances import Utterance, Utterances
from speaker.bedside.volume import Volume
from speaker.device import ANSWERING_SECONDS, Speaker, Turn

ECHO_SECONDS = 0.3
"""How long a room still sounds of the coach's last word."""
ECHO_FAINT_DB = 10.0
"""So far below the person, its own voice does not disturb a recogniser."""
ECHO_FALLS_DB = 0.1
"""What a frame takes from the echo's known level, so that it follows a voice that has become softer."""
DUCKED_DB = -18.0
"""Who speaks while it speaks is given way to: a sentence under way goes on, hardly to be heard."""
CALLED_SECONDS = 4.0
"""After its name has stopped it, how long the coach waits for what is wanted before it goes on."""
CALL_SECONDS = 5.0
"""The longest call: longer talk is heard for the name alone, by what listens for nothing else."""
CALL_DB = -46.0
"""Decibels below full scale from which somebody calls; quieter is next door, whatever it says."""
OVER_OWN_VOICE = 0.8
"""How likely speech must be to count while the coach speaks: some echo always remains."""
_NO_WORDS = "zzz zzzz"
"""Like nothing that anybody says, in any language."""


@dataclass
class Night:
    """Hears, answers and plays until the microphone ends."""

    speaker: Speaker
    engines: Engines
    microphone: Microphone
    loudspeaker: Loudspeaker
    volume: Volume = field(default_factory=Volume)
    report: Callable[[Exchange], None] = lambda exchange: None
    watch: Callable[[Night], None] = lambda night: None
    """Called after every frame, for a light."""
    echo_seconds: float = 0.0
    """From giving a frame to the loudspeaker to hearing it: what both devices keep in hand."""
    recognizing: Executor = field(default_factory=Inline)
    speaking: Executor = field(default_factory=Inline)

    def __post_init__(self) -> None:
        self._utterances = Utterances(self.engines.activity)
        self._began = self.speaker.now
        self._turn: Turn | None = None
        self._playback = Playback((), self._render)
        self._paused: Playback | None = None
        """What its name has interrupted, until somebody says what they want."""
        self._places: list[float] = []
        """Where in the plan of the turn each frame since its start was."""
        self._first = 0
        """The frame at which the turn began to play."""
        self._quiet_since = 0.0
        self._sounded = -math.inf
        self._thinking: list[Future[Said]] = []
        self._spotting = False
        self._reference: deque[Samples] = deque()
        """What was played and has not come back yet."""
        self._echo = SILENCE_DB
        """Decibels of the coach's own voice at the microphone."""
        self._spotted: float | None = None
        """When the utterance began in which the name is listened for."""
        self._person: float | None = None
        self._waited = 0.0

    # ---- time ----------------------------------------------------------------------------------------

    @property
    def now(self) -> float:
        """Seconds of sound that the microphone has given."""
        return self._utterances.now

    @property
    def playback(self) -> Playback:
        """What is played."""
        return self._playback

    @property
    def busy(self) -> bool:
        """Something is played, heard or waited for."""
        return self.speaker.open or not self._playback.done or self._utterances.speaking or bool(self._thinking)

    @property
    def listens(self) -> bool:
        """What is said now is heard as words, without the name."""
        return self.speaker.open and not self._deaf

    def get_ready(self) -> None:
        """Loads what the ear loads with the first words that are none of its samples: half a second of a processor."""
        self.speaker.hear(_NO_WORDS)

    def run(self) -> None:
        """Lives through the night; closes the session and the devices at its end."""
        try:
            while (frame := self.microphone.frame()) is not None:
                self.step(frame)
        finally:
            if self.speaker.open:
                self.speaker.drop()
            self.microphone.close()
            self.loudspeaker.close()

    def step(self, heard: Samples) -> None:
        """One frame: plays what is due, then hears what was said meanwhile."""
        played = self._playback.frame(self._held_back)
        if self.engines.canceller is not None and self._held_back and played.any():
            played = louder(played, DUCKED_DB)
        self._waited += self._playback.take_waited()
        self._places.append(self._playback.planned)
        if self._playback.sounding or played.any():
            self._sounded = self.now
        self.loudspeaker.play(played)
        self._hear(heard, played)
        self._think()
        self._mind_silence()
        self.watch(self)

    # ---- hearing -------------------------------------------------------------------------------------

    @property
    def _held_back(self) -> bool:
        """The person is speaking, or has just spoken and is about to be answered."""
        near = self._person is None or self._utterances.loudness > self._person - FARTHER_DB
        return (self._utterances.speaking and near) or bool(self._thinking)

    @property
    def _over_own_voice(self) -> bool:
        return self.now - self._sounded < ECHO_SECONDS + self.echo_seconds

    @property
    def _deaf(self) -> bool:
        """Without an echo canceller the coach would hear itself."""
        return self.engines.canceller is None and self._over_own_voice

    def _hear(self, heard: Samples, played: Samples) -> None:
        raw = heard
        if self.engines.canceller is not None:
            cleaned = self.engines.canceller.clean(heard, self._echoed(played))
            heard = cleaned if self._over_own_voice else heard
            raw = self._better(raw, cleaned)
        if self._deaf:
            self._utterances.pass_over()
            self._spot_while_speaking(heard)
            return
        if self._spotting and not self._utterances.speaking:
            self._stop_spotting()
        self._utterances.threshold = OVER_OWN_VOICE if self._over_own_voice else 0.5
        utterance = self._utterances.feed(heard, raw)
        if self._utterances.speaking:
            if not self._spotting or self._spotted != self._utterances.began:
                self.engines.wake.start()
                self._spotting, self._spotted = True, self._utterances.began
                raw = np.concatenate(self._utterances.pending)
            if self._spotting and self.engines.wake.hear(raw):
                # Whoever calls is near: what goes on far away does not keep the call from ending.
                self._utterances.least = max(self._utterances.least, self._utterances.loudness - MUCH_FARTHER_DB)
        elif utterance is not None:
            called = self._finish(utterance)
            if not called and utterance.cut:
                # Talk that never ends, such as a television's, may have been cut in the middle of the name.
                self._utterances.resume(utterance)

    def _echoed(self, played: Samples) -> Samples:
        """The frame that comes back from the room now."""
        self._reference.append(played)
        late = len(self._reference) * FRAME_SECONDS > self.echo_seconds
        return self._reference.popleft() if late else quiet(FRAME)

    def _better(self, raw: Samples, cleaned: Samples) -> Samples:
        """What the recogniser is to have. Cancelling harms the words too: where the echo is faint it is left in."""
        if not self._over_own_voice:
            return raw
        if not self._utterances.speaking:
            self._echo = max(level(raw), self._echo - ECHO_FALLS_DB)
        return raw if self._person is not None and self._echo < self._person - ECHO_FAINT_DB else cleaned

    def _finish(self, utterance: Utterance) -> bool:
        """Has the utterance recognised where it may be for the coach; whether the name was said in it."""
        name_ended = self._stop_spotting()
        if not self.speaker.open:
            self._utterances.least = SILENCE_DB
        near = utterance.level >= CALL_DB
        short = not utterance.cut and utterance.ended - utterance.began <= CALL_SECONDS
        if self.speaker.open or (near and (name_ended is not None or short)):
            name, over = self.speaker.model.invocation, self._sounded >= utterance.began - ECHO_SECONDS
            self._thinking.append(
                self.recognizing.submit(
                    recognise, self.engines.recognizer, name, utterance, name_ended, over, self.speaker.open
                )
            )
        return name_ended is not None

    def _spot_while_speaking(self, heard: Samples) -> None:
        """The coach's name stops it in the middle of a sentence."""
        if not self._spotting:
            self.engines.wake.start()
            self._spotting = True
        says_it = self.speaker.model.invocation in (self._turn.words.lower() if self._turn else "")
        if self.engines.wake.hear(heard) and not says_it and not self._playback.done:
            self._stop_spotting()
            self._paused, self._playback = self._playback, Playback((), self._render)
            self._sounded = -math.inf
            self._quiet_since = self.now

    def _stop_spotting(self) -> float | None:
        ended = self.engines.wake.stop() if self._spotting else None
        self._spotting = False
        return ended

    # ---- answering -----------------------------------------------------------------------------------

    def _think(self) -> None:
        while self._thinking and self._thinking[0].done():
            self._answer(self._thinking.pop(0).result())

    def _answer(self, said: Said) -> None:
        utterance, words = said.utterance, said.transcript.text
        heard = self.speaker.hear(words)
        if not self.speaker.open:
            if not said.called:
                return
            self._meet(utterance.level)
            opening = f"open {self.speaker.model.invocation}"
            known = words and taken(Said(utterance, said.transcript), heard, None, True)
            self._say(f"{opening} {words}" if known else opening, said, None)
            return
        if not taken(said, heard, self._person, not self._playback.done):
            self._quiet_since = self.now
            return
        self._meet(utterance.level if self._person is None else max(self._person - 1.0, utterance.level))
        if said.called and not words:
            if self._paused is None:
                self._say(f"open {self.speaker.model.invocation}", said, self._place(utterance.began))
            return
        self._say(words, said, self._place(utterance.began))

    def _meet(self, loudness: float) -> None:
        """Knows how loud the person is, as long as the session lasts."""
        self._person = loudness
        self._utterances.least = loudness - MUCH_FARTHER_DB

    def _place(self, at: float) -> float:
        """Seconds into the plan of what is played at this second of the clock."""
        frame = int(at / FRAME_SECONDS) - self._first
        return self._places[max(0, min(frame, len(self._places) - 1))] if self._places else 0.0

    def _say(self, words: str, said: Said, after: float | None) -> None:
        planned = self._turn.seconds if self._turn is not None and self.speaker.open else 0.0
        after = min(after or 0.0, planned)
        # The speaker lets time pass by itself; what was said is to be placed when it was said.
        self.speaker.now = self._began + said.utterance.began - after - ANSWERING_SECONDS
        turn = self.speaker.say(words, after)
        self._begin(turn, said.utterance.began, said.utterance.ended, said.transcript)

    def _mind_silence(self) -> None:
        """Nobody answers: the coach goes on with what it was saying, asks again, or closes."""
        busy = not self._playback.done or self._utterances.speaking or bool(self._thinking)
        if busy or not self.speaker.open:
            self._quiet_since = self.now
        elif self._paused is not None:
            if self.now - self._quiet_since >= CALLED_SECONDS:
                self._playback, self._paused = self._paused, None
        elif self.now - self._quiet_since >= MICROPHONE_SECONDS:
            planned = self._turn.seconds if self._turn is not None else 0.0
            self.speaker.now = self._began + self.now - planned - MICROPHONE_SECONDS
            self._begin(self.speaker.stay_silent(), self.now, self.now, Transcript("", 1.0))

    def _begin(self, turn: Turn, at: float, ended: float, transcript: Transcript) -> None:
        # The first sentence of the answer is not to wait for the last ones of what it interrupts.
        for replaced in (self._playback, self._paused):
            if replaced is not None:
                replaced.abandon()
        self._turn, self._paused = turn, None
        waited, self._waited = self._waited + self._playback.take_waited(), 0.0
        self._playback = Playback(turn.plays, self._render)
        self._places, self._first = [], round(self.now / FRAME_SECONDS)
        self._quiet_since = self.now
        if not turn.open:
            self._person, self._utterances.least = None, SILENCE_DB
        self.report(Exchange(turn, at, ended, self.now, transcript.confidence, waited))

    def _render(self, speech: Speech) -> Future[Samples]:
        return self.speaking.submit(self._spoken, speech)

    def _spoken(self, speech: Speech) -> Samples:
        return self.volume.applied(self.engines.voice.render(speech.aloud or speech.text, speech.style), speech.style)
