"""Who sees what of a file: whether it is there for them at all, and how far they may read in it.

Three levels. *full*: a reviewer, an auditor or a supervisor, who reads what their own stages and those below wrote.
*proposer*: who files, who reads the content, the returns and where the file is. *bare*: somebody in conflict, who sees
that the line exists and nothing beyond it (decision 10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Boolean, ColumnElement, literal_column

from nominations.queries.actors import SEES_NO_FILE, Viewer
from nominations.queries.sql import numbers, there
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
    return literal_column(reach_sql(viewer, "nominations"), Boolean())


def is_bare(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on nominations that this viewer is in conflict and may see no more than that one exists."""
    return literal_column(f"({bare_sql(viewer, 'nominations')})", Boolean())


def reach_sql(viewer: Viewer, n: str = "n") -> str:
    """The same as ``reaches`` for SQL written by hand, ``n`` being what it calls the nominations."""
    ways = tree_sql(viewer, n)
    if viewer.units or viewer.former:
        here = numbers(viewer.units | viewer.former)
        ways.append(there(f"SELECT 1 FROM nomination_reach q WHERE q.nomination_id = {n}.id AND q.unit_id IN ({here})"))
    return f"({' OR '.join(ways)})" if ways else "1 = 0"


def tree_sql(viewer: Viewer, n: str = "n") -> list[str]:
    """The parts of the tree read from above; a supervisor reads what has been submitted, an auditor drafts too."""
    audited = [_under(viewer.audits, n)] if viewer.audits else []
    supervised = [f"({_under(viewer.supervises, n)} AND {n}.state <> '{DRAFT}')"] if viewer.supervises else []
    return [*audited, *supervised]


def bare_sql(viewer: Viewer, n: str = "n") -> str:
    """The same as ``is_bare`` for SQL written by hand."""
    me, units = int(viewer.person_id), numbers(_own_units(viewer))
    files_here = f"{n}.proposing_unit_id IN ({numbers(_files_for(viewer))})"
    signs_here = f"{n}.proposing_unit_id IN ({numbers(_signs_for(viewer))})"
    decides = " OR ".join(f"({n}.form = '{form}' AND {n}.entry_stage = '{at}')" for form, at in DECIDES_ITSELF)
    person = f"SELECT 1 FROM nominee_persons y WHERE y.nominee_id = {n}.nominee_id AND y.person_id = {me}"
    declared = f"SELECT 1 FROM conflict_declarations d WHERE d.nominee_id = {n}.nominee_id AND d.person_id = {me}"
    kin = f"(EXISTS ({person} AND y.role <> 'self') OR EXISTS ({declared}))"
    own_unit = f"EXISTS (SELECT 1 FROM nominees e WHERE e.id = {n}.nominee_id AND e.unit_id IN ({units}))"
    return (
        f"EXISTS ({person} AND y.role = 'self') AND NOT {files_here}"
        f" OR {kin} AND NOT {files_here} AND NOT ({signs_here} AND NOT ({decides}))"
        f" OR {own_unit} AND {n}.proposing_unit_id NOT IN ({units})"
    )


def _under(paths: tuple[str, ...], n: str) -> str:
    """That a file's proposing unit lies under one of these."""
    below = " OR ".join(f"x.path BETWEEN '{path}' AND '{path.removesuffix('/')}0'" for path in paths)  # "0" follows "/"
    # Of a whole province there is nothing to narrow down, and its list is walked newest first: no index on the unit.
    narrow = " + 0" if any(path.count("/") == 2 for path in paths) else ""
    return f"{n}.proposing_unit_id{narrow} IN (SELECT x.id FROM units x WHERE {below})"


# --- in Python: one file ------------------------------------------------------------------------------------------


def sight(viewer: Viewer, subject: Subject) -> Sight | None:
    """How far this viewer reads in a file; None when it is not there for them."""
    audits = any(subject.proposing_path.startswith(path) for path in viewer.audits)
    supervises = subject.state != DRAFT and any(subject.proposing_path.startswith(path) for path in viewer.supervises)
    here_once = viewer.former & subject.reached
    if not (audits or supervises or here_once or viewer.units & subject.reached):
        return None
    if _in_conflict(viewer, subject):
        return Sight("bare")
    if audits:
        every = frozenset(STAGES)
        return Sight("full", every, every, every, audits=True)
    kin = _kin(viewer, subject)
    own_nominee = subject.nominee_unit in _own_units(viewer)
    here = _reviews_at(viewer, subject)
    if own_nominee:  # its own stage alone, where it has one: above that it is in conflict
        here &= {subject.entry_stage} if subject.path.get(subject.entry_stage) == subject.proposing_unit else set()
    if kin or not (here or supervises):
        return Sight("proposer", _once(viewer, subject) if here_once and not kin else frozenset())
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
    units = {post.unit_id for post in viewer.works if post.duty not in {FILES_FOR, *SEES_NO_FILE}}
    stages = {stage for stage, unit in subject.path.items() if unit in units and stage != "central"}
    return frozenset(stages) | _seats_at(viewer, subject)


def _seats_at(viewer: Viewer, subject: Subject) -> frozenset[str]:
    """The stages whose council the viewer sits in; the provincial one, at the Chairman's unit, votes for the board."""
    units = {seat.unit for seat in viewer.actor.seats}
    stages = {stage for stage, unit in subject.path.items() if unit in units and stage != "central"}
    return frozenset(stages | ({"board"} if "chairman" in stages else set()))


def _ballots_at(viewer: Viewer, subject: Subject) -> frozenset[str]:
    """The stages whose ballots are the viewer's own business: council, its secretary, the head who signs after it."""
    units = {post.unit_id for post in viewer.works if post.duty in {"secretary", *HEADS}}
    stages = {stage for stage, unit in subject.path.items() if unit in units}
    return frozenset(stages) | _seats_at(viewer, subject)


def _once(viewer: Viewer, subject: Subject) -> frozenset[str]:
    """The levels that have ended without a successor, for whoever served there: what was written there was theirs.

    A level that went on as another unit has what its successor writes, which is not.
    """
    return frozenset(stage for stage, unit in subject.path.items() if unit in viewer.former)


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
