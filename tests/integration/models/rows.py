"""Rows to try the tables with: one small case, and for every table a further row that its database accepts."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from nominations import models
from nominations.models import NO_HASH

NOON = datetime(2024, 3, 4, 5, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
DAY = date(2024, 3, 4)
BEFORE = date(2024, 3, 3)
SHA = hashlib.sha256(b"paper").hexdigest()
SOURCE = "[S-1]"
PERIOD = {"valid_from": DAY, "valid_to": None}


@dataclass(frozen=True)
class Case:
    """Row numbers of the small case: a nomination in appraisal at a commune, with its revision and a meeting."""

    unit: int
    ann: int
    ben: int
    movement: int
    round: int
    workflow: int
    nominee: int
    other_nominee: int
    nomination: int
    revision: int
    council: int
    meeting: int
    line: int
    decision: int
    submission: int
    mark: int
    table: int
    pasted: int
    quota: int
    milestone: int
    inspection: int
    model: int
    task: int
    bundle: int
    post: int
    award: int
    successor: int


def make_case(session: Session) -> Case:
    """Write the small case; the caller commits."""

    def add(row: Any) -> Any:
        session.add(row)
        session.flush()
        return row.id if hasattr(row, "id") else None

    unit = add(
        models.Unit(
            code="21609", valid_from=DAY, name="Xã An Trung", name_folded="xa an trung", kind="commune",
            level="commune", path="/1/", source=SOURCE,
        )
    )  # fmt: skip
    ann, ben = (
        add(
            models.Person(
                username=name, password_hash="-", full_name=name, name_folded=name, created_at=NOON
            )
        )
        for name in ("ann", "ben")
    )  # fmt: skip
    add(models.RuleSet(code="R2", valid_from=DAY, name="R2", basis=[], source=SOURCE))
    add(
        models.AwardForm(
            code="BK-TINH", name="Bằng khen", name_en="-", family="BK", issuer_level="province", source="-"
        )
    )
    workflow = add(
        models.WorkflowVersion(
            form="BK-TINH", rule_set="R2", tiers=3, number=1, content=b"-", sha256=SHA, published_at=NOON
        )
    )
    movement = add(
        models.Movement(
            code="poor", title="-", title_en="-", starts_on=DAY, ends_on=DAY, content={}, settings={}, source=SOURCE
        )
    )
    round_ = add(models.Round(**round_row(movement, unit, "2024")))
    nominee, other_nominee = (add(models.Nominee(**nominee_row(unit, name))) for name in ("Hộ A", "Hộ B"))
    nomination = add(
        models.Nomination(**nomination_row("BD-1", nominee, unit=unit, person=ann, round_=round_, workflow=workflow))
    )
    revision = add(models.Revision(**revision_row(nomination, ann, 1)))
    add(models.File(sha256=SHA, size=5, media_type="application/pdf", stored_at=NOON))
    add(models.Participation(nomination_id=nomination, person_id=ann, pair="draft-appraise", side="drafter"))
    add(models.Participation(nomination_id=nomination, person_id=ben, pair="draft-appraise", side="appraiser"))
    council = add(models.Council(unit_id=unit, name="-", **PERIOD))
    meeting = add(models.Meeting(council_id=council, stream="meeting-1", created_at=NOON))
    line = add(models.MeetingLine(meeting_id=meeting, nomination_id=nomination, stage="commune", revision_id=revision))
    decision = add(models.Decision(**decision_row(nomination, ben, unit, revision)))
    submission = add(models.Submission(unit_id=unit, kind="first", created_at=NOON))
    mark = add(models.NomineeMark(nominee_id=nominee, kind="discipline", opened_on=DAY))
    table = add(models.AwardImport(name="-", source=SOURCE, sha256=SHA, created_by=ann, created_at=NOON))
    pasted = add(models.DraftList(**list_row(unit, round_, ann)))
    quota = add(models.Quota(round_id=round_, form="BK-TINH", subject_kind="any", most=2, hard=True, source=SOURCE))
    milestone = add(models.Milestone(movement_id=movement, code="M0", title="-", due_on=DAY, who="-", source=SOURCE))
    entered = {"added_by": ann, "added_at": NOON}
    inspection = add(
        models.Inspection(
            movement_id=movement, kind="council", year=2024, lead_unit_id=unit, unit_id=unit, document="-",
            planned_from=DAY, planned_to=DAY, **entered,
        )
    )  # fmt: skip
    model = add(models.SpreadModel(movement_id=movement, unit_id=unit, title="-", text="-", **entered))
    task = add(
        models.Task(
            nomination_id=nomination, kind="opinion", step="commune.appraisal", unit_id=unit, duty="asked_body",
            opened_at=NOON,
        )
    )  # fmt: skip
    post = add(models.Post(person_id=ben, unit_id=unit, duty="clerk", title="-", **PERIOD))
    bundle = add(models.Bundle(**bundle_row(unit, round_, ann)))
    award = _awarded(add, unit, ann, ben, round_, workflow)
    successor = add(models.Unit(**successor_row()))
    return Case(
        unit, ann, ben, movement, round_, workflow, nominee, other_nominee, nomination, revision, council, meeting,
        line, decision, submission, mark, table, pasted, quota, milestone, inspection, model, task, bundle,
        post, award, successor,
    )  # fmt: skip


def round_row(movement: int, unit: int, code: str) -> dict[str, Any]:
    """Columns of a round."""
    return {
        "code": code, "movement_id": movement, "title": "-", "kind": "annual", "issuing_unit_id": unit,
        "opens_on": DAY, "closes_on": DAY, "achievement_from": DAY, "achievement_to": DAY,
    }  # fmt: skip


def list_row(unit: int, round_: int, person: int) -> dict[str, Any]:
    """Columns of a list that was pasted."""
    return {
        "name": "-", "origin": "pasted", "sha256": SHA, "unit_id": unit, "round_id": round_, "form": "BK-TINH",
        "kinds": [], "created_by": person, "created_at": NOON,
    }  # fmt: skip


def bundle_row(unit: int, round_: int, person: int) -> dict[str, Any]:
    """Columns of a list that is being composed."""
    return {
        "unit_id": unit, "stage": "commune", "form": "BK-TINH", "round_id": round_, "outcome": "send_up",
        "composed_by": person, "created_at": NOON, "kind_series": "TTr",
    }  # fmt: skip


def _awarded(add: Callable[[Any], Any], unit: int, ann: int, ben: int, round_: int, workflow: int) -> int:
    """The award of another nomination, which has come to its end."""
    nominee = add(models.Nominee(**nominee_row(unit, "Hộ D")))
    row = nomination_row("BD-9", nominee, unit=unit, person=ann, round_=round_, workflow=workflow)
    nomination = add(models.Nomination(**row))
    revision = add(models.Revision(**revision_row(nomination, ann, 1)))
    add(models.Participation(nomination_id=nomination, person_id=ben, pair="draft-appraise", side="appraiser"))
    decision = add(models.Decision(**decision_row(nomination, ben, unit, revision)))
    number: int = add(
        models.Award(
            nomination_id=nomination, decision_id=decision, form="BK-TINH", nominee_id=nominee, decided_on=DAY,
            register_no=9, register_year=2024, check_code="K9",
        )
    )  # fmt: skip
    return number


def successor_row() -> dict[str, Any]:
    """A unit that others merged into."""
    return {
        "code": "21700", "valid_from": DAY, "name": "Xã An Hòa", "name_folded": "xa an hoa", "kind": "commune",
        "level": "commune", "path": "/2/", "source": SOURCE,
    }  # fmt: skip


def aftermath_rows(case: Case) -> dict[str, dict[str, Any]]:
    """A row of each table of what is done to an award, and of what is printed for it."""
    recorded = {"recorded_by": case.ann, "recorded_at": NOON}
    return {
        "award_acts": {
            "nomination_id": case.nomination, "kind": "correction", "body_unit_id": case.unit, "reasons": "-",
            "document_sha": SHA, "proposed_by": case.ann, "declined_by": case.ben, "signer_id": case.ben,
            "recorder_id": case.ann, "signs_as": "head", "pair": "draft-appraise", "side": "appraiser",
            "signed_file": SHA, "series": "QĐ", "number": "1", "number_year": 2024, "numbered_on": DAY,
            "numbered_by": case.ann, "created_at": NOON,
        },
        "certificate_copies": {"check_code": "K0", "award_id": case.award, "copy_no": 1, "replaced_at": NOON},
        "printers": {
            "unit_id": case.unit, "name": "-", "right_tenths": 0, "down_tenths": 0, "updated_by": case.ann,
            "updated_at": NOON,
        },
        "certificate_sheets": recorded | {
            "unit_id": case.unit, "award_id": case.award, "serial": "A1", "copy_no": 1, "status": "printed",
        },
        "nomination_links": {"nomination_id": case.nomination, "replaces_id": case.nomination},
        "signature_checks": {"sha256": SHA, "found_at": NOON},
    }  # fmt: skip


def reorganised_rows(case: Case) -> dict[str, dict[str, Any]]:
    """A run of a reorganisation, and one choice it rests on."""
    return {
        "reorganisations": {"effective_on": DAY, "begun_at": NOON, "begun_by": case.ann, "counted": {}},
        "succession_choices": {
            "nomination_id": case.nomination, "old_unit_id": case.unit, "new_unit_id": case.successor,
            "source": SOURCE, "decided_at": NOON, "decided_by": case.ann,
        },
    }  # fmt: skip


def register_rows(case: Case) -> dict[str, dict[str, Any]]:
    """A row of each register of the plan's life."""
    entered = {"movement_id": case.movement, "added_by": case.ann, "added_at": NOON}
    of_unit = entered | {"unit_id": case.unit}
    answered = {"answer": "-", "answered_by": case.ann, "answered_at": NOON}
    return {
        "plan_papers": of_unit | {"kind": "plan", "number": "1", "dated_on": DAY, "summary": "-"},
        "plan_changes": entered | {"number": "1", "dated_on": DAY, "summary": "-"},
        "plan_proposals": of_unit | {"kind": "change", "text": "-", "opinion": "-", "opinion_by": case.ann},
        "plan_inspections": of_unit | {
            "kind": "council", "year": 2024, "lead_unit_id": case.unit, "document": "-", "planned_from": DAY,
            "planned_to": DAY,
        },
        "inspection_findings": {"inspection_id": case.inspection, "text": "-", "answer_by": DAY} | answered,
        "supervision_remarks": {
            "unit_id": case.unit, "about_unit_id": case.unit, "round_id": case.round, "text": "-",
            "made_by": case.ann, "made_at": NOON, **answered,
        },
        "spread_models": of_unit | {"title": "-", "text": "-"},
        "model_handovers": {"model_id": case.model, "handed_to": "-", "handed_on": DAY, "handed_by": case.ann},
        "social_figures": of_unit | {"kind": "houses", "year": 2024, "houses": 1, "note": "-"},
    }  # fmt: skip


