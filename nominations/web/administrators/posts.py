"""Posts: giving a duty, ending it, handing it over to somebody else."""

from __future__ import annotations

import io
from datetime import date

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries import administration
from nominations.queries.administration import PostOf
from nominations.queries.unit_tree import Branch, tree
from nominations.services.handover_records import record, waits_now
from nominations.services.handovers import HandOver, hand_over
from nominations.services.papers import OUTPUTS, paper_bytes
from nominations.services.people import NewPost, grant, revoke
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import (
    OneOfList,
    ask,
    asked_day,
    chosen_id,
    day_of,
    done,
    maybe_day,
    offer,
    required,
    text_of,
    typed,
)
from nominations.web.administrators.people import account_or_404
from nominations.web.administrators.words import DUTIES, pairs
from nominations.web.formats import date_vi
from nominations.web.ground import lang, origin
from nominations.web.lazily import lazily


class PostForm(Form):
    """A duty at a unit for a period."""

    unit = OneOfList(lazily("Cơ quan, đơn vị"), [required()])
    duty = OneOfList(lazily("Nhiệm vụ"), [required()])
    title = StringField(
        lazily("Chức danh"), [required()], description=lazily("Như ghi trên giấy tờ, ví dụ Phó Chủ tịch")
    )
    valid_from = asked_day(lazily("Từ ngày"))
    valid_to = asked_day(lazily("Đến hết ngày"), lazily("Để trống nếu chưa có ngày kết thúc"), optional=True)


class EndForm(Form):
    """The last day of something."""

    valid_to = asked_day(lazily("Ngày cuối giữ nhiệm vụ"))


class HandOverForm(Form):
    """Whom a post goes to, and when."""

    to_username = StringField(lazily("Người nhận (tên đăng nhập)"), [required()])
    valid_to = asked_day(lazily("Ngày cuối của người giao"), lazily("Người nhận giữ nhiệm vụ từ ngày hôm sau"))


@blueprint.route("/nguoi/<ref>/nhiem-vu", methods=["GET", "POST"])
@needs(ADMIN)
def grant_post(ref: str) -> ResponseReturnValue:
    """Give a person a duty at a unit."""
    found, today = account_or_404(ref), current_clock().today()
    form = typed(PostForm, valid_from=today, unit=request.args.get("don-vi", ""))
    offer(form, "unit", unit_choices(today))
    offer(form, "duty", [("", _("Chọn nhiệm vụ")), *pairs(DUTIES)])
    if done(form, lambda: _granted(found.id, form)) is not None:
        flash(_("Đã giao nhiệm vụ."), "success")
        return redirect(url_for("administrators.person", ref=ref), code=303)
    return ask("administrators/post.html", form, person=found)


@blueprint.route("/nhiem-vu/<ref>/ket-thuc", methods=["GET", "POST"])
@needs(ADMIN)
def end_post(ref: str) -> ResponseReturnValue:
    """End a duty with a last day; what waits there stays with the duty."""
    post, person_ref, name = post_or_404(ref)
    form = typed(EndForm, valid_to=current_clock().today())
    if done(form, lambda: revoke(db_session(), current_clock(), origin(), ref, day_of(form, "valid_to"))) is not None:
        flash(_("Nhiệm vụ kết thúc sau ngày %(day)s.", day=date_vi(day_of(form, "valid_to"))), "success")
        return redirect(url_for("administrators.person", ref=person_ref), code=303)
    return _ending(form, post, person_ref, name, "end")


@blueprint.route("/nhiem-vu/<ref>/ban-giao", methods=["GET", "POST"])
@needs(ADMIN)
def hand_over_post(ref: str) -> ResponseReturnValue:
    """Hand a duty over: one person's last day, the other begins the day after."""
    post, person_ref, name = post_or_404(ref)
    form = typed(HandOverForm, valid_to=current_clock().today())
    if done(form, lambda: _handed_over(ref, form)) is not None:
        flash(_("Đã bàn giao. Việc đang chờ vẫn ở nhiệm vụ này, người nhận thấy ngay từ ngày bắt đầu."), "success")
        return redirect(url_for("administrators.person", ref=person_ref), code=303)
    return _ending(form, post, person_ref, name, "hand_over")


@blueprint.get("/nhiem-vu/<ref>/bien-ban.<output>")
@needs(ADMIN)
def hand_over_record(ref: str, output: str) -> ResponseReturnValue:
    """Hand out the record of a post's end, to be signed by both: who, to whom, from when, and what waited."""
    made = record(db_session(), ref, current_clock().now())
    if made is None or output not in OUTPUTS:
        abort(404)
    content, name = io.BytesIO(paper_bytes(made, output)), f"bien-ban-ban-giao-{ref}.{output}"
    keep = output != "pdf"
    return send_file(content, mimetype=OUTPUTS[output], as_attachment=keep, download_name=name, etag=False)


def unit_choices(day: date) -> dict[str, list[tuple[str, str]]]:
    """The units of a day for a list, grouped by the unit above them."""
    groups: dict[str, list[tuple[str, str]]] = {_("Chọn cơ quan, đơn vị"): [("", _("Chọn cơ quan, đơn vị"))]}
    for root in tree(db_session(), day):
        groups.setdefault(root.name, []).append((str(root.id), root.name))
        _under(root, groups)
    return groups


def _under(branch: Branch, groups: dict[str, list[tuple[str, str]]]) -> None:
    for child in branch.children:
        groups.setdefault(branch.name, []).append((str(child.id), f"{child.name} ({child.code})"))
    for child in branch.children:
        _under(child, groups)


def _granted(person_id: int, form: Form) -> object:
    new = NewPost(
        person_id=person_id,
        unit_id=chosen_id(form, "unit"),
        duty=text_of(form, "duty"),
        title=text_of(form, "title"),
        valid_from=day_of(form, "valid_from"),
        valid_to=maybe_day(form, "valid_to"),
    )
    return grant(db_session(), current_clock(), origin(), new)


def _handed_over(ref: str, form: Form) -> object:
    asked = HandOver(ref, text_of(form, "to_username"), day_of(form, "valid_to"))
    return hand_over(db_session(), current_clock(), origin(), asked)


def post_or_404(ref: str) -> tuple[PostOf, str, str]:
    """The post with who holds it, or the page that says there is none."""
    found = administration.post(db_session(), ref)
    if found is None:
        abort(404)
    return found


def _ending(form: Form, post: PostOf, person_ref: str, name: str, act: str) -> ResponseReturnValue:
    return ask(
        "administrators/end_post.html",
        form,
        post=post,
        person_ref=person_ref,
        name=name,
        act=act,
        duties=DUTIES,
        waiting=waits_now(db_session(), post, current_clock().now(), lang()),
    )
