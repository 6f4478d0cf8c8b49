"""Random sequences of acts by a whole province of people: what must hold whatever they do."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.workflows.rules.crowd import FLOWS, asked, choices, happens, setting
from tests.unit.workflows.rules.relief import awaits_its_number, bring_to_an_end, can_be_withdrawn
from tests.unit.workflows.rules.simulator import Simulator
from tests.unit.workflows.rules.world import TODAY
from workflows import AFTER, ENDS, HELD, RETURNED, Accepted, Act, Actor, Delegation, open_actions, step_state
from workflows.actions import ACTIONS, HEADS_ACTS
from workflows.arrows import states_of, transitions_of
from workflows.model import Case

EXAMPLES = 10_000 if settings.get_current_profile_name() == "soak" else 300
ARROWS = {flow.sha256: {(a.action, a.source, a.to) for a in transitions_of(flow)} for flow in FLOWS}
STATES = {flow.sha256: set(states_of(flow)) for flow in FLOWS}
# What the panel cannot know beforehand: guards on the parts of the act.
OF_THE_PARTS = frozenset({
    "stale_version", "outcome_needed", "signer_may_not_sign", "reason_needed", "departure_needs_reason",
    "return_names_no_section", "section_closed",
})  # fmt: skip
ON_AN_AWARD = HEADS_ACTS | {
    "propose_annulment", "record_central_annulment", "propose_correction", "decline_correction", "number_act",
}  # fmt: skip
SEEN: Counter[str] = Counter()
DELEGATED: Counter[str] = Counter()


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(min_size=4, max_size=4), st.binary(min_size=150, max_size=360))
def run(scene: bytes, chosen: bytes) -> None:
    """One file's life, then its end."""
    simulator = setting(scene)
    for choice in choices(chosen):
        if choice.sort < 16:
            simulator.case = happens(simulator.case, choice)
            continue
        act = asked(simulator, choice)
        _try(simulator, act, choice.how)
        if choice.sort % 8 == 0:
            _panel_agrees(simulator, act, simulator.people[choice.how % len(simulator.people)])
        if simulator.case.state in ENDS - AFTER:
            break
    _ends_or_can(simulator)
    SEEN[simulator.case.state] += 1


def test_random_sequences(record_property: Any) -> None:
    began = time.perf_counter()
    SEEN.clear()
    DELEGATED.clear()
    run()
    record_property("sequences", SEEN.total())
    record_property("seconds", round(time.perf_counter() - began, 2))
    assert SEEN.total() >= EXAMPLES
    assert {"accept", "recommend", "close_ballot"} <= set(DELEGATED)


def _try(simulator: Simulator, act: Act, first: int) -> None:
    """The first of the people, from a random one on, whom the rules let; everybody before is refused for nothing."""
    people, before = simulator.people, simulator.case
    dicts = dict(before.path), dict(before.return_counts)  # all of a case that could change in place
    for turn in range(len(people)):
        answer = simulator.put(people[(first + turn) % len(people)], act)
        if isinstance(answer, Accepted):
            _moved_rightly(simulator, before.state, len(before.returns), answer)
            _was_lawful(simulator, before, act, answer)
            break
        assert simulator.case is before
        if answer.guard == "not_in_this_state":
            break
    assert dicts == (before.path, before.return_counts), "asking changed the file"


def _moved_rightly(simulator: Simulator, came_from: str, returns: int, answer: Accepted) -> None:
    case, flow = simulator.case, simulator.workflow
    _on_one_side(simulator)
    assert (answer.action, came_from, case.state) in ARROWS[flow.sha256], "no such arrow"
    assert case.state in STATES[flow.sha256]
    if case.state in ENDS:
        return
    assert case.state.endswith(RETURNED) == bool(case.returns), "the stack of returns and the state disagree"
    assert all(step_state(case.state) == level.from_state for level in case.returns)
    if answer.action == "resubmit":
        assert len(case.returns) == returns - 1, "resubmitting pops one level"
        assert case.state == (came_from if case.returns else came_from.removesuffix(RETURNED))
    if answer.action == "resume":
        assert case.state == came_from.removesuffix(HELD)


