"""The demonstration's accounts: made once through the services, and listed with what each may do."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.people import Council, CouncilSeat, Person, Post
from nominations.models.units import Unit
from nominations.services.councils import NewCouncil, NewSeat, open_council, seat
from nominations.services.errors import NotFound
from nominations.services.passwords import hash_passwords
from nominations.services.people import NewPerson, NewPost, create_person, grant
from nominations.services.seeding.reference import SYSTEM
from nominations.services.units import NewUnit, open_unit, unit_on
from nominations.transactions import transactional

Raw = dict[str, Any]
INVENTED = "[practice] hư cấu, dựng cho bản trình diễn"


@dataclass(frozen=True, slots=True)
class Role:
    """A duty or a council seat (``council: member``) at a unit, with the days it is held."""

    duty: str
    unit_code: str
    unit: str
    title: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration account as people are told of it."""

    username: str
    password: str
    full_name: str
    roles: tuple[Role, ...]


@cache
def account_data() -> Raw:
    """The accounts as written down: people, units of the demonstration, posts and councils by place."""
    return tomllib.loads(resources.files(__package__).joinpath("accounts.toml").read_text("utf-8"))


def password() -> str:
    """The password all demonstration accounts share."""
    return str(account_data()["password"])


@transactional
def seed_accounts(session: Session, clock: Clock) -> int:
    """Make the demonstration's accounts where there are none; how many. Needs the reference data.

    The caller refuses in production. Raises NotFound when a unit is missing.
    """
    if session.scalar(select(Person.id).where(Person.demo).limit(1)) is not None:
        return 0
    data = account_data()
    for raw in data["unit"]:
        _open_unit(session, clock, raw)
    people = _make_people(session, clock, data["people"])
    for place in data["place"]:
        _staff(session, clock, place, people)
    return len(people)


def list_accounts(session: Session) -> tuple[Account, ...]:
    """Every demonstration account in use, by user name, with all it ever may do and when."""
    roles: defaultdict[int, list[Role]] = defaultdict(list)
    for row in session.execute(_POSTS):
        roles[row.person_id].append(Role(row.duty, row.code, row.name, row.title, row.valid_from, row.valid_to))
    for row in session.execute(_SEATS):
        duty = f"council: {row.role}"
        roles[row.person_id].append(Role(duty, row.code, row.name, row.council, row.valid_from, row.valid_to))
    people = session.execute(
        select(Person.id, Person.username, Person.full_name).where(Person.demo, Person.active).order_by(Person.username)
    )
    return tuple(Account(row.username, password(), row.full_name, tuple(roles[row.id])) for row in people)


_POSTS = (
    select(Post.person_id, Post.duty, Unit.code, Unit.name, Post.title, Post.valid_from, Post.valid_to)
    .join(Unit, Unit.id == Post.unit_id)
    .order_by(Post.valid_from, Post.id)
)
_SEATS = (
    select(
        CouncilSeat.person_id,
        CouncilSeat.role,
        Unit.code,
        Unit.name,
        Council.name.label("council"),
        CouncilSeat.valid_from,
        CouncilSeat.valid_to,
    )
    .join(Council, Council.id == CouncilSeat.council_id)
    .join(Unit, Unit.id == Council.unit_id)
    .order_by(CouncilSeat.valid_from, CouncilSeat.id)
)


def _open_unit(session: Session, clock: Clock, raw: Raw) -> None:
    new = NewUnit(
        code=raw["code"],
        name=raw["name"],
        kind=raw["kind"],
        level="unit",
        parent_id=_unit(session, raw["parent"], raw["valid_from"]).id,
        valid_from=raw["valid_from"],
        valid_to=raw.get("valid_to"),
        bloc=raw.get("bloc"),
        source=INVENTED,
    )
    open_unit(session, clock, SYSTEM, new)


def _make_people(session: Session, clock: Clock, named: dict[str, str]) -> dict[str, int]:
    hashes = hash_passwords([password()] * len(named))
    return {
        username: create_person(
            session,
            clock,
            SYSTEM,
            NewPerson(username, full_name, email=f"{username}@demo.invalid", demo=True, password_hash=hashed),
        ).id
        for (username, full_name), hashed in zip(named.items(), hashes, strict=True)
    }


def _staff(session: Session, clock: Clock, place: Raw, people: dict[str, int]) -> None:
    unit = _unit(session, place["unit"], place["on"])
    titles = account_data()["titles"]["body" if unit.level == "unit" else "place"]
    for duty, usernames in place["posts"].items():
        for username in usernames:
            post = NewPost(people[username], unit.id, duty, titles[duty], unit.valid_from, unit.valid_to)
            grant(session, clock, SYSTEM, post)
    if "council" in place:
        council = _council(session, clock, unit, place["council"])
        for role, usernames in place["seats"].items():
            for username in usernames:
                new = NewSeat(council.id, people[username], role, council.valid_from, council.valid_to)
                seat(session, clock, SYSTEM, new)


def _council(session: Session, clock: Clock, unit: Unit, name: str) -> Council:
    """The unit's council: the provincial ones are reference data already."""
    known = session.scalar(select(Council).where(Council.unit_id == unit.id))
    return known or open_council(session, clock, SYSTEM, NewCouncil(unit.id, name, unit.valid_from, unit.valid_to))


def _unit(session: Session, code: str, day: date) -> Unit:
    found = unit_on(session, code, day)
    if found is None:
        raise NotFound(f"unit {code} on {day.isoformat()}")
    return found
