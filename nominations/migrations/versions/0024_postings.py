"""Files posted in public before their council."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "postings",
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("begun_by", Id, nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("ended_by", Id),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("minutes_sha", sa.String(length=64)),
        sa.Column("remarks", sa.Text()),
        sa.CheckConstraint("until_on >= begun_on", name=op.f("ck_postings_until_on_in_order")),
        sa.CheckConstraint("working_days > 0", name=op.f("ck_postings_days_positive")),
        sa.CheckConstraint("(ended_on IS NULL) = (minutes_sha IS NULL)", name=op.f("ck_postings_end_with_minutes")),
        sa.CheckConstraint("(ended_on IS NULL) = (ended_by IS NULL)", name=op.f("ck_postings_end_whole")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_postings_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["begun_by"], ["people.id"], name=op.f("fk_postings_begun_by_people")),
        sa.ForeignKeyConstraint(["ended_by"], ["people.id"], name=op.f("fk_postings_ended_by_people")),
        sa.ForeignKeyConstraint(["minutes_sha"], ["files.sha256"], name=op.f("fk_postings_minutes_sha_files")),
        sa.PrimaryKeyConstraint("nomination_id", "stage", name=op.f("pk_postings")),
        sqlite_with_rowid=False,
    )
    for column in ("minutes_sha", "ended_by"):
        only = sa.text(f"{column} IS NOT NULL")
        name = op.f(f"ix_postings_{column}")
        op.create_index(name, "postings", [column], sqlite_where=only, postgresql_where=only)
    op.create_index(op.f("ix_postings_begun_by"), "postings", ["begun_by"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("postings")
