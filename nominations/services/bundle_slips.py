"""The slip for the signatory over many files: what its page says of one file, gathered from all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from nominations.clock import working_day
from nominations.documents.bodies import full_name
from nominations.documents.facts import Advice, Facts, OpenStep, Remarks
from nominations.documents.kinds.lists import body_at, ended
from nominations.queries.slip_facts import AdviceGiven, advice_given, departures, waiting
from nominations.queries.tracker import tracker
from nominations.services.expected import expected_from
from nominations.services.reasons import reason_words
from workflows import Workflow

STAGE = "chairman"
MOST_SAID = 5
"""Of different reasons of the office's checks; the rest stand in their files."""


def with_slip(session: Session, facts: Facts, names: Mapping[int, str], workflow: Workflow, today: date) -> Facts:
    """The list's facts with what its slip tells; ``names`` are those of its lines by the number of their file."""
    ids = list(names)
    given = advice_given(session, ids)
    departed = tuple(
        f"{names[one.nomination_id]} ({full_name(body_at(facts, one.stage))}): "
        f"{ended(one.reasons or reason_words(one.reason_code, 'vi', 'against_vote_reason'))}"
        for one in departures(session, ids)
    )
    reserved = tuple(
        f"{names[one.nomination_id]} ({one.person}): {ended(one.reasons)}" for one in given if one.advice == "against"
    )
    checks = [one for one in given if one.kind == "check" and one.stage == STAGE]
    return replace(
        facts,
        remarks=Remarks(departed, reserved),
        advice=(_together(checks),) if checks else (),
        open_step=_step(session, ids, workflow, today),
    )


def _together(checks: Sequence[AdviceGiven]) -> Advice:
    """What the office found of all lines as one: every person, every reason once."""
    people = ", ".join(dict.fromkeys(one.person for one in checks))
    reasons = list(dict.fromkeys(ended(one.reasons) for one in checks))
    left = len(reasons) - MOST_SAID
    said = reasons[:MOST_SAID] + ([f"và {left:02} ý kiến khác ghi trong hồ sơ"] if left > 0 else [])
    last = max(one.created_at for one in checks)
    return Advice("check", STAGE, people, "for", "; ".join(said), (), working_day(last))


def _step(session: Session, ids: Sequence[int], workflow: Workflow, today: date) -> OpenStep | None:
    """The step of the file that is due first."""
    first = waiting(session, ids)
    if first is None or first.state.partition(".")[0] != STAGE:
        return None
    steps = tracker(workflow, first.entry_stage, first.path, first.state, (), {})
    result = expected_from(session, workflow, steps, first.state, first.opened_at, first.due_on, today)
    return OpenStep(first.due_on, result)
