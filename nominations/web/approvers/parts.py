"""The parts of a file's page as its templates take them: opinions, votes, returns, decisions, suspensions, papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from nominations.queries.detail import Detail
from nominations.queries.detail_parts import (
    ActLine,
    DecisionLine,
    HoldLine,
    MarkLine,
    OpinionLine,
    Paper,
    ReturnLine,
    SignatureLine,
    Vote,
)
from nominations.services.files import JPEG, PDF, PNG
from nominations.services.reasons import reason_words
from nominations.web.approvers.words import ACTS, CHOICES, CORRECTED, DECISIONS, DUTIES, MARKS, OPINIONS, RETURN_MODES
from nominations.web.formats import datetime_vi
from nominations.web.ground import lang
from nominations.web.who import who
from workflows import Posting, Tally, state_label
from workflows.sentences import section_label

Shown = dict[str, Any]
LOOK = "xem"  # in a paper's address: to be looked at, not kept
SHOWN = frozenset({PDF, PNG, JPEG})  # what a browser shows by itself and runs nothing of
WHY = ("not_award_reason", "against_vote_reason")


def opinion(file: Detail, line: OpinionLine) -> Shown:
    """An opinion with what was found criterion by criterion."""
    texts: Mapping[str, Any] = file.criteria.texts if file.criteria is not None else {}
    asked = next((one for one in file.requests if one.number == line.request_no), None)
    kinds = {one.kind: one.label[lang()] for one in file.workflow.consultations}
    return {
        "unit": line.unit_name if asked is None else asked.body_name,
        "kind": OPINIONS[line.kind] if asked is None else kinds.get(asked.kind, OPINIONS[line.kind]),
        "advice": line.advice,
        "reasons": line.reasons,
        "who": who(line.person_name, line.giver_name),
        "at": line.created_at,
        "voided": _("Nội dung hồ sơ đã thay đổi sau ý kiến này.") if line.voided else None,
        "findings": [
            {"code": code, "text": texts[code].text if code in texts else "", **found}
            for code, found in line.by_criterion.items()
        ],
    }


def vote(file: Detail, line: Vote, tally: Tally | None) -> Shown:
    """A council's vote; while it is open, the tally so far for those whose business the ballots are."""
    ballot = file.workflow.stages[line.stage].ballot if line.stage in file.workflow.stages else None
    open_now = line.closed_at is None and not line.voided
    running = tally if open_now and line.stage in file.sight.ballots and not line.secret else None
    counted = running if running is not None else line
    return {
        "id": f"vote-{line.id}",
        "council": line.council_name,
        "held_on": line.held_on,
        "open": open_now,
        "known": counted.members is not None,
        "cast": line.cast,
        "members": counted.members,
        "agree": counted.agree,
        "disagree": counted.disagree,
        "abstain": counted.abstain,
        "threshold": ballot.threshold_percent if ballot is not None else None,
        "binding": ballot is not None and ballot.binding,
        "passed": line.passed,
        "voided": line.voided,
        "secret": line.secret,
        "ballots": [] if line.secret else list(line.ballots),
        "count": line.count,
        "minutes_url": _stored(file, line.count.minutes_sha) if line.count else None,
    }


def sent_back(file: Detail, line: ReturnLine) -> Shown:
    """A return with every fault in words."""
    return {
        "unit": line.by_unit_name,
        "url": _stored(file, line.document_sha) if line.document_sha else None,
        "who": who(line.by_person_name, line.giver_name),
        "from": state_label(file.workflow, line.from_state, lang()),
        "holder": _("%(unit)s (%(duty)s)", unit=line.holder_unit_name, duty=DUTIES.get(line.holder_duty, "")),
        "mode": RETURN_MODES[line.mode],
        "sections": [section_label(section, lang()) for section in line.sections],
        "faults": [_fault(fault) for fault in line.faults],
        "opened_at": line.opened_at,
        "closed_at": line.closed_at,
    }


def decision(file: Detail, line: DecisionLine) -> Shown:
    """A signed act: what it is, its number, who signed and who recorded it."""
    signer = line.signer_name
    if signer is not None and line.signs_as == "deputy":
        signer = _("KT. %(name)s", name=signer)
    return {
        "title": DECISIONS[line.kind],
        "formal": line.kind in {"award", "central_awarded"},
        "number": f"{line.number}/{line.series}" if line.number else None,
        "dated": line.numbered_on,
        "body": line.unit_name,
        "signer": signer,
        "signed_on": line.signed_on,
        "recorder": line.recorder_name,
        "reason": reason_words(line.reason_code, lang(), *WHY),
        "reasons": line.reasons,
        "departs": line.departs_from_vote,
        "voided": line.voided,
        "url": _stored(file, line.signed_file) if line.signed_file else None,
        "signatures": signatures(file, line.signed_file),
    }


