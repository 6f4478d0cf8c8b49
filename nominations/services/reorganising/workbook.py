"""The dry run as a workbook to take along: files, what must be decided, the rest, and what each old officer sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font

from nominations.services.reorganising.findings import Report
from nominations.services.reorganising.sentences import sentence

Sheet = tuple[str, Sequence[str], Iterable[Sequence[object]]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RESULTS = {"moves": "chuyển", "stays": "giữ nguyên", "stuck": "chờ quyết định"}
WIDEST = 60  # characters


def workbook(report: Report) -> bytes:
    """The workbook's bytes; its cells are text, never formulas."""
    book = Workbook()
    book.remove(book.active or book.create_sheet())
    for title, headings, rows in _sheets(report):
        sheet = book.create_sheet(title)
        sheet.append(list(headings))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column, value if isinstance(value, int) else str(value))
                if isinstance(value, str):
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
        for column in sheet.columns:
            longest = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(WIDEST, longest + 2)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _sheets(report: Report) -> Iterable[Sheet]:
    yield "Hồ sơ", (
        "Mã hồ sơ", "Người được đề nghị", "Hình thức", "Kết quả", "Đang ở bước", "Đang ở đơn vị", "Sang bước",
        "Sang đơn vị", "Vì sao", "Lưu ý",
    ), (
        (
            file.code, file.nominee, file.form, RESULTS[file.result], file.before["vi"], file.unit,
            file.after["vi"], file.to_unit, sentence(file.why, "vi"),
            " ".join(sentence(note, "vi") for note in file.notes),
        )
        for file in report.files
    )  # fmt: skip
    yield (
        "Việc khác",
        ("Loại", "Nội dung", "Kết quả", "Đơn vị", "Sang đơn vị", "Số dòng", "Vì sao"),
        (
            (one.kind, one.what, RESULTS[one.result], one.unit, one.to_unit, one.count, sentence(one.why, "vi"))
            for one in report.findings
        ),
    )
    yield "Cán bộ cũ", (
        "Tài khoản", "Họ và tên", "Đơn vị cũ", "Nhiệm vụ", "Việc đang chờ", "Còn lại sau khi chuyển",
        "Hồ sơ còn đọc được", "Nhiệm vụ từ ngày này",
    ), (
        (one.username, one.name, one.unit, one.duty, one.waiting, one.left, one.reads, "; ".join(one.today))
        for one in report.officers
    )  # fmt: skip
    yield "Số liệu", ("Mục", "Số"), report.counts().items()
