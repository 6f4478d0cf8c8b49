"""The columns of a list that a unit brings in: what each is called, takes and means, and what a row of cells says."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from nominations.names import folded
from nominations.services.columns import (
    IDENTITY,
    Cells,
    Keys,
    Reader,
    bare_number,
    birth_year,
    kind,
    maybe,
    needed,
    read_cells,
)
from nominations.services.content import checked_content
from nominations.services.identity import sealed
from nominations.services.messages import Message
from nominations.services.payloads import SHORT, line

EVERY = ("household", "individual", "collective")
KIND_WORDS: Mapping[str, str] = {"household": "hộ gia đình", "individual": "cá nhân", "collective": "tập thể"}
PERSONS = ("household", "individual")
GROUP, NAME, UNIT, NOMINEE_UNIT = "group", "name", "unit", "nominee_unit"
CRITERION = "criterion:"  # before a criterion's code: the column of its statement
_FORMULA = re.compile(r"[=@]|[+\-][^\s\d]")  # how a cell begins that a spreadsheet program would carry out


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, for which kinds, where its cell goes in a file's content, its choices, and what it means.

    ``choices`` are the words offered, with the values they stand for. ``example`` has a value for each kind.
    """

    key: str
    heading: str
    hint: str
    kinds: tuple[str, ...] = EVERY
    place: tuple[str, str] | None = None
    choices: Mapping[str, str] | None = None
    needed: bool = False
    example: tuple[str, ...] = ()
    wide: int = 16


