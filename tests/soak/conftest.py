"""The profile of the soak, loaded before its tests are, and the figures they leave in `docs/figures.md`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.soak.figures import write_section

# The modules that are run at full size ask for the profile's name; each says for itself how much that is.
settings.register_profile("soak", deadline=None, database=None, print_blob=True)
settings.load_profile("soak")

MEASURES = {
    "test_random_sequences": "random sequences through the pure rules",
    "test_every_state_action_and_role": "pairs of state, action and role, every flow",
    "test_whatever_people_press": "random sequences through the services",
    "test_one_of_many_who_press_at_once_acts": "races for one action, 200 times each: exactly one acts",
    "test_a_double_click_is_answered_twice_and_done_once": "double clicks, 200 times: done once, answered twice",
    "test_every_page_is_accessible": "axe at every width, light and dark",
    "test_a_thousand_certificates_in_one_run": "1,000 certificates as PDF/A in one run",
    "test_a_meeting_of_650_lines_is_comfortable": "a meeting of 650 lines and 22 members, the slowest of each",
    "test_it_is_the_same_however_votes_are_exchanged": "secret ballots with votes exchanged: the database is the same",
    "test_a_round_of_three_hundred_lines": "a round of 300 lines from 20 communes, by lists",
    "test_coverage": "branch coverage of the unit and integration tests",
}
FIGURES = pytest.StashKey[defaultdict[str, list[str]]]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin without figures."""
    figures: defaultdict[str, list[str]] = defaultdict(list)
    config.stash[FIGURES] = figures


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what a test that passed has measured of itself, and how long it took."""
    report = yield
    name = getattr(item, "originalname", item.name)
    if call.when == "call" and report.passed and name in MEASURES:
        item.config.stash[FIGURES][name].append(figure(item, report))
    return report


def figure(item: pytest.Item, report: pytest.TestReport) -> str:
    """Say in a few words what one test measured."""
    measured = dict(report.user_properties)
    seconds = float(str(measured.pop("seconds", round(report.duration, 1))))
    where = item.name.partition("[")[2].rstrip("]")
    said = [f"{value:,} {name}" if isinstance(value, int) else f"{name} {value}" for name, value in measured.items()]
    return " ".join(filter(None, (f"{where}:" if where else "", ", ".join([*said, f"{seconds:.0f} s"]))))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the figures, where there are any."""
    found = session.config.stash[FIGURES]
    rows = [(MEASURES[name], shown(name, found[name])) for name in MEASURES if found[name]]
    if rows:
        write_section("soak", "make soak", rows)


def shown(name: str, said: list[str]) -> str:
    """Return one cell; the many flows of the table are summed."""
    if name != "test_every_state_action_and_role":
        return "; ".join(said)
    asked = sum(int(line.partition(" asked")[0].rpartition(" ")[2].replace(",", "")) for line in said)
    seconds = sum(int(line.removesuffix(" s").rpartition(" ")[2]) for line in said)
    return f"{asked:,} asked in {len(said)} flows, {seconds} s"
