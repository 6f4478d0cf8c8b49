"""The achievement report, by kind of nominee (facts 5.1); the form's number differs by decree and is not printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nominations.documents.bodies import full_name, heading, undated
from nominations.documents.facts import Facts
from nominations.documents.kinds.lists import vnd
from nominations.documents.paper import Block, Column, Paper, Paragraph, Row, Signature, Table, body, run, words

Section = Mapping[str, Any]
Labels = Sequence[tuple[str, str]]
ABOUT: Mapping[str, Labels] = {
    "individual": (
        ("name", "Họ và tên"), ("other_name", "Bí danh, tên gọi khác"), ("sex", "Giới tính"),
        ("birth_date", "Ngày, tháng, năm sinh"), ("birth_year", "Năm sinh"), ("ethnic_group", "Dân tộc"),
        ("home_place", "Quê quán"), ("address", "Nơi thường trú"), ("position", "Chức vụ"),
        ("workplace", "Đơn vị công tác"), ("education", "Trình độ"),
    ),
    "household": (
        ("name", "Chủ hộ"), ("birth_year", "Năm sinh"), ("ethnic_group", "Dân tộc"), ("address", "Địa chỉ"),
        ("hamlet", "Thôn, khu phố"), ("members", "Số nhân khẩu"), ("classification", "Phân loại hộ"),
        ("escaped_year", "Năm thoát nghèo"), ("registered_on", "Ngày đăng ký thoát nghèo"),
        ("recognised_by", "Quyết định công nhận"),
    ),
    "collective": (
        ("name", "Tên tập thể"), ("address", "Địa điểm trụ sở"), ("phone", "Điện thoại"), ("founded", "Thành lập"),
        ("head_name", "Người đứng đầu"), ("members", "Số thành viên"), ("functions", "Chức năng, nhiệm vụ"),
        ("hamlet", "Thôn, khu phố"),
    ),
}  # fmt: skip
MONEY: Labels = (
    ("income_before", "Thu nhập trước (đồng)"), ("income_after", "Thu nhập sau (đồng)"),
    ("loan_amount", "Vay vốn (đồng)"), ("loan_purpose", "Mục đích vay"),
    ("land_m2", "Đất đóng góp (m²)"), ("money_vnd", "Tiền đóng góp (đồng)"), ("labour_days", "Ngày công đóng góp"),
)  # fmt: skip
TITLES = {"individual": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}


def report(facts: Facts) -> Paper:
    """Báo cáo thành tích of a person, household or collective: who, what was achieved, earlier awards."""
    told: Section = facts.content.get("report", {})
    parent, name = heading(facts.home)
    signs = {"collective": "Thủ trưởng đơn vị", "household": "Đại diện hộ gia đình"}
    return Paper(
        kind="report",
        parent=parent,
        body=name,
        symbol=words(),
        place_date=undated(facts.home, facts.today.year),
        title="Báo cáo thành tích",
        summary=f"Đề nghị tặng {facts.form_label}",
        blocks=(
            *_about(facts),
            *_achieved(facts, told),
            _heading("III. Các hình thức đã được khen thưởng"),
            *_past(told),
        ),
        signatures=(
            Signature(("Xác nhận của cấp trình khen thưởng",), note="(Ký, đóng dấu)"),
            Signature((signs.get(facts.subject_kind, "Người báo cáo"),), note="(Ký, ghi rõ họ tên)"),
        ),
    )


def _about(facts: Facts) -> tuple[Block, ...]:
    told: Section = facts.content.get("nominee", {}) | {"name": facts.nominee}
    situation = facts.content.get("report", {}).get("situation")
    lines = [
        body(f"- {label}: ", run(told["name"], "họ tên, tên gọi") if key == "name" else _said(told[key]))
        for key, label in ABOUT[facts.subject_kind]
        if told.get(key) not in {None, ""}
    ]
    more = (body(str(situation)),) if situation else ()
    return (
        _heading("I. Sơ lược đặc điểm, tình hình"),
        *lines,
        body(f"- Đơn vị đề nghị: {full_name(facts.home)}"),
        *more,
    )


def _achieved(facts: Facts, told: Section) -> tuple[Block, ...]:
    """Achievement in this movement, statements by criterion, figures, whom they helped."""
    statements: Mapping[str, str] = facts.content.get("criteria", {}).get("statements", {})
    blocks: list[Block] = [
        _heading("II. Thành tích đạt được trong phong trào"),
        body(run(told.get("achievements"), "thành tích đạt được")),
    ]
    blocks += [body(f"Tiêu chí {code}: {said}") for code, said in statements.items() if said]
    blocks += [body(f"- {label}: ", _said(told[key])) for key, label in MONEY if told.get(key) not in {None, ""}]
    blocks += [body(str(told[key])) for key in ("contributions", "model", "measures", "discipline") if told.get(key)]
    helped = [row for row in told.get("helped", ()) if row]
    if helped:
        columns = (
            Column("STT", 0.6, "center"),
            Column("Hộ được giúp", 3),
            Column("Nội dung giúp", 3),
            Column("Giá trị (đồng)", 1.5, "right"),
        )
        blocks.append(
            Table(
                columns,
                tuple(
                    Row(
                        (
                            words(str(n)),
                            words(str(row.get("name", ""))),
                            words(str(row.get("kind", ""))),
                            words(vnd(row["value"]) if row.get("value") is not None else ""),
                        )
                    )
                    for n, row in enumerate(helped, 1)
                ),
            )
        )
    return tuple(blocks)


def _past(told: Section) -> tuple[Block, ...]:
    rows = tuple(
        Row((words(str(row.get("year", ""))), words(str(row.get("form", ""))), words(str(row.get("decision", "")))))
        for row in told.get("past_awards", ())
    )
    if not rows:
        return (body("Chưa có."),)
    columns = (
        Column("Năm", 1, "center"),
        Column("Hình thức khen thưởng", 4),
        Column("Số, ngày, cơ quan ban hành quyết định", 4),
    )
    return (Table(columns, rows),)


def _heading(text: str) -> Paragraph:
    return Paragraph(words(text), "heading")


def _said(value: object) -> str:
    """A typed value as a reader expects it: thousands apart, days as dd/mm/yyyy."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int):
        return vnd(value) if value > 9999 else str(value)
    text = str(value)
    parts = text.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 and all(part.isdigit() for part in parts) else text
