"""Reports on the movement as readers see them: what is owed when, who has reported, one report, what was issued.

A body's people read their own. All of them are read at the board and at the department with the poverty function, to
which V.5 and V.6 send them, at the Chairman's office, and by who audits the province; a lower auditor reads those of
their part of the tree. For everybody else there are none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from nominations.models.people import Person, Post
from nominations.models.reports import MovementReport, ReportCompilation
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.kept import kept
from nominations.queries.plan import Plan, milestones
from nominations.queries.routes import provincial
from workflows.reporting import COMMUNES, NAMED, OTHERS, PLACES, Owed, Told, last_day, owed, told

WRITERS = ("nominator", "appraiser", "secretary", "office", "clerk")
"""Whose duty at a body it is to write its report; its head signs it on paper."""
REPORTING = sorted(NAMED | PLACES | COMMUNES | OTHERS)
REVIEWS = {"midterm": "midterm", "final": "final"}  # kind of report -> milestone of the plan
ROOT = 2  # slashes in the path of a province


@dataclass(frozen=True, slots=True)
class Due:
    """A report that is owed: which, for which year, by which last day."""

    kind: str
    year: int
    last: date


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose reports somebody reads: everybody's, those of a part of the tree, or their own units'."""

    everything: bool
    paths: tuple[str, ...]
    units: frozenset[int]

    def includes(self, unit_id: int, path: str) -> bool:
        """Whether the reports of a unit are there for them."""
        return self.everything or unit_id in self.units or any(path.startswith(one) for one in self.paths)

    @property
    def any(self) -> bool:
        """Whether there may be any."""
        return self.everything or bool(self.paths) or bool(self.units)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A body that owes a report, and how it stands with it."""

    unit_id: int
    code: str
    name: str
    kind: str
    level: str
    owed: Owed
    told: Told
    submitted_on: date | None
    number: str | None
    contact: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One body's report, as far as it has got."""

    id: int | None
    due: Due
    unit_id: int
    unit_name: str
    unit_kind: str
    unit_path: str
    state: str | None
    version: int
    content: dict[str, Any]
    counted: dict[str, Any] | None
    number: str | None
    dated_on: date | None
    signer: str | None
    signed_file: str | None
    signed_name: str | None
    contact: str | None
    submitted_at: datetime | None
    submitted_on: date | None
    submitted_by: int | None
    submitter: str | None
    returned_for: str | None
    decided_at: datetime | None
    decider: str | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A compiled report as it was issued."""

    edition: int
    issuer: str
    number: str
    dated_on: date
    signer: str
    paper_sha256: str
    issued_by: str
    issued_at: datetime


def dues(session: Session, found: Plan, today: date) -> tuple[Due, ...]:
    """Every report that is owed within the movement, by its last day: yearly ones, the mid-term and the closing one."""
    settings = found.settings
    years = range(max(settings.first_year, found.starts_on.year), found.ends_on.year + 1)
    due = [Due("yearly", year, last_day(settings, year)) for year in years]
    last = {line.code: line.times[-1] for line in milestones(session, found, today) if line.times}
    for kind, code in REVIEWS.items():
        if code in last:
            due.append(Due(kind, last[code].year, last[code].last))
    return tuple(sorted(due, key=lambda one: (one.last, one.kind)))


def reach(session: Session, viewer: Viewer, today: date) -> Reach:
    """Whose reports the viewer reads."""
    places = provincial(session, today)
    readers = {places.get("board"), places.get("chairman"), *poverty_bodies(session, today)}
    posts = [post for post in viewer.posts if post.duty not in {"admin", "auditor", "supervisor"}]
    whole = any(post.unit_id in readers for post in posts) or any(path.count("/") == ROOT for path in viewer.audits)
    return Reach(whole, viewer.audits, frozenset(post.unit_id for post in posts))


@kept
def poverty_bodies(session: Session, today: date) -> tuple[int, ...]:
    """The province's bodies that hold the poverty function on ``today`` (Sở LĐTBXH, later its successor)."""
    above = aliased(Unit)
    return tuple(
        session.scalars(
            select(Unit.id)
            .join(above, above.id == Unit.parent_id)
            .where(
                Unit.poverty_function,
                above.level == "province",
                Unit.valid_from <= today,
                or_(Unit.valid_to.is_(None), Unit.valid_to >= today),
            )
            .order_by(Unit.id)
        )
    )


def report_lines(session: Session, viewer: Viewer, found: Plan, due: Due, today: date) -> tuple[ReportLine, ...]:
    """Every body that owes this report and whose reports the viewer reads, in protocol order."""
    seen = reach(session, viewer, today)
    return tuple(line for path, line in _lines(session, found, due, today) if seen.includes(line.unit_id, path))


def all_lines(session: Session, found: Plan, due: Due, today: date) -> tuple[ReportLine, ...]:
    """Every body that owes this report, for the compiled report and the reminders, which no reader asks for."""
    return tuple(line for _, line in _lines(session, found, due, today))


def _lines(session: Session, found: Plan, due: Due, today: date) -> list[tuple[str, ReportLine]]:
    settings, lines = found.settings, []
    rows = _bodies(session, found, due)
    asked = [row.id for row in rows if row.report_contact is None and row.contact is None]
    people = _people(session, asked, today) if asked else {}
    for row in rows:
        owes = owed(settings, row.kind, due.year)
        if owes is None:
            continue
        line = ReportLine(
            unit_id=row.id,
            code=row.code,
            name=row.name,
            kind=row.kind,
            level=row.level,
            owed=owes,
            told=_told(row, owes, due, found, today),
            submitted_on=row.submitted_on,
            number=row.number,
            contact=row.report_contact or row.contact or people.get(row.id),
        )
        lines.append((row.path, line))
    return sorted(lines, key=lambda one: one[1].owed != "required")


