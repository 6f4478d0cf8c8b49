"""One action on many files: what would come of each line, the doing, and what was done under a key."""

from __future__ import annotations

from typing import Any

from nominations.api.call import Answer, Call
from nominations.api.calls.shown import PREFIX
from nominations.api.problems import Problem
from nominations.api.shapes import plain
from nominations.extensions import db_session
from nominations.queries.together import done_under
from nominations.services.actions import Denied
from nominations.services.apply import Applied
from nominations.services.bulk import Line, ManyRequest, Passes, Unknown, Unusable, act_many, weigh_many
from nominations.services.errors import InvalidInput
from nominations.services.messages import REQUIRED
from workflows import Refused, Workflow, clears, sentence


def bulk(call: Call) -> Answer:
    """Do an action on many files, or with ``preview`` only say what would come of each; every line has its answer.

    The same Idempotency-Key with the same lines goes on where it stopped: what was done is not done twice.
    """
    lines = [Line(str(line["code"]), int(line["version"])) for line in call.body["lines"]]
    asked = ManyRequest(str(call.body["action"]), lines, call.body.get("payload", {}), call.origin)
    if call.body.get("preview"):
        weighed = weigh_many(db_session(), call.viewer.actor, call.clock, asked)
        return _answer(call, [line_shown(call, one.code, one.outcome) for one in weighed])
    if call.key is None:
        raise InvalidInput({"Idempotency-Key": REQUIRED})
    done = act_many(db_session(), call.viewer.actor, call.clock, asked)
    return _answer(call, [line_shown(call, one.code, one.outcome) for one in done])


def bulk_done(call: Call) -> Answer:
    """What the caller did under this key: each file with the receipt of its entry."""
    found = done_under(db_session(), call.viewer.actor.ref, call.path["key"])
    if not found:
        raise Problem(404)
    items = [{**plain(one), "href": f"{PREFIX}/nominations/{one.code}"} for one in found]
    return Answer({"id": call.path["key"], "items": items})


def _answer(call: Call, items: list[dict[str, Any]]) -> Answer:
    done = sum(bool(item["ok"]) for item in items)
    return Answer({"id": call.key or "", "done": done, "refused": len(items) - done, "items": items})


def line_shown(call: Call, code: str, came: Applied | Passes | Denied | Unusable | Unknown) -> dict[str, Any]:
    """What came of one file, or would come."""
    shown: dict[str, Any] = {"code": code, "ok": isinstance(came, Applied | Passes)}
    if isinstance(came, Applied):
        receipt = plain(came.receipt) | {"code": came.receipt.code}
        return shown | {"state": came.state, "version": came.version, "receipt": receipt}
    if isinstance(came, Passes):
        return shown | {"state": came.to_state}
    if isinstance(came, Denied):
        return shown | {"version": came.version} | _refused(came.workflow, came.refused, call.lang)
    if isinstance(came, Unusable):
        errors = [{"field": name, "message": message.text(call.lang)} for name, message in came.errors.items()]
        return shown | {"errors": errors}
    return shown | {"guard": "not_found"}


def _refused(workflow: Workflow, refused: Refused, lang: str) -> dict[str, Any]:
    return {
        "guard": refused.guard,
        "sentence": sentence(workflow, refused, lang),
        "clears": clears(refused, lang),
    }
