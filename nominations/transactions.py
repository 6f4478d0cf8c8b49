"""The one commit and the one rollback: every write of the service happens inside `write_transaction`."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from nominations.database import for_writing, writer_turn

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_WRITING = "writing"  # the mark in `session.info` while a write transaction is open


def transactional(
    service: Callable[Concatenate[Session, Arguments], Answer],
) -> Callable[Concatenate[Session, Arguments], Answer]:
    """Make a service, whose first argument is the session, one transaction from its start to its end.

    Called from within another service it joins that one's transaction.  An exception undoes everything and
    goes on to the caller; a refusal is a value, and commits what the refused service wrote: nothing.
    """

    @functools.wraps(service)
    def in_transaction(session: Session, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        with write_transaction(session):
            return service(session, *args, **kwargs)

    return in_transaction


@contextmanager
def write_transaction(session: Session) -> Iterator[Session]:
    """Open a write transaction, or join the one that is open, and commit it at the end of the outermost.

    What the session had read before (sign-in reads the user) is forgotten and read again when asked for:
    nothing older than the lock may decide anything.
    """
    if session.info.get(_WRITING):
        yield session
        return
    _refuse_stray_changes(session)
    session.rollback()
    engine = cast("Engine", session.get_bind())
    with writer_turn(engine):
        session.info[_WRITING] = True
        try:
            session.connection(execution_options=for_writing(engine))
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info[_WRITING] = False


def _refuse_stray_changes(session: Session) -> None:
    """Raise if something was changed before the transaction: it would be lost without a word."""
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Rows were changed outside a write transaction.")
