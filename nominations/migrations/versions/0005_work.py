"""Tasks, returns, holds, sides taken and opinions."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and their indexes."""
    op.create_table(
        "tasks",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("substitute", sa.Boolean(), nullable=False),
        sa.Column("nobody_free", sa.Boolean(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("closed_by", Id),
        sa.Column("outcome", sa.Text()),
        sa.CheckConstraint("kind IN ('step', 'ballot', 'opinion', 'reconfirm')", name=op.f("ck_tasks_kind_known")),
        sa.CheckConstraint("closed_at IS NOT NULL OR closed_by IS NULL", name=op.f("ck_tasks_closer_when_closed")),
        sa.CheckConstraint("closed_at IS NOT NULL OR outcome IS NULL", name=op.f("ck_tasks_outcome_when_closed")),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_tasks_closed_by_people")),
        sa.ForeignKeyConstraint(["nomination_id"], ["nominations.id"], name=op.f("fk_tasks_nomination_id_nominations")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_tasks_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(
        op.f("ix_tasks_closed_by_closed_at"),
        "tasks",
        ["closed_by", "closed_at"],
        sqlite_where=sa.text("closed_by IS NOT NULL"),
        postgresql_where=sa.text("closed_by IS NOT NULL"),
    )
    op.create_index(op.f("ix_tasks_nomination_id"), "tasks", ["nomination_id"])
    op.create_index(
        "ix_tasks_queue",
        "tasks",
        ["unit_id", "duty", "due_on", "id"],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_tasks_open_step",
        "tasks",
        ["nomination_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'step' AND closed_at IS NULL"),
        postgresql_where=sa.text("kind = 'step' AND closed_at IS NULL"),
    )
    op.create_table(
        "returns",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("by_unit_id", Id, nullable=False),
        sa.Column("by_person", Id, nullable=False),
        sa.Column("holder_unit_id", Id, nullable=False),
        sa.Column("holder_duty", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("sections", Json, nullable=False),
        sa.Column("faults", Json, nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime()),
        sa.CheckConstraint("mode IN ('chain', 'direct', 'passed_down')", name=op.f("ck_returns_mode_known")),
        sa.CheckConstraint("depth > 0", name=op.f("ck_returns_depth_positive")),
        sa.ForeignKeyConstraint(["by_person"], ["people.id"], name=op.f("fk_returns_by_person_people")),
        sa.ForeignKeyConstraint(["by_unit_id"], ["units.id"], name=op.f("fk_returns_by_unit_id_units")),
        sa.ForeignKeyConstraint(["holder_unit_id"], ["units.id"], name=op.f("fk_returns_holder_unit_id_units")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_returns_nomination_id_nominations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
    )
    op.create_index(op.f("ix_returns_by_person"), "returns", ["by_person"])
    op.create_index(op.f("ix_returns_by_unit_id"), "returns", ["by_unit_id"])
    op.create_index(op.f("ix_returns_holder_unit_id"), "returns", ["holder_unit_id"])
    op.create_index(op.f("ix_returns_nomination_id"), "returns", ["nomination_id"])
    op.create_index(
        "uq_returns_open_depth",
        "returns",
        ["nomination_id", "depth"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "holds",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", Id, nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("document_sha", sa.String(length=64)),
        sa.Column("review_on", sa.Date()),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("approved_by", Id),
        sa.Column("approved_at", UtcDateTime()),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("closed_by", Id),
        sa.CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name=op.f("ck_holds_approval_whole")),
        sa.ForeignKeyConstraint(["approved_by"], ["people.id"], name=op.f("fk_holds_approved_by_people")),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_holds_closed_by_people")),
        sa.ForeignKeyConstraint(["document_sha"], ["files.sha256"], name=op.f("fk_holds_document_sha_files")),
        sa.ForeignKeyConstraint(["nomination_id"], ["nominations.id"], name=op.f("fk_holds_nomination_id_nominations")),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"], name=op.f("fk_holds_proposed_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index(
        op.f("ix_holds_approved_by"),
        "holds",
        ["approved_by"],
        sqlite_where=sa.text("approved_by IS NOT NULL"),
        postgresql_where=sa.text("approved_by IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_holds_closed_by"),
        "holds",
        ["closed_by"],
        sqlite_where=sa.text("closed_by IS NOT NULL"),
        postgresql_where=sa.text("closed_by IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_holds_document_sha"),
        "holds",
        ["document_sha"],
        sqlite_where=sa.text("document_sha IS NOT NULL"),
        postgresql_where=sa.text("document_sha IS NOT NULL"),
    )
    op.create_index(op.f("ix_holds_nomination_id"), "holds", ["nomination_id"])
    op.create_index(op.f("ix_holds_proposed_by"), "holds", ["proposed_by"])
    op.create_index(
        "uq_holds_open",
        "holds",
        ["nomination_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "participations",
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.CheckConstraint("pair <> '' AND side <> ''", name=op.f("ck_participations_named")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_participations_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_participations_person_id_people")),
        sa.PrimaryKeyConstraint("nomination_id", "person_id", "pair", name=op.f("pk_participations")),
        sa.UniqueConstraint(
            "nomination_id",
            "person_id",
            "pair",
            "side",
            name=op.f("uq_participations_nomination_id_person_id_pair_side"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_participations_person_id"), "participations", ["person_id"])
    op.create_table(
        "opinions",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("pair", sa.Text()),
        sa.Column("side", sa.Text()),
        sa.Column("advice", sa.Text()),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("by_criterion", Json, nullable=False),
        sa.Column("revision_id", Id, nullable=False),
        sa.Column("reviewed_sections", Json, nullable=False),
        sa.Column("voided_by", Id),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("advice IN ('for', 'against', 'neutral')", name=op.f("ck_opinions_advice_known")),
        sa.CheckConstraint("kind IN ('appraisal', 'check', 'consultation')", name=op.f("ck_opinions_kind_known")),
        sa.CheckConstraint("pair IS NOT NULL OR kind = 'consultation'", name=op.f("ck_opinions_side_taken")),
        sa.CheckConstraint("(pair IS NULL) = (side IS NULL)", name=op.f("ck_opinions_side_whole")),
        sa.ForeignKeyConstraint(
            ["nomination_id", "person_id", "pair", "side"],
            ["participations.nomination_id", "participations.person_id", "participations.pair", "participations.side"],
            name=op.f("fk_opinions_nomination_id_person_id_pair_side_participations"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id", "revision_id"],
            ["revisions.nomination_id", "revisions.id"],
            name=op.f("fk_opinions_nomination_id_revision_id_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id", "voided_by"],
            ["revisions.nomination_id", "revisions.id"],
            name=op.f("fk_opinions_nomination_id_voided_by_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_opinions_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_opinions_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_opinions_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
    )
    op.create_index(op.f("ix_opinions_nomination_id"), "opinions", ["nomination_id"])
    op.create_index(op.f("ix_opinions_person_id"), "opinions", ["person_id"])
    op.create_index(op.f("ix_opinions_unit_id"), "opinions", ["unit_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("opinions")
    op.drop_table("participations")
    op.drop_table("holds")
    op.drop_table("returns")
    op.drop_table("tasks")
