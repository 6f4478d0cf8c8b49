"""The compiled report as a workbook: its figures, who has reported, awards, poverty figures, a sheet each."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from nominations.documents.kinds.lists import KINDS
from nominations.documents.kinds.movement import POVERTY_SERIES, STANDING, STATUS, TYPED
from nominations.services.sheets import safe_cell

Figures = Mapping[str, Any]
Cell = str | int | float | date | None


def workbook(figures: Figures) -> bytes:
    """The figures as XLSX; numbers are numbers, days are days, nobody's text is a formula."""
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook has a sheet")
    first.title = "Tổng hợp"
    _fill(first, ("Nội dung", "Giá trị"), _summary(figures), (58, 26))
    _fill(
        book.create_sheet("Đơn vị báo cáo"),
        ("Đơn vị", "Phải báo cáo", "Tình trạng", "Quá hạn", "Gửi sau hạn", "Ngày gửi", "Số báo cáo", "Liên hệ"),
        map(_body, figures["bodies"]),
        (46, 14, 24, 10, 12, 12, 16, 44),
    )
    awards = book.create_sheet("Hồ sơ và khen thưởng")
    heads: tuple[str, ...] = (
        "Hình thức",
        "Loại",
        "Hồ sơ đề nghị",
        "Được khen",
        "Tiền thưởng (đồng)",
        "Chưa có mức tính",
    )
    _fill(awards, heads, _awards(figures), (44, 14, 14, 12, 20, 18))
    poverty = book.create_sheet("Số liệu giảm nghèo")
    heads = (
        "Chỉ tiêu", "Năm", "Chuẩn", "Số hộ", "Hộ nghèo", "Hộ cận nghèo", "Tỷ lệ (%)", "Giảm (điểm %)", "Số liệu",
        "Quyết định", "Nguồn",
    )  # fmt: skip
    _fill(poverty, heads, map(_poverty, figures["poverty"]), (18, 8, 12, 10, 10, 14, 10, 14, 12, 44, 24))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _summary(figures: Figures) -> Iterable[tuple[Cell, ...]]:
    sums = figures["sums"]
    yield "Phong trào", figures["movement"]
    yield "Số liệu từ ngày", date.fromisoformat(figures["from"])
    yield "Đến hết ngày", date.fromisoformat(figures["to"])
    yield "Tổng hợp ngày", date.fromisoformat(figures["as_of"])
    yield "Hạn báo cáo: hết ngày", date.fromisoformat(figures["last_day"])
    yield "Đơn vị phải báo cáo", sums["required"]
    yield "Đã báo cáo", sums["reported"]
    yield "Gửi sau hạn", sums["came_late"]
    yield "Chưa báo cáo", sums["missing"]
    yield "Tự nguyện báo cáo", sums["optional"]
    yield "Hồ sơ đề nghị", sum(one["count"] for one in figures["proposed"])
    yield "Trường hợp được khen", sum(one["count"] for one in figures["awarded"])
    yield "Tiền thưởng (đồng)", sum(one["vnd"] for one in figures["awarded"])
    for key, label in TYPED.items():
        if key in figures["typed"]:
            yield label, figures["typed"][key]


def _body(one: Figures) -> tuple[Cell, ...]:
    sent = one["submitted_on"]
    return (
        one["name"],
        "phải gửi" if one["owed"] == "required" else "tự nguyện",
        STANDING[one["standing"]],
        "x" if one["late"] else None,
        "x" if one["came_late"] else None,
        None if sent is None else date.fromisoformat(sent),
        one["number"],
        one["contact"],
    )


def _awards(figures: Figures) -> Iterable[tuple[Cell, ...]]:
    proposed = {(one["form"], one["kind"]): one for one in figures["proposed"]}
    given = {(one["form"], one["kind"]): one for one in figures["awarded"]}
    for form, kind in sorted({*proposed, *given}):
        award: Figures = given.get((form, kind), {"count": 0, "vnd": 0, "by_hand": 0})
        asked = proposed[form, kind]["count"] if (form, kind) in proposed else 0
        name = figures["forms"].get(form, form)
        yield name, KINDS[kind], asked, award["count"], award["vnd"], award["by_hand"]


def _poverty(one: Figures) -> tuple[Cell, ...]:
    return (
        POVERTY_SERIES[one["series"]],
        one["year"],
        one["standard"],
        one["households"],
        one["poor"],
        one["near_poor"],
        None if one["rate"] is None else float(one["rate"]),
        None if one["fall"] is None else float(one["fall"]),
        STATUS[one["status"]],
        one["decision"],
        one["source"],
    )


def _fill(sheet: Worksheet, heads: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int]) -> None:
    """A heading that stays in view, then the rows."""
    sheet.append(list(heads))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in rows:
        sheet.append([safe_cell(value) if isinstance(value, str) else value for value in row])
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"
            elif isinstance(cell.value, int):
                cell.number_format = "#,##0"
    sheet.freeze_panes = "A2"
