"""The blueprint of the approvers' pages, and where the navigation leads into them."""

from __future__ import annotations

from flask import Blueprint

from nominations.web.lazily import lazily as _
from nominations.web.navigation import MEMBER, Place

blueprint = Blueprint("approvers", __name__)

REVIEWERS = ("appraiser", "secretary", "head", "deputy", "office", "clerk", MEMBER)
SIGNING = ("appraiser", "secretary", "head", "deputy", "office", "clerk")  # who composes, signs and numbers papers
KEEPERS = ("appraiser", "office", "head", "deputy", "secretary")  # who read what stands against a nominee
PLACES = (
    Place(_("Việc cần xử lý"), "approvers.work", "inbox", REVIEWERS, _("Xét khen thưởng"), "g v"),
    Place(_("Tờ trình, quyết định"), "approvers.bundles", "files", SIGNING, _("Xét khen thưởng"), "g t"),
    Place(_("Phiếu biểu quyết"), "approvers.ballots", "checklist", (MEMBER,), _("Xét khen thưởng"), "g b"),
    Place(_("Người được đề nghị"), "approvers.nominees", "users", KEEPERS, _("Xét khen thưởng")),
)
