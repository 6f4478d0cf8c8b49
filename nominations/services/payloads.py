"""What each action needs besides the click: fields, kinds and choices, checked the same for the page and the API.

Dates come as ``YYYY-MM-DD`` or ``dd/mm/yyyy``. Everything wrong is said at once, field by field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nominations.services.errors import InvalidInput
from nominations.services.messages import REQUIRED, Message
from workflows.sentences import SECTIONS

Raw = Mapping[str, Any]
LONG, SHORT = 20_000, 200


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an action's payload."""

    kind: str  # text, line, integer, date, choice, sections, faults, findings, content, sha256
    required: bool = False
    choices: tuple[str, ...] = ()


ADVICE = ("for", "against")
CHOICES = ("agree", "disagree", "abstain")
OUTCOMES = ("send_up", "not_send_up", "award", "not_award")
REASON = {"reason_code": Field("line", required=True), "reasons": Field("text", required=True)}
MAYBE_REASON = {"reason_code": Field("line"), "reasons": Field("text")}
ARRIVAL = {"arrival_number": Field("line"), "arrived_on": Field("date"), "arrival_paper": Field("sha256")}

FIELDS: Mapping[str, Mapping[str, Field]] = {
    "save": {"content": Field("content", required=True)},
    "submit": {},
    "recall": {},
    "accept": ARRIVAL,
    "check": ARRIVAL
    | {
        "advice": Field("choice", choices=ADVICE, required=True),
        "reasons": Field("text", required=True),
        "by_criterion": Field("findings"),
    },
    "recommend": {
        "advice": Field("choice", choices=ADVICE, required=True),
        "reasons": Field("text", required=True),
        "by_criterion": Field("findings"),
    },
    "ballot": {"choice": Field("choice", choices=CHOICES, required=True), "note": Field("text")},
    "record_counts": {
        name: Field("integer", required=True)
        for name in ("issued", "returned", "valid", "agree", "disagree", "abstain")
    }
    | {"minutes_sha": Field("sha256", required=True)},
    "confirm_counts": {},
    "close_ballot": {"held_on": Field("date")},
    "send_up": MAYBE_REASON,
    "not_send_up": REASON,
    "award": MAYBE_REASON,
    "not_award": REASON,
    "record_signature": MAYBE_REASON
    | {
        "outcome": Field("choice", choices=OUTCOMES, required=True),
        "signer": Field("line", required=True),
        "signed_on": Field("date", required=True),
        "signed_file": Field("sha256", required=True),
    },
    "number": {"number": Field("line", required=True), "numbered_on": Field("date", required=True)},
    "record_central_result": MAYBE_REASON
    | {
        "outcome": Field("choice", choices=("awarded", "not_awarded"), required=True),
        "number": Field("line"),
        "decided_on": Field("date", required=True),
    },
    "return": {
        "mode": Field("choice", choices=("chain", "direct")),
        "sections": Field("sections", required=True),
        "faults": Field("faults", required=True),
    },
    "approve_return": {"reasons": Field("text", required=True)},
    "send_back": {"reasons": Field("text", required=True)},
    "pass_down": {"reasons": Field("text"), "sections": Field("sections")},
    "resubmit": {"note": Field("text")},
    "reconfirm": {"note": Field("text")},
    "propose_hold": {
        "ground": Field("line", required=True),
        "reasons": Field("text", required=True),
        "document_sha": Field("sha256"),
        "review_on": Field("date"),
    },
    "hold": {},
    "resume": {"reasons": Field("text", required=True)},
    "withdraw": {"reasons": Field("text", required=True)},
}


def parse(action: str, raw: Raw) -> dict[str, Any]:
    """The checked payload of ``action``, absent fields left out. Raises InvalidInput with everything wrong."""
    fields = FIELDS[action]
    errors: dict[str, Message] = {name: Message("unknown_field") for name in raw if name not in fields}
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
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(str(value).strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return Message("not_date")


def words(value: object, limit: int) -> str | Message:
    """Text of at most ``limit`` characters, blanks at its ends left out; never empty."""
    if not isinstance(value, str):
        return Message("not_text")
    stripped = value.strip()
    if not stripped:
        return REQUIRED
    if "\x00" in stripped:
        return Message("not_text")
    return Message("too_long", {"limit": limit}) if len(stripped) > limit else stripped


def _choice(value: object, spec: Field) -> str | Message:
    return value if isinstance(value, str) and value in spec.choices else _not_one_of(spec.choices)


def _integer(value: object, _spec: Field) -> int | Message:
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,6}", str(value).strip()):
        return Message("not_number")
    return int(str(value))


def _sections(value: object, _spec: Field) -> list[str] | Message:
    if not isinstance(value, list | tuple):
        return Message("not_list")
    if any(section not in SECTIONS for section in value):
        return _not_one_of(tuple(SECTIONS))
    return [section for section in SECTIONS if section in value]


def _faults(value: object, _spec: Field) -> list[dict[str, str]] | Message:
    """All faults at once: each a code of the list, the section it is in, and words."""
    if not isinstance(value, list) or not all(isinstance(fault, Mapping) for fault in value):
        return Message("not_list")
    faults = []
    for fault in value:
        code, note = words(fault.get("code"), SHORT), words(fault.get("note"), LONG)
        if isinstance(code, Message) or isinstance(note, Message) or fault.get("section") not in SECTIONS:
            return Message("required")
        faults.append({"code": code, "note": note, "section": str(fault["section"])})
    return faults


def _findings(value: object, _spec: Field) -> dict[str, dict[str, Any]] | Message:
    """What the appraiser found for each criterion: met or not, with a note."""
    if not isinstance(value, Mapping):
        return Message("not_object")
    findings = {}
    for code, found in value.items():
        if not isinstance(found, Mapping) or not isinstance(found.get("met"), bool) or len(str(code)) > SHORT:
            return Message("not_object")
        findings[str(code)] = {"met": found["met"], "note": str(found.get("note", ""))[:LONG]}
    return findings


def _content(value: object, _spec: Field) -> dict[str, Any] | Message:
    return dict(value) if isinstance(value, Mapping) else Message("not_object")


def _sha256(value: object, _spec: Field) -> str | Message:
    return str(value) if re.fullmatch(r"[0-9a-f]{64}", str(value)) else Message("unknown_file")


def _not_one_of(choices: tuple[str, ...]) -> Message:
    return Message("not_choice", {"choices": ", ".join(choices)})


_PARSERS: Mapping[str, Callable[[Any, Field], Any]] = {
    "text": lambda value, _spec: words(value, LONG),
    "line": lambda value, _spec: words(value, SHORT),
    "integer": _integer,
    "date": lambda value, _spec: day(value),
    "choice": _choice,
    "sections": _sections,
    "faults": _faults,
    "findings": _findings,
    "content": _content,
    "sha256": _sha256,
}
