"""Meetings that are called: place and hour, agenda, attendance, written poll, secret sums, recusals, signed minutes.

A secret ballot says that somebody voted and nothing else, so ``ballots.choice`` may be empty; SQLite takes that only by
writing the table anew.
"""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

CHOICE = "choice IN ('agree', 'disagree', 'abstain')"


def upgrade() -> None:
    """Add the columns and the two tables."""
    op.add_column("meetings", sa.Column("called", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("meetings", sa.Column("place", sa.Text()))
    op.add_column("meetings", sa.Column("begins", sa.Text()))
    op.add_column("meetings", sa.Column("poll_until", sa.Date()))
    op.add_column("meetings", sa.Column("minutes", sa.LargeBinary()))
    op.add_column("meetings", sa.Column("minutes_sha256", sa.String(length=64)))
    op.add_column("meetings", sa.Column("minutes_file", sa.String(length=64)))
    op.add_column("meetings", sa.Column("minutes_on", sa.Date()))
    op.add_column("meeting_lines", sa.Column("position", sa.Integer()))
    op.add_column("meeting_lines", sa.Column("barred", sa.Integer()))
    op.create_table(
        "meeting_attendance",
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("polled", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "presence IN ('present', 'excused', 'absent')", name=op.f("ck_meeting_attendance_presence_known")
        ),
        sa.CheckConstraint(
            "NOT (polled AND presence = 'present')", name=op.f("ck_meeting_attendance_polled_when_absent")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_attendance_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_meeting_attendance_person_id_people")),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_meeting_attendance")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_meeting_attendance_person_id"), "meeting_attendance", ["person_id"])
    op.create_table(
        "secret_tallies",
        sa.Column("line_id", Id, autoincrement=False, nullable=False),
        sa.Column("agree", sa.Integer(), nullable=False),
        sa.Column("disagree", sa.Integer(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.CheckConstraint("agree >= 0", name=op.f("ck_secret_tallies_agree_not_negative")),
        sa.CheckConstraint("disagree >= 0", name=op.f("ck_secret_tallies_disagree_not_negative")),
        sa.CheckConstraint("abstain >= 0", name=op.f("ck_secret_tallies_abstain_not_negative")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["meeting_lines.id"], name=op.f("fk_secret_tallies_line_id_meeting_lines")
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_secret_tallies")),
    )
    op.create_table(
        "meeting_recusals",
        sa.Column("line_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["meeting_lines.id"], name=op.f("fk_meeting_recusals_line_id_meeting_lines")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_meeting_recusals_person_id_people")),
        sa.PrimaryKeyConstraint("line_id", "person_id", name=op.f("pk_meeting_recusals")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_meeting_recusals_person_id"), "meeting_recusals", ["person_id"])
    _choice(nullable=True)


def downgrade() -> None:
    """Drop them; how a secret vote was cast is nowhere, so such ballots go with their tallies."""
    op.execute("DELETE FROM ballots WHERE choice IS NULL")
    _choice(nullable=False)
    op.drop_table("meeting_recusals")
    op.drop_table("secret_tallies")
    op.drop_table("meeting_attendance")
    for column in ("barred", "position"):
        op.drop_column("meeting_lines", column)
    for column in (
        "minutes_on", "minutes_file", "minutes_sha256", "minutes", "poll_until", "begins", "place", "called",
    ):  # fmt: skip
        op.drop_column("meetings", column)


def _choice(*, nullable: bool) -> None:
    known = sa.CheckConstraint(CHOICE, name=op.f("ck_ballots_choice_known"))
    with op.batch_alter_table("ballots", table_args=(known,)) as table:
        table.alter_column("choice", existing_type=sa.Text(), nullable=nullable)