_CLASSES = {
    "Hộ nghèo": "poor", "Hộ cận nghèo": "near_poor", "Hộ mới thoát nghèo": "escaped", "Không thuộc diện": "none",
}  # fmt: skip
_SEXES = {"Nam": "male", "Nữ": "female"}
_KIND_CELLS = {"Hộ": "household", "Cá nhân": "individual", "Tập thể": "collective"}
COLUMNS: tuple[Column, ...] = (
    Column("kind", "Loại", "Hộ, Cá nhân hoặc Tập thể.", choices=_KIND_CELLS, needed=True,
           example=("Hộ", "Cá nhân", "Tập thể"), wide=10),
    Column(GROUP, "Nhóm tiêu chí", "Số nhóm của kế hoạch. Hộ luôn là 1.5, có thể để trống.",
           example=("1.5", "1.6", "1.4"), wide=13),
    Column(NAME, "Họ tên", "Họ tên đủ như giấy tờ tùy thân; với hộ ghi họ tên chủ hộ; với tập thể ghi tên đầy đủ.",
           needed=True, example=("Đinh Văn Mẫu", "Nguyễn Thị Thử", "Thôn Thí Dụ"), wide=28),
    Column("birth_year", "Năm sinh", "Bốn chữ số.", PERSONS, example=("1970", "1982"), wide=10),
    Column(IDENTITY, "Số căn cước", "9 hoặc 12 chữ số, chỉ để dò trùng.", PERSONS, wide=16),
    Column(UNIT, "Đơn vị", "Mã hoặc tên xã, phường, cơ quan của trường hợp; để trống nếu là đơn vị lập danh sách.",
           wide=22),
    Column(NOMINEE_UNIT, "Mã cơ quan là tập thể", "Chỉ ghi khi tập thể chính là một cơ quan, đơn vị có mã.",
           ("collective",), wide=14),
    Column("sex", "Giới tính", "Nam hoặc Nữ.", ("individual",), ("nominee", "sex"), _SEXES, example=("", "Nữ"), wide=9),
    Column("ethnic_group", "Dân tộc", "Ví dụ: Kinh, Hrê, Ba Na, Chăm.", PERSONS, ("nominee", "ethnic_group"),
           example=("Hrê", "Kinh"), wide=10),
    Column("position", "Chức vụ", "Chức vụ, nhiệm vụ được giao.", ("individual",), ("nominee", "position"),
           example=("", "Công chức văn hóa - xã hội"), wide=22),
    Column("workplace", "Đơn vị công tác", "Tên đầy đủ.", ("individual",), ("nominee", "workplace"), wide=22,
           example=("", "Ủy ban nhân dân xã")),
    Column("hamlet", "Thôn, khu phố", "Tên thôn, khu phố.", ("household", "collective"), ("nominee", "hamlet"),
           example=("Thôn 2", "", "Thôn Thí Dụ"), wide=16),
    Column("address", "Địa chỉ", "Thôn, xã, huyện; hoặc trụ sở của tập thể.", place=("nominee", "address"), wide=26),
    Column("head_name", "Người đứng đầu", "Họ tên, chức vụ.", ("collective",), ("nominee", "head_name"), wide=20),
    Column("members", "Số người", "Số nhân khẩu của hộ, số người của tập thể.", ("household", "collective"),
           ("nominee", "members"), example=("5", "", "120"), wide=9),
    Column("classification", "Diện hộ", "Theo kết quả rà soát gần nhất.", ("household",),
           ("nominee", "classification"), _CLASSES, example=("Hộ mới thoát nghèo",), wide=18),
    Column("escaped_year", "Năm thoát nghèo", "Bốn chữ số.", ("household",), ("nominee", "escaped_year"),
           example=("2023",), wide=10),
    Column("registered_on", "Ngày đăng ký thoát nghèo", "Ngày/tháng/năm.", ("household",),
           ("nominee", "registered_on"), example=("05/03/2022",), wide=13),
    Column("recognised_by", "Quyết định công nhận", "Số, ngày, cơ quan ban hành.", ("household",),
           ("nominee", "recognised_by"), wide=24),
    Column("achievements", "Thành tích", "Thành tích trong phong trào, trong thời gian xét, có số liệu.",
           place=("report", "achievements"), wide=40,
           example=("Trồng rừng, nuôi bò, thoát nghèo bền vững.", "Giúp 7 hộ thoát nghèo.", "Giảm 12 hộ nghèo.")),
    Column("achievement", "Thành tích ghi trong quyết định", "Một câu.", place=("proposal", "achievement"), wide=40),
    Column("period_from", "Thành tích từ ngày", "Ngày/tháng/năm.", place=("proposal", "period_from"),
           example=("01/01/2022", "01/01/2022", "01/01/2022"), wide=13),
    Column("period_to", "Thành tích đến ngày", "Ngày/tháng/năm.", place=("proposal", "period_to"),
           example=("31/12/2023", "31/12/2023", "31/12/2023"), wide=13),
    Column("proposed_by", "Nơi đề nghị", "Thôn, khu phố hoặc tổ chức đề nghị, khi đơn vị lập thay.",
           place=("proposal", "proposed_by"), wide=20),
    Column("representative", "Người đại diện", "Họ tên, chức danh của người đại diện nơi đề nghị.",
           place=("proposal", "representative"), wide=20),
    Column("meeting_on", "Ngày họp bình xét", "Ngày/tháng/năm.", place=("proposal", "meeting_on"), wide=13),
)  # fmt: skip
_BY_KEY = {column.key: column for column in COLUMNS}
_READERS: Mapping[str, Reader] = {
    "kind": kind,
    NAME: needed(SHORT, line),
    "birth_year": maybe(birth_year),
    UNIT: maybe(lambda cell, _today: line(cell)),
    NOMINEE_UNIT: maybe(lambda cell, _today: line(cell)),
}


class Ground(NamedTuple):
    """What rows are read against: the day, the data keys, the kinds of each criteria group, the units by their names.

    ``criteria`` are the plan's codes, ``kinds`` those the list was asked for, ``home`` the unit where nothing is said.
    """

    today: date
    keys: Keys
    groups: Mapping[str, Collection[str]]
    criteria: Sequence[str]
    units: Mapping[str, int | Message]
    kinds: Sequence[str]
    home: int


def headings(criteria: Sequence[str]) -> dict[str, str]:
    """Every heading a list may have, by column."""
    named = {column.key: column.heading for column in COLUMNS}
    return named | {CRITERION + code: f"Tiêu chí {code}" for code in criteria}


def columns_for(kinds: Collection[str]) -> tuple[Column, ...]:
    """The columns of a list of these kinds; one of a single kind need not say which."""
    fitting = (column for column in COLUMNS if set(column.kinds) & set(kinds))
    return tuple(column for column in fitting if column.key != "kind" or len(kinds) > 1)


