"""Who recorded a mark against a nominee, for which unit, on which paper; who closed it and why."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and its indexes."""
    op.create_table(
        "mark_records",
        sa.Column("mark_id", Id, autoincrement=False, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("recorded_by", Id, nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("document_sha", sa.String(length=64)),
        sa.Column("closed_by", Id),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("closing", sa.Text()),
        sa.CheckConstraint(
            "(closed_by IS NULL) = (closed_at IS NULL) AND (closed_by IS NULL) = (closing IS NULL)",
            name=op.f("ck_mark_records_closing_whole"),
        ),
        sa.ForeignKeyConstraint(["mark_id"], ["nominee_marks.id"], name=op.f("fk_mark_records_mark_id_nominee_marks")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_mark_records_unit_id_units")),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("fk_mark_records_recorded_by_people")),
        sa.ForeignKeyConstraint(["document_sha"], ["files.sha256"], name=op.f("fk_mark_records_document_sha_files")),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_mark_records_closed_by_people")),
        sa.PrimaryKeyConstraint("mark_id", name=op.f("pk_mark_records")),
    )
    op.create_index(op.f("ix_mark_records_unit_id"), "mark_records", ["unit_id"])
    op.create_index(op.f("ix_mark_records_recorded_by"), "mark_records", ["recorded_by"])
    for column in ("document_sha", "closed_by"):
        condition = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            op.f(f"ix_mark_records_{column}"),
            "mark_records",
            [column],
            sqlite_where=condition,
            postgresql_where=condition,
        )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("mark_records")
