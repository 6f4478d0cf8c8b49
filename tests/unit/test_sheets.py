"""Tables that people send are read as plain text, or refused with a sentence; nothing in them is carried out."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from nominations.services.errors import InvalidInput
from nominations.services.sheets import LARGEST, MOST_COLUMNS, MOST_ROWS, read_pasted, read_table, safe_cell, written


def book(*rows: tuple[Any, ...]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(out)
    return out.getvalue()


def parts(content: bytes, **changed: bytes) -> bytes:
    """A workbook with some of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.pop(name, old.read(name)))
        for name, said in changed.items():
            new.writestr(name, said)
    return out.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(InvalidInput) as found:
        read_table(content)
    return found.value.errors["file"].key


def outcome(content: bytes) -> str:
    """What came of reading: rows, or which complaint."""
    try:
        return type(read_table(content)).__name__
    except InvalidInput as wrong:
        return wrong.errors["file"].key


def test_cells_are_plain_text() -> None:
    said = book(("Tên", 1965, 2.0, date(2022, 3, 4), datetime(2022, 3, 4, 8, 30), True, None, "#REF!", "  a "))  # noqa: DTZ001
    assert read_table(said) == (("Tên", "1965", "2", "2022-03-04", "2022-03-04", "1", "", "", "a"),)


def test_a_formula_is_its_value_or_nothing() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    plain = book(("a", "=1+1"))
    assert read_table(plain) == (("a",),)
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        kept = archive.read(sheet).replace(b"<v></v>", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>").replace(
            b"<v />", b"<v>2</v>")  # fmt: skip
    assert read_table(parts(plain, **{sheet: kept})) == (("a", "2"),)


def test_csv_of_any_kind() -> None:
    for comma in ",;\t":
        text = f'Họ tên{comma}Loại\r\n"Đinh{comma} Văn A"{comma}hộ\r\n\r\n'
        rows = (("Họ tên", "Loại"), (f"Đinh{comma} Văn A", "hộ"))
        for letters in ("utf-8", "utf-8-sig", "utf-16"):
            assert read_table(text.encode(letters)) == rows
    assert refused("Họ tên".encode("cp1258", "replace") + b"\xff\xfe\xfa") == "table_letters"
    assert refused(b'"' + b"x" * 200_000) == "table_unreadable"


def test_pasted_cells_have_tabs_between_them_whatever_else_is_in_them() -> None:
    assert read_pasted('Họ tên\tĐịa chỉ\r\nĐinh, Văn; A\t"Thôn 2\nxã An Trung"\r\n\r\n') == (
        ("Họ tên", "Địa chỉ"), ("Đinh, Văn; A", "Thôn 2\nxã An Trung"),
    )  # fmt: skip
    assert read_pasted("một ô") == (("một ô",),)
    assert read_pasted("") == ()
    with pytest.raises(InvalidInput) as found:
        read_pasted("x" * (LARGEST + 1))
    assert found.value.errors["file"].key == "file_too_large"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "file_empty"),
        (b"x" * (LARGEST + 1), "file_too_large"),
        (b"PK\x03\x04 no zip at all", "table_unreadable"),
        (b"\x00\x01\x02\xff", "table_letters"),
        (b"a\n" * (MOST_ROWS + 2), "table_too_long"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, said: str) -> None:
    assert refused(content) == said


def test_a_zip_bomb_is_weighed_before_it_is_unpacked() -> None:
    assert refused(parts(book(("a",)), **{"xl/media/big.bin": b"\0" * (61 << 20)})) == "table_too_long"
    assert refused(parts(book(("a",)), **{f"xl/p{n}.xml": b"<a/>" for n in range(300)})) == "table_too_long"


def test_entities_macros_and_damage_are_refused() -> None:
    plain, sheet = book(("a", "b")), "xl/worksheets/sheet1.xml"
    bomb = b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert refused(parts(plain, **{sheet: bomb})) == "table_unreadable"
    assert refused(parts(plain, **{sheet: b"<?xml" + b" " * 9000 + bomb})) == "table_unreadable"
    assert refused(parts(plain, **{"xl/vbaProject.bin": b"x"})) == "table_unreadable"
    for said in (b"", b"<worksheet", b"\x00" * 50, b"<other/>"):
        assert outcome(parts(plain, **{sheet: said})) in {"tuple", "table_unreadable"}
    for cut in range(10, len(plain), 499):
        assert outcome(plain[:cut]) == "table_unreadable"


def test_a_workbook_that_lies_about_its_size_is_read_no_further() -> None:
    many = book(*(("x",) for _ in range(MOST_ROWS + 50)))
    assert refused(many) == "table_too_long"
    assert len(read_table(book(("x",) * 500))[0]) == MOST_COLUMNS


def test_what_is_handed_out_is_no_formula() -> None:
    for text in ("=1+1", "+1", "-1", "@a", "\tx"):
        assert safe_cell(text) == f"'{text}"
    assert written([["Họ tên", "=cmd"]]) == "\ufeffHọ tên,'=cmd\r\n".encode()
