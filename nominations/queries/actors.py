"""Who somebody is today: the posts and seats the rules ask about, and the units whose files they may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from nominations.models.people import Council, CouncilSeat, Person
from nominations.models.units import Unit, UnitSuccession
from nominations.queries.sql import Found, day, document, numbers, rows
from workflows import Actor, Delegation, Seat
from workflows import Post as HeldPost

READS_TREE = ("auditor", "supervisor")
SEES_NO_FILE = ("admin", "asked_body", *READS_TREE)  # an asked body reads what is addressed to it, and no file
WHOLE = "all"  # the function of a succession by which a unit goes on as another


_IN_FORCE = "{x}.valid_from <= :today AND ({x}.valid_to IS NULL OR {x}.valid_to >= :today)"
FORMERLY = 2  # the place of a post held to the last day of a unit that has ended
_POSTS = f"""SELECT CASE WHEN {_IN_FORCE.format(x="p")} THEN 0 ELSE {FORMERLY} END AS place,
    p.id, p.ref, p.unit_id, u.name AS unit_name, u.path, u.level, p.duty, p.title,
    NULL AS kind, NULL AS forms, NULL AS last, NULL AS document, NULL AS giver_id, NULL AS giver_ref, NULL AS giver_name
    FROM posts p JOIN units u ON u.id = p.unit_id WHERE p.person_id = :me AND ({_IN_FORCE.format(x="p")}
    OR u.valid_to < :today AND (p.valid_to IS NULL OR p.valid_to >= u.valid_to))
    UNION ALL SELECT 1, d.id, d.ref, p.unit_id, u.name, u.path, u.level, p.duty, d.title, d.kind, d.forms,
    coalesce(d.ended_on, d.valid_to), d.document, g.id, g.ref, g.full_name
    FROM delegations d JOIN posts p ON p.id = d.post_id JOIN units u ON u.id = p.unit_id
    JOIN people g ON g.id = p.person_id AND g.active WHERE d.receiver_id = :me AND d.valid_from <= :today
    AND coalesce(d.ended_on, d.valid_to) >= :today AND {_IN_FORCE.format(x="p")} ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Given:
    """A delegation as people read it: what kind, by whom, on which paper, for which forms (None: all), to which day."""

    kind: str
    giver: str
    document: str
    forms: tuple[str, ...] | None
    last_day: date


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as people read it; ``given`` where it is somebody else's, done for them."""

    ref: str
    unit_id: int
    unit_name: str
    unit_path: str
    level: str
    duty: str
    title: str
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads: the actor, the units whose files they may see, and the parts of the tree they audit.

    ``posts`` are their own; ``delegated`` are others', done under a delegation.
    ``former`` are units that have ended and that they served to the last day: what had come there they go on reading.
    """

    actor: Actor
    full_name: str
    posts: tuple[PostLine, ...]
    units: frozenset[int]
    audits: tuple[str, ...]  # paths of units whose whole tree an auditor reads, those they succeeded too
    supervises: tuple[str, ...]
    admin: bool
    councils: tuple[str, ...]  # the names of the councils in which they have a vote
    delegated: tuple[PostLine, ...] = ()
    former: frozenset[int] = frozenset()

    @property
    def person_id(self) -> int:
        """The person's row number."""
        return self.actor.person

    @property
    def works(self) -> tuple[PostLine, ...]:
        """Every post they work from today, their own first."""
        return self.posts + self.delegated

    def has(self, *duties: str) -> bool:
        """True when one of ``duties`` is held today, or done for whoever holds it."""
        return any(post.duty in duties for post in self.works)


def viewer(session: Session, person_id: int, today: date) -> Viewer | None:
    """The viewer for an active person, with what they hold on ``today``; None for nobody."""
    person = session.execute(
        select(Person.ref, Person.full_name).where(Person.id == person_id, Person.active)
    ).one_or_none()
    if person is None:
        return None
    held = _held(session, person_id, today)
    posts, delegated = (tuple(_line(row) for row in held if row.place == place) for place in (0, 1))
    served = frozenset(row.unit_id for row in held if row.place == FORMERLY and row.duty not in SEES_NO_FILE)
    seated, sat = _seats(session, person_id, today)
    seats = tuple(seat for seat, _name in seated)
    own = tuple(HeldPost(post.ref, post.unit_id, post.duty) for post in posts)
    return Viewer(
        actor=Actor(person_id, person.ref, own, seats, _delegated(session, held, today)),
        full_name=person.full_name,
        posts=posts,
        units=frozenset(p.unit_id for p in (*posts, *delegated) if p.duty not in SEES_NO_FILE)
        | {seat.unit for seat in seats},
        audits=_trees(session, posts, "auditor"),
        supervises=_trees(session, posts, "supervisor"),
        admin=any(post.duty == "admin" for post in posts),
        councils=tuple(dict.fromkeys(name for seat, name in seated if seat.votes)),
        delegated=delegated,
        former=served | sat,
    )


