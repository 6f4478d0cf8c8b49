"""The blueprint of the auditors' pages, and where the navigation leads into them."""

from __future__ import annotations

from flask import Blueprint

from nominations.web.lazily import lazily as _
from nominations.web.navigation import Place

blueprint = Blueprint("auditors", __name__, url_prefix="/kiem-toan")

AUDITOR = "auditor"
PLACES = (
    Place(
        _("Hồ sơ và nhật ký"),
        "auditors.files",
        "shield-check",
        (AUDITOR,),
        _("Kiểm tra, giám sát"),
        "g k",
        note=_("Lịch sử từng hồ sơ, từng dòng nhật ký và kết quả kiểm tra chuỗi."),
    ),
    Place(
        _("Các chuỗi chung"),
        "auditors.streams",
        "link",
        (AUDITOR,),
        _("Kiểm tra, giám sát"),
        note=_("Nhật ký tài khoản, đơn vị, quy trình, đăng nhập."),
    ),
)
