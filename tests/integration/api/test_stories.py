"""The main stories of the process, (a) to (i), played by the API as they are through the services.

The stories are those of the services' tests; here `world` is a province in which every act is an HTTP call, and every
answer is held against the API's document.
"""

from tests.integration.services.test_climb import (
    test_a_commune_of_area_three_passes_only_just_above_half,
    test_a_commune_with_one_officer_decides_its_own_certificate,
    test_a_department_goes_through_its_own_council_to_the_board,
    test_a_direct_return_asks_the_levels_to_confirm_again,
    test_a_file_is_returned_down_the_chain_and_comes_straight_back,
    test_a_household_climbs_from_the_commune_to_the_chairmans_award,
    test_a_vote_below_the_threshold_binds_for_the_prime_minister_only,
    test_after_the_first_of_july_a_file_goes_from_the_commune_to_the_board,
    test_everybody_of_a_body_that_is_the_nominee_is_replaced_by_another_body,
    test_in_another_form_the_drafter_may_not_appraise,
    test_people_bound_to_the_nominee_are_refused_each_with_a_reason,
    test_the_prime_ministers_award_ends_with_the_recorded_central_result,
)

__all__ = [
    "test_a_commune_of_area_three_passes_only_just_above_half",
    "test_a_commune_with_one_officer_decides_its_own_certificate",
    "test_a_department_goes_through_its_own_council_to_the_board",
    "test_a_direct_return_asks_the_levels_to_confirm_again",
    "test_a_file_is_returned_down_the_chain_and_comes_straight_back",
    "test_a_household_climbs_from_the_commune_to_the_chairmans_award",
    "test_a_vote_below_the_threshold_binds_for_the_prime_minister_only",
    "test_after_the_first_of_july_a_file_goes_from_the_commune_to_the_board",
    "test_everybody_of_a_body_that_is_the_nominee_is_replaced_by_another_body",
    "test_in_another_form_the_drafter_may_not_appraise",
    "test_people_bound_to_the_nominee_are_refused_each_with_a_reason",
    "test_the_prime_ministers_award_ends_with_the_recorded_central_result",
]
