"""What every page stands on: who asks, in which language, how an act is addressed, and the frame a page is shown in."""

from __future__ import annotations

import secrets

from flask import abort, g, make_response, render_template, request
from flask_babel import get_locale
from werkzeug.wrappers import Response

from nominations.queries.actors import Viewer
from nominations.services.actions import Denied
from nominations.services.errors import InvalidInput
from nominations.services.log import Origin
from nominations.web import navigation, sessions
from workflows import clears, sentence

LONGEST_CURSOR = 200  # characters
LONGEST_AGENT = 200
LONGEST_REQUEST_ID = 64


def viewer() -> Viewer:
    """Return who has signed in, as the queries and the rules know them; one reading a request."""
    found = sessions.person()
    if found is None:
        abort(401)
    return found


def lang() -> str:
    """Return the language to answer in, `vi` or `en`."""
    return str(get_locale() or "vi")


def origin(request_key: str | None = None) -> Origin:
    """Return who acts and how, for the log: the account, how it signed in, the request and the machine it came from."""
    return Origin(
        actor=viewer().actor.ref,
        auth="password",
        request_id=request_id(),
        request_key=request_key,
        address=request.remote_addr,
        agent=request.user_agent.string[:LONGEST_AGENT] or None,
    )


def request_id() -> str:
    """Return the name of this request: the one the proxy gave it, or one of our own."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if given.isalnum() and len(given) <= LONGEST_REQUEST_ID else secrets.token_hex(8)
    return str(g.request_id)


def page(template: str, status: int = 200, **context: object) -> Response:
    """Return the page with what its layout shows around it; `request_key` makes the same press act once."""
    frame: dict[str, object] = {"ui": navigation.shell(), "nav": navigation.entries(), "request_key": new_request_key()}
    return make_response(render_template(template, **(frame | context)), status)


def new_request_key() -> str:
    """Return a random key for one form: sent twice, it acts once."""
    return secrets.token_urlsafe(18)


def typed_key() -> str | None:
    """Return the key of the form that was sent."""
    return request.form.get("request_key", "")[:64] or None


def seen_version() -> int:
    """Return the version the person had on screen; a form without one is no form of ours."""
    typed = request.form.get("version", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        abort(400)
    return int(typed)


def form_errors(error: InvalidInput) -> dict[str, str]:
    """Return a sentence for each field that cannot be used."""
    return {field: message.text(lang()) for field, message in error.errors.items()}


def refusal(denied: Denied) -> dict[str, str]:
    """Return why a rule said no, and who can clear it, as `reason` and `cleared_by`."""
    return {
        "guard": denied.refused.guard,
        "reason": sentence(denied.workflow, denied.refused, lang()),
        "cleared_by": clears(denied.refused, lang()),
    }


def parse_cursor() -> str | None:
    """Return the cursor of the address, or None for the first page; an impossible one is no page of ours."""
    typed = request.args.get("cursor", "")
    if len(typed) > LONGEST_CURSOR or not typed.isascii():
        abort(404)
    return typed or None


def safe_next(address: str | None) -> str:
    """Return where to go on to: a path of this service, else the home page."""
    path = address or ""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside else "/"
