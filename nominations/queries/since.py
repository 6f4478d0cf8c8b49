"""What changed in a file since somebody last judged it, and whether what they said of it still stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson
from sqlalchemy import CompoundSelect, Row, case, literal, null, select, union_all
from sqlalchemy.orm import Session

from nominations.models.council import Ballot, MeetingLine
from nominations.models.decisions import Decision
from nominations.models.nominations import Revision
from nominations.models.work import Opinion
from nominations.queries.detail import Detail
from workflows.reviewed import changes, touched

Content = Mapping[str, Any]
VOTE = "ballot"


class Given(NamedTuple):
    """What somebody said of a file: an opinion, a ballot or a signature, at a stage, and whether it still stands."""

    kind: str
    stage: str
    stands: bool
    touched: tuple[str, ...]  # of what it was about, the sections and values that have changed since


class Since(NamedTuple):
    """Two sealed contents, of the revision last judged and of the last one, and what was given on the earlier one."""

    judged: int
    before: Content
    after: Content
    given: tuple[Given, ...]


def since_judged(session: Session, person_id: int, file: Detail) -> Since | None:
    """What ``person_id`` judged last in a file they may read, if it was sealed anew since; one statement."""
    if file.sight.bare or file.revision_no < 2 or file.row.revision_id is None:
        return None
    mine = _given_by(person_id, file.row.id).subquery()
    rows = session.execute(
        select(
            Revision.number,
            Revision.content,
            Revision.sections,
            mine.c.kind,
            mine.c.stage,
            mine.c.voided,
            mine.c.parts,
        )
        .outerjoin(mine, mine.c.revision_id == Revision.id)
        .where(Revision.nomination_id == file.row.id)
        .where(mine.c.revision_id.is_not(None) | (Revision.id == file.row.revision_id))
        .order_by(Revision.number.desc())
    ).all()
    judged = next((row for row in rows if row.kind is not None), None)
    if judged is None or judged.number == file.revision_no:
        return None
    changed = changes(judged.sections, rows[0].sections)
    given = tuple(_given(file, row, changed) for row in rows if row.number == judged.number)
    return Since(judged.number, orjson.loads(judged.content), orjson.loads(rows[0].content), given)


def _given(file: Detail, row: Row[*tuple[Any, ...]], changed: frozenset[str]) -> Given:
    """One thing given, out of its row; a ballot was about what its council reviews."""
    reviewed = row.parts
    if reviewed is None:
        stage = file.workflow.stages.get(row.stage)
        reviewed = [part for step in stage.steps if step.kind == "council" for part in step.reviews] if stage else []
    return Given(row.kind, row.stage, not row.voided, touched(reviewed, changed))


def _given_by(person_id: int, nomination_id: int) -> CompoundSelect[*tuple[Any, ...]]:
    """Everything the person said of the file that is bound to a revision: kind, stage, voided, what it reviewed."""
    fell = case((MeetingLine.voided_by.is_not(None), 1), else_=0)
    return union_all(
        select(
            Opinion.revision_id,
            Opinion.kind.label("kind"),
            Opinion.stage.label("stage"),
            case((Opinion.voided_by.is_not(None), 1), else_=0).label("voided"),
            Opinion.reviewed_sections.label("parts"),
        ).where(Opinion.nomination_id == nomination_id, Opinion.person_id == person_id),
        select(Ballot.revision_id, literal(VOTE), MeetingLine.stage, fell, null())
        .join(MeetingLine, MeetingLine.id == Ballot.line_id)
        .where(Ballot.nomination_id == nomination_id, Ballot.person_id == person_id),
        select(
            Decision.revision_id,
            Decision.kind,
            Decision.stage,
            case((Decision.voided_by.is_not(None), 1), else_=0),
            Decision.reviewed_sections,
        ).where(Decision.nomination_id == nomination_id, Decision.signer_id == person_id),
    )
