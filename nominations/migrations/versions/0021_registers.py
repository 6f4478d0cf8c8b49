"""The registers of the plan's life: papers, changes, inspections, supervision, models to spread, what was raised."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = (
    "plan_papers",
    "plan_changes",
    "plan_proposals",
    "plan_inspections",
    "inspection_findings",
    "supervision_remarks",
    "spread_models",
    "model_handovers",
    "social_figures",
)


def upgrade() -> None:
    """Create the tables and their indexes."""
    _plan_papers()
    _plan_changes()
    _plan_proposals()
    _plan_inspections()
    _inspection_findings()
    _supervision_remarks()
    _spread_models()
    _model_handovers()
    _social_figures()


def downgrade() -> None:
    """Drop them."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _plan_papers() -> None:
    op.create_table(
        "plan_papers",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("file_sha", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("added_by", Id, nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_for", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('launch', 'plan', 'guidance', 'upward', 'other')", name=op.f("ck_plan_papers_kind_known")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_for IS NULL)", name=op.f("ck_plan_papers_withdrawal_whole")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_plan_papers_added_by_people")),
        sa.ForeignKeyConstraint(["file_sha"], ["files.sha256"], name=op.f("fk_plan_papers_file_sha_files")),
        sa.ForeignKeyConstraint(["movement_id"], ["movements.id"], name=op.f("fk_plan_papers_movement_id_movements")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_plan_papers_round_id_rounds")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_plan_papers_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_papers")),
    )
    op.create_index(op.f("ix_plan_papers_added_by"), "plan_papers", ["added_by"])
    op.create_index(
        op.f("ix_plan_papers_file_sha"),
        "plan_papers",
        ["file_sha"],
        sqlite_where=sa.text("file_sha IS NOT NULL"),
        postgresql_where=sa.text("file_sha IS NOT NULL"),
    )
    op.create_index(op.f("ix_plan_papers_movement_id"), "plan_papers", ["movement_id"])
    op.create_index(
        op.f("ix_plan_papers_round_id"),
        "plan_papers",
        ["round_id"],
        sqlite_where=sa.text("round_id IS NOT NULL"),
        postgresql_where=sa.text("round_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_plan_papers_unit_id"), "plan_papers", ["unit_id"])


