"""Two and eight people pressing at once, two hundred times, on each database."""

from tests.integration.services.conftest import cast, province, world
from tests.integration.services.test_races import (
    eight,
    test_a_ballot_beside_the_close_is_counted_or_refused,
    test_a_double_click_is_answered_twice_and_done_once,
    test_a_member_votes_once_even_twice_at_once,
    test_eight_ballots_at_once_all_count,
    test_one_number_is_given_to_one_letter,
    test_one_of_many_who_press_at_once_acts,
    test_the_register_has_no_gap_when_awards_are_numbered_at_once,
    test_two_creates_with_one_key_make_one_file,
    test_two_files_of_one_nominee_in_a_round_at_once,
)

__all__ = [
    "cast",
    "eight",
    "province",
    "test_a_ballot_beside_the_close_is_counted_or_refused",
    "test_a_double_click_is_answered_twice_and_done_once",
    "test_a_member_votes_once_even_twice_at_once",
    "test_eight_ballots_at_once_all_count",
    "test_one_number_is_given_to_one_letter",
    "test_one_of_many_who_press_at_once_acts",
    "test_the_register_has_no_gap_when_awards_are_numbered_at_once",
    "test_two_creates_with_one_key_make_one_file",
    "test_two_files_of_one_nominee_in_a_round_at_once",
    "world",
]
