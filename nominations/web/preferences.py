"""How a person wants the pages: the language, light or dark."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, request, session
from flask.typing import ResponseReturnValue

from nominations.extensions import LOCALE_KEY, LOCALES, db_session
from nominations.services.sign_in import choose_locale
from nominations.web import sessions
from nominations.web.access import public
from nominations.web.ground import safe_next
from nominations.web.navigation import THEME_COOKIE, THEMES

ONE_YEAR = 365 * 24 * 3600  # seconds

blueprint = Blueprint("preferences", __name__)


@blueprint.post("/ngon-ngu")
@public
def locale() -> ResponseReturnValue:
    """Choose the language; whoever has signed in finds it again the next time."""
    chosen = request.form.get("locale", "")
    if chosen not in LOCALES:
        abort(400)
    session[LOCALE_KEY] = chosen
    person = sessions.person()
    if person is not None:
        choose_locale(db_session(), person.person_id, chosen)
    return redirect(safe_next(request.form.get("next")), code=303)


@blueprint.post("/giao-dien")
@public
def theme() -> ResponseReturnValue:
    """Choose light or dark on this machine."""
    chosen = request.form.get("theme", "")
    if chosen not in THEMES:
        abort(400)
    response = redirect(safe_next(request.form.get("next")), code=303)
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(THEME_COOKIE, chosen, max_age=ONE_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response
