"""Commands that fill a database: reference data for every installation, accounts and history for a demonstration."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from urllib.parse import urlsplit

import click
from flask.cli import AppGroup

from config import Settings
from nominations.extensions import current_clock, current_settings, current_storage, db_session
from nominations.services.demo_clock import demo_day
from nominations.services.seeding.accounts import Account, Role, list_accounts, seed_accounts
from nominations.services.seeding.history.opening import FIRST_DAY, first_published, opening_clock
from nominations.services.seeding.history.play import NotEmptyError, is_empty, seed_demo
from nominations.services.seeding.reference import seed_reference

group = AppGroup("seed", help="Fill the database: reference data, demonstration accounts, a played history.")


@group.command()
def reference() -> None:
    """Add what is missing of units, law, calendar, movement and flows; what is there stays as it is."""
    session, settings = db_session(), current_settings()
    if settings.production:
        counts = seed_reference(session, current_clock(), log_name(settings))
    else:
        clock = opening_clock(session, current_clock())
        counts = seed_reference(session, clock, log_name(settings), published=lambda key: first_published(key, clock))
    for table, count in counts.items():
        if count:
            click.echo(f"  {table}: {count} added")
    click.echo("The reference data is in place." if any(counts.values()) else "Nothing was missing.")


@group.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON: user name, password, roles with unit and days.")
def accounts(*, as_json: bool) -> None:
    """List the demonstration accounts; make them first where there are none. Never in production."""
    refuse_in_production()
    session = db_session()
    seed_accounts(session, current_clock())
    listed = list_accounts(session)
    if as_json:
        click.echo(json.dumps([asdict(account) for account in listed], ensure_ascii=False, indent=1, default=str))
    else:
        click.echo("\n".join(lines(listed, demo_day(session) or current_clock().today())))


@group.command()
@click.option("--if-empty", is_flag=True, help="Do nothing, and succeed, where there are files already.")
def demo(*, if_empty: bool) -> None:
    """Play the demonstration's history into a database with reference data and no files. Never in production."""
    refuse_in_production()
    session, settings = db_session(), current_settings()
    if if_empty and not is_empty(session):
        click.echo("There are files already; the demonstration was not played.")
        return
    began = time.perf_counter()
    day = FIRST_DAY if settings.demo_today is None else None
    try:
        counts = seed_demo(session, current_clock(), current_storage(), day)
    except NotEmptyError as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{counts.nominations} files, {counts.accounts} accounts, {counts.entries} entries in the log")
    for title, tally in (("by form", counts.by_form), ("by state", counts.by_state)):
        click.echo(f"  {title}: " + ", ".join(f"{name} {count}" for name, count in tally.items()))
    if day is not None:
        click.echo(f"The demonstration opens on {day:%d/%m/%Y}; the banner moves it to another day.")
    click.echo(f"Played in {time.perf_counter() - began:.1f} s.")


def refuse_in_production() -> None:
    """End the command with 1 where real files are handled."""
    if current_settings().production:
        raise click.ClickException("production has no demonstration.")


def lines(listed: Iterable[Account], today: date) -> Iterable[str]:
    """One line an account: its name and what it may do today, or did before, the shared password first."""
    for number, account in enumerate(listed):
        if number == 0:
            yield f"Demonstration accounts on {today:%d/%m/%Y}, password {account.password}"
        now = [role for role in account.roles if role.valid_from <= today <= (role.valid_to or date.max)]
        roles = "; ".join(dict.fromkeys(phrase(role, today) for role in now or account.roles))
        yield f"  {account.username:<18} {account.full_name}: {roles}"


def phrase(role: Role, today: date) -> str:
    """A role in words, with its last day where that is past."""
    ended = f" (to {role.valid_to:%d/%m/%Y})" if role.valid_to is not None and role.valid_to < today else ""
    return f"{role.duty} at {role.unit}{ended}"


def log_name(settings: Settings) -> str:
    """The origin of this installation's log: its host, or in a demonstration a name that says so."""
    host = urlsplit(settings.public_url).hostname if settings.production else "demo"
    return f"{host or 'nominations'}/nhat-ky"
