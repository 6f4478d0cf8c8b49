"""A paper over many files as its pages show it: its lines with where each is now, its counts, its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from nominations.extensions import db_session
from nominations.queries.bundles import BLOCKS, BundleLineRow, BundleRow, Group, counts
from nominations.queries.filing import form_names
from nominations.queries.flows import flow
from nominations.web.approvers.many import JOINS
from nominations.web.approvers.words import KINDS
from nominations.web.ground import lang
from nominations.web.lazily import lazily
from workflows import ENDS, HELD, RETURNED, state_label

Shown = dict[str, Any]
PAPERS: Mapping[str, str] = {
    "send_up": lazily("Tờ trình"),
    "award": lazily("Quyết định khen thưởng"),
    "resubmit": lazily("Tờ trình bổ sung"),
}
PROGRESS: Mapping[str, str] = {
    "composed": lazily("Đang soạn, chờ ký"),
    "signed": lazily("Đã ký, chờ cấp số"),
    "numbered": lazily("Đã cấp số"),
    "dropped": lazily("Đã bỏ"),
}
BLOCK_TITLES: Mapping[str, str] = {
    "collective": lazily("Tập thể"),
    "household": lazily("Hộ gia đình"),
    "individual": lazily("Cá nhân"),
}
ENDED: Mapping[str, str] = {
    "awarded": lazily("Được khen thưởng"),
    "not_awarded": lazily("Không khen thưởng"),
    "replaced": lazily("Chuyển sang hình thức khác"),
    "withdrawn": lazily("Đã rút"),
    "annulled": lazily("Đã hủy kết quả"),
}


def form_name(code: str) -> str:
    """An award form in the reader's language."""
    names = {form.code: form.en if lang() == "en" else form.vi for form in form_names(db_session())}
    return names.get(code, code)


def bundle_shown(row: BundleRow) -> Shown:
    """A paper in a list of them."""
    return {
        "id": row.id,
        "name": str(PAPERS[row.outcome]),
        "number": f"{row.number}/{row.series}" if row.number else None,
        "numbered_on": row.numbered_on,
        "progress": row.progress,
        "progress_words": str(PROGRESS[row.progress]),
        "form": form_name(row.form),
        "round": row.round_title,
        "unit": row.unit_name,
        "lines": row.lines,
        "created_at": row.created_at,
        "url": url_for("approvers.bundle", bundle_id=row.id),
    }


def group_shown(group: Group) -> Shown:
    """Files of which a paper could be composed."""
    returned = group.state.endswith(RETURNED)
    return {
        "words": _("Bị trả lại, trình bổ sung") if returned else _("Chờ ký"),
        "unit": group.unit_name,
        "form": form_name(group.form),
        "round": group.round_title,
        "count": group.count,
        "url": url_for(
            "approvers.new_bundle", unit=group.unit_id, state=group.state, form=group.form, round=group.round_id
        ),
    }


def counted(lines: Sequence[BundleLineRow]) -> list[Shown]:
    """How many there are of each kind: as many as there are lines."""
    found = counts([one.kind for one in lines])
    return [{"label": str(BLOCK_TITLES[kind]), "count": found[kind]} for kind in BLOCKS]


def blocks(row: BundleRow | None, lines: Sequence[BundleLineRow]) -> list[Shown]:
    """The lines in the blocks of the paper, each numbered from one."""
    found = []
    for kind in BLOCKS:
        of_kind = [one for one in lines if one.kind == kind]
        if of_kind:
            shown = [line_shown(row, number, one) for number, one in enumerate(of_kind, 1)]
            found.append({"key": kind, "title": str(BLOCK_TITLES[kind]), "lines": shown})
    return found


def line_shown(row: BundleRow | None, number: int, line: BundleLineRow) -> Shown:
    """One line; of one in conflict no more than that it is there."""
    hidden = _("Đồng chí không tham gia xét hồ sơ này.")
    return {
        "number": number,
        "code": line.code,
        "name": hidden if line.bare else line.name,
        "kind": str(KINDS[line.kind]),
        "unit": "" if line.bare else line.unit_name,
        "state": line.state,
        "state_words": state_label(flow(db_session(), line.workflow_id), line.state, lang()),
        "result": result_of(row, line),
        "tick": f"{line.code}{JOINS}{line.version}",
        "url": url_for("approvers.file", code=line.code),
    }


def result_of(row: BundleRow | None, line: BundleLineRow) -> str:
    """What has become of a line since the paper was signed."""
    if row is None or row.signed_at is None:
        return ""
    if line.state in ENDS:
        return str(ENDED.get(line.state, line.state))
    if line.state.endswith(RETURNED):
        return _("Bị trả lại")
    stage = line.state.partition(".")[0]
    if stage == row.stage and row.outcome != "resubmit":
        return _("Chờ cấp số") if row.number is None else _("Chưa được cấp số này")
    if line.state.endswith(HELD):
        return _("Đi tiếp, tạm dừng xét")
    return _("Đi tiếp")
