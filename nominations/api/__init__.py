"""The JSON API under /api/v1: the same services, rules and scoping as the pages."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request

from nominations.api import callers
from nominations.api.openapi import openapi
from nominations.api.problems import Problem, answer, from_http
from nominations.api.routing import bind
from nominations.api.table import ROUTES, TOOLS
from nominations.extensions import csrf

PREFIX = "/api/v1"
OURS = ("/api/", "/tools/")


def register(app: Flask) -> None:
    """Add the API; its callers carry a token, not a cookie, so no form token is asked of them."""
    for name, prefix, routes in (("api", PREFIX, ROUTES), ("tools", "", TOOLS)):
        blueprint = Blueprint(name, __name__, url_prefix=prefix)
        for route in routes:
            bind(blueprint, route)
        blueprint.register_error_handler(500, failed)
        csrf.exempt(blueprint)
        app.register_blueprint(blueprint)
    app.extensions["openapi"] = openapi([*((PREFIX, route) for route in ROUTES), *(("", route) for route in TOOLS)])
    callers.init_app(app)
    app.before_request(nowhere)


def nowhere() -> Response | None:
    """Answer an address of ours that no call has, or not by this method, as a problem document."""
    error = request.routing_exception
    if error is None or not request.path.startswith(OURS):
        return None
    return answer(from_http(error))


def failed(_error: Exception) -> Response:
    """Answer a bug: nothing of it goes out but the request's name, by which the log knows it."""
    return answer(Problem(500, values={"request_id": callers.request_id()}))
