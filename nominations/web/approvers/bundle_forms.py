"""The forms of a paper over many files: its number, and a signature made outside with what that paper counts."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import BooleanField, Form

from nominations.extensions import current_clock, db_session
from nominations.queries.bundles import BLOCKS, BundleLineRow, BundleRow
from nominations.queries.case_facts import case_row
from nominations.queries.flows import flow
from nominations.queries.signers import signers
from nominations.services.arrivals import came_on
from nominations.services.errors import InvalidInput
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import whole_number
from nominations.web.approvers.answers import KEPT, upload_of
from nominations.web.approvers.fields import (
    MARKED,
    CountField,
    DayField,
    LineField,
    ListField,
    UploadField,
    WordsField,
    choices,
)
from nominations.web.approvers.words import words
from nominations.web.formats import date_vi
from nominations.web.lazily import lazily as _


class NumberForm(Form):
    """Number and date of the paper."""

    number = LineField(_("Số văn bản"), MARKED, description=_("Một số cho mọi trường hợp trong danh sách."))
    numbered_on = DayField(_("Ngày văn bản"), MARKED, description=_("Dạng ngày/tháng/năm."))


class OutsideForm(Form):
    """A signature made on paper or in the document system."""

    signer = ListField(_("Người ký"), MARKED)
    signed_on = DayField(_("Ngày ký"), MARKED, description=_("Dạng ngày/tháng/năm."))
    signed_file = UploadField(
        _("Bản chụp văn bản đã ký"), MARKED, description=words("record_signature", "signed_file")[1]
    )
    collective = CountField(_("Số tập thể ghi trong bản đã ký"))
    household = CountField(_("Số hộ gia đình ghi trong bản đã ký"))
    individual = CountField(_("Số cá nhân ghi trong bản đã ký"))
    confirmed = BooleanField(_("Bản đã ký đúng là ghi như vậy, dù khác danh sách"))
    reasons = WordsField(_("Lý do, nếu có trường hợp ký khác kết quả biểu quyết"))


def number_form() -> NumberForm:
    """The form as it was sent, else with today's date."""
    typed = request.form if request.method == "POST" else None
    return NumberForm(typed, data={"numbered_on": date_vi(current_clock().today())})


def outside_form(row: BundleRow, lines: tuple[BundleLineRow, ...]) -> OutsideForm:
    """The form as it was sent; the signers are those who held the signing posts since the first line came."""
    form = OutsideForm(request.form if request.method == "POST" else None)
    form.signer.choices = choices(_signers(row, lines), str(_("Chọn người ký")))
    form.signed_file.kept = request.form.get(form.signed_file.name + KEPT, "")
    return form


def outside_payload(form: OutsideForm) -> dict[str, Any]:
    """What was typed, as the service takes it. Raises InvalidInput with everything that is wrong."""
    errors: dict[str, Message] = {}
    sha = upload_of(form.signed_file, errors)
    payload: dict[str, Any] = {"signer": form.signer.data, "signed_on": form.signed_on.data, "signed_file": sha}
    errors |= {name: REQUIRED for name, value in payload.items() if not value and name not in errors}
    said: dict[str, int] = {}
    for kind in BLOCKS:
        typed = (form[kind].data or "").strip() or "0"
        number = whole_number(typed, 4)
        if isinstance(number, Message):
            errors[kind] = number
        else:
            said[kind] = number
    if errors:
        raise InvalidInput(errors)
    payload |= {"counts": said, "confirmed": bool(form.confirmed.data)}
    reasons = (form.reasons.data or "").strip()
    return payload | ({"reasons": reasons} if reasons else {})


def _signers(row: BundleRow, lines: tuple[BundleLineRow, ...]) -> tuple[tuple[str, str], ...]:
    today = current_clock().today()
    first = case_row(db_session(), lines[0].code, today, lock=False) if lines else None
    if first is None:
        return ()
    workflow = flow(db_session(), first.workflow_id)
    step = workflow.steps.get(f"{row.stage}.signature")
    since = came_on(db_session(), first, workflow, today)
    people = signers(db_session(), row.unit_id, step.holders if step is not None else ("head",), since, today)
    return tuple((one.username, f"{one.full_name}, {one.title}") for one in people)
