"""One call of the API as its view gets it: who, with what, in which language; and the answer it gives back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Response, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from nominations.api import callers, words
from nominations.api.callers import Caller
from nominations.api.problems import Problem, invalid, lang
from nominations.api.shapes import plain
from nominations.clock import Clock
from nominations.queries.actors import Viewer
from nominations.services.log import Origin

LARGEST_BODY = 1 << 20  # bytes of JSON
DEEPEST = 24  # levels of JSON
JSON_TYPES = ("application/json", "application/merge-patch+json")
_ETAG = re.compile(r'"([0-9]{1,9})"')
_KEY = re.compile(r"[\x21-\x7e]{1,128}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out: a body to be written as JSON (or a whole response), a status, headers."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """One checked request. ``query`` and ``body`` are as their schemas say; ``files`` are uploads by field."""

    clock: Clock
    lang: str
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    caller: Caller | None
    seen: int | None = None  # the version in If-Match, where the call takes one
    key: str | None = None  # Idempotency-Key
    files: Mapping[str, FileStorage] = field(default_factory=dict)

    @property
    def viewer(self) -> Viewer:
        """Who calls. A public call has nobody: a bug of the table of routes."""
        if self.caller is None:
            raise LookupError("a public call has no viewer")
        return self.caller.viewer

    @property
    def version(self) -> int:
        """The version the caller saw. Raises Problem 428 where they named none."""
        if self.seen is None:
            raise Problem(428)
        return self.seen

    @property
    def today(self) -> date:
        """The day it is."""
        return self.clock.today()

    @property
    def origin(self) -> Origin:
        """Who acts and how, for the log."""
        if self.caller is None:
            raise LookupError("a public call does not act")
        return callers.origin(self.caller, self.key)


def read_json() -> Any:  # noqa: ANN401 - whatever JSON was sent
    """The JSON of the request; an empty body is an empty object. Raises Problem 400, 413, 415."""
    request.max_content_length = LARGEST_BODY
    try:
        raw = request.get_data(cache=True)
    except RequestEntityTooLarge as error:
        raise Problem(413) from error
    if not raw:
        return {}
    if request.mimetype not in JSON_TYPES:
        raise Problem(415, values={"expected": JSON_TYPES[0]})
    try:
        sent = json.loads(raw.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "bad_json") from error
    if _too_deep(sent):
        raise Problem(400, "bad_json")
    return sent


def seen_version() -> int | None:
    """The version in If-Match, 0 for a tag that is none of ours; None where there is none."""
    said = request.headers.get("If-Match", "").strip()
    if not said or said == "*":
        return None
    found = _ETAG.fullmatch(said)
    return int(found[1]) if found else 0


def request_key() -> str | None:
    """The Idempotency-Key, or None. Raises Problem 422 for one that cannot be."""
    said = request.headers.get("Idempotency-Key")
    if said is None:
        return None
    if not _KEY.fullmatch(said):
        raise invalid({"Idempotency-Key": words.FIELDS["bad_key"][lang()]})
    return said


def respond(answer: Answer) -> Response:
    """The answer as a response."""
    if isinstance(answer.body, Response):
        return answer.body
    text = "" if answer.status == 204 else json.dumps(plain(answer.body), ensure_ascii=False)
    response = Response(text, answer.status, dict(answer.headers), mimetype="application/json")
    response.headers["Content-Language"] = lang()
    response.headers["Vary"] = "Accept-Language, Authorization"
    return response


def etag(version: int) -> str:
    """The ETag of a file's version."""
    return f'"{version}"'


def _too_deep(sent: object) -> bool:
    """Whether JSON is nested deeper than any content is."""
    level = [sent]
    for _ in range(DEEPEST):
        level = [inner for value in level for inner in _within(value)]
        if not level:
            return False
    return True


def _within(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
