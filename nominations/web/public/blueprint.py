"""The blueprint of the pages for everybody, and where the navigation leads into them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from nominations.web.lazily import lazily as _
from nominations.web.navigation import Place

blueprint = Blueprint("public", __name__)

PLACES = (
    Place(
        _("Sổ khen thưởng"),
        "public.awards",
        "award",
        (),
        _("Tra cứu"),
        note=_("Các trường hợp đã có quyết định khen thưởng."),
    ),
    Place(
        _("Kiểm tra bằng khen, giấy khen"),
        "public.check_form",
        "qrcode",
        (),
        _("Tra cứu"),
        note=_("Nhập mã in trên bằng khen, giấy khen."),
    ),
    Place(
        _("Công cụ tính"),
        "public.calculator",
        "calculator",
        (),
        _("Tra cứu"),
        "g c",
        note=_("Tính thử tiêu chí giảm nghèo, tiền thưởng, hạn ngày làm việc."),
    ),
)
TOOLS = {
    "public.calculator": _("Tiêu chí"),
    "public.bonus": _("Tiền thưởng"),
    "public.deadline": _("Hạn ngày làm việc"),
}
"""The calculators, each a page of its own under one heading."""


def tabs() -> list[dict[str, Any]]:
    """Return the way to each calculator, the present one marked."""
    return [
        {"label": str(label), "url": url_for(endpoint), "current": request.endpoint == endpoint}
        for endpoint, label in TOOLS.items()
    ]
