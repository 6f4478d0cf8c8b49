"""How long a sign-in lasts: a new token each time, an end when nothing is done, and an end in any case.

Measured by the process's own clock, not by the demonstration's day, which people move.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask import current_app, session
from flask_login import UserMixin, current_user, login_user, logout_user

from nominations.clock import Clock
from nominations.queries.actors import Viewer

IDLE = timedelta(minutes=60)  # a draft saves itself while it is typed, so only absence counts
LONGEST = timedelta(hours=12)
TOUCHED_EVERY = 60  # seconds: the cookie is not written anew for every page
TOKEN, BEGAN, SEEN, DEMO = "token", "began", "seen", "demo"


class SignedIn(UserMixin):
    """Whoever has signed in, as the pages know them for one request."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.id = str(viewer.person_id)


def person() -> Viewer | None:
    """Return who asks, or None for nobody."""
    user: Any = current_user
    return user.viewer if user.is_authenticated else None


def begin(viewer: Viewer, *, demo: bool) -> None:
    """Start anew: nothing of an earlier sign-in is kept, its form tokens least of all; the language stays."""
    kept = {key: session[key] for key in ("locale",) if key in session}
    session.clear()
    session.update(kept)
    login_user(SignedIn(viewer))
    session[TOKEN] = secrets.token_urlsafe(24)
    session[BEGAN] = session[SEEN] = _now()
    session[DEMO] = demo


def end() -> None:
    """Forget who it was, and everything else but the language."""
    kept = {key: session[key] for key in ("locale",) if key in session}
    logout_user()
    session.clear()
    session.update(kept)


def ended() -> bool:
    """Say whether the sign-in of this request is over; false where nobody had signed in."""
    if "_user_id" not in session:
        return False
    now = _now()
    idle, whole = now - session.get(SEEN, 0), now - session.get(BEGAN, 0)
    return TOKEN not in session or idle > IDLE.total_seconds() or whole > LONGEST.total_seconds()


def touch() -> None:
    """Note that the person is still here."""
    now = _now()
    if abs(now - session.get(SEEN, 0)) >= TOUCHED_EVERY:
        session[SEEN] = now


def is_demo() -> bool:
    """Say whether it is a demonstration account."""
    return bool(session.get(DEMO))


def _now() -> int:
    """Return the seconds of the process's clock."""
    clock: Clock = current_app.extensions["clock"]
    return int(clock.now().timestamp())
