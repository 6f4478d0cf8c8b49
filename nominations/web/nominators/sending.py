"""Looking a file over and sending it: what is missing, the whole content once more, the receipt afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from nominations.extensions import current_clock, db_session
from nominations.queries import drafting
from nominations.queries.detail import detail
from nominations.queries.prepared import prepare
from nominations.services.actions import Denied, Request, act
from nominations.services.errors import InvalidInput
from nominations.services.log import Receipt
from nominations.web import content_shown
from nominations.web.access import signed_in
from nominations.web.approvers.whereabouts import whereabouts
from nominations.web.ground import form_errors, lang, origin, page, refusal, seen_version, typed_key, viewer
from nominations.web.nominators.blueprint import blueprint
from nominations.web.nominators.opened import ORDER, Opened, missing, opened, steps
from nominations.web.nominators.papers import listed
from nominations.web.nominators.saving import Answer
from nominations.web.nominators.sections import criteria_rows, faults_of, not_open, shown_version
from workflows import Act, Refused, action_label, clears, decide, sentence
from workflows.sentences import section_label

LISTED = frozenset({"section_empty", "paper_missing", "criterion_not_met", "criterion_unexplained"})  # in the list


@blueprint.get("/ho-so/<code>/nop")
@signed_in
def review(code: str) -> ResponseReturnValue:
    """Show what is missing and the whole file once more, with the button that sends it."""
    file = opened(code)
    return show(file) if file.may_save else not_open(file)


@blueprint.post("/ho-so/<code>/nop")
@signed_in
def send(code: str) -> ResponseReturnValue:
    """Send the file, the first time or again."""
    file = opened(code)
    asked = Request(code, verb(file), seen_version(), {}, origin(typed_key()))
    try:
        outcome = act(db_session(), viewer().actor, current_clock(), asked)
    except InvalidInput as error:
        return show(file, Answer(seen_version(), errors=form_errors(error)))
    if isinstance(outcome, Denied):
        return show(opened(code), Answer(outcome.version, refused=refusal(outcome)))
    return redirect(url_for("nominators.receipt", code=code), code=303)


@blueprint.get("/ho-so/<code>/bien-nhan")
@signed_in
def receipt(code: str) -> ResponseReturnValue:
    """Show what the sender takes away: the file's code, the time, who has it now, and the log's receipt."""
    session, who = db_session(), viewer()
    file = detail(session, who, code, current_clock().today())
    filed = drafting.last_filed(session, code) if file is not None and not file.sight.bare else None
    if file is None or filed is None or file.row.proposing_unit_id not in who.units:
        abort(404)
    return page(
        "nominators/receipt.html",
        row=file.row,
        head=drafting.head(session, file.row.id),
        filed=filed,
        where=whereabouts(file),
        label=action_label(filed.act, lang()),
        receipt=Receipt(code, filed.cseq, filed.hash, filed.at),
        at=datetime.fromisoformat(filed.at),
    )


def verb(file: Opened) -> str:
    """Return the act that sends this file."""
    return "resubmit" if file.returned else "submit"


def show(file: Opened, answer: Answer | None = None) -> ResponseReturnValue:
    """Show the file before it is sent; after a refusal with the reason."""
    lacking = missing(file)
    refused = answer.refused if answer is not None and answer.refused else stands_against(file, verb(file))
    return page(
        "nominators/review.html",
        answer.status if answer else 200,
        file=file,
        section="review",
        steps=steps(file, "review", lacking),
        verb=action_label(verb(file), lang()),
        lacking=[one.line(file.code) for one in lacking],
        refused=None if refused is not None and refused["guard"] in LISTED and lacking else refused,
        may_send=refused is None,
        may_pass_down=file.returned and stands_against(file, "pass_down") is None,
        answer=answer,
        version=shown_version(file, answer) if answer is None or answer.stale else answer.version,
        sections=[read_out(file, section) for section in ORDER],
        criteria=criteria_rows(file, None),
        papers=listed(file),
    )


def stands_against(file: Opened, action: str) -> dict[str, str] | None:
    """Return why an act cannot be done now, as `refusal` has it; None when it can."""
    ready = prepare(db_session(), file.row, action, {}, file.today)
    answer = decide(ready.workflow, ready.case, viewer().actor, Act(action, ask=True), file.today)
    if not isinstance(answer, Refused):
        return None
    said, who = sentence(ready.workflow, answer, lang()), clears(answer, lang())
    return {"guard": answer.guard, "reason": said, "cleared_by": who}


def read_out(file: Opened, section: str) -> dict[str, Any]:
    """Return a section's heading, its content in words, and what a return said of it."""
    fields, content = file.fields(section), file.stored(section)
    return {
        "code": section,
        "label": section_label(section, lang()),
        "url": url_for("nominators.section", code=file.code, section=section) if section in file.editable else None,
        "facts": content_shown.facts(fields, content),
        "tables": content_shown.tables(fields, content),
        "faults": faults_of(file, section),
    }
