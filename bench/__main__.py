"""Runs the benchmark: ``python -m bench [--million] [--quick]``. Prints a table of ratios beside the bar."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from pathlib import Path

from bench.bulk import bulk
from bench.clients import Run, run
from bench.growth import grow
from bench.reads import reads
from bench.setup import bench_folder, database
from bench.table import Line, show

ROUNDS = 3  # ours and the floor in turn, so that a slow minute of the machine falls on both


def main() -> None:
    """Measure on both databases and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--million", action="store_true", help="PostgreSQL only, grown to 1,000,000 files")
    parser.add_argument("--quick", action="store_true", help="a few cases: to see that it runs, not what it says")
    options = parser.parse_args()
    cases = 4 if options.quick else 40
    lines: list[Line] = []
    for dialect in ("postgresql",) if options.million else ("postgresql", "sqlite"):
        with bench_folder() as folder:
            url = database(folder, dialect)
            lines += _cases(url, dialect, cases, folder)
            lines += bulk(url, dialect, folder, quick=options.quick)
            lines += reads(url, dialect, options.quick)
            sizes = (10_000, 1_000_000) if options.million else (10_000, 100_000)
            lines += grow(url, dialect, (200, 400) if options.quick else sizes)
    print(show(lines))


def _cases(url: str, dialect: str, cases: int, folder: Path) -> list[Line]:
    one = [(run(url, "ours", 1, cases, folder), run(url, "floor", 1, cases, folder)) for _ in range(ROUNDS)]
    eight = [(run(url, "ours", 8, cases, folder), run(url, "floor", 8, cases, folder)) for _ in range(ROUNDS)]
    must_one, must_eight = (0.50, 0.45) if dialect == "postgresql" else (0.20, 0.20)
    lines = [
        Line(
            dialect, "case through the services, 1 client", _ratio(one, lambda r: r.rate), f">= {must_one}", _shown(one)
        ),
        Line(
            dialect,
            "case through the services, 8 clients",
            _ratio(eight, lambda r: r.rate),
            f">= {must_eight}",
            _shown(eight),
        ),
    ]
    if dialect == "postgresql":
        lines += [
            Line(dialect, "p99 of an action, 8 clients", _ratio(eight, lambda r: r.p99), "<= 2.5", _p99(eight)),
            Line(dialect, "machine processor a case, 8 clients", _ratio(eight, lambda r: r.processor), "<= 2.0", ""),
        ]
    else:
        slowest = statistics.median(ours.p99 for ours, _ in eight) * 1000
        lines.append(Line(dialect, "p99 of an action, 8 writers (ms)", slowest, "<= 250", _p99(eight)))
    return lines


def _ratio(pairs: list[tuple[Run, Run]], measure: Callable[[Run], float]) -> float:
    return statistics.median(measure(ours) / measure(floor) for ours, floor in pairs)


def _shown(pairs: list[tuple[Run, Run]]) -> str:
    ours, floor = (statistics.median(pair[side].rate for pair in pairs) for side in (0, 1))
    return f"{ours:.1f} and {floor:.1f} cases/s"


def _p99(pairs: list[tuple[Run, Run]]) -> str:
    ours, floor = (statistics.median(pair[side].p99 for pair in pairs) * 1000 for side in (0, 1))
    return f"{ours:.1f} and {floor:.1f} ms"


if __name__ == "__main__":
    main()
