"""The movement with its criteria and milestones, and the rounds in which awards are proposed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nominations.models.base import Base, PrimaryId, filled, in_order, marked, not_negative, one_of, where

QUOTA_KINDS = ("individual", "collective", "household", "any")
SUBJECT_GROUPS = ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7")


class Movement(Base):
    """An emulation movement (phong trào thi đua): the plan's text in ``content``, its doubts as ``settings``.

    ``reporting`` is how it reads the plan about reports, and its targets in numbers, each value with its source.
    """

    __tablename__ = "movements"
    __table_args__ = (in_order("starts_on", "ends_on"), marked())

    id: Mapped[PrimaryId]
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_en: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    content: Mapped[dict[str, Any]]
    settings: Mapped[dict[str, Any]]
    reporting: Mapped[dict[str, Any] | None]
    source: Mapped[str]


class Criterion(Base):
    """One criterion of the plan (tiêu chuẩn, e.g. 1.2.8) in one dated version of the list."""

    __tablename__ = "criteria"
    __table_args__ = (
        UniqueConstraint("movement_id", "version", "code"),
        one_of("group_no", SUBJECT_GROUPS),
        one_of("kind", ("quantitative", "qualitative")),
        one_of("required", ("hard", "soft")),
        CheckConstraint("version > 0", name="version_positive"),
        *not_negative("position"),
        marked(),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"))
    version: Mapped[int]
    valid_from: Mapped[date]
    code: Mapped[str]
    group_no: Mapped[str]
    position: Mapped[int]
    text: Mapped[str]
    kind: Mapped[str]
    applies_to: Mapped[dict[str, Any]]
    required: Mapped[str]
    evidence: Mapped[str | None]
    source: Mapped[str]


class CriteriaGroup(Base):
    """One of the plan's seven subject groups in one version of the list, with the kinds of nominee in it."""

    __tablename__ = "criteria_groups"
    __table_args__ = (
        UniqueConstraint("movement_id", "version", "group_no"),
        one_of("group_no", SUBJECT_GROUPS),
        CheckConstraint("version > 0", name="version_positive"),
        marked(),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"))
    version: Mapped[int]
    group_no: Mapped[str]
    title: Mapped[str]
    subject_kinds: Mapped[list[Any]]
    source: Mapped[str]


class Round(Base):
    """A round of awards (đợt xét khen thưởng) of an issuing unit: its forms, its days, its period."""

    __tablename__ = "rounds"
    __table_args__ = (
        one_of("kind", ("annual", "midterm", "final")),
        in_order("opens_on", "closes_on"),
        in_order("achievement_from", "achievement_to"),
    )

    id: Mapped[PrimaryId]
    code: Mapped[str] = mapped_column(unique=True)
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"), index=True)
    title: Mapped[str]
    kind: Mapped[str]
    issuing_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    achievement_from: Mapped[date]
    achievement_to: Mapped[date]
    guidance: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)

    forms: Mapped[list[RoundForm]] = relationship(order_by="RoundForm.form", cascade="all, delete-orphan", lazy="raise")


class RoundForm(Base):
    """An award form that a round admits."""

    __tablename__ = "round_forms"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    form: Mapped[str] = mapped_column(ForeignKey("award_forms.code"), primary_key=True)


class Quota(Base):
    """How many of a form a round may award, or propose to the centre (chỉ tiêu): of a unit's files or of all.

    ``unit_id`` is a unit the files come through, or none for the whole round; ``subject_kind`` a kind of nominee or
    any. ``taken`` counts the places; a hard quota is never exceeded, whatever writes to the row.
    """

    __tablename__ = "quotas"
    __table_args__ = (
        Index(None, "round_id", "form"),
        filled("unit_id"),
        where("uq_quotas_of_unit", "unit_id IS NOT NULL", "round_id", "form", "subject_kind", "unit_id", unique=True),
        where("uq_quotas_of_round", "unit_id IS NULL", "round_id", "form", "subject_kind", unique=True),
        one_of("subject_kind", QUOTA_KINDS),
        *not_negative("most", "taken"),
        CheckConstraint("NOT hard OR taken <= most", name="never_exceeded"),
        marked(),
    )

    id: Mapped[PrimaryId]
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    form: Mapped[str] = mapped_column(ForeignKey("award_forms.code"))
    subject_kind: Mapped[str]
    most: Mapped[int]
    hard: Mapped[bool]
    taken: Mapped[int] = mapped_column(default=0)
    source: Mapped[str]


class QuotaPlace(Base):
    """The place a file has in a quota, from the signature that took it until it is given back."""

    __tablename__ = "quota_places"

    quota_id: Mapped[int] = mapped_column(ForeignKey("quotas.id"), primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), primary_key=True, index=True)
    taken_at: Mapped[datetime]
    given_back_at: Mapped[datetime | None]


class Milestone(Base):
    """A day of the plan's own calendar: fixed (``due_on``) or by a rule in words (``due_rule``)."""

    __tablename__ = "milestones"
    __table_args__ = (
        UniqueConstraint("movement_id", "code"),
        Index(None, "due_on"),
        CheckConstraint("due_on IS NOT NULL OR due_rule IS NOT NULL", name="due_said"),
        marked(),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"))
    code: Mapped[str]
    title: Mapped[str]
    due_on: Mapped[date | None]
    due_rule: Mapped[str | None]
    who: Mapped[str]
    source: Mapped[str]
