"""Alembic's way in: runs the steps over the connection that ``nominations.migrations`` hands it."""

from alembic import context

from nominations.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,  # SQLite can, since the engine and not the driver begins the transaction
)
with context.begin_transaction():
    context.run_migrations()
