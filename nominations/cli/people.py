"""Commands for accounts: make one, give it a duty at a unit, delegate or end a duty, make a key to the API."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
from flask.cli import AppGroup

from nominations.cli.answers import DAY, OPERATOR, refusals, unit_id
from nominations.extensions import current_clock, db_session
from nominations.services import delegations, people
from nominations.services.delegations import NewDelegation
from nominations.services.people import SCOPES, NewPerson, NewPost

group = AppGroup("people", help="Accounts, their duties and their keys to the API.")


@group.command()
@click.argument("username")
@click.argument("full_name")
@click.option("--email", help="Where notices are sent.")
@click.option("--locale", type=click.Choice(("vi", "en")), default="vi", show_default=True)
@click.password_option(help="Asked for where it is not given; given here it stays in the shell's history.")
def create(username: str, full_name: str, email: str | None, locale: str, password: str) -> None:
    """Make the account USERNAME for FULL_NAME. It may do nothing until it is given a duty."""
    new = NewPerson(username.strip().lower(), full_name, password, email=email, locale=locale)
    with refusals():
        person = people.create_person(db_session(), current_clock(), OPERATOR, new)
    click.echo(f"{person.username}: the account of {person.full_name} is there.")


@group.command()
@click.argument("username")
@click.argument("duty", type=click.Choice(people.POST_DUTIES))
@click.argument("unit")
@click.option("--title", required=True, help="What the post is called on papers.")
@click.option("--from", "first", type=DAY, help="First day; by default today.")
@click.option("--to", "last", type=DAY, help="Last day; by default open, or the unit's own last day.")
def grant(username: str, duty: str, unit: str, title: str, first: date | None, last: date | None) -> None:
    """Give USERNAME the duty DUTY at the unit with the code UNIT."""
    first = first or current_clock().today()
    unit_row = unit_id(unit, first)
    with refusals():
        person_id = people.person_id(db_session(), username)
        new = NewPost(person_id, unit_row, duty, title, first, last or people.last_day(db_session(), unit_row))
        post = people.grant(db_session(), current_clock(), OPERATOR, new)
    until = f" to {post.valid_to:%d/%m/%Y}" if post.valid_to else ""
    click.echo(f"{username}: {duty} at {unit} from {post.valid_from:%d/%m/%Y}{until}.")


@group.command()
@click.argument("username")
@click.argument("duty", type=click.Choice(people.POST_DUTIES))
@click.argument("unit")
@click.option("--last-day", type=DAY, help="The last day of the duty; by default today.")
def revoke(username: str, duty: str, unit: str, last_day: date | None) -> None:
    """End the duty DUTY of USERNAME at the unit with the code UNIT; what waits there stays with the duty."""
    day = last_day or current_clock().today()
    with refusals():
        ref = people.post_ref(db_session(), username, duty, unit_id(unit, day), day)
        people.revoke(db_session(), current_clock(), OPERATOR, ref, day)
    click.echo(f"{username}: {duty} at {unit} ends with {day:%d/%m/%Y}.")


@group.command()
@click.argument("username")
@click.argument("duty", type=click.Choice(tuple(delegations.KINDS)))
@click.argument("unit")
@click.argument("receiver")
@click.option("--kind", type=click.Choice(delegations.WAYS), required=True, help="By order, authorisation, or cover.")
@click.option("--title", required=True, help="The receiver's office as papers print it.")
@click.option("--document", required=True, help="Number and day of the paper it rests on.")
@click.option("--form", "forms", multiple=True, help="An award form it reaches; by default all.")
@click.option("--from", "first", type=DAY, help="First day; by default today.")
@click.option("--to", "last", type=DAY, required=True, help="Last day.")
def delegate(username: str, duty: str, unit: str, receiver: str, first: date | None, last: date, **said: Any) -> None:  # noqa: ANN401 - the options as they are named
    """Let RECEIVER do, for a period, the work of the duty DUTY of USERNAME at the unit with the code UNIT."""
    begins = first or current_clock().today()
    with refusals():
        ref = people.post_ref(db_session(), username, duty, unit_id(unit, begins), begins)
        new = NewDelegation(post_ref=ref, receiver=receiver, valid_from=begins, valid_to=last, **said)
        made = delegations.delegate(db_session(), current_clock(), OPERATOR, new)
    click.echo(f"{made.ref}: {receiver} does the work of {username} from {begins:%d/%m/%Y} to {last:%d/%m/%Y}.")


@group.command()
@click.argument("ref")
@click.option("--last-day", type=DAY, help="The last day; by default today.")
def end_delegation(ref: str, last_day: date | None) -> None:
    """End the delegation REF before its last day; what was done under it stays done."""
    day = last_day or current_clock().today()
    with refusals():
        delegations.end_delegation(db_session(), current_clock(), OPERATOR, ref, day)
    click.echo(f"{ref} ends with {day:%d/%m/%Y}.")


@group.command()
@click.argument("username")
@click.option("--name", required=True, help="What the key is for.")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, default=("read",), show_default=True)
@click.option("--days", type=int, default=90, show_default=True, help="How long it is good.")
def token(username: str, name: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a key to the API for USERNAME. It is shown this once."""
    with refusals():
        person_id = people.person_id(db_session(), username)
        made = people.issue_token(db_session(), current_clock(), OPERATOR, person_id, name, scopes, days)
    click.echo(made.text)
    click.echo(f"Good until {made.expires_at:%d/%m/%Y}; it is not shown again.", err=True)