def _trees(session: Session, posts: tuple[PostLine, ...], duty: str) -> tuple[str, ...]:
    """The parts of the tree read from above: those of the posts, and those of the units these took over whole."""
    own = {post.unit_id: post.unit_path for post in posts if post.duty == duty}
    if not own:
        return ()
    taken_over = (
        select(Unit.path)
        .join(UnitSuccession, UnitSuccession.old_unit_id == Unit.id)
        .where(UnitSuccession.new_unit_id.in_(sorted(own)), UnitSuccession.function == WHOLE)
        .order_by(Unit.id)
    )
    return tuple(dict.fromkeys([*own.values(), *session.scalars(taken_over)]))


def _held(session: Session, person_id: int, today: date) -> list[Found]:
    """Their own posts, those delegated to them by whoever holds them that day, and those ended with their unit."""
    return rows(session, _POSTS, {"me": person_id, "today": today.isoformat()})


def _line(row: Found) -> PostLine:
    last = day(row.last)
    given = Given(row.kind, row.giver_name, row.document, _forms(row), last) if last is not None else None
    return PostLine(row.ref, row.unit_id, row.unit_name, row.path, row.level, row.duty, row.title, given)


def _forms(row: Found) -> tuple[str, ...] | None:
    named = document(row.forms)
    return None if named is None else tuple(named)


def _delegated(session: Session, held: Sequence[Found], today: date) -> tuple[HeldPost, ...]:
    """What is delegated, each with its giver and all the giver holds: what bars them bars whoever stands in."""
    given = [row for row in held if row.place == 1]
    if not given:
        return ()
    givers = _givers(session, given, today)
    return tuple(
        HeldPost(row.ref, row.unit_id, row.duty, Delegation(row.id, givers[row.giver_id], _reach(row))) for row in given
    )


def _reach(row: Found) -> frozenset[str] | None:
    named = _forms(row)
    return None if named is None else frozenset(named)


def _givers(session: Session, given: Sequence[Found], today: date) -> Mapping[int, Actor]:
    """Who delegated, with the posts they hold today."""
    refs = {row.giver_id: row.giver_ref for row in given}
    sql = f"SELECT p.person_id, p.ref, p.unit_id, p.duty FROM posts p WHERE p.person_id IN ({numbers(refs)})"
    found = rows(session, f"{sql} AND {_IN_FORCE.format(x='p')} ORDER BY p.id", {"today": today.isoformat()})
    return {
        person: Actor(person, ref, tuple(HeldPost(*row[1:]) for row in found if row.person_id == person))
        for person, ref in refs.items()
    }


def _seats(session: Session, person_id: int, today: date) -> tuple[tuple[tuple[Seat, str], ...], frozenset[int]]:
    """The seats of the day, and the units that have ended in whose council they sat to the last day."""
    held = _holds_on(CouncilSeat, today) & _holds_on(Council, today)
    rows = session.execute(
        select(CouncilSeat.id, Council.unit_id, CouncilSeat.role, Council.name, held)
        .join(Council, Council.id == CouncilSeat.council_id)
        .join(Unit, Unit.id == Council.unit_id)
        .where(
            CouncilSeat.person_id == person_id,
            or_(held, _ended(Unit, CouncilSeat, today)),
        )
        .order_by(CouncilSeat.id)
    ).all()
    seats = tuple((Seat(f"seat:{row[0]}", row[1], row[2]), row[3]) for row in rows if row[4])
    return seats, frozenset(row[1] for row in rows if not row[4])


def _holds_on(table: type[CouncilSeat | Council], day: date) -> ColumnElement[bool]:
    return (table.valid_from <= day) & or_(table.valid_to.is_(None), table.valid_to >= day)


def _ended(unit: type[Unit], held: type[CouncilSeat], day: date) -> ColumnElement[bool]:
    """Held to the last day of a unit that has ended."""
    return and_(unit.valid_to < day, or_(held.valid_to.is_(None), held.valid_to >= unit.valid_to))
