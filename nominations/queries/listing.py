"""Lists of files: filtered, scoped to the viewer, newest first, by key, with a count that stops at a thousand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from nominations.queries.actors import Viewer
from nominations.queries.desks import on_my_desk
from nominations.queries.lines import FIRST_OWN, Line, line, lines
from nominations.queries.pages import MOST_COUNTED, Page, decode, paged, size
from nominations.queries.search import FEW, Way, way
from nominations.queries.sql import numbers, quoted, rows, there
from nominations.queries.visibility import bare_sql, reach_sql, tree_sql
from workflows.catalogue import document

STATES = tuple(f"{stage}.{step}" for stage, raw in document("stages").items() for step in raw.get("steps", ()))
PARKED: Mapping[str, tuple[str, ...]] = {
    parked: tuple(f"{state}.{parked}" for state in STATES) for parked in ("returned", "held")
}
"""Words of the state filter for any step's."""

_EQUAL = {"form": "n.form", "stage": "n.stage", "step": "n.step", "unit_id": "n.proposing_unit_id",
          "subject_kind": "n.subject_kind"}  # fmt: skip
_STEP = "SELECT 1 FROM tasks t WHERE t.nomination_id = n.id AND t.kind = 'step' AND t.closed_at IS NULL"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to. ``state`` is a state, or ``returned`` or ``held`` for those of any step.

    ``identity_hashes`` are keyed hashes of the nominee's identity number, any of which may be the one kept.
    """

    round: str | None = None
    form: str | None = None
    stage: str | None = None
    step: str | None = None
    state: str | None = None
    unit_id: int | None = None
    holder_me: bool = False
    overdue: bool = False
    q: str | None = None
    subject_kind: str | None = None
    updated_since: datetime | None = None
    identity_hashes: tuple[str, ...] = ()

    @property
    def of_the_hidden(self) -> bool:
        """True when it asks for something that a viewer in conflict is not told: no bare line may answer it."""
        asked = (self.unit_id, self.q, self.subject_kind, self.updated_since)
        return self.overdue or bool(self.identity_hashes) or any(value is not None for value in asked)

    @property
    def narrow(self) -> bool:
        """True when an index of the files' own leads to few of them."""
        return self.state is not None or self.unit_id is not None or bool(self.identity_hashes)


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters as SQL: conditions on nominations ``n`` and the values they name."""

    conditions: tuple[str, ...]
    values: Mapping[str, Any]


def nominations(
    session: Session,
    viewer: Viewer,
    today: date,
    filters: Filters,
    cursor: str | None = None,
    limit: int = 50,
    *,
    count: bool = False,
) -> Page[Line]:
    """A page of the viewer's files, newest first; ``count`` adds how many there are, up to a thousand.

    Raises BadCursor, and IdentityNumber for a search text that looks like an identity number.
    """
    before, limit = decode(cursor, int), size(limit)
    asked = conditions(session, viewer, today, filters)
    found = _source(session, viewer, filters, asked)
    if found is None:
        return Page((), None, 0 if count else None)
    values = {**asked.values, "before": before[0] if before else None, "most": limit + 1}
    total = [f"(SELECT count(*) FROM ({found.counted}) c)"] if count else []
    fetched = rows(session, lines(viewer, found.page(later=before is not None), "f.nomination_id DESC", *total), values)
    page = paged(fetched, limit, line, lambda row: (row[0],))
    if not count:
        return page
    counted = int(fetched[0][FIRST_OWN]) if fetched else 0
    return Page(page.items, page.next_cursor, min(counted, MOST_COUNTED), counted > MOST_COUNTED)


def state_counts(session: Session, viewer: Viewer, states: Sequence[str | None]) -> dict[str | None, int]:
    """How many of the viewer's files stand at each state (words as the filter has them; None for all of them).

    Each is counted up to one more than a thousand; two statements however many states.
    """
    by_files = not _few_in_reach(session, viewer)
    counted = []
    for state in states:
        more = () if state is None else (f"n.state IN ({', '.join(map(quoted, PARKED.get(state, (state,))))})",)
        found = _through(viewer, more, by_files=by_files and state is not None)
        counted.append("0" if found is None else f"(SELECT count(*) FROM ({found.counted}) c)")
    row = rows(session, f"SELECT {', '.join(counted)}", {})[0]
    return {state: int(count) for state, count in zip(states, row, strict=True)}


def conditions(session: Session, viewer: Viewer, today: date, filters: Filters) -> Asked:
    """The filters as conditions and values, the search text apart."""
    dialect = session.connection().dialect.name
    found, values = _equal(filters)
    if filters.round is not None:
        found.append("n.round_id = (SELECT x.id FROM rounds x WHERE x.code = :round)")
        values["round"] = filters.round
    if filters.updated_since is not None:
        found.append("n.updated_at >= :updated_since")
        since = filters.updated_since
        values["updated_since"] = since if dialect == "postgresql" else as_text(since)
    if filters.identity_hashes:
        named = {f"identity_{letter}": one for letter, one in zip(_LETTERS, filters.identity_hashes, strict=False)}
        found.append(_OF_IDENTITY.format(", ".join(f":{name}" for name in named)))
        values |= named
    if filters.holder_me:
        found.append(there(f"{_STEP} AND {on_my_desk(viewer)}"))
    if filters.overdue:
        found.append(there(f"{_STEP} AND t.due_on < :today"))
        values["today"] = today if dialect == "postgresql" else today.isoformat()
    if filters.of_the_hidden:
        found.append(f"NOT ({bare_sql(viewer)})")
    return Asked(tuple(found), values)


_LETTERS = "abcdefgh"
_OF_IDENTITY = "n.nominee_id IN (SELECT x.id FROM nominees x WHERE x.identity_hash IN ({}))"


def _equal(filters: Filters) -> tuple[list[str], dict[str, Any]]:
    values: dict[str, Any] = {name: getattr(filters, name) for name in _EQUAL if getattr(filters, name) is not None}
    found = [f"{_EQUAL[name]} = :{name}" for name in values]
    parked = PARKED.get(filters.state or "", ())
    if parked:
        found.append(f"n.state IN ({', '.join(quoted(state) for state in parked)})")
    elif filters.state is not None:
        found.append("n.state = :state")
        values["state"] = filters.state
    return found, values


def as_text(since: datetime) -> str:
    """An instant as SQLite keeps it: comparing the texts compares the instants."""
    return since.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a list is read from: ways to its files' numbers, each newest first, and what all of them must meet."""

    ways: tuple[tuple[str, str], ...]  # a select of nomination_id without its end, and the column to order by

    def page(self, *, later: bool) -> str:
        """The newest ones, those before ``:before`` where the page is a later one."""
        cut = [
            f"{way}{f' AND {column} < :before' if later else ''} ORDER BY {column} DESC LIMIT :most"
            for way, column in self.ways
        ]
        if len(cut) == 1:
            return cut[0]
        merged = " UNION ".join(f"SELECT nomination_id FROM ({one}) way{number}" for number, one in enumerate(cut))
        return f"SELECT nomination_id FROM ({merged}) merged ORDER BY nomination_id DESC LIMIT :most"

    @property
    def counted(self) -> str:
        """As many as are worth counting, in no order."""
        most = MOST_COUNTED + 1
        if len(self.ways) == 1:
            return f"{self.ways[0][0]} LIMIT {most}"
        cut = [
            f"SELECT nomination_id FROM ({way} LIMIT {4 * most}) way{number}"
            for number, (way, _) in enumerate(self.ways)
        ]
        return f"SELECT nomination_id FROM ({' UNION '.join(cut)}) merged LIMIT {most}"


