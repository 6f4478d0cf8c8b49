"""Several PDFs as one: each is first copied by itself, so that a broken one is known before anything is joined.

Only what can be seen goes over: no scripts, links, forms, attachments or outlines of whoever made a file. A signature's
picture stays, the signature itself belongs to the file it was made in.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

MOST_OBJECTS = 50_000
"""Of one file: a scan has three a page, a text of a hundred pages some thousands."""
SEEN = frozenset({
    "/Type", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit", "/Contents",
    "/Resources", "/Group", "/Annots",
})  # fmt: skip
PICTURE = ("/Rect", "/AP", "/AS", "/F")
"""What of a field or remark is its picture."""


class Unreadable(Exception):
    """A PDF that cannot be joined; ``why`` is ``encrypted``, ``broken`` or ``too_large``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def copied(content: bytes, most_pages: int) -> tuple[bytes, int]:
    """The pages of a PDF as a plain file of their own, and how many. Raises Unreadable."""
    try:
        return _copied(content, most_pages)
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken file makes a parser raise, it cannot be joined
        raise Unreadable("broken") from error


def joined(parts: Sequence[tuple[str, bytes]], title: str) -> bytes:
    """Files that can be read as one, each with its mark in the outline, in their order."""
    writer = PdfWriter()
    for name, content in parts:
        first = len(writer.pages)
        for page in PdfReader(io.BytesIO(content)).pages:
            writer.add_page(page)
        writer.add_outline_item(title=name, page_number=first)
    writer.add_metadata({"/Title": title})
    return _written(writer)


def page_count(content: bytes) -> int:
    """How many pages a PDF of ours has."""
    return len(PdfReader(io.BytesIO(content)).pages)


def _copied(content: bytes, most_pages: int) -> tuple[bytes, int]:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("encrypted")
    listed = sum(map(len, reader.xref.values())) + len(reader.xref_objStm)
    if listed > MOST_OBJECTS or len(reader.pages) > most_pages:
        raise Unreadable("too_large")
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(_plain(page))
    if not writer.pages:
        raise Unreadable("broken")
    made = _written(writer)
    return made, page_count(made)


def _plain(page: PageObject) -> PageObject:
    """The page without anything that acts or leads elsewhere."""
    for key in [key for key in page if key not in SEEN]:
        del page[key]
    pictures = [_picture(one) for one in map(_resolved, _resolved(page.get("/Annots")) or ()) if _is_shown(one)]
    page.pop("/Annots", None)
    if pictures:
        page[NameObject("/Annots")] = ArrayObject(pictures)
    return page


def _resolved(value: Any) -> Any:  # noqa: ANN401 - of whatever stands in a PDF
    return value.get_object() if value is not None else None


def _is_shown(annotation: Any) -> bool:  # noqa: ANN401 - of whatever stands in a PDF
    return isinstance(annotation, DictionaryObject) and "/AP" in annotation and annotation.get("/Subtype") != "/Popup"


def _picture(annotation: DictionaryObject) -> DictionaryObject:
    kept = DictionaryObject({NameObject(key): annotation.raw_get(key) for key in PICTURE if key in annotation})
    kept[NameObject("/Type")], kept[NameObject("/Subtype")] = NameObject("/Annot"), NameObject("/Stamp")
    return kept


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
