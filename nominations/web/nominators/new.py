"""A new nomination in two steps: what is proposed in which round, and for whom."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from nominations.extensions import current_clock, db_session
from nominations.services.drafts import create
from nominations.services.errors import InvalidInput
from nominations.web.access import needs
from nominations.web.ground import form_errors, origin, page, typed_key, viewer
from nominations.web.nominators import choosing
from nominations.web.nominators.blueprint import blueprint
from nominations.web.nominators.section_forms import place_errors

CONTROLS = {  # where a sentence of the service belongs on the page
    "proposing_unit": "unit",
    "subject_group": "group",
    "nominee_unit": "nominee",
}


@blueprint.get("/ho-so/moi")
@needs("nominator")
def new() -> ResponseReturnValue:
    """Ask for unit, round, form and kind; an address that names them goes on to the nominee."""
    given = request.args.to_dict()
    start, errors = choosing.basis(given)
    if start is not None and "sua" not in given:
        return show_nominee(start)
    form = choosing.basis_form(given)
    asked = "kind" in given or "form" in given
    summary = place_errors(form, errors) if asked and "sua" not in given else []
    status = 422 if summary else 200
    return page("nominators/new.html", status, form=form, rounds=choosing.rounds(), summary=summary)


@blueprint.post("/ho-so/moi")
@needs("nominator")
def make() -> ResponseReturnValue:
    """Open the draft and lead to its first section."""
    given = request.form.to_dict()
    start, errors = choosing.basis(given)
    if start is None:
        form = choosing.basis_form(given)
        summary = place_errors(form, errors)
        return page("nominators/new.html", 422, form=form, rounds=choosing.rounds(), summary=summary)
    try:
        draft = choosing.draft_of(start, given)
        created = create(db_session(), viewer().actor, current_clock(), origin(typed_key()), draft)
    except InvalidInput as error:
        return show_nominee(start, {CONTROLS.get(name, name): text for name, text in form_errors(error).items()})
    return redirect(url_for("nominators.section", code=created.code, section="nominee"), code=303)


def show_nominee(start: choosing.Basis, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    """Show the second step, with the nominees found by the name that was searched for."""
    found = choosing.found_nominees(start)
    form = choosing.nominee_form(start, found, request.form.to_dict())
    summary = place_errors(form, errors or {})
    return page(
        "nominators/new_nominee.html",
        422 if errors else 200,
        start=start,
        kinds=dict(choosing.KINDS),
        form=form,
        found={one.ref: one for one in found},
        searched=request.values.get("q", "").strip()[:200],
        summary=summary,
    )
