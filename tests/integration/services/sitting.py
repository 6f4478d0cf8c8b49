"""Files brought before a council, and the acts of a meeting as its secretary and members do them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from nominations import models
from nominations.queries.actors import Viewer
from nominations.queries.actors import viewer as viewer_of
from nominations.queries.agenda import AgendaLine, agenda
from nominations.queries.meetings import Meet, Member, meeting, members
from nominations.services.attendance import ask_in_writing, mark_attendance
from nominations.services.ballot_sheets import Sheet, SheetCast, Vote, cast_sheet
from nominations.services.log import Origin
from nominations.services.meeting_closing import Closed, close_lines
from nominations.services.meetings import NewMeeting, call_meeting, put_on
from tests.world import World


def before_council(world: World, number: int, place: str = "xa", form: str = "GK-XA") -> list[str]:
    """So many files before the council of a commune, whose Chairman decides them: kin keep out of its council."""
    codes = []
    for _ in range(number):
        code = world.draft(by=f"nominator.{place}", form=form)
        world.do(f"nominator.{place}", code, "submit")
        world.do(f"appraiser.{place}", code, "accept", arrival_number="12")
        world.do(f"appraiser.{place}", code, "recommend", advice="for", reasons="Đủ điều kiện.")
        codes.append(code)
    return codes


@dataclass
class Sitting:
    """A meeting of the council of a place, and what is done in it."""

    world: World
    place: str = "xa"
    ref: str = ""
    keys: int = field(default=0)

    def origin(self, who: str, key: str | None = None) -> Origin:
        """Who acts."""
        return Origin(actor=self.world.actor(who).ref, request_key=key)

    def call(self, *codes: str, secret: bool = False, held_on: date | None = None) -> Sitting:
        """Call it with these files on its agenda."""
        who = f"secretary.{self.place}"
        world = self.world
        unit = world.unit_of(who)
        council = world.session.scalar(select(models.Council.id).where(models.Council.unit_id == unit)) or 0
        world.session.rollback()
        new = NewMeeting(council, held_on or world.clock.today(), "08:00", "Phòng họp số 1", secret=secret)
        made = call_meeting(world.session, world.actor(who), world.clock, self.origin(who), new)
        self.ref = made.ref
        if codes:
            put_on(world.session, world.actor(who), world.clock, self.origin(who), self.ref, codes)
        return self

    def viewer(self, who: str) -> Viewer:
        """Somebody as a reader."""
        found = viewer_of(self.world.session, self.world.people[who], self.world.clock.today())
        assert found is not None
        return found

    def meet(self, who: str | None = None) -> Meet:
        """The meeting as its secretary, or somebody else, sees it."""
        found = meeting(self.world.session, self.viewer(who or f"secretary.{self.place}"), self.ref)
        self.world.session.rollback()
        assert found is not None
        return found

    def lines(self, who: str | None = None) -> tuple[AgendaLine, ...]:
        """The agenda as somebody reads it."""
        viewer = self.viewer(who or f"secretary.{self.place}")
        found = agenda(self.world.session, viewer, self.meet(who).id)
        self.world.session.rollback()
        return found

    def members(self) -> tuple[Member, ...]:
        """Who sits."""
        found = members(self.world.session, self.meet(), self.world.clock.today())
        self.world.session.rollback()
        return found

    def cast(self, who: str, votes: Mapping[str, str], *, key: str | None = None, seen: int | None = None) -> SheetCast:
        """Cast a sheet on the versions as they are."""
        world = self.world
        said = {code: Vote(choice, seen or world.version(code)) for code, choice in votes.items()}
        done = cast_sheet(world.session, world.actor(who), world.clock, Sheet(self.ref, said, self.origin(who, key)))
        world.clock.move(seconds=30)
        return done

    def all_agree(self, codes: list[str], *numbers: int) -> None:
        """Members of these numbers agree to everything."""
        for number in numbers:
            done = self.cast(f"member{number}.{self.place}", dict.fromkeys(codes, "agree"))
            assert done.refused == ()

    def close(self, codes: list[str], who: str | None = None, key: str | None = None) -> Closed:
        """Close these lines."""
        world = self.world
        keeper = who or f"secretary.{self.place}"
        seen = {code: world.version(code) for code in codes}
        return close_lines(world.session, world.actor(keeper), world.clock, self.origin(keeper, key), self.ref, seen)

    def mark(self, **marks: str) -> None:
        """Mark members by their number: member3="absent"."""
        world, keeper = self.world, f"secretary.{self.place}"
        refs = {world.actor(f"{name}.{self.place}").ref: mark for name, mark in marks.items()}
        mark_attendance(world.session, world.actor(keeper), world.clock, self.origin(keeper), self.ref, refs)

    def ask(self, days: int = 5) -> date:
        """Ask the absent in writing."""
        world, keeper = self.world, f"secretary.{self.place}"
        until = world.clock.today() + timedelta(days=days)
        ask_in_writing(world.session, world.actor(keeper), world.clock, self.origin(keeper), self.ref, until)
        return until
