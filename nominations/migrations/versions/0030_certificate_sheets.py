"""Printers with their offsets, and the pre-printed sheets of certificates."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "printers",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("right_tenths", sa.Integer(), nullable=False),
        sa.Column("down_tenths", sa.Integer(), nullable=False),
        sa.Column("updated_by", Id, nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("right_tenths BETWEEN -500 AND 500", name=op.f("ck_printers_right_near")),
        sa.CheckConstraint("down_tenths BETWEEN -500 AND 500", name=op.f("ck_printers_down_near")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_printers_unit_id_units")),
        sa.ForeignKeyConstraint(["updated_by"], ["people.id"], name=op.f("fk_printers_updated_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printers")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_printers_unit_id_name")),
    )
    op.create_index(op.f("ix_printers_updated_by"), "printers", ["updated_by"])
    op.create_table(
        "certificate_sheets",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("award_id", Id, nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("copy_no", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("recorded_by", Id, nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("status IN ('printed', 'spoiled')", name=op.f("ck_certificate_sheets_status_known")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_certificate_sheets_unit_id_units")),
        sa.ForeignKeyConstraint(["award_id"], ["awards.id"], name=op.f("fk_certificate_sheets_award_id_awards")),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("fk_certificate_sheets_recorded_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_sheets")),
        sa.UniqueConstraint("unit_id", "serial", name=op.f("uq_certificate_sheets_unit_id_serial")),
    )
    op.create_index(op.f("ix_certificate_sheets_award_id"), "certificate_sheets", ["award_id"])
    op.create_index(op.f("ix_certificate_sheets_recorded_by"), "certificate_sheets", ["recorded_by"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("certificate_sheets")
    op.drop_table("printers")
