"""The blueprint of the pages for everybody, and where the navigation leads into them."""

from __future__ import annotations

from flask import Blueprint

from nominations.web.lazily import lazily as _
from nominations.web.navigation import Place

blueprint = Blueprint("public", __name__)

PLACES = (
    Place(
        _("Công cụ tính"),
        "public.calculator",
        "calculator",
        (),
        _("Tra cứu"),
        "g c",
        note=_("Tính thử tiêu chí giảm nghèo từ số liệu."),
    ),
)
