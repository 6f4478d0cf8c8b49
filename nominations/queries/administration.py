"""What administrators see: accounts with their posts, councils with their seats, the calendar, figures of the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from nominations.models.people import ApiToken, Council, CouncilSeat, Person, Post
from nominations.models.reference import Holiday, LegalValue
from nominations.models.units import Unit
from nominations.names import folded
from nominations.queries.pages import Page, decode, paged, size

Ends = InstrumentedAttribute[date | None]


@dataclass(frozen=True, slots=True)
class PostOf:
    """A post as it was given: its unit and its days, past and future ones too."""

    ref: str
    unit_id: int
    unit_name: str
    duty: str
    title: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class SeatOf:
    """A seat in a council, with who sits there."""

    id: int
    council_id: int
    council: str
    person_ref: str
    person: str
    username: str
    role: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """An account in a list, with what its holder does on the day asked for."""

    ref: str
    username: str
    full_name: str
    active: bool
    demo: bool
    posts: tuple[PostOf, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """An account with every post and seat it ever had; ``tokens`` counts its keys to the API in use."""

    id: int
    ref: str
    username: str
    full_name: str
    email: str | None
    active: bool
    demo: bool
    created_at: datetime
    posts: tuple[PostOf, ...]
    seats: tuple[SeatOf, ...]
    tokens: int


@dataclass(frozen=True, slots=True)
class CouncilLine:
    """A council with the number of seats taken on the day asked for."""

    id: int
    name: str
    unit_id: int
    unit_name: str
    valid_from: date
    valid_to: date | None
    seats: int


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A dated figure of the law with its source mark."""

    id: int
    kind: str
    key: str
    valid_from: date
    valid_to: date | None
    value: str
    note: str | None
    source: str


def people(
    session: Session, today: date, q: str | None = None, cursor: str | None = None, limit: int = 50
) -> Page[PersonLine]:
    """A page of accounts by user name; ``q`` a part of the name, with or without marks. Raises BadCursor."""
    after, limit = decode(cursor, str), size(limit)
    found = (
        select(Person.id, Person.ref, Person.username, Person.full_name, Person.active, Person.demo)
        .order_by(Person.username)
        .limit(limit + 1)
    )
    if q:
        words = folded(q)
        found = found.where(
            or_(Person.name_folded.contains(words, autoescape=True), Person.username.contains(words, autoescape=True))
        )
    if after is not None:
        found = found.where(Person.username > after[0])
    rows = session.execute(found).all()
    held = _posts(
        session, and_(Post.person_id.in_([row.id for row in rows]), _on(Post.valid_from, Post.valid_to, today))
    )
    return paged(
        rows,
        limit,
        lambda row: PersonLine(row.ref, row.username, row.full_name, row.active, row.demo, held.get(row.id, ())),
        lambda row: (row.username,),
    )


def account(session: Session, ref: str) -> Account | None:
    """An account by its random reference, with everything it ever held."""
    row = session.execute(
        select(
            Person.id, Person.ref, Person.username, Person.full_name, Person.email, Person.active, Person.demo,
            Person.created_at,
        ).where(Person.ref == ref)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    in_use = select(func.count()).where(ApiToken.person_id == row.id, ApiToken.revoked_at.is_(None))
    return Account(
        *row,
        posts=_posts(session, Post.person_id == row.id).get(row.id, ()),
        seats=seats(session, CouncilSeat.person_id == row.id),
        tokens=session.scalar(in_use) or 0,
    )


def post(session: Session, ref: str) -> tuple[PostOf, str, str] | None:
    """A post with the reference and the name of who holds it."""
    row = session.execute(
        select(Post.person_id, Person.ref, Person.full_name)
        .join(Person, Person.id == Post.person_id)
        .where(Post.ref == ref)
    ).one_or_none()
    if row is None:
        return None
    [found] = _posts(session, Post.ref == ref)[row.person_id]
    return found, row.ref, row.full_name


def posts_at(session: Session, unit_id: int, day: date) -> tuple[tuple[str, str, PostOf], ...]:
    """Who holds what at a unit on a day: reference and name of the person, and the post."""
    held = _posts(session, and_(Post.unit_id == unit_id, _on(Post.valid_from, Post.valid_to, day)))
    named = session.execute(
        select(Person.id, Person.ref, Person.full_name).where(Person.id.in_(list(held))).order_by(Person.full_name)
    )
    return tuple((row.ref, row.full_name, one) for row in named for one in held[row.id])


def councils(session: Session, day: date) -> tuple[CouncilLine, ...]:
    """Every council, those of the day first, with its seats taken on the day."""
    taken = (
        select(func.count())
        .select_from(CouncilSeat)
        .where(CouncilSeat.council_id == Council.id, _on(CouncilSeat.valid_from, CouncilSeat.valid_to, day))
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Council.id, Council.name, Council.unit_id, Unit.name.label("unit_name"), Council.valid_from,
            Council.valid_to, taken,
        )
        .join(Unit, Unit.id == Council.unit_id)
        .order_by(_on(Council.valid_from, Council.valid_to, day).desc(), Unit.path, Council.id)
    )  # fmt: skip
    return tuple(CouncilLine(*row) for row in rows)


