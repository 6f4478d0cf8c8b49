"""Commands that bring the database up to the code's shape, take it back, and say where it stands."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from config import Settings
from nominations.database import create_database_engine
from nominations.migrations import current, downgrade, head, resolve, steps, upgrade


class Revision(click.ParamType[str]):
    """A numbered step such as 0003, or base for the empty database, or head for the newest."""

    name = "revision"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is no step of this code; answer its name, base for the empty database."""
        try:
            return resolve(value) or "base"
        except LookupError:
            self.fail(f"{value!r} is no step of this code; use a number such as 0001, base or head.", param, ctx)


group = AppGroup("db", help="Migrations: the database's shape, step by numbered step.")


@group.command("upgrade")
@click.argument("revision", type=Revision(), default="head")
def upgrade_database(revision: str) -> None:
    """Bring the database up to REVISION, by default the newest."""
    with _engine() as engine:
        before = current(engine)
        upgrade(engine, revision)
        after = current(engine)
    _report(steps(before, after), after)


@group.command("downgrade")
@click.argument("revision", type=Revision())
@click.option("--yes", is_flag=True, help="Do it; without this it is only said what would be lost.")
def downgrade_database(revision: str, *, yes: bool) -> None:
    """Take the database back to REVISION; what the undone steps hold, the log included, is lost."""
    with _engine() as engine:
        target = None if revision == "base" else revision
        undone = steps(target, current(engine))[::-1]
        if yes:
            downgrade(engine, revision)
            _report(undone, target)
            return
    click.echo("Nothing was changed. With --yes these steps are undone, and what they hold is lost:")
    for step in undone:
        click.echo(f"  {step}")


@group.command("current")
def tell_current() -> None:
    """Say which step the database stands at, and which this code needs."""
    with _engine() as engine:
        stands = current(engine)
    click.echo(f"The database stands at {stands or 'base'}; this code needs {head()}.")


@contextmanager
def _engine() -> Iterator[Engine]:
    """An engine of its own: migrations may run as another login than the service. A refusal ends the command."""
    settings: Settings = current_app.extensions["settings"]
    engine = create_database_engine(settings.migrations_database_url)
    try:
        yield engine
    except DatabaseError as error:
        reason = str(error.orig).partition("\n")[0]
        raise click.ClickException(f"Nothing was changed. The database says: {reason}") from error
    finally:
        engine.dispose()


def _report(steps: list[str], stands: str | None) -> None:
    for step in steps:
        click.echo(f"  {step}")
    click.echo(f"The database stands at {stands or 'base'}.")
