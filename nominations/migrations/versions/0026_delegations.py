"""Work delegated for a period, and which acts were done under it."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

DONE_UNDER_IT = ("tasks", "returns", "opinions")


def upgrade() -> None:
    """Create the table; SQLite could give the columns a key only by writing whole tables anew."""
    op.create_table(
        "delegations",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("receiver_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("forms", Json),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('TL', 'TUQ', 'cover')", name=op.f("ck_delegations_kind_known")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_delegations_valid_to_in_order")),
        sa.CheckConstraint("ended_on < valid_to", name=op.f("ck_delegations_ended_on_before")),
        sa.CheckConstraint("document <> ''", name=op.f("ck_delegations_document_given")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_delegations_post_id_posts")),
        sa.ForeignKeyConstraint(["receiver_id"], ["people.id"], name=op.f("fk_delegations_receiver_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
        sa.UniqueConstraint("ref", name=op.f("uq_delegations_ref")),
    )
    for column in ("post_id", "receiver_id"):
        op.create_index(op.f(f"ix_delegations_{column}"), "delegations", [column])
    for table in DONE_UNDER_IT:
        op.add_column(table, sa.Column("delegation_id", Id))


def downgrade() -> None:
    """Drop them."""
    for table in reversed(DONE_UNDER_IT):
        op.drop_column(table, "delegation_id")
    op.drop_table("delegations")
