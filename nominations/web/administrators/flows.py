"""Flows: every published version, one of them drawn, proved and explained, and what it changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from nominations.extensions import db_session
from nominations.queries.flow_versions import FlowVersion, flow_content, flow_versions, rule_set_names
from nominations.services.flows import Plan, plan
from nominations.services.sources import source_notes
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.differences import differences
from nominations.web.administrators.drawing import Drawing, draw
from nominations.web.administrators.rounds import names
from nominations.web.administrators.words import DUTIES, PROOFS
from nominations.web.ground import lang, page
from workflows import Workflow, action_label, state_label
from workflows.arrows import transitions_of
from workflows.diagrams import mermaid
from workflows.flows import BrokenFlowError, FlowKey, proofs_of, read


@blueprint.get("/quy-trinh")
@needs(ADMIN)
def flows() -> ResponseReturnValue:
    """List the flows in force, with the files pinned to each and what this installation would publish."""
    versions = flow_versions(db_session())
    lines = [{"version": one, "news": news(one)} for one in versions if one.active]
    older = {key_of(one): sum(key_of(other) == key_of(one) for other in versions) - 1 for one in versions}
    rules = rule_set_names(db_session())
    return page("administrators/flows.html", lines=lines, older=older, names=names(), rules=rules, key_of=key_of)


@blueprint.get("/quy-trinh/<int:version_id>")
@needs(ADMIN)
def flow(version_id: int) -> ResponseReturnValue:
    """Show one version: drawn, proved, with its papers, deadlines and sources."""
    version, content = version_or_404(version_id)
    workflow, raw = read(content), json.loads(content)
    return page(
        "administrators/flow.html",
        version=version,
        versions=[one for one in flow_versions(db_session()) if key_of(one) == key_of(version)],
        workflow=workflow,
        drawing=_drawn(workflow),
        steps=_steps(workflow, raw),
        arrows=_arrows(workflow),
        proofs=_proofs(workflow, raw),
        raw=raw,
        notes=source_notes(content.decode(), lang()),
        mermaid=mermaid(workflow, lang()),
        news=news(version) if version.active else None,
    )


@blueprint.get("/quy-trinh/<int:version_id>/so-sanh")
@needs(ADMIN)
def compare(version_id: int) -> ResponseReturnValue:
    """Show what a version changed against another one of the same flow; by default the one before it."""
    version, content = version_or_404(version_id)
    others = [one for one in flow_versions(db_session()) if key_of(one) == key_of(version) and one != version]
    asked = request.args.get("voi", "")
    earlier = [one for one in others if one.number < version.number]
    other = next((one for one in others if str(one.number) == asked), None if asked else next(iter(earlier), None))
    if other is None:
        abort(404)
    changed = differences(flow_content(db_session(), other.id) or b"{}", content)
    return page("administrators/compare.html", version=version, other=other, others=others, rows=changed)


def version_or_404(version_id: int) -> tuple[FlowVersion, bytes]:
    """A version with its stored bytes, or the page that says there is none."""
    found = next((one for one in flow_versions(db_session()) if one.id == version_id), None)
    content = flow_content(db_session(), version_id)
    if found is None or content is None:
        abort(404)
    return found, content


def key_of(version: FlowVersion) -> FlowKey:
    """Which flow a version is of."""
    return FlowKey(version.form, version.rule_set, version.tiers)


def news(version: FlowVersion) -> Plan | BrokenFlowError | None:
    """What this installation would publish for the flow, why it cannot, or nothing new."""
    try:
        planned = plan(db_session(), key_of(version))
    except BrokenFlowError as broken:
        return broken
    except KeyError:
        return None  # a flow that this code no longer has: its files go on under the stored bytes
    return planned if planned.changed else None


def _drawn(workflow: Workflow) -> Drawing:
    ends = (_("Khen thưởng"), _("hoặc không khen thưởng"))
    return draw(workflow, lang(), lambda duty: str(DUTIES.get(duty, duty)), _("nộp vào đây"), ends)


def _steps(workflow: Workflow, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every step in words, with its ballot and the source of its deadline."""
    sources = {row["step"]: row["source"] for row in raw["deadlines"]}
    return [
        {
            "stage": stage.label[lang()],
            "step": step.label[lang()],
            "holders": ", ".join(str(DUTIES[duty]) for duty in step.holders),
            "substitutes": ", ".join(_substitute(workflow, sub.duty, sub.stage) for sub in step.substitutes),
            "days": step.working_days,
            "source": sources.get(step.state, ""),
            "ballot": stage.ballot if step.kind == "council" else None,
        }
        for stage in workflow.stages.values()
        for step in stage.steps
    ]


def _substitute(workflow: Workflow, duty: str, stage: str) -> str:
    there = workflow.stages.get(stage)
    words = str(DUTIES[duty])
    return f"{words} ({there.label[lang()]})" if there is not None else words


def _arrows(workflow: Workflow) -> list[dict[str, str]]:
    """Every change of state the flow admits: the same as the drawing, and all that it leaves out."""
    return [
        {
            "source": state_label(workflow, arrow.source, lang()),
            "action": action_label(arrow.action, lang()),
            "to": state_label(workflow, arrow.to, lang()),
        }
        for arrow in transitions_of(workflow)
        if arrow.source != arrow.to
    ]


def _proofs(workflow: Workflow, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = proofs_of(workflow, raw)
    return [
        {"label": str(PROOFS.get(name, name)), "ok": findings == (), "reason": " ".join(findings or ())}
        for name, findings in found.items()
    ]
