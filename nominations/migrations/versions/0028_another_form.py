"""A file that takes the place of one under another form names it."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "nomination_links",
        sa.Column("nomination_id", Id, autoincrement=False, nullable=False),
        sa.Column("replaces_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_nomination_links_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["nominations.id"], name=op.f("fk_nomination_links_replaces_id_nominations")
        ),
        sa.PrimaryKeyConstraint("nomination_id", name=op.f("pk_nomination_links")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_nomination_links_replaces_id")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("nomination_links")
