"""PDF of any document, by Typst: the page is fixed, values go in as data, so nobody's text can be read as markup.

PDF/A-2u: archivable, its text searchable. Where a letter is not in the typeface (a sign of another script in a name) no
PDF/A can be had: an ordinary PDF shows a box in its place, so that somebody sees it and puts it right. The same content
gives the same bytes: the only instant in the file is the day of issue.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import orjson
import segno
import typst

from nominations.documents.paper import Certificate, Document, plain

HERE = Path(__file__).parent
PAGE = HERE / "paper.typ"
FONTS = HERE / "fonts"
STANDARD: typst.PDFStandards = ["a-2u"]
UNKNOWN_LETTER = "could not be displayed with font"
EPOCH = date(2000, 1, 1)  # of a draft that has no day yet

_local = threading.local()


def pdf(document: Document) -> bytes:
    """The document as PDF/A."""
    return pdf_of([document], document.kind)


def pdf_of(documents: Sequence[Document], title: str) -> bytes:
    """Several documents one after another in one file, such as the certificates of a decision."""
    inputs = {
        "papers": orjson.dumps([_data(document) for document in documents]).decode(),
        "title": title,
        "author": "",
    }
    try:
        return _compiled(inputs, STANDARD, _instant(documents))
    except typst.TypstError as error:
        if UNKNOWN_LETTER not in str(error):
            raise
        return _compiled(inputs, [], _instant(documents))


def _compiled(inputs: dict[str, str], standard: typst.PDFStandards, at: datetime) -> bytes:
    made = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=standard, timestamp=at)
    if not isinstance(made, bytes):
        raise TypeError("a PDF comes as one piece")
    return made


def _data(document: Document) -> dict[str, Any]:
    """The document's plain values, with what only a picture can show."""
    data = plain(document)
    if isinstance(document, Certificate):
        data["qr"] = qr_svg(document.check_url)
    return data


def qr_svg(url: str) -> str:
    """A QR of the address, as SVG; empty for no address."""
    if not url:
        return ""
    return str(segno.make(url, error="m", micro=False).svg_inline(scale=4, border=0, omitsize=True))


def _instant(documents: Iterable[Document]) -> datetime:
    days = [document.issued_on for document in documents if document.issued_on is not None]
    return datetime.combine(max(days, default=EPOCH), time(), UTC)


def _compiler() -> typst.Compiler:
    """One for each thread: fonts are read once."""
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(
            str(PAGE),
            root=str(HERE),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            package_path=str(HERE / "fonts"),
        )
    compiler: typst.Compiler = _local.compiler
    return compiler
