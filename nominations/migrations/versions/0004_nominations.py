"""Nominations, revisions and files."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, SortedText, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and their indexes."""
    op.create_table(
        "nominations",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("nominee_id", Id, nullable=False),
        sa.Column("nominee_name", sa.Text(), nullable=False),
        sa.Column("nominee_folded", SortedText(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_group", sa.Text(), nullable=False),
        sa.Column("proposing_unit_id", Id, nullable=False),
        sa.Column("entry_stage", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text()),
        sa.Column("step", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule_set", sa.Text()),
        sa.Column("workflow_id", Id, nullable=False),
        sa.Column("received_on", sa.Date()),
        sa.Column("letter_unit_id", Id),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("revision_id", Id),
        sa.Column("revision_no", sa.Integer(), nullable=False),
        sa.Column("working", Json, nullable=False),
        sa.Column("path", Json, nullable=False),
        sa.Column("sections_open", Json),
        sa.Column("reconfirm", Json, nullable=False),
        sa.Column("return_counts", Json, nullable=False),
        sa.Column("chain_seq", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.String(length=64), nullable=False),
        sa.Column("chain_at", sa.Text(), nullable=False),
        sa.Column("snap_salt", sa.LargeBinary()),
        sa.Column("snap", sa.String(length=64)),
        sa.Column("outcome", Json),
        sa.CheckConstraint(
            "state IN ('draft', 'awarded', 'not_awarded', 'withdrawn', 'replaced', 'annulled')"
            " OR (stage IS NOT NULL AND step IS NOT NULL AND state IN (stage || '.' || step,"
            " stage || '.' || step || '.returned', stage || '.' || step || '.held'))",
            name=op.f("ck_nominations_state_known"),
        ),
        sa.CheckConstraint(
            "subject_group IN ('1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7')",
            name=op.f("ck_nominations_subject_group_known"),
        ),
        sa.CheckConstraint(
            "subject_kind IN ('individual', 'collective', 'household')", name=op.f("ck_nominations_subject_kind_known")
        ),
        sa.CheckConstraint("(snap IS NULL) = (snap_salt IS NULL)", name=op.f("ck_nominations_snap_whole")),
        sa.CheckConstraint("chain_seq >= 0", name=op.f("ck_nominations_chain_seq_not_negative")),
        sa.CheckConstraint("length(chain_head) = 64", name=op.f("ck_nominations_chain_head_whole")),
        sa.CheckConstraint("revision_no >= 0", name=op.f("ck_nominations_revision_no_not_negative")),
        sa.CheckConstraint("version > 0", name=op.f("ck_nominations_version_positive")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_nominations_created_by_people")),
        sa.ForeignKeyConstraint(["form"], ["award_forms.code"], name=op.f("fk_nominations_form_award_forms")),
        sa.ForeignKeyConstraint(
            ["id", "revision_id"],
            ["revisions.nomination_id", "revisions.id"],
            name=op.f("fk_nominations_id_revision_id_revisions"),
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(["letter_unit_id"], ["units.id"], name=op.f("fk_nominations_letter_unit_id_units")),
        sa.ForeignKeyConstraint(["nominee_id"], ["nominees.id"], name=op.f("fk_nominations_nominee_id_nominees")),
        sa.ForeignKeyConstraint(
            ["proposing_unit_id"], ["units.id"], name=op.f("fk_nominations_proposing_unit_id_units")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_nominations_round_id_rounds")),
        sa.ForeignKeyConstraint(["rule_set"], ["rule_sets.code"], name=op.f("fk_nominations_rule_set_rule_sets")),
        sa.ForeignKeyConstraint(
            ["workflow_id"], ["workflow_versions.id"], name=op.f("fk_nominations_workflow_id_workflow_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominations")),
        sa.UniqueConstraint("code", name=op.f("uq_nominations_code")),
    )
    op.create_index(op.f("ix_nominations_created_by"), "nominations", ["created_by"])
    op.create_index(
        op.f("ix_nominations_letter_unit_id"),
        "nominations",
        ["letter_unit_id"],
        sqlite_where=sa.text("letter_unit_id IS NOT NULL"),
        postgresql_where=sa.text("letter_unit_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_nominations_nominee_folded"), "nominations", ["nominee_folded"])
    op.create_index(op.f("ix_nominations_nominee_id"), "nominations", ["nominee_id"])
    op.create_index(op.f("ix_nominations_proposing_unit_id_id"), "nominations", ["proposing_unit_id", "id"])
    op.create_index(op.f("ix_nominations_round_id_form"), "nominations", ["round_id", "form"])
    op.create_index(op.f("ix_nominations_state"), "nominations", ["state"])
    op.create_index(op.f("ix_nominations_updated_at_id"), "nominations", ["updated_at", "id"])
    op.create_index(op.f("ix_nominations_workflow_id"), "nominations", ["workflow_id"])
    op.create_index(
        "uq_nominations_live",
        "nominations",
        ["nominee_id", "round_id", "form"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('withdrawn', 'not_awarded', 'replaced', 'annulled')"),
        postgresql_where=sa.text("state NOT IN ('withdrawn', 'not_awarded', 'replaced', 'annulled')"),
    )
    op.create_table(
        "nomination_reach",
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("reached_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_nomination_reach_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_nomination_reach_unit_id_units")),
        sa.PrimaryKeyConstraint("nomination_id", "unit_id", name=op.f("pk_nomination_reach")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_nomination_reach_unit_id_nomination_id"), "nomination_reach", ["unit_id", "nomination_id"])
    op.create_table(
        "revisions",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sections", Json, nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_revisions_sha256_whole")),
        sa.CheckConstraint("number > 0", name=op.f("ck_revisions_number_positive")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_revisions_created_by_people")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_revisions_nomination_id_nominations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("nomination_id", "id", name=op.f("uq_revisions_nomination_id_id")),
        sa.UniqueConstraint("nomination_id", "number", name=op.f("uq_revisions_nomination_id_number")),
    )
    op.create_index(op.f("ix_revisions_created_by"), "revisions", ["created_by"])
    if op.get_bind().dialect.name != "sqlite":  # which takes the key with its table, before the other exists
        op.create_foreign_key(
            op.f("fk_nominations_id_revision_id_revisions"),
            "nominations",
            "revisions",
            ["id", "revision_id"],
            ["nomination_id", "id"],
        )
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", Id, nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("stored_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_files_sha256_whole")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_files_size_not_negative")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_files")),
    )
    op.create_table(
        "nomination_files",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_by", Id, nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime()),
        sa.CheckConstraint(
            "section IN ('nominee', 'criteria', 'report', 'papers', 'proposal')",
            name=op.f("ck_nomination_files_section_known"),
        ),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_nomination_files_added_by_people")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_nomination_files_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name=op.f("fk_nomination_files_sha256_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_files")),
    )
    op.create_index(op.f("ix_nomination_files_added_by"), "nomination_files", ["added_by"])
    op.create_index(op.f("ix_nomination_files_nomination_id"), "nomination_files", ["nomination_id"])
    op.create_index(op.f("ix_nomination_files_sha256"), "nomination_files", ["sha256"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("nomination_files")
    op.drop_table("files")
    op.execute("UPDATE nominations SET revision_id = NULL")  # the two tables refer to each other
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("fk_nominations_id_revision_id_revisions"), "nominations", type_="foreignkey")
    op.drop_table("revisions")
    op.drop_table("nomination_reach")
    op.drop_table("nominations")
