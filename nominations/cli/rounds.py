"""Commands for rounds of awards: open one, close one early."""

from __future__ import annotations

from datetime import date

import click
from flask.cli import AppGroup

from nominations.cli.answers import DAY, OPERATOR, refusals, unit_id
from nominations.extensions import current_clock, db_session
from nominations.services.rounds import KINDS, NewRound, close_round, create_round, drafts_in

PROVINCE = "52"
group = AppGroup("rounds", help="Rounds of awards (đợt xét khen thưởng).")


@group.command()
@click.argument("code")
@click.option("--title", required=True, help="As papers and pages name it.")
@click.option("--kind", type=click.Choice(KINDS), default="annual", show_default=True)
@click.option("--opens", type=DAY, required=True, help="First day on which files are taken.")
@click.option("--closes", type=DAY, required=True, help="Last day on which files are taken.")
@click.option("--from", "first", type=DAY, required=True, help="First day of the period achievements count in.")
@click.option("--to", "last", type=DAY, required=True, help="Last day of that period.")
@click.option("--form", "forms", multiple=True, required=True, help="An award form it takes; give one for each.")
@click.option("--unit", default=PROVINCE, show_default=True, help="Code of the unit that issues it.")
@click.option("--guidance", help="The guidance document it goes by.")
def create(
    code: str,
    title: str,
    kind: str,
    opens: date,
    closes: date,
    first: date,
    last: date,
    forms: tuple[str, ...],
    unit: str,
    guidance: str | None,
) -> None:
    """Open the round CODE."""
    issuer = unit_id(unit, opens)
    new = NewRound(code, title, kind, issuer, opens, closes, first, last, forms, guidance)
    with refusals():
        made = create_round(db_session(), current_clock(), OPERATOR, new)
    click.echo(f"Round {made.code} takes {', '.join(forms)} from {opens:%d/%m/%Y} to {closes:%d/%m/%Y}.")


@group.command()
@click.argument("code")
@click.option("--yes", is_flag=True, help="Do it; without this it is only said what would follow.")
def close(code: str, *, yes: bool) -> None:
    """Close the round CODE before its last day: its drafts can no longer be submitted; submitted files go on."""
    with refusals():
        if yes:
            left = close_round(db_session(), current_clock(), OPERATOR, code)
            click.echo(f"Round {code} is closed; {left} drafts stay unsubmitted.")
            return
        left = drafts_in(db_session(), code)
    click.echo(f"Nothing was changed. With --yes the round closes and {left} drafts can no longer be submitted.")
