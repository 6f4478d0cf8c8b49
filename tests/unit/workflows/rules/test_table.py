"""Every state, action and role of every flow, against a table written by hand."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from tests.unit.workflows.rules import oracle
from tests.unit.workflows.rules.world import ELECTED, PROPOSER, STRANGER, TODAY, UNITS, case, flow, person
from workflows import Accepted, Act, Actor, Case, Hold, Holder, OpenReturn, Posting, Request, Tally, Workflow, decide
from workflows.actions import ACTIONS
from workflows.arrows import states_of
from workflows.flows import flow_keys
from workflows.gates import OF_REQUESTS

FLOWS = [(form, rule_set, tiers) for form, versions in oracle.RULES.items() for rule_set, tiers in versions]
DUTIES = ("nominator", "appraiser", "secretary", "head", "deputy", "office", "clerk", "asked_body", "supervisor")
NO_DUTIES_IN_A_FILE = ("auditor", "admin")
SEATS = (*ELECTED, "secretary")
YESTERDAY = TODAY - timedelta(days=1)
OPEN = Tally(members=9, agree=0, disagree=0, abstain=0, closed=False)
COUNTED = Tally(members=9, agree=7, disagree=1, abstain=1, closed=False, counted_by=1, counts_confirmed=False)
WHOLE = Tally(members=9, agree=7, disagree=1, abstain=1, closed=False)


class Role(NamedTuple):
    """A person with one post or one seat, or none."""

    actor: Actor
    duty: str
    unit: int
    seat: bool


class Setting(NamedTuple):
    """One flow, entered at one stage: the route and the units that play a part."""

    workflow: Workflow
    route: Mapping[str, str]
    entry: str
    proposer: int
    roles: tuple[Role, ...]


def test_the_flows_are_those_of_the_table() -> None:
    assert sorted(tuple(key) for key in flow_keys()) == sorted(FLOWS)


@pytest.mark.parametrize(("form", "rule_set", "tiers"), FLOWS)
def test_a_flow_has_the_states_of_its_routes_and_no_other(form: str, rule_set: str, tiers: int) -> None:
    route = oracle.ROUTES[form, tiers]
    expected = {state for entry in _entries(route) for state in oracle.states_on(route, entry)}
    assert set(states_of(flow(form, rule_set, tiers))) == expected


def test_the_table_asks_for_every_action() -> None:
    assert {question.partition(":")[0] for question in oracle.QUESTIONS} == set(ACTIONS)


@pytest.mark.parametrize(("form", "rule_set", "tiers"), FLOWS)
def test_every_state_action_and_role(form: str, rule_set: str, tiers: int, record_property: Any) -> None:
    began, asked = time.perf_counter(), 0
    route = oracle.ROUTES[form, tiers]
    workflow = flow(form, rule_set, tiers)
    for entry in _entries(route):
        for proposer in (PROPOSER, UNITS[entry]):
            setting = Setting(workflow, route, entry, proposer, tuple(_roles(oracle.path_from(route, entry))))
            for state in _states(setting):
                for question in oracle.QUESTIONS:
                    asked += _compare(setting, state, question)
    assert asked > 10_000
    record_property("asked", asked)
    record_property("seconds", round(time.perf_counter() - began, 2))


def _states(setting: Setting) -> Iterator[str]:
    """All states by the longest way in; by the others, and for a unit that proposes to itself, those that differ."""
    path = oracle.path_from(setting.route, setting.entry)
    longest = max((oracle.path_from(setting.route, entry) for entry in _entries(setting.route)), key=len)
    everything = setting.proposer == PROPOSER and path == longest
    differs = ("draft", *path[: 1 if setting.proposer != PROPOSER else 2])
    for state in oracle.states_on(setting.route, setting.entry):
        if everything or state.startswith(differs):
            yield state


def _compare(setting: Setting, state: str, question: str) -> int:
    """Ask for every role and compare; returns how many were asked."""
    workflow, place = setting.workflow, oracle.place_of(setting.route, state)
    action, _, outcome = question.partition(":")
    row = oracle.row_of(place, question, setting.entry)
    here = row or _sibling(place, action)
    file = _file(setting, state, action)
    signer = _signer(setting.route, place)
    act = Act(action, seen=file.version, outcome=outcome or None, sections=("report",), reason_code="r", signer=signer)
    act = replace(act, request=1 if file.requests else None)
    may = {role.actor.person for role in setting.roles if here and _may(setting, file, place, here, role)}
    of_the_centre = here is not None and all(who.endswith("@sender") for who in here.who)
    assert may or not here or of_the_centre, f"nobody may {question} in {state}"
    leads = oracle.leads_to(setting.route, state, place, row.leads, setting.entry) if row else ""
    waiting = _waiting(setting, file, place)
    for role in setting.roles:
        found = decide(workflow, file, role.actor, act, TODAY)
        got = (found.to_state, found.post and found.post.unit) if isinstance(found, Accepted) else found.guard
        if here is None:
            expected: object = "not_in_this_state"
        elif role.actor.person not in may:
            expected = "not_your_post" if role.unit in waiting else "not_your_unit"
        elif row is None:
            expected = "outcome_needed"
        elif row.leads.startswith("!"):
            expected = row.leads.removeprefix("!")
        elif question == "pass_down" and file.returns[-1].holder.duty == "nominator":
            expected = "nobody_below"
        else:
            expected = (leads, role.unit)
        assert got == expected, (workflow.key, setting.entry, state, question, role.duty, role.unit)
    return len(setting.roles)


def _sibling(place: oracle.Place, action: str) -> oracle.Row | None:
    """The row of the same action with another outcome: the action belongs here, only the outcome does not."""
    rows = (row for (kind, question), row in oracle.ROWS.items() if _records(kind, question, place.kind, action))
    return next(rows, None)


def _records(kind: str, question: str, place: str, action: str) -> bool:
    return kind == place and question.startswith(f"{action}:")


def _may(setting: Setting, file: Case, place: oracle.Place, row: oracle.Row, role: Role) -> bool:
    """Whether the table lets a role: one of its ``duty@place`` is the role's."""
    where: dict[str, Any] = {"proposer": setting.proposer, "letter": file.letter_unit, "attester": UNITS[setting.entry]}
    where["asked"] = STRANGER
    if place.step:
        where["here"] = UNITS[place.stage]
        where["council"] = _council(place.stage)
    decides = _decides(setting.route)
    where["issuer"] = UNITS[decides]
    where["sender"] = {UNITS[stage] for stage, leads in setting.route.items() if leads == decides == "central"}
    for who in row.who:
        duty, _, there = who.partition("@")
        if who == "holder@return":
            holder = file.returns[-1].holder
            if not role.seat and (role.duty, role.unit) == (holder.duty, holder.unit):
                return True
        elif role.unit in ({where[there]} if there != "sender" else where[there]) and _is(duty, place, role):
            return True
    return False