def _plan_changes() -> None:
    op.create_table(
        "plan_changes",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("criteria_version", sa.Integer(), nullable=True),
        sa.Column("file_sha", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("added_by", Id, nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(criteria_version IS NULL) = (valid_from IS NULL)", name=op.f("ck_plan_changes_version_dated")
        ),
        sa.CheckConstraint("criteria_version > 1", name=op.f("ck_plan_changes_version_later")),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_plan_changes_added_by_people")),
        sa.ForeignKeyConstraint(["file_sha"], ["files.sha256"], name=op.f("fk_plan_changes_file_sha_files")),
        sa.ForeignKeyConstraint(["movement_id"], ["movements.id"], name=op.f("fk_plan_changes_movement_id_movements")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_changes")),
    )
    op.create_index(op.f("ix_plan_changes_added_by"), "plan_changes", ["added_by"])
    op.create_index(
        op.f("ix_plan_changes_file_sha"),
        "plan_changes",
        ["file_sha"],
        sqlite_where=sa.text("file_sha IS NOT NULL"),
        postgresql_where=sa.text("file_sha IS NOT NULL"),
    )
    op.create_index(op.f("ix_plan_changes_movement_id"), "plan_changes", ["movement_id"])


def _plan_proposals() -> None:
    op.create_table(
        "plan_proposals",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("paragraph", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_by", Id, nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("opinion_by", Id, nullable=True),
        sa.Column("change_id", Id, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("decided_at IS NULL OR coalesce(answer, '') <> ''", name=op.f("ck_plan_proposals_answered")),
        sa.CheckConstraint("kind IN ('difficulty', 'change')", name=op.f("ck_plan_proposals_kind_known")),
        sa.CheckConstraint("(opinion IS NULL) = (opinion_by IS NULL)", name=op.f("ck_plan_proposals_opinion_whole")),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_plan_proposals_added_by_people")),
        sa.ForeignKeyConstraint(
            ["change_id"], ["plan_changes.id"], name=op.f("fk_plan_proposals_change_id_plan_changes")
        ),
        sa.ForeignKeyConstraint(
            ["movement_id"], ["movements.id"], name=op.f("fk_plan_proposals_movement_id_movements")
        ),
        sa.ForeignKeyConstraint(["opinion_by"], ["people.id"], name=op.f("fk_plan_proposals_opinion_by_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_plan_proposals_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_proposals")),
    )
    op.create_index(op.f("ix_plan_proposals_added_by"), "plan_proposals", ["added_by"])
    op.create_index(
        op.f("ix_plan_proposals_change_id"),
        "plan_proposals",
        ["change_id"],
        sqlite_where=sa.text("change_id IS NOT NULL"),
        postgresql_where=sa.text("change_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_plan_proposals_movement_id"), "plan_proposals", ["movement_id"])
    op.create_index(
        op.f("ix_plan_proposals_opinion_by"),
        "plan_proposals",
        ["opinion_by"],
        sqlite_where=sa.text("opinion_by IS NOT NULL"),
        postgresql_where=sa.text("opinion_by IS NOT NULL"),
    )
    op.create_index(op.f("ix_plan_proposals_unit_id"), "plan_proposals", ["unit_id"])


def _plan_inspections() -> None:
    op.create_table(
        "plan_inspections",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("lead_unit_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=False),
        sa.Column("planned_to", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("file_sha", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("added_by", Id, nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "held_on IS NULL OR coalesce(conclusion, '') <> ''", name=op.f("ck_plan_inspections_concluded")
        ),
        sa.CheckConstraint("kind IN ('council', 'programme')", name=op.f("ck_plan_inspections_kind_known")),
        sa.CheckConstraint("planned_to >= planned_from", name=op.f("ck_plan_inspections_planned_to_in_order")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_plan_inspections_year_likely")),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_plan_inspections_added_by_people")),
        sa.ForeignKeyConstraint(["file_sha"], ["files.sha256"], name=op.f("fk_plan_inspections_file_sha_files")),
        sa.ForeignKeyConstraint(["lead_unit_id"], ["units.id"], name=op.f("fk_plan_inspections_lead_unit_id_units")),
        sa.ForeignKeyConstraint(
            ["movement_id"], ["movements.id"], name=op.f("fk_plan_inspections_movement_id_movements")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_plan_inspections_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_inspections")),
    )
    op.create_index(op.f("ix_plan_inspections_added_by"), "plan_inspections", ["added_by"])
    op.create_index(
        op.f("ix_plan_inspections_file_sha"),
        "plan_inspections",
        ["file_sha"],
        sqlite_where=sa.text("file_sha IS NOT NULL"),
        postgresql_where=sa.text("file_sha IS NOT NULL"),
    )
    op.create_index(op.f("ix_plan_inspections_lead_unit_id"), "plan_inspections", ["lead_unit_id"])
    op.create_index(op.f("ix_plan_inspections_movement_id"), "plan_inspections", ["movement_id"])
    op.create_index(op.f("ix_plan_inspections_unit_id"), "plan_inspections", ["unit_id"])


def _inspection_findings() -> None:
    op.create_table(
        "inspection_findings",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("inspection_id", Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", Id, nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_inspection_findings_answer_whole"),
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_inspection_findings_answered_by_people")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["plan_inspections.id"],
            name=op.f("fk_inspection_findings_inspection_id_plan_inspections"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_findings")),
    )
    op.create_index(
        op.f("ix_inspection_findings_answered_by"),
        "inspection_findings",
        ["answered_by"],
        sqlite_where=sa.text("answered_by IS NOT NULL"),
        postgresql_where=sa.text("answered_by IS NOT NULL"),
    )
    op.create_index(op.f("ix_inspection_findings_inspection_id"), "inspection_findings", ["inspection_id"])


def _supervision_remarks() -> None:
    op.create_table(
        "supervision_remarks",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("about_unit_id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("nomination_id", Id, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by", Id, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", Id, nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_supervision_remarks_answer_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["about_unit_id"], ["units.id"], name=op.f("fk_supervision_remarks_about_unit_id_units")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_supervision_remarks_answered_by_people")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_supervision_remarks_made_by_people")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_supervision_remarks_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_supervision_remarks_round_id_rounds")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_supervision_remarks_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_remarks")),
    )
    op.create_index(
        op.f("ix_supervision_remarks_about_unit_id_round_id"), "supervision_remarks", ["about_unit_id", "round_id"]
    )
    op.create_index(
        op.f("ix_supervision_remarks_answered_by"),
        "supervision_remarks",
        ["answered_by"],
        sqlite_where=sa.text("answered_by IS NOT NULL"),
        postgresql_where=sa.text("answered_by IS NOT NULL"),
    )
    op.create_index(op.f("ix_supervision_remarks_made_by"), "supervision_remarks", ["made_by"])
    op.create_index(
        op.f("ix_supervision_remarks_nomination_id"),
        "supervision_remarks",
        ["nomination_id"],
        sqlite_where=sa.text("nomination_id IS NOT NULL"),
        postgresql_where=sa.text("nomination_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_supervision_remarks_round_id"), "supervision_remarks", ["round_id"])
    op.create_index(op.f("ix_supervision_remarks_unit_id"), "supervision_remarks", ["unit_id"])


def _spread_models() -> None:
    op.create_table(
        "spread_models",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("consent_by", sa.Text(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_file", sa.String(length=64), nullable=True),
        sa.Column("consent_name", sa.Text(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("added_by", Id, nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(consent_by IS NULL) = (consent_on IS NULL)", name=op.f("ck_spread_models_consent_whole")),
        sa.CheckConstraint("withdrawn_on >= consent_on", name=op.f("ck_spread_models_withdrawn_on_in_order")),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR consent_on IS NOT NULL", name=op.f("ck_spread_models_withdrawn_after_consent")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_spread_models_added_by_people")),
        sa.ForeignKeyConstraint(["consent_file"], ["files.sha256"], name=op.f("fk_spread_models_consent_file_files")),
        sa.ForeignKeyConstraint(["movement_id"], ["movements.id"], name=op.f("fk_spread_models_movement_id_movements")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_spread_models_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spread_models")),
    )
    op.create_index(op.f("ix_spread_models_added_by"), "spread_models", ["added_by"])
    op.create_index(
        op.f("ix_spread_models_consent_file"),
        "spread_models",
        ["consent_file"],
        sqlite_where=sa.text("consent_file IS NOT NULL"),
        postgresql_where=sa.text("consent_file IS NOT NULL"),
    )
    op.create_index(op.f("ix_spread_models_movement_id"), "spread_models", ["movement_id"])
    op.create_index(op.f("ix_spread_models_unit_id"), "spread_models", ["unit_id"])


def _model_handovers() -> None:
    op.create_table(
        "model_handovers",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("model_id", Id, nullable=False),
        sa.Column("handed_to", sa.Text(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("handed_by", Id, nullable=False),
        sa.ForeignKeyConstraint(["handed_by"], ["people.id"], name=op.f("fk_model_handovers_handed_by_people")),
        sa.ForeignKeyConstraint(
            ["model_id"], ["spread_models.id"], name=op.f("fk_model_handovers_model_id_spread_models")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_handovers")),
    )
    op.create_index(op.f("ix_model_handovers_handed_by"), "model_handovers", ["handed_by"])
    op.create_index(op.f("ix_model_handovers_model_id"), "model_handovers", ["model_id"])


def _social_figures() -> None:
    op.create_table(
        "social_figures",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("cluster", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("houses", sa.Integer(), nullable=True),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("added_by", Id, nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('houses', 'fund', 'month')", name=op.f("ck_social_figures_kind_known")),
        sa.CheckConstraint("amount_vnd >= 0", name=op.f("ck_social_figures_amount_vnd_not_negative")),
        sa.CheckConstraint("coalesce(houses, amount_vnd) IS NOT NULL", name=op.f("ck_social_figures_says_something")),
        sa.CheckConstraint("houses >= 0", name=op.f("ck_social_figures_houses_not_negative")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_social_figures_year_likely")),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_social_figures_added_by_people")),
        sa.ForeignKeyConstraint(
            ["movement_id"], ["movements.id"], name=op.f("fk_social_figures_movement_id_movements")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_social_figures_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_figures")),
    )
    op.create_index(op.f("ix_social_figures_added_by"), "social_figures", ["added_by"])
    op.create_index(op.f("ix_social_figures_movement_id"), "social_figures", ["movement_id"])
    op.create_index(op.f("ix_social_figures_unit_id"), "social_figures", ["unit_id"])
