"""Accounts of the nominee: searched by name, named with what their holder is, taken back with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from nominations.extensions import current_clock, db_session
from nominations.queries.detail import Detail
from nominations.queries.nominee_people import find_people, likely_people, named_persons
from nominations.queries.prepared import prepare
from nominations.services.actions import Denied, Outcome, Request
from nominations.services.errors import InvalidInput
from nominations.services.naming import Naming, name_person, strike_person
from nominations.web.access import signed_in
from nominations.web.approvers.acts import refuse_bare
from nominations.web.approvers.asked import head_of, open_file
from nominations.web.approvers.blueprint import blueprint
from nominations.web.approvers.words import PERSONS
from nominations.web.ground import form_errors, lang, origin, page, refusal, seen_version, typed_key, viewer
from workflows import Act, Refused, clears, sentence
from workflows.naming import NAME, ROLES, may_name

ADDRESS = "/ho-so/<code>/tai-khoan"
LONGEST = 200  # characters of a search
Acting = Callable[..., Outcome]


@blueprint.get(ADDRESS)
@signed_in
def persons(code: str) -> ResponseReturnValue:
    """Show who is named, who may be meant, and whom the search finds."""
    file = open_file(code)
    if file.sight.bare:
        return redirect(url_for("approvers.file", code=code), code=303)
    return _shown(file)


@blueprint.post(ADDRESS)
@signed_in
def add_person(code: str) -> ResponseReturnValue:
    """Name an account for the nominee."""
    naming = Naming(request.form.get("person"), request.form.get("role"))
    return _done(code, name_person, naming, _("Đã ghi tài khoản của người được đề nghị."))


@blueprint.post(ADDRESS + "/go")
@signed_in
def remove_person(code: str) -> ResponseReturnValue:
    """Take back an account that was named by mistake."""
    naming = Naming(request.form.get("person"), reasons=request.form.get("reasons"))
    return _done(code, strike_person, naming, _("Đã gỡ tài khoản ghi nhầm."))


def stands_against(file: Detail) -> Refused | None:
    """Why this person cannot name anybody in the file now; None when they can."""
    today = current_clock().today()
    ready = prepare(db_session(), file.row, "save", {}, today)
    answer = may_name(ready.workflow, ready.case, viewer().actor, Act(NAME, ask=True), today)
    return answer if isinstance(answer, Refused) else None


def _done(code: str, service: Acting, naming: Naming, said: str) -> ResponseReturnValue:
    file = open_file(code)
    if file.sight.bare:
        return refuse_bare(file)
    asked = Request(code, "", seen_version(), {}, origin(typed_key()))
    try:
        outcome = service(db_session(), viewer().actor, current_clock(), asked, naming)
    except InvalidInput as wrong:
        return _shown(file, 422, form_errors(wrong))
    if isinstance(outcome, Denied):
        return _shown(open_file(code), 409, refused=refusal(outcome))
    flash(said + " " + _("Mã đối chứng nhật ký: %(receipt)s.", receipt=outcome.receipt.code), "success")
    return redirect(url_for("approvers.persons", code=code), code=303)


def _shown(
    file: Detail,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    refused: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """The page; whoever may not name sees why, and nothing of who is named."""
    if file.sight.bare:
        return refuse_bare(file)
    against = stands_against(file)
    if against is not None and refused is None:
        reason = sentence(file.workflow, against, lang())
        refused = {"guard": against.guard, "reason": reason, "cleared_by": clears(against, lang())}
    context: dict[str, Any] = {
        "head": head_of(file),
        "may": against is None,
        "refused": refused,
        "errors": errors or {},
        "named": [],
        "found": (),
        "roles": [],
        "searched": "",
        "typed": {name: request.form.get(name, "")[:LONGEST] for name in ("person", "role")},
    }
    return page("approvers/persons.html", status, **(context | (_lists(file) if against is None else {})))


def _lists(file: Detail) -> dict[str, Any]:
    session, today, nominee = db_session(), current_clock().today(), file.row.nominee_id
    searched = request.values.get("q", "").strip()[:LONGEST]
    there = named_persons(session, nominee)
    known = {one.username for one in there}
    found = find_people(session, searched, today) if searched else likely_people(session, nominee, today)
    return {
        "named": [{"username": n.username, "name": n.full_name, "role": PERSONS[n.role]} for n in there],
        "found": [one for one in found if one.username not in known],
        "roles": [(role, PERSONS[role]) for role in ROLES[file.row.subject_kind]],
        "searched": searched,
        "reasons": request.form.get("reasons", ""),
    }