def after(file: Detail, line: ActLine) -> Shown:
    """An act on the award: what it is, how it stands, what it changed, and its papers."""
    again = line.kind == "reissue"
    ground = CHOICES["cause"][line.ground or "lost"] if again else reason_words(line.ground, lang(), "annulment_ground")
    papers = ((line.document_sha, _("Văn bản làm căn cứ")), (line.signed_file, _("Bản chụp văn bản đã ký")))
    return {
        "title": ACTS[line.kind],
        "number": f"{line.number}/{line.series}" if line.number else None,
        "dated": line.numbered_on,
        "body": line.unit_name,
        "stands": _stands(line),
        "changes": [
            {"label": CORRECTED[field], "before": _said(field, old), "after": _said(field, new)}
            for field, old, new in line.changes or ()
        ],
        "ground": str(ground) if ground is not None else None,
        "reasons": line.reasons,
        "give_back": _said("amount_vnd", line.amount_vnd),
        "proposer": line.proposer_name,
        "signer": _("KT. %(name)s", name=line.signer_name) if line.signs_as == "deputy" else line.signer_name,
        "signed_on": line.signed_on,
        "recorder": line.recorder_name,
        "files": [{"url": _stored(file, sha), "label": label} for sha, label in papers if sha],
        "signatures": [*signatures(file, line.document_sha), *signatures(file, line.signed_file)],
    }


def _stands(line: ActLine) -> Shown:
    if line.declined:
        return {"label": _("Không được thực hiện"), "tone": "neutral", "icon": "ban"}
    if line.signed_on is None:
        return {"label": _("Chờ người có thẩm quyền ký"), "tone": "warn", "icon": "hourglass"}
    if line.number is None and line.series:
        return {"label": _("Đã ký, chưa cấp số"), "tone": "warn", "icon": "hash"}
    return {"label": _("Đã ký"), "tone": "ok", "icon": "circle-check"}


def _said(field: str, value: object) -> str | None:
    """A value of a correction as it is read: money with its dots."""
    if value is None:
        return None
    return f"{int(str(value)):,} đồng".replace(",", ".") if field == "amount_vnd" else str(value)


def signatures(file: Detail, sha256: str | None) -> list[Shown]:
    """The signatures of a paper in words, each with how it stands; none for a paper that carries none."""
    return [_signature(line) for line in file.signatures.get(sha256 or "", ())]


def _signature(line: SignatureLine) -> Shown:
    if not line.checked:
        return {"label": _("Chữ ký số đang được kiểm tra"), "tone": "info", "icon": "hourglass", "note": None}
    if not line.intact:
        return {
            "label": _("Chữ ký số không khớp: tệp đã bị sửa sau khi ký"),
            "tone": "bad",
            "icon": "alert-triangle",
            "note": _by(line),
        }
    if not line.unchanged:
        return {
            "label": _("Có nội dung thêm vào sau khi ký số"),
            "tone": "warn",
            "icon": "alert-triangle",
            "note": _by(line),
        }
    return {"label": _("Chữ ký số đúng, không sửa từ khi ký"), "tone": "ok", "icon": "circle-check", "note": _by(line)}


def _by(line: SignatureLine) -> str | None:
    """By whom and when, and whether who issued the certificate is known here."""
    if not line.signer:
        return None
    when = datetime_vi(line.signed_at) if line.signed_at is not None else _("không ghi giờ")
    said = _("Người ký: %(signer)s, %(when)s.", signer=line.signer, when=when)
    issuer = line.issuer or _("không rõ")
    known = _("Chứng thư do %(issuer)s cấp.", issuer=issuer)
    unknown = _("Chưa rõ tổ chức cấp chứng thư: %(issuer)s.", issuer=issuer)
    return f"{said} {known if line.known else unknown}"


def linked(file: Detail) -> list[Shown]:
    """The file under another form whose place this one took, and the one that took this one's place."""
    told = ((file.replaces, _("Thay hồ sơ theo hình thức trước:")), (file.replaced_by, _("Được thay bằng hồ sơ:")))
    return [
        {"label": label, "code": code, "url": url_for("approvers.file", code=code)}
        for code, label in told
        if code is not None
    ]


