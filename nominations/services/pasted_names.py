"""Names pasted to be checked: read as a list's rows are, nothing kept of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from nominations.names import folded
from nominations.queries.check_sources import proposed_in
from nominations.queries.likenesses import bare_name, families
from nominations.queries.name_check import MOST_NAMES, Asked
from nominations.services.columns import Keys, Reader, birth_year, headed, maybe, needed, read_cells, units_named
from nominations.services.columns import kind as read_kind
from nominations.services.errors import InvalidInput
from nominations.services.messages import Message
from nominations.services.payloads import SHORT, line
from nominations.services.sheets import read_pasted
from workflows.likeness import SAME_KIND, Bearer

COLUMNS: Mapping[str, str] = {
    "name": "Họ tên", "birth_year": "Năm sinh", "unit": "Đơn vị", "identity": "Số căn cước", "kind": "Loại",
}  # fmt: skip
_READERS: Mapping[str, Reader] = {
    "name": needed(SHORT, line),
    "birth_year": maybe(birth_year),
    "unit": maybe(lambda cell, _today: line(cell)),
    "kind": maybe(read_kind),
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """Names as pasted, and for what: a round, a form, the kind and unit of those that do not say theirs."""

    text: str
    round_code: str
    form: str
    kind: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class Read:
    """What pasted names came to: those that can be checked, and a message for each cell that cannot be used."""

    asked: tuple[Asked, ...]
    faults: tuple[tuple[int, str, Message], ...]  # row, column, message


def read_names(session: Session, today: date, pasted: Pasted, keys: Keys) -> Read:
    """Read the names. Raises InvalidInput, at ``pasted``, ``round`` or ``kind``."""
    proposed = proposed_in(session, pasted.round_code, pasted.form)
    if proposed is None:
        raise InvalidInput({"round": Message("unknown_round")})
    if pasted.kind not in SAME_KIND:
        raise InvalidInput({"kind": Message("not_choice", {"choices": "hộ, cá nhân, tập thể"})})
    rows = _rows(pasted.text)
    said = [(number, *read_cells(cells, _READERS, keys, today)) for number, cells in rows]
    units = units_named(session, {row["unit"] for _, row, _ in said if "unit" in row}, today)
    asked, faults = [], []
    for number, row, wrong in said:
        unit = units[row["unit"]] if "unit" in row else pasted.unit_id
        if isinstance(unit, Message):
            wrong["unit"] = unit
        faults += [(number, COLUMNS[column], message) for column, message in wrong.items()]
        if not wrong and isinstance(unit, int):
            bearer = Bearer(row.get("kind", pasted.kind), bare_name(row["name"]), row.get("birth_year"),
                            frozenset({unit}), frozenset(row.get("identity", ())))  # fmt: skip
            asked.append(Asked(number, row["name"], bearer, proposed))
    return Read(_with_families(session, asked), tuple(faults))


def _with_families(session: Session, asked: list[Asked]) -> tuple[Asked, ...]:
    family = families(session, {unit for one in asked for unit in one.bearer.units})
    return tuple(
        Asked(one.number, one.name, _in(one.bearer, frozenset[int]().union(*(family[u] for u in one.bearer.units))),
              one.proposed)
        for one in asked
    )  # fmt: skip


def _in(bearer: Bearer, units: frozenset[int]) -> Bearer:
    return Bearer(bearer.kind, bearer.name, bearer.birth_year, units, bearer.identity)


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """The rows by column; without headings the columns stand in the order of ``COLUMNS``."""
    try:
        rows = read_pasted(text)
        titles = {folded(title) for title in COLUMNS.values()}
        bare = not rows or not any(folded(cell) in titles for cell in rows[0])
        found = headed((tuple(COLUMNS.values()), *rows) if bare else rows, COLUMNS, ("name",))
    except InvalidInput as wrong:
        raise InvalidInput({"pasted": wrong.errors["file"]}) from wrong
    if len(found) > MOST_NAMES:
        raise InvalidInput({"pasted": Message("too_many_names", {"most": MOST_NAMES})})
    return [(number - bare, cells) for number, cells in found]
