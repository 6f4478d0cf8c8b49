"""Pages of a list by key: what stands on one, and the opaque mark from which the next one goes on."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select

Item = TypeVar("Item")
Rows = Select[*tuple[Any, ...]]  # a select of whatever columns

LONGEST = 100  # lines on one page
MOST_COUNTED = 1000  # beyond this a list is "1,000+"
LONGEST_CURSOR = 200  # characters
LARGEST_ID = 2**53 - 1


class BadCursor(ValueError):
    """A cursor that no page of this list gave out."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some lines of a list; ``total`` only when asked for, ``capped`` when there are more than it says."""

    items: tuple[Item, ...]
    next_cursor: str | None
    total: int | None = None
    capped: bool = False


def size(limit: int) -> int:
    """How many lines to show: as many as asked for, at least one, at most a hundred."""
    return max(1, min(limit, LONGEST))


def paged(
    rows: Sequence[Any], limit: int, item: Callable[[Any], Item], key: Callable[[Any], Sequence[Any]]
) -> Page[Item]:
    """The page of ``rows``, which were fetched one more than ``limit`` so that the last one tells of a next page.

    ``key`` gives what the next page goes on from, out of the last row shown.
    """
    shown = rows[:limit]
    following = encode(key(shown[-1])) if len(rows) > limit else None
    return Page(tuple(item(row) for row in shown), following)


def encode(key: Sequence[Any]) -> str:
    """The cursor of a place in a list: nothing a reader can lean on."""
    plain = [part.isoformat() if isinstance(part, date) else part for part in key]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The place a cursor names, each part of the given kind or None; no cursor is None. Raises BadCursor."""
    if cursor is None:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        plain = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if len(cursor) > LONGEST_CURSOR or not isinstance(plain, list):
            raise BadCursor(cursor[:LONGEST_CURSOR])
        return tuple(_part(value, kind) for value, kind in zip(plain, kinds, strict=True))
    except (binascii.Error, UnicodeError, ValueError, TypeError, RecursionError) as error:
        raise BadCursor(cursor[:LONGEST_CURSOR]) from error


def _part(value: object, kind: type) -> object:
    if value is None:
        return None
    if kind is int and isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_ID:
        return value
    if isinstance(value, str) and kind in {date, datetime}:
        return kind.fromisoformat(value)
    if isinstance(value, str) and kind is str and "\x00" not in value:
        return value
    raise BadCursor(str(kind))
