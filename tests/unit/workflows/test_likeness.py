"""Whether two may be one: every reason with its weight, near names, and what keeps two apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.likeness import WEIGHTS, Bearer, keys, likeness, near

HERE, THERE = frozenset({1}), frozenset({2})
NAMES = st.lists(st.text("abdeghiklmnoprstuvxy", min_size=1, max_size=6), min_size=1, max_size=4).map(" ".join)


def somebody(name: str = "dinh van bay", **more: object) -> Bearer:
    said = {"kind": "individual", "birth_year": 1970, "units": HERE} | more
    return Bearer(name=name, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (somebody(identity=frozenset({"b"})), "name_year_unit"),
        (somebody(kind="household"), "name_year_unit"),
        (somebody(birth_year=None), "name_unit"),
        (somebody(units=THERE), "name_year"),
        (somebody(birth_year=1971), "name_unit_other_year"),
        (somebody("dinh van bai"), "similar"),
        (somebody("dinh bay"), "similar"),
        (somebody("dinh van bya"), "similar"),
        (somebody("bay dinh van"), "similar"),
        (somebody(kind="collective"), None),
        (somebody(units=THERE, birth_year=None), None),
        (somebody(units=THERE, birth_year=1971), None),
        (somebody("dinh van bai", birth_year=1971), None),
        (somebody("dinh van bai", units=THERE), None),
        (somebody("dinh thi bay"), None),
        (somebody("tran van bay"), None),
    ],
)
def test_each_reason(other: Bearer, reason: str | None) -> None:
    for found in (likeness(somebody(), other), likeness(other, somebody())):
        assert (found.reason if found else None) == reason


def test_an_identity_number_settles_it_either_way() -> None:
    one = somebody(identity=frozenset({"a", "old a"}))
    same = likeness(one, somebody("ten khac han", units=THERE, birth_year=1980, identity=frozenset({"old a"})))
    assert same is not None
    assert (same.reason, same.weight, same.sure) == ("identity", 99, True)
    assert likeness(one, somebody(identity=frozenset({"b"}))) is None


def test_the_weights_are_in_the_order_of_the_words() -> None:
    weights = list(WEIGHTS.values())
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)


def test_short_names_a_letter_apart_are_two() -> None:
    assert not near("le ba", "le na")
    assert near("le van bac", "le van bay")
    assert near("ly thi y", "li thi i")


@given(NAMES, NAMES)
def test_near_is_mutual_and_never_missed_by_the_keys(one: str, other: str) -> None:
    assert near(one, other) == near(other, one)
    if near(one, other):
        assert keys(one) & keys(other)


@given(NAMES, st.data())
def test_a_letter_changed_added_or_left_out_is_found(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    if name[place] == " " or len(name.replace(" ", "")) < 7:
        return
    for other in (
        name[:place] + "z" + name[place + 1 :],
        name[:place] + "z" + name[place:],
        name[:place] + name[place + 1 :],
    ):
        if all(other.split()):
            assert near(name, other)
            assert keys(name) & keys(other)
