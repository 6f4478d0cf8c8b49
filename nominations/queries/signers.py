"""Who may have signed a paper outside: the people who hold the signing posts of a unit on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from nominations.models.people import Person, Post


class Signer(NamedTuple):
    """A person who may sign: account name, full name, the title of the post."""

    username: str
    full_name: str
    title: str


def signers(session: Session, unit_id: int, duties: tuple[str, ...], today: date) -> tuple[Signer, ...]:
    """The holders of ``duties`` at the unit on ``today``, in the order of the duties."""
    rank = case({duty: place for place, duty in enumerate(duties)}, value=Post.duty, else_=len(duties))
    rows = session.execute(
        select(Person.username, Person.full_name, Post.title)
        .join(Post, Post.person_id == Person.id)
        .where(
            Post.unit_id == unit_id,
            Post.duty.in_(duties),
            Post.valid_from <= today,
            (Post.valid_to.is_(None)) | (Post.valid_to >= today),
            Person.active,
        )
        .order_by(rank, Post.id)
    )
    return tuple(Signer(*row) for row in rows)
