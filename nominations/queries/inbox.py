"""What waits for somebody: mine (on my desk, or a ballot to cast), coming (on the way to it), done (what I closed)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.units import Unit
from nominations.models.work import COUNCIL_STEPS as OF_COUNCILS
from nominations.queries.actors import Viewer
from nominations.queries.desks import desks, on_my_desk
from nominations.queries.kept import kept
from nominations.queries.lines import FIRST_OWN, Line, line, lines
from nominations.queries.listing import Asked, Filters, as_text, conditions
from nominations.queries.pages import MOST_COUNTED, Page, decode, paged, size
from nominations.queries.routes import BOARD_CODE
from nominations.queries.search import has_words
from nominations.queries.sql import Found, day, instant, rows, there
from nominations.queries.visibility import bare_sql, reach_sql

Part = Literal["mine", "coming", "done"]
PARTS: tuple[Part, ...] = ("mine", "coming", "done")
WAITING: tuple[Part, ...] = ("mine", "coming")
STEPS = (("intake", "check"), ("appraisal",), ("council",), ("signature",), ("number", "pending"))  # as they follow
LAST_STEP = {"appraiser": 1, "secretary": 2, "head": 3, "deputy": 3, "clerk": 4}  # a duty -> its last place in STEPS
BEFORE = {"appraiser": 2, "office": 2, "secretary": 3, "head": 4}  # a duty -> the first place its desk lies before

# A select of nomination_id, sort (the day or instant to order by) and tie (a number), without its end.
Way = str
_TASKS = "SELECT t.nomination_id, t.due_on AS sort, t.id AS tie FROM tasks t"
COUNCIL_STEPS = f"t.{OF_COUNCILS}"  # as the index of them says it
_OPEN = "t.kind = 'step' AND t.closed_at IS NULL"
_ORDER: Mapping[Part, str] = {
    "mine": "sort ASC NULLS LAST, tie ASC",
    "coming": "sort ASC NULLS LAST, tie ASC",
    "done": "sort DESC, tie DESC",
}


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
    return _page(session, viewer, today, part, filters, cursor, limit)[0]


def inbox_with_counts(
    session: Session,
    viewer: Viewer,
    today: date,
    part: Part,
    filters: Filters | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> tuple[Page[Line], dict[Part, int]]:
    """The same page with how many are mine and coming, whatever the filters; one statement unless the page is empty."""
    page, row = _page(session, viewer, today, part, filters, cursor, limit, _counts(session, viewer, today, WAITING))
    counts = inbox_counts(session, viewer, today, WAITING) if row is None else _told(WAITING, row[FIRST_OWN + 2 :])
    return page, counts


def _page(
    session: Session,
    viewer: Viewer,
    today: date,
    part: Part,
    filters: Filters | None,
    cursor: str | None,
    limit: int,
    counts: Sequence[str] = (),
) -> tuple[Page[Line], Found | None]:
    """A page, and its first row with ``counts`` after the place in the order; None where the page is empty."""
    limit = size(limit)
    after = decode(cursor, datetime if part == "done" else date, int)
    asked = _asked(session, viewer, today, filters or Filters())
    ways = _ways(session, viewer, part, asked)
    if not ways:
        return Page((), None), None
    text = session.connection().dialect.name != "postgresql"
    values = {**asked.values, **_place(after, text=text), "most": limit + 1}
    found = _found(part, ways, _beyond(part, after))
    order = ", ".join(f"f.{one}" for one in _ORDER[part].split(", "))
    fetched = rows(session, lines(viewer, found, order, "f.sort", "f.tie", *counts), values)
    of = instant if part == "done" else day
    page = paged(fetched, limit, line, lambda row: (of(row[FIRST_OWN]), row[FIRST_OWN + 1]))
    return page, fetched[0] if fetched else None


def _counts(session: Session, viewer: Viewer, today: date, parts: Sequence[Part]) -> list[str]:
    """A select of each part's number; none of them names a value."""
    asked = _asked(session, viewer, today, Filters())
    return [_counted(_ways(session, viewer, part, asked)) for part in parts]


