"""A test certificate authority, and requests signed as Amazon signs them."""

from __future__ import annotations

import base64
import json
import ssl
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from speaker import request_envelope
from speaker.request_envelope import Device, Session

SKILL_ID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
SIGNER = "echo-api.amazon.com"
URL = "https://s3.amazonaws.com/echo.api/echo-api-cert-1.pem"
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Identity:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key


def issue(
    name: str,
    issuer: Identity | None = None,
    *,
    key: Key | None = None,
    ca: bool = False,
    names: tuple[str, ...] = (),
    since: timedelta = -DAY,
    until: timedelta = 30 * DAY,
) -> Identity:
    """A certificate, signed by `issuer` or by itself, valid from `since` to `until` counted from now."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signer = issuer.key if issuer else key
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + since)
        .not_valid_after(now + until)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .add_extension(_usage(ca), critical=True)
    )
    if not ca:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    if names:
        built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(own) for own in names]), critical=False)
    return Identity(built.sign(signer, SHA256()), key)


def _usage(ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def pem(*identities: Identity) -> bytes:
    """The certificates as one file, in this order."""
    return b"".join(own.certificate.public_bytes(Encoding.PEM) for own in identities)


@dataclass
class Authority:
    """Root, intermediate and Amazon's signer; created once, since RSA keys are slow to generate."""

    root: Identity = field(default_factory=lambda: issue("Test Root", ca=True))
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    @cached_property
    def intermediate(self) -> Identity:
        """The intermediate certificate."""
        return issue("Test Intermediate", self.root, ca=True)

    @cached_property
    def signer(self) -> Identity:
        """The valid signer."""
        return self.leaf()

    @cached_property
    def stranger(self) -> Identity:
        """An untrusted root."""
        return issue("Stranger Root", ca=True)

    @cached_property
    def forger(self) -> rsa.RSAPrivateKey:
        """A key other than the signer's."""
        return rsa.generate_private_key(65537, 2048)

    def leaf(
        self,
        issuer: Identity | None = None,
        names: tuple[str, ...] = (SIGNER,),
        since: timedelta = -DAY,
        until: timedelta = 30 * DAY,
    ) -> Identity:
        """A signing certificate with some properties changed."""
        return issue(SIGNER, issuer or self.intermediate, key=self.key, names=names, since=since, until=until)

    def tls(self, host: str = "s3.amazonaws.com") -> ssl.SSLContext:
        """A TLS context with which a loopback server can pose as `host`."""
        own = issue(host, self.root, names=(host,))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "server.pem"
            secret = own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            file.write_bytes(secret + pem(own))
            context.load_cert_chain(file)
        return context

    def client(self) -> ssl.SSLContext:
        """A TLS context that trusts only this authority."""
        return ssl.create_default_context(cadata=pem(self.root).decode())

    def sign(self, body: bytes, key: rsa.RSAPrivateKey | None = None) -> str:
        """The signature header of a body."""
        return base64.b64encode((key or self.key).sign(body, PKCS1v15(), SHA256())).decode()

    def headers(self, body: bytes, url: str = URL) -> dict[str, str]:
        """All headers of a valid request."""
        return {
            "Content-Type": "application/json; charset=utf-8",
            "SignatureCertChainUrl": url,
            "Signature-256": self.sign(body),
        }


def launch(now: float | None = None, skill_id: str = SKILL_ID) -> dict[str, Any]:
    """An envelope that opens the skill."""
    device = Device(application_id=skill_id)
    return request_envelope.envelope(device, Session(), request_envelope.launch(), time.time() if now is None else now)


def encode(event: Any) -> bytes:
    """The envelope as bytes on the wire."""
    return json.dumps(event, ensure_ascii=False).encode()
