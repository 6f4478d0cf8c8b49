"""Dated reference values with their source marks, the published flow versions, and the settings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, Json, PrimaryId, Sha256, filled, in_order, marked, one_of, where


class Holiday(Base):
    """A day that is not worked, or a Saturday or Sunday worked in exchange (``swapped_workday``)."""

    __tablename__ = "holidays"
    __table_args__ = (one_of("kind", ("holiday", "day_off_in_lieu", "swapped_workday")), marked())

    on_date: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    source: Mapped[str]


class LegalValue(Base):
    """A dated figure of the law (base salary in VND, coefficient, multiplier) as exact text, with its source.

    ``kind`` and ``key`` say what it is (``bonus_coefficient``, ``R2/BK-TINH``); ``valid_to`` is the last day.
    """

    __tablename__ = "legal_values"
    __table_args__ = (
        UniqueConstraint("kind", "key", "valid_from"),
        in_order("valid_from", "valid_to"),
        marked(),
    )

    id: Mapped[PrimaryId]
    kind: Mapped[str]
    key: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    value: Mapped[str]
    note: Mapped[str | None]
    source: Mapped[str]


class AwardForm(Base):
    """An award form (hình thức khen thưởng): GK-XA, GK-HUYEN, GK-SO, GK-DN, BK-TINH, BK-TTG."""

    __tablename__ = "award_forms"
    __table_args__ = (marked(),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str]
    family: Mapped[str]
    issuer_level: Mapped[str]
    source: Mapped[str]


class RuleSet(Base):
    """A body of law in force for a period (R1, R2, R3) with its legal basis as a list."""

    __tablename__ = "rule_sets"
    __table_args__ = (in_order("valid_from", "valid_to"), marked())

    code: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    name: Mapped[str]
    basis: Mapped[list[Any]]
    source: Mapped[str]


class WorkflowVersion(Base):
    """A published flow: the stored bytes that decide, and their SHA-256; of each flow one version is active."""

    __tablename__ = "workflow_versions"
    __table_args__ = (
        UniqueConstraint("form", "rule_set", "tiers", "number"),
        where("uq_workflow_versions_active", "active", "form", "rule_set", "tiers", unique=True),
        filled("published_by"),
        CheckConstraint("tiers IN (2, 3)", name="tiers_known"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("length(sha256) = 64", name="sha256_whole"),
    )

    id: Mapped[PrimaryId]
    form: Mapped[str] = mapped_column(ForeignKey("award_forms.code"))
    rule_set: Mapped[str] = mapped_column(ForeignKey("rule_sets.code"))
    tiers: Mapped[int]
    number: Mapped[int]
    content: Mapped[bytes]
    sha256: Mapped[Sha256]
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    active: Mapped[bool] = mapped_column(default=True)


class Setting(Base):
    """A setting that an administrator changes while the service runs."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(Json)
    updated_at: Mapped[datetime]
