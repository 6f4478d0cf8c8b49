"""What changed in a file since somebody last judged it: the sealed content they judged, beside the one sealed last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson
from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from nominations.models.council import Ballot
from nominations.models.decisions import Decision
from nominations.models.nominations import Revision
from nominations.models.work import Opinion
from nominations.queries.detail import Detail

Content = Mapping[str, Any]


class Since(NamedTuple):
    """Two sealed contents: of the revision last judged, and of the last one."""

    judged: int
    before: Content
    after: Content


def since_judged(session: Session, person_id: int, file: Detail) -> Since | None:
    """What ``person_id`` judged last in a file they may read, if it was sealed anew since; one statement."""
    if file.sight.bare or file.revision_no < 2 or file.row.revision_id is None:
        return None
    mine = union_all(
        select(Opinion.revision_id).where(Opinion.nomination_id == file.row.id, Opinion.person_id == person_id),
        select(Ballot.revision_id).where(Ballot.nomination_id == file.row.id, Ballot.person_id == person_id),
        select(Decision.revision_id).where(Decision.nomination_id == file.row.id, Decision.signer_id == person_id),
    ).subquery()
    rows = session.execute(
        select(Revision.number, Revision.content, mine.c.revision_id.is_not(None).label("judged"))
        .outerjoin(mine, mine.c.revision_id == Revision.id)
        .where(Revision.nomination_id == file.row.id)
        .where(mine.c.revision_id.is_not(None) | (Revision.id == file.row.revision_id))
        .order_by(Revision.number.desc())
    ).all()
    judged = next((row for row in rows if row.judged), None)
    if judged is None or judged.number == file.revision_no:
        return None
    return Since(judged.number, orjson.loads(judged.content), orjson.loads(rows[0].content))
