"""The compiled report on the movement: its figures, who has reported, what bodies propose (plan V.3, V.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from nominations.documents.bodies import (
    dated,
    day_words,
    full_name,
    heading,
    numbered,
    reference,
    signature,
    symbol,
    undated,
    unnumbered,
)
from nominations.documents.facts import Body, Signed
from nominations.documents.kinds.lists import ANNEX, KINDS, ended, vnd
from nominations.documents.paper import Annex, Block, Column, Paper, Paragraph, Row, Run, Table, Words, body, run, words

Figures = Mapping[str, Any]
SERIES = "BC"
SUMMARIES: Mapping[str, str] = {
    "yearly": "Tình hình tổ chức thực hiện {movement} năm {year}",
    "midterm": "Sơ kết giữa kỳ {movement}",
    "final": "Tổng kết {movement}",
}
RECIPIENTS = (
    "Ủy ban nhân dân tỉnh",
    "Ban Thi đua - Khen thưởng Trung ương",
    "Hội đồng Thi đua - Khen thưởng tỉnh",
    "Các cơ quan, đơn vị, địa phương trong tỉnh",
    "Lưu: VT",
)
TYPED: Mapping[str, str] = {
    "raised_vnd": "Kinh phí vận động, huy động (đồng)",
    "households_helped": "Hộ nghèo, hộ cận nghèo được giúp đỡ (hộ)",
    "houses_built": "Nhà ở cho hộ nghèo được xây, sửa (nhà)",
    "models_spread": "Mô hình giảm nghèo được nhân rộng (mô hình)",
}
POVERTY_SERIES: Mapping[str, str] = {"all": "Toàn tỉnh", "ethnic_minority": "Dân tộc thiểu số"}
STATUS: Mapping[str, str] = {"official": "chính thức", "preliminary": "sơ bộ"}
STANDING: Mapping[str, str] = {
    "accepted": "đã tiếp nhận",
    "submitted": "đã gửi",
    "returned": "trả lại để hoàn thiện",
    "draft": "đang soạn",
    "none": "chưa báo cáo",
}
SAID: Mapping[str, str] = {
    "models": "Mô hình, cách làm hay",
    "difficulties": "Khó khăn, vướng mắc",
    "proposals": "Kiến nghị, đề xuất",
}


def compiled(figures: Figures, issuer: Body, signed: Signed | None, today: date) -> Paper:
    """Báo cáo tổng hợp of the issuing body, from the figures of one moment; without a signature it is a draft."""
    parent, name = heading(issuer)
    movement = str(figures["movement"])
    blocks: tuple[Block, ...] = (
        body("Kính gửi: ", Run("Ủy ban nhân dân tỉnh"), style="addressee"),
        body(
            f"Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh về tổ chức thực hiện {movement}, {full_name(issuer)} "
            f"tổng hợp báo cáo như sau (số liệu tính từ {_on(figures['from'])} đến {_on(figures['to'])}, tổng hợp ngày "
            f"{_on(figures['as_of'])}):"
        ),
        _head("I. Chế độ báo cáo"),
        _reporting(figures),
        _head("II. Đề nghị và khen thưởng"),
        *_awards(figures),
        _head("III. Kết quả do các đơn vị báo cáo"),
        *_typed(figures),
        _head("IV. Chỉ tiêu giảm nghèo"),
        *_poverty(figures),
        _head("V. Mô hình, khó khăn và kiến nghị"),
        *_said(figures),
        body(f"{full_name(issuer)} kính báo cáo./."),
    )
    return Paper(
        kind="movement_report",
        parent=parent,
        body=name,
        symbol=numbered(signed.number, SERIES, issuer) if signed is not None else unnumbered(SERIES, issuer),
        place_date=dated(issuer, signed.numbered_on) if signed is not None else undated(issuer, today.year),
        title="Báo cáo",
        summary=SUMMARIES[figures["kind"]].format(movement=movement, year=figures["year"]),
        blocks=blocks,
        signatures=(signature(issuer, signed),),
        recipients=RECIPIENTS,
        annexes=(_list(figures, issuer, signed),),
        issued_on=signed.numbered_on if signed is not None else None,
        draft=signed is None,
    )


def _reporting(figures: Figures) -> Paragraph:
    sums = figures["sums"]
    return body(
        f"Có {sums['reported']}/{sums['required']} đơn vị phải báo cáo đã gửi báo cáo (hạn hết ngày "
        f"{_on(figures['last_day'])}), trong đó {sums['came_late']} đơn vị gửi sau hạn; {sums['missing']} đơn vị chưa "
        f"gửi. Ngoài ra có {sums['optional']} cơ quan, doanh nghiệp tự gửi báo cáo. Danh sách ở phụ lục."
    )


def _awards(figures: Figures) -> tuple[Block, ...]:
    names, kinds = figures["forms"], list(KINDS)
    forms = sorted({one["form"] for one in (*figures["proposed"], *figures["awarded"])})
    if not forms:
        return (body("Trong kỳ không có hồ sơ đề nghị hoặc quyết định khen thưởng."),)
    rows = [_form_row(figures, names.get(form, form), form) for form in forms]
    total = sum(one["vnd"] for one in figures["awarded"])
    by_hand = sum(one["by_hand"] for one in figures["awarded"])
    columns = (
        Column("Hình thức khen thưởng", 3.6),
        Column("Đề nghị", 1.2, "right"),
        *(Column(f"Khen {KINDS[kind]}", 1.3, "right") for kind in kinds),
        Column("Cộng khen", 1.2, "right"),
        Column("Tiền thưởng (đồng)", 2, "right"),
    )
    ends = Row(_cells("Cộng", _sum(figures["proposed"]), *_by_kind(figures["awarded"]), total, bold=True))
    note = (body(f"Chưa tính được tiền thưởng của {by_hand} trường hợp vì bảng hệ số chưa có mức."),) if by_hand else ()
    return (
        body(
            f"Trong kỳ có {_sum(figures['proposed'])} hồ sơ đề nghị được gửi, {_sum(figures['awarded'])} trường hợp có "
            f"quyết định khen thưởng, tổng tiền thưởng kèm theo {vnd(total)} đồng."
        ),
        Table(columns, (*rows, ends)),
        *note,
    )


def _form_row(figures: Figures, name: str, form: str) -> Row:
    proposed = [one for one in figures["proposed"] if one["form"] == form]
    given = [one for one in figures["awarded"] if one["form"] == form]
    return Row(_cells(name, _sum(proposed), *_by_kind(given), sum(one["vnd"] for one in given)))


def _by_kind(given: Sequence[Figures]) -> list[int]:
    """How many of each kind of nominee, and together."""
    return [*(_sum([one for one in given if one["kind"] == kind]) for kind in KINDS), _sum(given)]


def _cells(name: str, *counts: int, bold: bool = False) -> tuple[Words, ...]:
    return (words(name, bold=bold), *(words(vnd(count), bold=bold) for count in counts))


def _sum(counts: Sequence[Figures]) -> int:
    return sum(int(one["count"]) for one in counts)


def _typed(figures: Figures) -> tuple[Block, ...]:
    typed = figures["typed"]
    rows = tuple(Row((words(label), words(vnd(typed[key])))) for key, label in TYPED.items() if key in typed)
    if not rows:
        return (body("Chưa có đơn vị nào gửi số liệu."),)
    return (
        body(f"Cộng từ báo cáo của {figures['sums']['sent']} đơn vị:"),
        Table((Column("Nội dung", 5), Column("Kết quả", 2, "right")), rows),
    )


def _poverty(figures: Figures) -> tuple[Block, ...]:
    if not figures["poverty"]:
        return (body("Chưa có số liệu rà soát hộ nghèo của toàn tỉnh được công nhận trong kỳ."),)
    columns = (
        Column("Chỉ tiêu", 2),
        Column("Năm", 0.9, "center"),
        Column("Tỷ lệ nghèo đa chiều (%)", 1.7, "right"),
        Column("Giảm (điểm %)", 1.4, "right"),
        Column("Số liệu, căn cứ", 4),
    )
    rows = tuple(
        Row((
            words(POVERTY_SERIES[one["series"]]),
            words(str(one["year"])),
            words(run(_percent(one["rate"]), "tỷ lệ")),
            words(_percent(one["fall"]) or "-"),
            words(f"{STATUS[one['status']]}; {one['decision'] or 'chưa nêu quyết định'} {one['source']}"),
        ))
        for one in figures["poverty"]
    )  # fmt: skip
    return (Table(columns, rows),)


def _percent(said: str | None) -> str | None:
    return None if said is None else said.replace(".", ",")


def _said(figures: Figures) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for part, label in SAID.items():
        lines = figures["words"].get(part, ())
        blocks.append(body(Run(f"{label}: ", italic=True), "" if lines else "không có đơn vị nào nêu."))
        blocks += [body(f"- {one['body']}: {ended(one['text'])}.") for one in lines]
    return tuple(blocks)


def _list(figures: Figures, issuer: Body, signed: Signed | None) -> Annex:
    number = (
        reference(signed.number, SERIES, issuer) if signed is not None else Run(f"......./{symbol(SERIES, issuer)}")
    )
    on = day_words(signed.numbered_on) if signed is not None else Run("ngày .....")
    columns = (
        Column("STT", 0.7, "center"),
        Column("Đơn vị", 4.2),
        Column("Phải báo cáo", 1.5, "center"),
        Column("Tình trạng", 2.2),
        Column("Ngày gửi", 1.4, "center"),
        Column("Số báo cáo", 1.8),
        Column("Liên hệ", 3.2),
    )
    rows = tuple(
        Row((words(str(place)), *(words(cell) for cell in _body_cells(one))))
        for place, one in enumerate(figures["bodies"], 1)
    )
    return Annex(
        title="Danh sách đơn vị báo cáo",
        summary=SUMMARIES[figures["kind"]].format(movement="Phong trào thi đua", year=figures["year"]),
        reference=words(f"{ANNEX}Báo cáo số ", number, " ", on, f" của {full_name(issuer)})"),
        blocks=(Table(columns, rows),),
        landscape=True,
    )


def _body_cells(one: Figures) -> tuple[str, ...]:
    standing = STANDING[one["standing"]] + (", sau hạn" if one["came_late"] else ", quá hạn" if one["late"] else "")
    day = "" if one["submitted_on"] is None else _on(one["submitted_on"])
    owed = "phải gửi" if one["owed"] == "required" else "tự nguyện"
    return (one["name"], owed, standing, day, one["number"] or "", one["contact"] or "")


def _head(said: str) -> Paragraph:
    return Paragraph(words(said, bold=True), "heading")


def _on(said: str) -> str:
    return f"{date.fromisoformat(said):%d/%m/%Y}"