def _told(parts: Sequence[Part], counts: Sequence[Any]) -> dict[Part, int]:
    return dict(zip(parts, (int(count) for count in counts), strict=True))


def inbox_counts(session: Session, viewer: Viewer, today: date, parts: Sequence[Part] = PARTS) -> dict[Part, int]:
    """How many there are in each of ``parts``, counted up to a thousand; one statement."""
    row = rows(session, f"SELECT {', '.join(_counts(session, viewer, today, parts))}", {})[0]
    return _told(parts, row)


def _asked(session: Session, viewer: Viewer, today: date, filters: Filters) -> Asked:
    """The filters as conditions on nominations; none where nothing is asked, so that the nomination is not read."""
    asked = conditions(session, viewer, today, filters)
    return Asked((*(has_words(filters.q) if filters.q else ()), *asked.conditions), asked.values)


def _found(part: Part, ways: Sequence[Way], beyond: str) -> str:
    """The first places of one part beyond a place: each way there cut short, then all together."""
    order = _ORDER[part]
    cut = [f"SELECT * FROM ({way}) v{beyond} ORDER BY {order} LIMIT :most" for way in ways]
    if len(cut) == 1:
        return cut[0]
    # A ballot's place may lie on my desk as well: UNION has it once.
    merged = " UNION ".join(f"SELECT * FROM ({one}) way{number}" for number, one in enumerate(cut))
    return f"SELECT * FROM ({merged}) merged ORDER BY {order} LIMIT :most"


def _counted(ways: Sequence[Way]) -> str:
    """How many places there are, in no order, as far as is worth counting."""
    if not ways:
        return "0"
    if len(ways) == 1:  # nothing to merge: an index alone can answer
        return f"(SELECT count(*) FROM (SELECT 1 FROM ({ways[0]}) way LIMIT {MOST_COUNTED}) c)"
    cut = [f"SELECT nomination_id FROM ({way} LIMIT {MOST_COUNTED}) way{number}" for number, way in enumerate(ways)]
    return f"(SELECT count(*) FROM (SELECT nomination_id FROM ({' UNION '.join(cut)}) merged LIMIT {MOST_COUNTED}) c)"


def _beyond(part: Part, after: tuple[Any, ...] | None) -> str:
    """That something comes after a place in the part's order; what has no due day comes last."""
    if after is None:
        return ""
    if part == "done":
        return " WHERE sort < :sort OR (sort = :sort AND tie < :tie)"
    if after[0] is None:
        return " WHERE sort IS NULL AND tie > :tie"
    return " WHERE sort > :sort OR (sort = :sort AND tie > :tie) OR sort IS NULL"


def _place(after: tuple[Any, ...] | None, *, text: bool) -> dict[str, Any]:
    """The values of a place, as the database keeps them."""
    if after is None:
        return {}
    sort, tie = after
    if text and isinstance(sort, date):
        sort = as_text(sort) if isinstance(sort, datetime) else sort.isoformat()
    return {"sort": sort, "tie": tie}


def _tasks(asked: Sequence[str], *more: str) -> Way:
    """Open steps by the day they are due."""
    joined = " JOIN nominations n ON n.id = t.nomination_id" if asked else ""
    return f"{_TASKS}{joined} WHERE {' AND '.join((*more, _OPEN, *asked))}"


@kept
def boards(session: Session) -> Mapping[int, tuple[int, ...]]:
    """The units that are or were the board, by the province whose council votes on what lies with them."""
    found: dict[int, tuple[int, ...]] = {}
    for row in session.execute(select(Unit.parent_id, Unit.id).where(Unit.code == BOARD_CODE).order_by(Unit.id)):
        found[row.parent_id] = (*found.get(row.parent_id, ()), row.id)
    return found


