"""Delegation: whoever holds a post lets another do its work for a period, on a paper; ended early or with its period.

Nothing is handed on: a delegation rests on a post that is the giver's own, and a deputy, who signs for the head (KT.),
delegates nothing. What is never delegated (ballots, letters, decisions, withdrawals) is a rule of the actions.
Source: the process, sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.people import DELEGATED, Delegation, Person, Post
from nominations.models.reference import AwardForm
from nominations.names import tidy
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import SHORT, words
from nominations.services.people import STREAM, administers, not_oneself
from nominations.transactions import transactional

WAYS = DELEGATED
COVER = "cover"
KINDS: Mapping[str, tuple[str, ...]] = {
    "head": ("TL", "TUQ"),
    "nominator": (COVER,),
    "appraiser": (COVER,),
    "secretary": (COVER,),
    "office": (COVER,),
    "clerk": (COVER,),
    "asked_body": (COVER,),
}
"""Duty -> how it may be done for another; a duty that is not here is never delegated [practice]."""


@dataclass(frozen=True, slots=True)
class NewDelegation:
    """Whose post is done by whom (user name): how, under which office on papers, for which forms, when, on what paper.

    No ``forms`` means all of them; ``valid_to`` is the last day.
    """

    post_ref: str
    receiver: str
    kind: str
    title: str
    document: str
    valid_from: date
    valid_to: date
    forms: tuple[str, ...] = ()


@transactional
def delegate(session: Session, clock: Clock, origin: Origin, new: NewDelegation) -> Delegation:
    """Record a delegation. Raises NotFound for an unknown post, InvalidInput with a message for each field."""
    post = session.scalar(select(Post).where(Post.ref == new.post_ref).with_for_update())
    if post is None:
        raise NotFound(new.post_ref)
    receiver = session.scalar(select(Person).where(Person.username == new.receiver.strip().lower(), Person.active))
    errors = _wrong(session, post, new, clock.today()) | _wrong_receiver(session, origin, post, receiver, new)
    title, document = words(tidy(new.title), SHORT), words(tidy(new.document), SHORT)
    errors |= {name: said for name, said in (("title", title), ("document", document)) if isinstance(said, Message)}
    if errors or receiver is None or isinstance(title, Message) or isinstance(document, Message):
        raise InvalidInput(errors)
    made = Delegation(
        post_id=post.id,
        receiver_id=receiver.id,
        kind=new.kind,
        title=title,
        forms=sorted(set(new.forms)) or None,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        document=document,
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    record(session, clock.now(), STREAM, "delegate", origin, _said(made, post, receiver))
    return made


@transactional
def end_delegation(session: Session, clock: Clock, origin: Origin, ref: str, last_day: date) -> Delegation:
    """End a delegation early, with ``last_day``: yesterday at the earliest, so that it ends at once.

    Raises NotFound, InvalidInput.
    """
    found = session.scalar(select(Delegation).where(Delegation.ref == ref).with_for_update())
    if found is None:
        raise NotFound(ref)
    if last_day < clock.today() - timedelta(days=1):
        raise InvalidInput({"valid_to": Message("day_gone")})
    if (found.ended_on or found.valid_to) <= last_day:
        raise InvalidInput({"valid_to": Message("already_ended")})
    found.ended_on = last_day
    session.flush()
    record(session, clock.now(), STREAM, "end_delegation", origin, {"delegation": ref, "to": last_day.isoformat()})
    return found


def _said(made: Delegation, post: Post, receiver: Person) -> dict[str, object]:
    return {
        "delegation": made.ref,
        "post": post.ref,
        "person": receiver.ref,
        "kind": made.kind,
        "forms": made.forms,
        "from": made.valid_from.isoformat(),
        "to": made.valid_to.isoformat(),
        "document": made.document,
    }


def _wrong(session: Session, post: Post, new: NewDelegation, today: date) -> dict[str, Message]:
    """What is wrong with kind, forms and period."""
    errors: dict[str, Message] = {}
    if new.kind not in KINDS.get(post.duty, ()):
        errors["kind"] = Message("not_delegable")
    known = set(session.scalars(select(AwardForm.code)))
    if not known.issuperset(new.forms):
        errors["forms"] = Message("not_choice", {"choices": ", ".join(sorted(known))})
    if new.valid_to < new.valid_from:
        errors["valid_to"] = Message("period_order")
    elif new.valid_to < today:
        errors["valid_to"] = Message("day_gone")
    elif new.valid_from < post.valid_from or new.valid_to > (post.valid_to or date.max):
        errors["valid_to"] = Message("beyond_post")
    return errors


def _wrong_receiver(
    session: Session, origin: Origin, post: Post, receiver: Person | None, new: NewDelegation
) -> dict[str, Message]:
    """What stands against the receiver: nobody, the holder, who keeps the accounts, or one who has it already."""
    if not new.receiver.strip():
        return {"receiver": REQUIRED}
    if receiver is None:
        return {"receiver": Message("unknown_person")}
    against: tuple[tuple[str, Callable[[], object]], ...] = (
        ("not_oneself", lambda: not_oneself(origin, receiver)),
        ("delegate_to_holder", lambda: receiver.id == post.person_id or _holds(session, receiver.id, post, new)),
        ("admin_apart", lambda: administers(session, receiver.id, new.valid_from, new.valid_to)),
        ("delegated_already", lambda: _delegated_already(session, receiver.id, post, new)),
    )
    return next(({"receiver": Message(name)} for name, stands in against if stands()), {})


def _holds(session: Session, receiver: int, post: Post, new: NewDelegation) -> bool:
    """Whether the receiver has the same duty there throughout: then there is nothing to delegate."""
    found = select(Post.id).where(
        Post.person_id == receiver,
        Post.unit_id == post.unit_id,
        Post.duty == post.duty,
        Post.valid_from <= new.valid_from,
        (Post.valid_to.is_(None)) | (Post.valid_to >= new.valid_to),
    )
    return session.scalar(found.limit(1)) is not None


def _delegated_already(session: Session, receiver: int, post: Post, new: NewDelegation) -> bool:
    found = select(Delegation.id).where(
        Delegation.post_id == post.id,
        Delegation.receiver_id == receiver,
        Delegation.valid_from <= new.valid_to,
        func.coalesce(Delegation.ended_on, Delegation.valid_to) >= new.valid_from,
    )
    return session.scalar(found.limit(1)) is not None
