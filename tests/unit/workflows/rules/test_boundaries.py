"""Figures at their edge: votes and quorums of every council size, a year to the day, rule sets and tiers by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.workflows.rules.edges import CLOSE, PM, SEND_UP
from tests.unit.workflows.rules.world import STANDS, answer, case, flow
from workflows import Award, Tally
from workflows.flows import first_flows, ruleset_on, tiers_on

MAJORITY = flow("BK-TINH").stages["board"].ballot
EIGHTY = PM.stages["board"].ballot
SIZES = range(1, 26)


class TestThresholds:
    """Over all members, exact: more than half, and eighty percent itself (facts 2.5)."""

    def test_more_than_half_by_hand(self) -> None:
        assert [MAJORITY.passed(agree, 10) for agree in (4, 5, 6)] == [False, False, True]
        assert [MAJORITY.passed(agree, 9) for agree in (4, 5)] == [False, True]
        assert [MAJORITY.passed(agree, 1) for agree in (0, 1)] == [False, True]

    def test_eighty_percent_by_hand(self) -> None:
        assert [EIGHTY.passed(agree, 10) for agree in (7, 8)] == [False, True]
        assert [EIGHTY.passed(agree, 15) for agree in (11, 12)] == [False, True]
        assert [EIGHTY.passed(agree, 22) for agree in (17, 18)] == [False, True]
        assert [EIGHTY.passed(agree, 9) for agree in (7, 8)] == [False, True]

    @pytest.mark.parametrize("members", SIZES)
    def test_every_council_and_count_against_fractions(self, members: int) -> None:
        for agree in range(members + 1):
            share = Fraction(agree, members)
            assert MAJORITY.passed(agree, members) == (share > Fraction(1, 2))
            assert EIGHTY.passed(agree, members) == (share >= Fraction(4, 5))

    def test_no_council_passes_nothing(self) -> None:
        assert not MAJORITY.passed(0, 0)
        assert not EIGHTY.passed(0, 0)

    def test_which_vote_binds_where(self) -> None:
        for key, found in first_flows().items():
            for name, stage in found.stages.items():
                high = key.form == "BK-TTG" and name in {"board", "chairman"}
                assert stage.ballot.binding == high
                assert (stage.ballot.threshold_percent, stage.ballot.strict) == ((80, False) if high else (50, True))

    def test_seven_of_nine_goes_up_for_the_province_and_not_for_the_prime_minister(self) -> None:
        seven = {"tally": replace(STANDS, agree=7, disagree=2)}
        assert SEND_UP.put(seven, {}) is None
        refused = SEND_UP.under(PM).put(seven, {"reason_code": "other"})
        assert refused is not None
        assert refused.params == {"percent": "80"}


class TestQuorum:
    """Two thirds of all members, rounded up."""

    def test_by_hand(self) -> None:
        assert [MAJORITY.quorum(members) for members in (1, 2, 3, 4, 5, 6, 7, 9, 22, 25)] == [
            1, 2, 2, 3, 4, 4, 5, 6, 15, 17,
        ]  # fmt: skip

    @pytest.mark.parametrize("members", SIZES)
    def test_is_the_fewest_that_are_two_thirds(self, members: int) -> None:
        quorum = MAJORITY.quorum(members)
        assert Fraction(quorum, members) >= Fraction(2, 3)
        assert Fraction(quorum - 1, members) < Fraction(2, 3)

    @pytest.mark.parametrize("members", SIZES)
    def test_closes_with_it_and_not_with_one_less(self, members: int) -> None:
        quorum = MAJORITY.quorum(members)
        assert CLOSE.put({"tally": Tally(members, quorum, 0, 0, closed=False)}, {}) is None
        missing = CLOSE.put({"tally": Tally(members, 0, quorum - 1, 0, closed=False)}, {})
        assert missing is not None
        assert missing.params == {"cast": str(quorum - 1), "quorum": str(quorum)}


def allowed(decided_on: date, today: date) -> bool:
    """Whether a letter for the Prime Minister's form may be signed on a day after a state-level award."""
    award = Award("BK-TTG", decided_on, "Giúp 30 hộ", state_level=True)
    return answer(PM, case(PM, "board.signature", past_awards=(award,)), SEND_UP.actor, "send_up", today=today) == "yes"


class TestWithinAYear:
    """No two state-level forms within a year (facts 2.8, L7): the same day of the next year is free again."""

    @pytest.mark.parametrize(
        ("decided_on", "first_free"),
        [
            (date(2023, 3, 5), date(2024, 3, 5)),
            (date(2023, 12, 31), date(2024, 12, 31)),
            (date(2023, 2, 28), date(2024, 2, 28)),
            (date(2024, 2, 28), date(2025, 2, 28)),
            (date(2024, 2, 29), date(2025, 3, 1)),  # the year of a leap day ends with the last of February
            (date(2023, 3, 1), date(2024, 3, 1)),
            (date(2024, 3, 1), date(2025, 3, 1)),
        ],
    )
    def test_to_the_day(self, decided_on: date, first_free: date) -> None:
        assert not allowed(decided_on, first_free - timedelta(days=1))
        assert allowed(decided_on, first_free)
        assert not allowed(decided_on, decided_on)

    @given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 800))
    def test_never_before_365_days_always_after_366(self, decided_on: date, later: int) -> None:
        free = allowed(decided_on, decided_on + timedelta(days=later))
        if later < 365:
            assert not free
        if later >= 366:
            assert free


class TestDays:
    """Rule sets (facts 0) and tiers of government (facts 3) change on their day."""

    @pytest.mark.parametrize(
        ("day", "rule_set", "tiers"),
        [
            (date(2017, 10, 1), "R1", 3),
            (date(2023, 12, 31), "R1", 3),
            (date(2024, 1, 1), "R2", 3),
            (date(2025, 6, 30), "R2", 3),
            (date(2025, 7, 1), "R3", 2),
            (date(2030, 1, 1), "R3", 2),
        ],
    )
    def test_change_on_their_day(self, day: date, rule_set: str, tiers: int) -> None:
        assert (ruleset_on(day), tiers_on(day)) == (rule_set, tiers)

    def test_before_the_first_there_is_none(self) -> None:
        with pytest.raises(LookupError, match="2017-09-30"):
            ruleset_on(date(2017, 9, 30))
        with pytest.raises(LookupError, match="2017-09-30"):
            tiers_on(date(2017, 9, 30))

    def test_a_flow_is_valid_while_its_law_and_its_route_are(self) -> None:
        valid = {(k.rule_set, k.tiers): (f.valid_from, f.valid_to) for k, f in first_flows().items()}
        assert valid == {
            ("R1", 3): (date(2017, 10, 1), date(2023, 12, 31)),
            ("R2", 3): (date(2024, 1, 1), date(2025, 6, 30)),
            ("R2", 2): (date(2025, 7, 1), None),  # finishes what came in before that day
            ("R3", 2): (date(2025, 7, 1), None),
        }
