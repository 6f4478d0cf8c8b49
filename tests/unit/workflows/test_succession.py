"""Who takes over, and where a file goes on: the list is followed as far as it goes, and nothing is guessed."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nominations.reference import flow_deadlines, flow_papers
from workflows import Workflow
from workflows.flows import FlowKey, FlowValues, compose, read
from workflows.succession import Heir, Level, Link, enters_again, heir, landing, restack, signed_anew

WHOLE, PART = True, False


@cache
def flow(form: str, rule_set: str, tiers: int) -> Workflow:
    """A flow as it is first published."""
    key = FlowKey(form, rule_set, tiers)
    return read(compose(key, FlowValues(flow_papers(*key), flow_deadlines(*key))))


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ({1: [Link(2, "all", WHOLE)]}, Heir(2)),
        ({1: [Link(2, "all", WHOLE)], 2: [Link(3, "all", WHOLE)]}, Heir(3)),  # 2 has ended too
        ({1: [Link(2, "poverty", WHOLE), Link(4, "awards", WHOLE)]}, Heir(4)),
        ({1: [Link(4, "poverty", WHOLE), Link(4, "labour_merit", WHOLE)]}, Heir(4)),
        ({1: [Link(4, "poverty", WHOLE), Link(5, "labour_merit", WHOLE)]}, Heir(None, "several")),
        ({1: [Link(4, "all", PART), Link(5, "all", PART)]}, Heir(None, "several")),
        ({1: [Link(4, "all", PART)]}, Heir(None, "part")),
        ({1: [Link(None, "all", PART)]}, Heir(None, "no_successor")),
        ({}, Heir(None, "not_listed")),
        ({1: [Link(2, "all", WHOLE)], 2: [Link(1, "all", WHOLE)]}, Heir(None, "circle")),
    ],
)
def test_the_list_is_followed_to_its_end_and_never_beyond(links: dict[int, list[Link]], found: Heir) -> None:
    ended = {1, 2} if 2 in links else {1}
    assert heir(links, ended, 1) == found


def test_what_was_settled_for_a_file_goes_before_the_list() -> None:
    split = {1: [Link(4, "all", PART), Link(5, "all", PART)]}
    assert heir(split, {1}, 1, chosen={1: 5}) == Heir(5)
    assert heir(split, {1, 5}, 1, chosen={1: 5}) == Heir(None, "not_listed")
    assert heir(split, set(), 1) == Heir(1)


@pytest.mark.parametrize(
    ("form", "state", "entry", "to", "fault"),
    [
        ("BK-TINH", "district.appraisal", "commune", "board.intake", ""),
        ("BK-TINH", "district.number", "commune", "board.intake", ""),
        ("BK-TINH", "district.council.returned", "commune", "board.intake.returned", ""),
        ("BK-TTG", "district.appraisal.held", "commune", "board.intake.held", ""),
        ("BK-TINH", "district.signature", "district", None, "unsigned"),
        ("BK-TINH", "board.appraisal", "district", "board.appraisal", ""),
        ("BK-TINH", "commune.council", "commune", "commune.council", ""),
        ("BK-TINH", "draft", "commune", "draft", ""),
    ],
)
def test_where_a_file_goes_on(form: str, state: str, entry: str, to: str | None, fault: str) -> None:
    assert landing(flow(form, "R2", 3), flow(form, "R2", 2), state, entry) == (to, fault)


def test_a_form_without_an_issuer_goes_nowhere() -> None:
    before = flow("GK-HUYEN", "R2", 3)
    assert landing(before, None, "district.appraisal", "commune") == (None, "no_issuer")
    assert landing(before, None, "commune.appraisal", "commune") == (None, "no_issuer")


def test_a_number_that_cannot_be_given_any_more_leads_back_to_the_signature() -> None:
    after = flow("BK-TINH", "R2", 2)
    assert signed_anew(after, "board.number") == "board.signature"
    assert signed_anew(after, "board.number.held") == "board.signature.held"
    assert signed_anew(after, "board.appraisal") == "board.appraisal"
    assert enters_again(after, "commune", "district.council.returned") == "commune.intake.returned"


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["appraiser", "nominator"])), max_size=6))
def test_a_stack_never_lies_twice_on_one_desk_in_a_row(holders: list[tuple[int, str]]) -> None:
    levels = [Level(number, unit, duty) for number, (unit, duty) in enumerate(holders)]
    kept, closed = restack(levels)
    assert sorted([level.id for level in kept] + list(closed)) == [level.id for level in levels]
    assert all((a.unit, a.duty) != (b.unit, b.duty) for a, b in pairwise(kept))
    assert kept[:1] == tuple(levels[:1])  # the outermost, which has all that was asked for
