"""What the papers of a council's meeting are made of: plain values that a service has read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nominations.documents.facts import Body, Count, Line


@dataclass(frozen=True, slots=True)
class Attendee:
    """A member with a vote: office in the council, and whether they came; ``polled``: asked in writing."""

    name: str
    role: str
    presence: str
    polled: bool
    voted: bool


@dataclass(frozen=True, slots=True)
class BallotLine(Line):
    """A line of the agenda with its vote; ``recused`` are the members kept out of it. A ``hidden`` one says nothing."""

    unit: str = ""
    base: int = 0  # the members the share is of
    agree: int = 0
    disagree: int = 0
    abstain: int = 0
    passed: bool | None = None
    recused: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """Everything a paper of a meeting may say."""

    council: str
    host: Body
    held_on: date
    begins: str
    place: str
    secret: bool
    attendees: tuple[Attendee, ...]
    secretaries: tuple[str, ...]
    lines: tuple[BallotLine, ...]
    poll_until: date | None = None
    counts: tuple[Count, ...] = ()
    rounds: tuple[str, ...] = ()

    def came(self, presence: str) -> tuple[Attendee, ...]:
        """The members marked so."""
        return tuple(one for one in self.attendees if one.presence == presence)
