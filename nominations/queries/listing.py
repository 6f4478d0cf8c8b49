"""Lists of files: filtered, scoped to the viewer, newest first, by key, with a count that stops at a thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, not_, select, union
from sqlalchemy.orm import Session

from nominations.models.movements import Round
from nominations.models.nominations import Nomination, NominationReach
from nominations.models.nominees import Nominee
from nominations.models.work import Task
from nominations.queries.actors import Viewer
from nominations.queries.desks import on_my_desk
from nominations.queries.lines import Line, line, lines
from nominations.queries.pages import MOST_COUNTED, Page, Rows, decode, paged, size
from nominations.queries.search import Wanted, Way, has_words, walked, wanted, way
from nominations.queries.visibility import is_bare, reaches, reads_tree

PARKED = {"returned": "%.returned", "held": "%.held"}  # words of the state filter for any step's


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
    before = decode(cursor, int)
    limit = size(limit)
    search = wanted(filters.q) if filters.q else None
    if search is not None and search.nothing:
        return Page((), None, 0 if count else None)
    by = way(session, viewer, search) if search is not None else None
    if by is not None and by.hopeless:
        return Page((), None, 0 if count else None)
    asked = _Asked(viewer, conditions(viewer, today, filters), search, by)
    found = _candidates(asked, before[0] if before else None, limit + 1).subquery()
    total = [_capped(_candidates(asked, None, MOST_COUNTED + 1))] if count else []
    statement = lines(viewer, found, *total).order_by(Nomination.id.desc())
    rows = session.execute(statement).all()
    page = paged(rows, limit, line, lambda row: (row.id,))
    if not count:
        return page
    counted = int(rows[0].total) if rows else 0
    return Page(page.items, page.next_cursor, min(counted, MOST_COUNTED), counted > MOST_COUNTED)


def conditions(viewer: Viewer, today: date, filters: Filters) -> list[ColumnElement[bool]]:
    """The filters, search apart, as conditions on nominations."""
    found: list[ColumnElement[bool]] = []
    if filters.round is not None:
        found.append(Nomination.round_id == select(Round.id).where(Round.code == filters.round).scalar_subquery())
    for column, value in (
        (Nomination.form, filters.form),
        (Nomination.stage, filters.stage),
        (Nomination.step, filters.step),
        (Nomination.proposing_unit_id, filters.unit_id),
        (Nomination.subject_kind, filters.subject_kind),
    ):
        if value is not None:
            found.append(column == value)
    if filters.state is not None:
        found.append(_state(filters.state))
    if filters.updated_since is not None:
        found.append(Nomination.updated_at >= filters.updated_since)
    if filters.identity_hashes:
        known = select(Nominee.id).where(Nominee.identity_hash.in_(filters.identity_hashes))
        found.append(Nomination.nominee_id.in_(known))
    found += _waiting(viewer, today, filters)
    if filters.of_the_hidden:
        found.append(not_(is_bare(viewer)))
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question to the list."""

    viewer: Viewer
    conditions: Sequence[ColumnElement[bool]]
    search: Wanted | None
    way: Way | None


def _state(state: str) -> ColumnElement[bool]:
    return Nomination.state.like(PARKED[state]) if state in PARKED else Nomination.state == state


def _waiting(viewer: Viewer, today: date, filters: Filters) -> list[ColumnElement[bool]]:
    """Conditions on the open step: whose desk it lies on, and whether its day has passed."""
    narrowed = ([on_my_desk(viewer)] if filters.holder_me else []) + ([Task.due_on < today] if filters.overdue else [])
    if not narrowed:
        return []
    step = (Task.nomination_id == Nomination.id, Task.kind == "step", Task.closed_at.is_(None))
    return [exists().where(*step, *narrowed)]


def _candidates(asked: _Asked, before: int | None, limit: int) -> Rows:
    """The numbers of at most ``limit`` files, newest first, those before ``before``."""
    if asked.search is not None and asked.way is not None and asked.way.driver is not None:
        return _by_word(asked, asked.search, asked.way.driver, before, limit)
    more = [*asked.conditions, *(has_words(asked.search) if asked.search is not None else [])]
    ways = [_reached(unit, more, before, limit) for unit in sorted(asked.viewer.units)]
    ways += [_newest(select(Nomination.id.label("nomination_id")), [tree, *more], before, limit)
             for tree in reads_tree(asked.viewer)]  # fmt: skip
    if not ways:
        return _newest(select(Nomination.id.label("nomination_id")), [reaches(asked.viewer)], before, limit)
    if len(ways) == 1:
        return ways[0]
    merged = union(*(select(one.subquery().c.nomination_id) for one in ways)).subquery()
    return select(merged.c.nomination_id).order_by(merged.c.nomination_id.desc()).limit(limit)


def _reached(unit: int, more: Sequence[ColumnElement[bool]], before: int | None, limit: int) -> Rows:
    """By the files that have reached one unit."""
    reach = NominationReach
    found = select(reach.nomination_id).join(Nomination, Nomination.id == reach.nomination_id)
    found = found.where(reach.unit_id == unit, *more).order_by(reach.nomination_id.desc()).limit(limit)
    return found if before is None else found.where(reach.nomination_id < before)


def _by_word(asked: _Asked, search: Wanted, driver: str, before: int | None, limit: int) -> Rows:
    """By the files that have the driving word in their name."""
    hits = walked(search, driver).subquery()
    found = select(hits.c.nomination_id).join(Nomination, Nomination.id == hits.c.nomination_id)
    found = found.where(*has_words(search, but=driver), reaches(asked.viewer), *asked.conditions)
    found = found.order_by(hits.c.nomination_id.desc()).limit(limit)
    return found if before is None else found.where(hits.c.nomination_id < before)


def _newest(found: Rows, more: Sequence[ColumnElement[bool]], before: int | None, limit: int) -> Rows:
    found = found.where(*more).order_by(Nomination.id.desc()).limit(limit)
    return found if before is None else found.where(Nomination.id < before)


def _capped(found: Rows) -> ColumnElement[Any]:
    return select(func.count()).select_from(found.subquery()).scalar_subquery().label("total")
