"""Runs the speaker in a terminal, in real time. Typed lines are utterances; an empty line, or none, is silence."""

from __future__ import annotations

import json
import queue
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

from skill.speech import Silence, Speech
from skill.speech.limits import MICROPHONE_SECONDS
from speaker.device import Light, Speaker, Turn
from speaker.terminal.voice import Voice

_TICK = 0.1
"""Polling interval of the keyboard, in seconds."""


class Keyboard:
    """Reads typed or piped lines in the background, so that the clock keeps running."""

    def __init__(self, source: TextIO) -> None:
        self.interactive = source.isatty()
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, args=(source,), daemon=True).start()

    def _read(self, source: TextIO) -> None:
        try:
            for line in source:
                self._lines.put(line.rstrip("\r\n"))
        except (OSError, ValueError):
            pass  # a closed terminal or undecodable bytes: there will be no more lines
        finally:
            self._lines.put(None)  # whatever ended it: no reader may wait forever

    def wait(self, seconds: float | None) -> str | None:
        """The next line, waiting up to `seconds` (None: forever).

        Raises:
            TimeoutError: nothing was typed.
            EOFError: there will be no more lines.
        """
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        if line is None:
            self._lines.put(None)
            raise EOFError
        return line


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

    def run(self) -> None:
        """Opens the skill and talks until the lines end or the person leaves."""
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
        if not self.as_json and self.keyboard.interactive:
            self.out.write("> ")
            self.out.flush()
        try:
            return self.keyboard.wait(MICROPHONE_SECONDS if waits else None)
        except TimeoutError:
            self._line("")
            return ""
        except EOFError:
            return None

    # ---- playing -------------------------------------------------------------------------------------

    def _play(self, turn: Turn) -> tuple[str | None, float | None]:
        """Plays a turn; returns what was typed during it and how many seconds in, if anything."""
        if self.as_json:
            self.out.write(json.dumps(as_object(turn), ensure_ascii=False) + "\n")
            self.out.flush()
        elif turn.heard and not self.keyboard.interactive:
            self._line(f"> {turn.heard}")
        elif not turn.heard and turn.light is Light.REPROMPTING:
            self._line("  (silence)")
        if self.fast:
            if not self.as_json:
                for event in turn.plays:
                    self._line(f"  {event.text}" if isinstance(event, Speech) else f"  … {event.seconds:g} s")
        else:
            typed = self._play_in_time(turn)
            if typed:
                return typed
        if turn.note and not self.as_json:
            self._line(f"  [{turn.note}]")
        return None, None

    def _play_in_time(self, turn: Turn) -> tuple[str, float] | None:
        elapsed = 0.0
        for event in turn.plays:
            if isinstance(event, Speech) and not self.as_json:
                self._line(f"  {event.text}")
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
            if isinstance(event, Silence) and left != shown and self.out.isatty() and not self.as_json:
                shown = left
                self.out.write(f"\r  … {left:2d} ")
                self.out.flush()
            line = self._typed(min(_TICK, max(0.01, seconds - gone)))
            if line:
                if speaking is not None:
                    speaking.kill()
                self._line("")
                return line, elapsed + gone
        if shown is not None:
            self.out.write("\r        \r")
            self.out.flush()
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

    def _line(self, text: str) -> None:
        if not self.as_json:
            self.out.write(text + "\n")
            self.out.flush()


def as_object(turn: Turn) -> dict[str, object]:
    """A turn as one JSON object."""
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
    }
