"""Nominees of the register who may be those that are asked about: many at once, in a few statements.

Nothing is narrowed to a viewer here: what is found is for the queries that ask to tell, or to keep to themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from sqlalchemy.orm import Session

from nominations.names import folded, tidy
from nominations.queries.actors import WHOLE, Viewer
from nominations.queries.sql import Found, numbers, quoted, rows
from nominations.queries.visibility import bare_sql, reach_sql
from workflows.likeness import Bearer, Likeness, keys, likeness

TITLES = ("", "ong ", "ba ", "ho ", "ho ong ", "ho ba ", "ho gia dinh ", "ho gia dinh ong ", "ho gia dinh ba ",
          "gia dinh ", "gia dinh ong ", "gia dinh ba ")  # fmt: skip
_TITLE = re.compile(r"(?:h[ộo] )?gia [đd][ìi]nh (?:(?:[ôo]ng|b[àa]) )?|h[ộo] (?:[ôo]ng|b[àa]) |hộ |[ôo]ng |b[àa] ")
_COLUMNS = "e.id, e.ref, e.kind, e.name, e.birth_year, e.home_unit_id, u.name, e.identity_hash, e.unit_id"
_FROM = "FROM nominees e JOIN units u ON u.id = e.home_unit_id"


@dataclass(frozen=True, slots=True)
class Known:
    """A nominee of the register."""

    id: int
    ref: str
    kind: str
    name: str
    birth_year: int | None
    home_id: int
    home: str
    identity: str | None
    unit_id: int | None

    @property
    def bearer(self) -> Bearer:
        """As it is compared."""
        hashes = frozenset({self.identity} if self.identity else ())
        return Bearer(self.kind, bare_name(self.name), self.birth_year, frozenset({self.home_id}), hashes)


class Like(NamedTuple):
    """Which of those asked about may be whom, and why."""

    place: int
    known: Known
    likeness: Likeness


def bare_name(name: str) -> str:
    """A name folded, without the titles that households and people are written with.

    *Hộ* alone is a title with its marks only: the family name Hồ is folded to the same.
    """
    written = tidy(name).lower()
    title = _TITLE.match(written)
    return folded(written[title.end() :] if title is not None else written)


def alike(asked: Sequence[Bearer], known: Iterable[Known]) -> list[Like]:
    """Every pair of one asked about and one known that may be the same, in their order."""
    index = _index(asked)
    found = []
    for one in known:
        bearer = one.bearer
        for place in sorted(_places(index, bearer)):
            like = likeness(asked[place], bearer)
            if like is not None:
                found.append(Like(place, one, like))
    return sorted(found, key=lambda like: (like.place, -like.likeness.weight, like.known.id))


def among(asked: Sequence[Bearer]) -> list[tuple[int, int, Likeness]]:
    """Every pair of those asked about that may be the same, the later one first, by place."""
    index, found = _index(asked), []
    for later, bearer in enumerate(asked):
        for earlier in sorted(place for place in _places(index, bearer) if place < later):
            like = likeness(bearer, asked[earlier])
            if like is not None:
                found.append((later, earlier, like))
    return found


def register_like(session: Session, asked: Sequence[Bearer]) -> list[Like]:
    """Everybody in the register who may be one of those; at most three statements."""
    hashes = {one for bearer in asked for one in bearer.identity}
    found = [*_by_name(session, {bearer.name for bearer in asked}), *_by_identity(session, hashes)]
    found += _of_the_year(session, asked)
    return alike(asked, {one.id: one for one in map(_known, found)}.values())


def by_corrected_name(session: Session, viewer: Viewer, asked: Sequence[Bearer]) -> list[Like]:
    """Nominees whose name was put right in a file that the viewer may read: the register has the old one."""
    columns = _COLUMNS.replace("e.name", "n.nominee_name", 1)
    found = rows(
        session,
        f"SELECT DISTINCT {columns} FROM nominations n JOIN nominees e ON e.id = n.nominee_id"
        f" JOIN units u ON u.id = e.home_unit_id WHERE n.nominee_folded IN ({listed(session, 'names')})"
        f" AND n.nominee_folded <> e.name_folded AND {reach_sql(viewer)} AND NOT ({bare_sql(viewer)})",
        {"names": _titled({bearer.name for bearer in asked})},
    )
    return alike(asked, map(_known, found))


def by_id(session: Session, ids: Collection[int]) -> dict[int, Known]:
    """Nominees by their row numbers."""
    if not ids:
        return {}
    found = rows(session, f"SELECT {_COLUMNS} {_FROM} WHERE e.id IN ({numbers(ids)})", {})
    return {one.id: one for one in map(_known, found)}


def families(session: Session, units: Collection[int]) -> Mapping[int, frozenset[int]]:
    """For each unit itself, those it took over whole and those it went on as: one place to whoever lives there."""
    pairs = rows(
        session,
        f"SELECT s.old_unit_id, s.new_unit_id FROM unit_successions s WHERE s.function = {quoted(WHOLE)}"
        f" AND (s.old_unit_id IN ({numbers(units)}) OR s.new_unit_id IN ({numbers(units)}))",
        {},
    )
    return {
        unit: frozenset({unit, *(old for old, new in pairs if new == unit), *(new for old, new in pairs if old == unit)}
                        - {None})
        for unit in units
    }  # fmt: skip


def listed(session: Session, name: str) -> str:
    """A select of the texts in the JSON list that the value ``name`` is: for an IN of hundreds."""
    if session.connection().dialect.name == "postgresql":
        return f"SELECT json_array_elements_text(CAST(:{name} AS json))"
    return f"SELECT value FROM json_each(:{name})"


def as_list(values: Iterable[Any]) -> str:
    """Such a list."""
    return orjson.dumps(sorted(values)).decode()


def _index(asked: Sequence[Bearer]) -> dict[str, set[int]]:
    index: dict[str, set[int]] = {}
    for place, bearer in enumerate(asked):
        for key in (*bearer.identity, *keys(bearer.name)):
            index.setdefault(key, set()).add(place)
    return index


def _places(index: Mapping[str, set[int]], bearer: Bearer) -> set[int]:
    found: set[int] = set()
    for key in (*bearer.identity, *keys(bearer.name)):
        found |= index.get(key, set())
    return found


def _by_name(session: Session, names: Collection[str]) -> list[Found]:
    there = f"e.name_folded IN ({listed(session, 'names')})"
    return rows(session, f"SELECT {_COLUMNS} {_FROM} WHERE {there}", {"names": _titled(names)})


def _titled(names: Collection[str]) -> str:
    """The names as they may be written, with and without a title."""
    return as_list({title + name for name in names for title in TITLES})


def _by_identity(session: Session, hashes: Collection[str]) -> list[Found]:
    if not hashes:
        return []
    there = f"e.identity_hash IN ({listed(session, 'hashes')})"
    return rows(session, f"SELECT {_COLUMNS} {_FROM} WHERE {there}", {"hashes": as_list(hashes)})


def _of_the_year(session: Session, asked: Sequence[Bearer]) -> list[Found]:
    """Those of the same unit and year of birth, among whom a name may be spelt otherwise."""
    pairs = {(unit, bearer.birth_year) for bearer in asked if bearer.birth_year for unit in bearer.units}
    if not pairs:
        return []
    here = f"e.home_unit_id IN ({numbers({unit for unit, _ in pairs})}) AND e.birth_year IS NOT NULL"
    both = numbers({unit * 10_000 + int(year or 0) for unit, year in pairs})
    born = f"(e.home_unit_id * 10000 + e.birth_year) IN ({both})"
    return rows(session, f"SELECT {_COLUMNS} {_FROM} WHERE {here} AND {born}", {})


def _known(row: Found) -> Known:
    return Known(*row)
