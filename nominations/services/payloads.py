"""What was sent with an act, checked the same for the page and the API, by the table of ``action_fields``.

Dates come as ``YYYY-MM-DD`` or ``dd/mm/yyyy``. Everything wrong is said at once, field by field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from nominations.reference import load_reasons
from nominations.services.action_fields import FIELDS, Field
from nominations.services.errors import InvalidInput
from nominations.services.messages import REQUIRED, Message
from workflows.sentences import SECTIONS

Raw = Mapping[str, Any]
LONG, SHORT, MOST = 20_000, 200, 200  # characters of a text and of a line, rows of a list
DEEPEST = 8  # lists and objects within one another
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)

# What no text has: the zero byte, halves of letters and non-letters, which no database or paper could keep.
_IMPOSSIBLE = re.compile("[\x00\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# What comes along unseen when text is pasted: control characters, and those that turn the reading direction.
_UNSEEN = dict.fromkeys([
    *(code for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc" and chr(code) not in "\t\n"),
    *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF,
])  # fmt: skip


def parse(action: str, raw: Raw) -> dict[str, Any]:
    """The checked payload of ``action``, absent fields left out. Raises InvalidInput with everything wrong."""
    return read(FIELDS[action], raw)


def read(fields: Mapping[str, Field], raw: Raw) -> dict[str, Any]:
    """What was sent for these fields, checked, absent ones left out. Raises InvalidInput with everything wrong."""
    errors: dict[str, Message] = {shown(name): Message("unknown_field") for name in raw if name not in fields}
    parsed: dict[str, Any] = {}
    for name, spec in fields.items():
        value = raw.get(name)
        if value is None or value in ("", []):
            if spec.required:
                errors[name] = REQUIRED
            continue
        answer = _PARSERS[spec.kind](value, spec)
        if isinstance(answer, Message):
            errors[name] = answer
        else:
            parsed[name] = answer
    if errors:
        raise InvalidInput(errors)
    return parsed


def day(value: object) -> date | Message:
    """A date as people or programs write it."""
    found = value if isinstance(value, date) and not isinstance(value, datetime) else _read_day(str(value).strip())
    if found is None:
        return Message("not_date")
    if EARLIEST <= found <= LATEST:
        return found
    return Message("day_out_of_range", {"low": f"{EARLIEST:%d/%m/%Y}", "high": f"{LATEST:%d/%m/%Y}"})


def words(value: object, limit: int) -> str | Message:
    """Text of at most ``limit`` characters in NFC, blanks at its ends left out; never empty."""
    if not isinstance(value, str) or _IMPOSSIBLE.search(value):
        return Message("not_text")
    seen = unicodedata.normalize("NFC", value.replace("\r\n", "\n").translate(_UNSEEN)).strip()
    if not seen:
        return REQUIRED
    return Message("too_long", {"limit": limit}) if len(seen) > limit else seen


def line(value: object, limit: int = SHORT) -> str | Message:
    """Text on one line, single blanks between its words."""
    said = words(value, limit)
    return said if isinstance(said, Message) else " ".join(said.split())


def shown(name: object) -> str:
    """A field's name as somebody sent it, fit to be said back."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(name)[:SHORT])


