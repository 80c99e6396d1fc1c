"""Speaks through Piper: one JSON object a line in, the rate, the size and the samples out. Imports nothing of ours."""

import json
import struct
import sys

from piper import PiperVoice, SynthesisConfig


def main() -> None:
    """Loads the model named on the command line, says so with one byte, and speaks until the lines end."""
    voice = PiperVoice.load(sys.argv[1])
    out = sys.stdout.buffer
    out.write(b".")
    out.flush()
    for line in sys.stdin:
        wish = json.loads(line)
        chunks = list(voice.synthesize(wish["text"], SynthesisConfig(length_scale=wish["pace"])))
        sound = b"".join(chunk.audio_int16_bytes for chunk in chunks)
        out.write(struct.pack("<II", voice.config.sample_rate, len(sound)) + sound)
        out.flush()


if __name__ == "__main__":
    main()
