"""The whole package of a file as one PDF: slip, contents, then every paper the reader may read, as it was filed.

One at a time in this process, and no more than so many bytes and pages: the rest is listed with its reason.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import BinaryIO

from sqlalchemy.orm import Session

from nominations.documents.joining import Unreadable, copied, joined, page_count
from nominations.documents.kinds.package import Item, contents, left_out
from nominations.documents.pdf import pdf
from nominations.queries.detail import Detail
from nominations.queries.visibility import STAGES
from nominations.services.errors import NotFound
from nominations.services.files import PDF, open_paper, open_stored
from nominations.services.papers import SLIP, kinds_for, made_at, shown
from nominations.storage import Storage

PACKAGE = "package"
MOST_BYTES = 60 * 1024 * 1024
"""Of uploaded files in one package; a file by itself has at most 20 MiB."""
MOST_PAGES = 1500
PATIENCE = 20  # seconds to wait while another package is being joined
REPORT = "report"
BEFORE = ("decision", "letter")
"""What is signed or went up, before what the file itself says."""
AFTER = ("appraisal", "minutes")
LABELS: Mapping[str, str] = {
    SLIP: "Phiếu trình",
    "decision": "Quyết định kèm danh sách",
    "letter": "Tờ trình kèm danh sách",
    REPORT: "Báo cáo thành tích",
    "appraisal": "Báo cáo thẩm định",
    "minutes": "Biên bản họp xét",
}
SIGNED: Mapping[str, str] = {"letter": "Tờ trình đã ký", "award": "Quyết định đã ký"}

_turn = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Part:
    """A paper on its way in: as it will be listed, with its pages or, where it cannot be joined, none."""

    item: Item
    content: bytes = b""


@dataclass(slots=True)
class _Package:
    """A package being put together, and what it still takes of uploaded bytes and of pages."""

    session: Session
    storage: Storage
    found: Detail
    today: date
    public_url: str
    bytes_left: int
    pages_left: int

    def made(self, kind: str, stage: str | None, whose: str = "") -> Iterator[_Part]:
        """A paper made of the file, where there is one for this reader; ``whose`` tells it from others of its kind."""
        if stage is None:
            return
        made = made_at(self.session, self.found, kind, stage, self.today, self.public_url)
        content = shown(made, "pdf")
        yield self._taken(Item(LABELS[kind], whose, hashlib.sha256(content).hexdigest()), content)

    def decided(self, kind: str) -> Iterator[_Part]:
        """The decision or the letters, of the highest body first, each with the scan of what was signed."""
        now, act = kinds_for(self.found).get(kind), "award" if kind == "decision" else kind
        seen = self.found.sight.stages | self.found.sight.here
        signed = [one for one in self.found.decisions if one.kind == act and not one.voided]
        stages = {one.stage for one in signed if one.stage in seen} if kind == "letter" else set()
        stages |= {now} if now is not None else set()
        units = {one.stage: one.unit_name for one in signed}
        for stage in sorted(stages, key=STAGES.index, reverse=True):
            yield from self.made(kind, stage, units.get(stage, ""))
            scans = {one.signed_file for one in signed if one.stage == stage and one.signed_file is not None}
            yield from (self._stored(SIGNED[act], sha256) for sha256 in sorted(scans))

    def filed(self) -> Iterator[_Part]:
        """The papers of the file in the order of the paper list."""
        order = {paper.kind: (place, paper.label["vi"]) for place, paper in enumerate(self.found.workflow.papers)}
        last = len(order), ""
        for paper in sorted(self.found.papers, key=lambda one: (order.get(one.kind, last)[0], one.id)):
            label = order.get(paper.kind, last)[1] or paper.kind
            item = Item(label, paper.name, paper.sha256)
            try:
                opened = open_paper(self.session, self.storage, self.found.row.id, paper.sha256)
            except (NotFound, FileNotFoundError):
                yield _Part(replace(item, why="lost"))
                continue
            yield self._read(item, opened)

    def _stored(self, label: str, sha256: str) -> _Part:
        item = Item(label, "", sha256)
        try:
            opened = open_stored(self.session, self.storage, sha256)
        except (NotFound, FileNotFoundError):
            return _Part(replace(item, why="lost"))
        return self._read(replace(item, name=opened[0]), opened)

    def _read(self, item: Item, opened: tuple[str, str, BinaryIO]) -> _Part:
        """The paper's bytes, as far as they can be joined and there is room."""
        _name, media_type, stored = opened
        with stored:
            if media_type != PDF:
                return _Part(replace(item, why="type"))
            content = stored.read(self.bytes_left + 1)
        if len(content) > self.bytes_left:
            return _Part(replace(item, why="too_large"))
        try:
            plain, _pages = copied(content, self.pages_left)
        except Unreadable as unreadable:
            return _Part(replace(item, why=unreadable.why))
        self.bytes_left -= len(content)
        return self._taken(item, plain)

    def _taken(self, item: Item, content: bytes) -> _Part:
        pages = page_count(content)
        self.pages_left -= pages
        return _Part(replace(item, pages=pages), content)


def package(session: Session, storage: Storage, found: Detail, today: date, public_url: str) -> bytes | None:
    """The file's papers for this reader as one PDF; None while others wait for theirs: to be asked for again."""
    if not _turn.acquire(timeout=PATIENCE):
        return None
    try:
        being = _Package(session, storage, found, today, public_url, MOST_BYTES, MOST_PAGES)
        stages = kinds_for(found)
        slip = [*being.made(SLIP, stages.get(SLIP))]
        rest = [part for kind in BEFORE for part in being.decided(kind)]
        rest += [*being.made(REPORT, stages.get(REPORT)), *being.filed()]
        rest += [part for kind in AFTER for part in being.made(kind, stages.get(kind))]
        return _bound(found, slip, rest)
    finally:
        _turn.release()


def _bound(found: Detail, slip: Sequence[_Part], rest: Sequence[_Part]) -> bytes:
    """All of it in its order; the contents stand behind the slip and know their own length."""
    code, nominee = found.line.code, found.line.nominee_name or ""
    parts = [replace(part, content=part.content or pdf(left_out(part.item))) for part in (*slip, *rest)]
    length, listed = 1, pdf(contents(code, nominee, _placed(parts, len(slip), 1)))
    while page_count(listed) > length:  # longer contents name higher pages, never fewer
        length = page_count(listed)
        listed = pdf(contents(code, nominee, _placed(parts, len(slip), length)))
    bound = [(part.item.label, part.content) for part in parts]
    bound.insert(len(slip), ("Mục lục", listed))
    return joined(bound, f"{code} - {nominee}")


def _placed(parts: Sequence[_Part], before: int, length: int) -> list[Item]:
    """The papers with the page each begins on; ``length`` pages of contents stand behind the first ``before``."""
    page, items = 1, []
    for place, part in enumerate(parts):
        page += length if place == before else 0
        items.append(replace(part.item, first=page))
        page += max(part.item.pages, 1)
    return items
