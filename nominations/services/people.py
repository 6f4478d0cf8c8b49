"""Accounts and what their holders may do: people, posts for a period, keys to the API; each change in the log.

Nobody is deleted: an account is switched off, a post ends on a day, a key is revoked. The log names people by their
random references only.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.people import DUTIES, LOCALES, ApiToken, CouncilSeat, Delegation, Person, Post
from nominations.models.units import Unit
from nominations.names import folded, tidy
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.passwords import LONGEST, SHORTEST, hash_password
from nominations.services.payloads import SHORT, words
from nominations.transactions import transactional

STREAM = "people"
ADMIN = "admin"
POST_DUTIES = DUTIES
SCOPES = ("read", "act")  # what a key to the API may do: see, or also change
LONGEST_TOKEN_LIFE = 366  # days
TOKEN_PREFIX = "nmt_"  # noqa: S105 - so that a key left lying about is known for what it is
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{1,38})[a-z0-9]")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """An account to be made; ``password_hash`` instead of ``password`` where many are hashed beforehand."""

    username: str
    full_name: str
    password: str = ""
    email: str | None = None
    locale: str = "vi"
    demo: bool = False
    password_hash: str | None = None


@dataclass(frozen=True, slots=True)
class NewPost:
    """A duty for a person at a unit, from a day on; ``valid_to`` is the last day, None while it lasts."""

    person_id: int
    unit_id: int
    duty: str
    title: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A key to the API: the text is shown this once, only its SHA-256 is kept."""

    id: int
    text: str
    expires_at: datetime


@transactional
def create_person(session: Session, clock: Clock, origin: Origin, new: NewPerson) -> Person:
    """Make an account. Raises InvalidInput with a message for each field that cannot be used."""
    errors = _wrong_account(session, new)
    name = words(tidy(new.full_name), SHORT)
    if isinstance(name, Message):
        errors["full_name"] = name
    if errors or isinstance(name, Message):
        raise InvalidInput(errors)
    person = Person(
        username=new.username,
        password_hash=new.password_hash or hash_password(new.password),
        full_name=name,
        name_folded=folded(name),
        email=new.email or None,
        locale=new.locale,
        demo=new.demo,
        created_at=clock.now(),
    )
    session.add(person)
    session.flush()
    record(session, clock.now(), STREAM, "create_person", origin, {"person": person.ref, "demo": new.demo})
    return person


@transactional
def set_password(session: Session, clock: Clock, origin: Origin, person_id: int, password: str) -> None:
    """Give an account another password. Raises InvalidInput for one too short or too long."""
    fault = _wrong_password(password)
    if fault is not None:
        raise InvalidInput({"password": fault})
    person = _person(session, person_id)
    person.password_hash = hash_password(password)
    session.flush()
    record(session, clock.now(), STREAM, "set_password", origin, {"person": person.ref})


@transactional
def set_active(session: Session, clock: Clock, origin: Origin, person_id: int, *, active: bool) -> None:
    """Switch an account on or off. Posts stay as they are: nobody acts without an active account."""
    person = _person(session, person_id)
    if person.active == active:
        return
    person.active = active
    session.flush()
    record(session, clock.now(), STREAM, "activate" if active else "deactivate", origin, {"person": person.ref})


@transactional
def grant(session: Session, clock: Clock, origin: Origin, new: NewPost) -> Post:
    """Give a person a duty at a unit for a period. Raises InvalidInput, NotFound for an unknown person.

    The period must lie within the unit's own life.
    """
    person = _person(session, new.person_id)
    errors = _wrong_post(session, new) | not_oneself(origin, person)
    if errors:
        raise InvalidInput(errors)
    post = Post(
        person_id=new.person_id,
        unit_id=new.unit_id,
        duty=new.duty,
        title=tidy(new.title),
        valid_from=new.valid_from,
        valid_to=new.valid_to,
    )
    session.add(post)
    session.flush()
    said = {
        "person": person.ref,
        "post": post.ref,
        "unit": new.unit_id,
        "duty": new.duty,
        "from": new.valid_from.isoformat(),
        "to": new.valid_to.isoformat() if new.valid_to else None,
    }
    record(session, clock.now(), STREAM, "grant", origin, said)
    return post


@transactional
def revoke(session: Session, clock: Clock, origin: Origin, post_ref: str, last_day: date) -> Post:
    """End a post with ``last_day``; what waits for the duty stays with the duty. Raises NotFound, InvalidInput."""
    post = session.scalar(select(Post).where(Post.ref == post_ref))
    if post is None:
        raise NotFound(post_ref)
    if last_day < post.valid_from:
        raise InvalidInput({"valid_to": Message("period_order")})
    if post.valid_to is not None and post.valid_to <= last_day:
        raise InvalidInput({"valid_to": Message("already_ended")})
    post.valid_to = last_day
    session.flush()
    record(session, clock.now(), STREAM, "revoke", origin, {"post": post.ref, "to": last_day.isoformat()})
    return post


