"""Whose desk an open task lies on: a task is addressed to a duty at a unit, and some duties share a desk."""

from __future__ import annotations

from typing import NamedTuple

from nominations.queries.actors import SEES_NO_FILE, Viewer

SHARED = {"deputy": ("head", "%.signature")}
"""A duty -> whose tasks it may take too, and at which steps: a deputy signs what is addressed to the head."""


class Desk(NamedTuple):
    """Tasks of a duty at a unit; ``step`` narrows them to one kind, substitutes' own tasks left out."""

    unit_id: int
    duty: str
    step: str = ""

    @property
    def holds(self) -> str:
        """The condition on tasks ``t`` that they lie here."""
        here = f"t.unit_id = {int(self.unit_id)} AND t.duty = '{self.duty}'"
        return f"{here} AND NOT t.substitute AND t.step LIKE '{self.step}'" if self.step else here


def desks(viewer: Viewer) -> tuple[Desk, ...]:
    """The desks of everybody's posts, delegated ones too, none twice."""
    found: dict[tuple[int, str], Desk] = {}
    for post in viewer.works:
        if post.duty not in SEES_NO_FILE:
            found[post.unit_id, post.duty] = Desk(post.unit_id, post.duty)
    for post in viewer.posts:
        if post.duty in SHARED:
            duty, step = SHARED[post.duty]
            found.setdefault((post.unit_id, duty), Desk(post.unit_id, duty, step))
    return tuple(found.values())


def on_my_desk(viewer: Viewer) -> str:
    """The condition on tasks ``t`` that they wait for one of the viewer's posts."""
    mine = " OR ".join(f"({desk.holds})" for desk in desks(viewer))
    return f"({mine})" if mine else "1 = 0"
