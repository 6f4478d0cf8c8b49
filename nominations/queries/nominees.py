"""Nominees as their units see them: found by name, with what stands against them and what they were awarded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from nominations.models.nominations import Nomination, NominationReach
from nominations.models.nominees import ConflictDeclaration, MarkRecord, Nominee, NomineeMark, NomineePerson, PastAward
from nominations.models.people import Person
from nominations.models.units import Unit
from nominations.names import folded
from nominations.queries.detail_parts import MarkLine
from nominations.queries.visibility import STAGES
from workflows import Actor
from workflows.flow import HELD

MOST_FOUND = 30
FEWEST_LETTERS = 2
RECORDS = ("appraiser", "office")  # duties that record what stands against a nominee
CLOSES = ("head", "deputy")
READS = (*RECORDS, *CLOSES, "secretary")


@dataclass(frozen=True, slots=True)
class Mark(MarkLine):
    """The same on the nominee's own page: with who recorded it and who closed it."""

    recorder: str | None
    recorded_at: datetime | None
    closer: str | None
    recorder_id: int | None


@dataclass(frozen=True, slots=True)
class AwardBefore:
    """An award the nominee has, ours or from elsewhere, with the mark of its source."""

    form: str
    number: str | None
    decided_on: date
    achievement: str
    level_state: bool
    annulled_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class NomineeLine:
    """A nominee in a list."""

    ref: str
    name: str
    kind: str
    birth_year: int | None
    home: str


@dataclass(frozen=True, slots=True)
class Known:
    """A nominee before somebody of a unit that has to do with it: its home, or one a submitted file has reached.

    ``units`` are those of its units where the actor reads, ``records`` where they record marks, ``closes`` where they
    may close what others recorded.
    """

    id: int
    line: NomineeLine
    units: frozenset[int]
    records: tuple[int, ...]
    closes: frozenset[int]
    seen: frozenset[int]  # units whose marks are read
    withheld: frozenset[int]  # units at which a file is suspended, other than the actor's own


def known(session: Session, actor: Actor, ref: str) -> Known | None:
    """The nominee ``ref`` for this actor; None for one unknown, of other units, or in conflict with the actor."""
    found = session.execute(
        select(Nominee.id, Nominee.name, Nominee.kind, Nominee.birth_year, Nominee.unit_id, Nominee.home_unit_id,
               Unit.name.label("home"))
        .join(Unit, Unit.id == Nominee.home_unit_id)
        .where(Nominee.ref == ref)
    ).one_or_none()  # fmt: skip
    if found is None or _in_conflict(session, actor, found.id, found.unit_id):
        return None
    files = session.execute(
        select(Nomination.id, Nomination.path, Nomination.state)
        .where(Nomination.nominee_id == found.id, Nomination.entry_stage != "")
        .order_by(Nomination.id)
    ).all()
    reached = session.scalars(
        select(NominationReach.unit_id).where(NominationReach.nomination_id.in_([file.id for file in files]))
    )
    near = {found.home_unit_id, *reached}
    mine = {post.unit for post in actor.posts if post.duty in READS and post.unit in near}
    if not mine:
        return None
    paths = [dict(file.path) for file in files]
    return Known(
        id=found.id,
        line=NomineeLine(ref, found.name, found.kind, found.birth_year, found.home),
        units=frozenset(mine),
        records=tuple(dict.fromkeys(p.unit for p in actor.posts if p.duty in RECORDS and p.unit in near)),
        closes=frozenset(post.unit for post in actor.posts if post.duty in CLOSES and post.unit in near),
        seen=readable_units(paths, mine) | ({found.home_unit_id} if mine else set()),
        withheld=suspended_at((dict(file.path), file.state) for file in files) - mine,
    )


def readable_units(paths: Iterable[Mapping[str, int]], mine: set[int]) -> frozenset[int]:
    """The units whose marks are read from ``mine``: one's own, and those below on a file's way."""
    seen = set(mine)
    for path in paths:
        ranks = [STAGES.index(stage) for stage, unit in path.items() if unit in mine and stage in STAGES]
        if ranks:
            seen |= {unit for stage, unit in path.items() if STAGES.index(stage) <= max(ranks)}
    return frozenset(seen)


def suspended_at(files: Iterable[tuple[Mapping[str, int], str]]) -> frozenset[int]:
    """The units at which one of these files is suspended (decision 13)."""
    units = (path.get(state.partition(".")[0]) for path, state in files if state.endswith(HELD))
    return frozenset(unit for unit in units if unit is not None)