def _source(session: Session, viewer: Viewer, filters: Filters, asked: Asked) -> _Source | None:
    """The cheapest way to the files asked for; None where there can be none."""
    more = asked.conditions
    if filters.q:
        by = way(session, viewer, filters.q)
        if by.hopeless:
            return None
        if by.driver is not None:
            return _by_name(viewer, by, more)
        more = (*by.others(), *more)
    return _through(viewer, more, by_files=filters.narrow and not _few_in_reach(session, viewer))


def _through(viewer: Viewer, more: Sequence[str], *, by_files: bool) -> _Source | None:
    """By the files' own index, or else by what has reached the viewer's units and trees."""
    if by_files:
        return _Source(((_from_files([reach_sql(viewer), *more]), "n.id"),))
    ways = [(_from_reach(unit, more), "q.nomination_id") for unit in sorted(viewer.units)]
    ways += [(_from_files([tree, *more]), "n.id") for tree in tree_sql(viewer)]
    return _Source(tuple(ways)) if ways else None


def _few_in_reach(session: Session, viewer: Viewer) -> bool:
    """Whether it is cheap to look through everything the viewer may see."""
    if tree_sql(viewer):
        return False
    reach = f"SELECT 1 FROM nomination_reach q WHERE q.unit_id IN ({numbers(viewer.units)}) LIMIT {FEW + 1}"
    return int(rows(session, f"SELECT count(*) FROM ({reach}) c", {})[0][0]) <= FEW


def _from_files(conditions: Sequence[str]) -> str:
    return f"SELECT n.id AS nomination_id FROM nominations n WHERE {' AND '.join(conditions)}"


def _from_reach(unit: int, conditions: Sequence[str]) -> str:
    """By the files that have reached one unit; the files themselves are not read where nothing is asked of them."""
    joined = "JOIN nominations n ON n.id = q.nomination_id " if conditions else ""
    found = f"SELECT q.nomination_id FROM nomination_reach q {joined}WHERE q.unit_id = {int(unit)}"
    return " AND ".join((found, *conditions))


def _by_name(viewer: Viewer, by: Way, more: Sequence[str]) -> _Source:
    """By the files whose names meet the driving condition."""
    joined = f"SELECT h.nomination_id FROM ({by.walked}) h JOIN nominations n ON n.id = h.nomination_id"
    conditions = (*by.others(), reach_sql(viewer), *more)
    return _Source(((f"{joined} WHERE {' AND '.join(conditions)}", "h.nomination_id"),))
