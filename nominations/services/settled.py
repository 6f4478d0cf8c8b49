"""What two did at the same moment: whoever comes second does it after the first, and is answered by what then stands.

Unique keys are the last word on what may exist once: a number, a file of a nominee in a round, a request. Where two
transactions on PostgreSQL pass the same look before either has written, the key stops the second one; played again it
sees what the first has done and answers with the proper sentence. SQLite writes one after another and never needs it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

TAKEN = "23505"  # PostgreSQL's unique_violation


def settled(
    service: Callable[Concatenate[Session, Arguments], Answer],
) -> Callable[Concatenate[Session, Arguments], Answer]:
    """Play a transactional service once more when a unique key stopped it; never from within another's transaction."""

    @functools.wraps(service)
    def twice(session: Session, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        if session.in_transaction() and session.info.get("writing"):
            return service(session, *args, **kwargs)
        try:
            return service(session, *args, **kwargs)
        except IntegrityError as refused:
            if getattr(refused.orig, "sqlstate", None) != TAKEN:
                raise
        return service(session, *args, **kwargs)

    return twice
