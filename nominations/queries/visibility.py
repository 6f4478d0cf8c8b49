"""Who sees what of a file: whether it is there for them at all, and how far they may read in it.

Three levels. *full*: a reviewer, an auditor or a supervisor, who reads what their own stages and those below wrote.
*proposer*: who files, who reads the content, the returns and where the file is. *bare*: somebody in conflict, who sees
that the line exists and nothing beyond it (decision 10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, select
from sqlalchemy.orm import aliased

from nominations.models.nominations import Nomination, NominationReach
from nominations.models.nominees import ConflictDeclaration, Nominee, NomineePerson
from nominations.models.units import Unit
from nominations.queries.actors import SEES_NO_FILE, Viewer
from workflows import DRAFT

Level = Literal["full", "proposer", "bare"]

FILES_FOR = "nominator"
HEADS = ("head", "deputy")
DECIDES_ITSELF = (("GK-XA", "commune"), ("GK-HUYEN", "district"), ("GK-SO", "unit"), ("GK-DN", "unit"))
"""Form and entry stage where the proposing unit's own head decides: there kin keep out of council and signature too."""

STAGES = ("unit", "commune", "district", "board", "chairman", "central")  # in the order of the climb


@dataclass(frozen=True, slots=True)
class Subject:
    """The few facts of a file that visibility turns on."""

    form: str
    state: str
    entry_stage: str
    path: Mapping[str, int]
    proposing_unit: int
    proposing_path: str
    nominee_unit: int | None
    roles: Mapping[int, str]  # person -> self, member, representative
    declared: frozenset[int]
    reached: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sight:
    """How far somebody reads in one file.

    ``stages`` are those whose opinions, tallies and reasons they see; ``here`` those of their own unit, whose
    suspensions and counted ballots they see too; ``ballots`` those whose votes they see by name.
    """

    level: Level
    stages: frozenset[str] = frozenset()
    ballots: frozenset[str] = frozenset()
    here: frozenset[str] = frozenset()
    audits: bool = False

    @property
    def bare(self) -> bool:
        """True when only the line's existence may be shown."""
        return self.level == "bare"


# --- in SQL: lists, counts, search --------------------------------------------------------------------------------


