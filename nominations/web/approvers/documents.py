"""Papers made of a file: what there is for the reader, and each as PDF to look at or DOCX to edit."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from flask import abort, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from nominations.extensions import current_clock, current_settings, current_storage, db_session
from nominations.queries.detail import Detail
from nominations.services import papers
from nominations.services.packages import PACKAGE, PATIENCE, package
from nominations.web.access import signed_in
from nominations.web.approvers.asked import open_file
from nominations.web.approvers.blueprint import blueprint
from nominations.web.ground import viewer
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


@blueprint.get("/ho-so/<code>/tron-bo.pdf")
@signed_in
def whole_package(code: str) -> ResponseReturnValue:
    """Hand out every paper of the file that this person may read, joined into one PDF to be looked at."""
    found = open_file(code)
    if found.sight.bare:
        abort(404)
    made = package(db_session(), current_storage(), found, current_clock().today(), current_settings().public_url)
    if made is None:
        raise TooManyRequests(retry_after=PATIENCE)
    name = papers.named(found, PACKAGE, "pdf")
    return send_file(io.BytesIO(made), mimetype=papers.OUTPUTS["pdf"], download_name=name, etag=False)


def package_of(found: Detail) -> str | None:
    """Where those whose unit the file waits at have it whole; None for everybody else."""
    waits = {task[1] for task in found.row.tasks}
    works = any(post.unit_id in waits for post in viewer().works)
    return url_for("approvers.whole_package", code=found.line.code) if works and found.level == "full" else None


def documents_of(found: Detail) -> list[dict[str, Any]]:
    """The papers there are for this reader, as the page lists them."""
    return [
        {"label": LABELS[kind], "pdf": _address(found, kind, "pdf"), "docx": _address(found, kind, "docx")}
        for kind in papers.kinds_for(found)
    ]


def _address(found: Detail, kind: str, output: str) -> str:
    return url_for("approvers.document", code=found.line.code, kind=kind, output=output)
