"""The clock of a step: its first due day, how long it stood, its due day now; and when a result can be expected.

A step's days run from the day it opens. They stand while the file is returned or held, and the due day moves on by the
working days they stood. At intake nothing has been found complete yet, so a file that comes back to it starts anew.
What lies with the centre is expected and never due: it makes nobody in the province late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from workflows.flow import Step
from workflows.model import Request
from workflows.workdays import MAX_WORKING_DAYS, Calendar, Pause, deadline, expected_on, used_days

STOPS = frozenset({"return", "hold"})
"""The acts with which a clock stops; resubmit and resume let it go on. Opinions move its due day while it is open."""

DUE_SOON = 2
"""Working days before a due day from which on a step is due soon, where no administrator has set another [practice]."""

_NOT_COMPLETE = frozenset({"intake"})  # kinds of step at which the file has not been found complete yet
_CENTRAL = frozenset({"pending"})


@dataclass(frozen=True, slots=True)
class Spell:
    """One time a step was open: from a day with a due day, until a day and the act it was left by (None: open)."""

    opened_on: date
    due_on: date | None
    closed_on: date | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class StepClock:
    """The clock of the step a file is at, also while it is returned or held.

    ``due_on`` is None while it stands; ``left``: the working days that were left when it stopped, negative if late.
    """

    first_due_on: date
    stood: int  # working days of the stops that are over
    due_on: date | None
    left: int | None = None


def days_of(step: Step) -> int | None:
    """The working days of a step, by which it is due; None for one without, and for the centre's."""
    return None if step.kind in _CENTRAL else step.working_days


def due_day(calendar: Calendar, step: Step, before: Spell | None, today: date) -> date | None:
    """When a step that opens today is due; ``before`` is the last time it was open, if it was.

    None where the flow gives it no days.
    """
    if before is not None and _goes_on(step, before):
        return _moved(calendar, before, today)
    days = days_of(step)
    return deadline(calendar, today, days).due_on if days else None


def step_clock(calendar: Calendar, step: Step, spells: Sequence[Spell]) -> StepClock | None:
    """The clock out of every time the step was open, the earliest first; None where no due day was given."""
    if not spells:
        return None
    first = len(spells) - 1
    while first > 0 and _goes_on(step, spells[first - 1]):
        first -= 1
    run = spells[first:]
    begun, last = run[0].due_on, run[-1]
    if begun is None or last.due_on is None:
        return None
    stood = sum(_stood(calendar, one, after.opened_on) for one, after in pairwise(run))
    if last.closed_on is None:
        return StepClock(begun, stood, last.due_on)
    if not _goes_on(step, last):
        return None
    return StepClock(begun, stood, None, _between(calendar, last.closed_on, last.due_on))


def due_with_opinions(calendar: Calendar, opened_on: date, due_on: date, asked: Sequence[Request]) -> date | None:
    """The due day of a step opened on a day and first due on ``due_on``, with the opinions it has asked.

    Days while one is out that pauses the clock do not count, however many are out at a time: until the reply, or the
    reply's own last day where silence lets the file go on. One that lengthens it gives its days once. None while the
    clock stands with no end known; who was late before is late still.
    """
    pauses = [pause for one in asked if (pause := _pause(one, opened_on)) is not None]
    longer = max((one.lengthens_by for one in asked if one.asked_on and one.asked_on >= opened_on), default=0)
    days = used_days(calendar, opened_on, due_on) + longer
    if due_on < opened_on or days > MAX_WORKING_DAYS:
        return due_on
    return deadline(calendar, opened_on, days, pauses).due_on


def result_expected_on(
    calendar: Calendar, step: Step, opened_on: date, due_on: date | None, later: Sequence[Step], today: date
) -> date | None:
    """When a result can be expected: the open step's due day, or today if that has passed, then the steps to come.

    None where the open step has no days, so that nothing can be counted.
    """
    here = due_on
    if step.kind in _CENTRAL and step.working_days:
        here = deadline(calendar, opened_on, step.working_days).due_on
    return expected_on(calendar, today, here, [one.working_days or 0 for one in later])


def soon_until(calendar: Calendar, today: date, days: int) -> date:
    """The last due day that is due soon today: so many working days on."""
    return deadline(calendar, today, days).due_on or today


def _goes_on(step: Step, spell: Spell) -> bool:
    """Whether the clock only stopped with this spell, to go on with the next."""
    if spell.outcome == "return" and step.kind in _NOT_COMPLETE:
        return False
    return spell.outcome in STOPS and spell.due_on is not None and spell.closed_on is not None


def _moved(calendar: Calendar, before: Spell, today: date) -> date | None:
    """The due day, moved on by the working days the clock stood until today."""
    if before.due_on is None:
        return None
    return deadline(calendar, before.due_on, _stood(calendar, before, today)).due_on


def _pause(one: Request, opened_on: date) -> Pause | None:
    """The time an opinion keeps the clock of a step opened on a day standing; None where it does not."""
    if one.clock != "pauses" or one.asked_on is None:
        return None
    stops_on = max(one.asked_on, opened_on)
    back_on = one.due_on if one.closed_on is None and one.goes_on else one.closed_on
    return Pause(stops_on, back_on, one.kind) if back_on is None or back_on > stops_on else None


def _stood(calendar: Calendar, spell: Spell, until: date) -> int:
    """Working days from the day a spell was left to the day the step opened again: that day is the last one."""
    stopped_on = spell.closed_on or until
    return min(used_days(calendar, stopped_on, until), MAX_WORKING_DAYS)


def _between(calendar: Calendar, day: date, due_on: date) -> int:
    """Working days from a day to a due day, negative once that has passed."""
    return used_days(calendar, day, due_on) if due_on >= day else -used_days(calendar, due_on, day)
