"""Opinions asked of other bodies; what the rules ask of opinions, kept on the file's row; due days that they move."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and add the columns; a file without ``gates`` has nothing asked of it."""
    op.create_table(
        "opinion_requests",
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("number", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("unit_id", Id),
        sa.Column("body", sa.Text()),
        sa.Column("asking_unit_id", Id, nullable=False),
        sa.Column("asking_duty", sa.Text(), nullable=False),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("goes_on", sa.Boolean(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("lengthens_by", sa.Integer(), nullable=False),
        sa.Column("revision_id", Id, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("sections", Json, nullable=False),
        sa.Column("papers", Json, nullable=False),
        sa.Column("reminded_at", UtcDateTime()),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("outcome", sa.Text()),
        sa.Column("reasons", sa.Text()),
        sa.Column("reply_number", sa.Text()),
        sa.Column("replied_on", sa.Date()),
        sa.Column("reply_paper", sa.String(length=64)),
        sa.CheckConstraint(
            "outcome IN ('answered', 'withdrawn', 'fallen', 'ended')", name=op.f("ck_opinion_requests_outcome_known")
        ),
        sa.CheckConstraint("clock IN ('runs', 'pauses', 'lengthens')", name=op.f("ck_opinion_requests_clock_known")),
        sa.CheckConstraint("(unit_id IS NULL) <> (body IS NULL)", name=op.f("ck_opinion_requests_one_body")),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name=op.f("ck_opinion_requests_outcome_whole")),
        sa.CheckConstraint("number > 0", name=op.f("ck_opinion_requests_number_positive")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_opinion_requests_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id", "revision_id"],
            ["revisions.nomination_id", "revisions.id"],
            name=op.f("fk_opinion_requests_nomination_id_revision_id_revisions"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_opinion_requests_unit_id_units")),
        sa.ForeignKeyConstraint(
            ["asking_unit_id"], ["units.id"], name=op.f("fk_opinion_requests_asking_unit_id_units")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_opinion_requests_asked_by_people")),
        sa.ForeignKeyConstraint(["reply_paper"], ["files.sha256"], name=op.f("fk_opinion_requests_reply_paper_files")),
        sa.PrimaryKeyConstraint("nomination_id", "number", name=op.f("pk_opinion_requests")),
    )
    for name, condition, columns in _INDEXES:
        op.create_index(op.f(name), "opinion_requests", columns, sqlite_where=condition, postgresql_where=condition)
    op.add_column("nominations", sa.Column("gates", Json))
    op.add_column("tasks", sa.Column("base_due_on", sa.Date()))
    op.add_column("tasks", sa.Column("request_no", Id))
    asked = sa.text("request_no IS NOT NULL")
    op.create_index(
        "uq_tasks_request", "tasks", ["nomination_id", "request_no"], unique=True,
        sqlite_where=asked, postgresql_where=asked,
    )  # fmt: skip
    op.add_column("opinions", sa.Column("request_no", Id))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("opinions", "request_no")
    op.drop_index("uq_tasks_request", "tasks")
    op.drop_column("tasks", "request_no")
    op.drop_column("tasks", "base_due_on")
    op.drop_column("nominations", "gates")
    op.drop_table("opinion_requests")


_INDEXES = (
    ("ix_opinion_requests_open", sa.text("closed_at IS NULL"), ["unit_id", "due_on"]),
    ("ix_opinion_requests_unit_id", sa.text("unit_id IS NOT NULL"), ["unit_id"]),
    ("ix_opinion_requests_reply_paper", sa.text("reply_paper IS NOT NULL"), ["reply_paper"]),
    ("ix_opinion_requests_asking_unit_id", None, ["asking_unit_id"]),
    ("ix_opinion_requests_asked_by", None, ["asked_by"]),
)
