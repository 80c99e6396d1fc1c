"""Helpers to copy the content and change one thing in the copy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from skill.advice.store import CONTENT


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def copied(root: Path) -> Path:
    """The content, copied under `root`."""
    return Path(shutil.copytree(CONTENT, root / "content"))


def edit(root: Path, file: str, path: str, value: Any = None, *, gone: bool = False) -> None:
    """Sets or deletes the value at the dotted `path` of `file`.

    List positions count from 0; `\\.` is a dot within a name.
    """
    whole = yaml.load((root / file).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    *parents, last = [part.replace("\\.", ".") for part in re.split(r"(?<!\\)\.", path)]
    node = whole
    for name in parents:
        node = node[int(name)] if isinstance(node, list) else node[name]
    key: Any = int(last) if isinstance(node, list) else last
    if gone:
        del node[key]
    else:
        node[key] = value
    text = yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    (root / file).write_text(text, encoding="utf-8")
