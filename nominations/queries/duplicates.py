"""Whether a nominee has a live file already: under its own record, or under another one of the same identity."""

from __future__ import annotations

from sqlalchemy.orm import Session

from nominations.models.nominations import DEAD_STATES
from nominations.queries.case_facts import CaseRow
from nominations.queries.sql import quoted, rows
from workflows import DRAFT

_DEAD = ", ".join(map(quoted, DEAD_STATES))  # in the index's own order: SQLite compares the words
# The nominee leads to its few files; "+ 0" keeps either database from walking through the whole round instead.
_LIVE = f"n.round_id + 0 = :round AND n.form = :form AND n.id <> :id AND n.state NOT IN ({_DEAD})"
_OWN = f"SELECT n.id, n.code FROM nominations n WHERE n.nominee_id = :nominee AND {_LIVE}"
_TWIN = (
    "SELECT n.id, n.code FROM nominees e JOIN nominees o ON o.{same} = e.{same} AND o.id <> e.id"
    f" JOIN nominations n ON n.nominee_id = o.id WHERE e.id = :nominee AND n.state <> {quoted(DRAFT)} AND {_LIVE}"
)
# Each by an index of its own: joined by OR they would read the whole round.
_FIRST = (
    " UNION ".join((_OWN, _TWIN.format(same="identity_hash"), _TWIN.format(same="unit_id"))) + " ORDER BY 1 LIMIT 1"
)


def live_file(session: Session, nominee_id: int, round_id: int, form: str) -> str | None:
    """The code of the nominee's own live file for the form in the round; None where there is none."""
    found = rows(session, _OWN, {"round": round_id, "form": form, "id": 0, "nominee": nominee_id})
    return str(found[0][1]) if found else None


def live_twin(session: Session, row: CaseRow) -> str | None:
    """The code of another live file of the nominee for the same form and round; None where there is none.

    A nominee entered twice is known by its identity number's keyed hash, or by being the same unit. Of two such
    records the draft that has not been submitted yet stands in nobody's way: whoever submits first goes on.
    """
    asked = {"round": row.round_id, "form": row.form, "id": row.id, "nominee": row.nominee_id}
    found = rows(session, _FIRST, asked)
    return str(found[0][1]) if found else None
