"""Whether the parts this service stands on are in order."""

import functools
import os
from pathlib import Path
from typing import cast

from sqlalchemy import Engine, exists, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from nominations.migrations import current, head
from nominations.models import Person


def check(session: Session, storage_url: str) -> dict[str, bool]:
    """Say of each part whether it is in order; a part that cannot be asked is not."""
    return {
        "database": database_answers(session),
        "migrations": migrations_are_current(session),
        "storage": storage_is_writable(storage_url),
    }


def database_answers(session: Session) -> bool:
    """Say whether the database answers a query."""
    try:
        return session.execute(text("SELECT 1")).scalar_one() is not None
    except SQLAlchemyError:
        return False


def migrations_are_current(session: Session) -> bool:
    """Say whether the database was migrated to exactly what this version of the program needs."""
    try:
        return current(cast("Engine", session.get_bind())) == needed_revision()
    except SQLAlchemyError:
        return False


@functools.cache
def needed_revision() -> str:
    """Return the revision this program needs, read from the scripts once per process."""
    return head()


def storage_is_writable(storage_url: str) -> bool:
    """Say whether files can be stored; a folder that is not there yet counts if it can be made.

    A bucket is asked by its own client, not from here.
    """
    if "://" in storage_url:
        return True
    folder = Path(storage_url).absolute()
    while not folder.exists():
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def has_demonstration_accounts(session: Session) -> bool:
    """Say whether somebody could sign in with a demonstration's well-known password; a bare database has nobody."""
    try:
        return bool(session.scalar(select(exists().where(Person.demo, Person.active))))
    except SQLAlchemyError:
        return False
