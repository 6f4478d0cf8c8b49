"""The people around a random file, some with two hats, some in conflict, and the bytes that choose who does what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from tests.unit.workflows.rules.simulator import SECTIONS, Simulator, draft
from tests.unit.workflows.rules.world import PROPOSER, TODAY, UNITS, person, stand_in
from workflows import ACTIONS, Act, Actor, Criterion, Request, Workflow
from workflows.actions import belongs
from workflows.flows import first_flows
from workflows.model import Case

FLOWS = tuple(first_flows().values())
UNMET = (Criterion("1.3.5", "hard", met=False, explained=False),)
ALL = tuple(ACTIONS)
ONWARD = frozenset({
    "submit", "accept", "check", "recommend", "ballot", "record_counts", "confirm_counts", "close_ballot", "send_up",
    "award", "record_signature", "number", "record_central_result", "resubmit", "resume", "reconfirm",
})  # fmt: skip
DOWN = ("pass_down", "resubmit", "save", "pass_down")
ENDINGS = frozenset({"withdraw", "not_send_up", "not_award", "recall", "other_form"})
OUTCOMES = ("send_up", "award", "awarded", "send_up", "award", "awarded", "not_awarded", "not_award", None)


class Choice(NamedTuple):
    """Three bytes: what sort of thing happens, which of them, and by whom or how."""

    sort: int
    which: int
    how: int


def choices(chosen: bytes) -> Iterator[Choice]:
    """The choices of a run, three bytes each."""
    for at in range(0, len(chosen) - 2, 3):
        yield Choice(*chosen[at : at + 3])


def setting(chosen: bytes) -> Simulator:
    """A draft under one of the flows with its people; four bytes choose which, and who is in conflict."""
    form, way, near, kin = chosen
    workflow = FLOWS[form % len(FLOWS)]
    entries = sorted(set(workflow.entries.values()))
    entry = entries[way % len(entries)]
    proposer = UNITS[entry] if way >= 128 else PROPOSER
    people = (*_people(workflow, entry, proposer),)
    people = (*people, *_stand_ins(people, workflow.form))
    facts: dict[str, Any] = {"proposing_unit": proposer}
    if near % 4 == 1:
        facts["nominee_persons"] = frozenset({people[near % len(people)].person})
    if kin % 3 == 1:
        facts["conflicted"] = frozenset(people[(kin * k) % len(people)].person for k in (1, 2, 3))
    if kin % 5 == 1 and workflow.competent_stage != entry:
        facts["nominee_unit"] = proposer
    return Simulator(workflow, draft(workflow, entry, **facts), people)


def _people(workflow: Workflow, entry: str, proposer: int) -> Iterator[Actor]:
    """At every stage a person for each duty and one with many; a council of five; two who propose."""
    for stage, council in [(name, of.council) for name, of in workflow.stages.items()]:
        unit = UNITS[stage]
        for duty in ("appraiser", "secretary", "office", "clerk"):
            yield person((unit, duty))
        seats = ((UNITS[council], "vice_chair"),) if council in UNITS else ()
        yield person((unit, "head"), seats=seats)
        yield person((unit, "deputy"), seats=((unit, "member"),))
        yield person(*((unit, duty) for duty in ("appraiser", "secretary", "clerk", "deputy", "office")), seats=seats)
        for _ in range(2):
            yield person(seats=((unit, "member"),))
    yield person((proposer, "nominator"))
    yield person((proposer, "head"))
    yield person((proposer, "nominator"), (UNITS[entry], "appraiser"), (UNITS[entry], "deputy"))


def _stand_ins(people: tuple[Actor, ...], form: str) -> Iterator[Actor]:
    """For every fifth of the people somebody who does their work; some have work of their own, or other forms only."""
    for number, giver in enumerate(people[::5]):
        receiver = people[(number * 7 + 1) % len(people)] if number % 3 == 0 else None
        yield stand_in(giver, *((form,), (), ("GK-XX",))[number % 3], of=receiver if receiver is not giver else None)


def happens(case: Case, choice: Choice) -> Case:
    """Something nobody decided: a complaint, a criterion recomputed, a conflict declared; or nothing is left of it."""
    if choice.how % 3:
        return clear(case)
    things: tuple[dict[str, Any], ...] = (
        {"open_complaint": True},
        {"discipline_open": True},
        {"missing_papers": ("report",)},
        {"criteria": UNMET},
        {"requests": (*case.requests, waiting(case))},
        {"open_remarks": 1},
        {"conflicted": case.conflicted | {choice.how + 1000}},
        {"round_open": False},
    )
    return replace(case, **things[choice.which % len(things)])


def waiting(case: Case) -> Request:
    """An opinion that the file waits for, asked of a body outside."""
    stage = case.state.partition(".")[0]
    return Request(len(case.requests) + 1, "opinion", stage, None, TODAY, goes_on=False)


def clear(case: Case) -> Case:
    """The file with nothing against it but what people did and declared."""
    return replace(
        case,
        open_complaint=False,
        discipline_open=False,
        missing_papers=(),
        criteria=(),
        requests=(),
        open_remarks=0,
        round_open=True,
        correction_by=None,
    )


def asked(simulator: Simulator, choice: Choice) -> Act:
    """An act with good parts or bad: mostly one that leads on, else one that has its place here, sometimes any."""
    how = choice.how
    names = _names(simulator, choice)
    return Act(
        action=names[choice.which % len(names)],
        seen=simulator.case.version - (how % 31 == 0),
        outcome=OUTCOMES[how % len(OUTCOMES)],
        advice=("agree", "agree", "agree", "disagree", "abstain")[how % 5],
        mode="direct" if how % 6 == 0 else "chain",
        sections=SECTIONS[how % 5 : how % 5 + 2] if how % 16 else (),
        reason_code="other" if how % 4 else None,
        request=next((one.number for one in simulator.case.requests if one.open), None),
        signer=next((p for p in simulator.people if _may_sign(simulator, p, how)), None) if how % 5 else None,
    )


def _names(simulator: Simulator, choice: Choice) -> tuple[str, ...]:
    if choice.sort >= 245:
        return ALL
    here = tuple(name for name in ALL if belongs(simulator.workflow, simulator.case, name))
    if simulator.case.returns and simulator.case.returns[-1].holder.duty != "nominator":
        return DOWN
    forward = tuple(name for name in here if name in ONWARD)
    if choice.sort < 170 and forward:
        return forward
    return tuple(name for name in here if name not in ENDINGS or choice.how % 8 == 0) or here or ALL


def _may_sign(simulator: Simulator, candidate: Actor, how: int) -> bool:
    step = simulator.workflow.step_of(simulator.case.state)
    stage = step.stage if step is not None else simulator.workflow.deciding_stage.name
    duties = ("head", "deputy") if how % 2 else ("deputy",)
    return candidate.post_at(UNITS[stage], duties) is not None
