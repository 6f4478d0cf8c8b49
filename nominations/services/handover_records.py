"""What waits with a post before it is handed over, and the record of the hand-over (biên bản bàn giao).

An administrator sees no file: the record names files by their code alone. What waited at the end of the last day is
read from the steps themselves, so that the record says the same whenever it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from nominations.clock import WORKING_ZONE, working_day
from nominations.documents.facts import Body
from nominations.documents.kinds.handover import HandOverFacts, WaitingStep, hand_over
from nominations.documents.paper import Paper
from nominations.queries.administration import PostOf, post
from nominations.queries.handed_over import Waiting, heir, unit_of, waiting_with

DUTIES: Mapping[str, str] = {
    "nominator": "người lập hồ sơ",
    "appraiser": "chuyên viên thẩm định",
    "secretary": "thư ký Hội đồng",
    "head": "người đứng đầu",
    "deputy": "cấp phó",
    "office": "văn phòng",
    "clerk": "văn thư",
    "asked_body": "cơ quan được hỏi ý kiến",
    "supervisor": "giám sát",
    "auditor": "kiểm tra, thanh tra",
    "admin": "quản trị viên",
}
"""Duties as the record names them; papers are in Vietnamese whatever the reader reads."""


def waits_now(session: Session, found: PostOf, now: datetime, lang: str) -> tuple[Waiting, ...]:
    """The steps that wait with this post at this moment."""
    return waiting_with(session, found.unit_id, found.duty, now, lang)


def record(session: Session, ref: str, now: datetime) -> Paper | None:
    """The record of a post's end; None for one unknown or without a last day."""
    held = post(session, ref)
    if held is None or held[0].valid_to is None:
        return None
    found, giver_ref, giver = held
    last_day = held[0].valid_to
    end = _end_of(last_day)
    taken = heir(session, found.unit_id, found.duty, last_day, giver_ref) or ("", "")
    steps = waiting_with(session, found.unit_id, found.duty, min(now, end), "vi")
    return hand_over(
        HandOverFacts(
            unit=_body(session, found.unit_id),
            duty=DUTIES[found.duty],
            giver=giver,
            giver_title=found.title,
            receiver=taken[0],
            receiver_title=taken[1],
            last_day=last_day,
            settled=now >= end,
            steps=[WaitingStep(one.code, one.step, working_day(one.opened_at), one.due_on) for one in steps],
        )
    )


def _end_of(day: date) -> datetime:
    """The instant the day ends in Vietnam."""
    return datetime.combine(day + timedelta(days=1), time(), WORKING_ZONE)


def _body(session: Session, unit_id: int) -> Body:
    one = unit_of(session, unit_id)
    province = one.name if one.kind == "province" else one.parent_name or ""
    return Body(one.code, one.name, one.kind, one.level, one.parent_name or "", one.parent_kind or "", province)
