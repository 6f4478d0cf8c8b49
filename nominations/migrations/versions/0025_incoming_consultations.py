"""Consultations of ministries about nominees of their own in the province."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

T = "incoming_consultations"


def upgrade() -> None:
    """Create the table and its indexes."""
    op.create_table(
        T,
        sa.Column("id", Id, sa.Identity(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("ministry", sa.Text(), nullable=False),
        sa.Column("letter_number", sa.Text(), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("nominee", sa.Text(), nullable=False),
        sa.Column("nominee_unit_id", Id),
        sa.Column("award", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("letter_sha", sa.String(length=64)),
        sa.Column("received_by", Id, nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("advice", sa.Text()),
        sa.Column("reasons", sa.Text()),
        sa.Column("drafted_by", Id),
        sa.Column("drafted_at", UtcDateTime()),
        sa.Column("reply_number", sa.Text()),
        sa.Column("replied_on", sa.Date()),
        sa.Column("reply_sha", sa.String(length=64)),
        sa.Column("replied_by", Id),
        sa.Column("replied_at", UtcDateTime()),
        sa.CheckConstraint("advice IN ('for', 'against', 'neutral')", name=op.f(f"ck_{T}_advice_known")),
        sa.CheckConstraint("(advice IS NULL) = (reasons IS NULL)", name=op.f(f"ck_{T}_draft_whole")),
        sa.CheckConstraint("(advice IS NULL) = (drafted_by IS NULL)", name=op.f(f"ck_{T}_draft_signed")),
        sa.CheckConstraint("(replied_on IS NULL) = (reply_number IS NULL)", name=op.f(f"ck_{T}_reply_whole")),
        sa.CheckConstraint("replied_on IS NULL OR advice IS NOT NULL", name=op.f(f"ck_{T}_drafted_before")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.{key}"], name=op.f(f"fk_{T}_{column}_{table}"))
            for column, table, key in _KEYS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{T}")),
        sa.UniqueConstraint("code", name=op.f(f"uq_{T}_code")),
    )
    waiting = sa.text("replied_on IS NULL")
    op.create_index(f"ix_{T}_waiting", T, ["unit_id", "due_on"], sqlite_where=waiting, postgresql_where=waiting)
    for column in ("unit_id", "received_by"):
        op.create_index(op.f(f"ix_{T}_{column}"), T, [column])
    for column in ("nominee_unit_id", "letter_sha", "reply_sha", "drafted_by", "replied_by"):
        only = sa.text(f"{column} IS NOT NULL")
        op.create_index(op.f(f"ix_{T}_{column}"), T, [column], sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    """Drop it."""
    op.drop_table(T)


_KEYS = (
    ("unit_id", "units", "id"),
    ("nominee_unit_id", "units", "id"),
    ("letter_sha", "files", "sha256"),
    ("reply_sha", "files", "sha256"),
    ("received_by", "people", "id"),
    ("drafted_by", "people", "id"),
    ("replied_by", "people", "id"),
)
