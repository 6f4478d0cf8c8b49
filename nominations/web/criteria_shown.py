"""The criteria of a file read out: the plan's words, the result, and the working behind what is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from nominations.queries.filing import CriterionText
from workflows.criteria import CriterionLine, GroupAssessment, State
from workflows.eligibility import DISTRICT, Assessment

RESULTS: Mapping[State, str] = {
    State.MET: "pass",
    State.STATED: "stated",
    State.EXPLAINED: "explained",
    State.ALTERNATIVE: "alternative",
    State.NOT_APPLICABLE: "not_applicable",
    State.NOT_MET: "fail",
    State.NEEDS_EXPLANATION: "needs_explanation",
    State.NEEDS_STATEMENT: "needs_statement",
    State.NEEDS_FIGURES: "not_computable",
}
FALL_READ_BY = frozenset({"across_standards", "baseline_year"})  # the settings a fall in numbers turns on
OWN_READ_BY = frozenset({"recognised_counts", "own_figure_counts"})  # the lines in which a typed figure differs
RATE_READ_BY = FALL_READ_BY | {"fifty_for_poor_districts", "four_each_year", "in_points", "with_near_poor"}


def rows(
    assessment: GroupAssessment, texts: Sequence[CriterionText], content: Mapping[str, Any], lang: str
) -> list[dict[str, Any]]:
    """Return each criterion as `criteria_table` takes it: words, result, what the file says, how it was computed."""
    by_code = {part.criterion.code: part for part in assessment.lines}
    listed = [_row(text, by_code[text.code], content, lang) for text in texts if text.code in by_code]
    return [row | {"alternatives": ", ".join(_alternatives(by_code, row["code"]))} for row in listed]


def _row(text: CriterionText, part: CriterionLine, content: Mapping[str, Any], lang: str) -> dict[str, Any]:
    said = content.get("statements", {}).get(text.code) or content.get("explanations", {}).get(text.code)
    row: dict[str, Any] = {
        "code": text.code,
        "text": text.text,
        "result": RESULTS[part.state],
        "required": text.required,
        "evidence": text.evidence,
        "source": citation(text.source),
        "claim": said,
        "computed": part.assessment is not None,
    }
    if part.assessment is not None:
        row["lines"] = [line.text(lang) for line in part.assessment.working]
        row["settings"] = _settings(part.assessment, lang)
    return row


def citation(source: str) -> str:
    """Return where a criterion stands in the plan, as people cite it; any other source as it is written."""
    place, _blank, mark = source.rpartition(" ")
    return _("Kế hoạch, mục %(place)s", place=place) if mark == "[plan]" and place else source


def _alternatives(by_code: Mapping[str, CriterionLine], code: str) -> list[str]:
    """Return the codes of which one is enough, where this one is among them."""
    label = by_code[code].criterion.applies_to.alternative
    codes = [other for other, part in by_code.items() if label and part.criterion.applies_to.alternative == label]
    return codes if len(codes) > 1 else []


def _settings(assessment: Assessment, lang: str) -> str:
    """Return how the plan was read where it is open, as far as this criterion turns on it."""
    read_by = RATE_READ_BY if assessment.criterion == DISTRICT else FALL_READ_BY
    if any(line.code in OWN_READ_BY for line in assessment.working):
        read_by |= {"own_figure_explained"}
    lines = (line for line in assessment.settings.lines() if dict(line.values)["field"] in read_by)
    return " ".join(line.text(lang) for line in lines)
