"""Titles before a name are left out; family names that sound like one stay."""

import pytest

from nominations.queries.likenesses import bare_name


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Hộ ông Hồ Văn Tám", "ho van tam"),
        ("Hồ Văn Tám", "ho van tam"),
        ("HO VAN TAM", "ho van tam"),
        ("Hộ Hồ Văn Tám", "ho van tam"),
        ("Hộ gia đình bà Hồ Thị A", "ho thi a"),
        ("ho gia dinh ong Ho A", "ho a"),
        ("Gia đình ông  Lê B", "le b"),
        ("Hộ gia đình Lê B", "le b"),
        ("Ông Lê B", "le b"),
        ("Bá Văn A", "ba van a"),
        ("Ông", "ong"),
        ("", ""),
    ],
)
def test_titles_are_left_out(written: str, bare: str) -> None:
    assert bare_name(written) == bare
