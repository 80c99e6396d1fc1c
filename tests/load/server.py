"""The server under load, a process of its own: `python -m tests.load.server coach|hello FOLDER MEMORY`.

FOLDER has the trusted root and Amazon's chain. Prints its port, and stops at SIGTERM.
"""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificate

from endpoint.application import create_app
from endpoint.certificates import Trust
from endpoint.chain_fetch import Unreachable
from endpoint.server import Server
from skill.app import builder, create
from skill.log import to_stream
from skill.memory.choose import choose
from tests.endpoint.authority import SKILL_ID, URL
from tests.load import hello

WORKERS = 4


def main(which: str, folder: Path, memory: str) -> None:
    """Serves one of the two."""
    root = load_pem_x509_certificate((folder / "root.pem").read_bytes())
    chain = (folder / "chain.pem").read_bytes()

    def fetch(url: str) -> bytes:
        if url == URL:
            return chain
        time.sleep(1)  # as long as a remote store might take to refuse
        raise Unreachable("nothing there")

    trust = Trust((root,), fetch, WORKERS - 1)
    if which == "hello":
        made = hello.skill()
        app = create_app(made, hello.answering(made), trust, SKILL_ID)
    else:
        to_stream()  # as `serve` does; hello world logs nothing
        kept = choose(memory)
        app = create_app(builder(SKILL_ID, kept).create(), create(SKILL_ID, kept), trust, SKILL_ID)
    server = Server(app, "127.0.0.1", 0, WORKERS)
    signal.signal(signal.SIGTERM, server.stop)
    sys.stdout.write(f"{server.effective_port}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
