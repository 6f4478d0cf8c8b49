"""The blueprint of the nominators' pages, and where the navigation leads into them."""

from __future__ import annotations

from flask import Blueprint

from nominations.web.lazily import lazily as _
from nominations.web.navigation import MEMBER, Place

blueprint = Blueprint("nominators", __name__)

READERS = ("appraiser", "secretary", "head", "deputy", "office", "clerk", "supervisor", MEMBER)
PLACES = (
    Place(_("Hồ sơ của tôi"), "nominators.files", "files", ("nominator",), _("Lập hồ sơ"), "g s"),
    Place(_("Lập hồ sơ mới"), "nominators.new", "file-plus", ("nominator",), _("Lập hồ sơ"), "g n"),
)
LOOK_UP = (
    Place(_("Tất cả hồ sơ"), "nominators.files", "files", READERS, _("Xét khen thưởng"), "g s", unless=("nominator",)),
)
