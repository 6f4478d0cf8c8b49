"""The sealed revisions of a file, and what one changed against the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.nominations import Revision
from nominations.models.people import Person
from nominations.queries.actors import Viewer
from nominations.queries.standing import standing
from workflows.reviewed import changes

DEEPEST = 6  # levels; content is not laid deeper than this


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A revision: its number, its digest, who sealed it and when, and the sections it changed."""

    number: int
    sha256: str
    created_at: datetime
    created_by: str
    changed: tuple[str, ...]


class FieldChange(NamedTuple):
    """One value that differs: its section, its place in it as dotted names, before and after (None: not there)."""

    section: str
    place: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """What revision ``number`` changed against ``previous`` (0: there was none before)."""

    number: int
    previous: int
    changes: tuple[FieldChange, ...]


def revisions(session: Session, viewer: Viewer, code: str) -> tuple[RevisionLine, ...] | None:
    """Every revision, the first one first; None for a file the viewer may not read."""
    found = standing(session, viewer, code)
    if found is None:
        return None
    rows = session.execute(
        select(Revision.number, Revision.sha256, Revision.sections, Revision.created_at, Person.full_name)
        .join(Person, Person.id == Revision.created_by)
        .where(Revision.nomination_id == found.id)
        .order_by(Revision.number)
    ).all()
    before: Mapping[str, str] = {}
    lines = []
    for row in rows:
        changed = tuple(sorted(name for name in changes(before, row.sections) if "." not in name))
        lines.append(RevisionLine(row.number, row.sha256, row.created_at, row.full_name, changed))
        before = row.sections
    return tuple(lines)


def diff(session: Session, viewer: Viewer, code: str, number: int) -> Difference | None:
    """What revision ``number`` changed; None where there is no such revision, or the file is not theirs to read."""
    found = standing(session, viewer, code)
    if found is None:
        return None
    rows = session.execute(
        select(Revision.number, Revision.content)
        .where(Revision.nomination_id == found.id, Revision.number <= number)
        .order_by(Revision.number.desc())
        .limit(2)
    ).all()
    if not rows or rows[0].number != number:
        return None
    after = orjson.loads(rows[0].content)
    before = orjson.loads(rows[1].content) if len(rows) > 1 else {}
    return Difference(number, number - 1, compare(before, after))


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """Every value of two contents that differs, in the order of the later one, what is gone at the end."""
    names = dict.fromkeys((*after, *before))
    return tuple(
        FieldChange(section, place, old, new)
        for section in names
        if section != "results"
        for place, old, new in _differences(before.get(section), after.get(section), "", DEEPEST)
    )


def _differences(before: object, after: object, place: str, depth: int) -> Iterator[tuple[str, Any, Any]]:
    if before == after:
        return
    old, new = _named(before), _named(after)
    if depth and (old or new) and old is not None and new is not None:
        for name in dict.fromkeys((*new, *old)):
            inner = f"{place}.{name}" if place else name
            yield from _differences(old.get(name), new.get(name), inner, depth - 1)
    else:
        yield place, before, after


def _named(value: object) -> Mapping[str, Any] | None:
    """The parts of a value by name: an object's fields, a list's places; nothing for what is not there."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    return {str(number): item for number, item in enumerate(value, 1)} if isinstance(value, list) else None
