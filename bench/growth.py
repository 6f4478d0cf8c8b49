"""What growth costs: the same looks at ten thousand files and at the full size, and the slowest of them.

A search is measured twice. For one nominee by the whole name, which has one answer at both sizes: what growth costs. For
a name that one file in 1,400 bears, whose answers are as many times more as there are files: a page of fifty lines
beside a page of seven, so that its ratio says little and its milliseconds are shown.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.load import Loader
from bench.reads import viewer_of
from bench.setup import learn, world_on
from bench.table import Line
from nominations.database import create_database_engine, create_session_factory
from nominations.models.nominations import Nomination
from nominations.queries.history import history
from nominations.queries.inbox import inbox, inbox_counts
from nominations.queries.listing import Filters, nominations

TODAY = date(2024, 3, 4)
TIMES = 15
OLD = "LD-00005000"  # a file that is there at every size
COMMON = "search, a common name"


def grow(url: str, dialect: str, sizes: tuple[int, int]) -> list[Line]:
    """Load up to each size and look; the ratio of the medians."""
    loader = Loader(url)
    small, large = (_looked(url, loader, size) for size in sizes)
    lines = [
        Line(
            dialect,
            f"growth {sizes[0]:,} to {sizes[1]:,}: {name}",
            large[name] / small[name],
            "" if name == COMMON else "<= 2",
            f"{large[name] * 1000:.1f} ms at {sizes[1]:,}",
        )
        for name in small
    ]
    slowest = max(large.values()) * 1000
    return [*lines, Line(dialect, f"slowest look at {sizes[1]:,} (ms)", slowest, "<= 100", "")]


def _looked(url: str, loader: Loader, size: int) -> dict[str, float]:
    loader.up_to(size)
    engine = create_database_engine(url)
    people = world_on(engine).people
    learn(engine)
    with create_session_factory(engine)() as session:
        board = viewer_of(session, people["appraiser.snv"])
        named = session.scalars(select(Nomination.nominee_name).where(Nomination.code == OLD)).one_or_none() or "an"
        code = f"LD-{size - 5:08d}"
        looks: dict[str, Callable[[], object]] = {
            "queue": lambda: inbox(session, board, TODAY, "mine"),
            "home": lambda: (inbox_counts(session, board, TODAY), inbox(session, board, TODAY, "mine", limit=10)),
            "search": lambda: nominations(session, board, TODAY, Filters(q=named)),
            COMMON: lambda: nominations(session, board, TODAY, Filters(q="dinh minh khanh")),
            "history": lambda: history(session, board, code),
        }
        times = {name: _median(session, look) for name, look in looks.items()}
    engine.dispose()
    return times


def _median(session: Session, look: Callable[[], object]) -> float:
    seconds = []
    for _ in range(TIMES):
        began = time.perf_counter()
        look()
        session.rollback()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)
