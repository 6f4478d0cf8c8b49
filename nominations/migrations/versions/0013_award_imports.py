"""Tables of awards given before or elsewhere, and what became of each of their rows."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables and their indexes."""
    op.create_table(
        "award_imports",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_award_imports_source_given")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_award_imports_created_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_imports")),
        sa.UniqueConstraint("ref", name=op.f("uq_award_imports_ref")),
    )
    op.create_index(op.f("ix_award_imports_created_by"), "award_imports", ["created_by"])
    op.create_table(
        "award_import_lines",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("import_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said", Json, nullable=False),
        sa.Column("faults", Json, nullable=False),
        sa.Column("settled_as", sa.Text()),
        sa.Column("nominee_id", Id),
        sa.Column("award_id", Id),
        sa.CheckConstraint(
            "settled_as IN ('known', 'new', 'skip')", name=op.f("ck_award_import_lines_settled_as_known")
        ),
        sa.CheckConstraint(
            "award_id IS NULL OR nominee_id IS NOT NULL", name=op.f("ck_award_import_lines_award_has_nominee")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["award_imports.id"], name=op.f("fk_award_import_lines_import_id_award_imports")
        ),
        sa.ForeignKeyConstraint(
            ["nominee_id"], ["nominees.id"], name=op.f("fk_award_import_lines_nominee_id_nominees")
        ),
        sa.ForeignKeyConstraint(
            ["award_id"], ["past_awards.id"], name=op.f("fk_award_import_lines_award_id_past_awards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_import_lines")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_award_import_lines_import_id_number")),
    )
    for column in ("nominee_id", "award_id"):
        condition = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            op.f(f"ix_award_import_lines_{column}"),
            "award_import_lines",
            [column],
            sqlite_where=condition,
            postgresql_where=condition,
        )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("award_import_lines")
    op.drop_table("award_imports")
