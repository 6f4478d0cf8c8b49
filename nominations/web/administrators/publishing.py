"""Publishing a flow anew: with other working days, or with the structure this installation brings."""

from __future__ import annotations

import json

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries.flow_versions import FlowVersion, flow_versions
from nominations.services.flows import Deadline, Plan, publish, publish_deadlines
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.differences import differences
from nominations.web.administrators.fields import ask, done, required, text_of
from nominations.web.administrators.flows import key_of, news, version_or_404
from nominations.web.ground import lang, origin, page, viewer
from workflows.flows import FlowKey, read

Groups = list[tuple[str, list[tuple[str, str]]]]  # a stage with its steps: state and name


@blueprint.route("/quy-trinh/<int:version_id>/thoi-han", methods=["GET", "POST"])
@needs(ADMIN)
def deadlines(version_id: int) -> ResponseReturnValue:
    """Ask for the working days of each step, and publish a new version where they differ."""
    version, content = active_or_404(version_id)
    form, groups = _deadline_form(content)
    if planned := done(form, lambda: _published(key_of(version), groups, form)):
        return to_newest(key_of(version), changed=planned.changed)
    return ask(
        "administrators/deadlines.html",
        form,
        version=version,
        groups=groups,
    )


@blueprint.route("/quy-trinh/<int:version_id>/ban-hanh", methods=["GET", "POST"])
@needs(ADMIN)
def publish_flow(version_id: int) -> ResponseReturnValue:
    """Show what the new structure would change, and publish it; files keep the version they have."""
    version, content = active_or_404(version_id)
    planned = news(version)
    if not isinstance(planned, Plan):
        abort(404)
    if request.method != "POST":
        return page(
            "administrators/publish.html", version=version, plan=planned, rows=differences(content, planned.content)
        )
    publish(db_session(), current_clock(), origin(), key_of(version), viewer().person_id)
    return to_newest(key_of(version), changed=True)


def active_or_404(version_id: int) -> tuple[FlowVersion, bytes]:
    """The version in force, which alone can be followed by another."""
    version, content = version_or_404(version_id)
    if not version.active:
        abort(404)
    return version, content


def _deadline_form(content: bytes) -> tuple[Form, Groups]:
    """A form with days and source for each step that has a deadline, and those steps stage by stage, in words."""
    workflow = read(content)
    known = {row["step"]: row for row in json.loads(content)["deadlines"]}
    fields: dict[str, object] = {}
    given: dict[str, str] = {}
    groups: Groups = []
    for stage in workflow.stages.values():
        steps = [(step.state, step.label[lang()]) for step in stage.steps if step.state in known]
        for state, name in steps:
            fields[f"days-{state}"] = StringField(_("Số ngày làm việc: %(step)s", step=name), [required()])
            fields[f"source-{state}"] = StringField(_("Dấu nguồn: %(step)s", step=name), [required()])
            given[f"days-{state}"] = str(known[state]["working_days"])
            given[f"source-{state}"] = known[state]["source"]
        groups += [(stage.label[lang()], steps)] if steps else []
    made = type("DeadlineForm", (Form,), fields)
    return made(request.form if request.method == "POST" else None, data=given), groups


def _published(key: FlowKey, groups: Groups, form: Form) -> Plan:
    states = [state for _stage, steps in groups for state, _name in steps]
    wanted = [
        Deadline(state, _number(text_of(form, f"days-{state}")), text_of(form, f"source-{state}")) for state in states
    ]
    return publish_deadlines(db_session(), current_clock(), origin(), key, wanted, viewer().person_id)


def _number(text: str) -> int:
    """The whole number typed; 0, which the service refuses, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def to_newest(key: FlowKey, *, changed: bool) -> ResponseReturnValue:
    """Go on to the version in force, and say whether it is a new one."""
    newest = next(one for one in flow_versions(db_session()) if one.active and key_of(one) == key)
    if changed:
        flash(_("Đã ban hành bản số %(number)s. Hồ sơ đang đi giữ bản cũ.", number=newest.number), "success")
    else:
        flash(_("Không có gì khác bản đang dùng, nên không ban hành bản mới."), "info")
    return redirect(url_for("administrators.flow", version_id=newest.id), code=303)
