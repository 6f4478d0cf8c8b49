"""Clients that press at once: processes on PostgreSQL, as web workers are; threads on SQLite, in one process."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from typing import Any, NamedTuple

from bench.by_hand import connect
from bench.floor import FloorCase
from bench.ours import OurCase
from bench.setup import world_on
from nominations.clock import FixedClock
from nominations.database import create_database_engine
from nominations.storage import FolderStorage

DAY = datetime(2024, 3, 4, 2, tzinfo=UTC)
PATIENCE = 300  # seconds: longer than any run
WARM_UP = 6  # cases: by then statements are prepared and kept answers are read


@dataclass
class Run:
    """What clients did together: cases, seconds of the whole, seconds of each action, machine seconds of processor."""

    cases: int
    seconds: float
    actions: list[float] = field(default_factory=list)
    processor: float = 0.0

    @property
    def rate(self) -> float:
        """Cases a second."""
        return self.cases / self.seconds

    @property
    def p99(self) -> float:
        """The slowest action but one in a hundred, in seconds."""
        ordered = sorted(self.actions)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def run(url: str, who: str, clients: int, cases: int, folder: Path) -> Run:
    """Let ``clients`` play ``cases`` each, ``who`` being ours or floor."""
    together = _processes if url.startswith("postgresql") else _threads
    answers = together(url, who, clients, cases, folder)
    return Run(
        clients * cases,
        max(answer.ended for answer in answers) - min(answer.began for answer in answers),
        [second for answer in answers for second in answer.actions],
        max(answer.busy_after for answer in answers) - min(answer.busy_before for answer in answers),
    )


class Answer(NamedTuple):
    """What one client says: from when to when it played, the machine's processor then, seconds of each action."""

    began: float
    ended: float
    busy_before: float
    busy_after: float
    actions: list[float]


def _processes(url: str, who: str, clients: int, cases: int, folder: Path) -> list[Answer]:
    context = multiprocessing.get_context("spawn")
    gate, answers = context.Barrier(clients), context.Queue()
    workers = [
        context.Process(target=_client, args=(url, who, f"{n}", cases, folder, gate, answers)) for n in range(clients)
    ]
    return _gathered(workers, answers)


def _threads(url: str, who: str, clients: int, cases: int, folder: Path) -> list[Answer]:
    gate, answers = threading.Barrier(clients), Queue[Answer]()
    workers = [
        threading.Thread(target=_client, args=(url, who, f"{n}", cases, folder, gate, answers)) for n in range(clients)
    ]
    return _gathered(workers, answers)


def _gathered(workers: list[Any], answers: Any) -> list[Answer]:  # noqa: ANN401 - queues and workers of either kind
    for worker in workers:
        worker.start()
    results = [answers.get(timeout=PATIENCE) for _ in workers]  # one that died would be waited for in vain
    for worker in workers:
        worker.join()
    return results


def _client(
    url: str, who: str, name: str, cases: int, folder: Path, gate: Any, answers: Any  # noqa: ANN401 - of either kind
) -> None:  # fmt: skip
    """One client: ready, warmed up, then all at once."""
    play = _player(url, who, folder)
    mark = f"{who}{name}-{time.time_ns()}"
    for number in range(WARM_UP):
        play(f"{mark} w{number}", _ignore)
    actions: list[float] = []
    gate.wait()
    began, busy_before = time.time(), _processor_seconds()
    for number in range(cases):
        play(f"{mark} {number}", actions.append)
    answers.put(Answer(began, time.time(), busy_before, _processor_seconds(), actions))


def _player(url: str, who: str, folder: Path) -> Callable[[str, Callable[[float], None]], str]:
    engine = create_database_engine(url)
    world = world_on(engine)
    if who == "floor":
        return FloorCase(connect(url), world).play
    case = OurCase(world, FolderStorage(folder / "files"))
    case.clock = FixedClock(DAY)
    world.clock = FixedClock(DAY)
    return case.play


def _ignore(_seconds: float) -> None:
    """A warm-up's time is nobody's business."""


def _processor_seconds() -> float:
    """Seconds of processor the whole machine has spent, the database's included; zero where it does not say."""
    try:
        first = Path("/proc/stat").read_text().splitlines()[0].split()
    except OSError:
        return 0.0
    user, nice, system, _idle, _wait, irq, soft = (int(word) for word in first[1:8])
    return (user + nice + system + irq + soft) / 100
