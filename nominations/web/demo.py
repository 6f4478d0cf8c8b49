"""The demonstration's day on every page: followed by each request, moved from the banner."""

from __future__ import annotations

from flask import Blueprint, Flask, abort, flash, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from nominations.extensions import current_clock, current_settings, db_session
from nominations.services import demo_clock
from nominations.services.errors import InvalidInput
from nominations.web import sessions
from nominations.web.access import signed_in
from nominations.web.formats import date_vi
from nominations.web.ground import form_errors, origin, safe_next, viewer

blueprint = Blueprint("demo", __name__)


def init_app(app: Flask) -> None:
    """Let every request go by the demonstration's day, pages and API alike; production knows no other than today."""
    if not app.extensions["settings"].production:
        app.before_request(follow)


def follow() -> None:
    """Give this request the demonstration's clock."""
    if request.endpoint not in (None, "static", "health.live", "health.ready"):
        g.clock = demo_clock.demo_clock(db_session(), current_clock())


@blueprint.post("/ngay-minh-hoa")
@signed_in
def move() -> ResponseReturnValue:
    """Move the demonstration to another day, for everybody in it."""
    if current_settings().production or not sessions.is_demo():
        abort(404)
    typed = request.form.get("day", "").strip()
    try:
        day = demo_clock.move_to(db_session(), current_clock(), origin(), viewer().person_id, typed)
        flash(_("Bản trình diễn đã chuyển sang ngày %(day)s.", day=date_vi(day)), "success")
    except InvalidInput as error:
        flash(_("Chưa chuyển ngày “%(typed)s”: %(why)s", typed=typed[:40], why=form_errors(error)["day"]), "error")
    return redirect(safe_next(request.form.get("next")), code=303)
