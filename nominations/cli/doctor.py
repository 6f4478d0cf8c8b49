"""`flask --app wsgi doctor`: whether everything the service stands on is in order, a line each."""

from __future__ import annotations

import shutil
import smtplib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import click
from flask.cli import with_appcontext
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from config import Settings
from nominations.clock import SystemClock
from nominations.extensions import current_settings, db_session
from nominations.queries.condition import database_time, newest_entry, version
from nominations.services import health

LEAST_FREE = 1024**3  # bytes; an upload takes up to 32 MB, and a full disk stops every act
LARGEST_DRIFT = timedelta(seconds=1)  # between two clocks; a larger step back is an event of its own
PATIENCE = 5.0  # seconds for the mail server's greeting


class Finding(NamedTuple):
    """What one look found."""

    good: bool
    said: str


@click.command("doctor")
@with_appcontext
def command() -> None:
    """Look at database, migrations, disk, clock, mail and storage; exit code 1 if one is not in order."""
    session, settings = db_session(), current_settings()
    findings = {name: look(check, session, settings) for name, check in CHECKS.items()}
    for name, finding in findings.items():
        click.echo(f"{'ok' if finding.good else 'FAILED':<6}  {name:<10}  {finding.said}")
    if not all(finding.good for finding in findings.values()):
        raise click.exceptions.Exit(1)


def look(check: Check, session: Session, settings: Settings) -> Finding:
    """Make one check; a part that cannot be asked is not in order, and the others are asked all the same."""
    try:
        return check(session, settings)
    except (SQLAlchemyError, smtplib.SMTPException, OSError) as error:
        cause = getattr(error, "orig", None) or error
        return Finding(good=False, said=f"{type(cause).__name__}: {str(cause).partition(chr(10))[0]}")


def database(session: Session, _settings: Settings) -> Finding:
    """The database answers, and with which version."""
    return Finding(good=True, said=f"{version(session)} answers.")


def migrations(session: Session, _settings: Settings) -> Finding:
    """The database has the shape this code needs."""
    version(session)  # a database that is away is said to be away, not to lack its steps
    needed = health.needed_revision()
    if health.migrations_are_current(session):
        return Finding(good=True, said=f"The database stands at {needed}, as this code needs.")
    return Finding(good=False, said=f"This code needs {needed}: run `flask --app wsgi db upgrade`.")


def disk(_session: Session, settings: Settings) -> Finding:
    """There is room where files, and an embedded database, are kept."""
    free = {folder: shutil.disk_usage(folder).free for folder in folders(settings)}
    if not free:
        return Finding(good=True, said="Nothing is kept on this machine's disk.")
    scarce = min(free, key=lambda folder: free[folder])
    said = f"{free[scarce] / 1024**3:.1f} GiB free at {scarce}; at least {LEAST_FREE / 1024**3:.0f} GiB is needed."
    return Finding(good=free[scarce] >= LEAST_FREE, said=said)


def folders(settings: Settings) -> list[Path]:
    """Return the folders of this machine that grow: the nearest that is there, of files and embedded database."""
    url = make_url(settings.database_url)
    kept = [Path(url.database).parent] if url.drivername == "sqlite" and url.database else []
    kept += [] if "://" in settings.storage_url else [Path(settings.storage_url)]
    return [next(part for part in (place.absolute(), *place.absolute().parents) if part.exists()) for place in kept]


def clock(session: Session, settings: Settings) -> Finding:
    """This machine's clock agrees with the database's, and the log holds nothing from its future."""
    here = SystemClock().now()
    there, newest = database_time(session), newest_entry(session)
    shown = f"{here:%Y-%m-%d %H:%M:%S} UTC"
    if there is not None and abs(there - here) > LARGEST_DRIFT:
        return Finding(good=False, said=f"{shown}, but the database's clock shows {there:%Y-%m-%d %H:%M:%S}.")
    if settings.production and newest is not None and newest > here + LARGEST_DRIFT:
        return Finding(good=False, said=f"{shown}, but the log's newest entry is of {newest:%Y-%m-%d %H:%M:%S}.")
    return Finding(good=True, said=f"{shown}{_played(newest, here)}.")


def _played(newest: datetime | None, here: datetime) -> str:
    """A demonstration's log may play other days; then that is said beside the clock."""
    if newest is None or newest.astimezone(UTC).date() == here.date():
        return ""
    return f"; the log's newest entry is of {newest:%Y-%m-%d}"


def mail(_session: Session, settings: Settings) -> Finding:
    """The mail server greets; nothing is sent. Without one the service sends no mail, which is in order."""
    if not settings.mail_url:
        return Finding(good=True, said="MAIL_URL is empty: no mail is sent.")
    server = urlsplit(settings.mail_url)
    connect = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    with connect(server.hostname or "", server.port or 0, timeout=PATIENCE) as connection:
        code, _answer = connection.noop()
    return Finding(good=code == 250, said=f"{server.hostname} answers {code}.")


def storage(_session: Session, settings: Settings) -> Finding:
    """Papers can be kept where STORAGE_URL says."""
    good = health.storage_is_writable(settings.storage_url)
    said = "can be written to" if good else "cannot be written to: see STORAGE_URL and the folder's owner"
    return Finding(good=good, said=f"{settings.storage_url} {said}.")


Check = Callable[[Session, Settings], Finding]
CHECKS: Mapping[str, Check] = {
    "database": database,
    "migrations": migrations,
    "disk": disk,
    "clock": clock,
    "mail": mail,
    "storage": storage,
}
