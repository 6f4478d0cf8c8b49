"""Bodies and places with their dates, their successors, and the poverty figures counted for them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import (
    Base,
    ExactDecimal,
    PrimaryId,
    SortedText,
    in_order,
    not_negative,
    one_of,
)

UNIT_KINDS = (
    "province", "city", "town", "district", "ward", "township", "commune", "department", "mass_organisation",
    "enterprise", "cooperative", "central_agency", "board", "office", "district_office", "party",
)  # fmt: skip
UNIT_LEVELS = ("province", "district", "commune", "unit")


class Unit(Base):
    """A body or place (cơ quan, đơn vị, địa phương) for a period, keyed by its code and first day.

    ``path`` runs from the root to the unit itself (``/1/12/159/``); ``valid_to`` is the last day, empty while
    it exists.
    """

    __tablename__ = "units"
    __table_args__ = (
        UniqueConstraint("code", "valid_from"),
        Index(None, "path"),
        Index(None, "name_folded"),
        one_of("kind", UNIT_KINDS),
        one_of("level", UNIT_LEVELS),
        one_of("area_class", ("I", "II", "III")),
        in_order("valid_from", "valid_to"),
        *not_negative("protocol_order"),
    )

    id: Mapped[PrimaryId]
    code: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(SortedText())
    kind: Mapped[str]
    level: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(SortedText())
    protocol_order: Mapped[int] = mapped_column(default=0)
    poor_district: Mapped[bool] = mapped_column(default=False)
    area_class: Mapped[str | None]
    poverty_function: Mapped[bool] = mapped_column(default=False)
    ministry_line: Mapped[bool] = mapped_column(default=False)
    bloc: Mapped[str | None]
    contact: Mapped[str | None]
    source: Mapped[str]


class UnitSuccession(Base):
    """What took over one function of a dissolved unit, and its share of it (0 to 1); none where none was found.

    ``posts_follow``: whoever held a duty to the old unit's last day holds it at the new one from the day on.
    """

    __tablename__ = "unit_successions"
    __table_args__ = (
        CheckConstraint("share > 0 AND share <= 1", name="share_is_a_part"),
        CheckConstraint("new_unit_id <> old_unit_id", name="another_unit"),
    )

    id: Mapped[PrimaryId]
    old_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    new_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    function: Mapped[str]
    share: Mapped[Decimal | None] = mapped_column(ExactDecimal(7, 6))
    effective_on: Mapped[date]
    note: Mapped[str | None]
    source: Mapped[str]
    posts_follow: Mapped[bool] = mapped_column(default=False, server_default=false())


class PovertyFigure(Base):
    """Households counted poor and near-poor in a unit and year (households; ``rate`` in percent, two digits).

    ``standard`` names the poverty line used; ``invented`` marks figures made up for the demonstration.
    """

    __tablename__ = "poverty_figures"
    __table_args__ = (
        UniqueConstraint("unit_id", "year", "series", "standard"),
        one_of("series", ("all", "ethnic_minority")),
        one_of("status", ("preliminary", "official")),
        *not_negative("households", "poor", "near_poor"),
        CheckConstraint("rate >= 0 AND rate <= 100", name="rate_is_percent"),
        CheckConstraint("poor + near_poor <= households", name="within_households"),
        CheckConstraint("coalesce(rate, households, poor) IS NOT NULL", name="says_something"),
        CheckConstraint("year BETWEEN 1990 AND 2100", name="year_likely"),
    )

    id: Mapped[PrimaryId]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    series: Mapped[str]
    standard: Mapped[str]
    households: Mapped[int | None]
    poor: Mapped[int | None]
    near_poor: Mapped[int | None]
    rate: Mapped[Decimal | None] = mapped_column(ExactDecimal(5, 2))
    status: Mapped[str]
    decision_ref: Mapped[str | None]
    source: Mapped[str]
    invented: Mapped[bool] = mapped_column(default=False)
