"""Who may open a page: every view says it, and a view that says nothing is closed to everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from nominations.queries.actors import Viewer
from nominations.web import sessions

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed_in"
NUL = "\x00"
MEMBER = "member"  # stands for a seat in a council, which is no duty of a post


def public(view: View) -> View:
    """Open the view to everybody."""
    return _mark(view, (PUBLIC,))


def signed_in(view: View) -> View:
    """Open the view to whoever has signed in; what they see there is the query's matter."""
    return _mark(view, (SIGNED_IN,))


def needs(*duties: str) -> Callable[[View], View]:
    """Open the view to holders of one of these duties today; `member` stands for a council seat."""
    return lambda view: _mark(view, duties)


def access_of(view: Callable[..., Any]) -> tuple[str, ...] | None:
    """Return what a view says of itself, or None where it says nothing."""
    return getattr(view, "access", None)


def init_app(app: Flask, blueprints: frozenset[str]) -> None:
    """Ask before every request to one of these blueprints."""
    app.extensions["pages"] = blueprints
    app.before_request(check)


def check() -> AnyResponse | None:
    """Let the request through, send its author to the sign-in page, or refuse it."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.blueprint not in current_app.extensions["pages"]:
        return None
    access = access_of(view)
    if access is None or NUL in request.path:
        abort(404)
    if any(NUL in text for text in (*request.args.values(), *request.form.values())):
        abort(400)  # no keyboard has it, and no database keeps it
    if PUBLIC in access:
        return None
    if sessions.ended():
        sessions.end()
        flash(_("Đồng chí đã được đăng xuất vì lâu không thao tác. Xin đăng nhập lại."), "info")
    person = sessions.person()
    if person is None:
        return _to_sign_in()
    sessions.touch()
    if SIGNED_IN not in access and not _holds(person, access):
        abort(403)
    return None


def _holds(person: Viewer, access: tuple[str, ...]) -> bool:
    return person.has(*access) or (MEMBER in access and bool(person.actor.seats))


def _to_sign_in() -> AnyResponse | None:
    """A page leads to the sign-in and back; a part of a page and a POST are answered 401, which loses nothing."""
    if request.method not in ("GET", "HEAD") or "HX-Request" in request.headers or "X-Autosave" in request.headers:
        abort(401)
    here = request.full_path.removesuffix("?")
    return redirect(url_for("auth.sign_in", next=None if here == "/" else here), code=303, Response=Response)


def _mark(view: View, access: tuple[str, ...]) -> View:
    marks: Mapping[str, Any] = {"access": access}
    vars(view).update(marks)
    return view