def reaches(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on nominations that one is there for this viewer at all."""
    ways: list[ColumnElement[bool]] = []
    if viewer.units:
        reach = NominationReach
        ways.append(exists().where(reach.nomination_id == Nomination.id, reach.unit_id.in_(sorted(viewer.units))))
    ways += reads_tree(viewer)
    return or_(*ways) if ways else false()


def reads_tree(viewer: Viewer) -> list[ColumnElement[bool]]:
    """The parts of the tree read from above; a supervisor reads what has been submitted, an auditor drafts too."""
    audited = [_under(viewer.audits)] if viewer.audits else []
    supervised = [_under(viewer.supervises) & (Nomination.state != DRAFT)] if viewer.supervises else []
    return [*audited, *supervised]


def is_bare(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on nominations that this viewer is in conflict and may see no more than that one exists."""
    me, units = viewer.person_id, sorted(_own_units(viewer))
    files_here = Nomination.proposing_unit_id.in_(sorted(_files_for(viewer)))
    person, nominee = aliased(NomineePerson), aliased(Nominee)
    mine = and_(person.nominee_id == Nomination.nominee_id, person.person_id == me)
    is_self = exists().where(mine, person.role == "self")
    kin = or_(
        exists().where(mine, person.role != "self"),
        exists().where(ConflictDeclaration.nominee_id == Nomination.nominee_id, ConflictDeclaration.person_id == me),
    )
    decides_itself = or_(
        *(and_(Nomination.form == form, Nomination.entry_stage == stage) for form, stage in DECIDES_ITSELF)
    )
    at_own_letter = Nomination.proposing_unit_id.in_(sorted(_signs_for(viewer))) & not_(decides_itself)
    own_unit = exists().where(nominee.id == Nomination.nominee_id, nominee.unit_id.in_(units))
    return or_(
        is_self & ~files_here,
        kin & ~files_here & ~at_own_letter,
        own_unit & Nomination.proposing_unit_id.not_in(units),
    )


def _under(paths: tuple[str, ...]) -> ColumnElement[bool]:
    unit = aliased(Unit)
    below = or_(*(unit.path.between(path, path.removesuffix("/") + "0") for path in paths))  # "0" follows "/"
    return Nomination.proposing_unit_id.in_(select(unit.id).where(below))


# --- in Python: one file ------------------------------------------------------------------------------------------


def sight(viewer: Viewer, subject: Subject) -> Sight | None:
    """How far this viewer reads in a file; None when it is not there for them."""
    audits = any(subject.proposing_path.startswith(path) for path in viewer.audits)
    supervises = subject.state != DRAFT and any(subject.proposing_path.startswith(path) for path in viewer.supervises)
    if not (audits or supervises or viewer.units & subject.reached):
        return None
    if _in_conflict(viewer, subject):
        return Sight("bare")
    if audits:
        every = frozenset(STAGES)
        return Sight("full", every, every, every, audits=True)
    kin = _kin(viewer, subject)
    own_nominee = subject.nominee_unit in _own_units(viewer)
    here = _reviews_at(viewer, subject)
    if own_nominee:
        here &= {subject.entry_stage}
    if kin or not (here or supervises):
        return Sight("proposer")
    by_name = here & _ballots_at(viewer, subject)
    return Sight("full", _up_to(subject, here) | _supervised(viewer, subject), by_name, here)


def _in_conflict(viewer: Viewer, subject: Subject) -> bool:
    """The same as ``is_bare``, for one file."""
    files_here = subject.proposing_unit in _files_for(viewer)
    if subject.roles.get(viewer.person_id) == "self" and not files_here:
        return True
    if _kin(viewer, subject) and not files_here and not _own_letter(viewer, subject):
        return True
    units = _own_units(viewer)
    return subject.nominee_unit in units and subject.proposing_unit not in units


def _kin(viewer: Viewer, subject: Subject) -> bool:
    """Whether the viewer is the nominee, belongs to it, or has declared a conflict."""
    return viewer.person_id in subject.roles or viewer.person_id in subject.declared


def _own_letter(viewer: Viewer, subject: Subject) -> bool:
    """Kin are free at the proposing unit's own council and letter, unless it decides the form itself."""
    decides = (subject.form, subject.entry_stage) in DECIDES_ITSELF
    role = subject.roles.get(viewer.person_id)
    return role != "self" and not decides and subject.proposing_unit in _signs_for(viewer)


def _reviews_at(viewer: Viewer, subject: Subject) -> frozenset[str]:
    """The stages of this file at which the viewer holds a reviewing post, or sits in the council."""
    units = {post.unit_id for post in viewer.posts if post.duty not in {FILES_FOR, *SEES_NO_FILE}}
    stages = {stage for stage, unit in subject.path.items() if unit in units and stage != "central"}
    return frozenset(stages) | _seats_at(viewer, subject)


def _seats_at(viewer: Viewer, subject: Subject) -> frozenset[str]:
    """The stages whose council the viewer sits in; the provincial one, at the Chairman's unit, votes for the board."""
    units = {seat.unit for seat in viewer.actor.seats}
    stages = {stage for stage, unit in subject.path.items() if unit in units and stage != "central"}
    return frozenset(stages | ({"board"} if "chairman" in stages else set()))


def _ballots_at(viewer: Viewer, subject: Subject) -> frozenset[str]:
    """The stages whose ballots are the viewer's own business: council, its secretary, the head who signs after it."""
    units = {post.unit_id for post in viewer.posts if post.duty in {"secretary", *HEADS}}
    stages = {stage for stage, unit in subject.path.items() if unit in units}
    return frozenset(stages) | _seats_at(viewer, subject)


def _up_to(subject: Subject, here: frozenset[str]) -> frozenset[str]:
    """The stages at and below the highest of ``here``: who receives a file receives what lower levels wrote."""
    if not here:
        return frozenset()
    highest = max(STAGES.index(stage) for stage in here if stage in STAGES)
    return frozenset(stage for stage in subject.path if stage in STAGES and STAGES.index(stage) <= highest)


def _supervised(viewer: Viewer, subject: Subject) -> frozenset[str]:
    """The stages a supervisor reads: those of the levels in their own area."""
    units = {post.unit_id for post in viewer.posts if post.duty == "supervisor"}
    levels = {post.level for post in viewer.posts if post.duty == "supervisor"}
    if "province" in levels:
        return frozenset(subject.path)
    below = {"district": ("unit", "commune", "district"), "commune": ("unit", "commune")}
    named = {stage for level in levels for stage in below.get(level, ())}
    return frozenset(stage for stage, unit in subject.path.items() if stage in named or unit in units)


def _own_units(viewer: Viewer) -> frozenset[int]:
    """The units the viewer belongs to by any post."""
    return frozenset(post.unit_id for post in viewer.posts)


def _files_for(viewer: Viewer) -> frozenset[int]:
    """The units the viewer files for."""
    return frozenset(post.unit_id for post in viewer.posts if post.duty == FILES_FOR)


def _signs_for(viewer: Viewer) -> frozenset[int]:
    """The units whose letter the viewer signs or in whose council they sit."""
    heads = {post.unit_id for post in viewer.posts if post.duty in HEADS}
    return frozenset(heads | {seat.unit for seat in viewer.actor.seats})
