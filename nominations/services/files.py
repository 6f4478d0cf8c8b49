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
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.nominations import File, NominationFile
from nominations.queries.case_facts import CaseRow
from nominations.queries.prepared import prepare
from nominations.services.actions import Denied, Outcome, Request, locked
from nominations.services.apply import Change, Moment, apply
from nominations.services.content import snapshot
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.messages import Message
from nominations.services.statements import Part, write
from nominations.storage import Storage
from nominations.transactions import transactional
from workflows import RETURNED, Act, Actor, Refused, decide
from workflows.ledger import canonical_content, commitment

MAX_BYTES = 20 * 1024 * 1024
MAX_NAME = 180
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
    stem = shown.rpartition(".")[0] or shown or "tai-lieu"
    return f"{stem[:MAX_NAME]}.{EXTENSIONS[found]}"


@transactional
def store(session: Session, clock: Clock, storage: Storage, content: bytes) -> str:
    """Keep the bytes of a paper that an act will name (a signed file, minutes); the SHA-256 to name it by."""
    found = checked_type(content)
    digest = storage.put(content)
    _remember(session, clock.now(), digest, len(content), found)
    return digest


@transactional
def attach(session: Session, actor: Actor, clock: Clock, storage: Storage, request: Request, upload: Upload) -> Outcome:
    """Put a paper into a draft or a reopened file. ``request.action`` is ``attach``."""
    found = checked_type(upload.content)
    digest = storage.put(upload.content)
    _remember(session, clock.now(), digest, len(upload.content), found)
    row = locked(session, actor, request, clock.today())
    name = safe_name(upload.name, found)
    values = {
        "nomination_id": row.id,
        "sha256": digest,
        "kind": upload.kind,
        "section": "papers",
        "name": name,
        "added_by": actor.person,
        "added_at": clock.now(),
    }
    papers = [*(row.papers or ()), [upload.kind, name, digest]]
    said = {"kind": upload.kind, "name": name, "sha256": digest}
    return _change_papers(session, actor, clock, request, row, Part("nomination_files", values), papers, said)


@transactional
def detach(session: Session, actor: Actor, clock: Clock, request: Request, sha256: str, kind: str) -> Outcome:
    """Take a paper out of a draft or a reopened file; its bytes and its entry stay. ``request.action``: ``detach``."""
    row = locked(session, actor, request, clock.today())
    place = session.scalar(
        select(NominationFile.id).where(
            NominationFile.nomination_id == row.id,
            NominationFile.sha256 == sha256,
            NominationFile.kind == kind,
            NominationFile.removed_at.is_(None),
        )
    )
    if place is None:
        raise NotFound(sha256)
    part = Part("nomination_files", {"id": place, "removed_at": clock.now()}, keys=("id",))
    papers = [paper for paper in row.papers or () if not (paper[2] == sha256 and paper[0] == kind)]
    said = {"kind": kind, "sha256": sha256}
    return _change_papers(session, actor, clock, request, row, part, papers, said)


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


def _change_papers(
    session: Session,
    actor: Actor,
    clock: Clock,
    request: Request,
    row: CaseRow,
    part: Part,
    papers: list[list[str]],
    said: Mapping[str, str],
) -> Outcome:
    """Papers are content: whoever may save may change them, and the entry seals what the file says afterwards."""
    today = clock.today()
    ready = prepare(session, row, "save", {}, today)
    decision = decide(ready.workflow, ready.case, actor, Act("save", seen=request.seen), today)
    if isinstance(decision, Refused):
        return Denied(decision, ready.workflow, row.state, row.version)
    if row.state.endswith(RETURNED) and "papers" not in (row.sections_open or ()):
        raise InvalidInput({"papers": Message("closed_section")})
    content = canonical_content(snapshot(row, row.working, papers=papers))
    snap = commitment(row.snap_salt, content)
    change = Change(
        nomination={"snap": snap}, parts=[part], payload=dict(said), snap=snap, workflow_id=ready.workflow_id
    )
    moment = Moment(clock.now(), today, actor.person, request.origin, request.seen)
    accepted = replace(decision, action=request.action)
    return apply(session, moment, row, ready.workflow, ready.case, accepted, change)


def _remember(session: Session, now: datetime, digest: str, size: int, found: str) -> None:
    values = {"sha256": digest, "size": size, "media_type": found, "stored_at": now}
    write(session, [Part("files", values, on_conflict="nothing")])


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
