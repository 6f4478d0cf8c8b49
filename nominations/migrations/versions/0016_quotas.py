"""Quotas of a round, and the places files have in them."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables and their indexes."""
    op.create_table(
        "quotas",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("unit_id", Id),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('individual', 'collective', 'household', 'any')",
            name=op.f("ck_quotas_subject_kind_known"),
        ),
        sa.CheckConstraint("most >= 0", name=op.f("ck_quotas_most_not_negative")),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_quotas_taken_not_negative")),
        sa.CheckConstraint("NOT hard OR taken <= most", name=op.f("ck_quotas_never_exceeded")),
        sa.CheckConstraint("source <> ''", name=op.f("ck_quotas_source_given")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_quotas_round_id_rounds")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_quotas_unit_id_units")),
        sa.ForeignKeyConstraint(["form"], ["award_forms.code"], name=op.f("fk_quotas_form_award_forms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotas")),
    )
    op.create_index(op.f("ix_quotas_round_id_form"), "quotas", ["round_id", "form"])
    of_unit, of_round = sa.text("unit_id IS NOT NULL"), sa.text("unit_id IS NULL")
    op.create_index(op.f("ix_quotas_unit_id"), "quotas", ["unit_id"], sqlite_where=of_unit, postgresql_where=of_unit)
    op.create_index(
        "uq_quotas_of_unit",
        "quotas",
        ["round_id", "form", "subject_kind", "unit_id"],
        unique=True,
        sqlite_where=of_unit,
        postgresql_where=of_unit,
    )
    op.create_index(
        "uq_quotas_of_round",
        "quotas",
        ["round_id", "form", "subject_kind"],
        unique=True,
        sqlite_where=of_round,
        postgresql_where=of_round,
    )
    op.create_table(
        "quota_places",
        sa.Column("quota_id", Id, nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.Column("given_back_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["quota_id"], ["quotas.id"], name=op.f("fk_quota_places_quota_id_quotas")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_quota_places_nomination_id_nominations")
        ),
        sa.PrimaryKeyConstraint("quota_id", "nomination_id", name=op.f("pk_quota_places")),
    )
    op.create_index(op.f("ix_quota_places_nomination_id"), "quota_places", ["nomination_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("quota_places")
    op.drop_table("quotas")
