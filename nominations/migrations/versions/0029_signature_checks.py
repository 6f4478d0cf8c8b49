"""What signed papers were found to be."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Json, UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "signature_checks",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("checked_at", UtcDateTime()),
        sa.Column("findings", Json),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name=op.f("fk_signature_checks_sha256_files")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_signature_checks")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("signature_checks")
