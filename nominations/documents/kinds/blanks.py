"""Forms printed empty, to be filled in by hand: a household's, and a list of nominees.

Their official number and layout differ by decree and were not found (facts 8.1, Q5); they are called by what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nominations.documents.bodies import full_name, heading, undated
from nominations.documents.facts import Body
from nominations.documents.paper import Block, Column, Paper, Paragraph, Row, Signature, Table, words

HOUSEHOLD_LINES = (
    "Họ và tên chủ hộ", "Năm sinh; dân tộc", "Thôn, khu phố; địa chỉ", "Số nhân khẩu",
    "Diện hộ (nghèo, cận nghèo, mới thoát nghèo, khác)", "Ngày đăng ký thoát nghèo; năm thoát nghèo",
    "Quyết định công nhận", "Đã được khen (năm, hình thức)",
)  # fmt: skip
LIST_ROWS = 14


@dataclass(frozen=True, slots=True)
class Blank:
    """What an empty form says already: who proposes, for which movement and round, the plan's criteria, the year."""

    home: Body
    movement: str
    round_title: str
    criteria: Mapping[str, str]
    year: int


def household(blank: Blank) -> Paper:
    """A household's own page: who they are, what they did by the plan's criteria, who confirms it."""
    blocks: tuple[Block, ...] = (
        Table(
            (Column("Thông tin của hộ", 5), Column("Ghi", 9)),
            tuple(_line(label) for label in HOUSEHOLD_LINES),
            row_mm=7.5,
        ),
        Table(
            (Column("Tiêu chí của kế hoạch", 7), Column("Hộ đã làm được (việc, số liệu, thời gian)", 7)),
            tuple(Row((words(f"{code}. {said}"), ())) for code, said in blank.criteria.items()),
            row_mm=20,
        ),
    )
    return _paper(
        blank,
        "blank_household",
        "Phiếu đề nghị khen thưởng hộ gia đình",
        blocks,
        (
            Signature(("Đại diện hộ",), note="(Ký, ghi rõ họ tên)"),
            Signature(("Trưởng thôn", "(khu phố)"), note="(Ký, ghi rõ họ tên)"),
            Signature(("Cấp trình khen",), note="(Ký, đóng dấu)"),
        ),
    )


def nominees(blank: Blank) -> Paper:
    """A list to write names into, as a hamlet's meeting draws it up."""
    columns = (
        Column("STT", 0.9, "center"), Column("Họ tên chủ hộ, cá nhân, tên tập thể", 4), Column("Năm sinh", 1.3),
        Column("Địa chỉ, đơn vị", 3), Column("Thành tích chính", 4), Column("Hình thức", 2),
    )  # fmt: skip
    rows = tuple(Row((words(str(number)), *(() for _ in columns[1:]))) for number in range(1, LIST_ROWS + 1))
    return _paper(
        blank,
        "blank_list",
        "Danh sách đề nghị khen thưởng",
        (Table(columns, rows, row_mm=10),),
        (
            Signature(("Người lập",), note="(Ký, ghi rõ họ tên)"),
            Signature(("Đại diện nơi đề nghị",), note="(Ký, ghi rõ họ tên)"),
        ),
    )


def _paper(blank: Blank, kind: str, title: str, blocks: tuple[Block, ...], signatures: tuple[Signature, ...]) -> Paper:
    parent, name = heading(blank.home)
    about = Paragraph(words(f"Cấp trình khen: {full_name(blank.home)}. {blank.round_title}."), "plain")
    return Paper(
        kind=kind,
        parent=parent,
        body=name,
        symbol=words(),
        place_date=undated(blank.home, blank.year),
        title=title,
        summary=blank.movement,
        blocks=(about, *blocks),
        signatures=signatures,
        draft=False,
    )


def _line(label: str) -> Row:
    return Row((words(label), ()))


BLANKS = {"ho": household, "danh-sach": nominees}
"""The forms by the name their address has."""
