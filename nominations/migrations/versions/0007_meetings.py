"""Council meetings, ballots and counts."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and their indexes."""
    op.create_table(
        "meetings",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("council_id", Id, nullable=False),
        sa.Column("held_on", sa.Date()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("chain_seq", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.String(length=64), nullable=False),
        sa.Column("chain_at", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime()),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_meetings_closed_whole")),
        sa.CheckConstraint("status IN ('open', 'closed')", name=op.f("ck_meetings_status_known")),
        sa.CheckConstraint("chain_seq >= 0", name=op.f("ck_meetings_chain_seq_not_negative")),
        sa.CheckConstraint("length(chain_head) = 64", name=op.f("ck_meetings_chain_head_whole")),
        sa.ForeignKeyConstraint(["council_id"], ["councils.id"], name=op.f("fk_meetings_council_id_councils")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("stream", name=op.f("uq_meetings_stream")),
    )
    op.create_index(op.f("ix_meetings_council_id"), "meetings", ["council_id"])
    op.create_table(
        "meeting_lines",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("revision_id", Id, nullable=False),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("members", sa.Integer()),
        sa.Column("agree", sa.Integer()),
        sa.Column("disagree", sa.Integer()),
        sa.Column("abstain", sa.Integer()),
        sa.Column("passed", sa.Boolean()),
        sa.Column("voided_by", Id),
        sa.CheckConstraint("abstain >= 0", name=op.f("ck_meeting_lines_abstain_not_negative")),
        sa.CheckConstraint("agree + disagree + abstain <= members", name=op.f("ck_meeting_lines_votes_within_members")),
        sa.CheckConstraint("agree >= 0", name=op.f("ck_meeting_lines_agree_not_negative")),
        sa.CheckConstraint("closed_at IS NOT NULL OR passed IS NULL", name=op.f("ck_meeting_lines_passed_when_closed")),
        sa.CheckConstraint("disagree >= 0", name=op.f("ck_meeting_lines_disagree_not_negative")),
        sa.CheckConstraint("members >= 0", name=op.f("ck_meeting_lines_members_not_negative")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_lines_meeting_id_meetings")),
        sa.ForeignKeyConstraint(
            ["nomination_id", "revision_id"],
            ["revisions.nomination_id", "revisions.id"],
            name=op.f("fk_meeting_lines_nomination_id_revision_id_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id", "voided_by"],
            ["revisions.nomination_id", "revisions.id"],
            name=op.f("fk_meeting_lines_nomination_id_voided_by_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_meeting_lines_nomination_id_nominations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_lines")),
        sa.UniqueConstraint("id", "nomination_id", name=op.f("uq_meeting_lines_id_nomination_id")),
    )
    op.create_index(op.f("ix_meeting_lines_meeting_id"), "meeting_lines", ["meeting_id"])
    op.create_index(op.f("ix_meeting_lines_nomination_id"), "meeting_lines", ["nomination_id"])
    op.create_index(
        "uq_meeting_lines_standing",
        "meeting_lines",
        ["meeting_id", "nomination_id"],
        unique=True,
        sqlite_where=sa.text("voided_by IS NULL"),
        postgresql_where=sa.text("voided_by IS NULL"),
    )
    op.create_table(
        "ballots",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("line_id", Id, nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("cast_at", UtcDateTime(), nullable=False),
        sa.Column("revision_id", Id, nullable=False),
        sa.CheckConstraint("choice IN ('agree', 'disagree', 'abstain')", name=op.f("ck_ballots_choice_known")),
        sa.ForeignKeyConstraint(
            ["line_id", "nomination_id"],
            ["meeting_lines.id", "meeting_lines.nomination_id"],
            name=op.f("fk_ballots_line_id_nomination_id_meeting_lines"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id", "person_id", "pair", "side"],
            ["participations.nomination_id", "participations.person_id", "participations.pair", "participations.side"],
            name=op.f("fk_ballots_nomination_id_person_id_pair_side_participations"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id", "revision_id"],
            ["revisions.nomination_id", "revisions.id"],
            name=op.f("fk_ballots_nomination_id_revision_id_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_ballots_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ballots_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sa.UniqueConstraint("line_id", "person_id", name=op.f("uq_ballots_line_id_person_id")),
    )
    op.create_index(op.f("ix_ballots_nomination_id"), "ballots", ["nomination_id"])
    op.create_index(op.f("ix_ballots_person_id"), "ballots", ["person_id"])
    op.create_table(
        "ballot_counts",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("line_id", Id, nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("agree", sa.Integer(), nullable=False),
        sa.Column("disagree", sa.Integer(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.Column("minutes_sha", sa.String(length=64), nullable=False),
        sa.Column("recorded_by", Id, nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_by", Id),
        sa.Column("confirmed_at", UtcDateTime()),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_ballot_counts_confirmation_whole")
        ),
        sa.CheckConstraint("abstain >= 0", name=op.f("ck_ballot_counts_abstain_not_negative")),
        sa.CheckConstraint(
            "agree + disagree <= valid AND agree + disagree + abstain <= issued",
            name=op.f("ck_ballot_counts_votes_add_up"),
        ),
        sa.CheckConstraint("agree >= 0", name=op.f("ck_ballot_counts_agree_not_negative")),
        sa.CheckConstraint("disagree >= 0", name=op.f("ck_ballot_counts_disagree_not_negative")),
        sa.CheckConstraint("recorded_by <> confirmed_by", name=op.f("ck_ballot_counts_two_persons")),
        sa.CheckConstraint("returned <= issued AND valid <= returned", name=op.f("ck_ballot_counts_papers_add_up")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["people.id"], name=op.f("fk_ballot_counts_confirmed_by_people")),
        sa.ForeignKeyConstraint(["line_id"], ["meeting_lines.id"], name=op.f("fk_ballot_counts_line_id_meeting_lines")),
        sa.ForeignKeyConstraint(["minutes_sha"], ["files.sha256"], name=op.f("fk_ballot_counts_minutes_sha_files")),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("fk_ballot_counts_recorded_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_counts")),
    )
    op.create_index(
        op.f("ix_ballot_counts_confirmed_by"),
        "ballot_counts",
        ["confirmed_by"],
        sqlite_where=sa.text("confirmed_by IS NOT NULL"),
        postgresql_where=sa.text("confirmed_by IS NOT NULL"),
    )
    op.create_index(op.f("ix_ballot_counts_line_id"), "ballot_counts", ["line_id"])
    op.create_index(op.f("ix_ballot_counts_minutes_sha"), "ballot_counts", ["minutes_sha"])
    op.create_index(op.f("ix_ballot_counts_recorded_by"), "ballot_counts", ["recorded_by"])
    op.create_index(
        "uq_ballot_counts_confirmed",
        "ballot_counts",
        ["line_id"],
        unique=True,
        sqlite_where=sa.text("confirmed_at IS NOT NULL"),
        postgresql_where=sa.text("confirmed_at IS NOT NULL"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("ballot_counts")
    op.drop_table("ballots")
    op.drop_table("meeting_lines")
    op.drop_table("meetings")
