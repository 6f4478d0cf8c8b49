"""What the roles, marks and choices of a council's meeting are called."""

from __future__ import annotations

from collections.abc import Mapping

from nominations.web.lazily import lazily as _

ROLES: Mapping[str, str] = {
    "chair": _("Chủ tịch Hội đồng"),
    "vice_chair": _("Phó Chủ tịch Hội đồng"),
    "standing": _("Ủy viên thường trực"),
    "member": _("Ủy viên"),
    "secretary": _("Thư ký"),
}
PRESENCE: Mapping[str, str] = {
    "present": _("Có mặt"),
    "excused": _("Vắng, có lý do"),
    "absent": _("Vắng, không lý do"),
}
CHOICES: Mapping[str, str] = {
    "agree": _("Đồng ý"),
    "disagree": _("Không đồng ý"),
    "abstain": _("Không tham gia biểu quyết"),
}
ORDERS: Mapping[str, str] = {
    "kind": _("Tập thể, hộ gia đình, cá nhân"),
    "form": _("Hình thức khen thưởng"),
    "unit": _("Đơn vị đề nghị"),
    "name": _("Tên gọi"),
}
