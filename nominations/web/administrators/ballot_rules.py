"""How the votes of a flow's councils count: threshold, quorum, what recusals do to both; a change is a new version."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.services.errors import InvalidInput
from nominations.services.flows import BallotRule, Plan, publish_ballots
from nominations.services.messages import REQUIRED
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import OneOfList, ask, done, required, text_of
from nominations.web.administrators.flows import key_of
from nominations.web.administrators.publishing import active_or_404, to_newest
from nominations.web.ground import lang, origin, viewer
from workflows.flow import Stage, Workflow
from workflows.flows import FlowKey, read

LONGEST = 3  # digits
YES, NO = "yes", "no"


@blueprint.route("/quy-trinh/<int:version_id>/bieu-quyet", methods=["GET", "POST"])
@needs(ADMIN)
def ballot_rules(version_id: int) -> ResponseReturnValue:
    """Ask how each council's vote counts, and publish a new version where that differs."""
    version, content = active_or_404(version_id)
    workflow = read(content)
    stages = _stages(workflow)
    form = _form(stages)
    if planned := done(form, lambda: _published(key_of(version), stages, form)):
        return to_newest(key_of(version), changed=planned.changed)
    groups = [(stage.label[lang()], stage.name) for stage in stages]
    return ask("administrators/ballot_rules.html", form, version=version, groups=groups)


def _stages(workflow: Workflow) -> list[Stage]:
    """The stages at which a council votes."""
    return [stage for stage in workflow.stages.values() if any(step.kind == "council" for step in stage.steps)]


def _form(stages: list[Stage]) -> Form:
    """A form with every value and its source, stage by stage."""
    fields: dict[str, object] = {}
    given: dict[str, str] = {}
    for stage in stages:
        ballot, at = stage.ballot, stage.name
        fields |= {
            f"threshold-{at}": StringField(_("Ngưỡng đồng ý (%%)"), [required()]),
            f"strict-{at}": OneOfList(_("Đạt khi"), choices={YES: _("quá ngưỡng"), NO: _("từ ngưỡng trở lên")}),
            f"source-{at}": StringField(_("Dấu nguồn của ngưỡng"), [required()]),
            f"base-{at}": OneOfList(_("Ngưỡng tính trên"), choices=_bases()),
            f"base_source-{at}": StringField(_("Dấu nguồn của cách tính"), [required()]),
            f"quorum-{at}": StringField(_("Số phiếu cần có (phần của thành viên)"), [required()]),
            f"barred-{at}": OneOfList(_("Số phiếu cần có tính trên"), choices=_bases()),
            f"quorum_source-{at}": StringField(_("Dấu nguồn của số phiếu cần có"), [required()]),
        }
        given |= {
            f"threshold-{at}": str(ballot.threshold_percent),
            f"strict-{at}": YES if ballot.strict else NO,
            f"source-{at}": ballot.source,
            f"base-{at}": YES if ballot.barred_in_threshold else NO,
            f"base_source-{at}": ballot.base_source or ballot.source,
            f"quorum-{at}": f"{ballot.quorum_numerator}/{ballot.quorum_denominator}",
            f"barred-{at}": YES if ballot.barred_in_quorum else NO,
            f"quorum_source-{at}": ballot.quorum_source or ballot.source,
        }
    made = type("BallotRulesForm", (Form,), fields)
    form: Form = made(request.form if request.method == "POST" else None, data=given)
    return form


def _bases() -> dict[str, str]:
    """What a share may be of."""
    return {YES: _("tất cả thành viên"), NO: _("trừ thành viên không được biểu quyết")}


def _published(key: FlowKey, stages: list[Stage], form: Form) -> Plan:
    """Publish what was chosen and typed. Raises InvalidInput for a choice that is not offered, too."""
    chosen = [f"{name}-{stage.name}" for stage in stages for name in ("strict", "base", "barred")]
    wrong = {name: REQUIRED for name in chosen if text_of(form, name) not in {YES, NO}}
    if wrong:
        raise InvalidInput(wrong)
    wanted = [
        BallotRule(
            stage=stage.name,
            threshold_percent=_number(text_of(form, f"threshold-{stage.name}")),
            strict=text_of(form, f"strict-{stage.name}") == YES,
            quorum=_share(text_of(form, f"quorum-{stage.name}")),
            barred_in_quorum=text_of(form, f"barred-{stage.name}") == YES,
            barred_in_threshold=text_of(form, f"base-{stage.name}") == YES,
            source=text_of(form, f"source-{stage.name}"),
            quorum_source=text_of(form, f"quorum_source-{stage.name}"),
            base_source=text_of(form, f"base_source-{stage.name}"),
        )
        for stage in stages
    ]
    return publish_ballots(db_session(), current_clock(), origin(), key, wanted, viewer().person_id)


def _number(typed: str) -> int:
    """The whole number typed; 0, which the service refuses, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST else 0


def _share(typed: str) -> tuple[int, int]:
    """A share such as 2/3; 0/0, which the service refuses, for anything else."""
    numerator, _bar, denominator = typed.partition("/")
    return _number(numerator.strip()), _number(denominator.strip())
