"""The blueprint of the administrators' pages, and where the navigation leads into them."""

from __future__ import annotations

from flask import Blueprint

from nominations.web.lazily import lazily as _
from nominations.web.navigation import Place

blueprint = Blueprint("administrators", __name__, url_prefix="/quan-tri")

ADMIN = "admin"
_PEOPLE, _RULES = _("Người và đơn vị"), _("Quy định")
PLACES = (
    Place(_("Tài khoản, nhiệm vụ"), "administrators.people", "users", (ADMIN,), _PEOPLE, "g n"),
    Place(_("Hội đồng"), "administrators.councils", "users-group", (ADMIN,), _PEOPLE),
    Place(_("Cơ quan, đơn vị"), "administrators.units", "sitemap", (ADMIN,), _PEOPLE),
    Place(_("Đợt xét"), "administrators.rounds", "calendar-event", (ADMIN,), _RULES),
    Place(_("Quy trình"), "administrators.flows", "route", (ADMIN,), _RULES, "g q"),
    Place(_("Lịch làm việc"), "administrators.calendar", "calendar", (ADMIN,), _RULES),
    Place(_("Giá trị pháp lý"), "administrators.values", "scale", (ADMIN,), _RULES),
    Place(_("Hàng đợi xử lý"), "administrators.jobs", "server-2", (ADMIN,), _("Vận hành")),
)
