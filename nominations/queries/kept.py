"""Answers that change rarely, kept for a minute in each process: flows in force, criteria, the calendar, units.

What an administrator changes reaches every process within a minute, and at once the one it was changed in (``forget``).
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

FRESH_FOR = 60.0  # seconds
_KEPT: WeakKeyDictionary[Engine, dict[Hashable, tuple[float, Any]]] = WeakKeyDictionary()


def engine_of(session: Session) -> Engine:
    """The database a session speaks to, without beginning to speak."""
    return cast("Engine", session.get_bind())


def kept(
    query: Callable[Concatenate[Session, Arguments], Answer],
) -> Callable[Concatenate[Session, Arguments], Answer]:
    """Make a query, whose further arguments are hashable, answer from memory while its answer is fresh."""

    @functools.wraps(query)
    def from_memory(session: Session, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        known = _KEPT.setdefault(engine_of(session), {})
        key = (query.__qualname__, query.__module__, args, tuple(kwargs.items()))
        read_at, kept_answer = known.get(key, (0.0, None))
        if kept_answer is not None and time.monotonic() - read_at < FRESH_FOR:
            return cast("Answer", kept_answer)
        answer = query(session, *args, **kwargs)
        known[key] = (time.monotonic(), answer)
        return answer

    return from_memory


def forget(session: Session) -> None:
    """Forget every kept answer of this database: something they rest on has changed."""
    _KEPT.pop(engine_of(session), None)
