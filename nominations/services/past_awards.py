"""Awards given before or elsewhere, brought in as a table or one by one: looked through first, then settled by hand.

Nothing is merged in silence: a row whose name is known waits until somebody says whether it is the same nominee.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.nominees import AwardImport, AwardImportLine, Nominee, PastAward
from nominations.names import folded
from nominations.queries.past_awards import candidates, may_bring_in
from nominations.services.columns import (
    Cells,
    Keys,
    Reader,
    as_kept,
    birth_year,
    headed,
    kind,
    maybe,
    needed,
    past_day,
    read_cells,
    units_named,
    yes,
)
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import Message
from nominations.services.payloads import LONG, SHORT, line, shown, words
from nominations.services.sheets import read_table
from nominations.services.sources import wrong_mark
from nominations.transactions import transactional
from workflows import Actor

STREAM = "nominees"
NEW, SKIP = "new", "skip"  # instead of the reference of a known nominee
COLUMNS: Mapping[str, str] = {
    "name": "Họ tên", "kind": "Loại", "birth_year": "Năm sinh", "identity": "Số căn cước", "unit": "Đơn vị",
    "form": "Hình thức", "level_state": "Cấp Nhà nước", "number": "Số quyết định", "decided_on": "Ngày quyết định",
    "achievement": "Thành tích", "achievement_from": "Thành tích từ ngày", "achievement_to": "Thành tích đến ngày",
}  # fmt: skip
NEEDED = ("name", "kind", "unit", "form", "decided_on", "achievement")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as sent: its file's name, its bytes, and the mark of where its facts come from."""

    name: str
    content: bytes
    source: str


class Settled(NamedTuple):
    """What came of settling: the receipt, how many awards were added and how many rows still wait."""

    receipt: Receipt | None
    added: int
    waiting: int


class _Read(NamedTuple):
    """A row as read: its number in the table, what it says, and a message for each field that cannot be used."""

    number: int
    said: dict[str, Any]
    faults: dict[str, Message]


def bring_in(session: Session, actor: Actor, clock: Clock, origin: Origin, table: Table, keys: Keys) -> str:
    """Look a table through and keep what it says, nothing added yet; the reference to go on with.

    ``keys`` are the data keys identity numbers are hashed under. Raises NotFound for who may not, InvalidInput.
    """
    _allowed(session, actor, clock)
    fault = wrong_mark(table.source)
    if fault is not None:
        raise InvalidInput({"source": fault})
    cells = headed(read_table(table.content), COLUMNS, NEEDED)
    digest = hashlib.sha256(table.content).hexdigest()
    return _kept(session, actor, clock, origin, (shown(table.name) or "-", table.source.strip(), digest), cells, keys)


def bring_in_one(
    session: Session, actor: Actor, clock: Clock, origin: Origin, cells: Cells, source: str, keys: Keys
) -> str:
    """One award as typed, as a table of one row. Raises InvalidInput with a message for each field, NotFound."""
    _allowed(session, actor, clock)
    fault = wrong_mark(source)
    errors = {} if fault is None else {"source": fault}
    errors |= _read(session, 1, cells, keys, clock.today()).faults
    if errors:
        raise InvalidInput(errors)
    digest = hashlib.sha256(repr(sorted(cells.items())).encode()).hexdigest()
    return _kept(session, actor, clock, origin, ("-", source.strip(), digest), [(1, cells)], keys)


@transactional
def settle(
    session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, choices: Mapping[int, str]
) -> Settled:
    """Add the awards of the rows that are right: to whom was chosen, or to a new nominee where nobody bears the name.

    ``choices``: by a row's id the reference of a known nominee, ``new`` or ``skip``. A row that may mean somebody known
    and has no choice waits. Raises NotFound.
    """
    _allowed(session, actor, clock)
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('nominees'))"))
    table = session.scalar(select(AwardImport).where(AwardImport.ref == ref))
    if table is None:
        raise NotFound(ref)
    lines = session.scalars(
        select(AwardImportLine)
        .where(AwardImportLine.import_id == table.id, AwardImportLine.settled_as.is_(None))
        .order_by(AwardImportLine.number)
    ).all()
    ready = [line for line in lines if not line.faults]
    done = [line for line in ready if _settled(session, clock, table, line, choices.get(line.id))]
    session.flush()
    waiting = sum(line.settled_as is None and not line.faults for line in lines)
    if not done:
        return Settled(None, 0, waiting)
    said = {"code": ref, "rows": [[line.number, line.settled_as, line.nominee_id] for line in done]}
    receipt = record(session, clock.now(), STREAM, "add_past_awards", origin, said)
    return Settled(receipt, sum(line.award_id is not None for line in done), waiting)


