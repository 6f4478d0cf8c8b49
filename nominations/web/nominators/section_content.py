"""What each section's form holds: the plain sections field by field, the criteria with their words and figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from nominations.extensions import db_session
from nominations.queries.criteria_versions import judged_on
from nominations.queries.filing import CriterionText, criterion_texts
from nominations.web.content_words import FIGURES, Wanted
from nominations.web.nominators.opened import Opened
from nominations.web.nominators.section_forms import Values, content_of, stored_values
from workflows.criteria import State
from workflows.eligibility import QUANTITATIVE

STATEMENT, EXPLANATION = "statement-", "explanation-"
KEPT_AS = {STATEMENT: "statements", EXPLANATION: "explanations"}


def texts_of(file: Opened) -> tuple[CriterionText, ...]:
    """Return the criteria of the nominee's group in the plan's words."""
    row = file.row
    return criterion_texts(db_session(), row.movement_id, row.subject_group, judged_on(row.received_on, file.today))


def fields_of(file: Opened, section: str) -> tuple[Wanted, ...]:
    """Return the fields of a section's form."""
    return file.fields(section) if section != "criteria" else _criteria_fields(file)


def values_of(file: Opened, section: str) -> Values:
    """Return what is stored, as the section's form shows it."""
    stored = file.stored(section)
    return stored_values(fields_of(file, section), stored if section != "criteria" else flat(stored))


def content_from(file: Opened, section: str, values: Values) -> dict[str, Any]:
    """Return what the section's form holds, as the service takes it."""
    fields, stored = fields_of(file, section), file.stored(section)
    if section != "criteria":
        return content_of(fields, values, stored)
    content = content_of(fields, values, flat(stored))
    plain = {name: value for name, value in content.items() if not name.startswith((STATEMENT, EXPLANATION))}
    return plain | {
        kept: {n.removeprefix(prefix): v for n, v in content.items() if n.startswith(prefix)}
        for prefix, kept in KEPT_AS.items()
    }


def control_names(section: str, errors: Mapping[str, str]) -> dict[str, str]:
    """Return the sentences by control: the service names a criterion's words otherwise than the form."""
    if section != "criteria":
        return dict(errors)
    names = {}
    for path, sentence in errors.items():
        prefix = next((p for p, kept in KEPT_AS.items() if path.startswith(f"{kept}.")), None)
        names[path if prefix is None else prefix + path.partition(".")[2]] = sentence
    return names


def _criteria_fields(file: Opened) -> tuple[Wanted, ...]:
    """The figures where one criterion is computed from them, then words for every criterion that applies."""
    lines = {part.criterion.code: part for part in file.assessed().lines}
    fields: list[Wanted] = [FIGURES] if lines.keys() & set(QUANTITATIVE) else []
    for text in texts_of(file):
        part = lines.get(text.code)
        if part is None or part.state is State.NOT_APPLICABLE:
            continue
        if text.code not in QUANTITATIVE:
            fields.append(Wanted(STATEMENT + text.code, _("Đã thực hiện thế nào"), text.evidence or "", "text"))
        fields.append(Wanted(EXPLANATION + text.code, _("Giải trình khi chưa đạt"), kind="text"))
    return tuple(fields)


def flat(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The stored criteria with each text under the name of its control."""
    flat = {name: value for name, value in stored.items() if name not in KEPT_AS.values()}
    for prefix, kept in KEPT_AS.items():
        flat |= {prefix + code: text for code, text in stored.get(kept, {}).items()}
    return flat
