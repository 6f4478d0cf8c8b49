"""Commands for nominations: a list of them brought in as drafts, and the files that somebody reads written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from nominations.cli.answers import FILE, person, refusals, unit_id
from nominations.extensions import current_clock, current_settings, db_session
from nominations.queries.actors import Viewer
from nominations.queries.draft_lists import list_head, rows_of
from nominations.queries.lines import Line
from nominations.queries.listing import Filters, nominations
from nominations.queries.pages import LONGEST
from nominations.services.draft_columns import EVERY
from nominations.services.draft_lists import Brought, Wanted, bring_in, looked_through, make_drafts
from nominations.services.log import Origin
from nominations.services.messages import Message
from nominations.services.sheets import written

group = AppGroup("nominations", help="Nominations: a list brought in as drafts, files written out as a table.")
BY = click.option(
    "--by", "username", required=True, help="The account in whose name and within whose rights it is done."
)
HEADINGS = ("code", "nominee", "kind", "form", "round", "state", "proposing unit", "with", "due on", "updated at")


@group.command("import")
@click.argument("file", type=FILE)
@BY
@click.option("--unit", required=True, help="Code of the unit that proposes.")
@click.option("--round", "round_code", required=True, help="Code of the round.")
@click.option("--form", required=True, help="Code of the award form, such as BK-TINH.")
@click.option(
    "--kind", "kinds", type=click.Choice(EVERY), multiple=True, help="A kind of nominee in it; all when none."
)
@click.option("--dry-run/--confirm", "dry_run", default=True, help="Only look the list through, or make the drafts.")
def command(
    file: Path, username: str, unit: str, round_code: str, form: str, kinds: tuple[str, ...], *, dry_run: bool
) -> None:
    """Make drafts of the sound rows of FILE, a table (XLSX, CSV) in the template's columns; tell each fault by its row.

    A row that may mean somebody already known is not made a draft of: its list waits on the nominator's page.
    """
    clock, session, keys = current_clock(), db_session(), current_settings().data_keys
    who = person(username)
    wanted = Wanted(unit_id(unit, clock.today()), round_code, form, kinds or EVERY)
    brought = Brought(file.name, file.read_bytes())
    if dry_run:
        with refusals():
            _named, rows = looked_through(session, who.actor, clock, wanted, brought, keys)
        _tell((number, faults) for number, _said, faults in rows)
        sound = sum(not faults for _number, _said, faults in rows)
        click.echo(f"{len(rows)} rows, {sound} sound. Nothing was changed; --confirm makes the drafts.")
        return
    origin = Origin(actor=who.actor.ref, auth="cli")
    with refusals():
        ref = bring_in(session, who.actor, clock, origin, wanted, brought, keys)
        made = make_drafts(session, who.actor, clock, origin, ref, {})
    head = list_head(session, who.actor, ref)
    if head is not None and (made.faulty or made.waiting):
        _tell((row.number, row.faults) for row in rows_of(session, who, head))
    told = f"{made.skipped} rows left out, {made.waiting} wait for a word, {made.faulty} at fault"
    click.echo(f"{made.made} drafts made, {told}.")
    if made.waiting or made.faulty:
        raise click.ClickException(f"The list {ref} is not done; mend it on its page.")


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@BY
@click.option("--round", "round_code", help="Of this round only.")
@click.option("--form", help="Of this award form only.")
@click.option("--state", help="In this state only, such as board.appraisal.")
def export(file: Path, username: str, round_code: str | None, form: str | None, state: str | None) -> None:
    """Write the files the account reads into FILE as CSV; of one in conflict no more than that it is there."""
    who = person(username)
    rows = [_cells(line) for line in _lines(who, Filters(round=round_code, form=form, state=state))]
    file.write_bytes(written([list(HEADINGS), *rows]))
    click.echo(f"{len(rows)} files written to {file}.")


def _lines(who: Viewer, filters: Filters) -> Iterator[Line]:
    cursor: str | None = None
    while True:
        page = nominations(db_session(), who, current_clock().today(), filters, cursor, LONGEST)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def _cells(line: Line) -> list[str]:
    held = " ".join(filter(None, (line.holder_unit_name, line.holder_duty)))
    days = [moment.isoformat() if moment is not None else "" for moment in (line.due_on, line.updated_at)]
    return [
        line.code, line.nominee_name, line.subject_kind, line.form, line.round_code, line.state, line.unit_name, held,
        *days,
    ]  # fmt: skip


def _tell(rows: Iterator[tuple[int, Mapping[str, Any]]]) -> None:
    """A line for each fault: row, column, what to do."""
    for number, faults in rows:
        for column, (key, values) in faults.items():
            click.echo(f"  row {number}, {column}: {Message(key, values).text('en')}")
