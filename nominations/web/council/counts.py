"""Paper ballots counted for a whole meeting: the signed minutes of the count, its figures, a second person's yes."""

from __future__ import annotations

import re
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from nominations.extensions import current_clock, current_storage, db_session
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.files import store
from nominations.services.meeting_counts import VOTES, Count, Counted, confirm_counts, record_counts
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import whole_number
from nominations.web.access import needs
from nominations.web.council.blueprint import ATTENDS, blueprint
from nominations.web.council.opened import Opened, lines_of, members_of, open_meeting, refused_words, shown_line
from nominations.web.ground import form_errors, lang, origin, page, typed_key, viewer

FIGURES = ("issued", "returned", "valid")
DIGITS = 4
SHA = re.compile(r"[0-9a-f]{64}")
Shown = dict[str, Any]


@blueprint.get("/phien-hop/<ref>/kiem-phieu")
@needs(*ATTENDS)
def counts(ref: str) -> ResponseReturnValue:
    """Show the figures to be recorded, or those to be confirmed."""
    return _shown(_counting(ref))


@blueprint.post("/phien-hop/<ref>/kiem-phieu/bien-ban")
@needs(*ATTENDS)
def count_minutes(ref: str) -> ResponseReturnValue:
    """Keep the signed minutes of the count; the figures follow."""
    opened = _counting(ref)
    sent = request.files.get("minutes")
    try:
        content = sent.read() if sent is not None and sent.filename else b""
        kept = store(db_session(), current_clock(), current_storage(), content)
    except InvalidInput as wrong:
        return _shown(opened, 422, errors={"minutes": " ".join(form_errors(wrong).values())})
    return redirect(url_for("council.counts", ref=ref, bien_ban=kept), code=303)


@blueprint.post("/phien-hop/<ref>/kiem-phieu")
@needs(*ATTENDS)
def record(ref: str) -> ResponseReturnValue:
    """Record the figures: exceptions line by line, all other lines agreed."""
    opened = _counting(ref)
    wrong, count = _read(opened)
    if wrong:
        return _shown(opened, 422, errors=wrong)
    try:
        done = record_counts(db_session(), viewer().actor, current_clock(), count)
    except InvalidInput as refused:
        return _shown(opened, 422, errors=form_errors(refused))
    except NotFound:
        abort(404)
    words = ngettext(
        "Đã ghi kết quả kiểm phiếu của %(num)s trường hợp; chờ người thứ hai của tổ kiểm phiếu xác nhận.",
        "Đã ghi kết quả kiểm phiếu của %(num)s trường hợp; chờ người thứ hai của tổ kiểm phiếu xác nhận.",
        done.lines,
    )
    return _answered(opened, done, words)


@blueprint.post("/phien-hop/<ref>/kiem-phieu/xac-nhan")
@needs(*ATTENDS)
def confirm(ref: str) -> ResponseReturnValue:
    """Confirm what another person recorded."""
    opened = _counting(ref)
    try:
        done = confirm_counts(db_session(), viewer().actor, current_clock(), origin(typed_key()), ref)
    except NotFound:
        abort(404)
    words = ngettext(
        "Đã xác nhận kết quả kiểm phiếu của %(num)s trường hợp.",
        "Đã xác nhận kết quả kiểm phiếu của %(num)s trường hợp.",
        done.lines,
    )
    return _answered(opened, done, words)


def _counting(ref: str) -> Opened:
    """The meeting while ballots can be counted in it."""
    opened = open_meeting(ref)
    return opened if opened.meet.open else abort(404)


def _answered(opened: Opened, done: Counted, words: str) -> ResponseReturnValue:
    if done.receipt is not None:
        flash(words, "success")
    if not done.refused:
        return redirect(url_for("council.counts", ref=opened.meet.ref), code=303)
    return _shown(opened, 409, done=done)


def _read(opened: Opened) -> tuple[dict[str, str], Count]:
    """The figures as typed, and a sentence for each that is no number."""
    errors: dict[str, str] = {}
    figures = {name: _number(name, errors, empty=None) for name in FIGURES}
    exceptions: dict[str, dict[str, int]] = {}
    for line in lines_of(opened):
        typed = {vote: request.form.get(f"{vote}-{line.code}", "").strip() for vote in VOTES}
        if any(typed.values()):
            own = {vote: _number(f"{vote}-{line.code}", errors, empty=0) for vote in VOTES}
            if not typed["agree"]:
                own["agree"] = max(figures["valid"] - own["disagree"] - own["abstain"], 0)
            exceptions[line.code] = own
    count = Count(
        opened.meet.ref, figures["issued"], figures["returned"], figures["valid"], _kept(), exceptions,
        origin(typed_key()),
    )  # fmt: skip
    return errors, count


def _number(name: str, errors: dict[str, str], *, empty: int | None) -> int:
    typed = request.form.get(name, "").strip()
    if not typed and empty is not None:
        return empty
    found = whole_number(typed, DIGITS) if typed else REQUIRED
    if isinstance(found, Message):
        errors[name] = found.text(lang())
        return 0
    return found


def _kept() -> str:
    """The digest of the minutes that were kept before."""
    sent = request.form.get("minutes_sha") or request.args.get("bien_ban", "")
    return sent if SHA.fullmatch(sent) else ""


def _shown(
    opened: Opened, status: int = 200, errors: dict[str, str] | None = None, done: Counted | None = None
) -> ResponseReturnValue:
    lines = lines_of(opened)
    names = {line.code: line.name for line in lines}
    open_lines = [line for line in lines if line.waits]
    return page(
        "council/counts.html",
        status,
        opened=opened,
        meet=opened.meet,
        members=len(members_of(opened)),
        rows=[shown_line(line) for line in open_lines],
        to_confirm=[line for line in open_lines if line.counted and not line.confirmed],
        confirmed=sum(line.confirmed for line in lines),
        kept=_kept(),
        typed=request.form,
        errors=errors or {},
        outcomes=refused_words(done.refused, names) if done is not None else [],
    )
