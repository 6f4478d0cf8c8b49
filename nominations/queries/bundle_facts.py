"""What the paper over many files says of each of them: who, from where, what for, with which vote, with which award."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nominations.models.council import MeetingLine
from nominations.models.decisions import Award
from nominations.models.nominations import Nomination, Revision


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line: the nominee, the content of the revision that goes up, the vote heard, the award where there is one."""

    id: int
    code: str
    name: str
    kind: str
    content: dict[str, Any]
    members: int
    agree: int
    decided_on: date | None
    register_no: int | None
    register_year: int | None
    check_code: str | None


def line_facts(session: Session, ids: Sequence[int]) -> list[LineFacts]:
    """The facts of these files, in their order; two statements however many there are."""
    found = session.execute(
        select(
            Nomination.id, Nomination.code, Nomination.nominee_name, Nomination.subject_kind, Revision.content,
            Award.decided_on, Award.register_no, Award.register_year, Award.check_code,
        )
        .outerjoin(Revision, Revision.id == Nomination.revision_id)
        .outerjoin(Award, Award.nomination_id == Nomination.id)
        .where(Nomination.id.in_(ids))
    )  # fmt: skip
    votes = _votes(session, ids)
    rows = {
        row.id: LineFacts(
            row.id, row.code, row.nominee_name, row.subject_kind, _said(row.content), *votes.get(row.id, (0, 0)),
            row.decided_on, row.register_no, row.register_year, row.check_code,
        )
        for row in found
    }  # fmt: skip
    return [rows[one] for one in ids if one in rows]


def _votes(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """All members and those who agreed, of each file's last vote that stands."""
    last = (
        select(func.max(MeetingLine.id))
        .where(MeetingLine.nomination_id.in_(ids), MeetingLine.closed_at.is_not(None), MeetingLine.voided_by.is_(None))
        .group_by(MeetingLine.nomination_id)
    )
    rows = session.execute(
        select(MeetingLine.nomination_id, MeetingLine.members, MeetingLine.agree).where(MeetingLine.id.in_(last))
    )
    return {row.nomination_id: (row.members or 0, row.agree or 0) for row in rows}


def _said(content: bytes | None) -> dict[str, Any]:
    said: dict[str, Any] = orjson.loads(content) if content else {}
    return said