def _told(row: Any, owes: Owed, due: Due, found: Plan, today: date) -> Told:  # noqa: ANN401 - a row
    """How a body stands; what it sends at will only is never late."""
    stands = told(row.state, row.submitted_on, due.last, today, found.settings.remind_days)
    return stands if owes == "required" else replace(stands, late=False, came_late=False, soon=False)


def _bodies(session: Session, found: Plan, due: Due) -> Sequence[Any]:
    """The bodies of a kind that reports which exist on the last day, each with its report; below a body itself none."""
    report, before, above = MovementReport, aliased(MovementReport), aliased(Unit)
    last_contact = (
        select(before.contact)
        .where(before.unit_id == Unit.id, before.contact.is_not(None))
        .order_by(before.updated_at.desc(), before.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    its_own = and_(
        report.unit_id == Unit.id,
        report.movement_id == found.id,
        report.kind == due.kind,
        report.year == due.year,
    )
    return session.execute(
        select(
            Unit.id,
            Unit.code,
            Unit.name,
            Unit.kind,
            Unit.level,
            Unit.path,
            Unit.contact,
            report.state,
            report.submitted_on,
            report.number,
            last_contact.label("report_contact"),
        )
        .outerjoin(report, its_own)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(
            Unit.kind.in_(REPORTING),
            Unit.valid_from <= due.last,
            or_(Unit.valid_to.is_(None), Unit.valid_to >= due.last),
            or_(Unit.level != "unit", above.level == "province"),
        )
        .order_by(Unit.protocol_order, Unit.id)
    ).all()


def _people(session: Session, units: Sequence[int], today: date) -> dict[int, str]:
    """Whom to ask at a body that named nobody: the first there who writes its reports, else its head."""
    rows = session.execute(
        select(Post.unit_id, Post.duty, Person.full_name, Post.title, Person.email)
        .join(Person, and_(Person.id == Post.person_id, Person.active))
        .where(
            Post.unit_id.in_(units),
            Post.duty.in_((*WRITERS, "head")),
            Post.valid_from <= today,
            or_(Post.valid_to.is_(None), Post.valid_to >= today),
        )
        .order_by(Post.id)
    ).all()
    order = (*WRITERS, "head")
    found: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: order.index(row.duty)):
        found.setdefault(row.unit_id, ", ".join(part for part in (row.full_name, row.title, row.email) if part))
    return found


def report(session: Session, viewer: Viewer, found: Plan, due: Due, unit_id: int, today: date) -> Report | None:
    """A body's report, also one not begun; None where the body owes none or the viewer reads none of its."""
    unit = session.execute(
        select(Unit.name, Unit.kind, Unit.path, Unit.valid_from, Unit.valid_to).where(Unit.id == unit_id)
    ).one_or_none()
    if unit is None or not unit.valid_from <= due.last <= (unit.valid_to or date.max):
        return None
    seen = reach(session, viewer, today)
    if owed(found.settings, unit.kind, due.year) is None or not seen.includes(unit_id, unit.path):
        return None
    return read_report(session, found, due, unit_id)


def read_report(session: Session, found: Plan, due: Due, unit_id: int) -> Report:
    """A body's report without asking who reads it: for the services, which have asked. Raises LookupError."""
    read = _read(session, found, due, Unit.id == unit_id)
    if not read:
        raise LookupError(unit_id)
    return read[0]


def sent_reports(session: Session, found: Plan, due: Due) -> tuple[Report, ...]:
    """The reports that have come in, in protocol order; for the compiled report."""
    return _read(session, found, due, MovementReport.state.in_(("submitted", "accepted")))


def _read(session: Session, found: Plan, due: Due, which: ColumnElement[bool]) -> tuple[Report, ...]:
    r, sent, decided = MovementReport, aliased(Person), aliased(Person)
    its_own = and_(r.unit_id == Unit.id, r.movement_id == found.id, r.kind == due.kind, r.year == due.year)
    rows = session.execute(
        select(
            r.id,
            Unit.id.label("unit_id"),
            Unit.name,
            Unit.kind.label("unit_kind"),
            Unit.path.label("unit_path"),
            r.state,
            r.version,
            r.content,
            r.counted,
            r.number,
            r.dated_on,
            r.signer,
            r.signed_file,
            r.signed_name,
            r.contact,
            r.submitted_at,
            r.submitted_on,
            r.submitted_by,
            sent.full_name.label("submitter"),
            r.returned_for,
            r.decided_at,
            decided.full_name.label("decider"),
        )
        .select_from(Unit)
        .outerjoin(r, its_own)
        .outerjoin(sent, sent.id == r.submitted_by)
        .outerjoin(decided, decided.id == r.decided_by)
        .where(which)
        .order_by(Unit.protocol_order, Unit.id)
    )
    return tuple(_as_report(row, due) for row in rows.mappings())


def _as_report(row: Mapping[Any, Any], due: Due) -> Report:
    values = {key: value for key, value in row.items() if key != "name"}
    values |= {"version": row["version"] or 0, "content": row["content"] or {}}
    return Report(due=due, unit_name=row["name"], **values)


def issued(session: Session, found: Plan, due: Due) -> tuple[Issued, ...]:
    """Every issue of a compiled report, the latest first."""
    c = ReportCompilation
    rows = session.execute(
        select(c.edition, Unit.name, c.number, c.dated_on, c.signer, c.paper_sha256, Person.full_name, c.issued_at)
        .join(Unit, Unit.id == c.issuer_unit_id)
        .join(Person, Person.id == c.issued_by)
        .where(c.movement_id == found.id, c.kind == due.kind, c.year == due.year)
        .order_by(c.edition.desc())
    )
    return tuple(Issued(*row) for row in rows)
