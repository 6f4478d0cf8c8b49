"""Reads the API's document as a client would: which call answers what, and whether an answer has that shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from werkzeug.test import TestResponse

Document = Mapping[str, Any]
KINDS: Mapping[str, Any] = {
    "string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None),
}  # fmt: skip


def operation(document: Document, method: str, path: str) -> Document | None:
    """The call a request made, or None where the document has none such."""
    for template, calls in document["paths"].items():
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path) and method.lower() in calls:
            found: Document = calls[method.lower()]
            return found
    return None


def problem_faults(response: TestResponse) -> list[str]:
    """What an error answer lacks as a problem document, and what it must never tell."""
    if response.mimetype != "application/problem+json":
        return [f"is {response.mimetype}"]
    said = response.get_json()
    faults = [f"lacks {name}" for name in ("type", "title", "status", "detail", "instance") if not said.get(name)]
    faults += [] if said["status"] == response.status_code else ["says another status"]
    told = response.text.lower()
    return faults + [
        f"tells {word}" for word in ("traceback", "sqlalchemy", "select ", "/nominations/api/") if word in told
    ]


def shape_faults(document: Document, schema: Document, value: Any) -> list[str]:
    """What of a value is not as its schema says: a wrong kind, a property nobody documented or one that is missing."""
    return list(_faults(document, [schema], value, "answer"))


def _faults(document: Document, schemas: list[Document], value: Any, place: str) -> Iterator[str]:
    parts = [part for schema in schemas for part in _flat(document, schema)]
    if any(not part for part in parts):
        return
    if value is None and any("null" in _kinds(part) for part in parts):
        return
    alternatives = [part for part in parts if "anyOf" in part]
    for part in alternatives:
        tried = [list(_faults(document, [one], value, place)) for one in part["anyOf"]]
        yield from [] if any(not faults for faults in tried) else tried[0]
    plain = [part for part in parts if "anyOf" not in part]
    for part in plain:
        if _kinds(part) and not any(_is(value, kind) for kind in _kinds(part)):
            yield f"{place} is {value!r}, not {_kinds(part)}"
            return
    if isinstance(value, dict) and plain:
        yield from _object_faults(document, plain, value, place)
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _faults(document, [part["items"] for part in plain], inner, f"{place}.{number}")


def _object_faults(document: Document, parts: list[Document], value: dict[str, Any], place: str) -> Iterator[str]:
    named = [part for part in parts if "properties" in part]
    known = {name: schema for part in named for name, schema in part["properties"].items()}
    free = next((part["additionalProperties"] for part in parts if part.get("additionalProperties")), None)
    for part in named:
        yield from (f"{place} lacks {name}" for name in part.get("required", ()) if name not in value)
    for name, inner in value.items():
        if name in known:
            yield from _faults(document, [known[name]], inner, f"{place}.{name}")
        elif isinstance(free, dict):
            yield from _faults(document, [free], inner, f"{place}.{name}")
        elif not free:
            yield f"{place}.{name} is not documented"


def _flat(document: Document, schema: Document) -> Iterator[Document]:
    """The parts of a schema, references followed."""
    if "$ref" in schema:
        yield from _flat(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    elif "allOf" in schema:
        for part in schema["allOf"]:
            yield from _flat(document, part)
    else:
        yield schema


def _kinds(schema: Document) -> tuple[str, ...]:
    said = schema.get("type", ())
    return (said,) if isinstance(said, str) else tuple(said)


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, KINDS[kind]) and not (kind == "integer" and isinstance(value, bool))
