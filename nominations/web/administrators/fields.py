"""Fields of the administrators' forms, and how what a service refuses is put beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from flask import request
from werkzeug.wrappers import Response
from wtforms import Field, Form, SelectField, StringField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Optional, StopValidation

from nominations.services.errors import InvalidInput
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import day as parsed_day
from nominations.web.formats import date_vi
from nominations.web.ground import form_errors, lang, page

Answer = TypeVar("Answer")
Choices = list[tuple[str, str]] | dict[str, list[tuple[str, str]]]
LONGEST_ID = 10  # digits


class Required(InputRequired):
    """A field that must be filled in, said in the service's own words."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Raise StopValidation where nothing was typed."""
        try:
            super().__call__(form, field)
        except StopValidation:
            raise StopValidation(REQUIRED.text(lang())) from None


def required() -> Required:
    """The mark of a field that must be filled in."""
    return Required()


class DayField(StringField):
    """A day typed as dd/mm/yyyy; ``day`` is what was typed, None while the field is empty."""

    day: date | None = None

    def pre_validate(self, _form: object) -> None:
        """Read what was typed. Raises StopValidation for what is no day."""
        typed = (self.data or "").strip()
        found = parsed_day(typed) if typed else None
        if isinstance(found, Message):
            raise StopValidation(found.text(lang()))
        self.day = found

    def process_data(self, value: object) -> None:
        """Show a day the way it is typed."""
        super().process_data(date_vi(value) if isinstance(value, date) else value)


class OneOfList(SelectField):
    """One of a list that is made for each request; what is not in it is refused by the service in its own words."""

    def pre_validate(self, _form: object) -> None:
        """Leave it to the service."""


def asked_day(label: str, hint: str = "", *, optional: bool = False) -> DayField:
    """A field for a day that must, or may, be given."""
    return DayField(label, [Optional() if optional else required()], description=hint)


def text_of(form: Form, name: str) -> str:
    """What stands in a field, without blanks at its ends."""
    return str(form[name].data or "").strip()


def day_of(form: Form, name: str) -> date:
    """The day typed into a field that must be filled in, once the form has been read."""
    found = maybe_day(form, name)
    return date.max if found is None else found


def maybe_day(form: Form, name: str) -> date | None:
    """The day typed into a field that may stay empty."""
    field = form[name]
    return field.day if isinstance(field, DayField) else None


def chosen_id(form: Form, name: str) -> int:
    """The row number a list was set to; 0, which nothing has, for anything else."""
    typed = text_of(form, name)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_ID else 0


def picked(form: Form, name: str) -> tuple[str, ...]:
    """The boxes that were ticked."""
    return tuple(str(value) for value in form[name].data or ())


def offer(form: Form, name: str, choices: Choices) -> None:
    """Give a list what it offers."""
    field = form[name]
    if isinstance(field, SelectField):
        field.choices = choices


def typed(form: type[Form], **given: object) -> Form:
    """The form as it was sent, or with what stands there now."""
    return form(request.form if request.method == "POST" else None, data=given)


def done(form: Form, act: Callable[[], Answer]) -> Answer | None:
    """Do it, once the form was sent and can be read; None where it was not, or something typed cannot be used."""
    if request.method != "POST" or not form.validate():
        return None
    try:
        return act()
    except InvalidInput as wrong:
        place_errors(form, form_errors(wrong))
        return None


def ask(template: str, form: Form, **context: object) -> Response:
    """The page of a form: at first, and again with what was typed where it could not be used."""
    return page(template, 422 if request.method == "POST" else 200, form=form, **context)


def place_errors(form: Form, sentences: dict[str, str]) -> None:
    """Put every sentence beside its field, and what has none above the form."""
    for name, sentence in sentences.items():
        if name in form:
            form[name].errors = [*form[name].errors, sentence]
        else:
            form.form_errors.append(sentence)
