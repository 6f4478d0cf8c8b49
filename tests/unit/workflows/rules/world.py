"""A small province for the tests of the rules: its units, people with one post each, and cases in a given state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any, Literal

from workflows import Accepted, Act, Actor, Case, Delegation, Holder, Post, Refused, Seat, Tally, Workflow, decide
from workflows.flows import FlowKey, first_flows

TODAY = date(2024, 3, 4)
PROPOSER, STRANGER = 5, 99
UNITS: Mapping[str, int] = {"unit": 10, "commune": 20, "district": 30, "board": 40, "chairman": 50, "central": 60}
ELECTED = ("chair", "vice_chair", "standing", "member")
STANDS = Tally(members=9, agree=9, disagree=0, abstain=0, closed=True)
FAILED = Tally(members=9, agree=1, disagree=8, abstain=0, closed=True)
SECTIONS = ("nominee", "criteria", "report", "papers", "proposal")

_numbers = count(1000)


def flow(form: str, rule_set: str = "R2", tiers: int = 3) -> Workflow:
    """A first version by its short name."""
    return first_flows()[FlowKey(form, rule_set, tiers)]


def person(*posts: tuple[int, str], seats: tuple[tuple[int, str], ...] = ()) -> Actor:
    """A new person with posts and council seats, each as (unit, duty) or (unit, role)."""
    number = next(_numbers)
    return Actor(
        number,
        f"person-{number}",
        tuple(Post(f"post-{number}-{unit}-{duty}", unit, duty) for unit, duty in posts),
        tuple(Seat(f"seat-{number}-{unit}-{role}", unit, role) for unit, role in seats),
    )


def at(stage: str, duty: str, *others: tuple[str, str]) -> Actor:
    """A new person with a duty at the unit that is ``stage``, and other such posts."""
    return person(*((UNITS[name], what) for name, what in ((stage, duty), *others)))


def stand_in(giver: Actor, *forms: str, of: Actor | None = None) -> Actor:
    """Somebody (``of``, else a new person) to whom ``giver`` has delegated all their posts, for ``forms`` or all."""
    who = of if of is not None else person()
    reach = frozenset(forms) if forms else None
    delegated = tuple(
        Post(f"delegation-{post.ref}", post.unit, post.duty, Delegation(next(_numbers), giver, reach))
        for post in giver.posts
    )
    return replace(who, delegated=(*who.delegated, *delegated))


def seated(stage: str, role: str = "member") -> Actor:
    """A new person with nothing but a seat in the council of the unit that is ``stage``."""
    return person(seats=((UNITS[stage], role),))


def nominator() -> Actor:
    """A new nominator of the proposing unit."""
    return person((PROPOSER, "nominator"))


def case(workflow: Workflow, state: str, **facts: Any) -> Case:
    """A file in ``state`` against which nothing stands, with ``facts`` changed.

    It was proposed by a unit of its own that enters at the commune (or at the first stage there is); its open step
    waits for the first of its holders, and the vote of its council stands.
    """
    step = workflow.step_of(state)
    entry = facts.get("entry_stage", "commune" if "commune" in workflow.stages else next(iter(workflow.stages)))
    known: dict[str, Any] = {
        "code": "BD-2024-000001",
        "form": workflow.form,
        "state": state,
        "version": 7,
        "proposing_unit": PROPOSER,
        "entry_stage": entry,
        "path": {stage: UNITS.get(stage, 70) for stage in workflow.stages},
        "holder": Holder(UNITS.get(step.stage, 70), step.holders[0]) if step is not None else None,
        "letter_unit": None if state == "draft" else PROPOSER,
        "tally": STANDS if step is not None and step.kind.endswith("signature") else None,
    }
    return Case(**(known | facts))


def act(file: Case, action: str, **parts: Any) -> Act:
    """An act on the version the file has."""
    return Act(action, **({"seen": file.version} | parts))


def ask(workflow: Workflow, file: Case, actor: Actor, action: str, **parts: Any) -> Accepted | Refused:
    """Put an act to the rules on the day of the tests, with the version the file has."""
    today = parts.pop("today", TODAY)
    return decide(workflow, file, actor, act(file, action, **parts), today)


Answer = str | Literal["yes"]


def answer(workflow: Workflow, file: Case, actor: Actor, action: str, **parts: Any) -> Answer:
    """The guard that refuses, or "yes"."""
    decision = ask(workflow, file, actor, action, **parts)
    return decision.guard if isinstance(decision, Refused) else "yes"


def accepted(workflow: Workflow, file: Case, actor: Actor, action: str, **parts: Any) -> Accepted:
    """The acceptance of an act that must be accepted."""
    decision = ask(workflow, file, actor, action, **parts)
    assert isinstance(decision, Accepted), decision
    return decision


def after(file: Case, decision: Accepted) -> Case:
    """The file with what the act adds to its participations."""
    return replace(file, participations=file.participations + decision.joins)
