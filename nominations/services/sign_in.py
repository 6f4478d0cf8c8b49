"""Signing in with a password, and out: one answer for whatever is wrong, and a delay that grows with every failure.

An attempt counts as failed before the password is looked at and is forgiven if it was right, so that many at once
gain nothing. Delays are kept for the account asked for, known or not, and for the address it was asked from.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.people import Person, SignInDelay
from nominations.services import passwords
from nominations.services.log import Origin, Receipt, record
from nominations.services.statements import Part, write
from nominations.transactions import transactional

STREAM = "access"
NOBODY = "nobody"  # the actor of an attempt that failed
FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS = 3, 20  # failures without delay; a whole office may share one address
LONGEST_DELAY = 15 * 60  # seconds
FORGOTTEN_AFTER = timedelta(hours=1)  # without another failure


@dataclass(frozen=True, slots=True)
class Entrance:
    """An account whose password was right."""

    person_id: int
    ref: str
    demo: bool
    locale: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """No entrance; ``wait`` seconds before the next attempt is looked at, 0 where name or password was wrong."""

    wait: int = 0


class _Account(NamedTuple):
    id: int
    ref: str
    password_hash: str
    demo: bool
    locale: str


class _Failures(NamedTuple):
    times: int
    last_at: datetime


def sign_in(session: Session, clock: Clock, origin: Origin, username: str, password: str) -> Entrance | Rejected:
    """Look at a name and a password; the log has an entry whatever comes of it, a delayed attempt apart."""
    keys = _delay_keys(username, origin.address)
    wait = _begin_attempt(session, clock.now(), keys)
    if wait:
        return Rejected(wait)
    account = _account(session, username)
    right = passwords.verify(account.password_hash if account is not None else _hash_of_nobody(), password)
    if account is None or not right:
        _note_failure(session, clock.now(), origin, account)
        return Rejected()
    renewed = passwords.hash_password(password) if passwords.needs_rehash(account.password_hash) else None
    _note_success(session, clock.now(), origin, account, keys, renewed)
    return Entrance(account.id, account.ref, account.demo, account.locale)


@transactional
def sign_out(session: Session, clock: Clock, origin: Origin) -> Receipt:
    """Note that a person has signed out."""
    return record(session, clock.now(), STREAM, "logout", origin, _where(origin))


@transactional
def choose_locale(session: Session, person_id: int, locale: str) -> None:
    """Keep the language a person chose for the next sign-in; ``vi`` or ``en``."""
    session.execute(update(Person).where(Person.id == person_id).values(locale=locale))


def delay_after(failures: int, free: int) -> int:
    """Seconds to wait after that many failures in a row: none for the first ``free``, then doubling to the longest."""
    return 0 if failures < free else min(2 ** min(failures - free + 1, 12), LONGEST_DELAY)


@transactional
def _begin_attempt(session: Session, now: datetime, keys: Mapping[str, int]) -> int:
    """Count the attempt as a failure, or say for how many seconds none is taken."""
    known = _failures(session, now, keys)
    wait = max(_wait(known[key], free, now) for key, free in keys.items())
    if not wait:
        counted = [{"key": key, "failures": known[key].times + 1, "last_at": now} for key in keys]
        write(session, [Part("sign_in_delays", values, keys=("key",)) for values in counted])
    return wait


@transactional
def _note_failure(session: Session, now: datetime, origin: Origin, account: _Account | None) -> None:
    """The entry names the account where there is one, never what was typed: it may have been a password."""
    said = _where(origin) | ({"account": account.ref} if account is not None else {})
    record(session, now, STREAM, "login_fail", origin, said)


@transactional
def _note_success(
    session: Session, now: datetime, origin: Origin, account: _Account, keys: Mapping[str, int], renewed: str | None
) -> None:
    """Forgive this attempt: the account starts from nothing, the address has one failure less."""
    for key, free in keys.items():
        if free == FREE_FOR_ACCOUNT:
            session.execute(delete(SignInDelay).where(SignInDelay.key == key))
        else:
            less = update(SignInDelay).where(SignInDelay.key == key, SignInDelay.failures > 0)
            session.execute(less.values(failures=SignInDelay.failures - 1))
    if renewed is not None:
        session.execute(update(Person).where(Person.id == account.id).values(password_hash=renewed))
    person = Origin(actor=account.ref, auth="password", request_id=origin.request_id)
    record(session, now, STREAM, "login", person, _where(origin))


def _account(session: Session, username: str) -> _Account | None:
    row = session.execute(
        select(Person.id, Person.ref, Person.password_hash, Person.demo, Person.locale).where(
            Person.username == username.strip().lower(), Person.active
        )
    ).one_or_none()
    return None if row is None else _Account(*row)


def _failures(session: Session, now: datetime, keys: Mapping[str, int]) -> dict[str, _Failures]:
    """The failures of each key that still count, their rows made where there are none, and locked."""
    for key in keys:
        write(session, [Part("sign_in_delays", {"key": key, "failures": 0, "last_at": now}, on_conflict="nothing")])
    rows = session.execute(
        select(SignInDelay.key, SignInDelay.failures, SignInDelay.last_at)
        .where(SignInDelay.key.in_(keys))
        .order_by(SignInDelay.key)
        .with_for_update()
    )
    return {row.key: _Failures(row.failures if _counts(row.last_at, now) else 0, row.last_at) for row in rows}


def _counts(last_at: datetime, now: datetime) -> bool:
    """False after a while, and for what was noted before the clock was set back."""
    return timedelta() <= now - last_at <= FORGOTTEN_AFTER


def _wait(failures: _Failures, free: int, now: datetime) -> int:
    if not failures.times:
        return 0
    over_at = failures.last_at + timedelta(seconds=delay_after(failures.times, free))
    return max(0, -(-(over_at - now) // timedelta(seconds=1)))


def _delay_keys(username: str, address: str | None) -> dict[str, int]:
    """What an attempt is counted under, each with its free failures; the name as a hash, for it may be a password."""
    name = hashlib.sha256(username.strip().lower().encode()).hexdigest()
    keys = {f"account:{name}": FREE_FOR_ACCOUNT}
    return keys | ({f"address:{address}": FREE_FOR_ADDRESS} if address else {})


def _where(origin: Origin) -> dict[str, str]:
    return {name: value for name, value in (("address", origin.address), ("agent", origin.agent)) if value}


@cache
def _hash_of_nobody() -> str:
    """A hash no password fits, looked at for unknown names so that they take as long as known ones."""
    return passwords.hash_password(secrets.token_urlsafe(32))