@transactional
def issue_token(
    session: Session, clock: Clock, origin: Origin, person_id: int, name: str, scopes: Sequence[str], days: int
) -> Token:
    """Make a key to the API for a person. Raises InvalidInput, NotFound for an unknown person."""
    person = _person(session, person_id)
    errors: dict[str, Message] = {}
    if not tidy(name):
        errors["name"] = REQUIRED
    if not scopes or any(scope not in SCOPES for scope in scopes):
        errors["scopes"] = Message("not_choice", {"choices": ", ".join(SCOPES)})
    if not 1 <= days <= LONGEST_TOKEN_LIFE:
        errors["days"] = Message("out_of_range", {"low": 1, "high": LONGEST_TOKEN_LIFE})
    if errors:
        raise InvalidInput(errors)
    text = TOKEN_PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    token = ApiToken(
        person_id=person.id,
        name=tidy(name),
        token_hash=token_hash(text),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    said = {"person": person.ref, "token": token.id, "scopes": list(token.scopes), "days": days}
    record(session, now, STREAM, "issue_token", origin, said)
    return Token(token.id, text, token.expires_at)


@transactional
def revoke_token(session: Session, clock: Clock, origin: Origin, token_id: int) -> None:
    """Put a key to the API out of use. Raises NotFound, InvalidInput where it already is."""
    token = session.get(ApiToken, token_id)
    if token is None:
        raise NotFound(str(token_id))
    if token.revoked_at is not None:
        raise InvalidInput({"token": Message("already_ended")})
    token.revoked_at = clock.now()
    session.flush()
    record(session, clock.now(), STREAM, "revoke_token", origin, {"token": token.id})


def person_id(session: Session, username: str) -> int:
    """The account with that name. Raises NotFound."""
    found = session.scalar(select(Person.id).where(Person.username == username.strip().lower()))
    if found is None:
        raise NotFound(f"account {username}")
    return found


def post_ref(session: Session, username: str, duty: str, unit_id: int, day: date) -> str:
    """The reference of the post that account holds at the unit on a day. Raises NotFound."""
    found = session.scalar(
        select(Post.ref).where(
            Post.person_id == person_id(session, username),
            Post.unit_id == unit_id,
            Post.duty == duty,
            Post.valid_from <= day,
            (Post.valid_to.is_(None)) | (Post.valid_to >= day),
        )
    )
    if found is None:
        raise NotFound(f"duty {duty} of {username} there on that day")
    return found


def last_day(session: Session, unit_id: int) -> date | None:
    """A unit's own last day, beyond which no post there can last; None while it exists."""
    return session.scalar(select(Unit.valid_to).where(Unit.id == unit_id))


def token_hash(text: str) -> str:
    """What a key to the API is known by: the SHA-256 of its text, which is random enough to need no salt."""
    return hashlib.sha256(text.encode()).hexdigest()


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound(str(person_id))
    return person


def _wrong_account(session: Session, new: NewPerson) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    if not _USERNAME.fullmatch(new.username):
        errors["username"] = Message("username_form")
    elif session.scalar(select(Person.id).where(Person.username == new.username)) is not None:
        errors["username"] = Message("username_taken")
    if new.locale not in LOCALES:
        errors["locale"] = Message("not_choice", {"choices": ", ".join(LOCALES)})
    if new.email and not _EMAIL.fullmatch(new.email):
        errors["email"] = Message("email_form")
    fault = _wrong_password(new.password) if new.password_hash is None else None
    return errors | ({"password": fault} if fault is not None else {})


def _wrong_password(password: str) -> Message | None:
    good = SHORTEST <= len(password) <= LONGEST
    return None if good else Message("password_length", {"low": SHORTEST, "high": LONGEST})


def _wrong_post(session: Session, new: NewPost) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    if new.duty not in DUTIES:
        errors["duty"] = Message("not_choice", {"choices": ", ".join(DUTIES)})
    if not tidy(new.title):
        errors["title"] = REQUIRED
    if new.valid_to is not None and new.valid_to < new.valid_from:
        errors["valid_to"] = Message("period_order")
    unit = session.get(Unit, new.unit_id)
    last = new.valid_to or date.max
    if unit is None or new.valid_from < unit.valid_from or last > (unit.valid_to or date.max):
        errors["unit"] = Message("unknown_unit")
    if not errors and _held_already(session, new, last):
        errors["duty"] = Message("post_exists")
    if not errors and _mixes_administration(session, new, last):
        errors["duty"] = Message("admin_apart")
    return errors


def not_oneself(origin: Origin, person: Person) -> dict[str, Message]:
    """Nobody gives a duty or a seat to themself: who keeps the accounts decides no file."""
    return {"person": Message("not_oneself")} if origin.actor == person.ref else {}


def administers(session: Session, person_id: int, first: date, last: date) -> bool:
    """Whether the person is an administrator on a day of the period."""
    return _holds(session, person_id, Post.duty == ADMIN, first, last)


def _mixes_administration(session: Session, new: NewPost, last: date) -> bool:
    """Whether somebody would be an administrator and something else at a time: post, council seat or delegation."""
    if new.duty != ADMIN:
        return administers(session, new.person_id, new.valid_from, last)
    sits = select(CouncilSeat.id).where(
        CouncilSeat.person_id == new.person_id,
        CouncilSeat.valid_from <= last,
        (CouncilSeat.valid_to.is_(None)) | (CouncilSeat.valid_to >= new.valid_from),
    )
    stands_in = select(Delegation.id).where(
        Delegation.receiver_id == new.person_id,
        Delegation.valid_from <= last,
        func.coalesce(Delegation.ended_on, Delegation.valid_to) >= new.valid_from,
    )
    holds = _holds(session, new.person_id, Post.duty != ADMIN, new.valid_from, last)
    return holds or any(session.scalar(found.limit(1)) is not None for found in (sits, stands_in))


def _holds(session: Session, person_id: int, which: ColumnElement[bool], first: date, last: date) -> bool:
    found = select(Post.id).where(
        Post.person_id == person_id,
        which,
        Post.valid_from <= last,
        (Post.valid_to.is_(None)) | (Post.valid_to >= first),
    )
    return session.scalar(found.limit(1)) is not None


def _held_already(session: Session, new: NewPost, last: date) -> bool:
    """Whether the person holds this very duty there on a day of the period."""
    return _holds(session, new.person_id, (Post.unit_id == new.unit_id) & (Post.duty == new.duty), new.valid_from, last)
