"""Members barred from a line: left out of the quorum's base or not as the flow says, never out of the threshold's."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.unit.workflows.rules.edges import CLOSE, PROVINCE
from tests.unit.workflows.rules.world import UNITS, case, person, seated
from workflows import Actor, Participation, Refused, Tally, Workflow
from workflows.catalogue import document
from workflows.flow import Ballot
from workflows.flows.read import _ballot
from workflows.quorum import Needs, needs

BALLOT = PROVINCE.stages["board"].ballot
COUNTED_IN = replace(BALLOT, barred_in_quorum=True)
TODAY = CLOSE.flow.valid_from


def reading(ballot: Ballot) -> Workflow:
    """The flow whose board's council counts that way."""
    stages = dict(PROVINCE.stages)
    stages["board"] = replace(stages["board"], ballot=ballot)
    return replace(PROVINCE, stages=stages)


def council(size: int) -> list[Actor]:
    return [seated("chairman") for _ in range(size)]


def close(ballot: Ballot, members: list[Actor], voted: int, barred: int) -> Refused | None:
    """Closing, the first ``voted`` members having voted and the last ``barred`` declared kin."""
    facts = {
        "seated": tuple(members[voted:]),
        "conflicted": frozenset(member.person for member in members[len(members) - barred :]),
        "tally": Tally(len(members), voted, 0, 0, closed=False),
    }
    return replace(CLOSE, flow=reading(ballot)).put(facts, {})


def test_two_of_five_barred_leave_a_quorum_of_two() -> None:
    """Two thirds of the three who may vote are two; of all five it would be four, which three can never make."""
    members = council(5)
    assert close(BALLOT, members, 1, 2) == Refused("ballots_missing", {"cast": "1", "quorum": "2"})
    assert close(BALLOT, members, 2, 2) is None
    unreachable = {"members": "5", "barred": "2", "free": "3", "quorum": "4"}
    assert close(COUNTED_IN, members, 3, 2) == Refused("quorum_unreachable", unreachable)


def test_where_those_left_are_enough_the_council_is_waited_for() -> None:
    members = council(5)
    assert close(COUNTED_IN, members, 3, 1) == Refused("ballots_missing", {"cast": "3", "quorum": "4"})
    assert close(COUNTED_IN, members, 4, 1) is None


def test_the_threshold_stays_over_all_members() -> None:
    """Two who agree are both who voted, and yet not more than half of five."""
    for ballot in (BALLOT, COUNTED_IN):
        assert not ballot.passed(2, 5)
        assert not ballot.passed(2, 5, barred=4)  # as the law says it: a share of all members
        assert replace(ballot, barred_in_threshold=False).passed(2, 5, barred=2)
        assert not replace(ballot, barred_in_threshold=False).passed(0, 2, barred=2)
        assert ballot.passed(3, 5)


def test_a_council_all_of_whose_members_are_barred_closes_nothing() -> None:
    assert close(BALLOT, council(5), 0, 5) == Refused(
        "quorum_unreachable", {"members": "5", "barred": "5", "free": "0", "quorum": "1"}
    )


def test_own_unit_and_another_side_bar_as_declared_kin_does() -> None:
    plain, of_unit, prepared = seated("chairman"), person((99, "clerk"), seats=((UNITS["chairman"], "member"),)), None
    prepared = seated("chairman")
    file = case(
        PROVINCE,
        "board.council",
        nominee_unit=99,
        seated=(plain, of_unit, prepared),
        participations=(Participation(prepared.person, "nominee_review", "nominee"),),
        tally=Tally(3, 0, 0, 0, closed=False),
    )
    assert needs(PROVINCE, file, TODAY) == Needs(BALLOT, 3, 2)


def test_nothing_is_needed_where_no_council_votes() -> None:
    assert needs(PROVINCE, case(PROVINCE, "board.appraisal"), TODAY) is None
    assert needs(PROVINCE, case(PROVINCE, "draft"), TODAY) is None


@pytest.mark.parametrize("members", range(1, 30))
def test_the_quorum_is_the_fewest_that_are_two_thirds_of_its_base(members: int) -> None:
    for barred in range(members):
        for ballot in (BALLOT, COUNTED_IN):
            base = members if ballot.barred_in_quorum else members - barred
            quorum = ballot.quorum(members, barred)
            assert Fraction(quorum, base) >= Fraction(2, 3)
            assert quorum == 1 or Fraction(quorum - 1, base) < Fraction(2, 3)


def test_the_value_is_data_with_its_mark_and_older_bytes_are_read_as_they_were() -> None:
    for raw in document("forms")["ballots"].values():
        assert raw["barred_in_quorum"] is False
        assert "[practice]" in raw["quorum_source"]
        old = {name: value for name, value in raw.items() if name not in {"barred_in_quorum", "quorum_source"}}
        assert _ballot(old).barred_in_quorum
    assert not BALLOT.barred_in_quorum
    assert BALLOT.quorum_source == "[memory], [practice]"
