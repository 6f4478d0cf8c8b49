"""Which limits an earlier award or another file touches (facts 2.8)."""

from datetime import date

import pytest

from workflows.limits import Had, Proposed, of_award, of_file

TODAY = date(2024, 3, 4)
PROPOSED = Proposed("BK-TINH", 7, date(2023, 1, 1), date(2023, 12, 31))
STATE = Proposed("BK-TTG", 7, date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("had", "proposed", "touched"),
    [
        (Had(date(2023, 6, 1)), PROPOSED, ("L1", "L8")),
        (Had(date(2022, 12, 31)), PROPOSED, ()),
        (Had(date(2024, 1, 1), achieved_from=date(2022, 1, 1), achieved_to=date(2022, 12, 31)), PROPOSED, ()),
        (Had(date(2022, 6, 1), achieved_from=date(2023, 12, 31), achieved_to=date(2024, 2, 1)), PROPOSED, ("L1", "L8")),
        (Had(date(2022, 6, 1), achieved_from=date(2024, 1, 1), achieved_to=date(2024, 2, 1)), PROPOSED, ()),
        (Had(date(2023, 3, 5), state_level=True), STATE, ("L1", "L8", "L7")),
        (Had(date(2023, 3, 4), state_level=True), STATE, ("L1", "L8")),
        (Had(date(2023, 9, 1), True, date(2021, 1, 1), date(2022, 12, 31)), STATE, ()),
        (Had(date(2023, 9, 1), True, date(2021, 1, 1), date(2023, 3, 5)), STATE, ("L1", "L8", "L7", "L9")),
        (Had(date(2023, 9, 1), state_level=True), PROPOSED, ("L1", "L8")),
        (Had(date(2023, 9, 1), state_level=True, annulled=True), STATE, ("L11",)),
    ],
)
def test_an_award(had: Had, proposed: Proposed, touched: tuple[str, ...]) -> None:
    assert of_award(had, proposed, TODAY) == touched


def test_a_file() -> None:
    assert of_file(7, PROPOSED, live=True) == ("L1",)
    assert of_file(8, PROPOSED, live=True) == ()
    assert of_file(7, PROPOSED, live=False) == ()
