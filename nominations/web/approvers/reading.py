"""A file's content read out for its page: the summary, the criteria with their working, each section in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from nominations.extensions import current_clock, db_session
from nominations.queries.criteria_versions import judged_on
from nominations.queries.detail import Detail
from nominations.queries.filing import criterion_texts
from nominations.web import content_shown, criteria_shown
from nominations.web.approvers.words import AWARDS, KINDS
from nominations.web.content_words import blocks
from nominations.web.ground import lang
from workflows.assessments import recompute, thaw

Shown = dict[str, Any]


def summary(found: Detail) -> list[Shown]:
    """The file in a few lines."""
    line, said = found.line, found.content
    return [
        {"label": _("Trường hợp đề nghị"), "value": line.nominee_name, "note": str(KINDS.get(line.subject_kind, ""))},
        {"label": _("Hình thức khen thưởng"), "value": found.workflow.label[lang()]},
        {"label": _("Đơn vị đề nghị"), "value": line.unit_name},
        {"label": _("Đợt xét"), "value": line.round_title},
        {"label": _("Thuộc địa bàn, cơ quan"), "value": found.home_unit_name or None},
        {"label": _("Ngày nhận đủ hồ sơ"), "value": _day(found)},
        {"label": _("Thành tích"), "value": said.get("proposal", {}).get("achievement"), "wide": True},
    ]


def criteria(found: Detail) -> list[Shown]:
    """Each criterion with its working, and what is different from when the file was sealed."""
    if found.criteria is None:
        return []
    row, today = found.row, current_clock().today()
    texts = criterion_texts(db_session(), row.movement_id, row.subject_group, judged_on(row.received_on, today))
    said = found.content.get("criteria", {})
    rows = criteria_shown.rows(found.criteria.assessment, texts, said, lang())
    changed = _changed(found)
    return [row | {"changed": changed.get(row["code"])} for row in rows]


def content(found: Detail, section: str) -> list[Shown]:
    """A section read out, block by block; what was not filled in is left out."""
    said = found.content.get(section, {})
    row = found.row
    named = [
        {
            "title": str(block.title),
            "facts": content_shown.facts(block.fields, said),
            "tables": content_shown.tables(block.fields, said),
        }
        for block in blocks(section, row.subject_kind, row.subject_group)
    ]
    return [block for block in named if block["facts"] or block["tables"]]


def award(found: Detail) -> Shown | None:
    """The line in the register."""
    line = found.award
    if line is None:
        return None
    return {
        "register": f"{line.register_no}/{line.register_year}" if line.register_no else None,
        "decided_on": line.decided_on,
        "check_code": line.check_code,
        "status": str(AWARDS[line.status]),
    }


def chain(whole: bool | None, found: Detail) -> Shown:
    """The head of the file's log, and whether it verifies."""
    row = found.row
    return {"verified": whole, "hash": row.chain_head, "sequence": row.chain_seq}


def _day(found: Detail) -> str | None:
    received = found.row.received_on
    return None if received is None else received.strftime("%d/%m/%Y")


def _changed(found: Detail) -> Mapping[str, str]:
    """By criterion: what has changed since the result was frozen in the sealed content."""
    frozen = {raw["criterion"]: raw for raw in found.content.get("results", {}).get("computed", ())}
    now = {} if found.criteria is None else {p.criterion.code: p.assessment for p in found.criteria.assessment.lines}
    said: dict[str, str] = {}
    for code, raw in frozen.items():
        assessment = now.get(code)
        if assessment is not None:
            _again, changes = recompute(thaw(raw), assessment.unit, assessment.figures, assessment.settings)
            if changes:
                said[code] = _("Khác khi gửi: %(what)s", what=" ".join(part.text(lang()) for part in changes))
    return said
