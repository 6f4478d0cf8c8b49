"""The blueprint of the administrators' pages, and where the navigation leads into them."""

from __future__ import annotations

from flask import Blueprint

from nominations.web.lazily import lazily as _
from nominations.web.navigation import Place

blueprint = Blueprint("administrators", __name__, url_prefix="/quan-tri")

ADMIN = "admin"
_PEOPLE, _RULES = _("Người và đơn vị"), _("Quy định")
PLACES = (
    Place(
        _("Tài khoản, nhiệm vụ"),
        "administrators.people",
        "users",
        (ADMIN,),
        _PEOPLE,
        "g n",
        note=_("Lập, khoá tài khoản; giao, bàn giao, kết thúc nhiệm vụ."),
    ),
    Place(
        _("Hội đồng"),
        "administrators.councils",
        "users-group",
        (ADMIN,),
        _PEOPLE,
        note=_("Lập Hội đồng, cử và thôi thành viên."),
    ),
    Place(
        _("Cơ quan, đơn vị"),
        "administrators.units",
        "sitemap",
        (ADMIN,),
        _PEOPLE,
        note=_("Cây tổ chức vào từng ngày, sáp nhập và kế thừa."),
    ),
    Place(
        _("Sắp xếp đơn vị"),
        "administrators.reorganisation",
        "transfer",
        (ADMIN,),
        _PEOPLE,
        note=_("Xem thử rồi chuyển mọi việc đang đi sang đơn vị kế thừa."),
    ),
    Place(
        _("Khen thưởng trước đây"),
        "administrators.past_awards",
        "award",
        (ADMIN,),
        _PEOPLE,
        note=_("Quyết định cũ và của phong trào khác: xem thử bảng, rồi ghi."),
    ),
    Place(
        _("Đợt xét"),
        "administrators.rounds",
        "calendar-event",
        (ADMIN,),
        _RULES,
        note=_("Mở, sửa, đóng đợt; hình thức được xét trong đợt."),
    ),
    Place(
        _("Quy trình"),
        "administrators.flows",
        "route",
        (ADMIN,),
        _RULES,
        "g q",
        note=_("Sơ đồ từng hình thức, thời hạn các bước, các bản đã ban hành."),
    ),
    Place(
        _("Lịch làm việc"),
        "administrators.calendar",
        "calendar",
        (ADMIN,),
        _RULES,
        note=_("Ngày nghỉ, ngày làm bù để tính hạn."),
    ),
    Place(
        _("Giá trị pháp lý"),
        "administrators.values",
        "scale",
        (ADMIN,),
        _RULES,
        note=_("Lương cơ sở, hệ số tiền thưởng theo từng thời kỳ."),
    ),
    Place(
        _("Cách hiểu kế hoạch"),
        "administrators.readings",
        "bulb",
        (ADMIN,),
        _RULES,
        note=_("Hạn báo cáo phong trào, ai phải báo cáo."),
    ),
    Place(
        _("Hàng đợi xử lý"),
        "administrators.jobs",
        "server-2",
        (ADMIN,),
        _("Vận hành"),
        note=_("Thông báo và thư còn chờ gửi."),
    ),
)
