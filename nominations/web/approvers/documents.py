"""Papers made of a file: what there is for the reader, and each as PDF to look at or DOCX to edit."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from flask import abort, send_file, url_for
from flask.typing import ResponseReturnValue

from nominations.extensions import current_clock, current_settings, db_session
from nominations.queries.detail import Detail
from nominations.services import papers
from nominations.web.access import signed_in
from nominations.web.approvers.asked import open_file
from nominations.web.approvers.blueprint import blueprint
from nominations.web.lazily import lazily as _

LABELS: Mapping[str, str] = {
    "report": _("Báo cáo thành tích"),
    "receipt": _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "return_slip": _("Phiếu trả hồ sơ"),
    "posting_notice": _("Thông báo niêm yết công khai"),
    "posting_minutes": _("Biên bản kết thúc niêm yết"),
    "appraisal": _("Báo cáo thẩm định"),
    "consultation": _("Công văn lấy ý kiến"),
    "minutes": _("Biên bản họp xét"),
    "letter": _("Tờ trình kèm danh sách"),
    "check_slip": _("Phiếu trình"),
    "decision": _("Quyết định kèm danh sách"),
    "certificate": _("Bằng khen, giấy khen"),
    "bonus_list": _("Danh sách nhận tiền thưởng"),
    "result": _("Thông báo kết quả khen thưởng"),
    "no_result": _("Thông báo không khen thưởng"),
    "moved": _("Thông báo chuyển hình thức đề nghị"),
    "annulment_proposal": _("Tờ trình đề nghị Trung ương hủy bỏ"),
    "annulment": _("Quyết định hủy bỏ"),
    "correction": _("Quyết định đính chính"),
    "reissue": _("Thông báo cấp lại bằng khen, giấy khen"),
}


@blueprint.get("/ho-so/<code>/van-ban/<kind>.<output>")
@signed_in
def document(code: str, kind: str, output: str) -> ResponseReturnValue:
    """Hand out one paper of the file: the PDF to be looked at, the DOCX to be kept and edited."""
    found = open_file(code)
    made = None
    if output in papers.OUTPUTS:
        today = current_clock().today()
        made = papers.make(db_session(), found, kind, today, current_settings().public_url)
    if made is None:
        abort(404)
    content, name = io.BytesIO(papers.shown(made, output)), papers.named(found, kind, output)
    keep = output != "pdf"
    return send_file(content, mimetype=papers.OUTPUTS[output], as_attachment=keep, download_name=name, etag=False)


def documents_of(found: Detail) -> list[dict[str, Any]]:
    """The papers there are for this reader, as the page lists them."""
    return [
        {"label": LABELS[kind], "pdf": _address(found, kind, "pdf"), "docx": _address(found, kind, "docx")}
        for kind in papers.kinds_for(found)
    ]


def _address(found: Detail, kind: str, output: str) -> str:
    return url_for("approvers.document", code=found.line.code, kind=kind, output=output)
