"""Workbooks of lists that go out to be filled in or put right, their cells never taken for formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from nominations.services.draft_columns import CRITERION, EVERY, KIND_WORDS, Column, columns_for
from nominations.services.sheets import safe_cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = 600  # of the template that have drop-downs
_HEAD = PatternFill("solid", fgColor="E7EDF3")
_BOLD = Font(name="Times New Roman", bold=True)
_PLAIN = Font(name="Times New Roman")
_TOP = Alignment(vertical="top", wrap_text=True)
USUAL: Mapping[str, tuple[str, ...]] = {"household": ("1.5",), "individual": ("1.6", "1.7"), "collective": ("1.4",)}
"""The criteria groups whose statements a template of these kinds has columns for [practice]."""


def template(
    about: Sequence[tuple[str, str]],
    kinds: Sequence[str],
    groups: Mapping[str, str],
    criteria: Mapping[str, str],
) -> bytes:
    """An empty list of these kinds: the sheet to fill in, an example, and what each column means.

    ``about`` are lines that say what the list is for, ``groups`` the titles of the groups that fit, ``criteria`` the
    plan's words by code.
    """
    book = Workbook()
    columns = [*columns_for(kinds), *_statements(kinds, criteria)]
    sheet = book.worksheets[0]
    sheet.title = "Danh sách"
    _head(sheet, columns)
    _choices(sheet, columns, groups)
    example = book.create_sheet("Ví dụ")
    _head(example, columns)
    for number, kind in enumerate((kind for kind in EVERY if kind in kinds), 2):
        for place, column in enumerate(columns, 1):
            _say(example, number, place, _example(column, kind))
    _explained(book.create_sheet("Giải thích"), about, columns, groups)
    return _bytes(book)


def workbook(title: str, rows: Iterable[Sequence[str]], widths: Sequence[int] = ()) -> bytes:
    """A table as a workbook, the first row its headings; every cell is text."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1):
            _say(sheet, number, place, cell)
            if number == 1:
                _as_heading(sheet, place, widths[place - 1] if place <= len(widths) else 18)
    sheet.freeze_panes = "A2"
    return _bytes(book)


def _statements(kinds: Sequence[str], criteria: Mapping[str, str]) -> list[Column]:
    fitting = [group for kind in kinds for group in USUAL[kind]]
    return [
        Column(CRITERION + code, f"Tiêu chí {code}", said, wide=34)
        for code, said in criteria.items()
        if code.rpartition(".")[0] in fitting
    ]


def _head(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns, 1):
        _say(sheet, 1, place, column.heading)
        _as_heading(sheet, place, column.wide)
    sheet.freeze_panes = "A2"


def _as_heading(sheet: Worksheet, place: int, wide: int) -> None:
    cell = sheet.cell(1, place)
    cell.font, cell.fill, cell.alignment = _BOLD, _HEAD, _TOP
    sheet.column_dimensions[get_column_letter(place)].width = wide


def _choices(sheet: Worksheet, columns: Sequence[Column], groups: Mapping[str, str]) -> None:
    """Drop-downs; cells of codes and numbers are text, so that no zero before them is lost."""
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        offered = tuple(groups) if column.key == "group" else tuple(column.choices or ())
        for number in range(2, ROWS + 2):
            sheet.cell(number, place).number_format = "@"
        if offered:
            rule = DataValidation("list", formula1=f'"{",".join(offered)}"', allow_blank=True)
            rule.error, rule.errorTitle = "Hãy chọn một giá trị trong danh sách.", column.heading
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{ROWS + 1}")


def _explained(
    sheet: Worksheet, about: Sequence[tuple[str, str]], columns: Sequence[Column], groups: Mapping[str, str]
) -> None:
    rows: list[tuple[str, str, str]] = [(name, said, "") for name, said in about]
    rows += [("", "", ""), ("Cột", "Cách ghi", "Dùng cho")]
    heading = len(rows)
    rows += [
        (
            column.heading + (" (bắt buộc)" if column.needed else ""),
            column.hint + (f" Chọn: {', '.join(column.choices)}." if column.choices else ""),
            ", ".join(KIND_WORDS[kind] for kind in column.kinds),
        )
        for column in columns
    ]
    rows += [("", "", ""), ("Nhóm tiêu chí", "", "")]
    rows += [(number, title, "") for number, title in groups.items()]
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1):
            _say(sheet, number, place, cell)
            if number == heading:
                sheet.cell(number, place).font = _BOLD
    for letter, wide in (("A", 34), ("B", 80), ("C", 30)):
        sheet.column_dimensions[letter].width = wide


def _example(column: Column, kind: str) -> str:
    place = EVERY.index(kind)
    return column.example[place] if kind in column.kinds and place < len(column.example) else ""


def _say(sheet: Worksheet, row: int, place: int, said: str) -> None:
    """Text, and nothing a program would carry out."""
    cell = sheet.cell(row, place, safe_cell(said))
    cell.data_type = "s"
    cell.font, cell.alignment, cell.number_format = _PLAIN, _TOP, "@"


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
