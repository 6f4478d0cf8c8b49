"""Certificates and signed papers of the tests' own: an issuer, a signer, a PDF signed, altered or added to."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from nominations.documents.kinds import BUILDERS
from nominations.documents.pdf import pdf
from tests.unit.documents.samples import facts


class Identity(NamedTuple):
    """A key with its certificate, both as PEM."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def identity(name: str, issuer: Identity | None = None) -> Identity:
    """A new key named ``name``, certified by ``issuer`` or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    by = issuer.certificate.subject if issuer is not None else subject
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
                key_agreement=False, key_cert_sign=issuer is None, crl_sign=issuer is None, encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )  # fmt: skip
    return Identity(key, made.sign(issuer.key if issuer is not None else key, hashes.SHA256()))


def signed(content: bytes, by: Identity, field: str = "Chu ky 1") -> bytes:
    """The PDF with one signature more."""
    encoded = by.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate: Any = next(iter(load_certs_from_pemder_data(by.pem)))
    store: Any = SimpleCertificateStore
    signer = signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=load_private_key_from_pemder_data(encoded, passphrase=None),
        cert_registry=store(),
    )
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    # Signing runs an event loop of its own; the thread of browser tests has one already.
    with ThreadPoolExecutor(max_workers=1) as apart:
        field_of = signers.PdfSignatureMetadata(field_name=field)
        apart.submit(signers.sign_pdf, writer, field_of, signer=signer, output=out).result()
    return out.getvalue()


def unsigned() -> bytes:
    """A paper of ours."""
    return pdf(BUILDERS["decision"](facts()))
