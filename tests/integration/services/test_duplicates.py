"""A nominee entered twice has one live file for a form and round: the second is told the first one's code."""

from __future__ import annotations

from nominations.services.actions import Denied
from tests.world import World


def test_the_second_file_of_a_nominee_entered_twice_is_told_of_the_first(world: World) -> None:
    first, second = world.draft(), world.draft()
    world.same_person(first, second)
    world.do("nominator.xa", first, "submit")
    answer = world.attempt("nominator.xa", second, "submit")
    assert isinstance(answer, Denied), answer
    assert (answer.refused.guard, answer.refused.params) == ("duplicate_in_round", {"code": first})
    assert world.state(second) == "draft"


def test_another_unit_that_files_for_the_same_person_is_told_too(world: World) -> None:
    first, second = world.draft(), world.draft(by="nominator.xa2")
    world.same_person(first, second)
    world.do("nominator.xa", first, "submit")
    assert world.refused("nominator.xa2", second, "submit") == "duplicate_in_round"


def test_a_draft_a_dead_file_another_form_and_another_round_stand_in_nobodys_way(world: World) -> None:
    codes = first, draft, form, other_round = (
        world.draft(), world.draft(), world.draft(form="GK-XA"), world.draft(round_code="hang-nam"),
    )  # fmt: skip
    world.same_person(*codes)
    for code in (first, form, other_round):
        world.do("nominator.xa", code, "submit")
    assert world.refused("nominator.xa", draft, "submit") == "duplicate_in_round"
    world.do("head.xa", first, "withdraw", reasons="Nhập trùng.")
    world.do("nominator.xa", draft, "submit")


def test_an_awarded_file_still_counts(world: World) -> None:
    first, second = world.draft(form="GK-XA"), world.draft(form="GK-XA")
    world.same_person(first, second)
    world.do("nominator.xa", first, "submit")
    world.through_stage(first, "xa", sign="award")
    assert world.state(first) == "awarded"
    assert world.refused("nominator.xa", second, "submit") == "duplicate_in_round"


def test_two_who_only_share_a_name_are_two(world: World) -> None:
    for _ in range(2):
        world.do("nominator.xa", world.draft(name="Hộ ông Nguyễn Văn Trùng"), "submit")
