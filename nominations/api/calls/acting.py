"""Actions: every one with its answer, and the doing of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nominations.api.call import Answer, Call
from nominations.api.calls.shown import done
from nominations.api.problems import Problem, refusal
from nominations.api.shapes import plain
from nominations.extensions import db_session
from nominations.queries.detail import detail
from nominations.queries.history import changes_since
from nominations.queries.prepared import panel
from nominations.services.action_fields import FIELDS
from nominations.services.actions import Denied, Outcome, Request, act
from workflows import OpenAction, Refused, Workflow, action_label, clears, sentence

STALE = "stale_version"
TOLD_IN_CONFLICT = frozenset({
    "is_nominee", "declared_conflict", "own_unit_nominee", "unit_decides_itself", "not_in_this_state",
    "not_your_unit", "not_your_post",
})  # fmt: skip


def actions(call: Call) -> Answer:
    """Every action, allowed or not; of each refused one the guard, the sentence, and who can clear it."""
    found = detail(db_session(), call.viewer, call.path["code"], call.today)
    if found is None:
        raise Problem(404)
    ready, lines = panel(db_session(), found.row, call.viewer.actor, call.today)
    shown = [_shown(line, ready.workflow, call.lang, bare=found.sight.bare) for line in lines]
    return Answer({"code": found.line.code, "version": found.line.version, "items": shown})


def perform(call: Call) -> Answer:
    """Do one action: the new state with its receipt, or the refusal."""
    return acted(call, call.path["action"], call.body)


def acted(call: Call, action: str, payload: Mapping[str, Any]) -> Answer:
    """Do an action on the version the caller saw."""
    request = Request(call.path["code"], action, call.version, payload, call.origin)
    return outcome(call, act(db_session(), call.viewer.actor, call.clock, request))


def outcome(call: Call, came: Outcome, status: int = 200) -> Answer:
    """What came of an act as an answer. Raises Problem: 412 for a stale version, 409 for any other refusal."""
    if not isinstance(came, Denied):
        return done(call, came, status)
    if came.refused.guard != STALE:
        raise refusal(came.workflow, came.refused)
    since = changes_since(db_session(), call.viewer, call.path["code"], call.version)
    changes = [plain(change) | {"label": _label(change.act, call.lang)} for change in since]
    raise refusal(came.workflow, came.refused, 412, changes=changes, version=came.version)


def _shown(line: OpenAction, workflow: Workflow, lang: str, *, bare: bool) -> dict[str, Any]:
    needs = [name for name, spec in FIELDS.get(line.action, {}).items() if spec.required]
    shown: dict[str, Any] = {
        "action": line.action,
        "label": action_label(line.action, lang),
        "allowed": line.allowed,
        "here": line.here,
        "needs": needs,
        "warnings": [sentence(workflow, warning, lang) for warning in line.warnings],
    }
    if line.refusal is None:
        return shown
    refused = Refused("declared_conflict") if bare and line.refusal.guard not in TOLD_IN_CONFLICT else line.refusal
    said = {"guard": refused.guard, "sentence": sentence(workflow, refused, lang), "clears": clears(refused, lang)}
    return shown | said


def _label(action: str, lang: str) -> str:
    return action_label(action, lang) if action in FIELDS else action
