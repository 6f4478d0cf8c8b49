"""The words of the rules: flows, cases, actors and answers, as frozen values.

Nothing here reads a clock, a database or a request. Units and persons are the integers the caller knows them by;
money, papers and figures arrive already judged. Process: ``docs/tour.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

# --- the flow -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Substitute:
    """Whom a step goes to when every holder is in conflict, away or missing; ``stage`` empty means the step's own."""

    duty: str
    stage: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a stage: who holds it, which duty an act there is, which sections the act reviews."""

    stage: str
    name: str
    kind: str
    duty: str  # the separation duty of its main act: prepare, vote, sign, decide, record
    holders: tuple[str, ...]  # post duties that may hold the task, the first is the one it is addressed to
    reviews: tuple[str, ...]
    substitutes: tuple[Substitute, ...]
    label: Mapping[str, str]
    plain: Mapping[str, str]  # what the nominator reads
    working_days: int | None = None

    @property
    def state(self) -> str:
        """The state a nomination is in while this step is open, such as ``board.appraisal``."""
        return f"{self.stage}.{self.name}"


@dataclass(frozen=True, slots=True)
class Ballot:
    """How a council's vote counts: the share of all members, the quorum, and whether it binds the head."""

    threshold_percent: int
    strict: bool  # True: more than the threshold; False: the threshold itself is enough
    quorum_numerator: int
    quorum_denominator: int
    binding: bool
    source: str

    def passed(self, agree: int, members: int) -> bool:
        """Whether ``agree`` votes out of all ``members`` reach the threshold; exact, in whole numbers."""
        reached, needed = agree * 100, self.threshold_percent * members
        return members > 0 and (reached > needed if self.strict else reached >= needed)

    def quorum(self, members: int) -> int:
        """The fewest ballots with which the vote may be closed."""
        return -(-members * self.quorum_numerator // self.quorum_denominator)


@dataclass(frozen=True, slots=True)
class Stage:
    """A level of the climb: its label, its steps in order, and whether its head decides the form."""

    name: str
    label: Mapping[str, str]
    plain: Mapping[str, str]
    steps: tuple[Step, ...]
    deciding: bool
    series: str  # the series its letter or decision is numbered in, such as TTr or QĐ
    council: str  # the stage whose unit's council votes here: the provincial council sits at the chairman's unit
    ballot: Ballot
    recorders: tuple[str, ...]  # duties that may record a signature made outside
    next: str | None  # the stage after this one; None for the last


@dataclass(frozen=True, slots=True)
class Pair:
    """Two or more sides one person may not be on in one file. ``mode`` is refuse or warn; ``scopes`` groups stages."""

    name: str
    sides: Mapping[str, tuple[str, ...]]
    mode: str
    scopes: Mapping[str, str]  # stage -> scope; empty: the whole file
    source: str

    def key(self, stage: str) -> str:
        """The participation group this pair uses at ``stage``."""
        scope = self.scopes.get(stage, "")
        return f"{self.name}:{scope}" if scope else self.name

    def side(self, duty: str) -> str | None:
        """The side a duty is on, or None when the pair says nothing about it."""
        return next((side for side, duties in self.sides.items() if duty in duties), None)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper a file must or may carry (facts 2.1 to 2.3).

    ``needed_at`` is draft, or the stage before whose head signs it must be there; ``only_for`` narrows it to
    enterprises.
    """

    kind: str
    label: Mapping[str, str]
    subjects: tuple[str, ...]
    groups: tuple[str, ...]
    required: bool
    needed_at: str
    only_for: str
    source: str

    def asked_of(self, subject: str, group: str, body: str = "") -> bool:
        """Whether this paper counts for a nominee of that kind, criteria group and kind of body."""
        return subject in self.subjects and group in self.groups and (not self.only_for or self.only_for == body)


@dataclass(frozen=True, slots=True)
class Workflow:
    """One published version of one form's flow; ``sha256`` is the digest of the bytes it was read from."""

    form: str
    rule_set: str
    tiers: int
    sha256: str
    label: Mapping[str, str]
    valid_from: date
    valid_to: date | None
    competent_stage: str
    entries: Mapping[str, str]  # kind of proposer -> stage it enters at
    stages: Mapping[str, Stage]
    steps: Mapping[str, Step]  # by state
    pairs: tuple[Pair, ...]
    papers: tuple[Paper, ...]
    review_rounds_only: bool
    basis: tuple[Mapping[str, str], ...]

    @property
    def key(self) -> str:
        """A short name for people and logs, such as ``BK-TINH R2 3``."""
        return f"{self.form} {self.rule_set} {self.tiers}"

    def stage_of(self, state: str) -> Stage | None:
        """The stage of a state; None for ``draft`` and the ends."""
        return self.stages.get(state.partition(".")[0])

    def step_of(self, state: str) -> Step | None:
        """The step of a state, also of its ``returned`` and ``held`` forms; None for ``draft`` and the ends."""
        return self.steps.get(step_state(state))


DRAFT = "draft"
ENDS = frozenset({"awarded", "not_awarded", "withdrawn"})
RETURNED = ".returned"
HELD = ".held"


def step_state(state: str) -> str:
    """The step a state belongs to: ``board.appraisal.held`` gives ``board.appraisal``."""
    return state.removesuffix(RETURNED).removesuffix(HELD)


# --- the case and the actor -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Post:
    """A duty a person holds at a unit today."""

    ref: str
    unit: int
    duty: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in the council of a unit today."""

    ref: str
    unit: int
    role: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a person with the posts and seats held today."""

    person: int
    ref: str
    posts: tuple[Post, ...] = ()
    seats: tuple[Seat, ...] = ()

    def post_at(self, unit: int | None, duties: tuple[str, ...]) -> Post | None:
        """The first post at ``unit`` with one of ``duties``, in the order of ``duties``."""
        for duty in duties:
            for post in self.posts:
                if post.unit == unit and post.duty == duty:
                    return post
        return None


@dataclass(frozen=True, slots=True)
class Participation:
    """What a person already is in this file: a side of an incompatible pair."""

    person: int
    pair: str
    side: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the open task or the returned file: a duty at a unit, never a person."""

    unit: int
    duty: str
    substitute: bool = False


@dataclass(frozen=True, slots=True)
class OpenReturn:
    """One open level of the stack of returns."""

    from_state: str
    holder: Holder
    mode: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """A proposed or approved hold (tạm dừng xét)."""

    proposed_by: int
    approved: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """The council's vote on this line; ``members`` is all members, absent ones included."""

    members: int
    agree: int
    disagree: int
    abstain: int
    closed: bool
    stands: bool = True  # False when a later change voided it
    voters: frozenset[int] = frozenset()
    counted_by: int | None = None
    counts_confirmed: bool = False

    @property
    def cast(self) -> int:
        """Ballots cast, of whatever choice."""
        return self.agree + self.disagree + self.abstain


@dataclass(frozen=True, slots=True)
class Criterion:
    """How one applicable criterion of the movement stands in this file."""

    code: str
    required: str  # hard or soft
    met: bool
    explained: bool


@dataclass(frozen=True, slots=True)
class Award:
    """An earlier award of the same nominee, ours or imported."""

    form: str
    decided_on: date
    achievement: str
    state_level: bool


@dataclass(frozen=True, slots=True)
class Case:
    """The few facts about one nomination that the rules may know."""

    code: str
    form: str
    state: str
    version: int
    proposing_unit: int
    entry_stage: str
    path: Mapping[str, int]  # stage -> the unit that is that stage for this file today
    gone: frozenset[str] = frozenset()  # stages whose unit has ended
    holder: Holder | None = None
    letter_unit: int | None = None
    nominee_unit: int | None = None
    nominee_is_commune: bool = False
    nominee_ended_on: date | None = None
    nominee_persons: frozenset[int] = frozenset()  # the nominee in person; a collective's members are in conflicted
    conflicted: frozenset[int] = frozenset()  # declared kin or interest, members and representatives of a collective
    participations: tuple[Participation, ...] = ()
    returns: tuple[OpenReturn, ...] = ()
    return_counts: Mapping[str, int] = field(default_factory=dict)
    second_return_approved: frozenset[str] = frozenset()
    hold: Hold | None = None
    round_open: bool = True
    round_kind: str = "annual"
    form_in_round: bool = True
    missing_papers: tuple[str, ...] = ()
    empty_sections: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    tally: Tally | None = None  # of the council this step hears: its own stage's, or the provincial one's
    reconfirm: tuple[str, ...] = ()
    open_opinions: int = 0
    duplicate_of: str | None = None
    past_awards: tuple[Award, ...] = ()
    achievement: str = ""
    open_complaint: bool = False
    discipline_open: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """What is asked: an action on a version, with the few parts of the payload the rules look at."""

    action: str
    seen: int | None = None
    outcome: str | None = None  # record_signature and record_central_result: which one
    advice: str | None = None
    mode: str | None = None  # return: chain or direct
    sections: tuple[str, ...] = ()
    reason_code: str | None = None
    signer: Actor | None = None  # who signed outside
    ask: bool = False  # True while only asking what is open: guards on the payload are left out


# --- the answers ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule says no: the guard's name, and the values its sentence needs."""

    guard: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The rules say yes; nothing has changed yet."""

    action: str
    from_state: str
    to_state: str
    post: Post | None
    duty: str
    pair: str
    side: str
    joins: tuple[Participation, ...]  # participations this act adds
    next_step: Step | None  # the step that opens, with its holders
    reviews: tuple[str, ...]
    warnings: tuple[Refused, ...] = ()

    @property
    def moves(self) -> bool:
        """True when the state changes."""
        return self.from_state != self.to_state


Decision = Accepted | Refused


@dataclass(frozen=True, slots=True)
class OpenAction:
    """One line of the decision panel: an action, and why not if not."""

    action: str
    allowed: bool
    refusal: Refused | None
    here: bool  # the action belongs to the present state, whoever may do it
    warnings: tuple[Refused, ...] = ()
