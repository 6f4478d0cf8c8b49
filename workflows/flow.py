"""The words of a flow as frozen values: stages and steps, duties kept apart, papers and ballots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    """How a council's vote counts: the share of all members, the quorum, and whether it binds the head.

    The threshold is a share of all members, absent ones included (facts 2.5). Whether members who are barred from a
    line count among them is ``barred_in_threshold``, and for what the quorum is a share of ``barred_in_quorum``;
    ``base_source`` and ``quorum_source`` are where that stands.
    """

    threshold_percent: int
    strict: bool  # True: more than the threshold; False: the threshold itself is enough
    quorum_numerator: int
    quorum_denominator: int
    binding: bool
    source: str
    barred_in_quorum: bool = True
    quorum_source: str = ""
    barred_in_threshold: bool = True
    base_source: str = ""

    def base(self, members: int, barred: int = 0) -> int:
        """What the threshold is a share of: all members, or all but the ``barred`` ones."""
        return members if self.barred_in_threshold else members - barred

    def passed(self, agree: int, members: int, barred: int = 0) -> bool:
        """Whether ``agree`` votes reach the threshold, ``barred`` of all ``members`` keeping out; in whole numbers."""
        base = self.base(members, barred)
        reached, needed = agree * 100, self.threshold_percent * base
        return base > 0 and (reached > needed if self.strict else reached >= needed)

    def quorum(self, members: int, barred: int = 0) -> int:
        """The fewest ballots with which the vote may be closed, ``barred`` of the members keeping out; at least one."""
        base = members if self.barred_in_quorum else members - barred
        return max(1, -(-base * self.quorum_numerator // self.quorum_denominator))


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
class Consultation:
    """A kind of opinion that is asked of a nominee at some stages, and its terms (facts 2.6).

    ``circumstances`` are what the nominee is, each enough; none: every nominee. ``goes_on``: once its day has passed a
    silence lets the file go on. ``clock``: what the asking step's clock does: runs, pauses, or lengthens by
    ``lengthens_by`` working days.
    """

    kind: str
    label: Mapping[str, str]
    stages: tuple[str, ...]
    subjects: tuple[str, ...]
    groups: tuple[str, ...]
    circumstances: frozenset[str]
    required: bool
    bodies: tuple[str, ...]
    reviews: tuple[str, ...]
    working_days: int
    goes_on: bool
    clock: str
    lengthens_by: int
    source: str

    def asked_of(self, stage: str, subject: str, group: str, circumstances: frozenset[str]) -> bool:
        """Whether it counts at ``stage`` for a nominee of that kind and group, being what ``circumstances`` say."""
        known = not self.circumstances or bool(self.circumstances & circumstances)
        return known and stage in self.stages and subject in self.subjects and group in self.groups


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
    consultations: tuple[Consultation, ...] = ()

    @property
    def key(self) -> str:
        """A short name for people and logs, such as ``BK-TINH R2 3``."""
        return f"{self.form} {self.rule_set} {self.tiers}"

    @property
    def deciding_stage(self) -> Stage:
        """The stage whose head decides the form; a sound flow has exactly one."""
        return next(stage for stage in self.stages.values() if stage.deciding)

    @property
    def decided_by_the_centre(self) -> bool:
        """Whether the decision comes from outside the province, which only records it."""
        return any(step.kind == "pending" for step in self.deciding_stage.steps)

    def stage_of(self, state: str) -> Stage | None:
        """The stage of a state; None for ``draft`` and the ends."""
        return self.stages.get(state.partition(".")[0])

    def step_of(self, state: str) -> Step | None:
        """The step of a state, also of its ``returned`` and ``held`` forms; None for ``draft`` and the ends."""
        return self.steps.get(step_state(state))


DRAFT = "draft"
ENDS = frozenset({"awarded", "not_awarded", "withdrawn", "annulled", "replaced"})
AFTER = frozenset({"awarded", "annulled"})
"""Ends at which acts on the award are still done: it is annulled, corrected, its certificate issued again."""
RETURNED = ".returned"
HELD = ".held"


def step_state(state: str) -> str:
    """The step a state belongs to: ``board.appraisal.held`` gives ``board.appraisal``."""
    return state.removesuffix(RETURNED).removesuffix(HELD)
