"""Lists that a unit brings in at once: whose they are, what their rows say, and what stands in a row's way."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from nominations.models.lists import DraftList, DraftListRow
from nominations.models.movements import Round
from nominations.models.nominations import DEAD_STATES, Nomination
from nominations.models.nominees import Nominee
from nominations.models.people import Person
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.likenesses import Like, among, bare_name, families, register_like
from nominations.queries.visibility import FILES_FOR, reaches
from workflows import Actor
from workflows.likeness import Bearer

MOST_LISTS = 50
ASKED_FROM = 40
"""From this weight of a likeness on a row waits until somebody says whether the two are one [practice]."""

STATES = ("faulty", "asked", "there", "ready", "made", "skip")
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list that was brought in, with how many of its rows are at fault and how many are drafts."""

    ref: str
    name: str
    origin: str
    unit_name: str
    round_title: str
    form: str
    by: str
    created_at: datetime
    rows: int
    faulty: int
    made: int


@dataclass(frozen=True, slots=True)
class ListHead:
    """A list: for which unit, round and form, of which kinds."""

    id: int
    ref: str
    name: str
    origin: str
    sha256: str
    kinds: tuple[str, ...]
    form: str
    created_at: datetime
    unit_id: int
    unit_name: str
    round_id: int
    round_code: str
    round_title: str
    movement_id: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A nominee a row may mean, why, and the live file they have in the list's round and form."""

    id: int
    ref: str
    name: str
    birth_year: int | None
    home: str
    reason: str
    sure: bool
    code: str | None


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list: what it says, what is wrong with it, whom it may mean, what became of it.

    ``same_as`` are the numbers of earlier rows that may be the same; ``code`` is the draft that was made of it.
    """

    id: int
    number: int
    said: Said
    faults: Mapping[str, Any]
    settled_as: str | None
    code: str | None
    candidates: tuple[Candidate, ...] = ()
    same_as: tuple[int, ...] = ()

    @property
    def there(self) -> str | None:
        """The file that is there already for as good as certainly the same."""
        return next((one.code for one in self.candidates if one.sure and one.code), None)

    @property
    def state(self) -> str:
        """One of ``STATES``."""
        if self.settled_as is not None:
            return self.settled_as
        if self.faults:
            return "faulty"
        if self.there is not None:
            return "there"
        return "asked" if (self.candidates and not _is_fixed(self)) or self.same_as else "ready"


def files_for(actor: Actor) -> frozenset[int]:
    """The units somebody files for today."""
    return frozenset(post.unit for post in actor.posts if post.duty == FILES_FOR)


def lists(session: Session, actor: Actor) -> tuple[ListLine, ...]:
    """The lists of the actor's units, the latest first."""
    row = DraftListRow
    wrong = func.count().filter(row.settled_as.is_(None), row.faults != {})
    made = func.count(row.nomination_id)
    found = session.execute(
        select(DraftList.ref, DraftList.name, DraftList.origin, Unit.name, Round.title, DraftList.form,
               Person.full_name, DraftList.created_at, func.count(row.id), wrong, made)
        .join(Unit, Unit.id == DraftList.unit_id)
        .join(Round, Round.id == DraftList.round_id)
        .join(Person, Person.id == DraftList.created_by)
        .join(row, row.list_id == DraftList.id)
        .where(DraftList.unit_id.in_(sorted(files_for(actor))))
        .group_by(DraftList.id, Unit.name, Round.title, Person.full_name)
        .order_by(DraftList.id.desc())
        .limit(MOST_LISTS)
    )  # fmt: skip
    return tuple(ListLine(*line) for line in found)


def list_head(session: Session, actor: Actor, ref: str) -> ListHead | None:
    """The list ``ref`` of one of the actor's units; None for any other."""
    found = session.execute(_heads().where(DraftList.ref == ref)).one_or_none()
    if found is None or found.unit_id not in files_for(actor):
        return None
    return ListHead(**found._asdict() | {"kinds": tuple(found.kinds)})


def sent_before(session: Session, head: ListHead) -> ListHead | None:
    """The earliest other list with the very same content for the same unit, round and form."""
    found = session.execute(
        _heads()
        .where(DraftList.unit_id == head.unit_id, DraftList.round_id == head.round_id, DraftList.form == head.form)
        .where(DraftList.sha256 == head.sha256, DraftList.id < head.id)
        .order_by(DraftList.id)
        .limit(1)
    ).one_or_none()
    return None if found is None else ListHead(**found._asdict() | {"kinds": tuple(found.kinds)})


def rows_of(session: Session, viewer: Viewer, head: ListHead, only: Collection[int] | None = None) -> list[ListRow]:
    """The rows of a list in its own order, or those with the ids ``only``, each with whom it may mean."""
    asked = (
        select(DraftListRow.id, DraftListRow.number, DraftListRow.said, DraftListRow.faults, DraftListRow.settled_as,
               Nomination.code)
        .outerjoin(Nomination, Nomination.id == DraftListRow.nomination_id)
        .where(DraftListRow.list_id == head.id)
        .order_by(DraftListRow.number)
    )  # fmt: skip
    if only is not None:
        asked = asked.where(DraftListRow.id.in_(sorted(only)))
    found = [ListRow(*row) for row in session.execute(asked)]
    sound = [row for row in found if row.settled_as is None and not row.faults]
    looked = {row.id: row for row in _looked_through(session, viewer, head, sound)}
    return [looked.get(row.id, row) for row in found]


