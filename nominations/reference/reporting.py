"""How the movement reads its plan about reports, and its targets in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from nominations.reference.records import Record, read
from nominations.reference.sources import ReferenceDataError
from workflows.reporting import ReportSettings


@dataclass(frozen=True, slots=True)
class ReportSetting:
    """One setting of the movement's reports."""

    key: str
    value: str | int | bool
    source: str


@dataclass(frozen=True, slots=True)
class Target:
    """How far a series of the poverty rate is to fall a year, in percentage points.

    ``most`` is empty where the plan names no upper end; ``more`` says that ``least`` itself is not enough.
    """

    key: str
    paragraph: str
    least: Decimal
    most: Decimal | None
    more: bool
    source: str


@cache
def load_report_settings() -> tuple[ReportSetting, ...]:
    """The settings, as the rules take them. Raises ReferenceDataError for one they do not know."""
    found = tuple(_setting(row) for row in read("reporting").children("setting"))
    try:
        ReportSettings.from_plain({one.key: {"value": one.value} for one in found})
    except ValueError as error:
        raise ReferenceDataError(str(error)) from error
    return found


@cache
def load_targets() -> tuple[Target, ...]:
    """The plan's targets (I.1): all households, and those of ethnic minorities."""
    return tuple(_target(row) for row in read("reporting").children("target"))


def _setting(row: Record) -> ReportSetting:
    value = row.raw.get("value")
    if not isinstance(value, str | int | bool):
        raise ReferenceDataError(f"{row.where}: value must be a text, a whole number, true or false")
    return ReportSetting(row.text("key"), value, row.source())


def _target(row: Record) -> Target:
    most = row.text_or_none("most")
    return Target(
        key=row.text("key"),
        paragraph=row.text("paragraph"),
        least=Decimal(row.text("least")),
        most=None if most is None else Decimal(most),
        more=row.flag("more"),
        source=row.source(),
    )
