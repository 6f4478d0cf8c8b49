"""A unit's whole list brought in at once: looked through row by row, mended, then made drafts of in one act.

Nothing is merged in silence: a row that may mean a nominee already known, or an earlier row, waits for somebody's word;
one whose file is there already is told so and not filed twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.audit import AuditEntry, EntryPayload
from nominations.models.lists import DraftList, DraftListRow
from nominations.models.movements import Round
from nominations.queries.actors import viewer
from nominations.queries.draft_lists import ListHead, ListRow, list_head, rows_of
from nominations.queries.filing import criterion_codes, groups_of
from nominations.services.columns import IDENTITY, Cells, Keys, as_kept, headed, units_named
from nominations.services.draft_columns import EVERY, NAME, Ground, columns_for, headings, read_row, units_said
from nominations.services.drafts import proposing_unit, round_of
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.list_drafts import NEW, SKIP, drafts_of
from nominations.services.log import Origin, record
from nominations.services.messages import Message
from nominations.services.payloads import shown
from nominations.services.replays import checked_key, earlier_entry, reused
from nominations.services.settled import settled
from nominations.services.sheets import Row, read_pasted, read_table
from nominations.transactions import transactional
from workflows import Actor

STREAM = "lists"
CHUNK = 100  # drafts to a commit

KeptRow = tuple[int, Mapping[str, Any], Mapping[str, Any]]
"""A row of a list: its number, what it says, its faults."""

__all__ = ["CHUNK", "NEW", "SKIP", "Brought", "Made", "Wanted", "bring_in", "keep", "leave_out",
           "looked_through", "make_drafts", "mend"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is for: the unit that proposes, the round, the form, the kinds of nominees."""

    unit_id: int
    round_code: str
    form: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """A list as it comes: a file's name and bytes, or cells as pasted."""

    name: str = ""
    content: bytes = b""
    pasted: str = ""


class Made(NamedTuple):
    """What came of making drafts: how many, how many rows were left out, how many wait or are at fault still."""

    made: int
    skipped: int
    waiting: int
    faulty: int


def bring_in(
    session: Session, actor: Actor, clock: Clock, origin: Origin, wanted: Wanted, brought: Brought, keys: Keys
) -> str:
    """Look a list through and keep what it says, no draft made yet; the reference to go on with.

    ``keys`` are the data keys of identity numbers. Raises InvalidInput: at ``file`` or ``pasted`` for a list that
    cannot be read, at ``unit``, ``round``, ``form`` or ``kinds`` for what it is for.
    """
    named, kept = looked_through(session, actor, clock, wanted, brought, keys)
    return keep(session, actor, clock, origin, wanted, named, kept)


def looked_through(
    session: Session, actor: Actor, clock: Clock, wanted: Wanted, brought: Brought, keys: Keys
) -> tuple[tuple[str, str, str], list[KeptRow]]:
    """What a list says, nothing of it kept: its name, origin and digest; each row's number, what it says, its faults.

    Raises InvalidInput as ``bring_in``.
    """
    ground = _ground(session, actor, clock, wanted, keys)
    cells = _cells(brought, wanted, ground.criteria)
    ground = ground._replace(units=units_named(session, _units(cells), clock.today()))
    rows = [(number, *read_row(row, ground)) for number, row in cells]
    named = (shown(brought.name) or "-", "table" if brought.content else "pasted", _digest(cells))
    return named, [(number, said, as_kept(faults)) for number, said, faults in rows]


@settled
@transactional
def keep(
    session: Session,
    actor: Actor,
    clock: Clock,
    origin: Origin,
    wanted: Wanted,
    named: tuple[str, str, str],
    rows: Sequence[KeptRow],
) -> str:
    """Keep a list: its name, origin, digest; each row's number, what it says, its faults. Raises InvalidInput.

    The same ``origin.request_key`` gives the same list again.
    """
    checked_key(origin.request_key)
    earlier = earlier_entry(session, origin.actor, origin.request_key)
    if earlier is not None:
        return _kept_before(session, *earlier)
    name, kind, digest = named
    unit = proposing_unit(session, actor, wanted.unit_id, clock.today())
    kept = DraftList(
        name=name, origin=kind, sha256=digest, unit_id=unit.id, form=wanted.form, kinds=list(wanted.kinds),
        round_id=round_of(session, wanted.round_code, wanted.form), created_by=actor.person, created_at=clock.now(),
    )  # fmt: skip
    session.add(kept)
    session.flush()
    session.add_all(
        DraftListRow(list_id=kept.id, number=number, said=dict(said), faults=dict(faults))
        for number, said, faults in rows
    )
    session.flush()
    said = {"code": kept.ref, "sha256": digest, "unit": unit.id, "rows": len(rows)}
    record(session, clock.now(), STREAM, "bring_in_list", origin, said)
    return kept.ref


