"""A voice and an ear over the Wyoming protocol: espeak-ng speaks, and the ear reads text that was sent as samples.

The voice is real speech through the integration that people use for Piper. The ear stands in for a recogniser, whose
quality is not the question here: what the test says is written into the samples, and silence holds none.
"""

from __future__ import annotations

import asyncio
import io
import os
import sys
import wave
from functools import partial
from pathlib import Path

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import AsrModel, AsrProgram, Attribution, Describe, Info, TtsProgram, TtsVoice
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.tts import Synthesize

LANGUAGES = sys.argv[2:] or ["en-US", "en-GB"]
US = Attribution(name="Cramp Coach", url="")
INFO = Info(
    tts=[
        TtsProgram(
            name="espeak", attribution=US, installed=True, description="espeak-ng", version="1",
            voices=[TtsVoice(name="en-us", attribution=US, installed=True, description="en", version="1",
                             languages=LANGUAGES)],
        )
    ],
    asr=[
        AsrProgram(
            name="reader", attribution=US, installed=True, description="reads bytes", version="1",
            models=[AsrModel(name="reader", attribution=US, installed=True, description="en", version="1",
                             languages=["en"])],
        )
    ],
)  # fmt: skip


class Voice(AsyncEventHandler):
    """One connection."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self._heard = b""

    async def handle_event(self, event: Event) -> bool:
        if Describe.is_type(event.type):
            await self.write_event(INFO.event())
        elif Transcribe.is_type(event.type):
            self._heard = b""
        elif AudioChunk.is_type(event.type):
            self._heard += AudioChunk.from_event(event).audio
        elif AudioStop.is_type(event.type):
            await self.write_event(Transcript(text=self._heard.replace(b"\0", b"").decode()).event())
            return False
        elif Synthesize.is_type(event.type):
            await self._speak(Synthesize.from_event(event).text)
        return True

    async def _speak(self, text: str) -> None:
        with Path(os.environ["ASKED"]).open("a", encoding="utf-8") as asked:
            asked.write(f"{text}\n")
        command = ["espeak-ng", "-v", "en-us", "-s", "150", "--stdout", "--", text]
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        spoken, _ = await process.communicate()
        with wave.open(io.BytesIO(spoken)) as file:
            form = {"rate": file.getframerate(), "width": file.getsampwidth(), "channels": file.getnchannels()}
            # espeak-ng cannot tell a pipe's length beforehand: read what is there.
            samples = file.readframes(len(spoken))
        await self.write_event(AudioStart(**form).event())
        for at in range(0, len(samples), 8192):
            await self.write_event(AudioChunk(audio=samples[at : at + 8192], **form).event())
        await self.write_event(AudioStop().event())


if __name__ == "__main__":
    asyncio.run(AsyncServer.from_uri(f"tcp://127.0.0.1:{sys.argv[1]}").run(partial(Voice)))
