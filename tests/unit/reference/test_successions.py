"""Successions: everything that ended has somebody, or nobody with the reason, and shares add up."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from nominations.reference import ReferenceDataError, Unit, load_functions, load_successions, load_units
from nominations.reference.records import parse
from nominations.reference.successions import _listed

SUCCESSIONS = load_successions()
UNITS = {unit.key: unit for unit in load_units()}


def ended() -> list[Unit]:
    return [unit for unit in UNITS.values() if unit.valid_to is not None]


def test_everything_that_ended_is_accounted_for_on_the_next_day() -> None:
    spoken_for = {(succession.old, succession.effective_on) for succession in SUCCESSIONS}
    for unit in ended():
        assert unit.valid_to is not None
        assert (unit.key, unit.valid_to + timedelta(days=1)) in spoken_for, unit


def test_a_successor_exists_on_the_day_and_is_another_unit() -> None:
    for succession in SUCCESSIONS:
        assert succession.old != succession.new
        if succession.new is not None:
            assert UNITS[succession.new].exists_on(succession.effective_on)
        else:
            assert succession.note


def test_functions_are_known_and_everything_is_not_mixed_with_parts() -> None:
    functions = defaultdict(set)
    for succession in SUCCESSIONS:
        assert succession.function in load_functions()
        functions[succession.old].add(succession.function)
    assert all(names == {"all"} or "all" not in names for names in functions.values())


def test_known_shares_of_one_function_add_up_to_one() -> None:
    shares: dict[tuple[object, str], list[Decimal | None]] = defaultdict(list)
    for succession in SUCCESSIONS:
        if succession.new is not None:
            shares[succession.old, succession.function].append(succession.share)
    for parts in shares.values():
        assert parts == [Decimal(1)] or (len(parts) > 1 and set(parts) == {None})


def test_only_the_four_wards_are_flagged() -> None:
    flagged = [succession for succession in SUCCESSIONS if succession.flagged]
    assert {succession.old.code for succession in flagged} == {"21571", "21574", "21580", "21583"}
    assert all(succession.new is None for succession in flagged)


def test_split_communes_say_so() -> None:
    split = [succession for succession in SUCCESSIONS if succession.note == "Một phần"]
    assert {UNITS[succession.old].name for succession in split} == {"An Nghĩa", "Canh Hiệp", "Canh Liên"}
    assert all(succession.share is None for succession in split)


def test_the_labour_department_is_succeeded_by_function() -> None:
    heirs = {
        succession.function: UNITS[succession.new].name
        for succession in SUCCESSIONS
        if succession.old.code == "SLDTBXH" and succession.new is not None
    }
    assert heirs == {"poverty": "Sở Nông nghiệp và Môi trường", "labour_merit": "Sở Nội vụ"}


def test_districts_end_without_a_successor() -> None:
    districts = [succession for succession in SUCCESSIONS if UNITS[succession.old].level == "district"]
    assert len(districts) == 11
    assert all(succession.new is None for succession in districts)
    assert {succession.effective_on for succession in districts} == {date(2025, 7, 1)}


def test_nhon_chau_goes_on_unchanged() -> None:
    (succession,) = [succession for succession in SUCCESSIONS if succession.old.code == "21607"]
    assert succession.new is not None
    assert (UNITS[succession.old].name, UNITS[succession.new].name) == ("Nhơn Châu", "Nhơn Châu")
    assert succession.share == 1


def test_a_succession_of_a_unit_that_was_not_there_is_refused() -> None:
    row = parse("x.toml", 'effective_on = 2020-01-01\nfunction = "all"\nsource = "[memory]"')
    with pytest.raises(ReferenceDataError, match="no unit has code 542 on 2019-12-31"):
        _listed(row, "542", None)
