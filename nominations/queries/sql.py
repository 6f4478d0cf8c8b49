"""The hot reads as SQL written by hand: one text for both databases, its values named with a colon.

Lists are read more than anything else, and composing a statement from objects costs several times what running it does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, overload

import orjson
from sqlalchemy import Row
from sqlalchemy.orm import Session

Found = Row[*tuple[Any, ...]]
_NAME = re.compile(r":([a-z_]+)")


def rows(session: Session, text: str, values: Mapping[str, Any]) -> list[Found]:
    """Run a read; names beginning with a colon are values, and there are no other colons in the text."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        text = _postgresql(text)
    return list(connection.exec_driver_sql(text, dict(values)).all())


def there(found: str) -> str:
    """The condition that a select, which speaks of the row at hand, finds something: looked up for each row in turn.

    EXISTS says the same, but PostgreSQL may gather everything that could be found before it looks at the first row;
    a list that is read newest first and cut short wants a few look-ups.
    """
    return f"({found} LIMIT 1) IS NOT NULL"


def numbers(ids: Collection[int]) -> str:
    """Numbers of rows for an IN; they are not names, so that the database plans for these very ones."""
    return ", ".join(str(int(one)) for one in sorted(ids)) or "-1"


def quoted(word: str) -> str:
    """A word laid into the text itself: a plan made once for every word would scan everything for some."""
    if ":" in word or "\x00" in word:
        raise ValueError(f"cannot be laid into a statement: {word!r}")
    return "'" + word.replace("'", "''") + "'"


@overload
def instant(value: datetime | str) -> datetime: ...
@overload
def instant(value: None) -> None: ...
def instant(value: datetime | str | None) -> datetime | None:
    """An instant as it comes from either database."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def day(value: date | str | None) -> date | None:
    """A day as it comes from either database."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def document(value: Any) -> Any:  # noqa: ANN401 - whatever was stored
    """A JSON document as it comes from either database."""
    return orjson.loads(value) if isinstance(value, str) else value


@lru_cache(maxsize=500)
def _postgresql(text: str) -> str:
    """The text with psycopg's own names."""
    return _NAME.sub(r"%(\1)s", text.replace("%", "%%"))
