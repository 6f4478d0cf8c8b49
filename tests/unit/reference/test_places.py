"""Places: the counts, the codes used again, and every commune under a parent that existed with it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from nominations.reference import Unit, load_units, unit_on
from nominations.reference.places import load_districts, load_new_communes, load_old_communes, merged_from

UNITS = load_units()
LAST_OF_OLD = date(2025, 6, 30)
FIRST_OF_NEW = date(2025, 7, 1)
ENDED_EARLIER = {"21571", "21574", "21580", "21583"}


def by_key() -> dict[tuple[str, date], Unit]:
    return {unit.key: unit for unit in UNITS}


def test_counts() -> None:
    assert len(load_districts()) == 11
    assert Counter(unit.kind for unit in load_districts()) == {"city": 1, "town": 2, "district": 8}
    assert len(load_old_communes()) == 159
    assert len(load_new_communes()) == 58
    assert Counter(unit.kind for unit in load_new_communes()) == {"ward": 17, "commune": 41}


@pytest.mark.parametrize(
    ("code", "communes"),
    [
        ("540", 21),
        ("542", 10),
        ("543", 17),
        ("544", 15),
        ("545", 19),
        ("546", 9),
        ("547", 15),
        ("548", 18),
        ("549", 15),
        ("550", 13),
        ("551", 7),
    ],
)
def test_communes_of_each_district(code: str, communes: int) -> None:
    assert sum(unit.parent is not None and unit.parent.code == code for unit in load_old_communes()) == communes


def test_every_rural_district_has_its_township_and_towns_have_wards() -> None:
    for district in load_districts():
        kinds = {unit.kind for unit in load_old_communes() if unit.parent == district.key}
        assert ("township" in kinds) == (district.kind == "district")
        assert ("ward" in kinds) == (district.kind != "district")


def test_a_unit_is_known_by_its_code_and_first_day() -> None:
    assert len(by_key()) == len(UNITS)
    for unit in UNITS:
        assert unit.valid_to is None or unit.valid_from <= unit.valid_to
        namesakes = [other for other in UNITS if other.code == unit.code and other != unit]
        assert not any(unit.exists_on(other.valid_from) for other in namesakes)


def test_parents_come_first_and_live_as_long_as_their_units() -> None:
    seen: set[tuple[str, date]] = set()
    for unit in UNITS:
        if unit.parent is None:
            assert unit.kind == "province"
        else:
            assert unit.parent in seen
            parent = by_key()[unit.parent]
            assert parent.exists_on(unit.valid_from)
            assert parent.valid_to is None or (unit.valid_to is not None and unit.valid_to <= parent.valid_to)
        seen.add(unit.key)


def test_levels_climb_from_commune_to_district_to_province() -> None:
    above = {"district": "province"}
    for unit in UNITS:
        if unit.level in {"district", "commune"}:
            assert unit.parent is not None
            old_commune = unit.level == "commune" and unit.valid_from < FIRST_OF_NEW
            assert by_key()[unit.parent].level == ("district" if old_commune else above.get(unit.level, "province"))


def test_43_of_58_new_units_bear_the_code_of_an_old_one_with_another_name() -> None:
    old = {unit.code: unit.name for unit in load_old_communes()}
    assert all(unit.code in old for unit in load_new_communes())
    assert sum(old[unit.code] != unit.name for unit in load_new_communes()) == 43


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("21583", "phường Lê Lợi", "phường Quy Nhơn"),
        ("21616", "xã An Dũng", "xã An Vinh"),
        ("22006", "xã Canh Hiển", "xã Canh Vinh"),
        ("21609", "thị trấn An Lão", "xã An Lão"),
        ("52", "tỉnh Bình Định", "tỉnh Gia Lai"),
    ],
)
def test_a_code_alone_does_not_name_a_place(code: str, before: str, after: str) -> None:
    old = unit_on(UNITS, code, date(2021, 1, 1))
    new = unit_on(UNITS, code, FIRST_OF_NEW)
    assert old is not None
    assert new is not None
    assert (old.full_name, new.full_name) == (before, after)


def test_what_exists_on_the_last_and_on_the_first_day() -> None:
    old = [unit for unit in UNITS if unit.level == "commune" and unit.exists_on(LAST_OF_OLD)]
    new = [unit for unit in UNITS if unit.level == "commune" and unit.exists_on(FIRST_OF_NEW)]
    assert (len(old), len(new)) == (155, 58)
    assert not any(unit.level == "district" and unit.exists_on(FIRST_OF_NEW) for unit in UNITS)
    assert unit_on(UNITS, "542", FIRST_OF_NEW) is None


def test_four_wards_of_quy_nhon_ended_before_april_2025() -> None:
    early = {unit.code: unit for unit in load_old_communes() if unit.valid_to != LAST_OF_OLD}
    assert set(early) == ENDED_EARLIER
    assert all(unit.valid_to is not None and unit.valid_to < date(2025, 4, 1) for unit in early.values())
    assert all("[memory]" in unit.source for unit in early.values())


def test_the_poor_district_is_an_lao_alone() -> None:
    assert [unit.full_name for unit in UNITS if unit.poor_district] == ["huyện An Lão"]


def test_area_three_is_marked_as_an_assumption_on_each_commune() -> None:
    hard = [unit for unit in UNITS if unit.area_class]
    assert 0 < len(hard) <= 22
    for unit in hard:
        assert unit.level == "commune"
        assert unit.area_class == "III"
        assert "[inference]" in unit.source
        assert unit.note is not None
        assert "không phải danh sách chính thức" in unit.note
    districts = {by_key()[unit.parent].name for unit in hard if unit.parent}
    assert districts == {"An Lão", "Vĩnh Thạnh", "Vân Canh", "Hoài Ân", "Tây Sơn"}


def test_the_merge_map_uses_every_old_commune_once_or_splits_it() -> None:
    whole = [code for taken, _ in merged_from().values() for code in taken]
    part = Counter(code for _, taken in merged_from().values() for code in taken)
    assert len(whole) == len(set(whole))
    assert part == {"21634": 2, "21997": 2, "22000": 2}
    assert not set(whole) & set(part)
    assert set(whole) | set(part) == {unit.code for unit in load_old_communes()} - ENDED_EARLIER


def test_a_new_unit_bears_the_code_of_one_of_its_own_parts_or_of_a_ward_that_ended() -> None:
    for new, (whole, part) in merged_from().items():
        assert new.code in whole or new.code in part or new.code in ENDED_EARLIER


def test_merged_communes_were_neighbours_of_one_district() -> None:
    district = {unit.code: unit.parent.code for unit in load_old_communes() if unit.parent}
    for whole, part in merged_from().values():
        assert len({district[code] for code in (*whole, *part)}) == 1


def test_ngo_may_is_two_places_never_matched_by_name() -> None:
    successor = {code: new for new, (whole, _) in merged_from().items() for code in whole}
    names = {unit.key: unit.full_name for unit in load_new_communes()}
    assert names[successor["21577"]] == "phường Quy Nhơn Nam"  # phường Ngô Mây, Quy Nhơn
    assert names[successor["21853"]] == "xã Phù Cát"  # thị trấn Ngô Mây, Phù Cát


def test_names_are_unique_among_the_new_units() -> None:
    names = [unit.name for unit in load_new_communes()]
    assert len(set(names)) == 58
