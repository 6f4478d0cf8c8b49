"""The parts of a file's page as values: papers, opinions, decisions, votes, returns, holds, award."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, TypeVar

Raw = Sequence[Any]  # one row of ``detail_facts``
Part = TypeVar("Part", bound=Any)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in its place: its kind, the name it was given, what it is known by, and who put it there."""

    id: int
    kind: str
    name: str
    section: str
    sha256: str
    size: int
    media_type: str
    added_at: datetime
    added_by: str
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """An appraisal, a check or a reply: what is advised and why, on which revision."""

    id: int
    kind: str
    stage: str
    unit_name: str
    person_name: str
    advice: str | None
    reasons: str
    by_criterion: Mapping[str, Any]
    revision_no: int
    reviewed_sections: tuple[str, ...]
    voided: bool
    created_at: datetime
    request_no: int | None
    giver_name: str | None = None  # for whom, under a delegation


@dataclass(frozen=True, slots=True)
class RequestLine:
    """An opinion asked of another body: what, when, until when, and what came of it.

    ``body_name`` is the unit's, or that of a body outside the province.
    """

    number: int
    kind: str
    stage: str
    unit_id: int | None
    body_name: str
    asked_by_name: str
    asked_at: datetime
    due_on: date
    goes_on: bool
    clock: str
    lengthens_by: int
    question: str
    sections: tuple[str, ...]
    papers: tuple[str, ...]
    reminded_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    reasons: str | None
    reply_number: str | None
    replied_on: date | None
    reply_paper: str | None
    has_account: bool


@dataclass(frozen=True, slots=True)
class PostingLine:
    """The public posting of a file: where and how long, its end with the minutes, what was heard meanwhile."""

    stage: str
    places: str
    working_days: int
    begun_on: date
    until_on: date
    begun_by_name: str
    ended_on: date | None
    ended_by_name: str | None
    minutes_sha: str | None
    remarks: str | None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A signed act of a stage; its reasons are there only for those who may read them."""

    id: int
    stage: str
    kind: str
    unit_name: str
    signer_name: str | None
    recorder_name: str | None
    signs_as: str | None
    reason_code: str | None
    reasons: str | None
    departs_from_vote: bool
    signed_on: date
    signed_file: str | None
    series: str
    number: str | None
    numbered_on: date | None
    revision_no: int
    reviewed_sections: tuple[str, ...]
    voided: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class BallotLine:
    """One member's vote."""

    person_id: int
    person_name: str
    choice: str
    note: str | None
    cast_at: datetime


@dataclass(frozen=True, slots=True)
class CountLine:
    """Paper ballots as counted: by whom recorded, by whom confirmed."""

    issued: int
    returned: int
    valid: int
    agree: int
    disagree: int
    abstain: int
    minutes_sha: str
    recorder_name: str
    confirmer_name: str | None


@dataclass(frozen=True, slots=True)
class Vote:
    """A council's vote on the file: the tally over all members once closed, ballots and count for those concerned.

    While it is open, ``cast`` says how many have voted, and a member sees no ballot but their own.
    """

    id: int
    stage: str
    council_name: str
    held_on: date | None
    secret: bool
    closed_at: datetime | None
    members: int | None
    agree: int | None
    disagree: int | None
    abstain: int | None
    passed: bool | None
    voided: bool
    revision_no: int
    ballots: tuple[BallotLine, ...]
    count: CountLine | None
    cast: int | None = None


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One return: from which step, to whom, the sections it reopened, and every fault at once."""

    id: int
    depth: int
    from_state: str
    by_unit_name: str
    by_person_name: str
    holder_unit_id: int
    holder_unit_name: str
    holder_duty: str
    mode: str
    sections: tuple[str, ...]
    faults: tuple[Mapping[str, str], ...]
    document_sha: str | None
    opened_at: datetime
    closed_at: datetime | None
    giver_name: str | None = None  # for whom, under a delegation


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A suspension, proposed or approved."""

    id: int
    state: str
    ground: str
    document_sha: str | None
    review_on: date | None
    proposed_by_name: str
    proposed_at: datetime
    approved_by_name: str | None
    approved_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AwardLine:
    """The file's line in the register of awards."""

    form: str
    decided_on: date
    register_no: int | None
    register_year: int | None
    check_code: str
    status: str


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act on the award after its decision; a correction that nobody has signed yet or that was declined is one too.

    ``changes`` are field, old and new value; ``amount_vnd`` is the bonus to be given back.
    """

    id: int
    kind: str
    unit_name: str
    ground: str | None
    reasons: str
    document_sha: str | None
    changes: tuple[tuple[str, Any, Any], ...] | None
    amount_vnd: int | None
    proposer_name: str | None
    signer_name: str | None
    recorder_name: str | None
    signs_as: str | None
    signed_on: date | None
    signed_file: str | None
    series: str
    number: str | None
    numbered_on: date | None
    declined: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature of a paper as it was found; ``checked`` is False while that is still to be done."""

    checked: bool
    signer: str = ""
    issuer: str = ""
    signed_at: datetime | None = None
    intact: bool = False
    unchanged: bool = False
    known: bool = False


def read_signatures(raw: Raw) -> tuple[str, tuple[SignatureLine, ...]]:
    """A paper's digest and its signatures, out of a row."""
    sha256, checked_at, findings = raw
    if checked_at is None:
        return sha256, (SignatureLine(checked=False),)
    return sha256, tuple(
        SignatureLine(True, **one | {"signed_at": _value("signed_at", one["signed_at"])}) for one in findings or ()
    )


@dataclass(frozen=True, slots=True)
class TaskLine:
    """An open or closed step: where it lay, since when, until when."""

    id: int
    step: str
    unit_id: int
    duty: str
    opened_at: datetime
    due_on: date | None
    closed_at: datetime | None
    outcome: str | None
    nobody_free: bool
    base_due_on: date | None  # before opinions moved it


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A complaint or discipline that stands, or stood, against the nominee."""

    id: int
    kind: str
    opened_on: date
    closed_on: date | None
    document: str | None
    note: str | None
    document_sha: str | None
    unit_id: int | None
    unit_name: str | None
    closing: str | None


def read(kind: type[Part], raw: Raw) -> Part:
    """A part from a row whose columns stand as its fields do; a field's name says what kind of value it is."""
    names = [field.name for field in fields(kind)]
    part: Part = kind(**{name: _value(name, value) for name, value in zip(names, raw, strict=True)})
    return part


def read_vote(raw: Raw) -> Vote:
    """A vote from its row; ballots of a secret one have no names anywhere."""
    *plain, ballots, count = raw
    vote = read(Vote, [*plain, (), None, len(ballots or ())])
    shown = () if vote.secret else tuple(read(BallotLine, ballot) for ballot in ballots or ())
    return replace(vote, ballots=shown, count=read(CountLine, count) if count else None)


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    if value is None:
        return None
    if name in _TRUTHS:
        return bool(value)
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    if name.endswith("_on"):
        return date.fromisoformat(value)
    return tuple(value) if name in _ROWS else value


_TRUTHS = frozenset(
    {"voided", "secret", "departs_from_vote", "nobody_free", "passed", "goes_on", "has_account", "declined"}
)  # SQLite keeps 0 and 1
_ROWS = frozenset({"sections", "faults", "reviewed_sections", "papers", "changes"})