def nominee_row(unit: int, name: str) -> dict[str, Any]:
    """Columns of a household."""
    return {"kind": "household", "name": name, "name_folded": "-", "home_unit_id": unit, "created_at": NOON}


def nomination_row(code: str, nominee: int, *, unit: int, person: int, round_: int, workflow: int) -> dict[str, Any]:
    """Columns of a nomination in appraisal at its commune."""
    return {
        "code": code, "round_id": round_, "form": "BK-TINH", "nominee_id": nominee, "nominee_name": "Hộ A",
        "nominee_folded": "ho a", "subject_kind": "household", "subject_group": "1.5", "proposing_unit_id": unit,
        "entry_stage": "commune", "state": "commune.appraisal", "stage": "commune", "step": "appraisal",
        "workflow_id": workflow, "created_by": person, "created_at": NOON, "updated_at": NOON,
    }  # fmt: skip


def revision_row(nomination: int, person: int, number: int) -> dict[str, Any]:
    """Columns of a revision."""
    return {
        "nomination_id": nomination, "number": number, "content": b"{}", "sha256": SHA, "sections": {},
        "created_by": person, "created_at": NOON,
    }  # fmt: skip


def decision_row(nomination: int, signer: int, unit: int, revision: int) -> dict[str, Any]:
    """Columns of a letter signed and not yet numbered."""
    return {
        "nomination_id": nomination, "stage": "commune", "kind": "letter", "signer_id": signer, "signs_as": "head",
        "pair": "draft-appraise", "side": "appraiser", "signed_on": DAY, "kind_series": "TTr", "body_unit_id": unit,
        "revision_id": revision, "reviewed_sections": [], "created_at": NOON,
    }  # fmt: skip


