"""Who calls: the holder of a bearer token, never of a cookie; and how often they may."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from flask import Flask, current_app, g, request

from nominations.api.problems import Problem
from nominations.clock import Clock
from nominations.extensions import db_session
from nominations.limits import Limiter
from nominations.queries.actors import Viewer, viewer
from nominations.services.log import Origin
from nominations.services.tokens import Holder, authenticate, note_use

SCHEME = "bearer "
LONGEST_AGENT = 200
LONGEST_REQUEST_ID = 64
CALLS_A_MINUTE, CALLS_AT_ONCE = 600, 300  # of one token
UNKNOWN_A_MINUTE, UNKNOWN_AT_ONCE = 120, 60  # of one address without a token in force


@dataclass(frozen=True, slots=True)
class Caller:
    """A person by their token."""

    viewer: Viewer
    holder: Holder


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one application."""

    tokens: Limiter
    addresses: Limiter


def init_app(app: Flask) -> None:
    """Give the application its limits; a test puts others in their place."""
    app.extensions["api_limits"] = Limits(
        Limiter(CALLS_A_MINUTE, CALLS_AT_ONCE), Limiter(UNKNOWN_A_MINUTE, UNKNOWN_AT_ONCE)
    )


def caller(clock: Clock) -> Caller:
    """Who holds the token of this request. Raises Problem: 401 without one in force, 429 for too many calls."""
    now, today = clock.now(), clock.today()
    holder = _holder(now)
    if holder is None:
        anybody()
        raise Problem(401, headers={"WWW-Authenticate": 'Bearer realm="api"'})
    _count(_limits().tokens, str(holder.token_id))
    found = _known(holder, today)
    if found is None:
        raise Problem(401, headers={"WWW-Authenticate": 'Bearer realm="api"'})
    return Caller(found, holder)


def anybody() -> None:
    """Count a call that needs no token. Raises Problem 429 for too many from one address."""
    _count(_limits().addresses, request.remote_addr or "")


def origin(caller: Caller, key: str | None) -> Origin:
    """Who acts and how, for the log."""
    return Origin(
        actor=caller.viewer.actor.ref,
        auth="token",
        request_id=request_id(),
        request_key=key,
        address=request.remote_addr,
        agent=request.user_agent.string[:LONGEST_AGENT] or None,
    )


def request_id() -> str:
    """The name of this request: the one the caller or a proxy gave it, or one of our own."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-Id", "")
        fits = given.isascii() and given.isalnum() and len(given) <= LONGEST_REQUEST_ID
        g.request_id = given if fits else secrets.token_hex(8)
    return str(g.request_id)


def _holder(now: datetime) -> Holder | None:
    said = request.headers.get("Authorization", "")
    if not said.lower().startswith(SCHEME) or not said.isascii():
        return None
    return authenticate(db_session(), now, said[len(SCHEME) :].strip())


def _known(holder: Holder, today: date) -> Viewer | None:
    if holder.last_used_on is None or holder.last_used_on < today:
        note_use(db_session(), holder.token_id, today)
    return viewer(db_session(), holder.person_id, today)


def _count(limiter: Limiter, key: str) -> None:
    wait = limiter.wait(key)
    if wait:
        raise Problem(429, headers={"Retry-After": str(wait)}, values={"seconds": wait})


def _limits() -> Limits:
    limits: Limits = current_app.extensions["api_limits"]
    return limits