def may_read(found: Known, mark: Mark) -> bool:
    """Whether the mark is read: one's own unit's and those below; while a file is held elsewhere, not that unit's."""
    if mark.unit_id is None:
        return not found.withheld
    return mark.unit_id in found.seen and mark.unit_id not in found.withheld


def marks(session: Session, nominee_id: int) -> tuple[Mark, ...]:
    """Everything that was ever recorded against the nominee, what is open first."""
    recorder, closer = aliased(Person), aliased(Person)
    rows = session.execute(
        select(
            NomineeMark.id, NomineeMark.kind, NomineeMark.opened_on, NomineeMark.closed_on, NomineeMark.document,
            NomineeMark.note, MarkRecord.document_sha, MarkRecord.unit_id, Unit.name, MarkRecord.closing,
            recorder.full_name, MarkRecord.recorded_at, closer.full_name, MarkRecord.recorded_by,
        )
        .outerjoin(MarkRecord, MarkRecord.mark_id == NomineeMark.id)
        .outerjoin(Unit, Unit.id == MarkRecord.unit_id)
        .outerjoin(recorder, recorder.id == MarkRecord.recorded_by)
        .outerjoin(closer, closer.id == MarkRecord.closed_by)
        .where(NomineeMark.nominee_id == nominee_id)
        .order_by(NomineeMark.closed_on.is_not(None), NomineeMark.opened_on.desc(), NomineeMark.id)
    )  # fmt: skip
    return tuple(Mark(*list(row)) for row in rows)


def awards_before(session: Session, nominee_id: int) -> tuple[AwardBefore, ...]:
    """The nominee's awards, the latest first; one annulled says so."""
    rows = session.execute(
        select(
            PastAward.form, PastAward.decision_number, PastAward.decided_on, PastAward.achievement,
            PastAward.level_state, PastAward.annulled_on, PastAward.source,
        )
        .where(PastAward.nominee_id == nominee_id)
        .order_by(PastAward.decided_on.desc(), PastAward.id)
    )  # fmt: skip
    return tuple(AwardBefore(*row) for row in rows)


def find_nominees(session: Session, actor: Actor, typed: str) -> tuple[NomineeLine, ...]:
    """Nominees of the actor's own units, or of submitted files that reached them, whose name has every word typed."""
    words = folded(typed).split()
    units = sorted({post.unit for post in actor.posts if post.duty in READS})
    if sum(map(len, words)) < FEWEST_LETTERS or not units:
        return ()
    reached = (
        select(Nomination.nominee_id)
        .join(NominationReach, NominationReach.nomination_id == Nomination.id)
        .where(NominationReach.unit_id.in_(units), Nomination.entry_stage != "")
    )
    own = sorted({post.unit for post in actor.posts})
    rows = session.execute(
        select(Nominee.ref, Nominee.name, Nominee.kind, Nominee.birth_year, Unit.name)
        .join(Unit, Unit.id == Nominee.home_unit_id)
        .where(
            or_(Nominee.home_unit_id.in_(units), Nominee.id.in_(reached)),
            or_(Nominee.unit_id.is_(None), Nominee.unit_id.not_in(own)),
            Nominee.id.not_in(select(NomineePerson.nominee_id).where(NomineePerson.person_id == actor.person)),
            Nominee.id.not_in(
                select(ConflictDeclaration.nominee_id).where(ConflictDeclaration.person_id == actor.person)
            ),
            *(Nominee.name_folded.contains(word, autoescape=True) for word in words),
        )
        .order_by(Nominee.name_folded, Nominee.id)
        .limit(MOST_FOUND)
    )
    return tuple(NomineeLine(*row) for row in rows)


def _in_conflict(session: Session, actor: Actor, nominee_id: int, unit_id: int | None) -> bool:
    """Whether the actor is the nominee, belongs to it, has declared a conflict, or is of the unit nominated."""
    if unit_id is not None and any(post.unit == unit_id for post in actor.posts):
        return True
    named = select(NomineePerson.person_id).where(
        NomineePerson.nominee_id == nominee_id, NomineePerson.person_id == actor.person
    )
    declared = select(ConflictDeclaration.person_id).where(
        ConflictDeclaration.nominee_id == nominee_id, ConflictDeclaration.person_id == actor.person
    )
    return session.scalar(named.union_all(declared).limit(1)) is not None