def _allowed(session: Session, actor: Actor, clock: Clock) -> None:
    if not may_bring_in(session, actor, clock.today()):
        raise NotFound("past awards")


@transactional
def _kept(
    session: Session,
    actor: Actor,
    clock: Clock,
    origin: Origin,
    named: tuple[str, str, str],
    cells: Sequence[tuple[int, Cells]],
    keys: Keys,
) -> str:
    name, source, digest = named
    kept = AwardImport(name=name, source=source, sha256=digest, created_by=actor.person, created_at=clock.now())
    session.add(kept)
    session.flush()
    for number, row in cells:
        read = _read(session, number, row, keys, clock.today())
        session.add(AwardImportLine(import_id=kept.id, number=number, said=read.said, faults=as_kept(read.faults)))
    session.flush()
    said = {"code": kept.ref, "sha256": digest, "source": source, "rows": len(cells)}
    record(session, clock.now(), STREAM, "bring_in_awards", origin, said)
    return kept.ref


def _read(session: Session, number: int, cells: Cells, keys: Keys, today: date) -> _Read:
    """A row with everything that is wrong with it said at once."""
    said, faults = read_cells(cells, _READERS, keys, today)
    if "decided_on" in said and "unit" in said:
        unit = units_named(session, [said["unit"]], date.fromisoformat(said["decided_on"]))[said["unit"]]
        if isinstance(unit, Message):
            faults["unit"] = unit
        else:
            said["unit_id"] = unit
    if said.get("achievement_from", "") > said.get("achievement_to", "9"):
        faults["achievement_to"] = Message("period_order")
    return _Read(number, said, faults)


def _settled(session: Session, clock: Clock, table: AwardImport, line: AwardImportLine, choice: str | None) -> bool:
    """Do with a row what was chosen; whether it is settled now."""
    if choice == SKIP:
        line.settled_as = SKIP
        return True
    offered = candidates(session, line.said)
    known = choice in {one.ref for one in offered}
    if not known and (choice == NEW or not offered):
        nominee = _new(session, clock, line.said)
    elif known:
        nominee = session.scalars(select(Nominee).where(Nominee.ref == choice)).one()
    else:
        return False
    if _there(session, nominee.id, line.said):
        line.faults = {"number": ["award_there", {}]}
        return False
    award = _award(nominee.id, line.said, table.source)
    session.add(award)
    session.flush()
    line.settled_as, line.nominee_id, line.award_id = "known" if known else "new", nominee.id, award.id
    return True


def _new(session: Session, clock: Clock, said: Mapping[str, Any]) -> Nominee:
    nominee = Nominee(
        kind=said["kind"],
        name=said["name"],
        name_folded=folded(said["name"]),
        birth_year=said.get("birth_year"),
        home_unit_id=said["unit_id"],
        created_at=clock.now(),
    )
    session.add(nominee)
    session.flush()
    return nominee


def _there(session: Session, nominee_id: int, said: Mapping[str, Any]) -> bool:
    """Whether the nominee has this award already: the same form and day, and the same number or none."""
    number = said.get("number")
    same = select(PastAward.id).where(
        PastAward.nominee_id == nominee_id,
        PastAward.form == said["form"],
        PastAward.decided_on == date.fromisoformat(said["decided_on"]),
        PastAward.decision_number == number if number else PastAward.decision_number.is_(None),
    )
    return session.scalar(same.limit(1)) is not None


def _award(nominee_id: int, said: Mapping[str, Any], source: str) -> PastAward:
    first, last = (said.get(name) for name in ("achievement_from", "achievement_to"))
    return PastAward(
        nominee_id=nominee_id,
        form=said["form"],
        level_state=said.get("level_state", False),
        decided_on=date.fromisoformat(said["decided_on"]),
        decision_number=said.get("number"),
        achievement=said["achievement"],
        achievement_from=date.fromisoformat(first) if first else None,
        achievement_to=date.fromisoformat(last) if last else None,
        source=source,
    )


_READERS: Mapping[str, Reader] = {
    "name": needed(SHORT, line),
    "kind": kind,
    "birth_year": maybe(birth_year),
    "unit": needed(SHORT, line),
    "form": needed(SHORT, line),
    "level_state": yes,
    "number": maybe(lambda cell, _today: line(cell)),
    "decided_on": past_day,
    "achievement": needed(LONG, words),
    "achievement_from": maybe(past_day),
    "achievement_to": maybe(past_day),
}
