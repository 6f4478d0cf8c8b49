"""What hangs on a file: how it stands against the criteria, its history, its revisions."""

from __future__ import annotations

from typing import Any

from nominations.api.call import Answer, Call
from nominations.api.calls.files import one
from nominations.api.problems import Problem
from nominations.api.shapes import plain
from nominations.extensions import db_session
from nominations.queries import revisions as sealed
from nominations.queries.detail import Criteria
from nominations.queries.history import EntryLine
from nominations.queries.history import history as history_of
from nominations.services.action_fields import FIELDS
from workflows import action_label
from workflows.assessments import as_json
from workflows.criteria import CriterionLine


def eligibility(call: Call) -> Answer:
    """Every criterion of the group, computed again today, with its working."""
    found = one(call, readable=True)
    if found.criteria is None:
        raise Problem(404)
    criteria = found.criteria
    lines = [_criterion(line, criteria, call.lang) for line in criteria.assessment.lines]
    met = criteria.assessment.is_complete
    return Answer({"code": found.line.code, "group": found.row.subject_group, "complete": met, "items": lines})


def history(call: Call) -> Answer:
    """Every entry, and whether the chain holds and the row agrees with its last entry."""
    found = history_of(db_session(), call.viewer, call.path["code"])
    if found is None:
        raise Problem(404)
    broken = found.report.first_break
    chain = {
        "intact": found.report.intact,
        "checked": found.report.checked,
        "head": found.report.head.hash,
        "row_agrees": found.row_agrees,
        "broken_at": broken.cseq if broken is not None else None,
        "sentence": broken.sentence(call.lang) if broken is not None else None,
    }
    entries = [_entry(entry, call.lang) for entry in found.entries]
    return Answer({"code": call.path["code"], "chain": chain, "items": entries})


def revisions(call: Call) -> Answer:
    """Every sealed revision."""
    found = sealed.revisions(db_session(), call.viewer, call.path["code"])
    if found is None:
        raise Problem(404)
    return Answer({"code": call.path["code"], "items": found})


def revision_diff(call: Call) -> Answer:
    """What a revision changed against the one before."""
    found = sealed.diff(db_session(), call.viewer, call.path["code"], int(call.path["number"]))
    if found is None:
        raise Problem(404)
    return Answer({"code": call.path["code"]} | plain(found))


def _criterion(line: CriterionLine, criteria: Criteria, lang: str) -> dict[str, Any]:
    text = criteria.texts.get(line.criterion.code)
    return {
        "criterion": line.criterion.code,
        "kind": line.criterion.kind,
        "required": line.criterion.required,
        "state": line.state.value,
        "text": text.text if text is not None else "",
        "source": text.source if text is not None else "",
        "assessment": as_json(line.assessment, lang) if line.assessment is not None else None,
    }


def _entry(entry: EntryLine, lang: str) -> dict[str, Any]:
    label = action_label(entry.act, lang) if entry.act in FIELDS else entry.act
    shown: dict[str, Any] = plain(entry)
    return shown | {"label": label}
