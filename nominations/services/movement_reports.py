"""A body's report on the movement: written, sent with its signed paper, accepted or returned to be completed.

Each act leaves one entry in the stream ``reports``. A body's own people write its report; the board may do so for a
body without accounts, from its paper, and the log then says who. Whoever sent a report never accepts it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from nominations.clock import WORKING_ZONE, Clock
from nominations.models.nominations import File
from nominations.models.reports import MovementReport
from nominations.queries.actors import Viewer
from nominations.queries.plan import Plan, at_the_board, plan
from nominations.queries.report_figures import Span, counted
from nominations.queries.reports import WRITERS, Due, Report, dues, report
from nominations.services.errors import Declined, InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import LONG, day, line, whole_number, words
from nominations.transactions import transactional
from workflows.reporting import FIGURES, NEEDED, SECTIONS

STREAM = "reports"
MOST_DIGITS = 13  # of an amount in dong
OPEN = ("draft", "returned")


@dataclass(frozen=True, slots=True)
class Key:
    """Which report: its kind, its year, the body's row."""

    kind: str
    year: int
    unit_id: int


@dataclass(frozen=True, slots=True)
class Written:
    """What was typed into a report, as typed; ``seen`` is the version the person had on screen."""

    seen: int
    words: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
    explanation: str = ""
    number: str = ""
    dated_on: str = ""
    signer: str = ""
    contact: str = ""
    signed_file: str | None = None
    signed_name: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A report with the plan it is about, and what the one who asks may do with it."""

    plan: Plan
    report: Report
    board: bool
    writes: bool


def ask(session: Session, viewer: Viewer, today: date, key: Key) -> Asked:
    """The report and what the viewer may do with it. Raises NotFound where there is none for them."""
    found = plan(session)
    due = None if found is None else due_of(session, found, today, key.kind, key.year)
    read = None if found is None or due is None else report(session, viewer, found, due, key.unit_id, today)
    if found is None or read is None:
        raise NotFound(f"{key.kind} {key.year} {key.unit_id}")
    board = at_the_board(session, viewer, today)
    own = any(post.unit_id == key.unit_id and post.duty in WRITERS for post in viewer.posts)
    return Asked(found, read, board, own or board)


def due_of(session: Session, found: Plan, today: date, kind: str, year: int) -> Due | None:
    """The report owed of that kind for that year; None for one nobody owes."""
    return next((due for due in dues(session, found, today) if (due.kind, due.year) == (kind, year)), None)


def span(found: Plan, kind: str, year: int) -> Span:
    """The days a report is about: its calendar year, or the movement from its beginning to the end of that year."""
    first = date(year, 1, 1) if kind == "yearly" else found.starts_on
    last = min(date(year, 12, 31), found.ends_on)
    return Span(first, last, _midnight(first), _midnight(last + timedelta(days=1)))


@transactional
def save_report(
    session: Session, viewer: Viewer, clock: Clock, origin: Origin, key: Key, written: Written
) -> MovementReport:
    """Keep what was written, whole or not. Raises NotFound, InvalidInput, Declined for one gone out or moved on."""
    asked, row = _locked(session, viewer, clock, key)
    content, paper = _content(written), _paper(session, written, clock.today())
    _still(row, written.seen)
    row = _put(session, viewer, clock, asked, row, content, paper)
    record(session, clock.now(), STREAM, "save_report", origin, _said(key, row, {}))
    return row


@transactional
def submit_report(
    session: Session, viewer: Viewer, clock: Clock, origin: Origin, key: Key, written: Written
) -> tuple[MovementReport, Receipt]:
    """Send the report with its signed paper; what the service counts for the body is frozen with it.

    Raises NotFound, InvalidInput for what is missing, Declined for one gone out or moved on.
    """
    asked, row = _locked(session, viewer, clock, key)
    content, paper = _content(written), _paper(session, written, clock.today())
    _still(row, written.seen)
    kept = row.signed_file if row is not None else None
    missing = {f"words-{name}": REQUIRED for name in NEEDED if not content["words"].get(name)}
    missing |= {name: REQUIRED for name in ("number", "dated_on", "signer", "contact") if not paper.get(name)}
    if not (paper.get("signed_file") or kept):
        missing["signed_file"] = Message("report_needs_paper")
    if missing:
        raise InvalidInput(missing)
    row = _put(session, viewer, clock, asked, row, content, paper)
    row.state, row.submitted_at, row.submitted_on = "submitted", clock.now(), clock.today()
    row.submitted_by, row.returned_for, row.decided_by, row.decided_at = viewer.person_id, None, None, None
    row.counted = counted(session, span(asked.plan, key.kind, key.year), key.unit_id, asked.report.unit_path)
    session.flush()
    said = {"number": row.number, "signer": row.signer, "paper": row.signed_file, "counted": row.counted}
    return row, record(session, clock.now(), STREAM, "submit_report", origin, _said(key, row, said))


@transactional
def return_report(
    session: Session, viewer: Viewer, clock: Clock, origin: Origin, key: Key, seen: int, reasons: str
) -> Receipt:
    """Send a report back with what is missing. For the board. Raises NotFound, InvalidInput, Declined."""
    row, why = _sent_in(session, viewer, clock, key, seen), words(reasons, LONG)
    if isinstance(why, Message):
        raise InvalidInput({"reasons": why})
    row.state, row.returned_for = "returned", why
    _decided(session, viewer, clock, row)
    return record(session, clock.now(), STREAM, "return_report", origin, _said(key, row, {"reasons": why}))


@transactional
def accept_report(session: Session, viewer: Viewer, clock: Clock, origin: Origin, key: Key, seen: int) -> Receipt:
    """Take a report in. For somebody at the board who did not send it. Raises NotFound, Declined."""
    row = _sent_in(session, viewer, clock, key, seen)
    if row.submitted_by == viewer.person_id:
        raise Declined(Message("report_own"))
    row.state = "accepted"
    _decided(session, viewer, clock, row)
    return record(session, clock.now(), STREAM, "accept_report", origin, _said(key, row, {}))


def _locked(session: Session, viewer: Viewer, clock: Clock, key: Key) -> tuple[Asked, MovementReport | None]:
    """The report with others kept out of it until the transaction ends. Raises NotFound for who does not write it."""
    if session.connection().dialect.name == "postgresql":
        name = f"report {key.kind} {key.year} {key.unit_id}"
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})
    asked = ask(session, viewer, clock.today(), key)
    if not asked.writes:
        raise NotFound(str(key.unit_id))
    return asked, _row(session, asked)


def _row(session: Session, asked: Asked) -> MovementReport | None:
    if asked.report.id is None:
        return None
    return session.scalar(select(MovementReport).where(MovementReport.id == asked.report.id).with_for_update())


def _still(row: MovementReport | None, seen: int) -> None:
    """Refuse what goes beyond a report that was sent, or was changed by somebody else meanwhile."""
    if row is not None and row.state not in OPEN:
        raise Declined(Message("report_gone_out"))
    if (0 if row is None else row.version) != seen:
        raise Declined(Message("report_moved_on"))


def _sent_in(session: Session, viewer: Viewer, clock: Clock, key: Key, seen: int) -> MovementReport:
    """The report that waits to be taken in, locked; for the board. Raises NotFound, Declined."""
    asked, row = _locked(session, viewer, clock, key)
    if not asked.board:
        raise NotFound(str(key.unit_id))
    if row is None or row.state != "submitted":
        raise Declined(Message("report_not_in"))
    if row.version != seen:
        raise Declined(Message("report_moved_on"))
    return row


def _content(written: Written) -> dict[str, Any]:
    """The words and figures as they are kept; what is empty is left out. Raises InvalidInput."""
    read: dict[str, Any] = {f"words-{name}": _maybe(words(written.words.get(name, ""), LONG)) for name in SECTIONS}
    read["explanation"] = _maybe(words(written.explanation, LONG))
    for name in FIGURES:
        typed = str(written.figures.get(name, "")).replace(".", "").replace(" ", "").strip()
        read[f"figures-{name}"] = whole_number(typed, MOST_DIGITS) if typed else None
    errors = {name: value for name, value in read.items() if isinstance(value, Message)}
    if errors:
        raise InvalidInput(errors)
    return {
        "words": {name: read[f"words-{name}"] for name in SECTIONS if read[f"words-{name}"]},
        "figures": {name: read[f"figures-{name}"] for name in FIGURES if read[f"figures-{name}"] is not None},
        "explanation": read["explanation"],
    }


def _paper(session: Session, written: Written, today: date) -> dict[str, Any]:
    """What is said of the signed paper, as far as it is said. Raises InvalidInput."""
    read: dict[str, Any] = {
        "number": _maybe(line(written.number)),
        "signer": _maybe(line(written.signer)),
        "contact": _maybe(line(written.contact)),
        "dated_on": day(written.dated_on) if written.dated_on else None,
    }
    errors = {name: value for name, value in read.items() if isinstance(value, Message)}
    if isinstance(read["dated_on"], date) and read["dated_on"] > today:
        errors["dated_on"] = Message("in_future")
    if written.signed_file and not _there(session, written.signed_file):
        errors["signed_file"] = Message("unknown_file")
    if errors:
        raise InvalidInput(errors)
    if written.signed_file:
        read |= {"signed_file": written.signed_file, "signed_name": written.signed_name or None}
    return read


def _maybe(value: str | Message) -> str | Message | None:
    return None if value == REQUIRED else value


def _there(session: Session, sha256: str) -> bool:
    return sha256.isprintable() and session.scalar(select(File.sha256).where(File.sha256 == sha256)) is not None


def _put(
    session: Session,
    viewer: Viewer,
    clock: Clock,
    asked: Asked,
    row: MovementReport | None,
    content: dict[str, Any],
    paper: Mapping[str, Any],
) -> MovementReport:
    """Write what was typed into the row, a new one where there is none yet."""
    due = asked.report.due
    if row is None:
        row = MovementReport(
            movement_id=asked.plan.id, unit_id=asked.report.unit_id, kind=due.kind, year=due.year, state="draft",
            version=0, created_by=viewer.person_id,
        )  # fmt: skip
        session.add(row)
    row.content, row.updated_at, row.version = content, clock.now(), row.version + 1
    for name, value in paper.items():
        setattr(row, name, value)
    session.flush()
    return row


def _decided(session: Session, viewer: Viewer, clock: Clock, row: MovementReport) -> None:
    row.decided_by, row.decided_at, row.updated_at = viewer.person_id, clock.now(), clock.now()
    row.version += 1
    session.flush()


def _said(key: Key, row: MovementReport, said: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says: which report, how it stands now, and what belongs to the act."""
    told = {"kind": key.kind, "year": key.year, "unit": key.unit_id, "ver": row.version, "state": row.state}
    return told | dict(said)


def _midnight(on: date) -> datetime:
    """When a day begins in Vietnam."""
    return datetime.combine(on, time.min, WORKING_ZONE)
