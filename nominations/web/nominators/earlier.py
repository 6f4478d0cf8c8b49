"""Starting from an earlier round: the unit's files of that time, copied into a list; and forms printed empty."""

from __future__ import annotations

import io

from flask import abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from nominations.extensions import current_clock, db_session
from nominations.queries.earlier_files import earlier_lines, earlier_rounds, round_of_file
from nominations.queries.filing import form_names
from nominations.services.blank_forms import blank_form
from nominations.services.copies import HOLDS, copy_files
from nominations.services.draft_lists import Wanted
from nominations.services.errors import InvalidInput
from nominations.services.papers import OUTPUTS
from nominations.web.access import needs
from nominations.web.content_words import wanted
from nominations.web.ground import form_errors, lang, origin, page, typed_key, viewer
from nominations.web.nominators import choosing
from nominations.web.nominators.blueprint import blueprint
from nominations.web.nominators.section_forms import place_errors
from workflows.sentences import section_label

PLACE = "/ho-so/chep-dot-truoc"
USUAL_GROUP = {"household": "1.5", "individual": "1.6", "collective": "1.4"}


@blueprint.get(PLACE)
@needs("nominator")
def earlier() -> ResponseReturnValue:
    """Show the unit's files of an earlier round to choose from."""
    return _shown({})


@blueprint.post(PLACE)
@needs("nominator")
def copy_earlier() -> ResponseReturnValue:
    """Make a list of the chosen files for the round and form that are chosen too."""
    start, errors = choosing.basis({**request.form.to_dict(), "kind": "household"})
    if start is None:
        return _shown(errors)
    made_for = Wanted(start.unit.unit_id, start.round.code, start.form, ())
    codes = request.form.getlist("code")
    try:
        made = copy_files(db_session(), viewer().actor, current_clock(), origin(typed_key()), made_for, codes)
    except InvalidInput as wrong:
        return _shown(form_errors(wrong))
    return redirect(url_for("nominators.draft_list", ref=made), code=303)


@blueprint.get("/ho-so/mau-giay/<kind>.<output>")
@needs("nominator", "appraiser")
def blank(kind: str, output: str) -> ResponseReturnValue:
    """Hand out a form to be filled in by hand."""
    units = [post.unit_id for post in viewer().posts if post.duty in {"nominator", "appraiser"}]
    chosen = next((unit for unit in units if str(unit) == request.args.get("unit")), units[0])
    rounds = choosing.rounds()
    code = next((one.code for one in rounds if one.code == request.args.get("round")), rounds[0].code if rounds else "")
    content = blank_form(db_session(), kind, output, chosen, code, current_clock().today())
    if content is None:
        abort(404)
    name = f"mau-{kind}.{output}"
    return send_file(io.BytesIO(content), mimetype=OUTPUTS[output], as_attachment=output != "pdf", download_name=name)


def left_empty(kind: str) -> dict[str, list[str]]:
    """Return what a copied file leaves empty, to be said anew: the labels of the fields by their section's name."""
    empty: dict[str, list[str]] = {}
    for section in ("nominee", "report", "proposal"):
        fields = [f for f in wanted(section, kind, USUAL_GROUP[kind]) if f.name not in HOLDS.get(section, ())]
        if fields:
            empty[section_label(section, lang())] = [str(field.label) for field in fields]
    empty[section_label("criteria", lang())] = [_("Nội dung theo từng tiêu chí, số liệu hộ nghèo")]
    empty[section_label("papers", lang())] = [_("Mọi giấy tờ kèm theo")]
    return empty


def _shown(errors: dict[str, str]) -> ResponseReturnValue:
    session, who = db_session(), viewer()
    given = request.values
    posts = choosing.units()
    unit = next((post for post in posts if str(post.unit_id) == given.get("unit")), posts[0] if posts else None)
    if unit is None:
        abort(404)
    rounds = earlier_rounds(session, who, unit.unit_id, current_clock().today())
    ticked = set(given.getlist("code"))
    of_code = round_of_file(session, who, unit.unit_id, next(iter(ticked))) if len(ticked) == 1 else None
    wish = given.get("tu") or of_code
    chosen = next((code for code, _title in rounds if code == wish), rounds[0][0] if rounds else "")
    form = choosing.basis_form({"unit": str(unit.unit_id), **{n: given.get(n, "") for n in ("round", "form")}})
    return page(
        "nominators/earlier.html",
        422 if errors else 200,
        unit=unit,
        posts=posts,
        rounds=rounds,
        chosen=chosen,
        form=form,
        open_rounds=choosing.rounds(),
        summary=place_errors(form, errors),
        lines=earlier_lines(session, who, unit.unit_id, chosen) if chosen else (),
        ticked=ticked,
        all=request.method == "GET" and request.args.get("het") == "1",
        kinds={code: str(words) for code, words in choosing.KINDS},
        forms={name.code: name.en if lang() == "en" else name.vi for name in form_names(session)},
        empty={str(words): left_empty(code) for code, words in choosing.KINDS},
    )
