"""What is answered when a request cannot be: a page in words, never a trace; for programs a problem document."""

from __future__ import annotations

from typing import Any

from flask import Flask, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.wrappers import Response

from nominations.queries.pages import BadCursor
from nominations.services.errors import InvalidInput, NotFound
from nominations.web import navigation
from nominations.web.ground import form_errors, request_id

PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503})
KEPT_LENGTH = 15  # characters: longer texts are shown again when a form could not be taken
NOT_SHOWN = frozenset({"csrf_token", "version", "request_key", "next", "password"})


def init_app(app: Flask) -> None:
    """Answer every error in the service's own words."""
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(SecurityError, answer_foreign_host)
    app.register_error_handler(CSRFError, answer_stale_form)
    app.register_error_handler(NotFound, answer_not_found)
    app.register_error_handler(BadCursor, answer_not_found)
    app.register_error_handler(InvalidInput, answer_bad_input)


def answer(error: HTTPException) -> Response:
    """Show the page of this status; redirects and the like go out as they are."""
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    response = show(error.code or 500)
    for name in ("Allow", "Retry-After"):
        if name in (headers := dict(error.get_headers())):
            response.headers[name] = headers[name]
    return response


def answer_foreign_host(_error: SecurityError) -> Response:
    """A request for a host that is not ours: in plain text, for no page can be linked to from there."""
    return Response(_("Địa chỉ này không thuộc dịch vụ."), 400, mimetype="text/plain")


def answer_stale_form(_error: CSRFError) -> Response:
    """A form whose token is not this sign-in's: say so, and show what was typed so that it can be copied."""
    return show(400, _("Trang đã mở quá lâu hoặc đã đăng nhập lại ở nơi khác, nên nội dung gửi lên chưa được nhận."))


def answer_not_found(_error: LookupError | ValueError) -> Response:
    """Unknown and not for this person look the same."""
    return show(404)


def answer_bad_input(error: InvalidInput) -> Response:
    """Bad input that no form of a page has shown beside its field."""
    return show(422, " ".join(form_errors(error).values()))


def show(status: int, message: str | None = None) -> Response:
    """Return the page, or the problem document, of an error; a POST's page holds what was typed, to be copied."""
    if request.path.startswith("/api/"):
        return _problem(status, message)
    template = f"errors/{status if status in PAGES else 400 if status < 500 else 500}.html"
    context: dict[str, Any] = {"message": message, "request_id": request_id() if status >= 500 else None}
    if status < 500:  # a failure may be the database's, which the frame would ask
        context |= {"ui": navigation.shell(), "typed": _typed()}
    return make_response(render_template(template, **context), status)


def _typed() -> list[str]:
    """Return the longer texts of the form that was sent."""
    if request.method != "POST":
        return []
    texts = [text for name, text in request.form.items(multi=True) if name not in NOT_SHOWN]
    return [text.replace("\x00", "") for text in texts if len(text) > KEPT_LENGTH]


def _problem(status: int, message: str | None) -> Response:
    """Return the problem document (RFC 9457) of an address under /api/ that no call answers."""
    title = HTTP_STATUS_CODES.get(status, "Error")
    body = {"type": "about:blank", "title": title, "status": status, "detail": message or title}
    response = jsonify(body | {"instance": request.path})
    response.status_code, response.mimetype = status, "application/problem+json"
    return response
