"""For many files of one meeting at once: may this person do that to the line, and if not, why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from nominations.queries.case_facts import CaseRow, case_rows
from nominations.queries.prepared import in_scope, prepare
from nominations.queries.sittings import sitting
from workflows import Act, Actor, Refused, Workflow, decide


@dataclass(frozen=True, slots=True)
class Answered:
    """A file of the meeting with its flow, and why the act is refused; None: it may be done."""

    row: CaseRow
    workflow: Workflow
    refused: Refused | None


def answers(
    session: Session, actor: Actor, meeting_id: int, codes: list[str], action: str, today: date
) -> Mapping[str, Answered]:
    """The rules' answer for each of these files of a meeting, one reading for all; what is out of scope is left out."""
    sat = sitting(session, meeting_id)
    found: dict[str, Answered] = {}
    for code, row in case_rows(session, codes, today, lock=False).items():
        if not in_scope(actor, row):
            continue
        ready = prepare(session, row, action, {}, today, sitting=sat)
        decision = decide(ready.workflow, ready.case, actor, Act(action, ask=True), today)
        found[code] = Answered(row, ready.workflow, decision if isinstance(decision, Refused) else None)
    return found
