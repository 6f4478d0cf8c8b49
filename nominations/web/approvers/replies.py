"""The pages of a body that is asked: the questions addressed to it, what was sent with each, and its reply."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, current_storage, db_session
from nominations.queries.asked import AskedLine, Question, question, questions
from nominations.queries.flows import flow
from nominations.services.actions import REPLY, Denied, Request, act
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.files import open_paper, open_stored
from nominations.services.messages import Message
from nominations.web import content_shown
from nominations.web.access import needs
from nominations.web.approvers.answers import KEPT, show_errors, upload_of
from nominations.web.approvers.blueprint import blueprint
from nominations.web.approvers.fields import MARKED, OneOfField, UploadField, WordsField
from nominations.web.approvers.parts import LOOK, SHOWN
from nominations.web.approvers.whereabouts import days_left
from nominations.web.approvers.words import CHOICES, OUTCOMES_OF_REQUESTS
from nominations.web.content_words import blocks
from nominations.web.ground import form_errors, lang, origin, page, refusal, typed_key, viewer
from nominations.web.lazily import lazily
from workflows.sentences import section_label

ADDRESS = "/y-kien/<code>/<int:number>"
Shown = dict[str, Any]


def kinds_of_advice() -> dict[str, str]:
    """What a body may say, in the language of the request."""
    return {value: str(words) for value, words in CHOICES["advice"].items()}


class ReplyForm(Form):
    """A reply."""

    advice = OneOfField(lazily("Ý kiến"), validators=MARKED, choices=kinds_of_advice)
    reasons = WordsField(lazily("Nội dung ý kiến, lý do"), validators=MARKED)
    reply_paper = UploadField(
        lazily("Văn bản trả lời đã ký, nếu có"), description=lazily("PDF, ảnh PNG hoặc JPEG, DOCX, XLSX; tối đa 20 MB.")
    )


@blueprint.get("/y-kien")
@needs("asked_body")
def asked_opinions() -> ResponseReturnValue:
    """Show what waits for a reply of this person's body, and what is over."""
    waiting = questions(db_session(), viewer(), waiting=True)
    over = questions(db_session(), viewer(), waiting=False)
    return page("approvers/questions.html", waiting=[_row(one) for one in waiting], over=[_row(one) for one in over])


@blueprint.get(ADDRESS)
@needs("asked_body")
def question_page(code: str, number: int) -> ResponseReturnValue:
    """Show one question with what was sent along."""
    return _shown(_found(code, number), ReplyForm())


@blueprint.post(ADDRESS)
@needs("asked_body")
def reply(code: str, number: int) -> ResponseReturnValue:
    """Answer a question."""
    found, form = _found(code, number), ReplyForm(request.form)
    try:
        payload = _typed(form) | {"request": number}
        asked = Request(code, REPLY, found.version, payload, origin(typed_key()))
        outcome = act(db_session(), viewer().actor, current_clock(), asked)
    except NotFound:
        abort(404)
    except InvalidInput as wrong:
        return _shown(found, form, 422, summary=show_errors(form, form_errors(wrong)))
    if isinstance(outcome, Denied):
        return _shown(_found(code, number), form, 409, refused=refusal(outcome))
    flash(_("Đã gửi trả lời. Mã đối chứng nhật ký: %(receipt)s.", receipt=outcome.receipt.code), "success")
    return redirect(url_for("approvers.asked_opinions"), code=303)


@blueprint.get(ADDRESS + "/giay-to/<sha256>")
@needs("asked_body")
def sent_paper(code: str, number: int, sha256: str) -> ResponseReturnValue:
    """Hand out a paper that was sent along, or the body's own reply."""
    found = _found(code, number)
    try:
        if sha256 in {paper.sha256 for paper in found.papers}:
            name, media_type, content = open_paper(db_session(), current_storage(), found.nomination_id, sha256)
        elif sha256 == found.reply_paper:
            name, media_type, content = open_stored(db_session(), current_storage(), sha256)
        else:
            abort(404)
    except (NotFound, FileNotFoundError):
        abort(404)
    look = LOOK in request.args and media_type in SHOWN
    return send_file(content, mimetype=media_type, as_attachment=not look, download_name=name, etag=False)


