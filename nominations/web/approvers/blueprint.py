"""The blueprint of the approvers' pages, and where the navigation leads into them."""

from __future__ import annotations

from flask import Blueprint

from nominations.extensions import current_clock, db_session
from nominations.queries.actors import Viewer
from nominations.queries.incoming import DUTIES, board_of, may
from nominations.web.lazily import lazily as _
from nominations.web.navigation import FORMER, MEMBER, Place

blueprint = Blueprint("approvers", __name__)

REVIEWERS = ("appraiser", "secretary", "head", "deputy", "office", "clerk", MEMBER)
SIGNING = ("appraiser", "secretary", "head", "deputy", "office", "clerk")  # who composes, signs and numbers papers
KEEPERS = ("appraiser", "office", "head", "deputy", "secretary")  # who read what stands against a nominee


def answers_for_the_province(viewer: Viewer) -> bool:
    """Whether somebody is of the board or of the Chairman's office, which answer what ministries ask."""
    board = board_of(db_session(), current_clock().today())
    return board is not None and may(viewer, board, DUTIES)


PLACES = (
    Place(_("Việc cần xử lý"), "approvers.work", "inbox", (*REVIEWERS, FORMER), _("Xét khen thưởng"), "g v"),
    Place(_("Tờ trình, quyết định"), "approvers.bundles", "files", SIGNING, _("Xét khen thưởng"), "g t"),
    Place(_("Phiếu biểu quyết"), "approvers.ballots", "checklist", (MEMBER,), _("Xét khen thưởng"), "g b"),
    Place(
        _("Ý kiến được hỏi"),
        "approvers.asked_opinions",
        "messages",
        ("asked_body",),
        _("Xét khen thưởng"),
        note=_("Câu hỏi gửi tới cơ quan của đồng chí, và trả lời."),
    ),
    Place(
        _("Hiệp y đến"),
        "approvers.incoming_list",
        "mail-forward",
        REVIEWERS,
        _("Xét khen thưởng"),
        only=answers_for_the_province,
    ),
    Place(_("Người được đề nghị"), "approvers.nominees", "users", KEEPERS, _("Xét khen thưởng")),
    Place(_("In bằng khen, giấy khen"), "approvers.printing", "printer", ("clerk", "office"), _("Xét khen thưởng")),
)
