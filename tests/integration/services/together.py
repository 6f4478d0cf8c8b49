"""Several people pressing at the same moment: threads that wait for one another, each with its own session."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Engine

from nominations.database import create_session_factory
from tests.world import World

Answer = TypeVar("Answer")
PATIENCE = 60  # seconds until a round is given up: then somebody waits for somebody who waits


class Together:
    """A pool of people ready to press at once; each has the same province in a session of its own."""

    def __init__(self, worlds: Sequence[World], pool: ThreadPoolExecutor) -> None:
        self.worlds, self.pool = worlds, pool

    def press(self, *acts: Callable[[World], Answer]) -> list[Answer | Exception]:
        """Do all ``acts`` at one moment; what each answered or raised, in their order."""
        barrier = threading.Barrier(len(acts), timeout=PATIENCE)

        def one(world: World, act: Callable[[World], Answer]) -> Answer | Exception:
            barrier.wait()
            try:
                return act(world)
            except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
                return error

        running = [self.pool.submit(one, world, act) for world, act in zip(self.worlds, acts, strict=False)]
        return [each.result(PATIENCE) for each in running]


@contextmanager
def together(engine: Engine, world: World, people: int = 8) -> Iterator[Together]:
    """That many people, all at the time of ``world``'s clock."""
    make = create_session_factory(engine)
    with ExitStack() as stack:
        sessions = [stack.enter_context(make()) for _ in range(people)]
        worlds = [replace(world, session=session) for session in sessions]
        yield Together(worlds, stack.enter_context(ThreadPoolExecutor(people)))
