"""The guards of acts on an award, each at its edge: whose decision it is, one correction at a time, two persons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.workflows.rules.edges import PM, PROVINCE, Deed, Edge, one
from tests.unit.workflows.rules.world import UNITS, accepted, at, case
from workflows import Refused

HEAD, DEPUTY, CLERK = at("chairman", "head"), at("chairman", "deputy"), at("chairman", "clerk")
ANNUL = Deed("awarded", "annul", HEAD)
REISSUE = Deed("awarded", "reissue", HEAD)
PROPOSE = Deed("awarded", "propose_correction", CLERK)
APPROVE = Deed("awarded", "approve_correction", HEAD)
DECLINE = Deed("awarded", "decline_correction", HEAD)
NUMBER_IT = Deed("annulled", "number_act", CLERK)
ISSUE = Deed("chairman.number", "number", CLERK)
WAITS = {"correction_by": 1}

EDGES = [
    Edge("correction_open", PROPOSE, WAITS),
    Edge("correction_open", ISSUE, WAITS),
    Edge("correction_not_proposed", APPROVE, {}, WAITS),
    Edge("correction_not_proposed", DECLINE, {}, WAITS),
    Edge("correction_same_person", APPROVE, {"correction_by": HEAD.person}, {"correction_by": CLERK.person}),
    Edge("nothing_to_number", NUMBER_IT, {}, {"unnumbered": True}),
    Edge(
        "signer_may_not_sign", replace(ANNUL, actor=CLERK), {}, {}, {"signer": one("board", "head")}, {"signer": HEAD}
    ),
    Edge("signer_may_not_sign", replace(ANNUL, actor=CLERK), {}, {}, {}, {"signer": DEPUTY}),
]


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_edge(edge: Edge) -> None:
    edge.check()


def test_what_the_centre_decided_is_annulled_by_the_centre() -> None:
    head = at("central", "head")
    for deed in (ANNUL, REISSUE):
        assert replace(deed, actor=head, flow=PM).put({}, {}) == Refused("centre_decides")
        assert deed.put({}, {}) is None
    record = Deed("awarded", "record_central_annulment", at("central", "clerk"), flow=PM)
    assert record.put({}, {}) is None
    assert replace(record, actor=CLERK, flow=PROVINCE).put({}, {}) == Refused("decided_here")
    assert Deed("awarded", "propose_annulment", HEAD, flow=PM).put({}, {}) is None


def test_the_head_who_signs_on_paper_takes_the_side_and_the_recorder_none() -> None:
    signed = accepted(PROVINCE, case(PROVINCE, "awarded"), CLERK, "annul", signer=DEPUTY)
    assert {join.person for join in signed.joins} == {DEPUTY.person}
    assert (signed.duty, signed.side, signed.post and signed.post.duty) == ("decide", "decides", "clerk")
    assert signed.to_state == "annulled"
    assert signed.next_step is None


def test_whoever_is_in_conflict_keeps_out_signing_recording_and_proposing() -> None:
    for actor, action, more in (
        (HEAD, "annul", {}),
        (CLERK, "annul", {"signer": HEAD}),
        (CLERK, "propose_correction", {}),
        (HEAD, "reissue", {}),
    ):
        deed = Deed("awarded", action, actor, more)
        assert deed.put({"conflicted": frozenset({actor.person})}, {}) == Refused("declared_conflict")
        assert deed.put({"nominee_persons": frozenset({actor.person})}, {}) == Refused("is_nominee")
    mine = {"nominee_unit": UNITS["chairman"]}
    assert ANNUL.put(mine, {}) == Refused("own_unit_nominee")
    assert NUMBER_IT.put(mine | {"unnumbered": True}, {}) is None
