"""What a letter or decision says, kept with it once it has its number."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two columns."""
    op.add_column("decisions", sa.Column("paper", sa.LargeBinary()))
    op.add_column("decisions", sa.Column("paper_sha256", sa.String(length=64)))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("decisions", "paper_sha256")
    op.drop_column("decisions", "paper")
