"""The papers that another one leads are found by it: a list of decisions tells each with how many files it is over."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index what is led."""
    only = sa.text("led_by IS NOT NULL")
    op.create_index(op.f("ix_decisions_led_by"), "decisions", ["led_by"], sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    """Take the index away."""
    op.drop_index(op.f("ix_decisions_led_by"), table_name="decisions")
