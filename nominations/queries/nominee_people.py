"""Accounts and nominees: who is named as whom, whom a name finds, and what somebody nominated may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from nominations.models.movements import Round
from nominations.models.nominations import Nomination
from nominations.models.nominees import Nominee, NomineePerson
from nominations.models.people import Person, Post
from nominations.models.units import Unit
from nominations.names import folded
from nominations.queries.actors import Viewer
from workflows import DRAFT, HELD

MOST_FOUND = 20
FEWEST_LETTERS = 2
ENDED = {"awarded", "not_awarded", "withdrawn", "replaced", "annulled"}


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """An account named as the nominee's, with what its holder is to it."""

    username: str
    full_name: str
    role: str


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """An account found by its name, with the posts held today by which people tell namesakes apart."""

    username: str
    full_name: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file about the viewer: form, round, and how it stands, in the few words a nominee may know."""

    form: str
    round_title: str
    nominee: str
    status: str  # considered, returned, held, or an end: awarded, not_awarded, withdrawn, replaced, annulled


def named_persons(session: Session, nominee_id: int) -> tuple[NamedPerson, ...]:
    """Every account named for the nominee, in the order of their names."""
    rows = session.execute(
        select(Person.username, Person.full_name, NomineePerson.role)
        .join(Person, Person.id == NomineePerson.person_id)
        .where(NomineePerson.nominee_id == nominee_id)
        .order_by(Person.name_folded, Person.id)
    )
    return tuple(NamedPerson(*row) for row in rows)


def find_people(session: Session, typed: str, today: date) -> tuple[FoundPerson, ...]:
    """Open accounts whose name has every word typed, or whose user name begins so; nobody for a single letter."""
    words = folded(typed).split()
    if sum(map(len, words)) < FEWEST_LETTERS:
        return ()
    by_name = [Person.name_folded.contains(word, autoescape=True) for word in words]
    by_account = Person.username.startswith(typed.strip().lower(), autoescape=True)
    return _found(session, today, or_(and_(*by_name), by_account))


def likely_people(session: Session, nominee_id: int, today: date) -> tuple[FoundPerson, ...]:
    """Open accounts of exactly the nominee's name whose holder has a post in its home unit, and not yet named.

    Accounts keep no year of birth, so a person has to confirm it. Only for an individual or a household.
    """
    nominee = session.execute(
        select(Nominee.name, Nominee.home_unit_id).where(Nominee.id == nominee_id, Nominee.kind != "collective")
    ).one_or_none()
    if nominee is None:
        return ()
    there = select(Post.person_id).where(Post.unit_id == nominee.home_unit_id, *_held(today))
    already = select(NomineePerson.person_id).where(NomineePerson.nominee_id == nominee_id)
    return _found(session, today, (Person.full_name == nominee.name) & Person.id.in_(there) & Person.id.not_in(already))


def own_files(session: Session, viewer: Viewer) -> tuple[OwnFile, ...]:
    """The submitted files of nominees the viewer is named for, newest first; a draft has not left its unit."""
    rows = session.execute(
        select(Nomination.form, Round.title, Nomination.nominee_name, Nomination.state)
        .join(NomineePerson, NomineePerson.nominee_id == Nomination.nominee_id)
        .join(Round, Round.id == Nomination.round_id)
        .where(NomineePerson.person_id == viewer.person_id, Nomination.state != DRAFT)
        .order_by(Nomination.id.desc())
        .limit(50)
    )
    return tuple(OwnFile(form, title, name, plain_status(state)) for form, title, name, state in rows)


def plain_status(state: str) -> str:
    """A state as a nominee may know it: no level, no step, no reason."""
    if state in ENDED:
        return state
    if state.endswith(HELD):
        return "held"
    return "returned" if state.endswith(".returned") else "considered"


def _held(today: date) -> tuple[ColumnElement[bool], ...]:
    return Post.valid_from <= today, or_(Post.valid_to.is_(None), Post.valid_to >= today)


def _found(session: Session, today: date, which: ColumnElement[bool]) -> tuple[FoundPerson, ...]:
    people = session.execute(
        select(Person.id, Person.username, Person.full_name)
        .where(Person.active, which)
        .order_by(Person.name_folded, Person.id)
        .limit(MOST_FOUND)
    ).all()
    posts = session.execute(
        select(Post.person_id, Post.title, Unit.name)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.person_id.in_([row.id for row in people]), *_held(today))
        .order_by(Post.id)
    ).all()
    return tuple(
        FoundPerson(
            row.username, row.full_name, tuple(f"{title}, {unit}" for person, title, unit in posts if person == row.id)
        )
        for row in people
    )
