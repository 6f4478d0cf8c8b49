"""Handing a post over (bàn giao): one person's duty ends, another's begins the day after; what waits stays there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.people import Person, Post
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.messages import Message
from nominations.services.people import NewPost, grant, revoke
from nominations.transactions import transactional


@dataclass(frozen=True, slots=True)
class HandOver:
    """Whose post goes to whom (by user name), and the last day of the one who leaves it."""

    post_ref: str
    to_username: str
    last_day: date


@transactional
def hand_over(session: Session, clock: Clock, origin: Origin, asked: HandOver) -> Post:
    """End the post and give the same duty, title and last day to the other. Raises NotFound, InvalidInput.

    Both halves have their entries in the log, written by the same commit.
    """
    post = session.scalar(select(Post).where(Post.ref == asked.post_ref))
    if post is None:
        raise NotFound(asked.post_ref)
    heir = session.scalar(select(Person.id).where(Person.username == asked.to_username.strip().lower(), Person.active))
    if heir is None or heir == post.person_id:
        raise InvalidInput({"to_username": Message("unknown_person")})
    last = post.valid_to
    revoke(session, clock, origin, post.ref, asked.last_day)
    begins = asked.last_day + timedelta(days=1)
    return grant(session, clock, origin, NewPost(heir, post.unit_id, post.duty, post.title, begins, last))
