"""The index of queues holds open steps alone, so that it answers their count by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NAME, COLUMNS = "ix_tasks_queue", ["unit_id", "duty", "due_on", "id"]


def upgrade() -> None:
    """Make the index anew over open steps."""
    again("kind = 'step' AND closed_at IS NULL")


def downgrade() -> None:
    """Make it anew over whatever is open."""
    again("closed_at IS NULL")


def again(condition: str) -> None:
    """Make the index anew on the rows that meet a condition."""
    op.drop_index(NAME, "tasks")
    only = sa.text(condition)
    op.create_index(NAME, "tasks", COLUMNS, sqlite_where=only, postgresql_where=only)
