"""How the movement reads its plan about reports: each point with its source mark, changed by an administrator."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries.plan import Plan, plan
from nominations.services.plan import NewReading, set_reading
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import OneOfList, ask, done, offer, required, text_of, typed
from nominations.web.ground import origin, page
from nominations.web.lazily import lazily
from nominations.web.movement.words import CHOICES, READINGS


class SourceForm(Form):
    """By what a point is read so."""

    source = StringField(lazily("Dấu nguồn"), [required()], description=lazily("Ví dụ [plan], [practice]."))


class ReadingForm(SourceForm):
    """One point, typed."""

    value = StringField(lazily("Giá trị"), [required()])


class ChosenForm(SourceForm):
    """One point, chosen from a list."""

    value = OneOfList(lazily("Giá trị"), [required()])


@blueprint.get("/cach-hieu")
@needs(ADMIN)
def readings() -> ResponseReturnValue:
    """List the points, how each is read, and by what."""
    found = _plan()
    kept = found.reporting.get("settings", {})
    usual = found.settings
    lines = [
        {
            "key": key,
            "label": label,
            "about": about,
            "value": _words(key, getattr(usual, key)),
            "source": kept.get(key, {}).get("source"),
        }
        for key, (label, about) in READINGS.items()
    ]
    return page("administrators/readings.html", lines=lines)


@blueprint.route("/cach-hieu/<code>", methods=["GET", "POST"])
@needs(ADMIN)
def reading(code: str) -> ResponseReturnValue:
    """Read one point another way."""
    found = _plan()
    if code not in READINGS:
        abort(404)
    kept = found.reporting.get("settings", {}).get(code, {})
    form = typed(
        ChosenForm if code in CHOICES else ReadingForm,
        value=_typed(getattr(found.settings, code)),
        source=kept.get("source", "[practice]"),
    )
    if code in CHOICES:
        offer(form, "value", [(value, str(label)) for value, label in CHOICES[code].items()])
    label, about = READINGS[code]
    if done(form, lambda: _set(code, form)) is not None:
        flash(_("Đã đặt cách hiểu mới."), "success")
        return redirect(url_for("administrators.readings"), code=303)
    return ask("administrators/reading.html", form, label=label, about=about)


def _plan() -> Plan:
    found = plan(db_session())
    return found if found is not None else abort(404)


def _set(key: str, form: Form) -> bool:
    new = NewReading(key, text_of(form, "value"), text_of(form, "source"))
    set_reading(db_session(), current_clock(), origin(), new)
    return True


def _typed(value: str | int | bool) -> str:
    """A value as the form has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words(key: str, value: str | int | bool) -> str:
    """A value as the list shows it."""
    if key == "due":
        return "/".join(reversed(str(value).split("-")))  # typed month first, read day first
    return str(CHOICES[key][_typed(value)]) if key in CHOICES else str(value)
