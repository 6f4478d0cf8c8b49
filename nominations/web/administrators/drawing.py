"""Draws a flow as lines and boxes: a band for each stage, its steps from left to right, a lane at the left leads on.

Only places and words are worked out here; the template writes the SVG, and a table beside it says the same.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workflows import Stage, Step, Workflow

LABEL, LANES = 158, 40  # widths left of the boxes, in units of the drawing
WIDTH, HEIGHT, GAP, ROW = 150, 60, 20, 106
TOP = 26  # room over the first band, for the arc past a council
LINE = 15  # from one line of text to the next
BOX_LETTERS, LABEL_LETTERS = 19, 22


@dataclass(frozen=True, slots=True)
class Words:
    """Some lines of text with the place of their first one."""

    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A step: its place, its name, who holds it and how many working days it has."""

    x: int
    y: int
    state: str
    lines: tuple[str, ...]
    holder: str
    days: int | None

    @property
    def middle(self) -> int:
        """Half its height down."""
        return self.y + HEIGHT // 2

    @property
    def centre(self) -> int:
        """Half its width along."""
        return self.x + WIDTH // 2


@dataclass(frozen=True, slots=True)
class Line:
    """A way between boxes; ``kind`` is step, climb, past (a council whose vote still stands) or end."""

    points: str
    kind: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything to draw, on a sheet of ``width`` by ``height``."""

    width: int
    height: int
    bands: tuple[int, ...]  # the top of each stage's band
    labels: tuple[Words, ...]
    entries: tuple[Words, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    end: Words

    box_width: int = WIDTH
    box_height: int = HEIGHT
    line: int = LINE
    row: int = ROW


def draw(workflow: Workflow, lang: str, duty: Callable[[str], str], entry: str, ends: tuple[str, ...]) -> Drawing:
    """The drawing of a flow; ``duty`` names a duty, ``entry`` and ``ends`` are the words at its beginning and end."""
    stages = list(workflow.stages.values())
    rows = {stage.name: [_box(step, row, column, lang, duty) for column, step in enumerate(stage.steps)]
            for row, stage in enumerate(stages)}  # fmt: skip
    last = rows[next(stage.name for stage in stages if stage.deciding)][-1]
    end = Words(last.x + WIDTH + GAP, last.middle - LINE * (len(ends) - 1) // 2 + 4, ends)
    longest = max(len(boxes) for boxes in rows.values())
    return Drawing(
        width=max(LABEL + LANES + longest * (WIDTH + GAP), end.x + WIDTH),
        height=TOP + len(stages) * ROW,
        bands=tuple(TOP + row * ROW - 14 for row in range(len(stages))),
        labels=tuple(_label(stage, row, lang) for row, stage in enumerate(stages)),
        entries=tuple(Words(rows[name][0].x, rows[name][0].y - 5, (entry,)) for name in _entered(workflow)),
        boxes=tuple(box for boxes in rows.values() for box in boxes),
        lines=tuple(_lines(workflow, rows, end)),
        end=end,
    )


def _box(step: Step, row: int, column: int, lang: str, duty: Callable[[str], str]) -> Box:
    x, y = LABEL + LANES + column * (WIDTH + GAP), TOP + row * ROW
    lines = tuple(textwrap.wrap(step.label[lang], BOX_LETTERS))[:2]
    return Box(x, y, step.state, lines, duty(step.holders[0]), step.working_days)


def _label(stage: Stage, row: int, lang: str) -> Words:
    lines = tuple(textwrap.wrap(stage.label[lang], LABEL_LETTERS))
    return Words(4, TOP + row * ROW + HEIGHT // 2 + 4 - LINE * (len(lines) - 1) // 2, lines)


def _entered(workflow: Workflow) -> list[str]:
    return sorted(set(workflow.entries.values()))


def _lines(workflow: Workflow, rows: dict[str, list[Box]], end: Words) -> Iterator[Line]:
    order = list(rows)
    for stage in workflow.stages.values():
        boxes = rows[stage.name]
        for one, other in itertools.pairwise(boxes):
            yield Line(f"M{one.x + WIDTH} {one.middle}H{other.x}", "step")
        yield from _past_council(stage, boxes)
        if stage.next is not None:
            skipped = order.index(stage.next) - order.index(stage.name) - 1
            yield _climb(boxes[-1], rows[stage.next][0], LABEL + LANES - 12 - min(skipped, 2) * 10)
        if stage.deciding:
            yield Line(f"M{boxes[-1].x + WIDTH} {boxes[-1].middle}H{end.x}", "end")


def _climb(last: Box, first: Box, lane: int) -> Line:
    """Out under the last box, along the foot of the band to the lane, and into the first box of the next stage."""
    foot = last.y + HEIGHT + 13
    return Line(f"M{last.centre} {last.y + HEIGHT}V{foot}H{lane}V{first.middle}H{first.x}", "climb")


def _past_council(stage: Stage, boxes: list[Box]) -> Iterator[Line]:
    """The short way a file takes when the council's vote on this very content still stands."""
    for number, step in enumerate(stage.steps):
        if step.kind == "council" and 0 < number < len(boxes) - 1:
            before, after = boxes[number - 1], boxes[number + 1]
            yield Line(f"M{before.centre + 30} {before.y}V{before.y - 9}H{after.centre - 30}V{after.y}", "past")