def _was_lawful(simulator: Simulator, before: Case, act: Act, answer: Accepted) -> None:
    """What no accepted act may be, said again without the rules' help."""
    if answer.post is not None and answer.post.delegation is not None:
        _was_delegated(before, act, answer, answer.post.delegation)
    if answer.duty in {"prepare", "vote", "chair", "sign", "decide"}:
        assert not {join.person for join in answer.joins if join.side != "nominee"} & before.nominee_persons
    if (act.outcome if act.action == "record_signature" else act.action) not in {"send_up", "award"}:
        return
    stage = before.state.partition(".")[0]
    awaited = any(one.holds_up(TODAY) for one in before.requests)
    assert not any((before.open_complaint, before.discipline_open, awaited, before.reconfirm, before.anew & {stage}))
    tally = before.tally
    stands = tally is not None and tally.closed and tally.stands
    if simulator.workflow.form == "BK-TTG" and before.state.startswith(("board", "chairman")):
        assert tally is not None
        assert stands
        assert tally.agree * 5 >= tally.members * 4
    elif tally is None or not stands or tally.agree * 2 <= tally.members:
        assert act.reason_code


def _was_delegated(before: Case, act: Act, answer: Accepted, delegation: Delegation) -> None:
    """Done for another: nothing that is never delegated, no other form, and whatever side is taken, both take it."""
    assert act.action not in {"ballot", "send_up", "not_send_up", "award", "not_award", "withdraw"}
    assert delegation.forms is None or before.form in delegation.forms
    if act.signer is not None:  # written down from a paper: the sides are the signer's, not the recorder's
        return
    if answer.duty in {"prepare", "sign", "decide"}:
        assert delegation.giver.person not in before.nominee_persons
        known = {(one.person, one.pair, one.side) for one in (*before.participations, *answer.joins)}
        taken = {(pair, side) for _, pair, side in known if (delegation.giver.person, pair, side) in known}
        joined = {(one.pair, one.side) for one in answer.joins if one.side != "nominee"}
        assert joined <= taken
        DELEGATED[act.action] += 1


def _on_one_side(simulator: Simulator) -> None:
    """The database's key: one side for each person and pair."""
    sides: dict[tuple[int, str], str] = {}
    for joined in simulator.case.participations:
        known = sides.setdefault((joined.person, joined.pair), joined.side)
        assert known == joined.side, f"{joined} is on two sides"
    assert len(set(simulator.case.participations)) == len(simulator.case.participations)


def _panel_agrees(simulator: Simulator, act: Act, actor: Actor) -> None:
    """The panel offers what the rules accept, and gives their reason for what they refuse."""
    lines = {line.action: line for line in open_actions(simulator.workflow, simulator.case, actor, TODAY)}
    assert set(lines) == set(ACTIONS)
    probe = Simulator(simulator.workflow, simulator.case, simulator.people)
    answer = probe.put(actor, act)
    line = lines[act.action]
    if isinstance(answer, Accepted):
        assert line.allowed, (act.action, line.refusal)
    elif line.allowed:
        outside = act.action in {"record_signature", *HEADS_ACTS}  # then it depends on who signed and what
        assert answer.guard in OF_THE_PARTS or outside, (act.action, answer)
    elif answer.guard not in OF_THE_PARTS and not (act.signer is not None and act.action in HEADS_ACTS):
        assert line.refusal == answer  # of an act recorded from a paper the reason may be its signer's
    if simulator.case.state in ENDS:
        assert {line.action for line in lines.values() if line.allowed} <= _still_done(simulator)


def _still_done(simulator: Simulator) -> frozenset[str]:
    """What an end still admits: of an award its annulment, correction, reissue and their number; of others nothing."""
    return {"awarded": ON_AN_AWARD, "annulled": frozenset({"number_act"})}.get(simulator.case.state, frozenset())


def _ends_or_can(simulator: Simulator) -> None:
    """An end admits only acts on an award; short of it the file can be withdrawn unless signed, and ends without."""
    if simulator.case.state in ENDS:
        for actor in simulator.people[::5]:
            lines = open_actions(simulator.workflow, simulator.case, actor, TODAY)
            assert {line.action for line in lines if line.allowed} <= _still_done(simulator)
        return
    assert can_be_withdrawn(simulator) != awaits_its_number(simulator)
    bring_to_an_end(simulator)
