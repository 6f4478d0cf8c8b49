"""What a signed PDF says of itself: who signed when, whether it is as it was signed, whether the issuer is known.

Nothing is fetched from anywhere: an issuer is known when the installation trusts it, and unknown otherwise.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

Roots = tuple[Any, ...]  # certificates of issuers, as the library has them
MOST = 20  # signatures of one paper
HARMLESS = frozenset({ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING})
"""What may be added behind a signature: further signatures and time stamps."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One signature: names as the certificate has them; ``intact``: the signed bytes are those that were signed.

    ``unchanged``: nothing but further signatures was added since; ``known``: the issuer is trusted here.
    """

    signer: str
    issuer: str
    signed_at: datetime | None
    intact: bool
    unchanged: bool
    known: bool


UNREADABLE = Finding("", "", None, intact=False, unchanged=False, known=False)


def roots_of(pem: bytes) -> Roots:
    """The certificates of a PEM file, in its order. Raises ValueError for bytes that hold none."""
    return tuple(load_certs_from_pemder_data(pem))


def findings(content: bytes, roots: Roots) -> tuple[Finding, ...]:
    """Every signature of the PDF, the earliest first; a signature that cannot be read is an altered one."""
    try:
        return tuple(_each(content, roots))
    except Exception:  # noqa: BLE001 - whatever a broken file makes a parser raise, it is not what was signed
        return (UNREADABLE,)


def _each(content: bytes, roots: Roots) -> Iterator[Finding]:
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    for signature in reader.embedded_regular_signatures[:MOST]:
        yield _finding(signature, roots)


def _finding(signature: EmbeddedPdfSignature, roots: Roots) -> Finding:
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
    # The check runs an event loop of its own, which a caller's thread may not have one of already.
    with ThreadPoolExecutor(max_workers=1) as apart:
        status = apart.submit(validate_pdf_signature, signature, signer_validation_context=context).result()
    certificate = status.signing_cert
    signed_at = status.signer_reported_dt
    return Finding(
        signer=_common_name(certificate.subject.native),
        issuer=_common_name(certificate.issuer.native),
        signed_at=signed_at.astimezone(UTC) if signed_at is not None else None,
        intact=bool(status.intact and status.valid),
        unchanged=_unchanged(status),
        known=bool(status.trusted),
    )


def _unchanged(status: PdfSignatureStatus) -> bool:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    return status.coverage is not None and status.modification_level in HARMLESS


def _common_name(name: dict[str, object]) -> str:
    """The name a reader knows: the common name, else the organisation."""
    for key in ("common_name", "organization_name"):
        found = name.get(key)
        if found:
            return str(found[-1] if isinstance(found, list) else found)
    return ""
