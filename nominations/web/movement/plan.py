"""The plan for everybody: its purpose and calendar, its criteria, who does what, and its whole text."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from nominations.extensions import current_clock, db_session
from nominations.queries import reference
from nominations.queries.filing import form_names
from nominations.queries.plan import Plan, at_the_board, milestones, plan
from nominations.web import sessions
from nominations.web.access import public
from nominations.web.ground import lang, page
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.words import HOW

TABS = {
    "movement.plan_page": lazily("Mục đích, tiến độ"),
    "movement.plan_criteria": lazily("Tiêu chí"),
    "movement.plan_duties": lazily("Nội dung, trách nhiệm"),
    "movement.targets": lazily("Chỉ tiêu theo năm"),
    "movement.plan_text": lazily("Toàn văn"),
}


@blueprint.get("")
@public
def plan_page() -> ResponseReturnValue:
    """Show what the plan is for, its targets, its calendar as it stands today, its rounds."""
    found, today = plan_or_404(), current_clock().today()
    return shown(
        "movement/plan.html",
        found,
        milestones=milestones(db_session(), found, today),
        how=HOW,
        rounds=[line for line in reference.rounds(db_session()) if line.movement == found.code],
        forms=names(),
        today=today,
        may_mark=_may_mark(),
    )


@blueprint.get("/tieu-chi")
@public
def plan_criteria() -> ResponseReturnValue:
    """Show the criteria by group, with the plan's paragraphs, and the forms of award."""
    found = plan_or_404()
    lines = reference.criteria(db_session(), found.code, current_clock().today())
    groups: dict[str, list[reference.CriterionLine]] = {}
    for line in lines:
        groups.setdefault(line.group_no, []).append(line)
    return shown("movement/criteria.html", found, groups=groups, newest=lines[0] if lines else None)


@blueprint.get("/trach-nhiem")
@public
def plan_duties() -> ResponseReturnValue:
    """Show what each group does, the solutions, and each body's duty."""
    return shown("movement/duties.html", plan_or_404())


@blueprint.get("/toan-van")
@public
def plan_text() -> ResponseReturnValue:
    """Show the plan's own text, whole, as it was issued."""
    found = plan_or_404()
    paragraphs = [part.strip() for part in str(found.parts.get("text", "")).split("\n\n") if part.strip()]
    return shown("movement/text.html", found, paragraphs=paragraphs)


def plan_or_404() -> Plan:
    """The movement's plan, or the page that says there is none."""
    found = plan(db_session())
    return found if found is not None else abort(404)


def shown(template: str, found: Plan, **context: Any) -> ResponseReturnValue:  # noqa: ANN401 - what a template shows
    """One of the plan's pages, its tabs above."""
    tabs = [
        {"label": str(label), "url": url_for(endpoint), "current": request.endpoint == endpoint}
        for endpoint, label in TABS.items()
    ]
    title = found.title_en if lang() == "en" else found.title
    return page(template, plan=found, plan_title=title, tabs=tabs, parts=found.parts, **context)


def names() -> dict[str, str]:
    """The award forms by code."""
    return {form.code: form.en if lang() == "en" else form.vi for form in form_names(db_session())}


def _may_mark() -> bool:
    who = sessions.person()
    return who is not None and at_the_board(db_session(), who, current_clock().today())


def crumbs(*further: tuple[str, str | None]) -> list[dict[str, str]]:
    """The way from the plan to a page below it."""
    first = [{"label": _("Kế hoạch"), "url": url_for("movement.plan_page")}]
    return first + [{"label": label} | ({"url": url} if url else {}) for label, url in further]
