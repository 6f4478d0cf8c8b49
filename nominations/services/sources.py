"""Source marks at the edges: whether one was given, and what each says to a reader."""

from __future__ import annotations

import re
from typing import NamedTuple

from nominations.reference.sources import ReferenceDataError, checked_mark, load_sources
from nominations.services.messages import REQUIRED, Message

_MARK = re.compile(r"\[[^\]]+\]")
_GENERAL = {
    "[plan]": ("Kế hoạch của tỉnh", "the province's plan"),
    "[memory]": ("Chưa đối chiếu văn bản", "not checked against a document"),
    "[practice]": ("Thông lệ, có thể đổi", "practice, may be changed"),
    "[inference]": ("Suy ra từ các nguồn khác", "concluded from other sources"),
}


class SourceNote(NamedTuple):
    """A mark with what stands behind it: words, and for a public page what it supports and where it was read."""

    mark: str
    words: str
    where: str


def wrong_mark(source: str) -> Message | None:
    """What is wrong with a source mark that somebody typed; None for one or more known marks."""
    if not source.strip():
        return REQUIRED
    try:
        checked_mark(source.strip(), "typed")
    except ReferenceDataError:
        return Message("source_mark")
    return None


def source_notes(text: str, lang: str) -> tuple[SourceNote, ...]:
    """What each mark in ``text`` means; unknown ones are left out."""
    pages = {page.mark: page for page in load_sources()}
    notes = []
    for mark in dict.fromkeys(_MARK.findall(text)):
        if mark in _GENERAL:
            notes.append(SourceNote(mark, _GENERAL[mark][lang == "en"], ""))
        elif mark in pages:
            page = pages[mark]
            said = (page.supports.en, page.where.en) if lang == "en" else (page.supports.vi, page.where.vi)
            notes.append(SourceNote(mark, *said))
    return tuple(notes)
