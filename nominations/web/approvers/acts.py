"""One action of a file: the page that asks before it is done, and the doing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries.detail import Detail
from nominations.services.actions import Denied, Outcome, Request, act
from nominations.services.errors import InvalidInput
from nominations.web.access import signed_in
from nominations.web.approvers import parts, reading
from nominations.web.approvers.act_forms import FAVOURS, act_form, more_rows
from nominations.web.approvers.answers import payload_of, show_errors
from nominations.web.approvers.asked import STALE, ActAsked, ask_for, conflict_of, head_of
from nominations.web.approvers.blueprint import blueprint
from nominations.web.approvers.changes import changes_since, changes_since_judged
from nominations.web.approvers.panel import DANGER
from nominations.web.approvers.queue import carried, file_url, place
from nominations.web.approvers.quorum import quorum_words
from nominations.web.approvers.words import CONSEQUENCES
from nominations.web.ground import form_errors, lang, origin, page, refusal, seen_version, typed_key, viewer
from workflows import Refused, action_label, clears, sentence

ADDRESS = "/ho-so/<code>/thao-tac/<action>"


@blueprint.get(ADDRESS)
@signed_in
def ask(code: str, action: str) -> ResponseReturnValue:
    """Show what the action needs, or why it cannot be done."""
    asked = ask_for(code, action)
    if isinstance(asked, Detail):
        return redirect(url_for("approvers.file", code=code), code=303)
    return show(asked, act_form(asked) if asked.answer.allowed else None, refused=_why(asked))


@blueprint.post(ADDRESS)
@signed_in
def act_on(code: str, action: str) -> ResponseReturnValue:
    """Do the action, or show the page again with what was typed and the reason."""
    asked = ask_for(code, action)
    if isinstance(asked, Detail):
        return refuse_bare(asked)
    form = act_form(asked)
    if "more" in request.form:
        more_rows(asked, form)
        return show(asked, form)
    after = place(code) if request.form.get("then") == "next" else None  # once done, the file has left the list
    try:
        outcome = press(code, action, payload_of(action, form, check=asked.answer.allowed))
    except InvalidInput as wrong:
        return show(asked, form, 422, summary=show_errors(form, form_errors(wrong)))
    if isinstance(outcome, Denied):
        return refused(code, action, form, outcome)
    flash(done_words(action, outcome.receipt.code), "success")
    return redirect(after.next_url if after is not None and after.next_url else file_url(code), code=303)


def press(code: str, action: str, payload: Mapping[str, Any]) -> Outcome:
    """Do one action with the version and the key of the form that was sent."""
    asked = Request(code, action, seen_version(), payload, origin(typed_key()))
    return act(db_session(), viewer().actor, current_clock(), asked)


def done_words(action: str, receipt: str) -> str:
    """What is said once an act is done."""
    label = action_label(action, lang())
    return _("Đã ghi: %(action)s. Mã đối chứng nhật ký: %(receipt)s.", action=label, receipt=receipt)


def refused(code: str, action: str, form: Form, denied: Denied) -> ResponseReturnValue:
    """The page again at the file as it is now: the reason, what changed meanwhile, and what was typed."""
    again = ask_for(code, action)
    if isinstance(again, Detail):
        return refuse_bare(again)
    why = refusal(denied)
    stale = why["guard"] == STALE
    changes = changes_since(again.file, seen_version()) if stale else None
    return show(again, form, 409, refused=_why(again) if stale else why, changes=changes)


def refuse_bare(file: Detail) -> ResponseReturnValue:
    """Somebody in conflict is told the rule's own sentence, and shown no more than that the file exists."""
    return page("files/bare.html", 409, head=head_of(file), why=conflict_of(file), refused=True)


def show(
    asked: ActAsked,
    form: Form | None,
    status: int = 200,
    *,
    summary: list[tuple[str | None, str]] | None = None,
    refused: Mapping[str, str] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> ResponseReturnValue:
    """Show the page of an action."""
    code, action = asked.file.line.code, asked.action
    return page(
        "approvers/act.html",
        status,
        head=head_of(asked.file),
        asked=asked,
        label=action_label(action, lang()),
        consequence=CONSEQUENCES[action],
        danger=action in DANGER,
        quorum=quorum_words(asked) if action == "close_ballot" else None,
        warnings=[sentence(asked.ready.workflow, warning, lang()) for warning in _warnings(asked)],
        form=form,
        multipart=form is not None and any(field.type == "UploadField" for field in form),
        summary=summary or [],
        refusal=refused,
        changes=changes,
        since=changes_since_judged(asked.file) if form is not None else None,
        queue=place(code),
        carried=carried(),
        beside=beside(asked),
        back=file_url(code),
    )


def beside(asked: ActAsked) -> dict[str, Any]:
    """What stands beside the form: the file in a few lines, and what was said of it so far."""
    file = asked.file
    stands = [line for line in file.votes if not line.voided]
    return {
        "summary": reading.summary(file),
        "opinions": [parts.opinion(file, line) for line in file.opinions if not line.voided],
        "votes": [parts.vote(file, line, asked.tally) for line in stands[-1:]],
        "returns": [parts.sent_back(file, line) for line in file.returns if line.closed_at is None],
    }


def _warnings(asked: ActAsked) -> tuple[Refused, ...]:
    """What the rules warn of; and that a signature against the vote needs its reason."""
    against_the_vote = asked.action in FAVOURS and asked.answer.allowed and not asked.vote_passed
    return (*asked.answer.warnings, *([Refused("departure_needs_reason")] if against_the_vote else []))


def _why(asked: ActAsked) -> dict[str, str] | None:
    """Why the rules say no before anything is typed."""
    found = asked.answer.refusal
    if found is None:
        return None
    reason = sentence(asked.ready.workflow, found, lang())
    return {"guard": found.guard, "reason": reason, "cleared_by": clears(found, lang())}
