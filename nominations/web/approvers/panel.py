"""The decision panel: every action of the table with its answer for this person, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from nominations.queries.prepared import Prepared
from nominations.web.ground import lang
from workflows import ACTIONS, OpenAction, action_label, clears, sentence
from workflows.gates import OF_POSTING, OF_REQUESTS

Shown = dict[str, Any]
ORDER = tuple(ACTIONS)
DANGER = frozenset(
    {"not_send_up", "not_award", "withdraw", "annul", "record_central_annulment", "end_without_competence"}
)
# The main act of each step, in the order in which one of them leads the panel.
LEADS = (
    "submit", "resubmit", "accept", "check", "recommend", "close_ballot", "award", "send_up", "number",
    "record_central_result", "ballot", "confirm_counts", "hold", "resume", "reconfirm",
    "approve_correction", "number_act",
)  # fmt: skip
AT_THE_DESK: Mapping[str, str] = {"save": "nominators.review", "submit": "nominators.review"}  # where drafts are made
ICONS: Mapping[str, str] = {
    "save": "edit", "submit": "send", "recall": "rotate", "accept": "file-check", "check": "checkup-list",
    "recommend": "scale", "ballot": "checklist", "record_counts": "list-numbers", "confirm_counts": "checks",
    "close_ballot": "lock", "reopen_ballot": "lock-open", "send_up": "signature", "not_send_up": "circle-x",
    "award": "award", "not_award": "circle-x", "record_signature": "writing", "number": "hash",
    "record_central_result": "building-bank", "return": "arrow-back-up", "approve_return": "check",
    "send_back": "rotate", "pass_down": "arrow-down", "resubmit": "send", "reconfirm": "checks",
    "propose_hold": "player-pause", "hold": "player-pause", "decline_hold": "player-play", "resume": "player-play",
    "withdraw": "file-x", "begin_posting": "speakerphone", "end_posting": "clipboard-check",
    "ask_opinion": "messages", "reply_opinion": "message", "record_reply": "writing",
    "remind_opinion": "bell", "withdraw_request": "x",
    "annul": "ban", "propose_annulment": "send", "record_central_annulment": "ban",
    "propose_correction": "edit", "approve_correction": "signature", "decline_correction": "circle-x",
    "reissue": "copy", "number_act": "hash", "other_form": "replace", "propose_anew": "replace",
    "end_without_competence": "ban",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Panel:
    """What can be done now; what the present state has but not for this person, by reason; and all the others."""

    open: tuple[Shown, ...]
    refused: tuple[Shown, ...]
    elsewhere: tuple[Shown, ...]


def panel_of(ready: Prepared, actions: Iterable[OpenAction], carried: Mapping[str, Any]) -> Panel:
    """The panel for one file; ``carried`` goes along in every link, so that the place in the list is kept."""
    listed = tuple(actions)
    allowed = {line.action for line in listed if line.allowed}
    lead = next((name for name in LEADS if name in allowed), "")
    shown = {line.action: panel_line(ready, line, carried, lead) for line in listed}
    in_order = sorted(allowed, key=lambda name: (name != lead, ORDER.index(name)))
    return Panel(
        tuple(shown[name] for name in in_order),
        _by_reason(shown[line.action] for line in listed if _is_here(line) and not line.allowed),
        tuple(shown[line.action] for line in listed if not _is_here(line)),
    )


def _is_here(line: OpenAction) -> bool:
    """What is about a request for an opinion, or a posting, and cannot be done is folded away."""
    return line.here and (line.allowed or line.action not in OF_REQUESTS | OF_POSTING)


def _by_reason(refused: Iterable[Shown]) -> tuple[Shown, ...]:
    """Refused actions under the reason they share."""
    groups: dict[str, Shown] = {}
    for line in refused:
        group = groups.setdefault(line["reason"], {**line, "id": f"why-{line['code']}", "actions": []})
        group["actions"].append({"code": line["code"], "label": line["label"]})
    return tuple(groups.values())


def panel_line(ready: Prepared, line: OpenAction, carried: Mapping[str, Any], lead: str = "") -> Shown:
    """One action: where it is done, or why it is not and who can clear that."""
    shown: Shown = {
        "code": line.action,
        "label": _("Sửa hồ sơ") if line.action == "save" else action_label(line.action, lang()),
        "allowed": line.allowed,
        "icon": ICONS.get(line.action, "chevron-right"),
        "leads": line.action == lead,
    }
    if line.refusal is not None:
        reason = sentence(ready.workflow, line.refusal, lang())
        return shown | {"reason": reason, "cleared_by": clears(line.refusal, lang()), "guard": line.refusal.guard}
    kind = "primary" if line.action == lead else "danger" if line.action in DANGER else "secondary"
    notes = " ".join(sentence(ready.workflow, warning, lang()) for warning in line.warnings)
    return shown | {"url": _address(ready.case.code, line.action, carried), "kind": kind, "note": notes or None}


def _address(code: str, action: str, carried: Mapping[str, Any]) -> str:
    """Where an action is done: drafts in their own editor, ballots on the ballot sheet, the rest on a confirm page."""
    if action in AT_THE_DESK:
        return url_for(AT_THE_DESK[action], code=code)
    if action == "ballot":
        return url_for("approvers.ballot_sheet", code=code)
    return url_for("approvers.ask", code=code, action=action, **carried)
