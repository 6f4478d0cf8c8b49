"""What a file that moves to another form starts from: whether the round has that form, a live twin, who proposes."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.orm import Session

from nominations.models.nominations import DEAD_STATES
from nominations.queries.case_facts import CaseRow
from nominations.queries.routes import Proposer
from nominations.queries.sql import quoted, rows

_DEAD = ", ".join(map(quoted, DEAD_STATES))
_TEXT = f"""SELECT u.id, u.level, u.parent_id,
    (SELECT 1 FROM round_forms f WHERE f.round_id = :round AND f.form = :form) AS in_round,
    (SELECT min(n.code) FROM nominations n WHERE n.nominee_id = :nominee AND n.round_id + 0 = :round
      AND n.form = :form AND n.state NOT IN ({_DEAD})) AS twin
    FROM units u WHERE u.id = :unit"""


class Elsewhere(NamedTuple):
    """The proposing unit, whether the round has the other form, and the nominee's live file under it."""

    unit: Proposer
    in_round: bool
    twin: str | None


def elsewhere(session: Session, row: CaseRow, form: str) -> Elsewhere:
    """How the file would stand under ``form``; one statement."""
    asked = {"round": row.round_id, "form": form, "nominee": row.nominee_id, "unit": row.proposing_unit_id}
    unit, level, parent, in_round, twin = rows(session, _TEXT, asked)[0]
    return Elsewhere(Proposer(unit, level, parent), in_round is not None, twin)
