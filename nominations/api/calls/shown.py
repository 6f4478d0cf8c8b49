"""How a file is shown: its line, its whole, and what came of an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nominations.api.call import Answer, Call, etag
from nominations.api.shapes import plain
from nominations.extensions import db_session
from nominations.queries.detail import Detail
from nominations.queries.detail_parts import (
    ActLine,
    AwardLine,
    DecisionLine,
    HoldLine,
    MarkLine,
    OpinionLine,
    Paper,
    PostingLine,
    RequestLine,
    ReturnLine,
    SignatureLine,
    Vote,
)
from nominations.queries.flows import flow
from nominations.queries.lines import Line
from nominations.queries.standing import standing
from nominations.queries.tracker import TrackerStep
from nominations.queries.visibility import Level
from nominations.services.apply import Applied
from nominations.services.log import Receipt
from workflows import state_label

PREFIX = "/api/v1"


def file_line(line: Line, lang: str) -> dict[str, Any]:
    """A line with its state in words and its address."""
    said = state_label(flow(db_session(), line.workflow_id), line.state, lang)
    return {**plain(line), "state_label": said, "href": f"{PREFIX}/nominations/{line.code}"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file shows beyond its line, as far as its reader may see; of a bare one nothing."""

    level: Level
    editable: bool
    subject_group: str | None
    rule_set: str | None
    received_on: date | None
    revision_no: int | None
    sealed_at: datetime | None
    sections_open: tuple[str, ...]
    reconfirm: tuple[str, ...]
    content: Mapping[str, Any]
    papers: tuple[Paper, ...]
    opinions: tuple[OpinionLine, ...]
    requests: tuple[RequestLine, ...]
    postings: tuple[PostingLine, ...]
    decisions: tuple[DecisionLine, ...]
    votes: tuple[Vote, ...]
    returns: tuple[ReturnLine, ...]
    hold: HoldLine | None
    holds: tuple[HoldLine, ...]
    marks: tuple[MarkLine, ...]
    tracker: tuple[TrackerStep, ...]
    award: AwardLine | None
    acts: tuple[ActLine, ...]
    signatures: Mapping[str, tuple[SignatureLine, ...]]
    replaces: str | None
    replaced_by: str | None
    home_unit_name: str
    nominee_ref: str


def whole(found: Detail, lang: str) -> dict[str, Any]:
    """A file as far as its reader may see."""
    said = state_label(found.workflow, found.line.state, lang)
    return {**file_line(found.line, lang), "state_label": said, **plain(_reading(found))}


def _reading(found: Detail) -> Reading:
    row = None if found.sight.bare else found.row
    return Reading(
        level=found.level,
        editable=found.editable,
        subject_group=row.subject_group if row is not None else None,
        rule_set=row.rule_set if row is not None else None,
        received_on=row.received_on if row is not None else None,
        revision_no=row.revision_no if row is not None else None,
        sealed_at=found.sealed_at,
        sections_open=tuple(row.sections_open or ()) if row is not None else (),
        reconfirm=tuple(row.reconfirm) if row is not None else (),
        content={name: part for name, part in found.content.items() if name not in {"papers", "results"}},
        papers=found.papers,
        opinions=found.opinions,
        requests=found.requests,
        postings=found.postings,
        decisions=found.decisions,
        votes=found.votes,
        returns=found.returns,
        hold=found.hold,
        holds=found.holds,
        marks=found.marks,
        tracker=found.tracker,
        award=found.award,
        acts=found.acts,
        signatures=found.signatures,
        replaces=found.replaces,
        replaced_by=found.replaced_by,
        home_unit_name=found.home_unit_name,
        nominee_ref=found.nominee_ref,
    )


def done(call: Call, applied: Applied, status: int = 200) -> Answer:
    """What an act came to: the new state and version, the receipt, and the ETag to go on with."""
    now = standing(db_session(), call.viewer, applied.code)
    known = now is not None and state_label(flow(db_session(), now.workflow_id), applied.state, call.lang)
    body = {
        "code": applied.code,
        "state": applied.state,
        "state_label": known or applied.state,
        "version": applied.version,
        "receipt": receipt(applied.receipt),
        "href": f"{PREFIX}/nominations/{applied.code}",
    }
    return Answer(body, status, {"ETag": etag(applied.version)})


def receipt(given: Receipt) -> dict[str, Any]:
    """The receipt (mã đối chứng nhật ký): what the log will always be held to."""
    return {"code": given.code, "stream": given.stream, "cseq": given.cseq, "hash": given.hash, "at": given.at}
