"""The act itself: looked at first, then done once, in chunks of files with a commit each; gone on with if cut short.

What was moved no longer points at a unit that has ended, so a second run finds nothing to move.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.audit import AuditEntry
from nominations.models.nominations import END_STATES, Nomination
from nominations.models.people import Person
from nominations.models.reorganisations import Reorganisation
from nominations.queries.case_facts import case_row
from nominations.queries.kept import forget
from nominations.queries.sql import numbers, rows
from nominations.queries.successions import Heirs, heirs_on, succession_days
from nominations.services.apply import Moment
from nominations.services.errors import InvalidInput
from nominations.services.log import Origin, record
from nominations.services.messages import Message
from nominations.services.reorganising.figures import add_up, figures
from nominations.services.reorganising.findings import FileMove, Finding, Report
from nominations.services.reorganising.moving import ACT, NOBODY, move
from nominations.services.reorganising.people import end_and_follow, officers, people
from nominations.services.reorganising.planning import plan_file, told
from nominations.services.reorganising.rest import go_along, rest
from nominations.transactions import transactional
from workflows.ledger import timestamp

STREAM = "units"
CHUNK = 100  # files a commit


def reorganise(
    session: Session,
    clock: Clock,
    origin: Origin,
    effective_on: date,
    *,
    dry_run: bool = True,
    counted: int | None = None,
    chunk: int = CHUNK,
) -> Report:
    """Move everything in flight at units that ended with ``effective_on``; ``dry_run`` only says what would move.

    ``counted`` is the number of files somebody saw in the dry run: where another number would move now, nothing is
    done. Raises InvalidInput for a day without successions, one that has not come, or another number of files.
    """
    found = look(session, clock, effective_on)
    if dry_run:
        return found
    errors = _wrong(clock, found, counted)
    if errors:
        raise InvalidInput(errors)
    open_run = _unfinished(session, effective_on)
    if not found.pending and open_run is None:
        return replace(found, done=True)
    run_id, refused = _begin(session, clock, origin, found)
    for codes in _chunks([file.code for file in found.files if file.written], chunk):
        _move_files(session, clock, origin, found.day, codes)
    _finish(session, clock, origin, run_id)
    after = _open_files(session)
    return replace(
        found, done=True, resumed=open_run is not None, open_after=after, findings=(*found.findings, *refused)
    )


def look(session: Session, clock: Clock, effective_on: date) -> Report:
    """What would move, and what cannot; reads only. Raises InvalidInput for a day without successions."""
    if effective_on not in succession_days(session):
        raise InvalidInput({"day": Message("no_successions")})
    day = max(effective_on, clock.today())
    heirs = heirs_on(session, day)
    files = tuple(_files(session, heirs))
    told_of_figures, _rows = figures(session, heirs)
    told_of_rest, _going = rest(session, heirs)
    findings = (*people(session, heirs), *told_of_figures, *told_of_rest)
    open_files = _open_files(session)
    return Report(effective_on, day, files, findings, officers(session, heirs, files), open_files, open_files)


def _wrong(clock: Clock, found: Report, counted: int | None) -> dict[str, Message]:
    if clock.today() < found.effective_on:
        return {"day": Message("day_not_come", {"day": f"{found.effective_on:%d/%m/%Y}"})}
    if counted is not None and counted != found.moving:
        return {"counted": Message("other_number", {"count": found.moving})}
    return {}


def _files(session: Session, heirs: Heirs) -> Iterator[FileMove]:
    for code in _candidates(session, heirs):
        row = case_row(session, code, heirs.day, lock=False)
        if row is None:
            continue
        line = told(heirs, plan_file(session, heirs, row))
        if line.result != "stays" or line.unit_id in heirs.ended:
            yield line


def _candidates(session: Session, heirs: Heirs) -> Sequence[str]:
    """The open files that point anywhere at a unit which has ended, by code."""
    ended = numbers(heirs.ended)
    each = "jsonb_each_text(n.path)" if session.connection().dialect.name == "postgresql" else "json_each(n.path)"
    value = "CAST(j.value AS BIGINT)"
    ends = ", ".join(f"'{state}'" for state in END_STATES)
    found = rows(
        session,
        f"SELECT n.code FROM nominations n WHERE n.state NOT IN ({ends}) AND (n.proposing_unit_id IN ({ended})"  # noqa: S608
        f" OR n.letter_unit_id IN ({ended}) OR EXISTS (SELECT 1 FROM {each} j WHERE {value} IN ({ended}))"
        f" OR EXISTS (SELECT 1 FROM tasks t WHERE t.nomination_id = n.id AND t.kind = 'step' AND t.closed_at IS NULL"
        f" AND t.unit_id IN ({ended})) OR EXISTS (SELECT 1 FROM returns b WHERE b.nomination_id = n.id"
        f" AND b.closed_at IS NULL AND b.holder_unit_id IN ({ended}))) ORDER BY n.code",
        {},
    )
    return [row.code for row in found]


def _open_files(session: Session) -> int:
    return session.scalar(select(func.count()).where(Nomination.state.not_in(END_STATES))) or 0


def _unfinished(session: Session, effective_on: date) -> int | None:
    return session.scalar(
        select(Reorganisation.id).where(
            Reorganisation.effective_on == effective_on, Reorganisation.finished_at.is_(None)
        )
    )


@transactional
def _begin(session: Session, clock: Clock, origin: Origin, found: Report) -> tuple[int, list[Finding]]:
    """The run's row and entry, unless one cut short is gone on with; and everything but the files."""
    _alone(session)
    heirs = heirs_on(session, found.day)
    refused = end_and_follow(session, clock, origin, heirs)
    add_up(session, figures(session, heirs)[1])
    go_along(session, rest(session, heirs)[1])
    forget(session)
    known = _unfinished(session, found.effective_on)
    if known is not None:
        return known, refused
    actor = session.scalar(select(Person.id).where(Person.ref == origin.actor))
    values = {
        "effective_on": found.effective_on,
        "begun_at": clock.now(),
        "begun_by": actor,
        "counted": found.counts(),
    }
    made = session.execute(insert(Reorganisation).values(values).returning(Reorganisation.id)).scalar_one()
    said = {"run": made, "effective_on": found.effective_on.isoformat(), "counted": found.counts()}
    said |= {"stuck": [f"{file.code}: {file.why}" for file in found.stuck]}
    record(session, clock.now(), STREAM, "reorganise", origin, said)
    return made, refused