def units_said(cells: Cells) -> set[str]:
    """The units that a row names."""
    return {found for found in (line(cells.get(key, "")) for key in (UNIT, NOMINEE_UNIT)) if isinstance(found, str)}


def read_row(cells: Cells, ground: Ground) -> tuple[dict[str, Any], dict[str, Message]]:
    """What a row says, as it is kept, and a message for every cell that cannot be used."""
    typed = dict(cells)
    if not typed.get("kind") and len(ground.kinds) == 1:
        typed["kind"] = ground.kinds[0]
    said, faults = read_cells(typed, _READERS, ground.keys, ground.today)
    said["cells"] = {name: cell for name, cell in cells.items() if name != IDENTITY}
    faults |= {name: Message("formula_cell") for name, cell in cells.items() if _FORMULA.match(cell)}
    if said.get(IDENTITY):
        said["sealed"] = base64.b64encode(sealed(ground.keys, bare_number(cells))).decode()
    faults |= _placed(said, ground)
    if "kind" in said:
        group = _group(typed.get(GROUP, ""), said["kind"], ground)
        if isinstance(group, Message):
            faults.setdefault(GROUP, group)
        else:
            said[GROUP] = group
        content, wrong = _content(cells, said)
        said["content"] = content
        faults |= {name: message for name, message in wrong.items() if name not in faults}
    return said, faults


def _placed(said: dict[str, Any], ground: Ground) -> dict[str, Message]:
    """Put the units a row names into it, or the proposing unit; a message for each that is not known."""
    faults: dict[str, Message] = {}
    said["home"] = ground.home
    for key, kept in ((UNIT, "home"), (NOMINEE_UNIT, NOMINEE_UNIT)):
        if key not in said:
            continue
        found = ground.units.get(said.pop(key), Message("unknown_unit"))
        if isinstance(found, Message):
            faults[key] = found
        else:
            said[kept] = found
    if NOMINEE_UNIT in said and said.get("kind", "collective") != "collective":
        faults[NOMINEE_UNIT] = Message("unit_is_collective")
    return faults


def _group(cell: str, of_kind: str, ground: Ground) -> str | Message:
    fitting = [number for number, kinds in ground.groups.items() if of_kind in kinds]
    named = cell.split(maxsplit=1)[0] if cell.split() else (fitting[0] if len(fitting) == 1 else "")
    return named if named in fitting else Message("not_choice", {"choices": ", ".join(fitting)})


def _content(cells: Cells, said: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Message]]:
    """The sections of the file that the cells fill in, checked as a form's are."""
    sections: dict[str, dict[str, Any]] = {}
    faults: dict[str, Message] = {}
    statements: dict[str, str] = {}
    for key, cell in cells.items():
        if not cell:
            continue
        if key.startswith(CRITERION):
            code = key.removeprefix(CRITERION)
            if code.startswith(f"{said.get(GROUP, '')}."):
                statements[code] = cell
            elif GROUP in said:
                faults[key] = Message("other_group", {"group": said[GROUP]})
            continue
        value = _value(_BY_KEY[key], cell, said["kind"])
        if isinstance(value, Message):
            faults[key] = value
        elif value is not None:
            section, field = value[0]
            sections.setdefault(section, {})[field] = value[1]
    if statements:
        sections["criteria"] = {"statements": statements}
    checked, wrong = checked_content(sections, said["kind"])
    return checked, faults | {_column_of(path): message for path, message in wrong.items()}


def _value(column: Column, cell: str, of_kind: str) -> tuple[tuple[str, str], str] | Message | None:
    """Where a cell goes and what it says there; None for one that is no content."""
    if of_kind not in column.kinds:
        return Message("not_for_kind", {"kind": KIND_WORDS[of_kind]})
    if column.place is None:
        return None
    if column.choices is None:
        return column.place, cell
    by_words = {folded(words): value for words, value in column.choices.items()}
    value = by_words.get(folded(cell))
    return Message("not_choice", {"choices": ", ".join(column.choices)}) if value is None else (column.place, value)


def _column_of(path: str) -> str:
    """The column a complaint about a section's field belongs to."""
    section, _, field = path.partition(".")
    if section == "criteria":
        return CRITERION + field.removeprefix("statements.")
    return next((c.key for c in COLUMNS if c.place == (section, field)), NAME)
