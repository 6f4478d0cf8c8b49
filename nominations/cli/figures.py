"""The command for poverty figures: a table of them looked through, then recorded all or none."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from nominations.cli.answers import FILE, person, refusals
from nominations.extensions import current_clock, db_session
from nominations.services.figure_tables import HEADINGS, read_figures
from nominations.services.log import Origin
from nominations.services.poverty_figures import record_figures

group = AppGroup("figures", help="Poverty figures as decisions recognise them.")


@group.command("import")
@click.argument("file", type=FILE)
@click.option("--by", "username", required=True, help="An account of the body with the poverty function.")
@click.option("--dry-run/--confirm", "dry_run", default=True, help="Only look the table through, or record it.")
def command(file: Path, username: str, *, dry_run: bool) -> None:
    """Record the figures of FILE (XLSX, CSV), one row a unit and year; with one fault in it none is recorded."""
    who, clock, session = person(username), current_clock(), db_session()
    with refusals():
        table = read_figures(session, file.read_bytes(), clock.today())
    for number, wrong in table.faults.items():
        for column, message in wrong.items():
            click.echo(f"  row {number}, {HEADINGS.get(column, column)}: {message.text('en')}")
    if table.faults:
        raise click.ClickException(f"{len(table.faults)} rows are at fault; nothing was recorded.")
    if dry_run:
        click.echo(f"{len(table.figures)} figures are sound. Nothing was changed; --confirm records them.")
        return
    with refusals():
        count = record_figures(session, who, clock, Origin(actor=who.actor.ref, auth="cli"), table.figures)
    click.echo(f"{count} figures recorded.")
