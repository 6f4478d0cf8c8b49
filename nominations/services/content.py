"""The content of a file: which fields each section has, how they are checked, and the snapshot a revision keeps.

Sections are saved one by one; what is typed is kept even when a file is far from complete, and only what could never
be right (a letter where a number belongs, a field that does not exist) is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from nominations.queries.case_facts import CaseRow
from nominations.services.messages import Message
from nominations.services.payloads import LONG, day, line, shown, whole_number, words
from workflows.poverty import MovementSettings, YearFigure, check_figure

Section = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong inside a field that holds several: a message for each place, such as ``2.rate``."""

    errors: Mapping[str, Message]


Checked = str | int | bool | list[Any] | dict[str, Any] | Message | Faults  # a field as it is kept, or what is wrong
Checker = Callable[[Any], Checked]
YEARS = (1900, 2100)
MOST_ROWS = 200
_YES, _NO = frozenset({"1", "true", "on", "yes", "y"}), frozenset({"0", "false", "off", "no", "n"})


def _line(value: object) -> Checked:
    return line(value)


def _text(value: object) -> Checked:
    return words(value, LONG)


def _count(value: object) -> Checked:
    """A whole number, dots or blanks between its thousands or none."""
    if isinstance(value, str):
        value = value.replace(".", "").replace(" ", "").replace("\u00a0", "")
    return whole_number(value, 15)


def _year(value: object) -> Checked:
    counted = _count(value)
    if isinstance(counted, int) and not YEARS[0] <= counted <= YEARS[1]:
        return Message("out_of_range", {"low": YEARS[0], "high": YEARS[1]})
    return counted


def _flag(value: object) -> Checked:
    said = str(value).strip().lower()
    return said in _YES if said in _YES | _NO else Message("not_choice", {"choices": "true, false"})


def _date(value: object) -> Checked:
    parsed = day(value)
    return parsed if isinstance(parsed, Message) else parsed.isoformat()


