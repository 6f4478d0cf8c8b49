"""The log, the outbox and notices."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import CurrentTransaction, Id, Json, SortedText, UtcDateTime, Xid

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and their indexes."""
    op.create_table(
        "audit_entries",
        sa.Column("stream", SortedText(), nullable=False),
        sa.Column("cseq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", SortedText(), nullable=False),
        sa.Column("actor", sa.Text()),
        sa.Column("nomination", sa.Text()),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("cprev", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("request_key", sa.Text()),
        sa.Column("txid", Xid, server_default=CurrentTransaction()),
        sa.CheckConstraint("cseq > 0", name=op.f("ck_audit_entries_cseq_positive")),
        sa.CheckConstraint("length(at) = 27", name=op.f("ck_audit_entries_at_whole")),
        sa.CheckConstraint("length(content) <= 8192", name=op.f("ck_audit_entries_content_fits")),
        sa.CheckConstraint("length(hash) = 64 AND length(cprev) = 64", name=op.f("ck_audit_entries_hashes_whole")),
        sa.PrimaryKeyConstraint("stream", "cseq", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entries_hash")),
    )
    op.create_index(op.f("ix_audit_entries_at"), "audit_entries", ["at"])
    op.create_index(
        "uq_audit_entries_request",
        "audit_entries",
        ["actor", "request_key"],
        unique=True,
        sqlite_where=sa.text("request_key IS NOT NULL"),
        postgresql_where=sa.text("request_key IS NOT NULL"),
    )
    op.create_table(
        "entry_payloads",
        sa.Column("stream", SortedText(), nullable=False),
        sa.Column("cseq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stream", "cseq"],
            ["audit_entries.stream", "audit_entries.cseq"],
            name=op.f("fk_entry_payloads_stream_cseq_audit_entries"),
        ),
        sa.PrimaryKeyConstraint("stream", "cseq", name=op.f("pk_entry_payloads")),
    )
    op.create_table(
        "log_positions",
        sa.Column("seq", Id, autoincrement=False, nullable=False),
        sa.Column("stream", SortedText(), nullable=False),
        sa.Column("cseq", sa.Integer(), nullable=False),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_log_positions_seq_not_negative")),
        sa.ForeignKeyConstraint(
            ["stream", "cseq"],
            ["audit_entries.stream", "audit_entries.cseq"],
            name=op.f("fk_log_positions_stream_cseq_audit_entries"),
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_log_positions")),
        sa.UniqueConstraint("stream", "cseq", name=op.f("uq_log_positions_stream_cseq")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("available_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", UtcDateTime()),
        sa.Column("last_error", sa.Text()),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outbox_attempts_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["available_at", "id"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "notices",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("person_id", Id),
        sa.Column("unit_id", Id),
        sa.Column("duty", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("nomination_id", Id),
        sa.Column("body", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime()),
        sa.CheckConstraint("person_id IS NOT NULL OR unit_id IS NOT NULL", name=op.f("ck_notices_addressed")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_notices_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_notices_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(
        op.f("ix_notices_nomination_id"),
        "notices",
        ["nomination_id"],
        sqlite_where=sa.text("nomination_id IS NOT NULL"),
        postgresql_where=sa.text("nomination_id IS NOT NULL"),
    )
    op.create_index(
        "ix_notices_person_unread",
        "notices",
        ["person_id", "id"],
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_index(
        "ix_notices_unit_unread",
        "notices",
        ["unit_id", "duty", "id"],
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("notices")
    op.drop_table("outbox")
    op.drop_table("log_positions")
    op.drop_table("entry_payloads")
    op.drop_table("audit_entries")
