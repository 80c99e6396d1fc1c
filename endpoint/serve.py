"""`cramp-coach web`: reads the settings, prints what it serves, and serves until stopped."""

from __future__ import annotations

import errno
import os
import secrets
import signal
import socket
import sys

from endpoint.application import KEY, create_app
from endpoint.certificates import Trust, public_roots
from endpoint.chain_fetch import Fetcher
from endpoint.chain_shelf import Shelf
from endpoint.server import Server
from endpoint.server_settings import VERIFY, BadSettings, Settings
from skill.advice import open_advice
from skill.app import SKILL_ID, builder, create, offers_in
from skill.log import to_stream
from skill.memory.choose import choose
from speaker.evenings import FILE, Evenings
from speaker.page.device_pool import Speakers
from speaker.page.pass_code import PassCode
from speaker.page.visitors import Visitors

USAGE_ERROR = 2
DAYS_A_WEEK = 7


def serve(host: str, port: int, workers: int, page: str = "auto", bedtime: str = "") -> int:
    """Serves until SIGTERM or SIGINT; returns the exit status."""
    try:
        settings = Settings.read(host, port, workers, page=page)
        memory = choose(settings.memory)
        evenings = evenings_of(bedtime, settings)
        offers = offers_in(os.environ)
    except (BadSettings, ValueError) as error:
        return _refuse(str(error))
    skill, answer = builder(settings.skill_id, memory).create(), create(settings.skill_id, memory, offers)
    waiting = max(1, settings.workers - 1)
    shelf = Shelf(settings.state / "chains") if settings.state else None
    trust = Trust(public_roots(), Fetcher(), waiting, shelf) if settings.verify else None
    speakers = Speakers(create(memory=memory)) if settings.page != "off" else None
    visitors = visitors_of(settings)
    key = "" if settings.verify else secrets.token_urlsafe(12)
    app = create_app(
        skill, answer if settings.endpoint else None, trust, settings.skill_id, speakers, visitors, key, evenings
    )
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
    for line in greeting(settings, int(server.effective_port), visitors, key, evenings):
        sys.stderr.write(line + "\n")
    sys.stderr.flush()
    server.run()
    sys.stderr.write("Stopped.\n")
    return 0


def visitors_of(settings: Settings) -> Visitors:
    """Who may see the page of these settings."""
    if settings.page in ("off", "here"):
        return Visitors()
    return Visitors(PassCode(settings.code), settings.page if settings.page != "code" else "")


def evenings_of(bedtime: str, settings: Settings) -> Evenings | None:
    """The bedtime stretches at this time every evening; None for no time.

    Raises:
        ValueError: no time of day, a count that cannot be read, no page, or no folder for the count.
    """
    if not bedtime:
        return None
    if settings.page == "off":
        raise BadSettings("--bedtime: expected a bedside page that begins the stretches, found none. Hint: --page on")
    if settings.state is None:
        raise BadSettings("--bedtime: expected a home folder for the count of evenings, found none")
    return Evenings.read(bedtime, settings.state / FILE, DAYS_A_WEEK * open_advice("en-US").timing.bedtime_weeks)


def greeting(
    settings: Settings, port: int, visitors: Visitors, key: str = "", evenings: Evenings | None = None
) -> list[str]:
    """What a start says."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    lines = []
    if settings.endpoint:
        lines.append(f"Endpoint      http://{host}:{port}/alexa")
    if settings.page != "off":
        # What can be typed on a tablet: "every address" is none.
        name = f"{socket.gethostname()}.local" if settings.host in ("0.0.0.0", "::") else host  # noqa: S104
        lines.append(f"Bedside page  {visitors.at or f'http://{name}:{port}'}/")
        if visitors.code is not None:
            lines.append(f"Pass code     {visitors.code.shown}")
    if settings.endpoint:
        lines.append(f"Skill id      {settings.skill_id or f'any; set {SKILL_ID} before anybody else can reach this'}")
    lines.append(f"Memory        {settings.memory}")
    if evenings is not None:
        lines.append(
            f"Bedtime       {evenings.at:%H:%M} on a page that is open. {evenings.told()} Kept in {evenings.file}"
        )
    if not settings.verify:
        lines.append(f"VERIFICATION IS OFF ({VERIFY}=off): who sends the header {KEY}: {key} is believed to be Alexa")
    return lines


def _refuse(message: str) -> int:
    sys.stderr.write(f"cramp-coach web: {message}\n")
    return USAGE_ERROR
