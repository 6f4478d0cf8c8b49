"""What waits for somebody: mine (on my desk, or a ballot to cast), coming (on the way to it), done (what I closed)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, exists, func, literal, not_, null, or_, select, union, union_all
from sqlalchemy.orm import Session, aliased

from nominations.models.council import Ballot, BallotCount, Meeting, MeetingLine
from nominations.models.nominations import Nomination
from nominations.models.people import Council
from nominations.models.work import Return, Task
from nominations.queries.actors import Viewer
from nominations.queries.desks import desks, on_my_desk
from nominations.queries.lines import Line, line, lines
from nominations.queries.listing import Filters, conditions
from nominations.queries.pages import MOST_COUNTED, Page, Rows, decode, paged, size
from nominations.queries.search import has_words, wanted
from nominations.queries.visibility import is_bare, reaches

Part = Literal["mine", "coming", "done"]
PARTS: tuple[Part, ...] = ("mine", "coming", "done")
STEPS = (("intake", "check"), ("appraisal",), ("council",), ("signature",), ("number", "pending"))  # as they follow
LAST_STEP = {"appraiser": 1, "secretary": 2, "head": 3, "deputy": 3, "clerk": 4}  # a duty -> its last place in STEPS

Conditions = Sequence[ColumnElement[bool]]
Way = Rows  # of nomination_id, sort (the day or instant to order by) and tie (a number)


def inbox(
    session: Session,
    viewer: Viewer,
    today: date,
    part: Part,
    filters: Filters | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Line]:
    """A page of one part: mine and coming by the day they are due, done with the latest first; one statement.

    Raises BadCursor, and IdentityNumber for a search text that looks like an identity number.
    """
    limit = size(limit)
    asked = _conditions(viewer, today, filters or Filters())
    after = decode(cursor, datetime if part == "done" else date, int)
    page = _found(viewer, part, asked, after, limit + 1).subquery()
    statement = lines(viewer, page, page.c.sort, page.c.tie)
    rows = session.execute(statement.order_by(*_order(part, page.c.sort, page.c.tie))).all()
    return paged(rows, limit, line, lambda row: (row.sort, row.tie))


def inbox_counts(session: Session, viewer: Viewer, today: date) -> dict[str, int]:
    """How many there are in each part, counted up to a thousand; one statement."""
    asked = _conditions(viewer, today, Filters())
    found = [_found(viewer, part, asked, None, MOST_COUNTED).subquery() for part in PARTS]
    row = session.execute(select(*(select(func.count()).select_from(one).scalar_subquery() for one in found))).one()
    return dict(zip(PARTS, (int(count) for count in row), strict=True))


def _conditions(viewer: Viewer, today: date, filters: Filters) -> list[ColumnElement[bool]]:
    """The filters as conditions on nominations; none where nothing is asked, so that the nomination is not read."""
    search = wanted(filters.q) if filters.q else None
    return [*conditions(viewer, today, filters), *(has_words(search) if search is not None else [])]


def _found(viewer: Viewer, part: Part, asked: Conditions, after: tuple[Any, ...] | None, limit: int) -> Way:
    """At most ``limit`` places of one part after a place, in its order: each way there cut short, then all together."""
    ways = {"mine": _mine, "coming": _coming, "done": _done}[part](viewer, asked)
    if not ways:
        return select(literal(0).label("nomination_id"), null().label("sort"), literal(0).label("tie")).where(
            literal(1) == 0
        )
    cut = [_cut(part, way, after, limit) for way in ways]
    if len(cut) == 1:
        return cut[0]
    together = union if part != "done" else union_all  # a ballot's place may be on my desk as well
    merged = together(*(select(one.subquery()) for one in cut)).subquery()
    return select(merged).order_by(*_order(part, merged.c.sort, merged.c.tie)).limit(limit)


def _cut(part: Part, way: Way, after: tuple[Any, ...] | None, limit: int) -> Way:
    sort, tie = way.selected_columns["sort"], way.selected_columns["tie"]
    if after is not None:
        way = way.where(_beyond(part, sort, tie, *after))
    return way.order_by(*_order(part, sort, tie)).limit(limit)


def _order(part: Part, sort: ColumnElement[Any], tie: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    return [sort.desc(), tie.desc()] if part == "done" else [sort.asc().nulls_last(), tie.asc()]


def _beyond(
    part: Part, sort: ColumnElement[Any], tie: ColumnElement[Any], place: date | None, number: int
) -> ColumnElement[bool]:
    """The condition that something comes after a place in the part's order; what has no due day comes last."""
    if part == "done":
        return or_(sort < place, and_(sort == place, tie < number))
    if place is None:
        return and_(sort.is_(None), tie > number)
    return or_(sort > place, and_(sort == place, tie > number), sort.is_(None))


