"""Every value that leaves the loaders carries a mark, and every mark is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from itertools import chain

from nominations import reference
from nominations.reference.reasons import KINDS
from nominations.reference.sources import checked_mark

EVERYTHING: tuple[Iterable[object], ...] = (
    reference.load_units(),
    reference.load_successions(),
    reference.load_councils(),
    reference.load_holidays(),
    reference.load_award_forms(),
    reference.load_rule_sets(),
    reference.load_legal_values(),
    reference.load_papers(),
    reference.load_copies(),
    reference.load_deadlines(),
    reference.load_total_deadlines(),
    reference.load_reply_deadlines(),
    reference.load_rounds(),
    reference.load_milestones(),
    reference.load_report_settings(),
    reference.load_targets(),
    (reference.load_movement(),),
    *(reference.load_reasons(kind) for kind in KINDS),
    reference.load_limits(),
)


def walk(value: object) -> Iterator[object]:
    if is_dataclass(value):
        yield value
        for field in fields(value):
            yield from walk(getattr(value, field.name))
    elif isinstance(value, tuple):
        yield from chain.from_iterable(walk(item) for item in value)


def test_every_value_has_a_known_mark() -> None:
    marked = 0
    for value in walk(tuple(chain.from_iterable(EVERYTHING))):
        marks = {name: getattr(value, name) for name in getattr(value, "__slots__", ()) if name.endswith("source")}
        if isinstance(value, reference.Words | reference.UnitKey):
            continue
        assert marks, value
        for name, mark in marks.items():
            checked_mark(mark, f"{type(value).__name__} {name}")
            marked += 1
    assert marked > 900
