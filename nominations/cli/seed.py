"""Commands that fill a database: reference data for every installation, accounts and history for a demonstration."""

from __future__ import annotations

from urllib.parse import urlsplit

import click
from flask.cli import AppGroup

from config import Settings
from nominations.extensions import current_clock, current_settings, db_session
from nominations.services.seeding.reference import seed_reference

group = AppGroup("seed", help="Fill the database: reference data, demonstration accounts, a played history.")


@group.command()
def reference() -> None:
    """Add what is missing of units, law, calendar, movement and flows; what is there stays as it is."""
    counts = seed_reference(db_session(), current_clock(), log_name(current_settings()))
    for table, count in counts.items():
        if count:
            click.echo(f"  {table}: {count} added")
    click.echo("The reference data is in place." if any(counts.values()) else "Nothing was missing.")


def log_name(settings: Settings) -> str:
    """The origin of this installation's log: its host, or in a demonstration a name that says so."""
    host = urlsplit(settings.public_url).hostname if settings.production else "demo"
    return f"{host or 'nominations'}/nhat-ky"
