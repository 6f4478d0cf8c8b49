"""The words of a case: what the rules know of a file and of who asks, and their answers, as frozen values.

Nothing here reads a clock, a database or a request. Units and persons are the integers the caller knows them by;
money, papers and figures arrive already judged. The flow's own words are in ``flow.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workflows.flow import Step

# --- the case and the actor -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delegation:
    """By what somebody does another's duty: its row, who gave it with all they hold today, and for which forms."""

    number: int
    giver: Actor
    forms: frozenset[str] | None = None  # None: every form

    def covers(self, form: str | None) -> bool:
        """Whether it reaches files of ``form``; None asks about none in particular."""
        return form is None or self.forms is None or form in self.forms


@dataclass(frozen=True, slots=True)
class Post:
    """A duty a person holds at a unit today, or does there for whoever holds it."""

    ref: str
    unit: int
    duty: str
    delegation: Delegation | None = None  # None: their own


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in the council of a unit today."""

    ref: str
    unit: int
    role: str

    @property
    def votes(self) -> bool:
        """Whether the seat has a vote: the secretary's has none."""
        return self.role != "secretary"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a person with the posts and seats held today, and apart from them what is delegated to them."""

    person: int
    ref: str
    posts: tuple[Post, ...] = ()
    seats: tuple[Seat, ...] = ()
    delegated: tuple[Post, ...] = ()

    def post_at(self, unit: int | None, duties: tuple[str, ...]) -> Post | None:
        """The first post at ``unit`` with one of ``duties``, in the order of ``duties``."""
        for duty in duties:
            for post in self.posts:
                if post.unit == unit and post.duty == duty:
                    return post
        return None

    def standing_in(self, form: str | None = None) -> Actor:
        """The same person with nothing but what is delegated to them for ``form``: no post of their own, no seat."""
        covered = (post for post in self.delegated if post.delegation is not None and post.delegation.covers(form))
        return Actor(self.person, self.ref, tuple(covered))


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
    """The council's vote on this line; ``members`` is all members, absent ones included.

    ``barred`` is how many of them were kept out of it, told once it is closed. ``absent`` were marked absent from the
    meeting, ``polled`` of those absent are asked in writing up to the day ``poll_until``. Once the minutes of the
    meeting are ``signed`` nothing is reopened.
    """

    members: int
    agree: int
    disagree: int
    abstain: int
    closed: bool
    stands: bool = True  # False when a later change voided it
    voters: frozenset[int] = frozenset()
    counted_by: int | None = None
    counts_confirmed: bool = False
    barred: int = 0
    absent: frozenset[int] = frozenset()
    polled: frozenset[int] = frozenset()
    poll_until: date | None = None
    signed: bool = False

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
    achieved_to: date | None = None  # the last day of the achievement, where the decision writes it

    @property
    def counts_from(self) -> date:
        """The day a waiting period is counted from: the achievement's last, else the decision's (facts 2.8, L9)."""
        return self.achieved_to or self.decided_on


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota of the round that this file falls under: how many places it has, and how many are taken."""

    number: int  # its row
    place: str  # the unit it is for, or the round where it is for all
    most: int
    taken: int
    hard: bool
    has_place: bool = False  # this file has taken its place already


@dataclass(frozen=True, slots=True)
class Request:
    """An opinion asked of another body: its number in the file, at which stage, of whom, until when, what came of it.

    ``state`` is open, answered, withdrawn, fallen (what it was about has changed) or ended (with the file).
    """

    number: int
    kind: str
    stage: str
    unit: int | None  # None: a body outside, which answers on paper
    due_on: date
    goes_on: bool  # once the day has passed, silence lets the file go on
    state: str = "open"
    clock: str = "runs"
    lengthens_by: int = 0
    asked_on: date | None = None
    closed_on: date | None = None

    @property
    def open(self) -> bool:
        """Whether a reply is still awaited."""
        return self.state == "open"

    def silent(self, today: date) -> bool:
        """Whether its day has passed without a reply."""
        return self.open and today > self.due_on

    def holds_up(self, today: date) -> bool:
        """Whether the file waits for it."""
        return self.open and not (self.goes_on and self.silent(today))

    def settled(self, today: date) -> bool:
        """Whether it was answered, or may be done without."""
        return self.state == "answered" or (self.goes_on and self.silent(today))


@dataclass(frozen=True, slots=True)
class Posting:
    """The public posting of a file at the level it is at, where its round asks for one (the process, section 10)."""

    begun: bool = False
    until: date | None = None  # its last day
    ended: bool = False


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
    seated: tuple[Actor, ...] = ()  # who sits today in the council that votes on it, and has not voted
    tally: Tally | None = None  # of the council this step hears: its own stage's, or the provincial one's
    reconfirm: tuple[str, ...] = ()
    anew: frozenset[str] = frozenset()  # stages whose appraisal fell with what it was about
    requests: tuple[Request, ...] = ()
    subject: str = "household"
    group: str = "1.5"
    circumstances: frozenset[str] = frozenset()  # what the nominee is, as the flow's opinions ask
    posting: Posting | None = None  # None: none is asked for here
    open_remarks: int = 0  # of the Front's supervision, not answered yet
    duplicate_of: str | None = None
    past_awards: tuple[Award, ...] = ()
    achievement: str = ""
    quotas: tuple[Quota, ...] = ()  # read where a place may be taken, and then under a lock
    correction_by: int | None = None  # who proposed the correction of the decision that waits for its head
    unnumbered: bool = False  # an act on the award is signed and has no number yet
    open_complaint: bool = False
    discipline_open: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """What is asked: an action on a version, with the few parts of the payload the rules look at.

    Raises ValueError for an act that does not say which version its author saw; only a question may leave it out.
    """

    action: str
    seen: int | None = None
    outcome: str | None = None  # record_signature and record_central_result: which one
    advice: str | None = None
    mode: str | None = None  # return: chain or direct
    sections: tuple[str, ...] = ()
    reason_code: str | None = None
    signer: Actor | None = None  # who signed outside
    request: int | None = None  # which request for an opinion it is about, by its number in the file
    ask: bool = False  # True while only asking what is open: guards on version and payload are left out

    def __post_init__(self) -> None:
        """Nothing is done to a file that its author has not seen."""
        if self.seen is None and not self.ask:
            raise ValueError(f"{self.action}: the act names no version")


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

    @property
    def delegation(self) -> Delegation | None:
        """By what the act is done for another; None where the post is the actor's own."""
        return self.post.delegation if self.post is not None else None


Decision = Accepted | Refused


@dataclass(frozen=True, slots=True)
class OpenAction:
    """One line of the decision panel: an action, and why not if not."""

    action: str
    allowed: bool
    refusal: Refused | None
    here: bool  # the action belongs to the present state, whoever may do it
    warnings: tuple[Refused, ...] = ()
