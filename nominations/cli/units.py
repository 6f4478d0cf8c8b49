"""Commands for units: the reorganisation, looked at first and carried out once."""

from __future__ import annotations

from datetime import date

import click
from flask.cli import AppGroup

from nominations.cli.answers import DAY, OPERATOR, refusals
from nominations.extensions import current_clock, db_session
from nominations.services.reorganising import Report, reorganise
from nominations.services.reorganising.sentences import sentence

group = AppGroup("units", help="Units: what moves when some of them end and others take over.")
TURN = date(2025, 7, 1)  # the day the three tiers became two [S-72]


@click.command("reorganise")
@click.option("--day", type=DAY, default=TURN, show_default="2025-07-01", help="The day the successors begin.")
@click.option("--dry-run/--confirm", "dry_run", default=True, help="Only say what would move, or move it.")
@click.option("--all", "everything", is_flag=True, help="Also every file, not only what needs a decision.")
def command(day: date, *, dry_run: bool, everything: bool) -> None:
    """Move everything in flight at units that ended to whoever has taken over; files nobody can place are named.

    Carried out once: a second run moves nothing and says so; one cut short is gone on with.
    """
    with refusals():
        report = reorganise(db_session(), current_clock(), OPERATOR, day, dry_run=dry_run)
    for line in lines(report, everything=everything):
        click.echo(line)
    if dry_run:
        click.echo("Nothing was changed; --confirm carries it out.")
    elif not report.pending and not report.resumed:
        click.echo("There was nothing left to move; nothing was written.")
    else:
        click.echo(f"Carried out{', going on with a run that was cut short' if report.resumed else ''}.")


group.add_command(command)


def lines(report: Report, *, everything: bool) -> list[str]:
    """The report as lines: the numbers, what moves, what must be decided."""
    counted = f"{report.moving} files move, {len(report.stuck)} need a decision"
    said = [f"{report.effective_on:%d/%m/%Y}: {counted}, {report.open_before} open before, {report.open_after} after."]
    if everything:
        said += [
            f"  {file.code} {file.form}: {file.state} at {file.unit} -> {file.to_state} at {file.to_unit}"
            for file in report.files
            if file.result == "moves"
        ]
    said += [
        f"  {file.code} {file.form} {file.state} at {file.unit}: {sentence(file.why, 'en')}" for file in report.stuck
    ]
    said += [f"  {one.kind}: {one.what}: {sentence(one.why, 'en')}" for one in report.findings if one.result == "stuck"]
    said += [f"  {name}: {count}" for name, count in report.counts().items()]
    return said
