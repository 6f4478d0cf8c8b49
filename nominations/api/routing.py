"""How a row of the table of routes becomes an address: token, checks, the view, and every error as a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from nominations.api import callers, words
from nominations.api.call import Answer, Call, read_json, request_key, respond, seen_version
from nominations.api.callers import Caller
from nominations.api.problems import Problem, answer, from_http, from_input, invalid, lang
from nominations.api.validation import Checker, Schema
from nominations.extensions import current_clock
from nominations.queries.pages import BadCursor
from nominations.queries.search import IdentityNumber
from nominations.services.errors import InvalidInput, NotFound

MULTIPART = "multipart/form-data"
PATHS: Mapping[str, str] = {
    "code": r"[A-Z0-9-]{1,20}",
    "action": r"[a-z_]{1,40}",
    "key": r"[\x21-\x2e\x30-\x7e]{1,128}",
    "kind": r"[a-z_]{1,20}",
    "number": r"[1-9][0-9]{0,5}",
    "sha256": r"[0-9a-f]{64}",
    "ref": r"[0-9a-f]{32}",
}
"""What may stand in an address; anything else is nothing that is there."""


@dataclass(frozen=True, slots=True)
class Route:
    """One call of the API: everything that is done with it and everything that is said of it."""

    method: str
    path: str
    view: Callable[[Call], Answer]
    tag: str
    summary: str
    scope: str | None = "read"  # read, act; None: for everybody
    query: Mapping[str, Schema] = field(default_factory=dict)
    needed: tuple[str, ...] = ()  # parameters of the address that must be given
    body: Schema | None = None
    media: str = "application/json"
    status: int = 200
    answer: Schema | None = None
    answer_media: str = "application/json"
    if_match: bool = False
    keyed: bool = False
    judged: bool = False  # the rules may refuse it, though no version is asked for

    @property
    def name(self) -> str:
        """What the call is called in the document."""
        return self.view.__name__


def bind(blueprint: Blueprint, route: Route) -> None:
    """Give the route its address."""
    address = re.sub(r"\{(\w+)\}", r"<\1>", route.path)

    def view(**path: str) -> Response:
        return _answered(route, path)

    blueprint.add_url_rule(address, f"{route.name}", view, methods=[route.method])


def _answered(route: Route, path: Mapping[str, str]) -> Response:
    """The view's answer, or the problem that came instead."""
    try:
        return respond(route.view(_call(route, path)))
    except HTTPException as error:
        return answer(from_http(error, route.media))
    except InvalidInput as error:
        return answer(from_input(error))
    except BadCursor:
        return answer(invalid({"cursor": words.FIELDS["bad_cursor"][lang()]}))
    except IdentityNumber:
        return answer(invalid({"q": words.FIELDS["identity_in_address"][lang()]}))
    except (Problem, NotFound) as error:
        return answer(error if isinstance(error, Problem) else Problem(404))


def _call(route: Route, path: Mapping[str, str]) -> Call:
    """The checked request. Raises Problem for whatever is wrong with it, what matters most first."""
    caller = _caller(route)
    for name, value in path.items():
        if not re.fullmatch(PATHS[name], value):
            raise Problem(404)
    seen = seen_version()
    if route.if_match and seen is None:
        raise Problem(428)
    checker = Checker(lang())
    query = checker.query(request.args.to_dict(), route.query, route.needed)
    body: Any = {}
    if route.body is not None:
        body = checker.body(_sent(route), route.body)
    if checker.errors:
        raise invalid(checker.errors)
    key = request_key() if route.keyed else None
    files = request.files.to_dict() if route.media == MULTIPART else {}
    return Call(current_clock(), lang(), path, query, body, caller, seen, key, files)


def _caller(route: Route) -> Caller | None:
    if route.scope is None:
        callers.anybody()
        return None
    found = callers.caller(current_clock())
    if route.scope not in found.holder.scopes:
        raise Problem(403)
    return found


def _sent(route: Route) -> Any:  # noqa: ANN401 - whatever was sent
    if route.media != MULTIPART:
        return read_json()
    if request.mimetype != MULTIPART:
        raise Problem(415, values={"expected": MULTIPART})
    return request.form.to_dict()
