"""What each action needs besides the click: its fields, their kinds and choices, one table for the page and the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an action's payload."""

    kind: str  # text, line, integer, amount, date, choice, sections, faults, findings, content, sha256, lines, digests
    required: bool = False
    choices: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()  # the reason lists its code must be in


ADVICE = ("for", "against")
CHOICES = ("agree", "disagree", "abstain")
OUTCOMES = ("send_up", "not_send_up", "award", "not_award")
REASONS = ("against_vote_reason", "not_award_reason")
REASON = {"reason_code": Field("line", required=True, listed=REASONS), "reasons": Field("text", required=True)}
MAYBE_REASON = {"reason_code": Field("line", listed=REASONS), "reasons": Field("text")}
REPLY = {
    "request": Field("integer", required=True),
    "advice": Field("choice", choices=("for", "against", "neutral"), required=True),
    "reasons": Field("text", required=True),
}
ARRIVAL = {"arrival_number": Field("line"), "arrived_on": Field("date"), "arrival_paper": Field("sha256")}
FORMS = ("GK-XA", "GK-HUYEN", "GK-SO", "GK-DN", "BK-TINH", "BK-TTG")
ANOTHER_FORM = {
    "form": Field("choice", choices=FORMS, required=True),
    "reasons": Field("text", required=True),
    "document_sha": Field("sha256"),
}
ANNULMENT = {
    "ground": Field("line", required=True, listed=("annulment_ground",)),
    "reasons": Field("text", required=True),
    "document_sha": Field("sha256", required=True),
}
ON_PAPER = {"signer": Field("line"), "signed_on": Field("date"), "signed_file": Field("sha256")}
"""Where the head signed outside: who records it names who signed, when, and the signed paper."""

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
    "begin_posting": {"posted_on": Field("date"), "places": Field("line")},
    "end_posting": {
        "ended_on": Field("date"),
        "minutes_sha": Field("sha256", required=True),
        "remarks": Field("text"),
    },
    "ask_opinion": {
        "kind": Field("line", required=True),
        "bodies": Field("lines"),
        "outside": Field("line"),
        "question": Field("text", required=True),
        "sections": Field("sections"),
        "papers": Field("digests"),
    },
    "reply_opinion": REPLY | {"reply_paper": Field("sha256")},
    "record_reply": REPLY
    | {
        "reply_number": Field("line", required=True),
        "replied_on": Field("date", required=True),
        "reply_paper": Field("sha256", required=True),
    },
    "remind_opinion": {"request": Field("integer", required=True)},
    "withdraw_request": {"request": Field("integer", required=True), "reasons": Field("text", required=True)},
    "ballot": {"choice": Field("choice", choices=CHOICES, required=True), "note": Field("text")},
    "record_counts": {
        name: Field("integer", required=True)
        for name in ("issued", "returned", "valid", "agree", "disagree", "abstain")
    }
    | {"minutes_sha": Field("sha256", required=True)},
    "confirm_counts": {},
    "close_ballot": {"held_on": Field("date")},
    "reopen_ballot": {"reasons": Field("text", required=True)},
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
        "faults": Field("faults", required=True, listed=("return_fault",)),
        "document_sha": Field("sha256"),
    },
    "approve_return": {"reasons": Field("text", required=True)},
    "send_back": {"reasons": Field("text", required=True)},
    "pass_down": {"reasons": Field("text"), "sections": Field("sections")},
    "resubmit": {"note": Field("text")},
    "reconfirm": {"note": Field("text")},
    "propose_hold": {
        "ground": Field("line", required=True, listed=("hold_ground",)),
        "reasons": Field("text", required=True),
        "document_sha": Field("sha256"),
        "review_on": Field("date"),
    },
    "hold": {},
    "decline_hold": {"reasons": Field("text", required=True)},
    "resume": {"reasons": Field("text", required=True)},
    "withdraw": {"reasons": Field("text", required=True)},
    "other_form": ANOTHER_FORM,
    "propose_anew": ANOTHER_FORM,
    "end_without_competence": {"reasons": Field("text", required=True)},
    "annul": ANNULMENT | ON_PAPER,
    "propose_annulment": ANNULMENT | {"signed_on": Field("date"), "signed_file": Field("sha256")},
    "record_central_annulment": ANNULMENT
    | {"number": Field("line", required=True), "decided_on": Field("date", required=True)},
    "propose_correction": {
        "right_name": Field("line"),
        "right_address": Field("line"),
        "right_birth_year": Field("integer"),
        "right_number": Field("line"),
        "right_amount": Field("amount"),
        "reasons": Field("text", required=True),
        "document_sha": Field("sha256"),
    },
    "approve_correction": ON_PAPER,
    "decline_correction": {"reasons": Field("text", required=True)},
    "reissue": {
        "cause": Field("choice", choices=("lost", "spoiled", "corrected"), required=True),
        "reasons": Field("text", required=True),
        "document_sha": Field("sha256", required=True),
    }
    | ON_PAPER,
    "number_act": {"number": Field("line", required=True), "numbered_on": Field("date", required=True)},
}
