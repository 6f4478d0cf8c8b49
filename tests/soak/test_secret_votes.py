"""Secret ballots at random: however votes are exchanged among those who cast them, the database is the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.databases import Backend, Databases
from tests.integration.services.test_secret_ballots import VOTERS, differing, played

CHOICES = ("agree", "disagree", "abstain")
PLAYS = 25
VOTES = st.lists(st.tuples(st.sampled_from(CHOICES), st.sampled_from(CHOICES)), min_size=VOTERS, max_size=VOTERS)
ORDER = st.permutations(range(VOTERS))


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_it_is_the_same_however_votes_are_exchanged(
    databases: Databases, backend: Backend, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    @settings(max_examples=PLAYS, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
    @given(VOTES, ORDER, ORDER)
    def exchanged(votes: list[tuple[str, str]], first: list[int], second: list[int]) -> None:
        other = tuple((votes[first[n]][0], votes[second[n]][1]) for n in range(VOTERS))
        kept = [played(databases, backend, monkeypatch, said, secret=True) for said in (tuple(votes), other)]
        assert differing(*kept) == []

    exchanged()
    record_property("exchanges", PLAYS)