def _tasks(asked: Conditions, *more: ColumnElement[bool]) -> Way:
    """Open steps by the day they are due."""
    found = select(Task.nomination_id, Task.due_on.label("sort"), Task.id.label("tie"))
    if asked:
        found = found.join(Nomination, Nomination.id == Task.nomination_id).where(*asked)
    return found.where(Task.kind == "step", Task.closed_at.is_(None), *more)


def _mine(viewer: Viewer, asked: Conditions) -> list[Way]:
    ways = [_tasks(asked, desk.holds) for desk in desks(viewer)]
    votes_in = sorted({seat.unit for seat in viewer.actor.seats if seat.role != "secretary"})
    return [*ways, _to_vote(viewer, asked, votes_in)] if votes_in else ways


def _to_vote(viewer: Viewer, asked: Conditions, units: list[int]) -> Way:
    """Files before a council the viewer sits in, without a ballot of theirs or a count on paper."""
    found = (
        select(Task.nomination_id, Task.due_on.label("sort"), Task.id.label("tie"))
        .select_from(Council)
        .join(Meeting, and_(Meeting.council_id == Council.id, Meeting.status == "open"))
        .join(MeetingLine, MeetingLine.meeting_id == Meeting.id)
        .join(Nomination, Nomination.id == MeetingLine.nomination_id)
        .join(Task, and_(Task.nomination_id == Nomination.id, Task.kind == "step", Task.closed_at.is_(None)))
        .where(Council.unit_id.in_(units), MeetingLine.closed_at.is_(None), MeetingLine.voided_by.is_(None))
        .where(Nomination.state == MeetingLine.stage + ".council")
        .where(~exists().where(Ballot.line_id == MeetingLine.id, Ballot.person_id == viewer.person_id))
        .where(~exists().where(BallotCount.line_id == MeetingLine.id))
    )
    return found.where(not_(is_bare(viewer)), *asked)


def _coming(viewer: Viewer, asked: Conditions) -> list[Way]:
    """At my units on a colleague's desk, before my own step; or sent back from there, to return."""
    ways = []
    last: dict[int, int] = {}
    for post in viewer.posts:
        if post.duty in LAST_STEP:
            last[post.unit_id] = max(last.get(post.unit_id, 0), LAST_STEP[post.duty])
    for unit, place in sorted(last.items()):
        before = [Task.step.like(f"%.{name}") for names in STEPS[:place] for name in names]
        if before:
            ways.append(_tasks(asked, Task.unit_id == unit, or_(*before), not_(on_my_desk(viewer))))
        sent_back = select(Return.nomination_id).where(Return.by_unit_id == unit, Return.closed_at.is_(None))
        ways.append(_tasks(asked, Task.nomination_id.in_(sent_back), not_(on_my_desk(viewer))))
    return ways


def _done(viewer: Viewer, asked: Conditions) -> list[Way]:
    """Steps I closed and ballots I cast, each file once, at its last; only files that are still there for me."""
    later = aliased(Task)
    me = viewer.person_id
    again = exists().where(
        later.nomination_id == Task.nomination_id,
        later.closed_by == me,
        or_(later.closed_at > Task.closed_at, and_(later.closed_at == Task.closed_at, later.id > Task.id)),
    )
    steps = select(Task.nomination_id, Task.closed_at.label("sort"), Task.nomination_id.label("tie"))
    steps = steps.join(Nomination, Nomination.id == Task.nomination_id).where(Task.closed_by == me, ~again)
    closed = exists().where(later.nomination_id == Ballot.nomination_id, later.closed_by == me)
    newer = aliased(Ballot)
    voted = exists().where(newer.nomination_id == Ballot.nomination_id, newer.person_id == me, newer.id > Ballot.id)
    ballots = select(Ballot.nomination_id, Ballot.cast_at.label("sort"), Ballot.nomination_id.label("tie"))
    ballots = ballots.join(Nomination, Nomination.id == Ballot.nomination_id)
    ballots = ballots.where(Ballot.person_id == me, ~closed, ~voted)
    return [way.where(reaches(viewer), *asked) for way in (steps, ballots)]
