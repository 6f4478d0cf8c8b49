"""The blueprint of the councils' pages, and where the navigation leads into them."""

from __future__ import annotations

from flask import Blueprint

from nominations.web.lazily import lazily as _
from nominations.web.navigation import MEMBER, Place

blueprint = Blueprint("council", __name__)

ATTENDS = ("secretary", "appraiser", "office", "head", "deputy", "clerk", "auditor", MEMBER)
PLACES = (
    Place(_("Phiên họp Hội đồng"), "council.meetings", "users", ("secretary", MEMBER), _("Xét khen thưởng"), "g p"),
)
