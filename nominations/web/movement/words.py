"""What reports, their parts and their states are called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from nominations.queries.reports import Due
from nominations.web.lazily import lazily

SECTIONS: Mapping[str, str] = {
    "organising": lazily("Công tác lãnh đạo, chỉ đạo, phát động, tuyên truyền"),
    "results": lazily("Kết quả thực hiện phong trào"),
    "models": lazily("Mô hình, cách làm hay, điển hình"),
    "difficulties": lazily("Khó khăn, vướng mắc, nguyên nhân"),
    "proposals": lazily("Kiến nghị, đề xuất"),
    "ahead": lazily("Phương hướng, nhiệm vụ năm sau"),
}
FIGURES: Mapping[str, str] = {
    "raised_vnd": lazily("Kinh phí vận động, huy động (đồng)"),
    "households_helped": lazily("Hộ nghèo, hộ cận nghèo được giúp đỡ (hộ)"),
    "houses_built": lazily("Nhà ở cho hộ nghèo được xây, sửa (nhà)"),
    "models_spread": lazily("Mô hình giảm nghèo được nhân rộng (mô hình)"),
}
STANDINGS: Mapping[str, tuple[str, str, str]] = {  # words, tone, icon
    "accepted": (lazily("Đã tiếp nhận"), "ok", "circle-check"),
    "submitted": (lazily("Đã gửi, chờ tiếp nhận"), "info", "send"),
    "returned": (lazily("Trả lại để hoàn thiện"), "warn", "arrow-back-up"),
    "draft": (lazily("Đang soạn"), "neutral", "pencil"),
    "none": (lazily("Chưa báo cáo"), "neutral", "circle"),
}
HOW: Mapping[str, tuple[str, str, str]] = {
    "done": (lazily("Đã thực hiện"), "ok", "circle-check"),
    "late": (lazily("Quá hạn"), "bad", "alert-triangle"),
    "next": (lazily("Sắp tới"), "info", "clock"),
    "coming": (lazily("Chưa tới"), "neutral", "calendar"),
}
SERIES: Mapping[str, str] = {
    "all": lazily("Tất cả các hộ"),
    "ethnic_minority": lazily("Hộ dân tộc thiểu số"),
}
STATUS: Mapping[str, str] = {"official": lazily("Chính thức"), "preliminary": lazily("Sơ bộ")}
READINGS: Mapping[str, tuple[str, str]] = {  # of a setting: what it decides, what stands behind it
    "due": (lazily("Ngày báo cáo hằng năm"), lazily("Tháng-ngày, ví dụ 11-15 (kế hoạch, mục V.6).")),
    "includes_day": (
        lazily("“Trước ngày” có gồm chính ngày đó không"),
        lazily("Không gồm: hạn hết ngày hôm trước. Có gồm: hạn hết chính ngày đó."),
    ),
    "first_year": (lazily("Năm đầu phải báo cáo"), lazily("Kế hoạch ban hành sau ngày 02/11/2022.")),
    "communes_from": (
        lazily("Từ năm nào cấp xã báo cáo thay cấp huyện"),
        lazily("Từ 01/07/2025 không còn cấp huyện."),
    ),
    "others": (
        lazily("Doanh nghiệp, cơ quan Trung ương, cơ quan Đảng"),
        lazily("Mục V.5 nêu cả doanh nghiệp và cơ quan, đơn vị; mục V.6 không nêu."),
    ),
    "remind_days": (lazily("Nhắc trước hạn"), lazily("Số ngày, từ 0 đến 60.")),
}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "includes_day": {"false": lazily("Không gồm"), "true": lazily("Có gồm")},
    "others": {
        "required": lazily("Phải báo cáo"),
        "optional": lazily("Tự nguyện"),
        "none": lazily("Không báo cáo"),
    },
}


def report_name(kind: str, year: int) -> str:
    """What a report is called."""
    if kind == "midterm":
        return _("Báo cáo sơ kết giữa kỳ %(year)s", year=year)
    if kind == "final":
        return _("Báo cáo tổng kết %(year)s", year=year)
    return _("Báo cáo năm %(year)s", year=year)


def due_name(due: Due) -> str:
    """What the report that is owed is called."""
    return report_name(due.kind, due.year)
