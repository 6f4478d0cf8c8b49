"""All criteria of a nominee's group together: which apply, which are met, and what still has to be written.

Quantitative criteria are computed; qualitative ones need a statement.  A *hard* criterion that is not met stands
against the nomination; a *soft* one needs an explanation.  What cannot be computed for a reason nobody can mend
(another standard, nothing at the start) needs an explanation even where the criterion is hard; what only wants
figures wants the figures.  Criteria that share an `alternative` are alternative profiles: one is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workflows.eligibility import Assessment, Result, evaluate
from workflows.poverty import MovementSettings, UnitFacts, YearFigure
from workflows.recognised import hold

BEYOND_MENDING = frozenset({"standard_changed", "zero_baseline", "zero_rate", "no_later_year"})
"""Causes that no further figure of this unit can remove."""


@dataclass(frozen=True, slots=True)
class AppliesTo:
    """Whom a criterion asks: kinds of nominee (none named: all), and attributes with the values that count."""

    subject_kinds: frozenset[str] = frozenset()
    attributes: Mapping[str, frozenset[str | bool]] = field(default_factory=dict)
    alternative: str | None = None

    @classmethod
    def from_plain(cls, plain: Mapping[str, object]) -> AppliesTo:
        """From stored JSON: `subject_kinds` and every attribute a list of values, `alternative` a label."""
        lists = {name: _values(name, values) for name, values in plain.items() if name != "alternative"}
        kinds = lists.pop("subject_kinds", frozenset())
        alternative = plain.get("alternative")
        if alternative is not None and not isinstance(alternative, str):
            raise ValueError("alternative is a label")
        return cls(frozenset(str(kind) for kind in kinds), lists, alternative)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the plan as data: its code and group, how it is judged, how strictly, of whom."""

    code: str
    group_no: str
    kind: str  # quantitative, qualitative
    required: str  # hard, soft
    applies_to: AppliesTo = field(default_factory=AppliesTo)

    @property
    def is_hard(self) -> bool:
        """Whether the nomination cannot go on without it."""
        return self.required == "hard"


@dataclass(frozen=True, slots=True)
class NomineeFacts:
    """What applicability asks of a nominee: group, kind, unit facts, and attributes such as credit_institution."""

    group_no: str
    subject_kind: str
    unit: UnitFacts = field(default_factory=UnitFacts)
    attributes: Mapping[str, str | bool] = field(default_factory=dict)

    def attribute(self, name: str) -> str | bool | None:
        """An attribute by name, those of the unit included; None where it is not stated."""
        unit = {"poor_district": self.unit.poor_district, "area_class": self.unit.area_class}
        return unit[name] if name in unit else self.attributes.get(name)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the nominator wrote, by criterion code: statements, and explanations of what is not met.

    `proves_figures`: the file carries a paper that poverty figures were recognised by.
    """

    statements: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    proves_figures: bool = False


class State(StrEnum):
    """Where one criterion stands."""

    MET = "met"
    STATED = "stated"
    EXPLAINED = "explained"
    ALTERNATIVE = "alternative"
    NOT_APPLICABLE = "not_applicable"
    NOT_MET = "not_met"
    NEEDS_EXPLANATION = "needs_explanation"
    NEEDS_STATEMENT = "needs_statement"
    NEEDS_FIGURES = "needs_figures"


OPEN_STATES = frozenset({State.NOT_MET, State.NEEDS_EXPLANATION, State.NEEDS_STATEMENT, State.NEEDS_FIGURES})


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion with its state, and its assessment where it is computed."""

    criterion: Criterion
    state: State
    assessment: Assessment | None = None


@dataclass(frozen=True, slots=True)
class GroupAssessment:
    """Every criterion of the nominee's group, in the plan's order."""

    lines: tuple[CriterionLine, ...]

    @property
    def open_lines(self) -> tuple[CriterionLine, ...]:
        """The criteria that keep the nomination from going on."""
        return tuple(part for part in self.lines if part.state in OPEN_STATES)

    @property
    def is_complete(self) -> bool:
        """Whether at least one criterion applies and none is open."""
        applies = any(part.state is not State.NOT_APPLICABLE for part in self.lines)
        return applies and not self.open_lines

    def codes(self, *states: State) -> tuple[str, ...]:
        """The codes of the criteria in any of these states."""
        return tuple(part.criterion.code for part in self.lines if part.state in states)


