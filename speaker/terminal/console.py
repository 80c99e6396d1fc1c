"""Runs the speaker in a terminal, in real time. Typed lines are utterances; an empty line, or none, is silence."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TextIO

from skill.speech import Silence, Speech
from skill.speech.limits import MICROPHONE_SECONDS
from speaker.device import Light, Speaker, Turn
from speaker.terminal.failures import Failure, Failures
from speaker.terminal.keyboard import Keyboard
from speaker.terminal.output import Kind, Output
from speaker.terminal.voice import Voice

_TICK = 0.1
"""Polling interval of the keyboard, in seconds."""
_LOUD = ("loud", "x-loud")
"""Styles of speech that are urgent."""


@dataclass
class Terminal:
    """One run at the terminal."""

    speaker: Speaker
    keyboard: Keyboard
    out: TextIO = field(default_factory=lambda: sys.stdout)
    fast: bool = False
    as_json: bool = False
    voice: Voice | None = None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._editor = getattr(self.keyboard, "editor", None)
        self._output = Output(self.out, self._editor)
        self._failures = Failures()

    def run(self) -> None:
        """Opens the skill and talks until the lines end or the person leaves."""
        with self._failures:
            try:
                self._talk()
            finally:
                self._output.close()

    def _talk(self) -> None:
        self._show_hint()
        said, after = self._play(self.speaker.say(f"alexa, open {self.speaker.model.invocation}"))
        while True:
            if said is None:
                said = self._listen()
                after = None
            if said is None:
                break
            if said.strip().lower() in ("/quit", "/exit"):
                break
            turn = self._turn(said, after)
            said, after = self._play(turn)
        if self.speaker.open:
            self.speaker.drop()

    def _turn(self, said: str, after: float | None) -> Turn:
        if said.strip().lower() == "/drop":
            return self.speaker.drop()
        return self.speaker.say(said, after) if said.strip() else self.speaker.stay_silent()

    # ---- hearing -------------------------------------------------------------------------------------

    def _listen(self) -> str | None:
        """The next line: None when there are no more, empty for silence."""
        waits = not self.fast and self.keyboard.interactive and self.speaker.open
        if self._editor is None and not self.as_json and self.keyboard.interactive:
            self.out.write("> ")
            self.out.flush()
        self._output.margin("    ?" if self.speaker.open else "")
        try:
            while True:
                try:
                    return self.keyboard.wait(MICROPHONE_SECONDS if waits else None)
                except TimeoutError:
                    if self._editor is None or not self._editor.typed:  # half a sentence is no silence
                        if self._editor is None:
                            self._line("")
                        return ""
        except EOFError:
            return None
        finally:
            self._output.margin("")

    # ---- playing -------------------------------------------------------------------------------------

    def _play(self, turn: Turn) -> tuple[str | None, float | None]:
        """Plays a turn; returns what was typed during it and how many seconds in, if anything."""
        failed = self._failures.take()
        if self.as_json:
            self._output.write_json(json.dumps(as_object(turn, failed), ensure_ascii=False))
        elif turn.heard and not self.keyboard.interactive:
            self._line(f"> {turn.heard}")
        elif not turn.heard and turn.light is Light.REPROMPTING:
            self._line("  (silence)", Kind.ASIDE)
        for failure in failed:
            self._line(f"  [{failure}]", Kind.FAULT)
        if self.fast:
            for event in turn.plays:
                self._show(event)
        else:
            typed = self._play_in_time(turn)
            if typed:
                return typed
        if turn.note:
            self._line(f"  [{turn.note}]", Kind.ASIDE)
        return None, None

    def _show(self, event: Speech | Silence) -> None:
        if isinstance(event, Speech):
            self._line(f"  {event.text}", Kind.URGENT if event.style in _LOUD else Kind.SAID)
        else:
            self._line(f"  … {event.seconds:g} s", Kind.ASIDE)

    def _play_in_time(self, turn: Turn) -> tuple[str, float] | None:
        elapsed = 0.0
        for event in turn.plays:
            # Silence is counted down before the prompt; where nothing edits the line, it is told at its beginning.
            if isinstance(event, Speech) or (self._editor is None and self._output.is_terminal):
                self._show(event)
            typed = self._wait(event.seconds, elapsed, event)
            if typed is not None:
                return typed
            elapsed += event.seconds
        return None

    def _wait(self, seconds: float, elapsed: float, event: Speech | Silence) -> tuple[str, float] | None:
        """Waits for one event, with a countdown; a typed line ends it at once."""
        started = self.clock()
        speaking = self.voice.start(event) if self.voice and isinstance(event, Speech) else None
        shown = None
        while True:
            gone = self.clock() - started
            if speaking is not None:
                if speaking.poll() is not None:
                    break
            elif gone >= seconds:
                break
            left = int(seconds - gone + 0.999)
            if isinstance(event, Silence) and left != shown:
                shown = left
                self._output.margin(f"  … {left:2d}")
            line = self._typed(min(_TICK, max(0.01, seconds - gone)))
            if line:
                if speaking is not None:
                    speaking.kill()
                self._output.margin("")
                if self._editor is None:
                    self._line("")
                return line, elapsed + gone
        if shown is not None:
            self._output.margin("")
        return None

    def _typed(self, seconds: float) -> str | None:
        if not self.keyboard.interactive:  # piped lines are answers, never interruptions
            self.sleep(seconds)
            return None
        try:
            return self.keyboard.wait(seconds)
        except TimeoutError:
            return None
        except EOFError:
            self.sleep(seconds)
            return None

    def _show_hint(self) -> None:
        if self.keyboard.interactive and not self.as_json:
            self._line("Type what you would say. An empty line, or nothing, is silence. Typing interrupts.")
            self._line("/drop breaks the session off. Ctrl-D leaves.")
            self._line("")

    def _line(self, text: str, kind: Kind = Kind.SAID) -> None:
        if not self.as_json:
            self._output.line(text, kind)


def as_object(turn: Turn, failed: Sequence[Failure] = ()) -> dict[str, object]:
    """A turn as one JSON object; `failed` only where the skill did."""
    return {
        "heard": turn.heard,
        "request": turn.request,
        "response": turn.response,
        "intent": turn.understood.intent if turn.understood else None,
        "how": turn.understood.how if turn.understood else None,
        "speaks": turn.words,
        "seconds": round(turn.seconds, 1),
        "light": str(turn.light),
        "note": turn.note,
        **({"failed": [asdict(failure) for failure in failed]} if failed else {}),
    }
