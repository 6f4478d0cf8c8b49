"""The registers of the plan's life: papers, changes, inspections, supervision, models to spread, what was raised."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, PrimaryId, filled, in_order, not_negative, one_of

PAPER_KINDS = ("launch", "plan", "guidance", "upward", "other")
PROPOSAL_KINDS = ("difficulty", "change")
INSPECTION_KINDS = ("council", "programme")
FIGURE_KINDS = ("houses", "fund", "month")
YEAR_LIKELY = "year BETWEEN 2000 AND 2100"


class PlanPaper(Base):
    """A body's own paper under the plan: launch, plan, guidance, a report upward (II.2, V.1, V.3, V.5).

    ``withdrawn_for`` says why one was taken out of the register again; it stays readable.
    """

    __tablename__ = "plan_papers"
    __table_args__ = (
        Index(None, "unit_id"),
        filled("round_id"),
        filled("file_sha"),
        one_of("kind", PAPER_KINDS),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_for IS NULL)", name="withdrawal_whole"),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    kind: Mapped[str]
    number: Mapped[str]
    dated_on: Mapped[date]
    summary: Mapped[str]
    file_sha: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    file_name: Mapped[str | None]
    added_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_for: Mapped[str | None]


class PlanChange(Base):
    """A decision of UBND tỉnh on proposals to change the plan (V.6); at will with a dated version of the criteria."""

    __tablename__ = "plan_changes"
    __table_args__ = (
        filled("file_sha"),
        CheckConstraint("criteria_version > 1", name="version_later"),
        CheckConstraint("(criteria_version IS NULL) = (valid_from IS NULL)", name="version_dated"),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"), index=True)
    number: Mapped[str]
    dated_on: Mapped[date]
    summary: Mapped[str]
    valid_from: Mapped[date | None]
    criteria_version: Mapped[int | None]
    file_sha: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    file_name: Mapped[str | None]
    added_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    added_at: Mapped[datetime]


class PlanProposal(Base):
    """A difficulty a body met, or its proposal to change the plan: with the poverty body's opinion, then decided."""

    __tablename__ = "plan_proposals"
    __table_args__ = (
        Index(None, "unit_id"),
        filled("change_id"),
        filled("opinion_by"),
        one_of("kind", PROPOSAL_KINDS),
        CheckConstraint("(opinion IS NULL) = (opinion_by IS NULL)", name="opinion_whole"),
        CheckConstraint("decided_at IS NULL OR coalesce(answer, '') <> ''", name="answered"),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str]
    paragraph: Mapped[str | None]
    text: Mapped[str]
    added_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    added_at: Mapped[datetime]
    opinion: Mapped[str | None]
    opinion_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    change_id: Mapped[int | None] = mapped_column(ForeignKey("plan_changes.id"))
    answer: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class Inspection(Base):
    """An inspection of a body: by the council (II.2.5), or with the poverty programme's (V.2)."""

    __tablename__ = "plan_inspections"
    __table_args__ = (
        Index(None, "unit_id"),
        filled("file_sha"),
        one_of("kind", INSPECTION_KINDS),
        in_order("planned_from", "planned_to"),
        CheckConstraint(YEAR_LIKELY, name="year_likely"),
        CheckConstraint("held_on IS NULL OR coalesce(conclusion, '') <> ''", name="concluded"),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"), index=True)
    kind: Mapped[str]
    year: Mapped[int]
    lead_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    document: Mapped[str]
    planned_from: Mapped[date]
    planned_to: Mapped[date]
    held_on: Mapped[date | None]
    conclusion: Mapped[str | None]
    file_sha: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    file_name: Mapped[str | None]
    added_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    added_at: Mapped[datetime]


class InspectionFinding(Base):
    """What an inspection found, by when the body answers, and its answer."""

    __tablename__ = "inspection_findings"
    __table_args__ = (
        Index(None, "inspection_id"),
        filled("answered_by"),
        CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL)", name="answer_whole"
        ),
    )

    id: Mapped[PrimaryId]
    inspection_id: Mapped[int] = mapped_column(ForeignKey("plan_inspections.id"))
    text: Mapped[str]
    answer_by: Mapped[date]
    answer: Mapped[str | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]


class SupervisionRemark(Base):
    """A remark of the Front's supervision (II.1.4) on the selection at a unit in a round, or on one file of it.

    It is answered before the council of that unit votes.
    """

    __tablename__ = "supervision_remarks"
    __table_args__ = (
        Index(None, "about_unit_id", "round_id"),
        filled("nomination_id"),
        filled("answered_by"),
        CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL)", name="answer_whole"
        ),
    )

    id: Mapped[PrimaryId]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    about_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nominations.id"))
    text: Mapped[str]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]


class SpreadModel(Base):
    """A model or person worth spreading (II.2.3, V.4): only with consent, which can be withdrawn."""

    __tablename__ = "spread_models"
    __table_args__ = (
        Index(None, "unit_id"),
        filled("consent_file"),
        CheckConstraint("(consent_by IS NULL) = (consent_on IS NULL)", name="consent_whole"),
        CheckConstraint("withdrawn_on IS NULL OR consent_on IS NOT NULL", name="withdrawn_after_consent"),
        in_order("consent_on", "withdrawn_on"),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    title: Mapped[str]
    text: Mapped[str]
    consent_by: Mapped[str | None]
    consent_on: Mapped[date | None]
    consent_file: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    consent_name: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    added_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    added_at: Mapped[datetime]


class ModelHandover(Base):
    """That a model was handed to the press or a portal, while there was consent."""

    __tablename__ = "model_handovers"
    __table_args__ = (Index(None, "model_id"),)

    id: Mapped[PrimaryId]
    model_id: Mapped[int] = mapped_column(ForeignKey("spread_models.id"))
    handed_to: Mapped[str]
    handed_on: Mapped[date]
    handed_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)


class SocialFigure(Base):
    """Houses of a cluster, the fund "Vì người nghèo", its high month: of a body or cluster and year (II.1.2, II.1.4).

    ``amount_vnd`` in dong. ``cluster`` names a cluster or bloc, which is no unit.
    """

    __tablename__ = "social_figures"
    __table_args__ = (
        Index(None, "unit_id"),
        one_of("kind", FIGURE_KINDS),
        *not_negative("houses", "amount_vnd"),
        CheckConstraint("coalesce(houses, amount_vnd) IS NOT NULL", name="says_something"),
        CheckConstraint(YEAR_LIKELY, name="year_likely"),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    cluster: Mapped[str | None]
    kind: Mapped[str]
    year: Mapped[int]
    houses: Mapped[int | None]
    amount_vnd: Mapped[int | None] = mapped_column(BigInteger())
    note: Mapped[str]
    document: Mapped[str | None]
    added_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    added_at: Mapped[datetime]
