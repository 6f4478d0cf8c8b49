"""Whether the files of a round are posted in public before their council, for how long and where."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.services.postings import set_posting
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import ask, done, text_of, typed
from nominations.web.administrators.rounds import round_or_404
from nominations.web.ground import origin
from nominations.web.lazily import lazily

PLACES = "Trụ sở Ủy ban nhân dân cấp xã; nhà văn hóa thôn, khu phố"
IMPOSSIBLE = -1  # what is no number; the service refuses it with its range


class PostingForm(Form):
    """The option of a round."""

    days = StringField(
        lazily("Số ngày làm việc niêm yết"), description=lazily("Để trống là đợt này không niêm yết công khai.")
    )
    places = StringField(lazily("Nơi niêm yết"))
    source = StringField(lazily("Dấu nguồn"), description=lazily("Ví dụ [practice]."))


@blueprint.route("/dot-xet/<code>/niem-yet", methods=["GET", "POST"])
@needs(ADMIN)
def posting(code: str) -> ResponseReturnValue:
    """Ask for a posting, or for none."""
    line = round_or_404(code)
    given = {"days": line.posting_days or "", "places": line.posting_places or PLACES, "source": "[practice]"}
    form = typed(PostingForm, **given)
    if done(form, lambda: _set(code, form)) is not None:
        flash(_("Đã lưu việc niêm yết của đợt xét."), "success")
        return redirect(url_for("administrators.round_page", code=code), code=303)
    return ask("administrators/posting.html", form, line=line)


def _set(code: str, form: Form) -> bool:
    said = text_of(form, "days")
    days = (int(said) if said.isascii() and said.isdigit() and len(said) < 5 else IMPOSSIBLE) if said else None
    set_posting(db_session(), current_clock(), origin(), code, days, text_of(form, "places"), text_of(form, "source"))
    return True
