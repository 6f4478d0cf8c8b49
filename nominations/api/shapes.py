"""What goes out: any of the queries' values as plain JSON, and the JSON Schema of each, read off its own class."""

from __future__ import annotations

import types
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

Schema = dict[str, Any]

_PLAIN: Mapping[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Decimal: {"type": "string"},
}


def plain(value: object) -> Any:  # noqa: ANN401 - JSON
    """A value as JSON has it: dataclasses and named tuples as objects, days and instants as ISO text."""
    for kind, write in _WRITTEN:
        if isinstance(value, kind):
            return write(value)
    names = _names(cast("Any", type(value)))
    return {name: plain(getattr(value, name)) for name in names} if names else value


def _list(value: Any) -> Any:  # noqa: ANN401 - a list, or an object where it is a named tuple
    names = _names(cast("Any", type(value)))
    return {name: plain(getattr(value, name)) for name in names} if names else [plain(inner) for inner in value]


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    """The fields of a dataclass or a named tuple; none for anything else."""
    if isinstance(kind, type) and is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    return tuple(getattr(kind, "_fields", ()))


_WRITTEN: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (date, lambda value: value.isoformat()),
    (Enum, lambda value: value.value),
    (str | int | float, lambda value: value),
    (Decimal, str),
    (Mapping, lambda value: {str(name): plain(inner) for name, inner in value.items()}),
    (list | tuple, _list),
    (set | frozenset, sorted),
)


class Shapes:
    """Makes schemas of classes; each class becomes a component once, named after itself."""

    def __init__(self) -> None:
        self.components: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:  # noqa: ANN401 - a class, a type of typing, or a schema as it is
        """The schema of a type."""
        if isinstance(kind, dict):
            return self._inner(kind)
        if kind is Any or kind in _PLAIN:
            return dict(_PLAIN.get(kind, {}))
        return self._generic(get_origin(kind), get_args(kind)) if get_args(kind) else self._component(kind)

    def _generic(self, origin: Any, inner: Sequence[Any]) -> Schema:  # noqa: ANN401 - what ``typing`` calls an origin
        if origin is Literal:
            return {"type": "string", "enum": list(inner)}
        if origin in {Union, types.UnionType}:
            return self._maybe([one for one in inner if one is not type(None)])
        if issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(inner[1]) or True}
        return {"type": "array", "items": self.of(inner[0])}

    def _inner(self, schema: Schema) -> Schema:
        """A schema as it is, classes within it made into schemas too."""
        return {name: self._part(value) for name, value in schema.items()}

    def _part(self, value: object) -> object:
        if isinstance(value, dict):
            return self._inner(value)
        if isinstance(value, list):
            return [self._part(one) for one in value]
        return self.of(value) if isinstance(value, type) or get_origin(value) is not None else value

    def _maybe(self, kinds: list[Any]) -> Schema:
        schema = self.of(kinds[0])
        if "type" in schema and "enum" not in schema:
            return schema | {"type": [schema["type"], "null"]}
        return {"anyOf": [schema, {"type": "null"}]}

    def _component(self, kind: type) -> Schema:
        name = kind.__name__
        if name not in self.components:
            self.components[name] = {}  # so that a class within itself ends
            hints = get_type_hints(kind)
            self.components[name] = {
                "type": "object",
                "description": (kind.__doc__ or "").strip().partition("\n")[0].replace("``", ""),
                "properties": {field: self.of(hints[field]) for field in _names(kind)},
                "required": list(_names(kind)),
            }
        return {"$ref": f"#/components/schemas/{name}"}
