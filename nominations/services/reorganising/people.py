"""Posts, councils and accounts of units that ended: what ends, what goes along, and what each old officer sees then."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.nominations import NominationReach
from nominations.models.people import Council, CouncilSeat, Person, Post
from nominations.models.units import Unit, UnitSuccession
from nominations.models.work import Task
from nominations.queries.actors import SEES_NO_FILE
from nominations.queries.successions import Heirs
from nominations.services.councils import close_council
from nominations.services.errors import InvalidInput
from nominations.services.log import Origin
from nominations.services.people import NewPost, grant, revoke
from nominations.services.reorganising.findings import FileMove, Finding, Officer, Result

Held = Row[*tuple[Any, ...]]
_DAY = timedelta(days=1)


class Following(NamedTuple):
    """A duty that goes along to the successor."""

    username: str
    old: int
    post: NewPost


def people(session: Session, heirs: Heirs) -> list[Finding]:
    """What becomes of posts, councils and accounts."""
    return [
        *(Finding("post", "moves", f"{post.username} · {post.duty}", post.unit_name, "", "own_last_day")
          for post in _lasting(session, heirs)),
        *(_followed(heirs, one, "moves", "follows") for one in _following(session, heirs)),
        *(Finding("council", "moves", council.name, heirs.name(council.unit_id), "", "own_last_day")
          for council in _councils(session, heirs)),
        *(Finding("account", "stays", row.username, row.unit_name, "", "no_duty_left")
          for row in _without_duty(session, heirs)),
    ]  # fmt: skip


def end_and_follow(session: Session, clock: Clock, origin: Origin, heirs: Heirs) -> list[Finding]:
    """Write it: each ends with its unit, each that goes along begins the day after; what could not be given is told."""
    following = _following(session, heirs)
    for post in _lasting(session, heirs):
        revoke(session, clock, origin, post.ref, post.ends)
    for council in _councils(session, heirs):
        close_council(session, clock, origin, council.id, heirs.places[council.unit_id].valid_to or heirs.day)
    refused = []
    for one in following:
        try:
            grant(session, clock, origin, one.post)
        except InvalidInput:
            refused.append(_followed(heirs, one, "stuck", "cannot_follow"))
    return refused


def _followed(heirs: Heirs, one: Following, result: Result, why: str) -> Finding:
    what = f"{one.username} · {one.post.duty}"
    return Finding("post_follows", result, what, heirs.name(one.old), heirs.name(one.post.unit_id), why)


def officers(session: Session, heirs: Heirs, files: Collection[FileMove]) -> tuple[Officer, ...]:
    """Everybody who held a duty to the last day of such a unit, with what waits on that desk now and afterwards."""
    held = _to_the_last_day(session, heirs)
    units = {row.unit_id for row in held}
    waiting = Counter[tuple[int, str]]()
    for unit, duty, count in session.execute(
        select(Task.unit_id, Task.duty, func.count())
        .where(Task.kind == "step", Task.closed_at.is_(None), Task.unit_id.in_(units))
        .group_by(Task.unit_id, Task.duty)
    ):
        waiting[unit, duty] = count
    reads = dict(
        session.execute(
            select(NominationReach.unit_id, func.count())
            .where(NominationReach.unit_id.in_(units))
            .group_by(NominationReach.unit_id)
        ).all()
    )
    leaving = Counter((file.unit_id, file.from_duty) for file in files if file.leaves)
    now = _held_on(session, heirs.day, {row.person_id for row in held})
    return tuple(
        Officer(
            row.username,
            row.full_name,
            row.unit_name,
            row.duty,
            waiting[row.unit_id, row.duty],
            waiting[row.unit_id, row.duty] - leaving[row.unit_id, row.duty],
            0 if row.duty in SEES_NO_FILE else reads.get(row.unit_id, 0),
            tuple(now.get(row.person_id, ())),
        )
        for row in held
    )


def _to_the_last_day(session: Session, heirs: Heirs) -> list[Held]:
    return list(session.execute(_posts(heirs).where(or_(Post.valid_to.is_(None), Post.valid_to >= Unit.valid_to))))


def _lasting(session: Session, heirs: Heirs) -> list[Held]:
    """Posts that were given beyond the last day of their unit."""
    return list(session.execute(_posts(heirs).where(or_(Post.valid_to.is_(None), Post.valid_to > Unit.valid_to))))


def _posts(heirs: Heirs) -> Any:  # noqa: ANN401 - a select of many columns
    return (
        select(
            Post.ref, Post.person_id, Post.unit_id, Post.duty, Post.title, Person.username, Person.full_name,
            Unit.name.label("unit_name"), Unit.valid_to.label("ends"),
        )
        .join(Unit, Unit.id == Post.unit_id)
        .join(Person, Person.id == Post.person_id)
        .where(Unit.valid_to < heirs.day, Person.active)
        .order_by(Unit.protocol_order, Unit.id, Post.id)
    )  # fmt: skip


def _following(session: Session, heirs: Heirs) -> list[Following]:
    """Duties that go along: where the list says so, and nobody has been given them already."""
    lines = session.execute(
        select(UnitSuccession.old_unit_id, UnitSuccession.new_unit_id, UnitSuccession.effective_on).where(
            UnitSuccession.posts_follow,
            UnitSuccession.new_unit_id.is_not(None),
            UnitSuccession.effective_on <= heirs.day,
        )
    ).all()
    to = {line.old_unit_id: (line.new_unit_id, line.effective_on) for line in lines if line.old_unit_id in heirs.ended}
    if not to:
        return []
    there = {tuple(row) for row in session.execute(select(Post.person_id, Post.unit_id, Post.duty))}
    return [
        Following(row.username, row.unit_id, NewPost(row.person_id, new, row.duty, row.title, day, None))
        for row in _to_the_last_day(session, heirs)
        if row.unit_id in to
        for new, day in [to[row.unit_id]]
        if (row.person_id, new, row.duty) not in there
    ]


def _councils(session: Session, heirs: Heirs) -> list[Held]:
    return list(
        session.execute(
            select(Council.id, Council.name, Council.unit_id)
            .join(Unit, Unit.id == Council.unit_id)
            .where(Unit.valid_to < heirs.day, or_(Council.valid_to.is_(None), Council.valid_to > Unit.valid_to))
            .order_by(Council.id)
        )
    )


def _without_duty(session: Session, heirs: Heirs) -> Iterator[Held]:
    """Accounts with a duty to the last day of a unit that ended and none on the day; each once."""
    held = _to_the_last_day(session, heirs)
    people = {row.person_id for row in held}
    now = _held_on(session, heirs.day, people)
    told: set[int] = set()
    for row in held:
        if not now.get(row.person_id) and row.person_id not in told:
            told.add(row.person_id)
            yield row


def _held_on(session: Session, day: date, people: Collection[int]) -> dict[int, list[str]]:
    """The posts and seats of these people on a day, in words."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    posts = (
        select(Post.person_id, Post.duty, Unit.name)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.person_id.in_(people), Post.valid_from <= day, or_(Post.valid_to.is_(None), Post.valid_to >= day))
        .order_by(Post.id)
    )
    for person, duty, unit in session.execute(posts):
        found[person].append(f"{duty}: {unit}")
    seats = (
        select(CouncilSeat.person_id, Council.name)
        .join(Council, Council.id == CouncilSeat.council_id)
        .where(
            CouncilSeat.person_id.in_(people),
            CouncilSeat.valid_from <= day,
            or_(CouncilSeat.valid_to.is_(None), CouncilSeat.valid_to >= day),
        )
        .order_by(CouncilSeat.id)
    )
    for person, council in session.execute(seats):
        found[person].append(council)
    return found