def _found(code: str, number: int) -> Question:
    found = question(db_session(), viewer(), code, number) if code.isprintable() else None
    return found if found is not None else abort(404)


def _typed(form: ReplyForm) -> dict[str, Any]:
    """The reply as typed, its paper kept. Raises InvalidInput for a paper that cannot be used."""
    errors: dict[str, Message] = {}
    form.reply_paper.kept = request.form.get(form.reply_paper.name + KEPT, "")
    paper = upload_of(form.reply_paper, errors)
    if errors:
        raise InvalidInput(errors)
    typed = {"advice": form.advice.data, "reasons": (form.reasons.data or "").strip(), "reply_paper": paper}
    return {name: value for name, value in typed.items() if value}


def _row(line: AskedLine) -> Shown:
    """A line as the tables show it."""
    workflow = flow(db_session(), line.workflow_id)
    kinds = {one.kind: one.label[lang()] for one in workflow.consultations}
    return {
        "code": line.code,
        "name": line.nominee_name or line.code,
        "bare": line.bare,
        "kind": kinds.get(line.kind, line.kind),
        "form": workflow.label[lang()],
        "round": line.round_title,
        "asking": line.asking_name,
        "body": line.body_name,
        "asked_at": line.asked_at,
        "due_on": line.due_on,
        "days_left": days_left(line.due_on, current_clock().today()),
        "outcome": OUTCOMES_OF_REQUESTS.get(line.outcome or ""),
        "closed_at": line.closed_at,
        "url": url_for("approvers.question_page", code=line.code, number=line.number),
    }


def _shown(
    found: Question,
    form: ReplyForm,
    status: int = 200,
    *,
    summary: list[tuple[str | None, str]] | None = None,
    refused: Shown | None = None,
) -> ResponseReturnValue:
    return page(
        "approvers/question.html",
        status,
        line=_row(found.line),
        found=found,
        sections=[one for one in (_section(found, name) for name in found.sections) if one["blocks"]],
        papers=[_paper(found, one.name, one.sha256, one.size, one.media_type) for one in found.papers],
        own_paper=_address(found, found.reply_paper) if found.reply_paper else None,
        form=form if found.line.closed_at is None and not found.line.bare else None,
        summary=summary or [],
        refusal=refused,
    )


def _section(found: Question, name: str) -> Shown:
    """A section that was sent along, read out."""
    said = found.content.get(name, {})
    shown = (
        [
            {
                "title": str(block.title),
                "facts": content_shown.facts(block.fields, said),
                "tables": content_shown.tables(block.fields, said),
            }
            for block in blocks(name, found.subject_kind, found.subject_group)
        ]
        if name != "papers"
        else []
    )
    told = [{"label": code, "value": words, "wide": True} for code, words in said.get("statements", {}).items()]
    blocks_shown = [one for one in shown if one["facts"] or one["tables"]]
    if told:
        blocks_shown.append({"title": _("Đã thực hiện theo từng tiêu chí"), "facts": told, "tables": []})
    return {"title": section_label(name, lang()), "blocks": blocks_shown}


def _paper(found: Question, name: str, sha256: str, size: int, media_type: str) -> Shown:
    url = _address(found, sha256)
    return {
        "name": name,
        "url": url,
        "preview_url": f"{url}?{LOOK}=1" if media_type in SHOWN else None,
        "size": f"{max(1, round(size / 1024))} KB",
    }


def _address(found: Question, sha256: str) -> str:
    return url_for("approvers.sent_paper", code=found.line.code, number=found.line.number, sha256=sha256)