def entry_row(
    stream: str, cseq: int, cprev: str = NO_HASH, at: str = "2024-03-04T05:00:00.000000Z", **more: str | bytes | None
) -> dict[str, Any]:  # fmt: skip
    """Columns of a log entry under its own hash, whose content tells it from others."""
    content = more.pop("content", None) or f"{stream} {cseq} {cprev} {at}".encode()
    assert isinstance(content, bytes)
    row = {"stream": stream, "cseq": cseq, "act": "submit", "at": at, "cprev": cprev, "content": content}
    return row | {"hash": hashlib.sha256(content).hexdigest()} | more


FIRST = entry_row("BD-1", 1)
SECOND = entry_row("BD-1", 2, FIRST["hash"], "2024-03-04T05:00:00.000001Z")
NEXT = entry_row("BD-1", 3, SECOND["hash"], "2024-03-04T05:00:00.000001Z")


def append(connection: Connection, row: dict[str, Any]) -> None:
    """Insert an entry."""
    connection.execute(insert(models.AuditEntry).values(row))


def further_rows(case: Case) -> dict[str, dict[str, Any]]:
    """For every table, columns of one further row that the database accepts."""
    task = {"nomination_id": case.nomination, "unit_id": case.unit, "opened_at": NOON}
    person = {"username": "chi", "password_hash": "-", "full_name": "Chi", "name_folded": "chi", "created_at": NOON}
    side = {"pair": "draft-appraise", "side": "appraiser"}
    reviewed = {"nomination_id": case.nomination, "revision_id": case.revision}
    figure = {"unit_id": case.unit, "year": 2022, "series": "all", "standard": "2021"}
    return {
        "units": {
            "code": "21610", "valid_from": DAY, "name": "-", "name_folded": "-", "kind": "ward", "level": "commune",
            "path": "/1/2/", "area_class": "III", "source": SOURCE,
        },
        "unit_successions": {
            "old_unit_id": case.unit, "function": "all", "share": Decimal("0.5"), "effective_on": DAY, "source": SOURCE,
        },
        "poverty_figures": figure | {
            "households": 100, "poor": 10, "near_poor": 5, "rate": Decimal("10.00"), "status": "official",
            "source": SOURCE,
        },
        "people": person,
        "posts": {"person_id": case.ann, "unit_id": case.unit, "duty": "head", "title": "-", **PERIOD},
        "delegations": {
            "post_id": case.post, "receiver_id": case.ann, "kind": "cover", "title": "-", "valid_from": DAY,
            "valid_to": DAY, "document": "12/QĐ", "created_at": NOON,
        },
        "councils": {"unit_id": case.unit, "name": "-", **PERIOD},
        "council_seats": {"council_id": case.council, "person_id": case.ann, "role": "chair", **PERIOD},
        "api_tokens": {
            "person_id": case.ann, "name": "-", "token_hash": SHA, "scopes": [], "created_at": NOON,
            "expires_at": LATER,
        },
        "sign_in_delays": {"key": "ann", "failures": 0, "last_at": NOON},
        "holidays": {"on_date": DAY, "kind": "holiday", "name": "-", "source": SOURCE},
        "legal_values": {"kind": "base_salary", "key": "", "value": "1800000", "source": SOURCE, **PERIOD},
        "award_forms": {
            "code": "GK-XA", "name": "-", "name_en": "-", "family": "GK", "issuer_level": "commune", "source": SOURCE,
        },
        "rule_sets": {"code": "R3", "name": "-", "basis": [], "source": SOURCE, **PERIOD},
        "workflow_versions": {
            "form": "BK-TINH", "rule_set": "R2", "tiers": 2, "number": 1, "content": b"-", "sha256": SHA,
            "published_at": NOON,
        },
        "settings": {"key": "x", "value": 1, "updated_at": NOON},
        "movements": {
            "code": "m2", "title": "-", "title_en": "-", "starts_on": DAY, "ends_on": DAY, "content": {},
            "settings": {}, "source": SOURCE,
        },
        "criteria": {
            "movement_id": case.movement, "version": 1, "valid_from": DAY, "code": "1.2.8", "group_no": "1.2",
            "position": 8, "text": "-", "kind": "quantitative", "applies_to": {}, "required": "hard", "source": SOURCE,
        },
        "criteria_groups": {
            "movement_id": case.movement, "version": 1, "group_no": "1.2", "title": "-", "subject_kinds": [],
            "source": SOURCE,
        },
        "rounds": round_row(case.movement, case.unit, "2025"),
        "round_forms": {"round_id": case.round, "form": "BK-TINH"},
        "quotas": {
            "round_id": case.round, "unit_id": case.unit, "form": "BK-TINH", "subject_kind": "any", "most": 1,
            "hard": False, "taken": 2, "source": SOURCE,
        },
        "quota_places": {"quota_id": case.quota, "nomination_id": case.nomination, "taken_at": NOON},
        "milestones": {
            "movement_id": case.movement, "code": "M1", "title": "-", "due_on": DAY, "who": "-", "source": SOURCE,
        },
        "milestone_marks": {
            "milestone_id": case.milestone, "year": 2024, "done_on": DAY, "note": "-", "marked_by": case.ann,
            "marked_at": NOON,
        },
        "movement_reports": {
            "movement_id": case.movement, "unit_id": case.unit, "kind": "yearly", "year": 2024, "state": "draft",
            "version": 1, "content": {}, "created_by": case.ann, "updated_at": NOON, "decided_by": case.ann,
            "decided_at": NOON,
        },
        "report_compilations": {
            "movement_id": case.movement, "kind": "yearly", "year": 2024, "edition": 1, "issuer_unit_id": case.unit,
            "number": "1", "dated_on": DAY, "signer": "-", "figures": b"{}", "paper": b"{}", "paper_sha256": SHA,
            "issued_by": case.ann, "issued_at": NOON,
        },
        "report_reminders": {
            "movement_id": case.movement, "kind": "yearly", "year": 2024, "unit_id": case.unit, "told": "report_due",
            "created_at": NOON,
        },
        **register_rows(case),
        **aftermath_rows(case),
        **reorganised_rows(case),
        "nominees": nominee_row(case.unit, "Hộ C"),
        "nominee_persons": {"nominee_id": case.nominee, "person_id": case.ann, "role": "representative"},
        "conflict_declarations": {
            "person_id": case.ann, "nominee_id": case.nominee, "kind": "kin", "declared_at": NOON,
        },
        "past_awards": {
            "nominee_id": case.nominee, "form": "Giấy khen", "decided_on": DAY, "achievement": "-", "source": SOURCE,
        },
        "nominee_marks": {"nominee_id": case.nominee, "kind": "complaint", "opened_on": DAY},
        "award_imports": {
            "name": "-", "source": SOURCE, "sha256": SHA, "created_by": case.ann, "created_at": NOON,
        },
        "award_import_lines": {
            "import_id": case.table, "number": 2, "said": {}, "faults": {}, "nominee_id": case.nominee,
        },
        "draft_lists": list_row(case.unit, case.round, case.ann),
        "draft_list_rows": {"list_id": case.pasted, "number": 2, "said": {}, "faults": {}},
        "mark_records": {
            "mark_id": case.mark, "unit_id": case.unit, "recorded_by": case.ann, "recorded_at": NOON,
        },
        "nominations": nomination_row(
            "BD-2", case.other_nominee, unit=case.unit, person=case.ann, round_=case.round, workflow=case.workflow
        ),
        "nomination_reach": {"nomination_id": case.nomination, "unit_id": case.unit, "reached_at": NOON},
        "nomination_names": {"nomination_id": case.nomination, "tail": "cung giup do"},
        "revisions": revision_row(case.nomination, case.ann, 2),
        "files": {"sha256": "f" * 64, "size": 0, "media_type": "-", "stored_at": NOON},
        "nomination_files": {
            "nomination_id": case.nomination, "sha256": SHA, "kind": "report", "section": "papers", "name": "-",
            "added_by": case.ann, "added_at": NOON,
        },
        "tasks": task | {"kind": "step", "step": "commune.appraisal", "duty": "appraiser"},
        "returns": {
            "nomination_id": case.nomination, "depth": 1, "from_state": "commune.appraisal", "by_unit_id": case.unit,
            "by_person": case.ben, "holder_unit_id": case.unit, "holder_duty": "nominator", "mode": "direct",
            "sections": ["report"], "faults": [], "opened_at": NOON,
        },
        "holds": {
            "nomination_id": case.nomination, "state": "commune.appraisal", "proposed_by": case.ben, "ground": "-",
            "proposed_at": NOON,
        },
        "participations": {"nomination_id": case.nomination, "person_id": case.ann, "pair": "sign", "side": "signer"},
        "opinions": reviewed | side | {
            "kind": "appraisal", "stage": "commune", "unit_id": case.unit, "person_id": case.ben, "advice": "for",
            "reasons": "-", "reviewed_sections": [], "created_at": NOON,
        },
        "opinion_requests": reviewed | {
            "number": 1, "kind": "opinion", "stage": "commune", "unit_id": case.unit, "asking_unit_id": case.unit,
            "asking_duty": "appraiser", "asked_by": case.ben, "asked_at": NOON, "due_on": DAY, "goes_on": False,
            "clock": "runs", "question": "-", "sections": [], "papers": [],
        },
        "postings": {
            "nomination_id": case.nomination, "stage": "commune", "places": "-", "working_days": 5, "begun_on": DAY,
            "until_on": DAY, "begun_by": case.ben, "begun_at": NOON,
        },
        "incoming_consultations": {
            "code": "HY-1", "unit_id": case.unit, "ministry": "-", "letter_number": "1", "letter_on": DAY,
            "received_on": DAY, "due_on": DAY, "nominee": "-", "award": "-", "question": "-", "received_by": case.ben,
            "received_at": NOON,
        },
        "decisions": decision_row(case.nomination, case.ben, case.unit, case.revision),
        "awards": {
            "nomination_id": case.nomination, "decision_id": case.decision, "form": "BK-TINH",
            "nominee_id": case.nominee, "decided_on": DAY, "register_no": 1, "register_year": 2024, "check_code": "K1",
        },
        "submissions": {"unit_id": case.unit, "kind": "first", "created_at": NOON},
        "submission_lines": reviewed | {"submission_id": case.submission},
        "bundles": bundle_row(case.unit, case.round, case.ann) | {
            "signer_id": case.ben, "signs_as": "head", "signed_on": DAY, "signed_at": LATER, "number": "1",
            "number_year": 2024, "numbered_on": DAY, "numbered_by": case.ann,
        },
        "bundle_lines": {"bundle_id": case.bundle, "nomination_id": case.nomination, "position": 1},
        "meetings": {"council_id": case.council, "stream": "meeting-2", "created_at": NOON},
        "meeting_lines": reviewed | {"meeting_id": case.meeting, "stage": "commune", "voided_by": case.revision},
        "ballots": reviewed | side | {
            "line_id": case.line, "person_id": case.ben, "choice": "agree", "cast_at": NOON,
        },
        "meeting_attendance": {"meeting_id": case.meeting, "person_id": case.ann, "presence": "absent", "polled": True},
        "meeting_recusals": {"line_id": case.line, "person_id": case.ann},
        "secret_tallies": {"line_id": case.line, "agree": 1, "disagree": 0, "abstain": 0},
        "ballot_counts": {
            "line_id": case.line, "issued": 9, "returned": 8, "valid": 8, "agree": 7, "disagree": 1, "abstain": 0,
            "minutes_sha": SHA, "recorded_by": case.ann, "recorded_at": NOON,
        },
        "audit_entries": entry_row("BD-1", 1),
        "entry_payloads": {"stream": "BD-0", "cseq": 1, "payload": b"{}", "salt": b"salt"},
        "log_positions": {"seq": 0, "stream": "BD-0", "cseq": 1},
        "outbox": {"topic": "mail", "key": "-", "payload": {}, "created_at": NOON, "available_at": NOON},
        "notices": {"person_id": case.ann, "kind": "-", "body": {}, "created_at": NOON},
        "reminders": {"task_id": case.task, "kind": "overdue", "created_at": NOON},
        "digests": {"person_id": case.ann, "since": NOON},
    }  # fmt: skip
