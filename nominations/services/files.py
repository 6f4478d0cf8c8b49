"""Papers: bytes checked, kept, and given their place in a file by an act of their own in its chain.

A file's type is told by its bytes, never by its name; what is not on the short list is refused.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.nominations import File, NominationFile
from nominations.queries.case_facts import CaseRow
from nominations.queries.prepared import Prepared, prepare
from nominations.services.actions import Denied, Outcome, Request, locked, replayed
from nominations.services.apply import Change, Moment, apply
from nominations.services.content import snapshot
from nominations.services.effects.ground import fingerprint
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.messages import Message
from nominations.services.payloads import shown
from nominations.services.replays import Asked
from nominations.services.settled import settled
from nominations.services.statements import Part, write
from nominations.storage import Storage
from nominations.transactions import transactional
from workflows import RETURNED, Accepted, Act, Actor, Refused, decide
from workflows.ledger import canonical_content, commitment

MAX_BYTES = 20 * 1024 * 1024
MAX_NAME = 180
MOST_PAPERS = 200
SIGNATURES = "signatures"
"""The topic of papers whose signatures wait to be checked."""
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSIONS: Mapping[str, str] = {PDF: "pdf", PNG: "png", JPEG: "jpg", DOCX: "docx", XLSX: "xlsx"}
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MACROS = ("vbaProject.bin",)


@dataclass(frozen=True, slots=True)
class Upload:
    """What somebody sends: the kind of paper, the name it had, and its bytes."""

    kind: str
    name: str
    content: bytes


class _Stored(NamedTuple):
    """A paper whose bytes are kept: its SHA-256, its size, the type the bytes say, the name people see."""

    digest: str
    size: int
    found: str
    name: str


class _Changing(NamedTuple):
    """An act on the papers of a file: by whom and when, on which locked row, and what the log will say of it."""

    session: Session
    actor: Actor
    clock: Clock
    request: Request
    row: CaseRow
    said: Mapping[str, str]


class _Allowed(NamedTuple):
    """The file as the rules were given it, and their yes."""

    ready: Prepared
    accepted: Accepted


def media_type(content: bytes) -> str | None:
    """The type the bytes themselves say, if it is one we take."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    return _office_type(content) if content.startswith(b"PK\x03\x04") else None


def checked_type(content: bytes) -> str:
    """The type of an acceptable file. Raises InvalidInput for one that is empty, too large or of another type."""
    if not content:
        raise InvalidInput({"file": Message("file_empty")})
    if len(content) > MAX_BYTES:
        raise InvalidInput({"file": Message("file_too_large", {"limit": MAX_BYTES >> 20})})
    found = media_type(content)
    if found is None:
        raise InvalidInput({"file": Message("file_type")})
    return found


