"""A hundred opinions in one bulk act, beside a transaction each by hand, and beside a hundred single acts of ours."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from bench.by_hand import connect
from bench.clients import DAY
from bench.floor import STEPS as FLOOR_STEPS
from bench.floor import FloorCase
from bench.ours import STEPS, OurCase
from bench.setup import world_on
from bench.table import Line
from nominations.clock import FixedClock
from nominations.database import create_database_engine
from nominations.services.apply import Applied
from nominations.services.bulk import Line as One
from nominations.services.bulk import ManyRequest, act_many
from nominations.services.log import Origin
from nominations.storage import FolderStorage

COUNT, ROUNDS = 100, 5
SEEN = 7  # the version of a file that has been accepted
WHO, ACTION, PAYLOAD = STEPS[-1]


def bulk(url: str, dialect: str, folder: Path, *, quick: bool) -> list[Line]:
    """The two ratios; files are made ready before the clock runs."""
    count = 10 if quick else COUNT
    engine = create_database_engine(url)
    world = world_on(engine)
    case = OurCase(world, FolderStorage(folder / "files"))
    case.clock = world.clock = FixedClock(DAY)
    floor = FloorCase(connect(url), world)
    times: dict[str, list[float]] = {"bulk": [], "single": [], "floor": []}
    gc.freeze()  # as the server does once it has started; for both sides, which share this process
    for number in range(ROUNDS + 1):  # the first warms up
        ways: dict[str, Callable[[], object]] = {
            "bulk": _bulk(case, [_ready(case, f"b{number} {n}") for n in range(count)]),
            "single": _single(case, [_ready(case, f"s{number} {n}") for n in range(count)]),
            "floor": _by_hand(floor, [floor.ready(f"f{number} {n}") for n in range(count)]),
        }
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if number:
                times[name].append(time.perf_counter() - began)
    took = {name: statistics.median(found) for name, found in times.items()}
    engine.dispose()
    behind = f"{took['bulk'] * 1000:.0f} and {took['floor'] * 1000:.0f} ms; {took['single'] * 1000:.0f} ms one by one"
    must = ">= 4" if dialect == "postgresql" else ">= 1"
    return [Line(dialect, f"bulk of {count}, a transaction each by hand", took["floor"] / took["bulk"], must, behind)]


def _ready(case: OurCase, number: str) -> str:
    return case.play(f"loạt {number}", lambda _seconds: None, steps=2)


def _bulk(case: OurCase, codes: list[str]) -> Callable[[], object]:
    actor = case.actors[WHO]
    asked = ManyRequest(ACTION, [One(code, SEEN) for code in codes], PAYLOAD, Origin(actor=actor.ref))

    def run() -> None:
        done = act_many(case.world.session, actor, case.clock, asked)
        if not all(isinstance(one.outcome, Applied) for one in done):
            raise RuntimeError(f"refused: {done}")

    return run


def _single(case: OurCase, codes: list[str]) -> Callable[[], object]:
    return lambda: [case.act(WHO, code, SEEN, ACTION, PAYLOAD) for code in codes]


def _by_hand(floor: FloorCase, ready: list[tuple[str, int, tuple[int, str, str], int]]) -> Callable[[], object]:
    step = FLOOR_STEPS[-1]

    def run() -> None:
        for code, nomination, head, version in ready:
            who, action, before, after, duty = step
            floor.act(code, nomination, version, who, action, before, after, duty, head)

    return run
