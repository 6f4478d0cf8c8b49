"""The days between which the demonstration's history is played, and how its reference data are older than that."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from nominations.clock import Clock, FixedClock
from nominations.services.demo_clock import demo_clock, demo_day
from nominations.services.seeding.history.player import at
from workflows.flows import FlowKey, first_flows

FIRST_WORKING_DAY = date(2022, 1, 4)  # the accounts are older than what is done with them
FIRST_DAY = date(2025, 6, 2)  # the demonstration opens here: the final round is open, three tiers of government stand


def opening_clock(session: Session, clock: Clock) -> Clock:
    """The clock by which reference data come in: before the history's first act, and later on the day it plays."""
    return FixedClock(at(FIRST_WORKING_DAY, 7)) if demo_day(session) is None else demo_clock(session, clock)


def first_published(key: FlowKey, clock: Clock) -> datetime:
    """When a flow came out: on the day its rules take effect, or by the demonstration's opening where they are to come.

    Never before ``clock``, by which whatever is missing is added.
    """
    begins = first_flows()[key].valid_from
    return max(clock.now(), at(min(begins, FIRST_DAY), 7))
