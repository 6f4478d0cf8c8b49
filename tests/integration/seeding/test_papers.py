"""The demonstration's papers are PDF files that hold together, and passwords are hashed as they should be."""

from __future__ import annotations

import re

from nominations.services.passwords import LONGEST, hash_password, hash_passwords, needs_rehash, verify
from nominations.services.seeding.history.papers import pdf


def test_a_paper_says_at_its_end_where_each_part_begins() -> None:
    paper = pdf(("Báo cáo thành tích", "Hộ ông Đinh (một) \\ hai"))
    table = paper[int(re.findall(rb"startxref\n(\d+)\n%%EOF\n\Z", paper)[0]) :]
    assert table.startswith(b"xref\n0 6\n")
    offsets = [int(offset) for offset in re.findall(rb"(\d{10}) 00000 n \n", table)]
    assert [paper[offset:].split(b"\n")[0] for offset in offsets] == [b"%d 0 obj" % n for n in range(1, 6)]
    length, stream = re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", paper, re.DOTALL)[0]
    assert int(length) == len(stream)
    assert b"(Bao cao thanh tich) Tj" in stream
    assert rb"(Ho ong Dinh \(mot\) \\ hai) Tj" in stream


def test_the_same_words_are_the_same_paper() -> None:
    assert pdf(("một", "hai")) == pdf(("một", "hai")) != pdf(("một", "ba"))


def test_a_password_is_hashed_under_a_salt_of_its_own() -> None:
    first, second = hash_passwords(["mat-khau-du-dai"] * 2)
    assert first != second
    assert first.startswith("$argon2id$")
    assert verify(first, "mat-khau-du-dai")
    assert verify(second, "mat-khau-du-dai")
    assert not verify(first, "mat-khau-du-da")
    assert not needs_rehash(first)


def test_what_is_no_hash_lets_nobody_in() -> None:
    assert not verify("-", "-")
    assert not verify(hash_password("x" * LONGEST), "x" * (LONGEST + 1))


def test_weaker_parameters_ask_for_a_new_hash() -> None:
    weak = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzYWx0$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ"
    assert needs_rehash(weak)
