"""What papers are made of: plain values that a service has read; nothing here asks a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Body:
    """A body as a paper needs it: its own name and kind, and the committee it is under."""

    code: str
    name: str
    kind: str
    level: str
    parent_name: str = ""
    parent_kind: str = ""
    province: str = ""
    head_title: str = ""  # as its post is called
    deputy_title: str = ""


@dataclass(frozen=True, slots=True)
class Stead:
    """By what somebody acted for another: TL, TUQ or cover, their own office, whose duty it is, on which paper."""

    kind: str
    title: str
    giver: str
    document: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed act of a stage with its number."""

    kind: str
    stage: str
    signer: str
    signs_as: str
    series: str
    number: str
    numbered_on: date | None
    signed_on: date | None
    reasons: str = ""
    reason_words: str = ""
    departs: bool = False
    on_paper: bool = False  # signed outside: a scan of the signed paper is kept
    acting: bool = False  # by an acting head (Q.)
    id: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a council and whether their vote was heard."""

    name: str
    role: str
    voted: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Paper ballots counted."""

    issued: int
    returned: int
    valid: int
    recorder: str
    confirmer: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A council's closed vote over all its members."""

    stage: str
    council: str
    held_on: date | None
    secret: bool
    members: int
    agree: int
    disagree: int
    abstain: int
    passed: bool
    seats: tuple[Member, ...] = ()
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """An appraisal or check: what is advised, why, criterion by criterion as (code, met, note)."""

    kind: str
    stage: str
    person: str
    advice: str
    reasons: str
    findings: tuple[tuple[str, bool, str], ...]
    given_on: date
    stead: Stead | None = None


@dataclass(frozen=True, slots=True)
class SentBack:
    """A return with every fault as (what, note), and the sections it reopened in words."""

    stage: str
    person: str
    holder: str
    faults: tuple[tuple[str, str], ...]
    sections: tuple[str, ...]
    opened_on: date
    stead: Stead | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in at a stage: who took it, when, and when an answer may be expected."""

    stage: str
    person: str
    received_on: date
    due_on: date | None
    papers: tuple[str, ...]
    stead: Stead | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A public posting: where, how long, and what was heard."""

    places: str
    working_days: int
    begun_on: date
    until_on: date
    ended_on: date | None = None
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """A recipient's line in the register of awards."""

    decided_on: date
    register_no: int | None
    register_year: int | None
    check_url: str
    bonus_vnd: int | None = None  # put right by a correction
    replaced: int = 0  # copies of the certificate that another took the place of


@dataclass(frozen=True, slots=True)
class After:
    """A signed act on an award after its decision. ``changes`` are field, old value, new value."""

    id: int
    kind: str
    ground: str
    reasons: str
    changes: tuple[tuple[str, str, str], ...]
    amount: int | None
    signer: str
    signs_as: str
    series: str
    number: str
    numbered_on: date | None
    signed_on: date
    on_paper: bool

    @property
    def signed(self) -> Signed:
        """The same as papers name a signed act."""
        return Signed(
            self.kind, "", self.signer, self.signs_as, self.series, self.number, self.numbered_on, self.signed_on,
            on_paper=self.on_paper, id=self.id,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenStep:
    """The step a file waits at: until when, and when its result can be expected; None where no clock runs."""

    due_on: date | None
    result_on: date | None


@dataclass(frozen=True, slots=True)
class Remarks:
    """Of a list, each line's departures from its vote and reservations, in sentences that name whose they are."""

    departures: tuple[str, ...]
    reservations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """The bonus with its factors, or why it must be given by hand."""

    amount: int | None
    coefficient: str = ""
    base_salary: int = 0
    multiplier: str = ""
    why_manual: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One nominee in a list."""

    name: str
    subject_kind: str
    address: str = ""
    achievement: str = ""
    born: str = ""
    vote: str = ""
    form: str = ""
    money: Money | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a paper about a file, or about a list of files, may say."""

    code: str
    form: str
    form_label: str
    subject_kind: str
    nominee: str
    movement: str
    round_title: str
    entry_stage: str
    deciding_stage: str
    home: Body
    bodies: Mapping[str, Body]
    lines: tuple[Line, ...]
    today: date
    content: Mapping[str, Any] = field(default_factory=dict)
    basis: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    criteria: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[Signed, ...] = ()
    votes: tuple[Vote, ...] = ()
    advice: tuple[Advice, ...] = ()
    returns: tuple[SentBack, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    award: Registered | None = None
    posting: Posted | None = None
    acts: tuple[After, ...] = ()
    moved: tuple[str, str, str] | None = None  # to which file, under which form, why
    stage: str = ""
    supplements: Signed | None = None  # the letter that this one supplements
    open_step: OpenStep | None = None
    remarks: Remarks | None = None  # of a list

    def last(self, kind: str, stage: str | None = None) -> Signed | None:
        """The latest signed act of a kind, at a stage where one is named."""
        return next((d for d in reversed(self.decisions) if d.kind == kind and stage in {None, d.stage}), None)

    def act(self, kind: str) -> After | None:
        """The latest act of a kind that is a paper of its own; of a reissue, which has no number, the latest."""
        of_kind = (act for act in reversed(self.acts) if act.kind == kind and (act.series or kind == "reissue"))
        return next(of_kind, None)

    def vote_at(self, stage: str) -> Vote | None:
        """The vote heard at a stage; the Chairman hears the provincial council's."""
        heard = {stage, "board"} if stage == "chairman" else {stage}
        return next((vote for vote in reversed(self.votes) if vote.stage in heard), None)