def whole_number(value: object, digits: int) -> int | Message:
    """A whole number of at most that many digits, as people type it or programs send it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    typed = "" if isinstance(value, bool | float) else str(value).strip()
    if not typed.isascii() or not typed.isdigit() or len(typed) > digits:
        return Message("not_number")
    return int(typed)


def _read_day(typed: str) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _line(value: object, spec: Field) -> str | Message:
    said = line(value)
    if isinstance(said, Message) or not spec.listed:
        return said
    return said if said in _codes(spec) else _not_one_of(_codes(spec))


def _codes(spec: Field) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.code for kind in spec.listed for reason in load_reasons(kind)))


def _choice(value: object, spec: Field) -> str | Message:
    return value if isinstance(value, str) and value in spec.choices else _not_one_of(spec.choices)


def _sections(value: object, _spec: Field) -> list[str] | Message:
    if not isinstance(value, list | tuple):
        return Message("not_list")
    if any(not isinstance(section, str) or section not in SECTIONS for section in value):
        return _not_one_of(tuple(SECTIONS))
    return [section for section in SECTIONS if section in value]


def _faults(value: object, spec: Field) -> list[dict[str, str]] | Message:
    """All faults at once: each a code of the list, the section it is in, and words."""
    if not isinstance(value, list | tuple) or len(value) > MOST:
        return Message("not_list")
    faults = []
    for fault in value:
        checked = _fault(fault, spec) if isinstance(fault, Mapping) else Message("not_list")
        if isinstance(checked, Message):
            return checked
        faults.append(checked)
    return faults


def _fault(fault: Raw, spec: Field) -> dict[str, str] | Message:
    code, note, section = _line(fault.get("code"), spec), words(fault.get("note"), LONG), fault.get("section")
    for answer in (code, note):
        if isinstance(answer, Message):
            return REQUIRED if answer.key == "not_text" else answer
    if not isinstance(section, str) or section not in SECTIONS:
        return _not_one_of(tuple(SECTIONS))
    return {"code": str(code), "note": str(note), "section": section}


def _findings(value: object, _spec: Field) -> dict[str, dict[str, Any]] | Message:
    """What the appraiser found for each criterion: met or not, with a note."""
    if not isinstance(value, Mapping) or len(value) > MOST:
        return Message("not_object")
    findings = {}
    for named, found in value.items():
        code = line(named)
        if isinstance(code, Message) or not isinstance(found, Mapping) or not isinstance(found.get("met"), bool):
            return Message("not_object")
        note = words(found["note"], LONG) if found.get("note") else ""
        if isinstance(note, Message) and note != REQUIRED:
            return note
        findings[code] = {"met": found["met"], "note": "" if isinstance(note, Message) else note}
    return findings


def _content(value: object, _spec: Field) -> dict[str, Any] | Message:
    return dict(value) if isinstance(value, Mapping) and _is_shallow(value, DEEPEST) else Message("not_object")


def _is_shallow(value: object, depth: int) -> bool:
    """Whether lists and objects lie within one another at most ``depth`` times, under names that are text."""
    if isinstance(value, Mapping):
        names = all(isinstance(name, str) for name in value)
        return depth > 0 and names and all(_is_shallow(inner, depth - 1) for inner in value.values())
    if isinstance(value, list | tuple):
        return depth > 0 and all(_is_shallow(inner, depth - 1) for inner in value)
    return True


def _sha256(value: object, _spec: Field) -> str | Message:
    return str(value) if re.fullmatch(r"[0-9a-f]{64}", str(value)) else Message("unknown_file")


def _lines(value: object, _spec: Field) -> list[str] | Message:
    """Several short texts, each once."""
    if not isinstance(value, list | tuple) or len(value) > MOST:
        return Message("not_list")
    said = [line(one) for one in value]
    wrong = next((one for one in said if isinstance(one, Message)), None)
    return wrong if wrong is not None else list(dict.fromkeys(str(one) for one in said))


def _digests(value: object, spec: Field) -> list[str] | Message:
    """Several papers by their digests."""
    said = _lines(value, spec)
    if isinstance(said, list) and any(isinstance(_sha256(one, spec), Message) for one in said):
        return Message("unknown_file")
    return said


def _not_one_of(choices: tuple[str, ...]) -> Message:
    return Message("not_choice", {"choices": ", ".join(choices)})


_PARSERS: Mapping[str, Callable[[Any, Field], Any]] = {
    "text": lambda value, _spec: words(value, LONG),
    "line": _line,
    "integer": lambda value, _spec: whole_number(value, 6),
    "amount": lambda value, _spec: whole_number(str(value).replace(".", "").replace(" ", ""), 15),
    "date": lambda value, _spec: day(value),
    "choice": _choice,
    "sections": _sections,
    "faults": _faults,
    "findings": _findings,
    "content": _content,
    "sha256": _sha256,
    "lines": _lines,
    "digests": _digests,
}
