"""The blueprint of the movement's pages, and where the navigation leads into them."""

from __future__ import annotations

from flask import Blueprint

from nominations.web.lazily import lazily as _
from nominations.web.navigation import Place

blueprint = Blueprint("movement", __name__, url_prefix="/phong-trao")

_MOVEMENT = _("Phong trào")
REPORTERS = ("nominator", "appraiser", "secretary", "office", "clerk", "head", "deputy", "auditor")
PLACES = (
    Place(
        _("Kế hoạch"),
        "movement.plan_page",
        "flag",
        (),
        _MOVEMENT,
        "g k",
        note=_("Mục đích, chỉ tiêu, tiêu chí, tiến độ, trách nhiệm từng cơ quan."),
    ),
    Place(
        _("Báo cáo phong trào"),
        "movement.reports",
        "report",
        REPORTERS,
        _MOVEMENT,
        note=_("Báo cáo hằng năm, sơ kết, tổng kết: ai đã gửi, ai chưa."),
    ),
    Place(
        _("Sổ theo dõi phong trào"),
        "movement.paper_register",
        "book",
        (*REPORTERS, "supervisor", "asked_body"),
        _MOVEMENT,
        note=_("Văn bản, đề xuất, kiểm tra, giám sát, mô hình, nguồn lực."),
    ),
)