def mark(line: MarkLine, today: date, url: str | None) -> Shown:
    """What stands, or stood, against the nominee; ``url``: its paper."""
    return {
        "kind": MARKS[line.kind],
        "open": line.closed_on is None or line.closed_on > today,
        "opened_on": line.opened_on,
        "closed_on": line.closed_on,
        "document": line.document,
        "note": line.note,
        "unit": line.unit_name,
        "closing": line.closing,
        "url": url,
    }


def marks(file: Detail, today: date) -> list[Shown]:
    """What stands against the file's nominee, for those who may know of it."""
    return [mark(line, today, _stored(file, line.document_sha) if line.document_sha else None) for line in file.marks]


def hold(file: Detail, line: HoldLine) -> Shown:
    """A suspension with its ground, for those who may know of it."""
    return {
        "state": state_label(file.workflow, line.state, lang()),
        "ground": reason_words(line.ground, lang(), "hold_ground"),
        "proposed_by": line.proposed_by_name,
        "proposed_at": line.proposed_at,
        "approved_by": line.approved_by_name,
        "approved_at": line.approved_at,
        "review_on": line.review_on,
        "closed_at": line.closed_at,
        "url": _stored(file, line.document_sha) if line.document_sha else None,
    }


def posting(file: Detail, asked: Posting | None) -> Shown | None:
    """The public posting where the round asks for one, or what was posted."""
    line = file.postings[-1] if file.postings else None
    if line is None:
        return {"begun": False} if asked is not None else None
    return {
        "begun": True,
        "places": line.places,
        "days": line.working_days,
        "begun_on": line.begun_on,
        "until_on": line.until_on,
        "begun_by": line.begun_by_name,
        "ended_on": line.ended_on,
        "ended_by": line.ended_by_name,
        "remarks": line.remarks,
        "url": _stored(file, line.minutes_sha) if line.minutes_sha else None,
    }


def papers(file: Detail) -> list[Shown]:
    """The kinds of paper this nominee needs, with what is attached of each; then whatever else is attached."""
    row, body = file.row, str(file.content.get("nominee", {}).get("body_kind", ""))
    faulty = _paper_faults(file)
    asked = [paper for paper in file.workflow.papers if paper.asked_of(row.subject_kind, row.subject_group, body)]
    known = {paper.kind for paper in asked}
    kinds = [
        {
            "label": paper.label[lang()],
            "required": paper.required and paper.needed_at == "draft",
            "files": [attached(file, one) for one in file.papers if one.kind == paper.kind],
            "note": None if paper.needed_at == "draft" else _("Cần có trước khi cấp trên ký."),
        }
        for paper in asked
    ]
    others = [attached(file, one) for one in file.papers if one.kind not in known]
    if others:
        kinds.append({"label": _("Giấy tờ khác"), "required": False, "files": others, "note": None})
    shown = [kind for kind in kinds if kind["files"] or kind["required"]]
    return [kind | {"faulty": faulty} if place == 0 and faulty else kind for place, kind in enumerate(shown)]


def attached(file: Detail, paper: Paper) -> Shown:
    """One attached paper."""
    return {
        "name": paper.name,
        "url": _stored(file, paper.sha256),
        "preview_url": _stored(file, paper.sha256, look=True) if paper.media_type in SHOWN else None,
        "size": f"{max(1, round(paper.size / 1024))} KB",
        "added_on": paper.added_at,
        "added_by": paper.added_by,
        "digest": paper.sha256[:12],
        "signatures": signatures(file, paper.sha256),
    }


def _paper_faults(file: Detail) -> str | None:
    """What the open return says of the papers."""
    said = [
        _fault(fault)
        for line in file.returns
        if line.closed_at is None
        for fault in line.faults
        if fault.get("section") == "papers"
    ]
    return " ".join(f"{one['label']}: {one['note']}" for one in said) or None


def _fault(fault: Mapping[str, str]) -> Shown:
    return {
        "label": reason_words(fault["code"], lang(), "return_fault"),
        "note": fault["note"],
        "section": section_label(fault["section"], lang()),
    }


def _stored(file: Detail, sha256: str, *, look: bool = False) -> str:
    address = url_for("approvers.paper", code=file.line.code, sha256=sha256)
    return f"{address}?{LOOK}=1" if look else address
