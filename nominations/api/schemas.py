"""The shapes of what comes in: requests are checked against these, and the API's document shows the very same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nominations.queries.calculators import MOST_DAYS
from nominations.queries.pages import LONGEST, LONGEST_CURSOR
from nominations.queries.reference import KNOWN
from nominations.queries.visibility import STAGES
from nominations.services.action_fields import CHOICES, FIELDS, Field
from nominations.services.bulk import MOST as MOST_OF_A_BULK
from nominations.services.meetings import MOST_LINES
from nominations.services.payloads import LONG, MOST, SHORT
from workflows.eligibility import QUANTITATIVE
from workflows.naming import ROLES
from workflows.sentences import SECTIONS

Schema = dict[str, Any]

NAME: Schema = {"type": "string", "maxLength": SHORT, "minLength": 1}
DAY: Schema = {"type": "string", "format": "date"}
FLAG: Schema = {"type": "boolean", "default": False}
NUMBER: Schema = {"type": "integer", "minimum": 1}
DIGEST: Schema = {"type": "string", "pattern": "[0-9a-f]{64}"}

PAGING: Mapping[str, Schema] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": LONGEST, "default": 50},
    "cursor": {"type": "string", "maxLength": LONGEST_CURSOR},
}
COUNTED: Mapping[str, Schema] = {**PAGING, "count": FLAG}
FILTERS: Mapping[str, Schema] = {
    "round": NAME,
    "form": NAME,
    "stage": {"type": "string", "enum": list(STAGES)},
    "step": NAME,
    "state": NAME,
    "unit": NUMBER,
    "holder": {"type": "string", "enum": ["me"]},
    "overdue": FLAG,
    "q": NAME,
    "subject_kind": {"type": "string", "enum": list(KNOWN["subject_kind"])},
    "updated_since": {"type": "string", "format": "date-time"},
}
UNIT_FILTERS: Mapping[str, Schema] = {
    "q": NAME,
    "level": {"type": "string", "enum": list(KNOWN["unit_level"])},
    "kind": {"type": "string", "enum": list(KNOWN["unit_kind"])},
    "parent": NUMBER,
    "on": DAY,
}

SEARCH: Schema = {
    "type": "object",
    "properties": {**FILTERS, **COUNTED, "identity_number": {"type": "string", "pattern": "[0-9]{9}|[0-9]{12}"}},
}
CREATE: Schema = {
    "type": "object",
    "required": ["round", "form", "proposing_unit", "subject_kind", "subject_group"],
    "properties": {
        "round": NAME,
        "form": NAME,
        "proposing_unit": NUMBER,
        "subject_kind": {"type": "string", "enum": list(KNOWN["subject_kind"])},
        "subject_group": {"type": "string", "enum": list(KNOWN["subject_group"])},
        "name": {"type": "string", "maxLength": SHORT, "description": "of a nominee not known yet"},
        "nominee": {"type": "string", "maxLength": 32, "description": "the reference of a nominee already known"},
        "nominee_unit": NUMBER | {"description": "where the nominee is that unit itself"},
        "home_unit": NUMBER | {"description": "where the nominee belongs, if not to the proposing unit"},
        "birth_year": {"type": "integer", "minimum": 1900, "maximum": 2100},
    },
}
PATCH: Schema = {
    "type": "object",
    "required": ["content"],
    "properties": {
        "content": {
            "type": "object",
            "additionalProperties": True,
            "description": "the sections given replace those of the file: nominee, criteria, report, proposal",
        }
    },
}
UPLOAD: Schema = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "maxLength": 60, "description": "the kind of paper; without it the file is only "
                 "kept, for an action to name by its SHA-256"},
        "file": {"type": "string", "format": "binary"},
    },
}  # fmt: skip
NAMING: Schema = {
    "type": "object",
    "required": ["person", "role"],
    "properties": {
        "person": NAME | {"description": "the user name of the account"},
        "role": {"type": "string", "enum": sorted({role for roles in ROLES.values() for role in roles})},
    },
}
STRIKING: Schema = {
    "type": "object",
    "required": ["person", "reasons"],
    "properties": {"person": NAME, "reasons": {"type": "string", "maxLength": LONG, "minLength": 1}},
}
MARK: Schema = {
    "type": "object",
    "required": ["kind", "opened_on", "document"],
    "properties": {
        "kind": {"type": "string", "enum": ["complaint", "discipline"]},
        "opened_on": DAY,
        "closed_on": DAY | {"description": "the day discipline is served, where known"},
        "document": NAME | {"description": "number, day and body of the paper"},
        "document_sha": DIGEST | {"description": "a file kept before, by its SHA-256"},
        "note": {"type": "string", "maxLength": LONG},
        "unit": NUMBER | {"description": "for which of your units, where there are several"},
    },
}
CLOSING: Schema = {
    "type": "object",
    "required": ["reasons"],
    "properties": {"closed_on": DAY, "reasons": {"type": "string", "maxLength": LONG, "minLength": 1}},
}
MEETING: Schema = {
    "type": "object",
    "required": ["council", "held_on", "begins", "place"],
    "properties": {
        "council": NUMBER,
        "held_on": DAY,
        "begins": {"type": "string", "maxLength": 5, "description": "the hour, such as 08:00"},
        "place": NAME,
        "secret": FLAG,
        "codes": {"type": "array", "maxItems": MOST_LINES, "items": NAME, "description": "files for its agenda"},
    },
}
BALLOTS: Schema = {
    "type": "object",
    "required": ["votes"],
    "properties": {
        "votes": {
            "type": "array",
            "maxItems": MOST_LINES,
            "items": {
                "type": "object",
                "required": ["code", "choice", "version"],
                "properties": {
                    "code": NAME,
                    "choice": {"type": "string", "enum": list(CHOICES)},
                    "version": NUMBER | {"description": "the version of the file that was seen"},
                    "note": {"type": "string", "maxLength": LONG},
                },
            },
        },
    },
}
CODES: Schema = {"type": "array", "minItems": 1, "maxItems": MOST_OF_A_BULK, "items": NAME}
SEEN_LINES: Schema = {
    "type": "array",
    "minItems": 1,
    "maxItems": MOST_OF_A_BULK,
    "items": {
        "type": "object",
        "required": ["code", "version"],
        "properties": {"code": NAME, "version": NUMBER},
    },
}
SUBMISSION: Schema = {"type": "object", "required": ["codes"], "properties": {"codes": CODES}}
LINEUP: Schema = {
    "type": "object",
    "required": ["version", "codes"],
    "properties": {"version": NUMBER, "codes": CODES},
}
SEEN: Schema = {"type": "object", "required": ["version"], "properties": {"version": NUMBER}}
SIGNED_LINES: Schema = {
    "type": "object",
    "required": ["version", "lines"],
    "properties": {"version": NUMBER, "lines": SEEN_LINES},
}
RECORDED_LINES: Schema = {
    "type": "object",
    "required": ["version", "lines", "signer", "signed_on", "signed_file"],
    "properties": {
        "version": NUMBER,
        "lines": SEEN_LINES,
        "signer": NAME,
        "signed_on": DAY,
        "signed_file": DIGEST,
        "counts": {
            "type": "object",
            "properties": {kind: {"type": "integer", "minimum": 0} for kind in KNOWN["subject_kind"]},
            "description": "how many of each kind the signed paper says there are",
        },
        "confirmed": FLAG,
    },
}
NUMBERED_LINES: Schema = {
    "type": "object",
    "required": ["version", "lines", "number", "numbered_on"],
    "properties": {"version": NUMBER, "lines": SEEN_LINES, "number": NAME, "numbered_on": DAY},
}
AWARDS: Mapping[str, Schema] = {"q": NAME, "form": NAME, **PAGING}
BULK: Schema = {
    "type": "object",
    "required": ["action", "lines"],
    "properties": {
        "action": {"type": "string", "enum": list(FIELDS)},
        "lines": SEEN_LINES,
        "payload": {"type": "object", "additionalProperties": True},
        "preview": FLAG,
    },
}
ANY_OBJECT: Schema = {"type": "object", "additionalProperties": True}

_MAYBE_COUNT: Schema = {"type": ["integer", "null"], "minimum": 0, "maximum": 10**9}
ELIGIBILITY: Schema = {
    "type": "object",
    "required": ["criterion", "unit", "figures"],
    "properties": {
        "criterion": {"type": "string", "enum": sorted(QUANTITATIVE)},
        "unit": {
            "type": "object",
            "properties": {
                "poor_district": {"type": ["boolean", "null"]},
                "area_class": {"type": ["string", "null"], "enum": ["I", "II", "III"]},
            },
        },
        "figures": {
            "type": "array",
            "maxItems": 100,
            "items": {
                "type": "object",
                "required": ["year"],
                "properties": {
                    "year": {"type": "integer", "minimum": 1990, "maximum": 2100},
                    "rate": {"type": ["string", "number", "null"], "pattern": r"[0-9]{1,3}([.,][0-9]{1,10})?"},
                    "households": _MAYBE_COUNT,
                    "poor": _MAYBE_COUNT,
                    "near_poor": _MAYBE_COUNT,
                    "standard": {"type": ["string", "null"], "maxLength": SHORT},
                    "status": {"type": "string", "enum": ["preliminary", "official"]},
                    "decision_ref": {"type": ["string", "null"], "maxLength": SHORT},
                },
            },
        },
    },
}

BONUS: Mapping[str, Schema] = {
    "form": NAME,
    "kind": {"type": "string", "enum": list(KNOWN["subject_kind"])},
    "decided_on": DAY | {"description": "the day of the decision, by which every figure is looked up"},
}
DEADLINE: Mapping[str, Schema] = {
    "complete_on": DAY | {"description": "the day the complete file came in; day 1 is the first working day after it"},
    "working_days": {"type": "integer", "minimum": 0, "maximum": MOST_DAYS},
}


def _without(action: str, name: str) -> Schema:
    """What an action needs, but for what the address says already."""
    whole = action_body(action)
    whole["required"] = [one for one in whole["required"] if one != name]
    whole["properties"] = {key: part for key, part in whole["properties"].items() if key != name}
    return whole


def action_body(action: str) -> Schema:
    """What an action needs besides the click, from the table the services check it by."""
    fields = FIELDS[action]
    return {
        "type": "object",
        "required": [name for name, spec in fields.items() if spec.required],
        "properties": {name: _field(spec) for name, spec in fields.items()},
        "additionalProperties": False,
    }


def _field(spec: Field) -> Schema:
    if spec.kind == "choice":
        return {"type": "string", "enum": list(spec.choices)}
    return _KINDS[spec.kind]


_SECTION: Schema = {"type": "string", "enum": list(SECTIONS)}
_KINDS: Mapping[str, Schema] = {
    "text": {"type": "string", "maxLength": LONG},
    "line": {"type": "string", "maxLength": SHORT},
    "integer": {"type": "integer", "minimum": 0, "maximum": 999_999},
    "amount": {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999},
    "date": DAY,
    "sections": {"type": "array", "items": _SECTION},
    "faults": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["code", "note", "section"],
            "properties": {
                "code": {"type": "string", "maxLength": SHORT},
                "note": {"type": "string", "maxLength": LONG},
                "section": _SECTION,
            },
        },
    },
    "findings": {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "required": ["met"],
            "properties": {"met": {"type": "boolean"}, "note": {"type": "string"}},
        },
    },
    "content": PATCH["properties"]["content"],
    "sha256": DIGEST,
    "lines": {"type": "array", "maxItems": MOST, "items": {"type": "string", "maxLength": SHORT}},
    "digests": {"type": "array", "maxItems": MOST, "items": DIGEST},
}
REPLYING = _without("reply_opinion", "request")
