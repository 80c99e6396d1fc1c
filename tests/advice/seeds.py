"""Fingerprints of the five lay articles, so that none of their sentences can slip into the content.

The articles themselves are not kept here: `seed_fingerprints.txt` holds hashes of their normalised sentences, and of
every run of `RUN` words in them. `python tests/advice/seeds.py FOLDER` writes it again from a folder of articles.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

FINGERPRINTS = Path(__file__).with_name("seed_fingerprints.txt")
RUN = 8
"""Length of a run of words that two texts do not share by chance."""
_SHORTEST = 4
"""Shorter texts, such as the heading "Apply heat", are common."""
_END = re.compile(r"[.!?:;\n•–—]+")


def sentences(text: str) -> list[str]:
    """Sentences and list items in lower case with single spaces, without the short ones."""
    plain = text.replace("’", "'")
    rows = [" ".join(re.findall(r"[a-z0-9']+", part.lower())) for part in _END.split(plain)]
    return [row for row in rows if len(row.split()) >= _SHORTEST]


def fingerprints(text: str) -> dict[str, str]:
    """By hash, each sentence of `text` and each run of words within one."""
    found = {}
    for sentence in sentences(text):
        words = sentence.split()
        runs = [" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
        for run in (sentence, *runs):
            found[hashlib.sha256(run.encode()).hexdigest()[:16]] = run
    return found


if __name__ == "__main__":
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("*.txt"))]
    FINGERPRINTS.write_text("\n".join(sorted({hash_ for text in texts for hash_ in fingerprints(text)})) + "\n")
