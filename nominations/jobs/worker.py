"""The worker's round: work while there is some, wait a moment when there is none, wait longer for a lost database."""

from __future__ import annotations

import logging
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

IDLE = 1.0  # seconds between two looks when there is nothing to do
LONGEST_WAIT = 60.0  # seconds, while the database cannot be used

log = logging.getLogger(__name__)


def run(work: Callable[[], int], wait: Callable[[float], bool]) -> None:
    """Call ``work`` until ``wait``, given seconds, answers that it is time to end.

    A database that is busy or away ends nothing: what was begun comes up again.
    """
    delay, failures = 0.0, 0
    while not wait(delay):
        try:
            delay = 0.0 if work() else IDLE
            failures = 0
        except OperationalError as error:
            failures += 1
            delay = min(IDLE * 2.0**failures, LONGEST_WAIT)
            log.warning("The database could not be used (%s); trying again in %d s.", type(error.orig).__name__, delay)
