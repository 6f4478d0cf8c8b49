"""The database's shape, step by numbered step: brings a database up, takes it back, says where it stands.

There is no ``alembic.ini``: everything is said here, and the connection comes from the caller.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from nominations.database import for_writing

FOLDER = Path(__file__).parent
LOCK = 666  # any number that the project uses for nothing else


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, over an open connection where something is to be done with it."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to a revision in one transaction: a step that fails leaves nothing behind."""
    with _alone(engine) as connection:
        command.upgrade(configuration(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to a revision in one transaction; what later steps hold is lost."""
    with _alone(engine) as connection:
        command.downgrade(configuration(connection), revision)


def current(engine: Engine) -> str | None:
    """Revision the database stands at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """Revision this code needs."""
    revision = ScriptDirectory.from_config(configuration()).get_current_head()
    if revision is None:
        raise LookupError("no migration is found beside the code")
    return revision


def steps(after: str | None, up_to: str | None) -> list[str]:
    """Say what the steps between two revisions do (``0001 units and people``), the earliest first."""
    if up_to is None:
        return []
    scripts = ScriptDirectory.from_config(configuration()).walk_revisions(after or "base", up_to)
    return [f"{script.revision} {script.doc}" for script in scripts if script.revision != after][::-1]


def resolve(revision: str) -> str | None:
    """Number of a step named by its number or as head; None for base, the empty database.

    LookupError for a name that is no step.
    """
    if revision == "base":
        return None
    if not revision:
        raise LookupError("no step is named")
    try:
        return ScriptDirectory.from_config(configuration()).get_revision(revision).revision
    except CommandError as error:
        raise LookupError(str(error)) from error


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that waits for whoever else migrates this database, and then sees what they did."""
    with engine.execution_options(**for_writing(engine)).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection
