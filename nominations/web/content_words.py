"""The fields of a file's content in words: label, hint and kind of control, by section and kind of nominee.

What may be typed is the service's business (`nominations.services.content`); here is how it is asked and read out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nominations.web.lazily import lazily as _

Pairs = tuple[tuple[str, str], ...]
EVERY = ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7")
GIVES = ("1.7",)  # enterprises, organisations and individuals that help


@dataclass(frozen=True, slots=True)
class Wanted:
    """One field: how it is asked. `kind`: line, text, count, money, year, date, flag, choice, or rows.

    `groups` are the criteria groups whose files have it; `needed` marks what a file cannot be sent without.
    """

    name: str
    label: str
    hint: str = ""
    kind: str = "line"
    width: str = "l"
    options: Pairs = ()
    columns: tuple[Wanted, ...] = ()
    groups: tuple[str, ...] = EVERY
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Fields that are asked together under a title of their own."""

    title: str
    fields: tuple[Wanted, ...]


SEXES: Pairs = (("male", _("Nam")), ("female", _("Nữ")))
BODIES: Pairs = (("enterprise", _("Doanh nghiệp, hợp tác xã")),)
CLASSES: Pairs = (
    ("poor", _("Hộ nghèo")),
    ("near_poor", _("Hộ cận nghèo")),
    ("escaped", _("Hộ mới thoát nghèo")),
    ("none", _("Không thuộc các diện trên")),
)
STANDARDS: Pairs = (("2022-2025", _("Chuẩn 2022 - 2025")), ("2016-2020", _("Chuẩn 2016 - 2020")))
STATUSES: Pairs = (("official", _("Chính thức")), ("preliminary", _("Sơ bộ")))

_PRIVATE = Wanted("name", _("Họ và tên"), _("Ghi đủ họ, chữ đệm và tên như trong giấy tờ tuỳ thân."), needed=True)
_ETHNIC = Wanted("ethnic_group", _("Dân tộc"), _("Ví dụ: Kinh, Hrê, Ba Na, Chăm."), width="s")
_BODY = (
    Wanted("body_kind", _("Loại hình"), kind="choice", width="m", options=BODIES, groups=GIVES),
    Wanted(
        "credit_institution",
        _("Là ngân hàng hoặc tổ chức tín dụng"),
        _("Khi chọn, hồ sơ được xét thêm tiêu chí 1.7.3."),
        kind="flag",
        groups=GIVES,
    ),
)
_INDIVIDUAL = (
    Block(
        _("Người được đề nghị"),
        (
            _PRIVATE,
            Wanted("other_name", _("Tên gọi khác, bút danh"), width="m"),
            Wanted("sex", _("Giới tính"), kind="choice", width="s", options=SEXES),
            Wanted("birth_date", _("Ngày sinh"), kind="date"),
            Wanted("birth_year", _("Năm sinh"), _("Ghi khi không rõ ngày, tháng sinh."), kind="year"),
            _ETHNIC,
            Wanted("home_place", _("Quê quán")),
            Wanted("address", _("Nơi thường trú"), _("Thôn, khu phố; xã, phường, thị trấn; huyện.")),
        ),
    ),
    Block(
        _("Công tác"),
        (
            Wanted("position", _("Chức vụ, nhiệm vụ được giao")),
            Wanted("workplace", _("Đơn vị công tác")),
            Wanted("education", _("Trình độ chuyên môn"), width="m"),
            *_BODY,
        ),
    ),
)
_COLLECTIVE = (
    Block(
        _("Tập thể được đề nghị"),
        (
            Wanted("name", _("Tên đầy đủ của tập thể"), _("Viết chữ thường, không viết tắt."), needed=True),
            Wanted("hamlet", _("Thôn, khu phố"), width="m", groups=("1.4", "1.7")),
            Wanted("address", _("Trụ sở, địa chỉ")),
            Wanted("phone", _("Điện thoại"), width="s"),
            Wanted("head_name", _("Người đứng đầu"), _("Họ và tên, chức vụ.")),
            Wanted("members", _("Số người trong tập thể"), kind="count"),
            *_BODY,
        ),
    ),
    Block(
        _("Đặc điểm"),
        (
            Wanted("founded", _("Quá trình thành lập"), _("Ngày, năm và văn bản thành lập.")),
            Wanted("functions", _("Chức năng, nhiệm vụ được giao"), kind="text"),
        ),
    ),
)
_HOUSEHOLD = (
    Block(
        _("Hộ gia đình được đề nghị"),
        (
            Wanted("name", _("Họ và tên chủ hộ"), _("Ghi như trong giấy tờ tuỳ thân của chủ hộ."), needed=True),
            Wanted("birth_year", _("Năm sinh của chủ hộ"), kind="year"),
            _ETHNIC,
            Wanted("hamlet", _("Thôn, khu phố"), width="m"),
            Wanted("address", _("Địa chỉ"), _("Xã, phường, thị trấn; huyện, thị xã, thành phố.")),
            Wanted("members", _("Số nhân khẩu"), kind="count"),
        ),
    ),
    Block(
        _("Diện hộ và quá trình thoát nghèo"),
        (
            Wanted(
                "classification",
                _("Diện hộ hiện nay"),
                _("Theo kết quả rà soát gần nhất."),
                kind="choice",
                width="m",
                options=CLASSES,
            ),
            Wanted(
                "recognised_by",
                _("Quyết định công nhận"),
                _("Số, ngày và cơ quan ban hành quyết định công nhận hộ nghèo, cận nghèo, thoát nghèo."),
            ),
            Wanted("registered_on", _("Ngày đăng ký tự nguyện thoát nghèo"), kind="date"),
            Wanted("escaped_year", _("Năm được công nhận thoát nghèo"), kind="year"),
        ),
    ),
)

FIGURES = Wanted(
    "figures",
    _("Số liệu hộ nghèo, hộ cận nghèo hằng năm"),
    _("Mỗi dòng là kết quả rà soát cuối một năm. Tỷ lệ để trống thì tính từ số hộ."),
    kind="rows",
    columns=(
        Wanted("year", _("Năm"), kind="year"),
        Wanted("households", _("Tổng số hộ"), kind="count"),
        Wanted("poor", _("Hộ nghèo"), kind="count"),
        Wanted("near_poor", _("Hộ cận nghèo"), kind="count"),
        Wanted("rate", _("Tỷ lệ (%)"), kind="percent"),
        Wanted("standard", _("Chuẩn nghèo"), kind="choice", options=STANDARDS),
        Wanted("status", _("Số liệu"), kind="choice", options=STATUSES),
        Wanted("decision_ref", _("Quyết định công nhận")),
    ),
)
HELPED = Wanted(
    "helped",
    _("Các hộ đã giúp"),
    _("Hộ nghèo, cận nghèo, mới thoát nghèo đã được giúp; ví dụ: con giống, kỹ thuật, việc làm, nhà ở."),
    kind="rows",
    columns=(
        Wanted("name", _("Tên chủ hộ được giúp")),
        Wanted("kind", _("Giúp về việc gì")),
        Wanted("value", _("Giá trị (đồng)"), kind="money"),
    ),
    groups=("1.4", "1.5", "1.7"),
)
PAST = Wanted(
    "past_awards",
    _("Đã được khen thưởng"),
    _("Các hình thức đã được khen trong thời gian xét, cả của phong trào khác."),
    kind="rows",
    columns=(
        Wanted("year", _("Năm"), kind="year"),
        Wanted("form", _("Hình thức khen thưởng")),
        Wanted("decision", _("Số, ngày, cơ quan ban hành quyết định")),
    ),
)

