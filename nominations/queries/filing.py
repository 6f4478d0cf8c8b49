"""What somebody who files needs to choose from: rounds with their forms, criteria groups, nominees already known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from nominations.models.movements import CriteriaGroup, Criterion, Round, RoundForm
from nominations.models.nominations import Nomination
from nominations.models.nominees import Nominee, PastAward
from nominations.models.reference import AwardForm
from nominations.models.units import Unit
from nominations.names import folded
from nominations.queries.actors import Viewer
from nominations.queries.criteria_versions import in_force
from nominations.queries.kept import kept
from nominations.queries.visibility import is_bare, reaches

MOST_FOUND = 20
FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class FormName:
    """An award form with its name in both languages."""

    code: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class RoundChoice:
    """A round that takes files, with the forms it admits."""

    code: str
    title: str
    kind: str
    movement_id: int
    opens_on: date
    closes_on: date
    forms: tuple[FormName, ...]


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """One of the plan's seven groups of nominees."""

    group_no: str
    title: str
    subject_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionText:
    """A criterion in the plan's own words, with the evidence proposed for it."""

    code: str
    text: str
    required: str
    evidence: str | None
    source: str


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file a nominee already has."""

    code: str
    form: str
    round_title: str
    state: str


@dataclass(frozen=True, slots=True)
class KnownAward:
    """An award a nominee already has, of this movement or another."""

    form: str
    number: str | None
    decided_on: date


@dataclass(frozen=True, slots=True)
class KnownNominee:
    """A nominee already known, with what they have been proposed for and awarded."""

    ref: str
    name: str
    kind: str
    birth_year: int | None
    home: str
    files: tuple[KnownFile, ...]
    awards: tuple[KnownAward, ...]


@kept
def open_rounds(session: Session, today: date) -> tuple[RoundChoice, ...]:
    """The rounds that take files today, the one that closes first before the others."""
    rounds = session.execute(
        select(Round.id, Round.code, Round.title, Round.kind, Round.movement_id, Round.opens_on, Round.closes_on)
        .where(Round.opens_on <= today, Round.closes_on >= today, Round.closed_at.is_(None))
        .order_by(Round.closes_on, Round.code)
    ).all()
    forms = session.execute(
        select(RoundForm.round_id, AwardForm.code, AwardForm.name, AwardForm.name_en)
        .join(AwardForm, AwardForm.code == RoundForm.form)
        .where(RoundForm.round_id.in_([row.id for row in rounds]))
        .order_by(RoundForm.round_id, AwardForm.code)
    ).all()
    return tuple(
        RoundChoice(*row[1:], tuple(FormName(*form[1:]) for form in forms if form.round_id == row.id)) for row in rounds
    )


@kept
def form_names(session: Session) -> tuple[FormName, ...]:
    """Every award form with its names."""
    rows = session.execute(select(AwardForm.code, AwardForm.name, AwardForm.name_en).order_by(AwardForm.code))
    return tuple(FormName(*row) for row in rows)


@kept
def round_titles(session: Session) -> tuple[tuple[str, str], ...]:
    """Code and title of every round, the latest first."""
    rows = session.execute(select(Round.code, Round.title).order_by(Round.opens_on.desc(), Round.code))
    return tuple((row.code, row.title) for row in rows)


@kept
def groups_of(session: Session, movement_id: int) -> tuple[GroupChoice, ...]:
    """The groups of the movement's newest criteria, in the plan's order."""
    newest = select(func.max(CriteriaGroup.version)).where(CriteriaGroup.movement_id == movement_id).scalar_subquery()
    rows = session.execute(
        select(CriteriaGroup.group_no, CriteriaGroup.title, CriteriaGroup.subject_kinds)
        .where(CriteriaGroup.movement_id == movement_id, CriteriaGroup.version == newest)
        .order_by(CriteriaGroup.group_no)
    )
    return tuple(GroupChoice(row.group_no, row.title, tuple(row.subject_kinds)) for row in rows)


@kept
def criterion_texts(session: Session, movement_id: int, group_no: str, on: date) -> tuple[CriterionText, ...]:
    """The criteria of a group in force on a day, in the plan's words and order."""
    chosen = in_force(movement_id, on)
    rows = session.execute(
        select(Criterion.code, Criterion.text, Criterion.required, Criterion.evidence, Criterion.source)
        .where(Criterion.movement_id == movement_id, Criterion.version == chosen, Criterion.group_no == group_no)
        .order_by(Criterion.position, Criterion.code)
    )
    return tuple(CriterionText(*row) for row in rows)


def criterion_codes(session: Session, movement_id: int) -> tuple[str, ...]:
    """The codes of every criterion of the plan, in its order: a decision changes their words, never the codes."""
    groups = groups_of(session, movement_id)
    return tuple(c.code for group in groups for c in criterion_texts(session, movement_id, group.group_no, date.max))


def known_nominees(session: Session, viewer: Viewer, kind: str, typed: str) -> tuple[KnownNominee, ...]:
    """Nominees of that kind whose name has every word typed, with or without diacritics; nobody for a single letter.

    Those of the viewer's own units, and those of files that have reached them. One in conflict with the viewer is
    found by name, but what became of the files is not told.
    """
    words = folded(typed).split()
    if sum(map(len, words)) < FEWEST_LETTERS:
        return ()
    rows = session.execute(
        select(Nominee.id, Nominee.ref, Nominee.name, Nominee.kind, Nominee.birth_year, Unit.name.label("home"))
        .join(Unit, Unit.id == Nominee.home_unit_id)
        .where(Nominee.kind == kind, *(_has(word) for word in words), _near(viewer))
        .order_by(Nominee.name_folded, Nominee.id)
        .limit(MOST_FOUND)
    ).all()
    files, awards = _files(session, viewer, [row.id for row in rows]), _awards(session, [row.id for row in rows])
    return tuple(KnownNominee(*row[1:], files.get(row.id, ()), awards.get(row.id, ())) for row in rows)


def _has(word: str) -> ColumnElement[bool]:
    return Nominee.name_folded.contains(word, autoescape=True)


def _near(viewer: Viewer) -> ColumnElement[bool]:
    """Nominees of the viewer's units, or of files that reached them."""
    units = sorted(viewer.units)
    seen = select(Nomination.nominee_id).where(reaches(viewer))
    return or_(Nominee.home_unit_id.in_(units), Nominee.id.in_(seen))


def _files(session: Session, viewer: Viewer, nominees: list[int]) -> dict[int, tuple[KnownFile, ...]]:
    rows = session.execute(
        select(Nomination.nominee_id, Nomination.code, Nomination.form, Round.title, Nomination.state)
        .join(Round, Round.id == Nomination.round_id)
        .where(Nomination.nominee_id.in_(nominees), reaches(viewer), ~is_bare(viewer))
        .order_by(Nomination.id.desc())
    )
    found: dict[int, tuple[KnownFile, ...]] = {}
    for row in rows:
        found[row.nominee_id] = (*found.get(row.nominee_id, ()), KnownFile(*row[1:]))
    return found


def _awards(session: Session, nominees: list[int]) -> dict[int, tuple[KnownAward, ...]]:
    rows = session.execute(
        select(PastAward.nominee_id, PastAward.form, PastAward.decision_number, PastAward.decided_on)
        .where(PastAward.nominee_id.in_(nominees), PastAward.annulled_on.is_(None))
        .order_by(PastAward.decided_on.desc(), PastAward.id)
    )
    found: dict[int, tuple[KnownAward, ...]] = {}
    for row in rows:
        found[row.nominee_id] = (*found.get(row.nominee_id, ()), KnownAward(*row[1:]))
    return found
