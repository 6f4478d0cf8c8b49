"""Whose desk an open task lies on: a task is addressed to a duty at a unit, and some duties share a desk."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, false, not_, or_

from nominations.models.work import Task
from nominations.queries.actors import SEES_NO_FILE, Viewer

SIGNATURES = ("%.signature",)
SHARED = {"deputy": ("head", SIGNATURES)}
"""A duty -> whose tasks it may take too, and at which steps: a deputy signs what is addressed to the head."""


class Desk(NamedTuple):
    """Tasks of a duty at a unit; ``steps`` narrows them to these, substitutes' own tasks left out."""

    unit_id: int
    duty: str
    steps: tuple[str, ...] = ()

    @property
    def holds(self) -> ColumnElement[bool]:
        """The condition on tasks that they lie here."""
        here = and_(Task.unit_id == self.unit_id, Task.duty == self.duty)
        if not self.steps:
            return here
        return and_(here, not_(Task.substitute), or_(*(Task.step.like(step) for step in self.steps)))


def desks(viewer: Viewer) -> tuple[Desk, ...]:
    """The desks of everybody's posts, none twice."""
    found: dict[tuple[int, str], Desk] = {}
    for post in viewer.posts:
        if post.duty not in SEES_NO_FILE:
            found[post.unit_id, post.duty] = Desk(post.unit_id, post.duty)
    for post in viewer.posts:
        if post.duty in SHARED:
            duty, steps = SHARED[post.duty]
            found.setdefault((post.unit_id, duty), Desk(post.unit_id, duty, steps))
    return tuple(found.values())


def on_my_desk(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on tasks that they wait for one of the viewer's posts."""
    mine = [desk.holds for desk in desks(viewer)]
    return or_(*mine) if mine else false()
