"""Tells bodies of the report they owe: by themselves once before the last day and once after it, by hand at any time.

What is owed at will only (V.5's enterprises, unless the movement asks it of them) is never urged. A reminder decides
nothing; it is a notice at the desks that write the report, and a letter to who has an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.outbox import Notice
from nominations.models.people import Post
from nominations.models.reports import ReportReminder
from nominations.queries.actors import Viewer
from nominations.queries.calendar import calendar
from nominations.queries.plan import Plan, at_the_board, plan
from nominations.queries.reports import WRITERS, Due, ReportLine, all_lines, dues
from nominations.services.errors import Declined, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import Message
from nominations.services.movement_reports import STREAM, due_of
from nominations.services.notices import Desk, post
from nominations.services.replays import earlier_entry
from nominations.transactions import transactional

HEAD = "head"
STOPS = timedelta(days=60)  # after its last day a report is asked for by hand only


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many bodies were told, and the entry of it; none where the same press was answered before."""

    bodies: int
    receipt: Receipt | None


@transactional
def remind_reports(
    session: Session, viewer: Viewer, clock: Clock, origin: Origin, kind: str, year: int, *, by_mail: bool = False
) -> Reminded:
    """Remind every body that still owes a report. For the board. Raises NotFound, Declined where none does."""
    today, found = clock.today(), plan(session)
    due = None if found is None else due_of(session, found, today, kind, year)
    if found is None or due is None or not at_the_board(session, viewer, today):
        raise NotFound(f"{kind} {year}")
    if earlier_entry(session, origin.actor, origin.request_key) is not None:
        return Reminded(0, None)
    owing = _owing(all_lines(session, found, due, today))
    if not owing:
        raise Declined(Message("report_nobody_owes"))
    told = "report_late" if today > due.last else "report_due"
    for line in owing:
        _tell(session, clock, clock.now(), line.unit_id, told, due, by_mail=by_mail)
    said = {"kind": kind, "year": year, "told": told, "units": [line.unit_id for line in owing]}
    return Reminded(len(owing), record(session, clock.now(), STREAM, "remind_reports", origin, said))


@transactional
def remind_due_reports(session: Session, clock: Clock, now: datetime, *, by_mail: bool) -> int:
    """Tell the bodies whose report is due soon or late, each once of either; how many.

    ``now`` is the machine's own instant, by which letters go out. On days off nobody is told anything.
    """
    today, found = clock.today(), plan(session)
    if found is None or not calendar(session).is_working_day(today):
        return 0
    told = 0
    for due in dues(session, found, today):
        kind = _kind(found, due, today)
        if kind is None:
            continue
        known = _told(session, found, due, kind)
        for line in _owing(all_lines(session, found, due, today)):
            if line.unit_id not in known:
                values = {"movement_id": found.id, "kind": due.kind, "year": due.year, "unit_id": line.unit_id}
                session.execute(insert(ReportReminder).values(values | {"told": kind, "created_at": clock.now()}))
                _tell(session, clock, now, line.unit_id, kind, due, by_mail=by_mail)
                told += 1
    return told


def _kind(found: Plan, due: Due, today: date) -> str | None:
    """What there is to tell of a report today, if anything."""
    if due.last - timedelta(days=found.settings.remind_days) <= today <= due.last:
        return "report_due"
    return "report_late" if due.last < today <= due.last + STOPS else None


def _owing(lines: Iterable[ReportLine]) -> list[ReportLine]:
    return [line for line in lines if line.owed == "required" and not line.told.reported]


def _told(session: Session, found: Plan, due: Due, told: str) -> frozenset[int]:
    r = ReportReminder
    rows = session.scalars(
        select(r.unit_id).where(r.movement_id == found.id, r.kind == due.kind, r.year == due.year, r.told == told)
    )
    return frozenset(rows)


def _tell(session: Session, clock: Clock, now: datetime, unit: int, kind: str, due: Due, *, by_mail: bool) -> None:
    """A notice at every desk of a body that writes reports, or at its head's where none does."""
    body = {"code": str(due.year), "report": due.kind, "due_on": due.last.isoformat()}
    for duty in _duties(session, unit):
        values = {"unit_id": unit, "duty": duty, "kind": kind, "nomination_id": None}
        session.execute(insert(Notice).values(values | {"body": body, "created_at": clock.now()}))
        if by_mail:
            post(session, clock.today(), now, Desk(unit, duty, kind), body)


def _duties(session: Session, unit: int) -> Sequence[str]:
    held = set(session.scalars(select(Post.duty).where(Post.unit_id == unit, Post.duty.in_(WRITERS))))
    return sorted(held) or [HEAD]
