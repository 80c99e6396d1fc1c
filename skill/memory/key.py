"""Under which key a place is kept: a digest of the user id, so that the id itself is never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ask_sdk_model import RequestEnvelope


def key(envelope: RequestEnvelope) -> str | None:
    """SHA-256 of the user id, in hexadecimal; None where nobody is named, and then nothing is read or written.

    Unsalted, since the key has to be found again by another process on another night. Alexa's user ids are long and
    random, so that a digest of one cannot be guessed back. `context` names the user in every request, events of
    enabling and disabling included; `session` is where older devices do.
    """
    name = user_id(envelope)
    if name is None:
        return None
    # Imported here: it brings OpenSSL along, which a cold start without a store can do without.
    import hashlib

    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def user_id(envelope: RequestEnvelope) -> str | None:
    """The user that a request names, if it names one."""
    for holder in (getattr(getattr(envelope, "context", None), "system", None), getattr(envelope, "session", None)):
        name = getattr(getattr(holder, "user", None), "user_id", None)
        if isinstance(name, str) and name:
            return name
    return None