def applies(criterion: Criterion, nominee: NomineeFacts) -> bool:
    """Whether a criterion asks anything of this nominee; an attribute not stated counts as not there."""
    to = criterion.applies_to
    if criterion.group_no != nominee.group_no:
        return False
    if to.subject_kinds and nominee.subject_kind not in to.subject_kinds:
        return False
    return all(nominee.attribute(name) in values for name, values in to.attributes.items())


def evaluate_group(
    criteria: Iterable[Criterion],
    nominee: NomineeFacts,
    answers: Answers,
    figures: Sequence[YearFigure],
    settings: MovementSettings,
    *,
    ends: int | None = None,
    recognised: Sequence[YearFigure] = (),
) -> GroupAssessment:
    """Judge every criterion of the nominee's group; those of other groups are left out altogether.

    `recognised` are the nominee's own figures as decisions recognised them; they stand over the typed `figures`.
    """
    lines = []
    for criterion in criteria:
        if criterion.group_no != nominee.group_no:
            continue
        if not applies(criterion, nominee):
            lines.append(CriterionLine(criterion, State.NOT_APPLICABLE))
        elif criterion.kind == "quantitative":
            own_counts = settings.own_figure_explained and answers.proves_figures
            own_counts = own_counts and _written(answers.explanations, criterion)
            held = hold(figures, recognised, settings, up_to=ends or 0, own_counts=own_counts)
            assessment = evaluate(criterion.code, nominee.unit, held.figures, settings, ends=ends, notes=held.notes)
            state = _computed_state(criterion, assessment, answers)
            lines.append(CriterionLine(criterion, state, assessment))
        else:
            lines.append(CriterionLine(criterion, _stated_state(criterion, answers)))
    return GroupAssessment(_with_alternatives(lines))


def _computed_state(criterion: Criterion, assessment: Assessment, answers: Answers) -> State:
    """Where a quantitative criterion stands."""
    if assessment.result is Result.NOT_APPLICABLE:
        return State.NOT_APPLICABLE
    if assessment.result is Result.MET:
        return State.MET
    if criterion.is_hard and assessment.result is Result.NOT_MET:
        return State.NOT_MET
    if criterion.is_hard and not {cause.code for cause in assessment.causes} <= BEYOND_MENDING:
        return State.NEEDS_FIGURES
    return State.EXPLAINED if _written(answers.explanations, criterion) else State.NEEDS_EXPLANATION


def _stated_state(criterion: Criterion, answers: Answers) -> State:
    """Where a qualitative criterion stands."""
    if _written(answers.statements, criterion):
        return State.STATED
    if not criterion.is_hard and _written(answers.explanations, criterion):
        return State.EXPLAINED
    return State.NEEDS_STATEMENT


def _with_alternatives(lines: Sequence[CriterionLine]) -> tuple[CriterionLine, ...]:
    """The lines, where an open one whose alternative is met or stated is no longer asked for."""
    settled = {part.criterion.applies_to.alternative for part in lines if part.state in {State.MET, State.STATED}} - {
        None
    }
    return tuple(
        CriterionLine(part.criterion, State.ALTERNATIVE, part.assessment)
        if part.state in OPEN_STATES and part.criterion.applies_to.alternative in settled
        else part
        for part in lines
    )


def _written(texts: Mapping[str, str], criterion: Criterion) -> bool:
    """Whether something other than blanks is written for a criterion."""
    return bool(texts.get(criterion.code, "").strip())


def _values(name: str, values: object) -> frozenset[str | bool]:
    """The values of one entry of `applies_to`."""
    if not isinstance(values, list) or not all(isinstance(value, str | bool) for value in values):
        raise ValueError(f"{name} is a list of texts or truths")
    return frozenset(values)
