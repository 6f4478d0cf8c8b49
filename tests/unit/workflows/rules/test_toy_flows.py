"""The engine on a made-up flow of two stages: nothing in it knows the province's names."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.workflows.rules.world import TODAY, answer, person
from workflows import Accepted, Act, Case, Holder, OpenReturn, Tally, Workflow, decide, open_actions, state_label
from workflows.arrows import states_of, transitions_of
from workflows.diagrams import mermaid
from workflows.flows import FlowKey, compose, read
from workflows.flows.compose import canonical
from workflows.machine import Facts, machine_of, next_state

GUILD, CROWN, PETITIONER = 1, 2, 3
UNIT_OF = {"guild": GUILD, "crown": CROWN}


def toy() -> Workflow:
    """A guild checks and writes; the crown hears its council and decides. A petition may go to the crown at once."""
    raw = json.loads(compose(FlowKey("GK-HUYEN", "R2", 3)))
    guild, crown = raw["stages"]
    steps = {step["name"]: step for step in guild["steps"]}
    guild |= {"name": "guild", "council": "guild", "next": "crown"}
    guild["steps"] = [steps["appraisal"], steps["signature"], steps["number"]]
    crown |= {"name": "crown", "council": "crown"}
    raw |= {"form": "MEDAL", "competent": "crown", "entries": {"journeyman": "guild", "petition": "crown"}}
    raw["label"] = {"vi": "Huy hiệu", "en": "Medal"}
    for pair in raw["pairs"]:
        pair["scopes"] = {}
    return read(canonical(raw))


TOY = toy()


def file(state: str, **facts: Any) -> Case:
    step = TOY.step_of(state)
    holder = Holder(UNIT_OF[step.stage], step.holders[0]) if step is not None else None
    known: dict[str, Any] = {"proposing_unit": PETITIONER, "entry_stage": "guild", "holder": holder}
    return Case("T-1", "MEDAL", state, 1, path=UNIT_OF, **(known | facts))


VOTED = Tally(3, 3, 0, 0, closed=True)
WALK: list[tuple[str, str, int, str, str, dict[str, Any]]] = [
    ("draft", "submit", PETITIONER, "nominator", "guild.appraisal", {}),
    ("guild.appraisal", "recommend", GUILD, "appraiser", "guild.signature", {}),
    ("guild.signature", "send_up", GUILD, "head", "guild.number", {"tally": VOTED}),
    ("guild.number", "number", GUILD, "clerk", "crown.intake", {}),
    ("crown.intake", "accept", CROWN, "appraiser", "crown.appraisal", {}),
    ("crown.appraisal", "recommend", CROWN, "appraiser", "crown.council", {}),
    (
        "crown.council",
        "close_ballot",
        CROWN,
        "secretary",
        "crown.signature",
        {"tally": Tally(3, 3, 0, 0, closed=False)},
    ),
    ("crown.signature", "award", CROWN, "head", "crown.number", {"tally": VOTED}),
    ("crown.number", "number", CROWN, "clerk", "awarded", {}),
]


@pytest.mark.parametrize(("state", "action", "unit", "duty", "to", "facts"), WALK, ids=[row[0] for row in WALK])
def test_a_file_climbs(state: str, action: str, unit: int, duty: str, to: str, facts: dict[str, Any]) -> None:
    decision = decide(TOY, file(state, **facts), person((unit, duty)), Act(action, seen=1), TODAY)
    assert isinstance(decision, Accepted)
    assert (decision.from_state, decision.to_state) == (state, to)
    assert decision.moves
    assert decision.next_step is TOY.steps.get(to)


def test_the_entry_chooses_the_way() -> None:
    submit = decide(
        TOY, file("draft", entry_stage="crown"), person((PETITIONER, "nominator")), Act("submit", seen=1), TODAY
    )
    assert isinstance(submit, Accepted)
    assert submit.to_state == "crown.intake"
    for entry in ("", "moon", "crown.intake"):
        assert next_state(TOY, "submit", Facts("draft", entry=entry)) is None


def test_a_recall_belongs_to_the_first_step_of_the_files_own_way() -> None:
    drafter = person((PETITIONER, "nominator"))
    assert answer(TOY, file("guild.appraisal"), drafter, "recall") == "yes"
    assert answer(TOY, file("crown.intake", entry_stage="crown"), drafter, "recall") == "yes"
    assert answer(TOY, file("crown.intake"), drafter, "recall") == "not_in_this_state"


def test_a_closed_ballot_that_stands_is_not_held_again() -> None:
    appraiser = person((CROWN, "appraiser"))
    for tally, to in (
        (None, "crown.council"),
        (VOTED, "crown.signature"),
        (replace(VOTED, stands=False), "crown.council"),
        (replace(VOTED, closed=False), "crown.council"),
    ):
        decision = decide(TOY, file("crown.appraisal", tally=tally), appraiser, Act("recommend", seen=1), TODAY)
        assert isinstance(decision, Accepted)
        assert decision.to_state == to


def test_resubmitting_pops_one_level() -> None:
    low, high = Holder(PETITIONER, "nominator"), Holder(GUILD, "appraiser")
    levels = tuple(OpenReturn("crown.appraisal", holder, "chain", ("report",)) for holder in (high, low))
    for stack, unit, duty, to in (
        (levels, PETITIONER, "nominator", "crown.appraisal.returned"),
        (levels[:1], GUILD, "appraiser", "crown.appraisal"),
    ):
        returned = file("crown.appraisal.returned", returns=stack, holder=stack[-1].holder)
        decision = decide(TOY, returned, person((unit, duty)), Act("resubmit", seen=1), TODAY)
        assert isinstance(decision, Accepted)
        assert decision.to_state == to
        assert decision.duty == ("propose" if duty == "nominator" else "record")


def test_one_machine_serves_all_files_of_a_version() -> None:
    assert machine_of(TOY) is machine_of(toy())
    assert machine_of(TOY) is not machine_of(read(compose(FlowKey("GK-HUYEN", "R2", 3))))
    machine = machine_of(TOY)
    assert set(machine.states) == set(states_of(TOY))
    assert not machine.models
    assert set(machine.events) == {arrow.action for arrow in transitions_of(TOY)}


def test_an_unknown_or_misplaced_event_has_no_arrow() -> None:
    assert next_state(TOY, "fly", Facts("draft")) is None
    assert next_state(TOY, "award", Facts("draft")) is None
    with pytest.raises(ValueError, match="nowhere"):  # a state of another flow is a bug, not a refusal
        next_state(TOY, "submit", Facts("nowhere", entry="guild"))
    with pytest.raises(KeyError):
        decide(TOY, file("draft"), person(), Act("fly", seen=1), TODAY)
    with pytest.raises(AttributeError):
        _ = Facts("draft").wings


def test_facts_are_thrown_away_and_nothing_is_kept_between_files() -> None:
    first, second = Facts("draft", entry="guild"), Facts("draft", entry="crown")
    assert next_state(TOY, "submit", first) == "guild.appraisal"
    assert next_state(TOY, "submit", second) == "crown.intake"
    assert not machine_of(TOY).models


def test_its_panel_and_its_drawing() -> None:
    lines = open_actions(TOY, file("guild.appraisal"), person((GUILD, "appraiser")), TODAY)
    assert {line.action for line in lines if line.allowed} == {
        "recommend",
        "return",
        "propose_hold",
        "ask_opinion",
        "other_form",
    }
    assert {line.action for line in lines if line.here} == {
        "recommend", "return", "approve_return", "propose_hold", "hold", "decline_hold", "reconfirm", "recall",
        "withdraw", "begin_posting", "end_posting", "ask_opinion", "reply_opinion", "record_reply", "remind_opinion",
        "withdraw_request", "other_form", "propose_anew", "end_without_competence",
    }  # fmt: skip
    here = [line.here for line in lines]
    assert here == sorted(here, reverse=True)
    assert state_label(TOY, "guild.appraisal", "en").startswith("Appraisal – ")
    assert "guild_appraisal --> guild_signature" in mermaid(TOY, "en")
