"""What an administrator settles before a reorganisation: lines of the list of successions, and single files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.nominations import END_STATES
from nominations.models.people import Person
from nominations.models.reorganisations import SuccessionChoice
from nominations.models.units import Unit, UnitSuccession
from nominations.names import tidy
from nominations.queries.case_facts import CaseRow, case_row
from nominations.queries.kept import forget
from nominations.queries.successions import Heirs, heirs_on
from nominations.reference.successions import load_functions
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import Message
from nominations.services.sources import wrong_mark
from nominations.transactions import transactional

STREAM = "units"
WAYS = ("unit", "commune")  # the levels that a single file may be given another unit for


@dataclass(frozen=True, slots=True)
class NewSuccession:
    """A line of the list as asked for; no ``new_unit_id``: nobody, or not found. ``share`` as typed, empty: unknown."""

    old_unit_id: int
    new_unit_id: int | None
    function: str
    share: str
    effective_on: date
    source: str
    note: str = ""
    posts_follow: bool = False


def functions(lang: str) -> list[tuple[str, str]]:
    """The functions a line may name, each with its words in ``vi`` or ``en``."""
    return [(name, words.en if lang == "en" else words.vi) for name, words in load_functions().items()]


@transactional
def settle(
    session: Session, clock: Clock, origin: Origin, asked: NewSuccession, line_id: int | None = None
) -> UnitSuccession:
    """Write a line of the list, or change ``line_id``. Raises NotFound, InvalidInput with a message for each field."""
    line = UnitSuccession(old_unit_id=asked.old_unit_id) if line_id is None else session.get(UnitSuccession, line_id)
    if line is None or (line_id is not None and line.old_unit_id != asked.old_unit_id):
        raise NotFound(str(line_id))
    errors = _wrong(session, asked)
    if errors:
        raise InvalidInput(errors)
    line.new_unit_id, line.function, line.share = asked.new_unit_id, asked.function, _share(asked.share)
    line.effective_on, line.source = asked.effective_on, asked.source.strip()
    line.note, line.posts_follow = tidy(asked.note) or None, asked.posts_follow
    session.add(line)
    session.flush()
    said = {
        "line": line.id, "old": line.old_unit_id, "new": line.new_unit_id, "function": line.function,
        "share": asked.share.strip(), "from": line.effective_on.isoformat(), "source": line.source, "note": line.note,
        "posts_follow": line.posts_follow,
    }  # fmt: skip
    record(session, clock.now(), STREAM, "set_succession", origin, said)
    forget(session)
    return line


@transactional
def choose(
    session: Session, clock: Clock, origin: Origin, code: str, new_unit_id: int, source: str, effective_on: date
) -> int:
    """Say which unit takes over one file from those that ended without a settled successor; for how many of them.

    Raises NotFound for the file, InvalidInput.
    """
    day = max(effective_on, clock.today())
    row = case_row(session, code, day, lock=True) if code.isprintable() else None
    if row is None or row.state in END_STATES:
        raise NotFound(code)
    heirs = heirs_on(session, day)
    old = undecided(heirs, row)
    errors: dict[str, Message] = {}
    if new_unit_id not in heirs.places or new_unit_id in heirs.ended or not _exists(session, new_unit_id, day):
        errors["new_unit"] = Message("unknown_unit")
    elif not old:
        errors["new_unit"] = Message("not_stuck")
    if (mark := wrong_mark(source)) is not None:
        errors["source"] = mark
    if errors:
        raise InvalidInput(errors)
    actor = session.scalar(select(Person.id).where(Person.ref == origin.actor))
    mine = (SuccessionChoice.nomination_id == row.id) & SuccessionChoice.old_unit_id.in_(old)
    session.execute(delete(SuccessionChoice).where(mine))
    settled = {"nomination_id": row.id, "new_unit_id": new_unit_id, "source": source.strip()}
    settled |= {"decided_at": clock.now(), "decided_by": actor}
    session.execute(insert(SuccessionChoice), [settled | {"old_unit_id": unit} for unit in sorted(old)])
    said = {"code": code, "old": sorted(old), "new": new_unit_id, "source": source.strip()}
    record(session, clock.now(), STREAM, "choose_successor", origin, said)
    return len(old)


def undecided(heirs: Heirs, row: CaseRow) -> set[int]:
    """The units of a file that ended, that its way still needs, and whose successor the list does not settle."""
    units = {row.proposing_unit_id, *(row.path[stage] for stage in WAYS if stage in row.path)}
    ended = {unit for unit in units if unit in heirs.ended}
    return {unit for unit in ended if heirs.of(unit).unit is None}


def _wrong(session: Session, asked: NewSuccession) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    old = session.get(Unit, asked.old_unit_id)
    if old is None or old.valid_to is None or old.valid_to >= asked.effective_on:
        errors["effective_on"] = Message("period_order")
    if asked.new_unit_id is not None and (
        asked.new_unit_id == asked.old_unit_id or not _exists(session, asked.new_unit_id, asked.effective_on)
    ):
        errors["new_unit"] = Message("unknown_unit")
    if asked.function not in load_functions():
        errors["function"] = Message("not_choice", {"choices": ", ".join(load_functions())})
    if asked.share.strip() and _share(asked.share) is None:
        errors["share"] = Message("no_share")
    if (mark := wrong_mark(asked.source)) is not None:
        errors["source"] = mark
    return errors


def _exists(session: Session, unit_id: int, day: date) -> bool:
    unit = session.get(Unit, unit_id)
    return unit is not None and unit.valid_from <= day and (unit.valid_to is None or unit.valid_to >= day)


def _share(typed: str) -> Decimal | None:
    """The share typed, with a point or a comma; None for nothing or what is none."""
    try:
        share = Decimal(typed.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return share.quantize(Decimal("0.000001")) if 0 < share <= 1 else None
