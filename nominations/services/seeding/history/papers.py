"""Small real PDF papers for the demonstration: valid files that any reader opens, a page each."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_PAGE = (595, 842)  # points: A4 portrait
_LINE = 18  # points


def pdf(lines: Sequence[str]) -> bytes:
    """A PDF of one page with the lines on it.

    The fonts every reader has know no Vietnamese letters, and carrying one would make every paper heavy: the words
    stand without their marks.
    """
    content = b"BT /F1 12 Tf 60 780 Td\n" + b"".join(_shown(text) for text in lines) + b"ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>" % _PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


def _shown(text: str) -> bytes:
    """One line of text, in the letters the font has, with what PDF takes as its own marked off."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).encode("ascii", "replace")
    for special in (b"\\", b"(", b")"):
        plain = plain.replace(special, b"\\" + special)
    return b"(%s) Tj 0 -%d Td\n" % (plain, _LINE)
