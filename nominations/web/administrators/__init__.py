"""The pages of administrators: accounts, councils, units, rounds, flows, calendar, figures of the law; never a file."""

from nominations.web.administrators import (
    ballot_rules,
    calendar,
    councils,
    delegations,
    flows,
    jobs,
    past_awards,
    people,
    posting,
    posts,
    publishing,
    quotas,
    readings,
    rounds,
    seats,
    units,
    values,
)
from nominations.web.administrators.blueprint import PLACES, blueprint

__all__ = [
    "PLACES",
    "ballot_rules",
    "blueprint",
    "calendar",
    "councils",
    "delegations",
    "flows",
    "jobs",
    "past_awards",
    "people",
    "posting",
    "posts",
    "publishing",
    "quotas",
    "readings",
    "rounds",
    "seats",
    "units",
    "values",
]