def bearer_of(said: Said, family: Mapping[int, frozenset[int]]) -> Bearer:
    """A row as it is compared."""
    units = family.get(said["home"], frozenset({said["home"]}))
    return Bearer(
        said["kind"], bare_name(said["name"]), said.get("birth_year"), units, frozenset(said.get("identity", ()))
    )


def live_files(session: Session, nominees: Collection[int], round_id: int, form: str) -> dict[int, str]:
    """The code of each nominee's live file in that round and form."""
    found = session.execute(
        select(Nomination.nominee_id, Nomination.code)
        .where(Nomination.nominee_id.in_(sorted(nominees)), Nomination.round_id == round_id, Nomination.form == form)
        .where(Nomination.state.not_in(DEAD_STATES))
    )
    return {row.nominee_id: row.code for row in found}


def near(session: Session, viewer: Viewer, likes: Sequence[Like]) -> set[int]:
    """Those found that the viewer may be told of: of their own units, or of files that have reached them."""
    own = {like.known.id for like in likes if like.known.home_id in viewer.units}
    others = sorted({like.known.id for like in likes} - own)
    if not others:
        return own
    reached = select(Nomination.nominee_id).where(Nomination.nominee_id.in_(others), reaches(viewer))
    return own | set(session.scalars(reached))


def _heads() -> Select[Any]:
    return (
        select(DraftList.id, DraftList.ref, DraftList.name, DraftList.origin, DraftList.sha256, DraftList.kinds,
               DraftList.form, DraftList.created_at, DraftList.unit_id, Unit.name.label("unit_name"),
               DraftList.round_id, Round.code.label("round_code"), Round.title.label("round_title"),
               Round.movement_id)
        .join(Unit, Unit.id == DraftList.unit_id)
        .join(Round, Round.id == DraftList.round_id)
    )  # fmt: skip


def _looked_through(session: Session, viewer: Viewer, head: ListHead, rows: Sequence[ListRow]) -> list[ListRow]:
    """Sound rows with whom they may mean: nominees the viewer may know of, and earlier rows of the list."""
    if not rows:
        return []
    family = families(session, {row.said["home"] for row in rows})
    asked = [bearer_of(row.said, family) for row in rows]
    fixed = _fixed(session, rows)
    likes = [like for like in register_like(session, asked) if like.likeness.weight >= ASKED_FROM]
    likes = [like for like in likes if not _is_fixed(rows[like.place])]
    told = near(session, viewer, likes)
    codes = live_files(session, told | {one.id for one in fixed.values()}, head.round_id, head.form)
    found: dict[int, list[Candidate]] = {}
    for place, known, like in likes:
        if known.id in told:
            one = Candidate(known.id, known.ref, known.name, known.birth_year, known.home, like.reason, like.sure,
                            codes.get(known.id))  # fmt: skip
            found.setdefault(place, []).append(one)
    for place, known_itself in fixed.items():
        found[place] = [replace(known_itself, code=codes.get(known_itself.id))]
    same: dict[int, list[int]] = {}
    for later, earlier, like in among(asked):
        apart = later in fixed and earlier in fixed and fixed[later].id != fixed[earlier].id
        if like.weight >= ASKED_FROM and not apart:
            same.setdefault(later, []).append(rows[earlier].number)
    return [
        replace(row, candidates=tuple(found.get(place, ())), same_as=tuple(same.get(place, ())))
        for place, row in enumerate(rows)
    ]


def _is_fixed(row: ListRow) -> bool:
    """Whether a row itself says who it is: a nominee of an earlier round, or a unit."""
    return "nominee" in row.said or "nominee_unit" in row.said


def _fixed(session: Session, rows: Sequence[ListRow]) -> dict[int, Candidate]:
    """By place the nominee each such row is, where there is one yet."""
    refs = {row.said["nominee"]: place for place, row in enumerate(rows) if "nominee" in row.said}
    units = {row.said["nominee_unit"]: place for place, row in enumerate(rows) if "nominee_unit" in row.said}
    found = session.execute(
        select(Nominee.id, Nominee.ref, Nominee.name, Nominee.birth_year, Unit.name.label("home"), Nominee.unit_id)
        .join(Unit, Unit.id == Nominee.home_unit_id)
        .where(or_(Nominee.ref.in_(sorted(refs)), Nominee.unit_id.in_(sorted(units))))
        .order_by(Nominee.id.desc())
    )
    return {
        refs[ref] if ref in refs else units[unit or 0]: Candidate(row, ref, name, born, home, "identity", True, None)
        for row, ref, name, born, home, unit in found
    }
