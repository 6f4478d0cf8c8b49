"""Poverty figures as decisions recognise them: recorded by the body with the poverty function, each in the log.

A preliminary figure gives way to the official one of the same year and standard; a wrong one is corrected, and the
entry keeps what stood there. A rate that disagrees with its own households is refused with both numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.units import PovertyFigure, Unit
from nominations.queries.actors import Viewer
from nominations.queries.criteria import settings_of
from nominations.queries.kept import forget
from nominations.queries.plan import BOARD_DUTIES, plan
from nominations.queries.reports import WRITERS, poverty_bodies
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import line, whole_number
from nominations.services.sources import wrong_mark
from nominations.transactions import transactional
from workflows.poverty import YearFigure, check_figure

STREAM = "units"
SERIES = ("all", "ethnic_minority")
STATUS = ("preliminary", "official")
FIRST_YEAR = 1990


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A figure as typed: counts and the rate may be left empty, not all of them."""

    unit_id: int
    year: str
    series: str
    standard: str
    households: str
    poor: str
    near_poor: str
    rate: str
    status: str
    decision_ref: str
    source: str


def may_record(session: Session, viewer: Viewer, today: date) -> bool:
    """Whether the viewer records figures: who works at the province's body with the poverty function."""
    bodies = set(poverty_bodies(session, today))
    return any(post.unit_id in bodies and post.duty in {*WRITERS, *BOARD_DUTIES} for post in viewer.posts)


@transactional
def record_figure(session: Session, viewer: Viewer, clock: Clock, origin: Origin, new: NewFigure) -> Receipt:
    """Record a year's figure of a unit, in place of one of the same standard. Raises NotFound, InvalidInput."""
    today = clock.today()
    if not may_record(session, viewer, today):
        raise NotFound("poverty figures")
    receipt = _put(session, clock, origin, _checked(session, new, today))
    forget(session)
    return receipt


@transactional
def record_figures(session: Session, viewer: Viewer, clock: Clock, origin: Origin, rows: Sequence[NewFigure]) -> int:
    """Record a whole table of figures, each with its entry, or none of them; how many.

    Raises NotFound, InvalidInput at the fields of the first row that is wrong; ``wrong_in`` tells of each beforehand.
    """
    if not may_record(session, viewer, clock.today()):
        raise NotFound("poverty figures")
    for values in [_checked(session, new, clock.today()) for new in rows]:
        _put(session, clock, origin, values)
    forget(session)
    return len(rows)


def wrong_in(session: Session, new: NewFigure, today: date) -> Mapping[str, Message]:
    """What is wrong with a figure as typed, by field; nothing for a sound one."""
    try:
        _checked(session, new, today)
    except InvalidInput as wrong:
        return wrong.errors
    return {}


def _put(session: Session, clock: Clock, origin: Origin, checked: dict[str, Any]) -> Receipt:
    """Write one figure in its place, and its entry."""
    values = dict(checked)
    key = {name: values.pop(name) for name in ("unit_id", "year", "series", "standard")}
    row = session.scalar(select(PovertyFigure).filter_by(**key).with_for_update())
    before = None if row is None else _said(row)
    if row is None:
        row = PovertyFigure(**key)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.invented = False
    session.flush()
    return record(session, clock.now(), STREAM, "record_figure", origin, key | {"before": before, "after": _said(row)})


def _checked(session: Session, new: NewFigure, today: date) -> dict[str, Any]:
    """The figure's columns. Raises InvalidInput with everything that is wrong."""
    read: dict[str, Any] = {
        "year": whole_number(new.year, 4),
        "standard": line(new.standard),
        "decision_ref": line(new.decision_ref) if new.decision_ref.strip() else None,
        "rate": _rate(new.rate),
        **{name: _count(getattr(new, name)) for name in ("households", "poor", "near_poor")},
    }
    errors = {name: value for name, value in read.items() if isinstance(value, Message)}
    if "year" not in errors and not FIRST_YEAR <= read["year"] <= today.year:
        errors["year"] = Message("out_of_range", {"low": FIRST_YEAR, "high": today.year})
    for name, known in (("series", SERIES), ("status", STATUS)):
        if getattr(new, name) not in known:
            errors[name] = Message("not_choice", {"choices": ", ".join(known)})
    if session.get(Unit, new.unit_id) is None:
        errors["unit"] = Message("unknown_unit")
    if new.status == "official" and read["decision_ref"] is None:
        errors["decision_ref"] = REQUIRED
    mark = wrong_mark(new.source)
    if mark is not None:
        errors["source"] = mark
    if not errors:
        errors = _against_itself(session, read)
    if errors:
        raise InvalidInput(errors)
    return read | {
        "unit_id": new.unit_id, "series": new.series, "status": new.status, "source": new.source.strip(),
    }  # fmt: skip


def _against_itself(session: Session, read: dict[str, Any]) -> dict[str, Message]:
    """What a figure says against itself: nothing at all, an impossible number, a rate its households deny."""
    if read["rate"] is None and read["households"] is None and read["poor"] is None:
        return {"rate": Message("figure_says_nothing")}
    found = plan(session)
    figure = YearFigure(read["year"], read["households"], read["poor"], read["near_poor"], read["rate"])
    wrong = None if found is None else check_figure(figure, settings_of(session, found.id))
    if wrong is None:
        return {}
    return {"rate": Message("figure_disagrees", {"vi": wrong.text("vi"), "en": wrong.text("en")})}


def _count(typed: str) -> int | Message | None:
    plain = typed.replace(".", "").replace(" ", "").strip()
    return whole_number(plain, 9) if plain else None


def _rate(typed: str) -> Decimal | Message | None:
    plain = typed.strip().replace(",", ".")
    if not plain:
        return None
    try:
        rate = Decimal(plain)
    except InvalidOperation:
        return Message("not_rate")
    sound = rate.is_finite() and 0 <= rate <= 100 and rate == rate.quantize(Decimal("0.01"))
    return rate.quantize(Decimal("0.01")) if sound else Message("not_rate")


def _said(row: PovertyFigure) -> dict[str, Any]:
    names = ("households", "poor", "near_poor", "status", "decision_ref", "source")
    return {name: getattr(row, name) for name in names} | {"rate": None if row.rate is None else str(row.rate)}
