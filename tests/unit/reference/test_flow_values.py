"""Papers and deadlines composed into every flow: each is accepted, and no step is left without its days."""

from __future__ import annotations

import pytest

from nominations.reference import flow_deadlines, flow_opinions, flow_papers, load_rule_sets
from workflows.flows import FlowKey, FlowValues, compose, flow_keys, read
from workflows.flows.first import ruleset_on


@pytest.mark.parametrize("key", flow_keys(), ids=str)
def test_every_flow_takes_them(key: FlowKey) -> None:
    values = FlowValues(papers=flow_papers(*key), deadlines=flow_deadlines(*key), opinions=flow_opinions(*key))
    flow = read(compose(key, values))
    without_days = {step.state for step in flow.steps.values() if step.working_days is None}
    assert without_days <= {"central.pending"}
    assert {row["step"] for row in values.deadlines} <= set(flow.steps)
    assert {paper.needed_at for paper in flow.papers} <= {"draft", *flow.stages}
    assert any(paper.kind == "report" and paper.required for paper in flow.papers)


def test_no_district_on_a_route_of_two_tiers() -> None:
    for form in ("BK-TINH", "BK-TTG"):
        assert not any(row["needed_at"] == "district" for row in flow_papers(form, "R2", 2))
        assert not any(row["step"].startswith("district.") for row in flow_deadlines(form, "R2", 2))
        assert any(row["step"].startswith("district.") for row in flow_deadlines(form, "R2", 3))


def test_flows_and_reference_name_the_same_rule_set_on_the_days_it_changes() -> None:
    for rule_set in load_rule_sets():
        days = [day for day in (rule_set.valid_from, rule_set.valid_to) if day and day.year >= 2021]
        assert {ruleset_on(day) for day in days} == {rule_set.code}


@pytest.mark.parametrize("key", flow_keys(), ids=str)
def test_flows_cite_the_same_laws(key: FlowKey) -> None:
    (rules,) = [rule_set for rule_set in load_rule_sets() if rule_set.code == key.rule_set]
    cited = [(basis["citation"], basis["source"]) for basis in read(compose(key)).basis]
    assert cited == [(basis.citation, basis.source) for basis in rules.basis]
