"""Awards given before or elsewhere, brought in as a table or one by one: looked through first, then settled by hand.

Nothing is merged in silence: a row whose name is known waits until somebody says whether it is the same nominee.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.nominees import AwardImport, AwardImportLine, Nominee, PastAward
from nominations.models.units import Unit
from nominations.names import folded
from nominations.queries.past_awards import candidates, may_bring_in
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.identity import identity_hashes, is_identity_number
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import LONG, SHORT, day, line, shown, words
from nominations.services.sheets import Row, read_table
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
_KINDS = {
    "individual": "individual", "ca nhan": "individual", "collective": "collective", "tap the": "collective",
    "household": "household", "ho": "household", "ho gia dinh": "household",
}  # fmt: skip
_YES, _NO = frozenset({"1", "x", "co", "yes", "true"}), frozenset({"", "0", "khong", "no", "false"})
Keys = Sequence[tuple[str, bytes]]
Cells = Mapping[str, str]


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
    cells = headed(read_table(table.content))
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


def headed(rows: Sequence[Row]) -> Sequence[tuple[int, Cells]]:
    """Each row that says anything, with its number in the table, its cells by column. Raises InvalidInput."""
    names = {folded(heading): column for column, heading in COLUMNS.items()}
    heads = [names.get(folded(cell)) for cell in rows[0]] if rows else []
    missing = [COLUMNS[column] for column in NEEDED if column not in heads]
    if missing:
        raise InvalidInput({"file": Message("table_headings", {"missing": ", ".join(missing)})})
    found = [
        (number, {head: cell for head, cell in zip(heads, row, strict=False) if head is not None})
        for number, row in enumerate(rows[1:], 2)
        if any(row)
    ]
    if not found:
        raise InvalidInput({"file": Message("table_empty")})
    return found


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
        faults = {field: [fault.key, fault.values] for field, fault in read.faults.items()}
        session.add(AwardImportLine(import_id=kept.id, number=number, said=read.said, faults=faults))
    session.flush()
    said = {"code": kept.ref, "sha256": digest, "source": source, "rows": len(cells)}
    record(session, clock.now(), STREAM, "bring_in_awards", origin, said)
    return kept.ref


def _read(session: Session, number: int, cells: Cells, keys: Keys, today: date) -> _Read:
    """A row with everything that is wrong with it said at once."""
    said: dict[str, Any] = {"cells": {name: cell for name, cell in cells.items() if name != "identity"}}
    faults: dict[str, Message] = {}
    for field, reader in _READERS.items():
        value = reader(cells.get(field, ""), today)
        if isinstance(value, Message):
            faults[field] = value
        elif value is not None:
            said[field] = value
    number_typed = "".join(cells.get("identity", "").split())
    if number_typed and not is_identity_number(number_typed):
        faults["identity"] = Message("identity_number")
    elif number_typed:
        said["identity"] = list(identity_hashes(keys, number_typed))
    if "decided_on" in said and "unit" in said:
        unit = _unit(session, said["unit"], date.fromisoformat(said["decided_on"]))
        if isinstance(unit, Message):
            faults["unit"] = unit
        else:
            said["unit_id"] = unit
    if said.get("achievement_from", "") > said.get("achievement_to", "9"):
        faults["achievement_to"] = Message("period_order")
    return _Read(number, said, faults)


def _unit(session: Session, named: str, on: date) -> int | Message:
    """The unit of that code or name on that day; its name alone does not do where several bear it."""
    there = Unit.valid_from <= on, or_(Unit.valid_to.is_(None), Unit.valid_to >= on)
    by_code = session.scalars(select(Unit.id).where(Unit.code == named, *there)).all()
    found = by_code or session.scalars(select(Unit.id).where(Unit.name_folded == folded(named), *there)).all()
    if len(found) > 1:
        return Message("unit_ambiguous")
    return found[0] if found else Message("unknown_unit")


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


def _needed(limit: int, reader: Callable[..., str | Message]) -> Callable[[str, date], str | Message]:
    return lambda cell, _today: reader(cell, limit) if cell else REQUIRED


def _kind(cell: str, _today: date) -> str | Message:
    if not cell:
        return REQUIRED
    return _KINDS.get(folded(cell)) or Message("not_choice", {"choices": "cá nhân, tập thể, hộ"})


def _year(cell: str, today: date) -> int | Message | None:
    if not cell:
        return None
    good = cell.isascii() and cell.isdigit() and len(cell) == 4 and 1900 <= int(cell) <= today.year
    return int(cell) if good else Message("birth_year")


def _past(cell: str, today: date) -> str | Message:
    found = day(cell) if cell else REQUIRED
    if isinstance(found, Message):
        return found
    return Message("in_future") if found > today else found.isoformat()


def _yes(cell: str, _today: date) -> bool | Message:
    said = folded(cell)
    return said in _YES if said in _YES | _NO else Message("not_choice", {"choices": "x, không"})


_READERS: Mapping[str, Callable[[str, date], Any]] = {
    "name": _needed(SHORT, line),
    "kind": _kind,
    "birth_year": _year,
    "unit": _needed(SHORT, line),
    "form": _needed(SHORT, line),
    "level_state": _yes,
    "number": lambda cell, _today: line(cell) if cell else None,
    "decided_on": _past,
    "achievement": _needed(LONG, words),
    "achievement_from": lambda cell, today: _past(cell, today) if cell else None,
    "achievement_to": lambda cell, today: _past(cell, today) if cell else None,
}
