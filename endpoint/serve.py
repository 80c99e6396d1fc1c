"""`cramp-coach web`: reads the settings, prints what it serves, and serves until stopped."""

from __future__ import annotations

import errno
import signal
import sys

from endpoint.application import create_app
from endpoint.certificates import Trust, public_roots
from endpoint.chain_fetch import Fetcher
from endpoint.server import Server
from endpoint.server_settings import VERIFY, BadSettings, Settings
from skill.app import SKILL_ID, builder, create
from skill.log import to_stream
from skill.memory.choose import choose
from speaker.page.device_pool import Speakers

USAGE_ERROR = 2


def serve(host: str, port: int, workers: int) -> int:
    """Serves until SIGTERM or SIGINT; returns the exit status."""
    try:
        settings = Settings.read(host, port, workers)
        memory = choose(settings.memory)
    except (BadSettings, ValueError) as error:
        return _refuse(str(error))
    skill, answer = builder(settings.skill_id, memory).create(), create(settings.skill_id, memory)
    waiting = max(1, settings.workers - 1)
    trust = Trust(public_roots(), Fetcher(), waiting) if settings.verify else None
    speakers = Speakers(create(memory=memory)) if settings.loopback else None
    app = create_app(skill, answer, trust, settings.skill_id, speakers)
    try:
        server = Server(app, settings.host, settings.port, settings.workers)
    except OSError as error:
        return _refuse(
            f"expected to listen at {settings.host} port {settings.port}, found: {error.strerror}. "
            + ("Hint: another --host" if error.errno == errno.EADDRNOTAVAIL else "Hint: another --port, or 0 for any")
        )
    signal.signal(signal.SIGTERM, server.stop)
    signal.signal(signal.SIGINT, server.stop)
    to_stream()
    for line in greeting(settings, int(server.effective_port)):
        sys.stderr.write(line + "\n")
    sys.stderr.flush()
    server.run()
    sys.stderr.write("Stopped.\n")
    return 0


def greeting(settings: Settings, port: int) -> list[str]:
    """The lines printed at start-up."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    lines = [f"Endpoint      http://{host}:{port}/alexa"]
    if settings.loopback:
        lines.append(f"Bedside page  http://{host}:{port}/")
    lines.append(f"Skill id      {settings.skill_id or f'any; set {SKILL_ID} before anybody else can reach this'}")
    lines.append(f"Memory        {settings.memory}")
    if not settings.verify:
        lines.append(f"VERIFICATION IS OFF ({VERIFY}=off): anybody on this machine can send requests as if from Alexa")
    return lines


def _refuse(message: str) -> int:
    sys.stderr.write(f"cramp-coach web: {message}\n")
    return USAGE_ERROR
