"""The papers of a draft: what is asked for, what is there, one more, one less."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from nominations.extensions import current_clock, current_storage, db_session
from nominations.queries import drafting
from nominations.services.actions import Denied, Request
from nominations.services.errors import InvalidInput
from nominations.services.files import MAX_BYTES, Upload, attach, detach
from nominations.web.access import signed_in
from nominations.web.ground import form_errors, lang, origin, page, refusal, seen_version, typed_key, viewer
from nominations.web.nominators.blueprint import blueprint
from nominations.web.nominators.opened import Opened, missing, opened, steps
from nominations.web.nominators.saving import Answer
from nominations.web.nominators.sections import faults_of, not_open, shown_version
from workflows.flow import Paper
from workflows.sentences import section_label

SECTION = "papers"
ACCEPTED = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx"
MOST_AT_ONCE = 20
LONGEST_NAME = 100  # characters of a file's name in a sentence


@blueprint.get("/ho-so/<code>/soan/papers")
@signed_in
def papers(code: str) -> ResponseReturnValue:
    """Show what is asked for and what is there."""
    file = opened(code)
    return show(file) if file.may_save else not_open(file)


@blueprint.post("/ho-so/<code>/soan/papers")
@signed_in
def add_paper(code: str) -> ResponseReturnValue:
    """Take one paper or several of one kind into the file."""
    file = opened(code)
    kind, sent = request.form.get("kind", ""), [one for one in request.files.getlist("file") if one.filename]
    errors = problems(file, kind, sent)
    answer = Answer(file.row.version, errors=errors) if errors else attach_all(file, kind, sent)
    if not answer.saved:
        return show(opened(code), answer)
    flash(ngettext("Đã đính kèm %(num)s tệp.", "Đã đính kèm %(num)s tệp.", len(sent)), "success")
    return redirect(url_for("nominators.papers", code=code, _anchor=f"paper-{kind}"), code=303)


@blueprint.post("/ho-so/<code>/soan/papers/<kind>/<sha256>/go")
@signed_in
def remove_paper(code: str, kind: str, sha256: str) -> ResponseReturnValue:
    """Take a paper out of the file; the log still knows it."""
    asked = Request(code, "detach", seen_version(), {}, origin())
    try:
        outcome = detach(db_session(), viewer().actor, current_clock(), asked, sha256, kind)
    except InvalidInput as error:
        return show(opened(code), Answer(seen_version(), errors=form_errors(error)))
    if isinstance(outcome, Denied):
        return show(opened(code), Answer(outcome.version, refused=refusal(outcome)))
    flash(_("Đã gỡ giấy tờ khỏi hồ sơ."), "success")
    return redirect(url_for("nominators.papers", code=code, _anchor=f"paper-{kind}"), code=303)


def problems(file: Opened, kind: str, sent: list[FileStorage]) -> dict[str, str]:
    """Return what is wrong with an upload before its bytes are looked at."""
    errors = {}
    if kind not in {paper.kind for paper in asked_papers(file)}:
        errors["kind"] = _("Hãy chọn loại giấy tờ.")
    if not sent:
        errors["file"] = _("Hãy chọn ít nhất một tệp.")
    elif len(sent) > MOST_AT_ONCE:
        errors["file"] = _("Mỗi lần đính kèm nhiều nhất %(most)s tệp.", most=MOST_AT_ONCE)
    return errors


def attach_all(file: Opened, kind: str, sent: list[FileStorage]) -> Answer:
    """Attach one file after another, each an act of its own; stop at the first that is refused."""
    version, key = seen_version(), typed_key()
    for number, one in enumerate(sent):
        asked = Request(file.code, "attach", version, {}, origin(f"{key}-{number}" if key else None))
        upload = Upload(kind, one.filename or "", one.stream.read(MAX_BYTES + 1))
        try:
            outcome = attach(db_session(), viewer().actor, current_clock(), current_storage(), asked, upload)
        except InvalidInput as error:
            said = " ".join(form_errors(error).values())
            return Answer(version, errors={"file": f"{shown_name(upload.name)}: {said}"})
        if isinstance(outcome, Denied):
            return Answer(outcome.version, refused=refusal(outcome))
        version = outcome.version
    return Answer(version)


def shown_name(name: str) -> str:
    """Return a file's name as far as it can be shown."""
    return "".join(letter for letter in name if letter.isprintable())[:LONGEST_NAME]


def show(file: Opened, answer: Answer | None = None) -> ResponseReturnValue:
    """Show the papers' page; after a refusal with the reason."""
    errors = (answer.errors if answer else None) or {}
    return page(
        "nominators/papers.html",
        answer.status if answer else 200,
        file=file,
        section=SECTION,
        label=section_label(SECTION, lang()),
        open=SECTION in file.editable,
        faults=faults_of(file, SECTION),
        steps=steps(file, SECTION, missing(file)),
        papers=listed(file),
        kinds=[(paper.kind, paper.label[lang()]) for paper in asked_papers(file)],
        chosen=request.values.get("kind", ""),
        errors=errors,
        answer=answer,
        version=shown_version(file, answer) if answer is None or answer.stale else answer.version,
        changes=[],
        accepted=ACCEPTED,
        largest=MAX_BYTES >> 20,
    )


def asked_papers(file: Opened) -> tuple[Paper, ...]:
    """Return the papers whoever files may attach for this kind of nominee, the required ones first."""
    row, body = file.row, str(file.stored("nominee").get("body_kind", ""))
    asked = [
        paper
        for paper in file.ready.workflow.papers
        if paper.needed_at == "draft" and paper.asked_of(row.subject_kind, row.subject_group, body)
    ]
    return tuple(sorted(asked, key=lambda paper: not paper.required))


def listed(file: Opened) -> list[dict[str, Any]]:
    """Return the kinds of paper with what is attached of each, as `paper_list` takes them."""
    attached, asked = drafting.papers(db_session(), file.row.id), asked_papers(file)
    known = {paper.kind for paper in asked}
    others = [paper for paper in attached if paper.kind not in known]
    kinds: list[dict[str, Any]] = [
        {
            "id": f"paper-{paper.kind}",
            "label": paper.label[lang()],
            "required": paper.required,
            "files": [file_line(file, one) for one in attached if one.kind == paper.kind],
        }
        for paper in asked
    ]
    if others:
        kinds.append({"label": _("Giấy tờ khác"), "required": False, "files": [file_line(file, o) for o in others]})
    if SECTION in file.editable:
        for kind, paper in zip(kinds, asked, strict=False):
            kind["upload_url"] = url_for("nominators.papers", code=file.code, kind=paper.kind, _anchor="upload")
    return kinds


def file_line(file: Opened, paper: drafting.PaperLine) -> dict[str, Any]:
    """Return one attached file as `paper_list` takes it."""
    line = {
        "name": paper.name,
        "url": f"/ho-so/{file.code}/giay-to/{paper.sha256}",
        "size": f"{max(1, round(paper.size / 1024))} KB",
        "added_on": paper.added_at,
        "added_by": paper.added_by,
    }
    if SECTION in file.editable and file.may_save:
        place: dict[str, Any] = {"code": file.code, "kind": paper.kind, "sha256": paper.sha256}
        line["remove_url"] = url_for("nominators.remove_paper", **place)
    return line
