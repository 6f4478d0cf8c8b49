"""The kinds of field an action's form is made of. What is typed is checked by the service, as for the API."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import (
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

Pairs = tuple[tuple[str, str], ...]  # value and words, in the order of the list
Unbound = Any  # a field of WTForms before it has its form
MOST_FAULTS = 40
MARKED = (DataRequired(),)  # asks for the star; the sentence comes from the service


def choices(pairs: Pairs, empty: str | None = None) -> dict[str, str]:
    """The options of a list by value, at will after a first line that says nothing."""
    first = {"": empty} if empty is not None else {}
    return first | {value: str(label) for value, label in pairs}


def offers(field: SelectField) -> dict[str, str]:
    """What a list offers, by value."""
    return {str(value): str(label) for value, label, *_rest in field.iter_choices()}


class LineField(StringField):
    """One line of text."""


class DayField(StringField):
    """A day, kept as typed until the service reads it."""


class CountField(StringField):
    """A whole number, kept as typed until the service reads it."""


class WordsField(TextAreaField):
    """Several lines of text."""


class UploadField(FileField):
    """A paper; ``kept`` is the digest of one that was sent before and need not be sent again."""

    kept: str = ""


class ListField(SelectField):
    """One of a list that may be empty."""


class OneOfField(RadioField):
    """One of a few, all visible; nothing is chosen beforehand."""


class SectionsField(SelectMultipleField):
    """Several sections of the file."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FaultForm(Form):
    """One fault of a returned file: what, where, and in words."""

    code = ListField()
    section = ListField()
    note = WordsField()


class FindingForm(Form):
    """What the appraiser found for one criterion."""

    code = HiddenField()
    met = ListField()
    note = LineField()


def fault_rows(label: str, hint: str) -> Unbound:
    """The faults of a return, a row each."""
    return FieldList(FormField(FaultForm), label, description=hint, min_entries=1, max_entries=MOST_FAULTS)


def finding_rows(label: str, hint: str) -> Unbound:
    """What was found, a row for each criterion."""
    return FieldList(FormField(FindingForm), label, description=hint)


def dress_faults(faults: FieldList[Any], codes: Pairs, sections: Pairs) -> None:
    """Give every row its lists and its words."""
    for number, row in enumerate(faults.entries, 1):
        form = row.form
        form.code.choices = choices(codes, _("Chọn sai sót"))
        form.section.choices = choices(sections, _("Chọn phần hồ sơ"))
        form.code.label.text = _("Sai sót %(number)s", number=number)
        form.section.label.text = _("Ở phần nào (sai sót %(number)s)", number=number)
        form.note.label.text = _("Cần sửa thế nào (sai sót %(number)s)", number=number)


def dress_findings(findings: FieldList[Any], criteria: Pairs, verdicts: Pairs) -> None:
    """Give every row its list and its words; a code that no criterion has is dropped."""
    texts = dict(criteria)
    findings.entries = [row for row in findings.entries if row.form.code.data in texts]
    for row in findings.entries:
        form, code = row.form, row.form.code.data
        form.met.choices = choices(verdicts, _("Chưa nhận xét"))
        form.met.label.text = _("Tiêu chí %(code)s: đạt hay chưa", code=code)
        form.note.label.text = _("Nhận xét tiêu chí %(code)s", code=code)
        form.code.description = texts[code]
