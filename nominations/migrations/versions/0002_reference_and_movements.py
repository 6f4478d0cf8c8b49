"""Reference values, flows, the movement and its rounds."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and their indexes."""
    op.create_table(
        "holidays",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('holiday', 'day_off_in_lieu', 'swapped_workday')", name=op.f("ck_holidays_kind_known")
        ),
        sa.CheckConstraint("source <> ''", name=op.f("ck_holidays_source_given")),
        sa.PrimaryKeyConstraint("on_date", name=op.f("pk_holidays")),
    )
    op.create_table(
        "legal_values",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_legal_values_source_given")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_legal_values_valid_to_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_values")),
        sa.UniqueConstraint("kind", "key", "valid_from", name=op.f("uq_legal_values_kind_key_valid_from")),
    )
    op.create_table(
        "award_forms",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("issuer_level", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_award_forms_source_given")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_award_forms")),
    )
    op.create_table(
        "rule_sets",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("basis", Json, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_rule_sets_source_given")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_rule_sets_valid_to_in_order")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_rule_sets")),
    )
    op.create_table(
        "workflow_versions",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("rule_set", sa.Text(), nullable=False),
        sa.Column("tiers", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("published_by", Id),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_workflow_versions_sha256_whole")),
        sa.CheckConstraint("number > 0", name=op.f("ck_workflow_versions_number_positive")),
        sa.CheckConstraint("tiers IN (2, 3)", name=op.f("ck_workflow_versions_tiers_known")),
        sa.ForeignKeyConstraint(["form"], ["award_forms.code"], name=op.f("fk_workflow_versions_form_award_forms")),
        sa.ForeignKeyConstraint(["published_by"], ["people.id"], name=op.f("fk_workflow_versions_published_by_people")),
        sa.ForeignKeyConstraint(["rule_set"], ["rule_sets.code"], name=op.f("fk_workflow_versions_rule_set_rule_sets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workflow_versions")),
        sa.UniqueConstraint(
            "form", "rule_set", "tiers", "number", name=op.f("uq_workflow_versions_form_rule_set_tiers_number")
        ),
    )
    op.create_index(
        op.f("ix_workflow_versions_published_by"),
        "workflow_versions",
        ["published_by"],
        sqlite_where=sa.text("published_by IS NOT NULL"),
        postgresql_where=sa.text("published_by IS NOT NULL"),
    )
    op.create_index(
        "uq_workflow_versions_active",
        "workflow_versions",
        ["form", "rule_set", "tiers"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", Json, nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "movements",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("settings", Json, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_movements_source_given")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_movements_ends_on_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movements")),
        sa.UniqueConstraint("code", name=op.f("uq_movements_code")),
    )
    op.create_table(
        "criteria",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("group_no", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("applies_to", Json, nullable=False),
        sa.Column("required", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "group_no IN ('1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7')", name=op.f("ck_criteria_group_no_known")
        ),
        sa.CheckConstraint("kind IN ('quantitative', 'qualitative')", name=op.f("ck_criteria_kind_known")),
        sa.CheckConstraint("required IN ('hard', 'soft')", name=op.f("ck_criteria_required_known")),
        sa.CheckConstraint("source <> ''", name=op.f("ck_criteria_source_given")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_criteria_position_not_negative")),
        sa.CheckConstraint("version > 0", name=op.f("ck_criteria_version_positive")),
        sa.ForeignKeyConstraint(["movement_id"], ["movements.id"], name=op.f("fk_criteria_movement_id_movements")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria")),
        sa.UniqueConstraint("movement_id", "version", "code", name=op.f("uq_criteria_movement_id_version_code")),
    )
    op.create_table(
        "criteria_groups",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("group_no", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject_kinds", Json, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "group_no IN ('1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7')",
            name=op.f("ck_criteria_groups_group_no_known"),
        ),
        sa.CheckConstraint("source <> ''", name=op.f("ck_criteria_groups_source_given")),
        sa.CheckConstraint("version > 0", name=op.f("ck_criteria_groups_version_positive")),
        sa.ForeignKeyConstraint(
            ["movement_id"], ["movements.id"], name=op.f("fk_criteria_groups_movement_id_movements")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_groups")),
        sa.UniqueConstraint(
            "movement_id", "version", "group_no", name=op.f("uq_criteria_groups_movement_id_version_group_no")
        ),
    )
    op.create_table(
        "rounds",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("issuing_unit_id", Id, nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("achievement_from", sa.Date(), nullable=False),
        sa.Column("achievement_to", sa.Date(), nullable=False),
        sa.Column("guidance", sa.Text()),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("settings", Json, nullable=False),
        sa.CheckConstraint("kind IN ('annual', 'midterm', 'final')", name=op.f("ck_rounds_kind_known")),
        sa.CheckConstraint("achievement_to >= achievement_from", name=op.f("ck_rounds_achievement_to_in_order")),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_rounds_closes_on_in_order")),
        sa.ForeignKeyConstraint(["issuing_unit_id"], ["units.id"], name=op.f("fk_rounds_issuing_unit_id_units")),
        sa.ForeignKeyConstraint(["movement_id"], ["movements.id"], name=op.f("fk_rounds_movement_id_movements")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("code", name=op.f("uq_rounds_code")),
    )
    op.create_index(op.f("ix_rounds_issuing_unit_id"), "rounds", ["issuing_unit_id"])
    op.create_index(op.f("ix_rounds_movement_id"), "rounds", ["movement_id"])
    op.create_table(
        "round_forms",
        sa.Column("round_id", Id, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["form"], ["award_forms.code"], name=op.f("fk_round_forms_form_award_forms")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_forms_round_id_rounds")),
        sa.PrimaryKeyConstraint("round_id", "form", name=op.f("pk_round_forms")),
    )
    op.create_table(
        "milestones",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("due_rule", sa.Text()),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_milestones_source_given")),
        sa.CheckConstraint("due_on IS NOT NULL OR due_rule IS NOT NULL", name=op.f("ck_milestones_due_said")),
        sa.ForeignKeyConstraint(["movement_id"], ["movements.id"], name=op.f("fk_milestones_movement_id_movements")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
        sa.UniqueConstraint("movement_id", "code", name=op.f("uq_milestones_movement_id_code")),
    )
    op.create_index(op.f("ix_milestones_due_on"), "milestones", ["due_on"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("milestones")
    op.drop_table("round_forms")
    op.drop_table("rounds")
    op.drop_table("criteria_groups")
    op.drop_table("criteria")
    op.drop_table("movements")
    op.drop_table("settings")
    op.drop_table("workflow_versions")
    op.drop_table("rule_sets")
    op.drop_table("award_forms")
    op.drop_table("legal_values")
    op.drop_table("holidays")
