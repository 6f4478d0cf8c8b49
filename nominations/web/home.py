"""The first page after signing in: what waits for me."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from nominations.web.access import signed_in
from nominations.web.ground import page, viewer
from nominations.web.lazily import lazily as _
from nominations.web.navigation import Place

blueprint = Blueprint("home", __name__)

PLACES = (Place(_("Trang của tôi"), "home.home", "home", shortcut="g h"),)


@blueprint.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Show what waits for this person, by the posts they hold today."""
    return page("home.html", person=viewer())
