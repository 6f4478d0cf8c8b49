"""Lists that a unit brings in at once, and what became of each of their rows."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables and their indexes."""
    op.create_table(
        "draft_lists",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("kinds", Json, nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("origin IN ('table', 'pasted', 'earlier')", name=op.f("ck_draft_lists_origin_known")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_draft_lists_sha256_whole")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_draft_lists_unit_id_units")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_draft_lists_round_id_rounds")),
        sa.ForeignKeyConstraint(["form"], ["award_forms.code"], name=op.f("fk_draft_lists_form_award_forms")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_draft_lists_created_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_lists")),
        sa.UniqueConstraint("ref", name=op.f("uq_draft_lists_ref")),
    )
    op.create_index(op.f("ix_draft_lists_unit_id_id"), "draft_lists", ["unit_id", "id"])
    op.create_index(op.f("ix_draft_lists_round_id"), "draft_lists", ["round_id"])
    op.create_index(op.f("ix_draft_lists_created_by"), "draft_lists", ["created_by"])
    op.create_table(
        "draft_list_rows",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("list_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said", Json, nullable=False),
        sa.Column("faults", Json, nullable=False),
        sa.Column("settled_as", sa.Text()),
        sa.Column("nomination_id", Id),
        sa.CheckConstraint("settled_as IN ('made', 'skip')", name=op.f("ck_draft_list_rows_settled_as_known")),
        sa.CheckConstraint(
            "(COALESCE(settled_as, '') = 'made') = (nomination_id IS NOT NULL)",
            name=op.f("ck_draft_list_rows_made_has_nomination"),
        ),
        sa.ForeignKeyConstraint(["list_id"], ["draft_lists.id"], name=op.f("fk_draft_list_rows_list_id_draft_lists")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_draft_list_rows_nomination_id_nominations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_list_rows")),
        sa.UniqueConstraint("list_id", "number", name=op.f("uq_draft_list_rows_list_id_number")),
    )
    condition = sa.text("nomination_id IS NOT NULL")
    op.create_index(
        op.f("ix_draft_list_rows_nomination_id"),
        "draft_list_rows",
        ["nomination_id"],
        sqlite_where=condition,
        postgresql_where=condition,
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("draft_list_rows")
    op.drop_table("draft_lists")