_SITUATION = Wanted(
    "situation",
    _("Sơ lược đặc điểm, tình hình"),
    _("Đặc điểm chính, tổ chức, thuận lợi, khó khăn."),
    kind="text",
)
_ACHIEVEMENTS = Wanted(
    "achievements",
    _("Thành tích đạt được"),
    _("Chỉ nêu thành tích trong phong trào, trong thời gian xét; có số liệu so sánh qua các năm."),
    kind="text",
    needed=True,
)
_MEASURES = Wanted("measures", _("Biện pháp, nguyên nhân đạt được thành tích"), kind="text")
_DISCIPLINE = Wanted(
    "discipline", _("Chấp hành chủ trương, chính sách, pháp luật"), _("Cả công tác Đảng, đoàn thể nếu có."), kind="text"
)
_MODEL = Wanted("model", _("Mô hình, cách làm có thể nhân rộng"), kind="text")
_GIVEN = Block(
    _("Đóng góp"),
    (
        Wanted("contributions", _("Nội dung đóng góp, giúp đỡ"), kind="text"),
        Wanted("money_vnd", _("Tiền, hiện vật quy ra tiền"), kind="money"),
        Wanted("land_m2", _("Đất đã hiến (m²)"), kind="count"),
        Wanted("labour_days", _("Ngày công"), kind="count"),
        HELPED,
    ),
)
_GENERAL = (
    Block(_("Tình hình và thành tích"), (_SITUATION, _ACHIEVEMENTS, _MEASURES, _MODEL, _DISCIPLINE)),
    _GIVEN,
    Block(_("Khen thưởng"), (PAST,)),
)
_OF_HOUSEHOLD = (
    Block(
        _("Hoàn cảnh và thành tích"),
        (
            Wanted(
                "situation",
                _("Hoàn cảnh gia đình"),
                _("Hoàn cảnh trước khi vươn lên, những khó khăn chính."),
                kind="text",
            ),
            _ACHIEVEMENTS,
            Wanted("model", _("Mô hình sản xuất, kinh doanh"), kind="text"),
            _DISCIPLINE,
        ),
    ),
    Block(
        _("Thu nhập và vốn vay"),
        (
            Wanted("income_before", _("Thu nhập cả năm trước khi có mô hình"), kind="money"),
            Wanted("income_after", _("Thu nhập cả năm hiện nay"), kind="money"),
            Wanted("loan_amount", _("Vốn vay Ngân hàng Chính sách xã hội"), kind="money"),
            Wanted("loan_purpose", _("Mục đích vay")),
            Wanted("loan_on_time", _("Trả gốc và lãi đúng hạn"), kind="flag"),
        ),
    ),
    _GIVEN,
    Block(_("Khen thưởng"), (PAST,)),
)
_PROPOSAL = (
    Block(
        _("Nội dung đề nghị"),
        (
            Wanted(
                "achievement",
                _("Thành tích ghi trong quyết định"),
                _(
                    "Một câu, ví dụ: Đã có thành tích xuất sắc trong Phong trào thi đua “Vì người nghèo - Không để ai "
                    "bị bỏ lại phía sau” giai đoạn 2021 - 2023."
                ),
                needed=True,
            ),
            Wanted("period_from", _("Thành tích từ ngày"), kind="date"),
            Wanted("period_to", _("đến ngày"), kind="date"),
            Wanted("reason", _("Lý do đề nghị"), kind="text"),
        ),
    ),
    Block(
        _("Nơi đề nghị"),
        (
            Wanted(
                "proposed_by",
                _("Thôn, khu phố hoặc tổ chức đề nghị"),
                _("Khi đơn vị lập hồ sơ thay cho thôn, khu phố, tổ chức không có tài khoản."),
            ),
            Wanted("representative", _("Người đại diện"), _("Họ và tên, chức danh: trưởng thôn, trưởng ban công tác…")),
            Wanted("meeting_on", _("Ngày họp bình xét"), kind="date"),
        ),
    ),
)

NOMINEE: Mapping[str, tuple[Block, ...]] = {
    "individual": _INDIVIDUAL,
    "collective": _COLLECTIVE,
    "household": _HOUSEHOLD,
}
REPORT: Mapping[str, tuple[Block, ...]] = {
    "individual": _GENERAL,
    "collective": _GENERAL,
    "household": _OF_HOUSEHOLD,
}


def blocks(section: str, subject_kind: str, group: str) -> tuple[Block, ...]:
    """Return what a section asks of such a nominee, block by block; the criteria are asked on a page of their own."""
    asked = {"nominee": NOMINEE[subject_kind], "report": REPORT[subject_kind], "proposal": _PROPOSAL}.get(section, ())
    fitting = (Block(b.title, tuple(f for f in b.fields if group in f.groups)) for b in asked)
    return tuple(block for block in fitting if block.fields)


def wanted(section: str, subject_kind: str, group: str) -> tuple[Wanted, ...]:
    """Return the fields of a section, in the order they are asked."""
    if section == "criteria":
        return (FIGURES,)
    return tuple(field for block in blocks(section, subject_kind, group) for field in block.fields)