@transactional
def mend(
    session: Session,
    actor: Actor,
    clock: Clock,
    origin: Origin,
    ref: str,
    typed: Mapping[int, Cells],
    keys: Keys,
) -> int:
    """Put cells right, by row id and column, and read those rows again; how many are sound now. Raises NotFound.

    Rows taken over from an earlier file have no cells to put right and stay as they are.
    """
    head = _own(session, actor, ref)
    wanted = Wanted(head.unit_id, head.round_code, head.form, head.kinds)
    ground = _ground(session, actor, clock, wanted, keys)
    rows = [row for row in _open_rows(session, head, typed) if "nominee" not in row.said]
    known = headings(ground.criteria)
    cells = {
        row.id: {**row.said["cells"], **{name: cell for name, cell in typed[row.id].items() if name in known}}
        for row in rows
    }
    ground = ground._replace(units=units_named(session, _units(list(cells.items())), clock.today()))
    for row in rows:
        said, faults = read_row(cells[row.id], ground)
        if not cells[row.id].get(IDENTITY) and IDENTITY not in row.faults:
            said |= {name: row.said[name] for name in (IDENTITY, "sealed") if name in row.said}
        row.said, row.faults = said, as_kept(faults)
    if rows:
        said = {"code": ref, "rows": [row.number for row in rows]}
        record(session, clock.now(), STREAM, "mend_list", replace(origin, request_key=None), said)
    return sum(not row.faults for row in rows)


@transactional
def leave_out(session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, ids: Collection[int]) -> int:
    """Leave rows out, right or wrong, of which no draft has been made; how many. Raises NotFound."""
    rows = _open_rows(session, _own(session, actor, ref), ids)
    for row in rows:
        row.settled_as = "skip"
    if rows:
        said = {"code": ref, "left_out": [row.number for row in rows]}
        record(session, clock.now(), STREAM, "leave_out_rows", replace(origin, request_key=None), said)
    return len(rows)


def make_drafts(
    session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, choices: Mapping[int, str]
) -> Made:
    """Make a draft of every sound row that nothing stands in the way of, a commit for each hundred.

    ``choices``: by a row's id the reference of a known nominee, ``new`` or ``skip``. Whatever stops it half way, what
    was made is told at its row and the rest can be made by asking again. Raises NotFound, and InvalidInput where the
    form cannot start at the unit any more.
    """
    head = _own(session, actor, ref)
    todo = session.scalars(
        select(DraftListRow.id)
        .where(DraftListRow.list_id == head.id, DraftListRow.settled_as.is_(None))
        .order_by(DraftListRow.number)
    ).all()
    apart = replace(origin, request_key=None)  # a key is of one entry; that rows are made once is told by the rows
    made = skipped = 0
    for start in range(0, len(todo), CHUNK):
        more = _chunk(session, actor, clock, apart, ref, todo[start : start + CHUNK], choices)
        made, skipped = made + more[0], skipped + more[1]
    left = session.execute(
        select(func.count().filter(DraftListRow.faults == {}), func.count().filter(DraftListRow.faults != {})).where(
            DraftListRow.list_id == head.id, DraftListRow.settled_as.is_(None)
        )
    ).one()
    return Made(made, skipped, *left)