def safe_name(name: str, found: str) -> str:
    """The name a person sees: no path, no control characters, the ending its type has."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    stem = (shown.rpartition(".")[0] or shown)[:MAX_NAME].strip(" .")
    return f"{stem or 'tai-lieu'}.{EXTENSIONS[found]}"


@transactional
def store(session: Session, clock: Clock, storage: Storage, content: bytes) -> str:
    """Keep the bytes of a paper that an act will name (a signed file, minutes); the SHA-256 to name it by."""
    found = checked_type(content)
    stored = _Stored(storage.put(content), len(content), found, "")
    write(session, [_remembered(clock.now(), stored), *_to_check(clock.now(), stored, content)])
    return stored.digest


def attach(session: Session, actor: Actor, clock: Clock, storage: Storage, request: Request, upload: Upload) -> Outcome:
    """Put a paper into a draft or a reopened file; the same paper of one kind is there once.

    Raises NotFound, and InvalidInput for bytes or a kind that cannot be used.
    """
    found = checked_type(upload.content)
    stored = _Stored(storage.put(upload.content), len(upload.content), found, safe_name(upload.name, found))
    return _attach(session, actor, clock, request, upload, stored)


@settled
@transactional
def _attach(session: Session, actor: Actor, clock: Clock, request: Request, upload: Upload, stored: _Stored) -> Outcome:
    kind = upload.kind
    row = locked(session, actor, request, clock.today())
    said = {"kind": shown(kind), "name": stored.name, "sha256": stored.digest}
    changing = _Changing(session, actor, clock, replace(request, action="attach"), row, said)
    allowed = _allowed(changing)
    if not isinstance(allowed, _Allowed):
        return allowed
    _fits(allowed.ready, kind, stored)
    values = {
        "nomination_id": row.id,
        "sha256": stored.digest,
        "kind": kind,
        "section": "papers",
        "name": stored.name,
        "added_by": actor.person,
        "added_at": clock.now(),
    }
    papers = [*row.papers, [kind, stored.name, stored.digest]]
    parts = [_remembered(clock.now(), stored), Part("nomination_files", values)]
    parts += _to_check(clock.now(), stored, upload.content)
    return _change_papers(changing, allowed, parts, papers)


@settled
@transactional
def detach(session: Session, actor: Actor, clock: Clock, request: Request, sha256: str, kind: str) -> Outcome:
    """Take a paper out of a draft or a reopened file; its bytes and its entry stay. Raises NotFound."""
    row = locked(session, actor, request, clock.today())
    said = {"kind": shown(kind), "sha256": shown(sha256)}
    changing = _Changing(session, actor, clock, replace(request, action="detach"), row, said)
    allowed = _allowed(changing)
    if not isinstance(allowed, _Allowed):
        return allowed
    if not _is_there(row, kind, sha256):
        raise NotFound(sha256)
    place = session.scalar(
        select(NominationFile.id).where(
            NominationFile.nomination_id == row.id,
            NominationFile.sha256 == sha256,
            NominationFile.kind == kind,
            NominationFile.removed_at.is_(None),
        )
    )
    part = Part("nomination_files", {"id": place, "removed_at": clock.now()}, keys=("id",))
    papers = [paper for paper in row.papers if not (paper[0] == kind and paper[2] == sha256)]
    return _change_papers(changing, allowed, [part], papers)


def open_paper(session: Session, storage: Storage, nomination_id: int, sha256: str) -> tuple[str, str, BinaryIO]:
    """Name, type and bytes of a paper of this nomination; the caller has checked who asks. Raises NotFound."""
    found = session.execute(
        select(NominationFile.name, File.media_type)
        .join(File, File.sha256 == NominationFile.sha256)
        .where(NominationFile.nomination_id == nomination_id, NominationFile.sha256 == sha256)
        .order_by(NominationFile.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        raise NotFound(sha256)
    return found.name, found.media_type, storage.open(sha256)


def open_stored(session: Session, storage: Storage, sha256: str) -> tuple[str, str, BinaryIO]:
    """Name, type and bytes of a paper that an act named (a signed file, minutes); the caller has checked who asks.

    Raises NotFound.
    """
    found = session.scalar(select(File.media_type).where(File.sha256 == sha256))
    if found is None:
        raise NotFound(sha256)
    return f"van-ban-{sha256[:12]}.{EXTENSIONS[found]}", found, storage.open(sha256)


def _allowed(c: _Changing) -> _Allowed | Outcome:
    """Papers are content: whoever may save may change them. A request already answered is answered the same way."""
    if c.row.replayed:
        return replayed(c.session, c.row, Asked(c.request.action, c.row.code, fingerprint(c.said)))
    today = c.clock.today()
    ready = prepare(c.session, c.row, "save", {}, today)
    decision = decide(ready.workflow, ready.case, c.actor, Act("save", seen=c.request.seen), today)
    if isinstance(decision, Refused):
        return Denied(decision, ready.workflow, c.row.state, c.row.version)
    if c.row.state.endswith(RETURNED) and "papers" not in (c.row.sections_open or ()):
        raise InvalidInput({"papers": Message("closed_section")})
    return _Allowed(ready, replace(decision, action=c.request.action))


def _fits(ready: Prepared, kind: str, stored: _Stored) -> None:
    """Refuse a kind of paper the flow does not have, one that is there already, and one too many."""
    if kind not in {paper.kind for paper in ready.workflow.papers}:
        raise InvalidInput({"kind": Message("unknown_paper")})
    if _is_there(ready.row, kind, stored.digest):
        raise InvalidInput({"file": Message("file_there")})
    if len(ready.row.papers) >= MOST_PAPERS:
        raise InvalidInput({"file": Message("too_many_files", {"most": MOST_PAPERS})})


def _is_there(row: CaseRow, kind: str, sha256: str) -> bool:
    return any(paper[0] == kind and paper[2] == sha256 for paper in row.papers)


def _change_papers(c: _Changing, allowed: _Allowed, parts: list[Part], papers: list[list[str]]) -> Outcome:
    """The entry seals what the file says afterwards."""
    ready, accepted = allowed
    snap = commitment(c.row.snap_salt, canonical_content(snapshot(c.row, c.row.working, papers=papers)))
    payload = dict(c.said) | {"request": fingerprint(c.said)}
    change = Change(nomination={"snap": snap}, parts=parts, payload=payload, snap=snap, workflow_id=ready.workflow_id)
    moment = Moment(c.clock.now(), c.clock.today(), c.actor.person, c.request.origin, c.request.seen)
    return apply(c.session, moment, c.row, ready.workflow, ready.case, accepted, change)


def _remembered(now: datetime, stored: _Stored) -> Part:
    values = {"sha256": stored.digest, "size": stored.size, "media_type": stored.found, "stored_at": now}
    return Part("files", values, on_conflict="nothing")


def _to_check(now: datetime, stored: _Stored, content: bytes) -> list[Part]:
    """A PDF that carries signatures is checked by the worker, which keeps what it finds beside the file."""
    if stored.found != PDF or b"/ByteRange" not in content:
        return []
    message = {
        "topic": SIGNATURES,
        "key": f"{SIGNATURES}:{stored.digest}",
        "payload": {"sha256": stored.digest},
        "created_at": now,
        "available_at": now,
        "attempts": 0,
    }
    found = Part("signature_checks", {"sha256": stored.digest, "found_at": now}, on_conflict="nothing")
    return [found, Part("outbox", message)]


def _office_type(content: bytes) -> str | None:
    """DOCX or XLSX by what is inside; one with macros, or that unpacks to far more than it weighs, is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            unpacked = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if unpacked > 20 * MAX_BYTES or any(name.endswith(_MACROS) for name in names):
        return None
    return next((found for name, found in _OFFICE.items() if name in names), None)
