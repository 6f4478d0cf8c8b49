"""Marks of a place in a list: what one says comes back as it was, anything else is refused."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nominations.queries.pages import LONGEST, BadCursor, decode, encode, paged, size


@given(st.integers(0, 2**53 - 1), st.dates(), st.datetimes(timezones=st.just(UTC)))
def test_a_place_comes_back_as_it_was(number: int, day: date, instant: datetime) -> None:
    assert decode(encode([number]), int) == (number,)
    assert decode(encode([day, number]), date, int) == (day, number)
    assert decode(encode([None, number]), date, int) == (None, number)
    assert decode(encode([instant, "x"]), datetime, str) == (instant, "x")


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_anything_else_is_refused_in_one_way(text: str) -> None:
    for kinds in ((int,), (date, int), (datetime, int), (str,)):
        try:
            found = decode(text, *kinds)
        except BadCursor:
            continue
        assert found is not None
        assert len(found) == len(kinds)


@pytest.mark.parametrize(
    "cursor", ["W10", encode([-1]), encode([2**53]), encode(["x"]), "=" * 8, "W" * 201, encode(["\x00"])]
)
def test_places_that_cannot_be(cursor: str) -> None:
    with pytest.raises(BadCursor):
        decode(cursor, int)


def test_no_cursor_is_the_first_page() -> None:
    assert decode(None, int) is None


def test_a_page_is_of_one_to_a_hundred() -> None:
    assert [size(limit) for limit in (-5, 0, 1, 50, 100, 101, 10**9)] == [1, 1, 1, 50, LONGEST, LONGEST, LONGEST]


@pytest.mark.parametrize(("rows", "shown", "more"), [(0, 0, False), (2, 2, False), (3, 2, True)])
def test_one_row_too_many_tells_of_a_next_page(rows: int, shown: int, more: bool) -> None:
    page = paged(list(range(rows)), 2, str, lambda row: (row,))
    assert page.items == tuple(str(number) for number in range(shown))
    assert (page.next_cursor is not None) == more
    assert page.next_cursor is None or decode(page.next_cursor, int) == (1,)