def _percent(value: object) -> Checked:
    """A rate in percent as exact text with a point, however it was typed; ten places after it are more than enough."""
    try:
        rate = Decimal(str(value).strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        return Message("not_number")
    if not rate.is_finite() or not 0 <= rate <= 100:
        return Message("out_of_range", {"low": 0, "high": 100})
    exponent = rate.as_tuple().exponent
    return format(rate, "f") if isinstance(exponent, int) and exponent >= -10 else Message("not_number")


def _texts(value: object) -> Checked:
    """Texts by criterion code."""
    if not isinstance(value, Mapping):
        return Message("not_object")
    kept, errors = {}, {}
    for named, given in value.items():
        code, checked = line(named), words(given, LONG)
        if isinstance(code, Message):
            errors[shown(named)] = Message("unknown_field")
        elif isinstance(checked, str):
            kept[code] = checked
        elif given and checked.key != "required":  # blanks alone are an empty text
            errors[shown(code)] = checked
    return Faults(errors) if errors else kept


def _rows(fields: Mapping[str, Checker]) -> Checker:
    def check(value: object) -> Checked:
        if not isinstance(value, list) or len(value) > MOST_ROWS or not all(isinstance(row, Mapping) for row in value):
            return Message("not_list")
        rows: list[Any] = []
        errors: dict[str, Message] = {}
        for number, row in enumerate(value):
            checked, wrong = _checked(row, fields)
            errors |= {f"{number}.{field}": message for field, message in wrong.items()}
            if checked:
                rows.append(checked)
        return Faults(errors) if errors else rows

    return check


FIGURE: Mapping[str, Checker] = {
    "year": _year, "households": _count, "poor": _count, "near_poor": _count, "rate": _percent,
    "standard": _line, "status": _line, "decision_ref": _line, "invented": _flag,
}  # fmt: skip
HELPED: Mapping[str, Checker] = {"name": _line, "kind": _line, "value": _count}
PAST: Mapping[str, Checker] = {"year": _year, "form": _line, "decision": _line}

_PERSON: Mapping[str, Checker] = {
    "name": _line, "other_name": _line, "sex": _line, "birth_date": _date, "birth_year": _year, "ethnic_group": _line,
    "home_place": _line, "address": _line, "position": _line, "workplace": _line, "education": _line,
    "body_kind": _line, "credit_institution": _flag,
}  # fmt: skip
_COLLECTIVE: Mapping[str, Checker] = {
    "name": _line, "address": _line, "phone": _line, "founded": _line, "head_name": _line, "members": _count,
    "functions": _text, "body_kind": _line, "hamlet": _line, "credit_institution": _flag,
}  # fmt: skip
_HOUSEHOLD: Mapping[str, Checker] = {
    "name": _line, "birth_year": _year, "ethnic_group": _line, "address": _line, "hamlet": _line, "members": _count,
    "classification": _line, "escaped_year": _year, "registered_on": _date, "recognised_by": _line,
}  # fmt: skip
NOMINEE: Mapping[str, Mapping[str, Checker]] = {
    "individual": _PERSON,
    "collective": _COLLECTIVE,
    "household": _HOUSEHOLD,
}
CRITERIA: Mapping[str, Checker] = {
    "statements": _texts, "explanations": _texts, "figures": _rows(FIGURE), "profile": _line,
}  # fmt: skip
REPORT: Mapping[str, Checker] = {
    "situation": _text, "achievements": _text, "measures": _text, "discipline": _text, "model": _text,
    "income_before": _count, "income_after": _count, "loan_amount": _count, "loan_purpose": _line,
    "loan_on_time": _flag, "helped": _rows(HELPED), "contributions": _text, "land_m2": _count, "money_vnd": _count,
    "labour_days": _count, "past_awards": _rows(PAST),
}  # fmt: skip
PROPOSAL: Mapping[str, Checker] = {
    "achievement": _line, "reason": _text, "period_from": _date, "period_to": _date, "representative": _line,
    "proposed_by": _line, "meeting_on": _date,
}  # fmt: skip


def checkers(subject_kind: str) -> Mapping[str, Mapping[str, Checker]]:
    """The fields of each section that can be typed, for a kind of nominee. Papers are attached, not typed."""
    return {"nominee": NOMINEE[subject_kind], "criteria": CRITERIA, "report": REPORT, "proposal": PROPOSAL}


def checked_content(content: Mapping[str, Any], subject_kind: str) -> tuple[dict[str, Any], dict[str, Message]]:
    """The sections given, each whole and in its checked form, and a message for each field that cannot be used."""
    sections: dict[str, Any] = {}
    errors: dict[str, Message] = {}
    known = checkers(subject_kind)
    for name, given in content.items():
        if name not in known or not isinstance(given, Mapping):
            errors[shown(name)] = Message("unknown_field" if name not in known else "not_object")
            continue
        section, wrong = _checked(given, known[name])
        sections[name] = section
        errors |= {f"{name}.{field}": message for field, message in wrong.items()}
    errors |= _figures_that_disagree(sections.get("criteria", {}))
    return sections, errors


def snapshot(
    row: CaseRow,
    working: Mapping[str, Any],
    results: Mapping[str, Any] | None = None,
    papers: list[list[str]] | None = None,
) -> dict[str, Any]:
    """What the file says at this moment, with the hashes of its papers: the content a revision and ``snap`` seal.

    ``papers`` are [kind, name, sha256] where they differ from the row's.
    """
    content = {name: working.get(name, {}) for name in ("nominee", "criteria", "report", "proposal")}
    listed = [
        {"kind": kind, "name": name, "sha256": sha}
        for kind, name, sha in (papers if papers is not None else row.papers or ())
    ]
    listed.sort(key=lambda paper: (paper["kind"], paper["sha256"]))
    said = content | {"papers": listed, "form": row.form, "subject": row.subject_kind, "group": row.subject_group}
    return said | ({"results": results} if results is not None else {})


def _checked(given: Section, fields: Mapping[str, Checker]) -> tuple[dict[str, Any], dict[str, Message]]:
    kept: dict[str, Any] = {}
    errors: dict[str, Message] = {}
    for name, value in given.items():
        if name not in fields:
            errors[shown(name)] = Message("unknown_field")
            continue
        if value is None or value in ("", [], {}):
            continue
        checked = fields[name](value)
        if isinstance(checked, Faults):
            errors |= {f"{name}.{place}": message for place, message in checked.errors.items()}
        elif isinstance(checked, Message):
            if checked.key != "required":  # blanks alone are an empty field
                errors[name] = checked
        else:
            kept[name] = checked
    return kept, errors


def _figures_that_disagree(criteria: Section) -> dict[str, Message]:
    """A rate that disagrees with its households is refused with both numbers (decision 27)."""
    settings = MovementSettings()
    for number, raw in enumerate(criteria.get("figures", ())):
        if "year" not in raw:
            return {f"criteria.figures.{number}.year": Message("required")}
        rate = Decimal(raw["rate"]) if raw.get("rate") else None
        figure = YearFigure(raw["year"], raw.get("households"), raw.get("poor"), raw.get("near_poor"), rate)
        fault = check_figure(figure, settings)
        if fault is not None:
            values = dict(fault.values)
            return {
                f"criteria.figures.{number}.rate": Message(
                    "figures_disagree", {"rate": values.get("stated", rate), "computed": values.get("counted", "?")}
                )
            }
    return {}
