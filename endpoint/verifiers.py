"""Verifies that a request is Amazon's, fresh and for this skill: Amazon's checks, with a reason for each refusal."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from cryptography.x509 import DNSName, ExtensionNotFound, SubjectAlternativeName

from endpoint.certificates import SIGNER, BadChain, Trust
from endpoint.chain_cache import Chains
from endpoint.chain_fetch import Unreachable
from endpoint.chain_url import BadAddress, normal
from endpoint.flask_ask_sdk_compat import AbstractVerifier, RequestVerifier, TimestampVerifier, VerificationException

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


class Why(StrEnum):
    """The reasons for a refusal, for the log; they never quote the request."""

    UNSIGNED = "unsigned"
    SIGNATURE_FORM = "signature-form"
    CHAIN_URL = "chain-url"
    CHAIN_FETCH = "chain-fetch"
    CHAIN = "chain"
    SIGNATURE = "signature"
    TIMESTAMP = "timestamp"
    SKILL_ID = "skill-id"
    MALFORMED = "malformed"
    FORWARDED = "forwarded"


class Refusal(VerificationException):
    """The request must not be answered."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else str(why))
        self.why = why


class SignatureVerifier(RequestVerifier):
    """Amazon's verifier, with fetching, chain and dates handled by maintained code.

    It inherits the order of checks, the headers, Amazon's URL rules and the signature over the body.
    """

    def __init__(self, trust: Trust) -> None:
        super().__init__()
        self._chains = Chains(trust)

    def verify(self, headers: Any, serialized_request_env: str, deserialized_request_env: Any = None) -> None:
        """Checks the signature over the body. The parsed envelope is not used, so it need not exist yet.

        Raises:
            Refusal: with the reason.
        """
        names = {name.lower(): value for name, value in headers.items()}
        signature, url = names.get("signature-256"), names.get("signaturecertchainurl")
        if not signature or not url:
            raise Refusal(Why.UNSIGNED)
        # Before anything is fetched: the signature must have the length of an RSA key of 2048 to 8192 bits.
        try:
            length = len(base64.b64decode(signature, validate=True))
        except (binascii.Error, ValueError) as error:
            raise Refusal(Why.SIGNATURE_FORM) from error
        if not 256 <= length <= 1024:
            raise Refusal(Why.SIGNATURE_FORM, f"expected 256 to 1024 bytes, found {length}")
        super().verify(headers, serialized_request_env, deserialized_request_env)

    def _validate_certificate_url(self, cert_url: str) -> None:
        try:
            super()._validate_certificate_url(cert_url)
            normal(cert_url)
        except (VerificationException, ValueError) as error:
            raise Refusal(Why.CHAIN_URL, str(error)) from error

    def _retrieve_and_validate_certificate_chain(self, cert_url: str, x509_backend: Any = None) -> Certificate:
        self._validate_certificate_url(cert_url)
        try:
            signer = self._chains.signer(normal(cert_url))
        except (BadAddress, Unreachable) as error:
            raise Refusal(Why.CHAIN_FETCH, str(error)) from error
        except BadChain as error:
            raise Refusal(Why.CHAIN, str(error)) from error
        self._validate_end_certificate(signer)
        return signer

    def _validate_end_certificate(self, x509_cert: Certificate) -> None:
        # The path check covers the dates. The name must match exactly: no wildcards.
        try:
            names = x509_cert.extensions.get_extension_for_class(SubjectAlternativeName).value
        except (ExtensionNotFound, ValueError) as error:
            raise Refusal(Why.CHAIN, "expected subject alternative names") from error
        if SIGNER not in names.get_values_for_type(DNSName):
            raise Refusal(Why.CHAIN, f"expected {SIGNER} among the names")

    def _valid_request_body(self, cert_chain: Certificate, signature: str, serialized_request_env: str) -> None:
        try:
            super()._valid_request_body(cert_chain, signature, serialized_request_env)
        except (VerificationException, ValueError) as error:
            raise Refusal(Why.SIGNATURE) from error


class FreshnessVerifier(TimestampVerifier):
    """Amazon's verifier: within 150 s, or an hour for the events of enabling and disabling a skill."""

    def verify(self, headers: Any, serialized_request_env: str, deserialized_request_env: Any) -> None:
        """Checks the timestamp. `deserialized_request_env` is the plain JSON: it need not be deserialised for this.

        Raises:
            Refusal: the timestamp is missing, stale, in the future, or without a time zone.
        """
        request = deserialized_request_env["request"]
        try:
            stamp = datetime.fromisoformat(request["timestamp"])
            read = SimpleNamespace(timestamp=stamp, object_type=request["type"])
            super().verify(headers, serialized_request_env, SimpleNamespace(request=read))
        except (VerificationException, KeyError, TypeError, ValueError, OverflowError) as error:
            raise Refusal(Why.TIMESTAMP) from error


class SkillIdVerifier(AbstractVerifier):
    """Verifies that the request is for this skill, in both context and session."""

    def __init__(self, skill_id: str) -> None:
        self._skill_id = skill_id

    def verify(self, headers: Any, serialized_request_env: str, deserialized_request_env: Any) -> None:
        """Checks the application id of the plain JSON.

        Raises:
            Refusal: the id is missing or another skill's.
        """
        said = [
            _at(deserialized_request_env, *path, "application", "applicationId")
            for path in (("context", "System"), ("session",))
            if _at(deserialized_request_env, *path) is not None
        ]
        if not said or any(own != self._skill_id for own in said):
            raise Refusal(Why.SKILL_ID)


def _at(node: Any, *path: str) -> Any:
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node
