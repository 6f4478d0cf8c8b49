"""Checks what a caller sends against the very schemas the API's document shows: everything wrong at once, by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from nominations.api import words
from nominations.services.messages import REQUIRED, Message

Schema = Mapping[str, Any]
Errors = dict[str, str]

LONGEST_NAME = 200  # characters of a field's name in an error
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


class Checker:
    """One check in one language; ``errors`` gathers a sentence for each field that cannot be used."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.errors: Errors = {}

    def body(self, value: object, schema: Schema, field: str = "") -> Any:  # noqa: ANN401 - as the schema says
        """The value as the schema understands it: days as dates, texts without NUL; what is wrong is in ``errors``."""
        kinds = schema.get("type", ())
        named = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        if value is None and "null" in named:
            return None
        for kind in named:
            if kind in _KINDS and _KINDS[kind](value):
                return _CHECKS[kind](self, value, schema, field)
        if not named:
            return self.free(value, field)
        self.wrong(field, _NOT[next(kind for kind in named if kind != "null")])
        return None

    def query(
        self, given: Mapping[str, str], parameters: Mapping[str, Schema], needed: Sequence[str] = ()
    ) -> dict[str, Any]:
        """The parameters of an address, turned from text into what their schemas say; defaults filled in."""
        for name in given:
            if name not in parameters:
                self.wrong(name, "unknown_field")
        found: dict[str, Any] = {}
        for name, schema in parameters.items():
            if name in given:
                found[name] = self.body(self._typed(given[name], schema), schema, name)
            else:
                found[name] = schema.get("default")
        for name in needed:
            if not given.get(name):
                self.errors[name] = REQUIRED.text(self.lang)
        return found

    def wrong(self, field: str, key: str, **values: object) -> None:
        """Note what is wrong with a field, named so that it can be written down whatever it is called."""
        field = field.encode("utf-8", "replace").decode()[:LONGEST_NAME]
        if key in words.FIELDS:
            self.errors.setdefault(field, words.FIELDS[key][self.lang])
        else:
            self.errors.setdefault(field, Message(key, values).text(self.lang))

    def free(self, value: object, field: str) -> object:
        """A value of any shape whose texts a database can hold."""
        if isinstance(value, str) and not _storable(value):
            self.wrong(field, "not_text")
        elif isinstance(value, Mapping):
            for name, inner in value.items():
                self.free(name, field)
                self.free(inner, _inside(field, name))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                self.free(inner, _inside(field, number))
        return value

    def an_object(self, value: Mapping[str, Any], schema: Schema, field: str) -> dict[str, Any] | None:
        """An object: no field unknown, none of the required missing."""
        properties: Mapping[str, Schema] = schema.get("properties", {})
        found = {}
        for name, inner in value.items():
            if name in properties:
                found[name] = self.body(inner, properties[name], _inside(field, name))
            elif schema.get("additionalProperties", False) is False:
                self.wrong(_inside(field, name), "unknown_field")
            else:
                found[name] = self.free(inner, _inside(field, name))
        for name in schema.get("required", ()):
            if value.get(name) is None:
                self.errors.setdefault(_inside(field, name), REQUIRED.text(self.lang))
        return found

    def a_list(self, value: list[Any], schema: Schema, field: str) -> list[Any] | None:
        """A list of at most ``maxItems``."""
        if len(value) > schema.get("maxItems", 1000):
            self.wrong(field, "too_long", limit=schema.get("maxItems", 1000))
            return None
        return [self.body(inner, schema["items"], _inside(field, number)) for number, inner in enumerate(value)]

    def a_text(self, value: str, schema: Schema, field: str) -> str | date | None:
        """A text: storable, of a bearable length, of its form."""
        if not _storable(value):
            self.wrong(field, "not_text")
        elif len(value) < schema.get("minLength", 0):
            self.wrong(field, "required")
        elif len(value) > schema.get("maxLength", 20_000):
            self.wrong(field, "too_long", limit=schema.get("maxLength", 20_000))
        elif "enum" in schema and value not in schema["enum"]:
            self.wrong(field, "not_choice", choices=", ".join(str(one) for one in schema["enum"]))
        elif "pattern" in schema and not re.fullmatch(schema["pattern"], value):
            self.wrong(field, "wrong_form")
        elif schema.get("format") in _FORMATS:
            return self._formed(value, schema["format"], field)
        else:
            return value
        return None

    def a_number(self, value: int, schema: Schema, field: str) -> int | None:
        """A whole number within its bounds."""
        low, high = schema.get("minimum", 0), schema.get("maximum", 2**53 - 1)
        if not low <= value <= high:
            self.wrong(field, "out_of_range", low=low, high=high)
            return None
        return value

    def _formed(self, value: str, form: str, field: str) -> date | None:
        key, read = _FORMATS[form]
        try:
            return read(value)
        except ValueError:
            self.wrong(field, key)
            return None

    def _typed(self, text: str, schema: Schema) -> object:
        """A parameter's text as the kind of value its schema wants, left as it is where it cannot be one."""
        if schema["type"] == "boolean":
            return _TRUTHS.get(text.lower(), text)
        if schema["type"] == "integer" and re.fullmatch(r"[0-9]{1,15}", text):
            return int(text)
        return text


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or found.year < 2:
        raise ValueError(text)
    return found


def _inside(field: str, name: object) -> str:
    return f"{field}.{name}" if field else str(name)


def _storable(text: str) -> bool:
    """Whether a database can hold the text: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


_KINDS: Mapping[str, Callable[[object], bool]] = {
    "object": lambda value: isinstance(value, Mapping),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}
_CHECKS: Mapping[str, Callable[[Checker, Any, Schema, str], Any]] = {
    "object": Checker.an_object,
    "array": Checker.a_list,
    "string": Checker.a_text,
    "boolean": lambda _checker, value, _schema, _field: value,
    "integer": Checker.a_number,
    "number": lambda _checker, value, _schema, _field: value,
}
_NOT = {
    "object": "not_object",
    "array": "not_list",
    "string": "not_text",
    "boolean": "not_flag",
    "integer": "not_number",
    "number": "not_number",
}
_FORMATS: Mapping[str, tuple[str, Callable[[str], date]]] = {
    "date": ("not_date", date.fromisoformat),
    "date-time": ("not_instant", _instant),
}
