"""Reorganisations carried out, files settled one by one, and successions with which the posts go along."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables; a column with a constant default is added in place on both databases."""
    op.add_column(
        "unit_successions", sa.Column("posts_follow", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "reorganisations",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("begun_by", Id),
        sa.Column("counted", Json, nullable=False),
        sa.Column("finished_at", UtcDateTime()),
        sa.Column("moved", Json),
        sa.CheckConstraint("(finished_at IS NULL) = (moved IS NULL)", name=op.f("ck_reorganisations_end_whole")),
        sa.ForeignKeyConstraint(["begun_by"], ["people.id"], name=op.f("fk_reorganisations_begun_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisations")),
    )
    partial("uq_reorganisations_open", "reorganisations", ["effective_on"], "finished_at IS NULL", unique=True)
    partial(op.f("ix_reorganisations_begun_by"), "reorganisations", ["begun_by"], "begun_by IS NOT NULL")
    op.create_table(
        "succession_choices",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("old_unit_id", Id, nullable=False),
        sa.Column("new_unit_id", Id, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", Id),
        sa.CheckConstraint("new_unit_id <> old_unit_id", name=op.f("ck_succession_choices_another_unit")),
        sa.CheckConstraint("source <> ''", name=op.f("ck_succession_choices_source_given")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_succession_choices_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["old_unit_id"], ["units.id"], name=op.f("fk_succession_choices_old_unit_id_units")),
        sa.ForeignKeyConstraint(["new_unit_id"], ["units.id"], name=op.f("fk_succession_choices_new_unit_id_units")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_succession_choices_decided_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession_choices")),
        sa.UniqueConstraint(
            "nomination_id", "old_unit_id", name=op.f("uq_succession_choices_nomination_id_old_unit_id")
        ),
    )
    for column in ("old_unit_id", "new_unit_id", "decided_by"):
        op.create_index(op.f(f"ix_succession_choices_{column}"), "succession_choices", [column])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("succession_choices")
    op.drop_table("reorganisations")
    op.drop_column("unit_successions", "posts_follow")


def partial(name: str, table: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    """Create an index over the rows that meet a condition."""
    only = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only)
