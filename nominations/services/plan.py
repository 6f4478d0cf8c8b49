"""What is decided about the plan itself: milestones met, and how the plan is read about reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.movements import Milestone, Movement
from nominations.models.reports import MilestoneMark
from nominations.queries.actors import Viewer
from nominations.queries.kept import forget
from nominations.queries.plan import at_the_board, milestones, plan
from nominations.services.errors import Declined, InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import Message
from nominations.services.payloads import LONG, day, words
from nominations.services.sources import wrong_mark
from nominations.transactions import transactional
from workflows.reporting import READINGS, ReportSettings, month_day

STREAM = "reports"
SETTINGS_STREAM = "settings"
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class NewReading:
    """How one point about reports is read from now on, as typed, with its source mark."""

    key: str
    value: str
    source: str


@transactional
def mark_milestone(
    session: Session, viewer: Viewer, clock: Clock, origin: Origin, code: str, year: int, on: str, note: str
) -> Receipt:
    """Record that a milestone was met. For the board. Raises NotFound, InvalidInput, Declined for one met already."""
    today, found = clock.today(), plan(session)
    if found is None or not at_the_board(session, viewer, today):
        raise NotFound(code)
    shown = next((one for one in milestones(session, found, today) if one.code == code), None)
    if shown is None:
        raise NotFound(code)
    done_on, why = day(on) if on else today, words(note, LONG)
    errors = {name: value for name, value in (("done_on", done_on), ("note", why)) if isinstance(value, Message)}
    if isinstance(done_on, date) and done_on > today:
        errors["done_on"] = Message("in_future")
    if all(time.year != year for time in shown.times):
        errors["year"] = Message("no_such_year")
    if errors or not isinstance(done_on, date) or isinstance(why, Message):
        raise InvalidInput(errors)
    if any(time.year == year and time.how == "done" for time in shown.times):
        raise Declined(Message("milestone_met"))
    milestone = session.scalars(
        select(Milestone.id).where(Milestone.movement_id == found.id, Milestone.code == code).with_for_update()
    ).one()
    session.add(
        MilestoneMark(
            milestone_id=milestone, year=year, done_on=done_on, note=why, marked_by=viewer.person_id,
            marked_at=clock.now(),
        )
    )  # fmt: skip
    session.flush()
    said = {"milestone": code, "year": year, "done_on": done_on.isoformat(), "note": why}
    return record(session, clock.now(), STREAM, "mark_milestone", origin, said)


@transactional
def set_reading(session: Session, clock: Clock, origin: Origin, new: NewReading) -> None:
    """Read one point about reports another way from now on. Raises NotFound, InvalidInput."""
    movement = session.scalar(
        select(Movement).order_by(Movement.starts_on.desc(), Movement.id.desc()).limit(1).with_for_update()
    )
    if movement is None or new.key not in ReportSettings.__dataclass_fields__:
        raise NotFound(new.key)
    value, errors = _value(new), {}
    if isinstance(value, Message):
        errors["value"] = value
    mark = wrong_mark(new.source)
    if mark is not None:
        errors["source"] = mark
    if errors:
        raise InvalidInput(errors)
    reporting = dict(movement.reporting or {})
    settings = dict(reporting.get("settings", {}))
    before = settings.get(new.key)
    settings[new.key] = {"value": value, "source": new.source.strip()}
    movement.reporting = reporting | {"settings": settings}
    session.flush()
    said = {"key": new.key, "before": before, "after": settings[new.key]}
    record(session, clock.now(), SETTINGS_STREAM, "set_reading", origin, said)
    forget(session)


def _value(new: NewReading) -> Any:  # noqa: ANN401 - of the setting's own kind, or a Message
    typed = new.value.strip()
    if new.key == "due":
        try:
            month_day(typed)
        except ValueError:
            return Message("month_day")
        return typed
    if new.key == "includes_day":
        return {"true": True, "false": False}.get(typed, Message("not_choice", {"choices": "true, false"}))
    if new.key == "others":
        return typed if typed in READINGS else Message("not_choice", {"choices": ", ".join(READINGS)})
    low, high = (0, MOST_DAYS) if new.key == "remind_days" else (FIRST_YEAR, LAST_YEAR)
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else -1
    return number if low <= number <= high else Message("out_of_range", {"low": low, "high": high})
