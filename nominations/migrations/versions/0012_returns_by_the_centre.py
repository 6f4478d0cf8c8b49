"""The paper with which a file came back: the centre says by letter what is missing."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; SQLite could give it a key only by writing the whole table anew."""
    op.add_column("returns", sa.Column("document_sha", sa.String(length=64)))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("returns", "document_sha")