@settled
@transactional
def _chunk(
    session: Session,
    actor: Actor,
    clock: Clock,
    origin: Origin,
    ref: str,
    ids: Sequence[int],
    choices: Mapping[int, str],
) -> tuple[int, int]:
    """Make drafts of these rows as they stand under the lock; how many were made and how many left out."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('nominees'))"))
    head, today = _own(session, actor, ref), clock.today()
    seen = viewer(session, actor.person, today)
    if seen is None:
        raise NotFound(ref)
    rows = [row for row in rows_of(session, seen, head, ids) if row.settled_as is None and not row.faults]
    left_out = [row for row in rows if choices.get(row.id) == SKIP]
    going = [row for row in rows if choices.get(row.id) != SKIP]
    codes = drafts_of(session, actor, clock, origin, head, going, choices)
    _leave_out(session, left_out)
    if codes or left_out:
        said = {"code": ref, "rows": sorted(codes.items()), "left_out": [row.number for row in left_out]}
        record(session, clock.now(), STREAM, "make_drafts", origin, said)
    return len(codes), len(left_out)


def _kept_before(session: Session, stream: str, cseq: int) -> str:
    """The list that a request made before."""
    said = session.execute(
        select(AuditEntry.act, EntryPayload.payload)
        .join(EntryPayload, (EntryPayload.stream == AuditEntry.stream) & (EntryPayload.cseq == AuditEntry.cseq))
        .where(AuditEntry.stream == stream, AuditEntry.cseq == cseq)
    ).one_or_none()
    if said is None or said.act != "bring_in_list":
        raise reused()
    return str(json.loads(said.payload)["code"])


def _open_rows(session: Session, head: ListHead, ids: Collection[int]) -> Sequence[DraftListRow]:
    """Those rows of the list of which nothing has become yet."""
    return session.scalars(
        select(DraftListRow)
        .where(DraftListRow.list_id == head.id, DraftListRow.id.in_(sorted(ids)), DraftListRow.settled_as.is_(None))
        .order_by(DraftListRow.number)
    ).all()


def _leave_out(session: Session, rows: Sequence[ListRow]) -> None:
    found = session.scalars(select(DraftListRow).where(DraftListRow.id.in_([row.id for row in rows])))
    for row in found:
        row.settled_as = "skip"
    session.flush()


def _own(session: Session, actor: Actor, ref: str) -> ListHead:
    head = list_head(session, actor, ref)
    if head is None:
        raise NotFound(ref)
    return head


def _ground(session: Session, actor: Actor, clock: Clock, wanted: Wanted, keys: Keys) -> Ground:
    """What the rows are read against, no units looked up yet. Raises InvalidInput."""
    unit = proposing_unit(session, actor, wanted.unit_id, clock.today())
    round_id = round_of(session, wanted.round_code, wanted.form)
    if not wanted.kinds or set(wanted.kinds) - set(EVERY):
        raise InvalidInput({"kinds": Message("no_kinds")})
    movement = session.scalars(select(Round.movement_id).where(Round.id == round_id)).one()
    groups = {group.group_no: group.subject_kinds for group in groups_of(session, movement)}
    return Ground(clock.today(), keys, groups, criterion_codes(session, movement), {}, wanted.kinds, unit.id)


def _cells(brought: Brought, wanted: Wanted, criteria: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file or of what was pasted; pasted cells without headings stand as in the template."""
    if bool(brought.content) == bool(brought.pasted.strip()):
        raise InvalidInput({"file": Message("list_twice" if brought.content else "list_empty")})
    needed = (NAME,) if len(wanted.kinds) == 1 else ("kind", NAME)
    if brought.content:
        return list(headed(read_table(brought.content), headings(criteria), needed))
    try:
        rows = read_pasted(brought.pasted)
        return _pasted(rows, wanted, criteria, needed)
    except InvalidInput as wrong:
        raise InvalidInput({"pasted": wrong.errors["file"]}) from wrong


def _pasted(
    rows: Sequence[Row], wanted: Wanted, criteria: Sequence[str], needed: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    known = headings(criteria)
    titles = {title.lower() for title in known.values()}
    if rows and any(cell.lower() in titles for cell in rows[0]):
        return list(headed(rows, known, needed))
    bare = tuple(column.heading for column in columns_for(wanted.kinds))
    return [(number - 1, cells) for number, cells in headed((bare, *rows), known, needed)]


def _digest(rows: Sequence[tuple[int, Cells]]) -> str:
    """Of what the cells say, identity numbers left out: a workbook saved again has other bytes."""
    said = [sorted((name, cell) for name, cell in cells.items() if cell and name != IDENTITY) for _, cells in rows]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _units(rows: Sequence[tuple[int, Cells]]) -> set[str]:
    return {named for _, cells in rows for named in units_said(cells)}