def council(session: Session, council_id: int, day: date) -> CouncilLine | None:
    """One council."""
    return next((line for line in councils(session, day) if line.id == council_id), None)


def seats(session: Session, which: ColumnElement[bool]) -> tuple[SeatOf, ...]:
    """Seats with their councils and people, in the order they were given."""
    rows = session.execute(
        select(
            CouncilSeat.id, CouncilSeat.council_id, Council.name, Person.ref, Person.full_name, Person.username,
            CouncilSeat.role, CouncilSeat.valid_from, CouncilSeat.valid_to,
        )
        .join(Council, Council.id == CouncilSeat.council_id)
        .join(Person, Person.id == CouncilSeat.person_id)
        .where(which)
        .order_by(CouncilSeat.valid_from, CouncilSeat.id)
    )  # fmt: skip
    return tuple(SeatOf(*row) for row in rows)


def seats_of(session: Session, council_id: int) -> tuple[SeatOf, ...]:
    """Every seat a council ever had."""
    return seats(session, CouncilSeat.council_id == council_id)


def holiday_years(session: Session) -> tuple[int, ...]:
    """The years the calendar knows days of, in order."""
    days = session.scalars(select(Holiday.on_date))
    return tuple(sorted({day.year for day in days}))


def holidays(session: Session, year: int) -> tuple[Holiday, ...]:
    """The days of one year that are not worked as their weekday says."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = session.scalars(select(Holiday).where(Holiday.on_date.between(first, last)).order_by(Holiday.on_date))
    return tuple(rows)


def legal_values(session: Session) -> tuple[ValueLine, ...]:
    """Every dated figure, kind by kind, what holds longest first within each."""
    value = LegalValue
    rows = session.execute(
        select(value.id, value.kind, value.key, value.valid_from, value.valid_to, value.value, value.note, value.source)
        .order_by(value.kind, value.key, value.valid_from.desc())
    )  # fmt: skip
    return tuple(ValueLine(*row) for row in rows)


def _on(first: InstrumentedAttribute[date], last: Ends, day: date) -> ColumnElement[bool]:
    return and_(first <= day, or_(last.is_(None), last >= day))


def _posts(session: Session, which: ColumnElement[bool]) -> Mapping[int, tuple[PostOf, ...]]:
    """Posts by the row number of who holds them."""
    rows = session.execute(
        select(Post.person_id, Post.ref, Post.unit_id, Unit.name, Post.duty, Post.title, Post.valid_from, Post.valid_to)
        .join(Unit, Unit.id == Post.unit_id)
        .where(which)
        .order_by(Post.valid_from.desc(), Post.id)
    )
    held: dict[int, list[PostOf]] = {}
    for row in rows:
        held.setdefault(row.person_id, []).append(PostOf(*row[1:]))
    return {person_id: tuple(found) for person_id, found in held.items()}
