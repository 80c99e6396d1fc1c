"""Verifies certificate chains with `cryptography`: trusted root, path, dates, name, and a key fit to sign requests."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import Certificate, DNSName, load_pem_x509_certificate, load_pem_x509_certificates
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

SIGNER = "echo-api.amazon.com"
"""The subject alternative name of Amazon's signing certificate."""
LONGEST_CHAIN = 8
"""Maximum number of certificates in a chain; Amazon's has four."""
_SMALLEST_KEY = 2048
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


class BadChain(ValueError):
    """The chain does not lead from Amazon's name to a trusted root, or not at this time."""


@dataclass(frozen=True)
class Trust:
    """The trusted roots and how chains are fetched. Only tests replace them."""

    roots: tuple[Certificate, ...]
    fetch: Callable[[str], bytes]
    """Fetches the PEM file at a validated certificate URL. Raises `chain_fetch.Unreachable`."""
    most_waiting: int = 3
    """Maximum number of requests fetching or waiting for a chain: one fewer than there are workers."""


@cache
def public_roots() -> tuple[Certificate, ...]:
    """Mozilla's trusted roots, from the package `certifi`; unreadable ones are skipped."""
    import certifi

    found = []
    for block in _PEM.findall(Path(certifi.where()).read_bytes()):
        with warnings.catch_warnings(), suppress(ValueError):
            # The serial number of an old root is no longer valid; a later release will not parse it.
            warnings.simplefilter("ignore")
            found.append(load_pem_x509_certificate(block))
    return tuple(found)


def read_chain(pem: bytes) -> list[Certificate]:
    """The certificates of a PEM file, the signer first.

    Raises:
        BadChain: no certificates, unreadable ones, or too many.
    """
    try:
        chain = load_pem_x509_certificates(pem)
    except ValueError as error:
        raise BadChain(f"expected a PEM file of certificates, found none that can be read ({error})") from error
    if len(chain) > LONGEST_CHAIN:
        raise BadChain(f"expected at most {LONGEST_CHAIN} certificates, found {len(chain)}")
    return chain


def verify_path(chain: Sequence[Certificate], roots: Sequence[Certificate], now: datetime | None = None) -> None:
    """Verifies that the first certificate is Amazon's and that the others chain it to one of `roots`.

    The rules are those of the web PKI: every signature in the path, validity dates, basic constraints, key usage,
    extended key usage for a server, name constraints, and the signer's name.

    Raises:
        BadChain: with what is wrong.
    """
    verifier = (
        PolicyBuilder()
        .store(Store(list(roots)))
        .time(now or datetime.now(UTC))
        .max_chain_depth(LONGEST_CHAIN)
        .build_server_verifier(DNSName(SIGNER))
    )
    try:
        verifier.verify(chain[0], list(chain[1:]))
    except VerificationError as error:
        raise BadChain(f"expected a chain from {SIGNER} to a trusted root, found: {error}") from error
    key = chain[0].public_key()
    if not isinstance(key, RSAPublicKey) or key.key_size < _SMALLEST_KEY:
        raise BadChain(f"expected an RSA key of {_SMALLEST_KEY} bits or more in the signer's certificate")
