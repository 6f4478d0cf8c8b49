"""Whatever goes wrong, as a problem document (RFC 9457): its kind, and what to do in the caller's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.exceptions import HTTPException

from nominations.api import words
from nominations.extensions import LOCALES
from nominations.services.errors import InvalidInput
from workflows import Refused, Workflow, clears, sentence

MEDIA_TYPE = "application/problem+json"
DOCUMENTATION = "/api/v1/docs"
KINDS: Mapping[int, str] = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "refused",
    412: "stale",
    413: "too_large",
    415: "media_type",
    422: "invalid_input",
    428: "precondition_required",
    429: "too_many",
    500: "failed",
}


class Problem(Exception):
    """An answer that is a problem; raised wherever the call cannot go on."""

    def __init__(
        self,
        status: int,
        kind: str | None = None,
        *,
        detail: str | None = None,
        headers: Mapping[str, str] | None = None,
        values: Mapping[str, object] | None = None,
        **members: Any,  # noqa: ANN401 - further members of the document
    ) -> None:
        self.status = status
        self.kind = kind or KINDS[status]
        self.detail = detail
        self.headers = dict(headers or {})
        self.values = dict(values or {})
        self.members = members
        super().__init__(self.kind)


def lang() -> str:
    """The language the caller reads, by Accept-Language; Vietnamese unless English is preferred."""
    return request.accept_languages.best_match(LOCALES) or LOCALES[0]


def answer(problem: Problem) -> Response:
    """The problem as a response."""
    spoken = lang()
    body = {
        "type": f"{DOCUMENTATION}#{problem.kind}",
        "title": words.title(problem.kind, spoken),
        "status": problem.status,
        "detail": problem.detail or words.detail(problem.kind, spoken, **problem.values),
        "instance": request.path,
    }
    response = Response(
        json.dumps(body | problem.members, ensure_ascii=False), problem.status, problem.headers, mimetype=MEDIA_TYPE
    )
    response.headers["Content-Language"] = spoken
    response.headers["Vary"] = "Accept-Language, Authorization"
    return response


def from_http(error: HTTPException, expected: str = "application/json") -> Problem:
    """The problem an error of the framework amounts to."""
    code = error.code or 500
    status = code if code in KINDS else 400 if code < 500 else 500
    headers = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return Problem(status, headers=headers, values={"expected": expected, "seconds": 60, "request_id": "-"})


def from_input(error: InvalidInput) -> Problem:
    """Fields that cannot be used, each with its sentence."""
    spoken = lang()
    errors = [{"field": name, "message": message.text(spoken)} for name, message in error.errors.items()]
    return Problem(422, errors=errors)


def invalid(errors: Mapping[str, str]) -> Problem:
    """The same for what the API checks by itself: sentences by field, in the caller's language already."""
    return Problem(422, errors=[{"field": name, "message": message} for name, message in errors.items()])


def refusal(workflow: Workflow, refused: Refused, status: int = 409, **members: Any) -> Problem:  # noqa: ANN401
    """A rule's refusal: its guard, its sentence, and who can clear it."""
    spoken = lang()
    said = sentence(workflow, refused, spoken)
    return Problem(status, detail=said, guard=refused.guard, clears=clears(refused, spoken), **members)
