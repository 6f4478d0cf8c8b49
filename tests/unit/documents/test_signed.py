"""Signatures of uploaded papers: intact, altered, added to; by an issuer that is trusted here or by nobody known."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pyhanko.pdf_utils.generic import NameObject, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from nominations.documents.signed import UNREADABLE, Finding, findings, roots_of
from tests.unit.documents.signing import Identity, identity, signed, unsigned


@pytest.fixture(scope="module")
def issuer() -> Identity:
    return identity("Tổ chức chứng thực mẫu")


@pytest.fixture(scope="module")
def paper(issuer: Identity) -> bytes:
    return signed(unsigned(), identity("Nguyễn Văn Mẫu", issuer))


def only(content: bytes, *roots: Identity) -> Finding:
    found = findings(content, roots_of(b"".join(root.pem for root in roots)) if roots else ())
    assert len(found) == 1
    return found[0]


def test_a_paper_nobody_signed_has_no_signature() -> None:
    assert findings(unsigned(), ()) == ()


def test_signer_time_and_issuer_are_told(paper: bytes, issuer: Identity) -> None:
    found = only(paper, issuer)
    assert (found.signer, found.issuer) == ("Nguyễn Văn Mẫu", "Tổ chức chứng thực mẫu")
    assert (found.intact, found.unchanged, found.known) == (True, True, True)
    assert found.signed_at is not None
    assert abs(found.signed_at - datetime.now(UTC)) < timedelta(hours=1)


def test_an_issuer_nobody_trusts_here_is_unknown(paper: bytes) -> None:
    for found in (only(paper), only(paper, identity("Một tổ chức khác"))):
        assert (found.intact, found.unchanged, found.known) == (True, True, False)


def test_who_certifies_themself_is_unknown() -> None:
    found = only(signed(unsigned(), identity("Tự cấp")), identity("Một tổ chức khác"))
    assert (found.signer, found.issuer, found.intact, found.known) == ("Tự cấp", "Tự cấp", True, False)


def test_an_altered_paper_is_told_as_such(paper: bytes, issuer: Identity) -> None:
    at = paper.index(b"/Producer") if b"/Producer" in paper else 200
    for place in (at + 12, len(paper) // 3):
        altered = paper[:place] + bytes([paper[place] ^ 1]) + paper[place + 1 :]
        found = only(altered, issuer)
        assert not found.intact, place


def test_what_is_added_behind_a_signature_is_told(paper: bytes, issuer: Identity) -> None:
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(paper))
    writer.root[NameObject("/Lang")] = pdf_string("fr-FR")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    found = only(out.getvalue(), issuer)
    assert (found.intact, found.unchanged) == (True, False)


def test_a_second_signature_does_not_spoil_the_first(paper: bytes, issuer: Identity) -> None:
    both = findings(signed(paper, identity("Trần Thị Hai", issuer), "Chu ky 2"), roots_of(issuer.pem))
    assert [one.signer for one in both] == ["Nguyễn Văn Mẫu", "Trần Thị Hai"]
    assert all(one.intact and one.unchanged and one.known for one in both)


@pytest.mark.parametrize("content", [b"%PDF-1.7 /ByteRange [0 1 2 3]", b"%PDF-1.4", b"%PDF-1.7\n" + b"\x00" * 5000])
def test_what_cannot_be_read_is_not_what_was_signed(content: bytes) -> None:
    assert findings(content, ()) == (UNREADABLE,)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_signed_paper_cut_short_is_never_intact_and_unchanged(paper: bytes, cut: float) -> None:
    found = findings(paper[: int(len(paper) * cut)], ())
    assert not any(one.intact and one.unchanged for one in found)
