"""Nominees, persons behind them, conflicts, past awards and marks."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, SortedText, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and their indexes."""
    op.create_table(
        "nominees",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", SortedText(), nullable=False),
        sa.Column("birth_year", sa.Integer()),
        sa.Column("unit_id", Id),
        sa.Column("home_unit_id", Id, nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("identity_cipher", sa.LargeBinary()),
        sa.Column("identity_hash", sa.String(length=64)),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind = 'collective' OR unit_id IS NULL", name=op.f("ck_nominees_unit_is_collective")),
        sa.CheckConstraint("kind IN ('individual', 'collective', 'household')", name=op.f("ck_nominees_kind_known")),
        sa.CheckConstraint(
            "(identity_cipher IS NULL) = (identity_hash IS NULL)", name=op.f("ck_nominees_identity_whole")
        ),
        sa.CheckConstraint("birth_year BETWEEN 1850 AND 2100", name=op.f("ck_nominees_birth_year_likely")),
        sa.ForeignKeyConstraint(["home_unit_id"], ["units.id"], name=op.f("fk_nominees_home_unit_id_units")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_nominees_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominees")),
        sa.UniqueConstraint("ref", name=op.f("uq_nominees_ref")),
    )
    op.create_index(op.f("ix_nominees_home_unit_id"), "nominees", ["home_unit_id"])
    op.create_index(
        op.f("ix_nominees_identity_hash"),
        "nominees",
        ["identity_hash"],
        sqlite_where=sa.text("identity_hash IS NOT NULL"),
        postgresql_where=sa.text("identity_hash IS NOT NULL"),
    )
    op.create_index(op.f("ix_nominees_name_folded"), "nominees", ["name_folded"])
    op.create_index(
        op.f("ix_nominees_unit_id"),
        "nominees",
        ["unit_id"],
        sqlite_where=sa.text("unit_id IS NOT NULL"),
        postgresql_where=sa.text("unit_id IS NOT NULL"),
    )
    op.create_table(
        "nominee_persons",
        sa.Column("nominee_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('self', 'member', 'representative')", name=op.f("ck_nominee_persons_role_known")),
        sa.ForeignKeyConstraint(["nominee_id"], ["nominees.id"], name=op.f("fk_nominee_persons_nominee_id_nominees")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_nominee_persons_person_id_people")),
        sa.PrimaryKeyConstraint("nominee_id", "person_id", name=op.f("pk_nominee_persons")),
    )
    op.create_index(op.f("ix_nominee_persons_person_id"), "nominee_persons", ["person_id"])
    op.create_table(
        "conflict_declarations",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("nominee_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("declared_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('kin', 'interest', 'other')", name=op.f("ck_conflict_declarations_kind_known")),
        sa.ForeignKeyConstraint(
            ["nominee_id"], ["nominees.id"], name=op.f("fk_conflict_declarations_nominee_id_nominees")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_conflict_declarations_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_declarations")),
        sa.UniqueConstraint("person_id", "nominee_id", name=op.f("uq_conflict_declarations_person_id_nominee_id")),
    )
    op.create_index(op.f("ix_conflict_declarations_nominee_id"), "conflict_declarations", ["nominee_id"])
    op.create_table(
        "past_awards",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nominee_id", Id, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("level_state", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decision_number", sa.Text()),
        sa.Column("achievement", sa.Text(), nullable=False),
        sa.Column("achievement_from", sa.Date()),
        sa.Column("achievement_to", sa.Date()),
        sa.Column("annulled_on", sa.Date()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_past_awards_source_given")),
        sa.CheckConstraint("achievement_to >= achievement_from", name=op.f("ck_past_awards_achievement_to_in_order")),
        sa.CheckConstraint("annulled_on >= decided_on", name=op.f("ck_past_awards_annulled_on_in_order")),
        sa.ForeignKeyConstraint(["nominee_id"], ["nominees.id"], name=op.f("fk_past_awards_nominee_id_nominees")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_awards")),
        sa.UniqueConstraint(
            "nominee_id",
            "form",
            "decided_on",
            "decision_number",
            name=op.f("uq_past_awards_nominee_id_form_decided_on_decision_number"),
        ),
    )
    op.create_table(
        "nominee_marks",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nominee_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("document", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.CheckConstraint("kind IN ('complaint', 'discipline')", name=op.f("ck_nominee_marks_kind_known")),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("ck_nominee_marks_closed_on_in_order")),
        sa.ForeignKeyConstraint(["nominee_id"], ["nominees.id"], name=op.f("fk_nominee_marks_nominee_id_nominees")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominee_marks")),
    )
    op.create_index(op.f("ix_nominee_marks_nominee_id"), "nominee_marks", ["nominee_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("nominee_marks")
    op.drop_table("past_awards")
    op.drop_table("conflict_declarations")
    op.drop_table("nominee_persons")
    op.drop_table("nominees")
