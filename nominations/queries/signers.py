"""Who may have signed a paper outside: the people who held the signing posts of a unit on the day of the signature."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from nominations.models.people import Person, Post
from nominations.models.work import Task
from nominations.queries.case_facts import CaseRow
from workflows import Actor
from workflows import Post as HeldPost


class Signer(NamedTuple):
    """A person who may sign: account name, full name, the title of the post."""

    username: str
    full_name: str
    title: str


def signers(session: Session, unit_id: int, duties: tuple[str, ...], since: date, today: date) -> tuple[Signer, ...]:
    """Who held ``duties`` at the unit on a day from ``since`` to ``today``, in the order of the duties."""
    rank = case({duty: place for place, duty in enumerate(duties)}, value=Post.duty, else_=len(duties))
    rows = session.execute(
        select(Person.username, Person.full_name, Post.title)
        .join(Post, Post.person_id == Person.id)
        .where(
            Post.unit_id == unit_id,
            Post.duty.in_(duties),
            Post.valid_from <= today,
            (Post.valid_to.is_(None)) | (Post.valid_to >= since),
            Person.active | (Post.valid_to < today),
        )
        .order_by(rank, Post.id)
    )
    return tuple(dict.fromkeys(Signer(*row) for row in rows))


def came_at(session: Session, nomination_id: int, stage: str) -> datetime | None:
    """When the file's first task at the stage was opened, since it was last recalled."""
    recalled = (
        select(func.max(Task.closed_at))
        .where(Task.nomination_id == nomination_id, Task.outcome == "recall")
        .scalar_subquery()
    )
    return session.scalar(
        select(func.min(Task.opened_at)).where(
            Task.nomination_id == nomination_id,
            Task.kind == "step",
            Task.step.startswith(f"{stage}.", autoescape=True),
            recalled.is_(None) | (Task.opened_at >= recalled),
        )
    )


def signer(session: Session, row: CaseRow, username: str, signed_on: date, today: date) -> Actor | None:
    """Whoever signed, with the posts held on that day on the file's route and at the nominee's own unit.

    A closed account signs nothing today; what its owner signed before stays signed.
    """
    units = {*row.path.values(), row.nominee_unit or 0}
    rows = session.execute(
        select(Person.id, Person.ref, Post.ref.label("post"), Post.unit_id, Post.duty)
        .outerjoin(
            Post,
            and_(
                Post.person_id == Person.id,
                Post.unit_id.in_(units),
                Post.valid_from <= signed_on,
                or_(Post.valid_to.is_(None), Post.valid_to >= signed_on),
            ),
        )
        .where(Person.username == username.lower(), Person.active | literal(signed_on < today))
        .order_by(Post.id)
    ).all()
    if not rows:
        return None
    posts = tuple(HeldPost(line.post, line.unit_id, line.duty) for line in rows if line.post is not None)
    return Actor(rows[0].id, rows[0].ref, posts)
