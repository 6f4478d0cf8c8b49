"""How the movement's forms are sent: what a service refuses is put beside its field, and everything typed stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from flask import abort, flash, request
from flask_babel import gettext as _
from wtforms import Field
from wtforms.form import BaseForm

from nominations.services.errors import Declined, InvalidInput, NotFound
from nominations.services.log import Receipt
from nominations.services.messages import Message
from nominations.web.approvers.answers import KEPT, show_errors, upload_of
from nominations.web.approvers.fields import UploadField
from nominations.web.ground import form_errors

Answer = TypeVar("Answer")
LONGEST_NUMBER = 9  # digits


@dataclass(slots=True)
class Sent(Generic[Answer]):
    """What came of a form: the service's answer, or the sentences for the page that is shown again."""

    answer: Answer | None = None
    status: int = 200
    summary: list[tuple[str | None, str]] = field(default_factory=list)


def send(form: BaseForm, act: Callable[[], Answer]) -> Sent[Answer]:
    """Do it; what cannot be used is said at its field (422), what things stand against above the form (409)."""
    try:
        return Sent(act())
    except NotFound:
        abort(404)
    except InvalidInput as wrong:
        status = 409 if isinstance(wrong, Declined) else 422
        return Sent(status=status, summary=show_errors(form, form_errors(wrong)))


def told(said: str, receipt: Receipt | None = None) -> None:
    """Say that it was done, with the receipt of its entry."""
    receipt_words = "" if receipt is None else " " + _("Mã đối chứng nhật ký: %(receipt)s.", receipt=receipt.code)
    flash(said + receipt_words, "success")


def uploaded(upload: Field) -> tuple[str | None, str]:
    """The digest and name of the paper sent with a field, kept on the way. Raises InvalidInput for no paper of ours."""
    if not isinstance(upload, UploadField):
        raise TypeError(f"{upload.name} takes no paper")
    errors: dict[str, Message] = {}
    upload.kept = request.form.get(upload.name + KEPT, "")
    digest = upload_of(upload, errors)
    if errors:
        raise InvalidInput(errors)
    sent = request.files.get(upload.name)
    return digest, (sent.filename or "") if sent is not None and sent.filename else ""


def text(form: BaseForm, name: str) -> str:
    """What stands in a field, without blanks at its ends."""
    return str(form[name].data or "").strip()


def number(typed: str) -> int:
    """A whole number of the address or a list; -1, which nothing has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER else -1
