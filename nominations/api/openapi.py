"""Writes the OpenAPI document (3.1) of a table of routes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from nominations.api import words
from nominations.api.problems import KINDS, MEDIA_TYPE
from nominations.api.routing import MULTIPART, PATHS, Route
from nominations.api.schemas import action_body
from nominations.api.shapes import Shapes
from nominations.services.action_fields import FIELDS

Document = dict[str, Any]
INTRODUCTION = (
    "Award nominations: the same services, rules and scoping as the pages. Lists are paged by an opaque cursor. "
    "Every change names the version it was made on (If-Match) and may carry an Idempotency-Key: sent again with the "
    "same body it is answered as the first time, with another body it is refused (422). Errors are problem documents "
    "(RFC 9457) in the language of Accept-Language, vi or en."
)
PROBLEM: Document = {
    "type": "object",
    "description": "What went wrong and what to do next.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "guard": {"type": "string", "description": "the rule that stands against it"},
        "clears": {"type": "string", "description": "who can clear it"},
        "changes": {"type": "array", "items": {"type": "object"}, "description": "what was done since your version"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


def openapi(routes: Iterable[tuple[str, Route]]) -> Document:
    """The document of routes, each with the prefix of its address."""
    shapes = Shapes()
    paths: dict[str, Document] = {}
    for prefix, route in routes:
        paths.setdefault(prefix + route.path, {})[route.method.lower()] = _operation(prefix, route, shapes)
    actions = {f"action_{name}": action_body(name) for name in FIELDS}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Nominations", "version": "1", "description": INTRODUCTION},
        "paths": paths,
        "components": {
            "schemas": {"Problem": PROBLEM, **actions, **dict(sorted(shapes.components.items()))},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(prefix: str, route: Route, shapes: Shapes) -> Document:
    said: Document = {
        "operationId": route.name if prefix else f"{route.name}_at_the_top",
        "tags": [route.tag],
        "summary": route.summary,
    }
    said["parameters"] = [*_in_path(route), *_in_query(route), *_in_headers(route)]
    if route.scope is None:
        said["security"] = []
    else:
        said["description"] = f"Needs a token with the scope {route.scope}."
    if route.body is not None:
        said["requestBody"] = {"required": True, "content": {route.media: {"schema": _body(route)}}}
    answer = {route.answer_media: {"schema": shapes.of(route.answer)}} if route.answer is not None else {}
    headers = {"ETag": {"schema": {"type": "string"}}} if _versioned(route) else {}
    said["responses"] = {str(route.status): {"description": "Done.", "content": answer, "headers": headers}}
    said["responses"] |= {str(status): _problem(status) for status in _failures(route)}
    return said


def _in_path(route: Route) -> list[Document]:
    names = re.findall(r"\{(\w+)\}", route.path)
    kind = {"type": "string"}
    return [{"name": n, "in": "path", "required": True, "schema": kind | {"pattern": PATHS[n]}} for n in names]


def _in_query(route: Route) -> list[Document]:
    return [
        {"name": name, "in": "query", "required": name in route.needed, "schema": dict(schema)}
        for name, schema in route.query.items()
    ]


def _in_headers(route: Route) -> list[Document]:
    spoken = {"name": "Accept-Language", "in": "header", "schema": {"type": "string"}}
    version = {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}}
    key = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 128}}
    return [spoken, *([version] if route.if_match else []), *([key] if route.keyed else [])]


def _body(route: Route) -> Mapping[str, Any]:
    """The body as it is checked; of the actions, whose table the services hold, each one's own."""
    if "{action}" not in route.path:
        return route.body or {}
    return {"anyOf": [{"$ref": f"#/components/schemas/action_{name}"} for name in FIELDS]}


def _versioned(route: Route) -> bool:
    return route.if_match or route.path == "/nominations/{code}" or route.keyed


def _failures(route: Route) -> list[int]:
    """The statuses a call can fail with."""
    found = {422, 429}
    found |= {401, 403} if route.scope is not None else set()
    found |= {404} if "{" in route.path else set()
    found |= {400, 413, 415} if route.body is not None else set()
    found |= {409, 412, 428} if route.if_match or route.media == MULTIPART else set()
    found |= {409, 412} if route.judged else set()
    return sorted(found)


def _problem(status: int) -> Document:
    said = words.title(KINDS[status], "en")
    return {"description": said, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