def _alone(session: Session) -> None:
    """Keep a second run out until this part of the first is written; SQLite has one writer anyway."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('reorganise'))"))


@transactional
def _move_files(session: Session, clock: Clock, origin: Origin, day: date, codes: Sequence[str]) -> int:
    """One chunk: each file locked, worked out again as it now is, and written; how many were."""
    heirs = heirs_on(session, day)
    each = replace(origin, request_key=None)  # one request, many entries
    written = 0
    for code in codes:
        row = case_row(session, code, day, lock=True)
        if row is None or row.state in END_STATES:
            continue
        found = plan_file(session, heirs, row)
        if not found.changes:
            continue
        moment = Moment(clock.now(), day, NOBODY, each, row.version)
        move(session, moment, heirs, found, told(heirs, found).why)
        written += 1
    return written


@transactional
def _finish(session: Session, clock: Clock, origin: Origin, run_id: int) -> None:
    """The end of the run: what it moved, in its row and in the log."""
    began = session.execute(select(Reorganisation.begun_at).where(Reorganisation.id == run_id)).one()
    entries = select(func.count()).where(
        AuditEntry.act == ACT, AuditEntry.nomination.is_not(None), AuditEntry.at >= timestamp(began.begun_at)
    )
    moved = {"files": session.scalar(entries) or 0, "open_after": _open_files(session)}
    values: dict[str, Any] = {"finished_at": clock.now(), "moved": moved}
    session.execute(update(Reorganisation).where(Reorganisation.id == run_id).values(values))
    record(session, clock.now(), STREAM, "reorganise_done", origin, {"run": run_id, "moved": moved})
    forget(session)


def _chunks(codes: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for first in range(0, len(codes), size):
        yield codes[first : first + size]
