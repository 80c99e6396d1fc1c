"""Folds long lines of YAML without changing what they say."""

from __future__ import annotations

import textwrap
from pathlib import Path

import yaml

MOST = 160
"""Maximum line length, as in `yamllint.yaml`."""
_FOLDED = 120
"""Target line length of `fold`."""


def fold_files(root: Path) -> list[Path]:
    """Folds the long lines of every YAML file under `root`; returns the files that were written.

    Raises:
        ValueError: folding would change the data; the file is left unchanged.
    """
    written = []
    for path in sorted(root.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        folded = fold(text)
        if folded == text:
            continue
        if yaml.safe_load(folded) != yaml.safe_load(text):
            raise ValueError(f"{path}: expected folding to keep the data, found a difference. Hint: fold it by hand")
        path.write_text(folded, encoding="utf-8")
        written.append(path)
    return written


def fold(text: str) -> str:
    """The text with long lines broken: flow lists and maps after a comma, comments between words."""
    return "".join(_folded(line) if len(line.rstrip("\n")) > MOST else line for line in text.splitlines(keepends=True))


def _folded(line: str) -> str:
    bare = line.rstrip("\n")
    indent = " " * (len(bare) - len(bare.lstrip()))
    if bare.lstrip().startswith("#"):
        words = bare.lstrip()[1:].strip()
        comment = f"{indent}# "
        return textwrap.fill(words, _FOLDED, initial_indent=comment, subsequent_indent=comment) + "\n"
    lines: list[str] = []
    rest = bare
    below = f"{indent}    "
    while len(rest) > _FOLDED:
        ends = [at for at in _breaks(rest, bool(lines)) if len(below) < at <= _FOLDED]
        if not ends:
            break
        lines.append(rest[: ends[-1]].rstrip())
        rest = below + rest[ends[-1] :].lstrip()
    return "\n".join([*lines, rest]) + "\n"


def _breaks(line: str, inside: bool) -> list[int]:
    """Offsets of breaks: after a comma in brackets, outside quotes. `inside`: the line starts within brackets."""
    found: list[int] = []
    depth, quote, at = int(inside), "", 0
    while at < len(line):
        sign = line[at]
        if quote:
            if quote == '"' and sign == "\\":
                at += 1
            elif sign == quote:
                quote = ""
        elif sign in "\"'" and (at == 0 or line[at - 1] in " [{,("):
            quote = sign
        elif sign == "#" and line[at - 1 : at] == " ":
            break
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == "," and depth > 0 and line[at + 1 : at + 2] == " ":
            found.append(at + 1)
        at += 1
    return found
