"""The background worker: the outbox as it has left it, what is due, and when a step is due soon."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, current_settings, db_session
from nominations.queries.outbox import outbox_counts
from nominations.queries.reminders import due, due_soon
from nominations.services.reminders import midnight, set_due_soon
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import ask, done, required, text_of, typed
from nominations.web.administrators.words import TOPICS
from nominations.web.ground import origin
from nominations.web.lazily import lazily


class DueSoonForm(Form):
    """From when on a step is due soon."""

    days = StringField(
        lazily("Số ngày làm việc trước hạn"), [required()], description=lazily("Bước còn chừng ấy ngày thì được nhắc")
    )
    source = StringField(
        lazily("Dấu nguồn"), [required()], description=lazily("[plan], [S-16], [memory], [practice], [inference]")
    )


@blueprint.route("/hang-doi", methods=["GET", "POST"])
@needs(ADMIN)
def jobs() -> ResponseReturnValue:
    """Show the counts of each kind of message and what is due; keep when a step is due soon."""
    known = due_soon(db_session())
    form = typed(DueSoonForm, days=str(known.days), source=known.source)
    if done(form, lambda: _kept(form)) is not None:
        flash(_("Đã lưu. Từ lần nhắc sau, tính theo số ngày mới."), "success")
        return redirect(url_for("administrators.jobs"), code=303)
    today = current_clock().today()
    return ask(
        "administrators/jobs.html",
        form,
        lines=outbox_counts(db_session()),
        topics=TOPICS,
        by_mail=bool(current_settings().mail_url),
        due=due(db_session(), today, midnight(today)),
    )


def _kept(form: Form) -> bool:
    """Keep what was typed; what is no number is refused by the service, as one out of range."""
    text = text_of(form, "days")
    days = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else -1
    set_due_soon(db_session(), current_clock(), origin(), days, text_of(form, "source"))
    return True
