"""Decisions, awards and bundles."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and their indexes."""
    op.create_table(
        "decisions",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("signer_id", Id),
        sa.Column("recorder_id", Id),
        sa.Column("signs_as", sa.Text()),
        sa.Column("pair", sa.Text()),
        sa.Column("side", sa.Text()),
        sa.Column("reason_code", sa.Text()),
        sa.Column("reasons", sa.Text()),
        sa.Column("departs_from_vote", sa.Boolean(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signed_file", sa.String(length=64)),
        sa.Column("kind_series", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("number_year", sa.Integer()),
        sa.Column("numbered_on", sa.Date()),
        sa.Column("numbered_by", Id),
        sa.Column("body_unit_id", Id, nullable=False),
        sa.Column("revision_id", Id, nullable=False),
        sa.Column("reviewed_sections", Json, nullable=False),
        sa.Column("voided_by", Id),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "NOT departs_from_vote OR coalesce(reasons, '') <> ''", name=op.f("ck_decisions_departure_reasoned")
        ),
        sa.CheckConstraint(
            "kind IN ('letter', 'award', 'not_awarded', 'not_sent_up', 'central_awarded', 'central_not_awarded')",
            name=op.f("ck_decisions_kind_known"),
        ),
        sa.CheckConstraint("number <> ''", name=op.f("ck_decisions_number_given")),
        sa.CheckConstraint(
            "signer_id IS NOT NULL OR (recorder_id IS NOT NULL AND kind IN ('central_awarded', 'central_not_awarded'))",
            name=op.f("ck_decisions_signed"),
        ),
        sa.CheckConstraint("signs_as IN ('head', 'deputy')", name=op.f("ck_decisions_signs_as_known")),
        sa.CheckConstraint(
            "(number IS NULL) = (number_year IS NULL) AND (number IS NULL) = (numbered_on IS NULL)"
            " AND (number IS NULL) = (numbered_by IS NULL)",
            name=op.f("ck_decisions_number_whole"),
        ),
        sa.CheckConstraint(
            "(signer_id IS NULL) = (pair IS NULL) AND (pair IS NULL) = (side IS NULL)",
            name=op.f("ck_decisions_side_whole"),
        ),
        sa.ForeignKeyConstraint(["body_unit_id"], ["units.id"], name=op.f("fk_decisions_body_unit_id_units")),
        sa.ForeignKeyConstraint(
            ["nomination_id", "revision_id"],
            ["revisions.nomination_id", "revisions.id"],
            name=op.f("fk_decisions_nomination_id_revision_id_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id", "signer_id", "pair", "side"],
            ["participations.nomination_id", "participations.person_id", "participations.pair", "participations.side"],
            name=op.f("fk_decisions_nomination_id_signer_id_pair_side_participations"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id", "voided_by"],
            ["revisions.nomination_id", "revisions.id"],
            name=op.f("fk_decisions_nomination_id_voided_by_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_decisions_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["numbered_by"], ["people.id"], name=op.f("fk_decisions_numbered_by_people")),
        sa.ForeignKeyConstraint(["recorder_id"], ["people.id"], name=op.f("fk_decisions_recorder_id_people")),
        sa.ForeignKeyConstraint(["signed_file"], ["files.sha256"], name=op.f("fk_decisions_signed_file_files")),
        sa.ForeignKeyConstraint(["signer_id"], ["people.id"], name=op.f("fk_decisions_signer_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("nomination_id", "id", name=op.f("uq_decisions_nomination_id_id")),
    )
    ours = sa.text("kind NOT IN ('central_awarded', 'central_not_awarded')")
    op.create_index(
        "uq_decisions_number",
        "decisions",
        ["body_unit_id", "kind_series", "number_year", "number"],
        unique=True,
        sqlite_where=ours,
        postgresql_where=ours,
    )
    op.create_index(
        op.f("ix_decisions_numbered_by"),
        "decisions",
        ["numbered_by"],
        sqlite_where=sa.text("numbered_by IS NOT NULL"),
        postgresql_where=sa.text("numbered_by IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_decisions_recorder_id"),
        "decisions",
        ["recorder_id"],
        sqlite_where=sa.text("recorder_id IS NOT NULL"),
        postgresql_where=sa.text("recorder_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_decisions_signed_file"),
        "decisions",
        ["signed_file"],
        sqlite_where=sa.text("signed_file IS NOT NULL"),
        postgresql_where=sa.text("signed_file IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_decisions_signer_id"),
        "decisions",
        ["signer_id"],
        sqlite_where=sa.text("signer_id IS NOT NULL"),
        postgresql_where=sa.text("signer_id IS NOT NULL"),
    )
    op.create_table(
        "awards",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("decision_id", Id, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("nominee_id", Id, nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("register_no", sa.Integer()),
        sa.Column("register_year", sa.Integer()),
        sa.Column("check_code", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.CheckConstraint("status IN ('issued', 'corrected', 'revoked')", name=op.f("ck_awards_status_known")),
        sa.CheckConstraint("(register_no IS NULL) = (register_year IS NULL)", name=op.f("ck_awards_register_whole")),
        sa.CheckConstraint("register_no > 0", name=op.f("ck_awards_register_no_positive")),
        sa.ForeignKeyConstraint(["form"], ["award_forms.code"], name=op.f("fk_awards_form_award_forms")),
        sa.ForeignKeyConstraint(
            ["nomination_id", "decision_id"],
            ["decisions.nomination_id", "decisions.id"],
            name=op.f("fk_awards_nomination_id_decision_id_decisions"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_awards_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["nominee_id"], ["nominees.id"], name=op.f("fk_awards_nominee_id_nominees")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awards")),
        sa.UniqueConstraint("check_code", name=op.f("uq_awards_check_code")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_awards_nomination_id")),
        sa.UniqueConstraint("register_year", "register_no", name=op.f("uq_awards_register_year_register_no")),
    )
    op.create_index(op.f("ix_awards_decision_id"), "awards", ["decision_id"])
    op.create_index(op.f("ix_awards_nominee_id"), "awards", ["nominee_id"])
    op.create_table(
        "submissions",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("to_unit_id", Id),
        sa.Column("letter_number", sa.Text()),
        sa.Column("letter_on", sa.Date()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('first', 'supplementary')", name=op.f("ck_submissions_kind_known")),
        sa.ForeignKeyConstraint(["to_unit_id"], ["units.id"], name=op.f("fk_submissions_to_unit_id_units")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_submissions_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
    )
    op.create_index(
        op.f("ix_submissions_to_unit_id"),
        "submissions",
        ["to_unit_id"],
        sqlite_where=sa.text("to_unit_id IS NOT NULL"),
        postgresql_where=sa.text("to_unit_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_submissions_unit_id"), "submissions", ["unit_id"])
    op.create_table(
        "submission_lines",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("submission_id", Id, nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("revision_id", Id, nullable=False),
        sa.Column("result", sa.Text()),
        sa.ForeignKeyConstraint(
            ["nomination_id", "revision_id"],
            ["revisions.nomination_id", "revisions.id"],
            name=op.f("fk_submission_lines_nomination_id_revision_id_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_submission_lines_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_submission_lines_submission_id_submissions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_lines")),
        sa.UniqueConstraint(
            "submission_id", "nomination_id", name=op.f("uq_submission_lines_submission_id_nomination_id")
        ),
    )
    op.create_index(op.f("ix_submission_lines_nomination_id"), "submission_lines", ["nomination_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("submission_lines")
    op.drop_table("submissions")
    op.drop_table("awards")
    op.drop_table("decisions")