def _is(duty: str, place: oracle.Place, role: Role) -> bool:
    if duty == "seat":
        return role.seat and role.duty in ELECTED
    recorders = ("clerk",) if place.kind.startswith("central") else ("office", "clerk")
    named = {"holder": place.holders, "recorder": recorders}.get(duty, (duty,))
    return not role.seat and role.duty in named


def _decides(route: Mapping[str, str]) -> str:
    return next(stage for stage, leads in route.items() if leads == "awarded")


def _council(stage: str) -> int:
    """The provincial council sits at the Chairman's unit and hears the board's files."""
    return UNITS["chairman" if stage == "board" else stage]


def _waiting(setting: Setting, file: Case, place: oracle.Place) -> set[int | None]:
    """The units that have, or had last, something to do with the file."""
    units: set[int | None] = {setting.proposer, file.letter_unit}
    if place.step:
        units |= {UNITS[place.stage], _council(place.stage)}
    if file.state in {"awarded", "annulled"}:
        units.add(UNITS[_decides(setting.route)])
    if file.holder is not None:
        units.add(file.holder.unit)
    return units


def _file(setting: Setting, state: str, action: str) -> Case:
    """A file in ``state`` with the facts that leave the action's own guard satisfied."""
    place = oracle.place_of(setting.route, state)
    path = oracle.path_from(setting.route, setting.entry)
    below = path[path.index(place.stage) - 1] if place.stage in path[1:] else None
    facts: dict[str, Any] = {
        "entry_stage": setting.entry,
        "round_kind": "final",
        "proposing_unit": setting.proposer,
        "letter_unit": None if state == "draft" else UNITS[below] if below else setting.proposer,
    }
    if place.parked == "returned":
        holder = Holder(UNITS[below], "appraiser") if below else Holder(setting.proposer, "nominator")
        back = OpenReturn(f"{place.stage}.{place.step}", holder, "chain", ("report",))
        facts |= {"returns": (back,), "holder": holder, "return_counts": {place.stage: 1}}
    if place.parked == "held":
        facts |= {"hold": Hold(1, approved=True), "holder": None}
    return case(setting.workflow, state, **(facts | _satisfying(action, place, setting.entry)))


def _satisfying(action: str, place: oracle.Place, entry: str) -> dict[str, Any]:
    """The facts an action needs beside the right person."""
    needs: dict[str, dict[str, Any]] = {
        "approve_return": {"return_counts": {place.stage: 1}},
        "hold": {"hold": Hold(1, approved=False)},
        "decline_hold": {"hold": Hold(1, approved=False)},
        "reconfirm": {"reconfirm": (entry,)},
        "ballot": {"tally": OPEN},
        "record_counts": {"tally": OPEN},
        "confirm_counts": {"tally": COUNTED},
        "close_ballot": {"tally": WHOLE},
        "reopen_ballot": {"tally": replace(WHOLE, closed=True)},
        "begin_posting": {"posting": Posting()},
        "end_posting": {"posting": Posting(begun=True, until=YESTERDAY)},
        "approve_correction": {"correction_by": 1},
        "decline_correction": {"correction_by": 1},
        "number_act": {"unnumbered": True},
    }
    asked = STRANGER if action == "reply_opinion" else None
    waits = Request(1, "opinion", place.stage, asked, TODAY, goes_on=False)
    about_requests = {name: {"requests": (waits,)} for name in OF_REQUESTS}
    return (needs | about_requests).get(action, {})


def _signer(route: Mapping[str, str], place: oracle.Place) -> Actor | None:
    """Whoever signed on paper: the head of the stage, of an award the head who decided it."""
    if place.kind in {"letter", "award"}:
        return person((UNITS[place.stage], "head"))
    return person((UNITS[_decides(route)], "head")) if place.kind in {"issue", "awarded", "central"} else None


def _roles(path: tuple[str, ...]) -> Iterator[Role]:
    """One person for every duty and seat at every unit of the path, the proposing unit and a stranger's; and nobody."""
    units = [PROPOSER, STRANGER, *(UNITS[stage] for stage in path)]
    for unit in units:
        for duty in (*DUTIES, *NO_DUTIES_IN_A_FILE):
            yield Role(person((unit, duty)), duty, unit, seat=False)
        for seat in SEATS:
            yield Role(person(seats=((unit, seat),)), seat, unit, seat=True)
    yield Role(person(), "", 0, seat=False)


def _entries(route: Mapping[str, str]) -> list[str]:
    return [entry for entry in oracle.ENTRIES if entry in route]
