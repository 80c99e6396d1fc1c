"""`flask-ask-sdk`, made to import on a current Linux.

Its last release reaches, by way of `ask-sdk-webservice-support`, for `certvalidator`, and that for `oscrypto`, which
refuses every OpenSSL whose patch number has two digits (3.0.10 and later). Both are abandoned; the repair never was
released. All that Amazon's code takes from there is one class and two errors, so a module with those three names goes
in their place before the import, and `cryptography` does the verifying. The packages themselves stay as they are
published. Nothing else in the project may import `flask_ask_sdk` or `ask_sdk_webservice_support`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType

from cryptography.x509 import load_der_x509_certificate

from endpoint.certificates import BadChain, public_roots, verify_path


class PathError(Exception):
    """There is no path to a trusted root."""


class ValidationError(Exception):
    """The path is not valid."""


class CertificateValidator:
    """The part of `certvalidator` that Amazon's `RequestVerifier` uses: DER certificates in, an error if invalid."""

    def __init__(self, end_entity_cert: bytes, intermediate_certs: Sequence[bytes] = ()) -> None:
        self._chain = (end_entity_cert, *intermediate_certs)

    def validate_usage(self, key_usage: set[str]) -> None:
        """Verifies the path to a publicly trusted root, and the key usage.

        Raises:
            PathError: the path is invalid, expired or unreadable.
        """
        del key_usage  # digital signature, which the web PKI rules require anyway
        try:
            verify_path([load_der_x509_certificate(own) for own in self._chain], public_roots())
        except (BadChain, ValueError, IndexError) as error:
            raise PathError(str(error)) from error


def _stand_in() -> None:
    package = ModuleType("certvalidator", "A stand-in; see endpoint/flask_ask_sdk_compat.py.")
    errors = ModuleType("certvalidator.errors", package.__doc__)
    package.CertificateValidator = CertificateValidator  # type: ignore[attr-defined]
    package.errors = errors  # type: ignore[attr-defined]
    errors.PathError = PathError  # type: ignore[attr-defined]
    errors.ValidationError = ValidationError  # type: ignore[attr-defined]
    sys.modules["certvalidator"] = package
    sys.modules["certvalidator.errors"] = errors


_stand_in()

from ask_sdk_webservice_support.verifier import (  # noqa: E402
    AbstractVerifier,
    RequestVerifier,
    TimestampVerifier,
    VerificationException,
)
from ask_sdk_webservice_support.webservice_handler import WebserviceSkillHandler  # noqa: E402
from flask_ask_sdk.skill_adapter import SkillAdapter  # noqa: E402

__all__ = [
    "AbstractVerifier",
    "CertificateValidator",
    "RequestVerifier",
    "SkillAdapter",
    "TimestampVerifier",
    "VerificationException",
    "WebserviceSkillHandler",
]
