"""The blueprint of the nominators' pages, and where the navigation leads into them."""

from __future__ import annotations

from flask import Blueprint

from nominations.web.lazily import lazily as _
from nominations.web.navigation import MEMBER, Place

blueprint = Blueprint("nominators", __name__)

READERS = ("appraiser", "secretary", "head", "deputy", "office", "clerk", "supervisor", MEMBER)
CHECKERS = ("nominator", "appraiser", "secretary")
PLACES = (
    Place(_("Hồ sơ của tôi"), "nominators.files", "files", ("nominator",), _("Lập hồ sơ"), "g s"),
    Place(_("Lập hồ sơ mới"), "nominators.new", "file-plus", ("nominator",), _("Lập hồ sơ"), "g n"),
    Place(_("Lập theo danh sách"), "nominators.draft_lists", "list-details", ("nominator",), _("Lập hồ sơ"), "g l"),
    Place(_("Dò trùng"), "nominators.check", "user-search", ("nominator",), _("Lập hồ sơ"), "g d"),
)
LOOK_UP = (
    Place(
        _("Dò trùng"),
        "nominators.check",
        "user-search",
        ("appraiser", "secretary"),
        _("Xét khen thưởng"),
        "g d",
        unless=("nominator",),
    ),
    Place(_("Tất cả hồ sơ"), "nominators.files", "files", READERS, _("Xét khen thưởng"), "g s", unless=("nominator",)),
)
