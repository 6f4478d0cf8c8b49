"""Who somebody is today: the posts and seats the rules ask about, and the units whose files they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.people import Council, CouncilSeat, Person, Post
from nominations.models.units import Unit, UnitSuccession
from workflows import Actor, Seat
from workflows import Post as HeldPost

READS_TREE = ("auditor", "supervisor")
SEES_NO_FILE = ("admin", "asked_body", *READS_TREE)  # an asked body reads what is addressed to it, and no file
WHOLE = "all"  # the function of a succession by which a unit goes on as another


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as people read it."""

    ref: str
    unit_id: int
    unit_name: str
    unit_path: str
    level: str
    duty: str
    title: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads: the actor, the units whose files they may see, and the parts of the tree they audit."""

    actor: Actor
    full_name: str
    posts: tuple[PostLine, ...]
    units: frozenset[int]
    audits: tuple[str, ...]  # paths of units whose whole tree an auditor reads, those they succeeded too
    supervises: tuple[str, ...]
    admin: bool
    councils: tuple[str, ...]  # the names of the councils in which they have a vote

    @property
    def person_id(self) -> int:
        """The person's row number."""
        return self.actor.person

    def has(self, *duties: str) -> bool:
        """True when one of ``duties`` is held today."""
        return any(post.duty in duties for post in self.posts)


def viewer(session: Session, person_id: int, today: date) -> Viewer | None:
    """The viewer for an active person, with what they hold on ``today``; None for nobody."""
    person = session.execute(
        select(Person.ref, Person.full_name).where(Person.id == person_id, Person.active)
    ).one_or_none()
    if person is None:
        return None
    posts = _posts(session, person_id, today)
    seated = _seats(session, person_id, today)
    seats = tuple(seat for seat, _name in seated)
    held = tuple(HeldPost(post.ref, post.unit_id, post.duty) for post in posts)
    return Viewer(
        actor=Actor(person_id, person.ref, held, seats),
        full_name=person.full_name,
        posts=posts,
        units=frozenset(p.unit_id for p in posts if p.duty not in SEES_NO_FILE) | {seat.unit for seat in seats},
        audits=_trees(session, posts, "auditor"),
        supervises=_trees(session, posts, "supervisor"),
        admin=any(post.duty == "admin" for post in posts),
        councils=tuple(dict.fromkeys(name for seat, name in seated if seat.votes)),
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


def _posts(session: Session, person_id: int, today: date) -> tuple[PostLine, ...]:
    rows = session.execute(
        select(Post.ref, Post.unit_id, Unit.name, Unit.path, Unit.level, Post.duty, Post.title)
        .join(Unit, Unit.id == Post.unit_id)
        .where(
            Post.person_id == person_id,
            Post.valid_from <= today,
            (Post.valid_to.is_(None)) | (Post.valid_to >= today),
        )
        .order_by(Post.id)
    )
    return tuple(PostLine(*row) for row in rows)


def _seats(session: Session, person_id: int, today: date) -> tuple[tuple[Seat, str], ...]:
    rows = session.execute(
        select(CouncilSeat.id, Council.unit_id, CouncilSeat.role, Council.name)
        .join(Council, Council.id == CouncilSeat.council_id)
        .where(
            CouncilSeat.person_id == person_id,
            CouncilSeat.valid_from <= today,
            (CouncilSeat.valid_to.is_(None)) | (CouncilSeat.valid_to >= today),
            Council.valid_from <= today,
            (Council.valid_to.is_(None)) | (Council.valid_to >= today),
        )
        .order_by(CouncilSeat.id)
    )
    return tuple((Seat(f"seat:{row.id}", row.unit_id, row.role), row.name) for row in rows)
