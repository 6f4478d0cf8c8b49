"""What the commands share: days and units typed by hand, and refusals said in a sentence with the right exit code.

Exit codes are the same everywhere: 0 done, 1 refused, 2 wrong use.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from nominations.extensions import current_clock, db_session
from nominations.queries.actors import Viewer
from nominations.queries.actors import viewer as viewer_of
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.people import person_id
from nominations.services.units import unit_on

OPERATOR = Origin(actor="operator", auth="cli")  # whoever has a shell on the server


class Day(click.ParamType[date]):
    """A day such as 2025-06-30 or 30/06/2025."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Refuse what is no day."""
        if isinstance(value, date):
            return value
        try:
            if "/" in value:
                day, month, year = value.split("/")
                return date(int(year), int(month), int(day))
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write 2025-06-30 or 30/06/2025.", param, ctx)


DAY = Day()
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what a service refuses into a sentence and exit code 1."""
    try:
        yield
    except InvalidInput as error:
        raise click.ClickException(
            "; ".join(f"{field}: {message.text('en')}" for field, message in error.errors.items())
        ) from None
    except NotFound as error:
        raise click.ClickException(f"There is no {error}.") from None


def unit_id(code: str, day: date) -> int:
    """The row number of the unit that bears ``code`` on ``day``; ends the command with 1 where there is none."""
    found = unit_on(db_session(), code, day)
    if found is None:
        raise click.ClickException(f"No unit has code {code} on {day:%d/%m/%Y}.")
    return found.id


def person(username: str) -> Viewer:
    """The person of an account that is in use; ends the command with 1 where there is none."""
    with refusals():
        who = viewer_of(db_session(), person_id(db_session(), username), current_clock().today())
    if who is None:
        raise click.ClickException(f"The account {username} is not in use.")
    return who
