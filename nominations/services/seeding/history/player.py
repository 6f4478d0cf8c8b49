"""Plays acts as people do: at their own hour, with their own posts, through the same services as a click.

Stories run side by side: whoever is next in time acts next, so that the log, the numbers of letters and the register
of awards stand in the order of the days, as they would have in life.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import WORKING_ZONE, FixedClock
from nominations.models.people import Council, CouncilSeat, Person, Post
from nominations.queries.actors import viewer
from nominations.reference import load_holidays
from nominations.storage import Storage
from workflows import Actor

Script = Generator[int]
"""Acts of one story; yields the working days until its next act, 0 for a few minutes later."""


@cache
def _days_off() -> frozenset[date]:
    return frozenset(day.on_date for day in load_holidays() if day.kind != "swapped_workday")


@dataclass(slots=True)
class Staff:
    """Who holds which duty or seat, as usernames with their days."""

    posts: dict[tuple[int, str], list[tuple[str, date, date]]]
    seats: dict[int, list[tuple[str, date, date]]]
    changes: list[date]  # the days on which somebody's posts or seats change, in order

    def holders(self, unit: int, duty: str, day: date) -> list[str]:
        """The holders of a duty at a unit on a day, in the order they were appointed."""
        return [name for name, first, last in self.posts.get((unit, duty), ()) if first <= day <= last]

    def era(self, day: date) -> int:
        """Which stretch of days without any change of posts or seats a day belongs to."""
        return bisect_right(self.changes, day)

    def voters(self, unit: int, day: date) -> list[str]:
        """The members of a unit's council who have a vote, on a day."""
        return [name for name, first, last in self.seats.get(unit, ()) if first <= day <= last]


@dataclass(slots=True)
class Player:
    """The session, the clock and the people of the history."""

    session: Session
    clock: FixedClock
    storage: Storage
    rng: Random
    people: dict[str, int]
    staff: Staff
    actors: dict[tuple[str, int], Actor] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # by story: the codes of their files
    numbers: defaultdict[tuple[int, str, int], int] = field(default_factory=lambda: defaultdict(int))

    def actor(self, username: str) -> Actor:
        """The person as the rules see them on the clock's day."""
        key = (username, self.staff.era(self.clock.today()))
        if key not in self.actors:
            found = viewer(self.session, self.people[username], self.clock.today())
            if found is None:
                raise LookupError(username)
            self.actors[key] = found.actor
        return self.actors[key]

    def next_number(self, unit: int, series: str) -> str:
        """The next number of a body's series this year, as given outside: gaps are normal."""
        key = (unit, series, self.clock.today().year)
        self.numbers[key] += self.rng.randint(1, 4)
        return str(self.numbers[key])


def make_player(session: Session, storage: Storage, rng: Random) -> Player:
    """A player with everybody who ever holds a post or a seat."""
    people = dict(session.execute(select(Person.username, Person.id).where(Person.demo)).all())
    return Player(session, FixedClock(at(date(2022, 1, 3), 8)), storage, rng, people, _staff(session))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An hour of a day in Vietnam."""
    return datetime.combine(day, time(hour, minute), WORKING_ZONE)


def play(player: Player, scripts: Iterable[tuple[datetime, Script]]) -> int:
    """Run every script to its end, always the one that is next in time; how many acts there were."""
    queue = [(start, order, script) for order, (start, script) in enumerate(scripts)]
    heapq.heapify(queue)
    turns = 0
    while queue:
        instant, order, script = heapq.heappop(queue)
        player.clock.instant = instant
        wait = next(script, None)
        if wait is not None:
            turns += 1
            heapq.heappush(queue, (later(player.rng, instant, wait), order, script))
    return turns


def later(rng: Random, instant: datetime, working_days: int) -> datetime:
    """Some minutes later, or an hour of the working day that many working days on."""
    local = instant.astimezone(WORKING_ZONE)
    if working_days == 0:
        return local + timedelta(minutes=rng.randint(3, 20))
    day = local.date()
    while working_days:
        day += timedelta(days=1)
        working_days -= int(day.weekday() < 5 and day not in _days_off())
    return at(day, rng.randint(8, 15), rng.randint(0, 59))


def _staff(session: Session) -> Staff:
    posts: dict[tuple[int, str], list[Any]] = defaultdict(list)
    rows = session.execute(
        select(Post.unit_id, Post.duty, Person.username, Post.valid_from, Post.valid_to)
        .join(Person, Person.id == Post.person_id)
        .order_by(Post.id)
    )
    for unit, duty, username, first, last in rows:
        posts[unit, duty].append((username, first, last or date.max))
    seats: dict[int, list[Any]] = defaultdict(list)
    rows_of_seats = session.execute(
        select(Council.unit_id, Person.username, CouncilSeat.valid_from, CouncilSeat.valid_to)
        .join(Council, Council.id == CouncilSeat.council_id)
        .join(Person, Person.id == CouncilSeat.person_id)
        .where(CouncilSeat.role != "secretary")
        .order_by(CouncilSeat.id)
    )
    for unit, username, first, last in rows_of_seats:
        seats[unit].append((username, first, last or date.max))
    held = [row for rows in (*posts.values(), *seats.values()) for row in rows]
    days = {first for _, first, _ in held} | {last + timedelta(days=1) for _, _, last in held if last < date.max}
    return Staff(posts, seats, sorted(days))