def _ways(session: Session, viewer: Viewer, part: Part, asked: Asked) -> list[Way]:
    """The ways to one part."""
    if part == "done":
        return _done(viewer, asked.conditions)
    if part == "coming":
        return _coming(viewer, asked.conditions)
    ways = [_tasks(asked.conditions, desk.holds) for desk in desks(viewer)]
    for council in sorted({seat.unit for seat in viewer.actor.seats if seat.votes}):
        units = (council, *boards(session).get(council, ()))
        ways += [_to_vote(viewer, asked.conditions, council, unit) for unit in units]
    return ways


def _to_vote(viewer: Viewer, asked: Sequence[str], council: int, unit: int) -> Way:
    """Files that lie with ``unit`` for the council of ``council``, without the viewer's ballot or a paper count."""
    line_open = (
        "SELECT 1 FROM meeting_lines l JOIN meetings m ON m.id = l.meeting_id JOIN councils g ON g.id = m.council_id"
        " WHERE l.nomination_id = t.nomination_id AND l.closed_at IS NULL AND l.voided_by IS NULL AND m.status = 'open'"
        f" AND g.unit_id = {int(council)} AND t.step = l.stage || '.council'"
        f" AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.line_id = l.id AND b.person_id = {viewer.person_id})"
        " AND NOT EXISTS (SELECT 1 FROM ballot_counts k WHERE k.line_id = l.id)"
    )
    here = f"t.unit_id = {int(unit)} AND {COUNCIL_STEPS}"
    return _tasks([f"NOT ({bare_sql(viewer)})", *asked], here, there(line_open))


def _coming(viewer: Viewer, asked: Sequence[str]) -> list[Way]:
    """At my units on a colleague's desk, before my own step; or sent back from there, to return."""
    ways = []
    last: dict[int, int] = {}
    for post in viewer.posts:
        if post.duty in LAST_STEP:
            last[post.unit_id] = max(last.get(post.unit_id, 0), LAST_STEP[post.duty])
    mine = {(desk.unit_id, desk.duty) for desk in desks(viewer)}
    for unit, place in sorted(last.items()):
        steps = " OR ".join(f"t.step LIKE '%.{name}'" for names in STEPS[:place] for name in names)
        for duty, before in BEFORE.items():
            if before <= place and (unit, duty) not in mine:
                ways.append(_tasks(asked, f"t.unit_id = {int(unit)} AND t.duty = '{duty}'", f"({steps})"))
        sent_back = f"SELECT b.nomination_id FROM returns b WHERE b.by_unit_id = {int(unit)} AND b.closed_at IS NULL"
        ways.append(_tasks(asked, f"t.nomination_id IN ({sent_back})", f"NOT {on_my_desk(viewer)}"))
    return ways


def _done(viewer: Viewer, asked: Sequence[str]) -> list[Way]:
    """Steps I closed and ballots I cast, each file once, at its last; only files that are still there for me."""
    me = int(viewer.person_id)
    mine = " AND ".join((reach_sql(viewer), *asked))
    again = (
        f"SELECT 1 FROM tasks z WHERE z.nomination_id = t.nomination_id AND z.closed_by = {me}"
        " AND (z.closed_at > t.closed_at OR (z.closed_at = t.closed_at AND z.id > t.id))"
    )
    closed = f"SELECT 1 FROM tasks z WHERE z.nomination_id = b.nomination_id AND z.closed_by = {me}"
    newer = f"SELECT 1 FROM ballots z WHERE z.nomination_id = b.nomination_id AND z.person_id = {me} AND z.id > b.id"
    steps = "SELECT t.nomination_id, t.closed_at AS sort, t.nomination_id AS tie FROM tasks t JOIN nominations n"
    steps += f" ON n.id = t.nomination_id WHERE t.closed_by = {me} AND NOT EXISTS ({again}) AND {mine}"
    ballots = "SELECT b.nomination_id, b.cast_at AS sort, b.nomination_id AS tie FROM ballots b JOIN nominations n"
    ballots += f" ON n.id = b.nomination_id WHERE b.person_id = {me} AND NOT EXISTS ({closed}) AND NOT EXISTS ({newer})"
    return [steps, f"{ballots} AND {mine}"]
