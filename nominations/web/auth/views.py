"""The sign-in page, the way out, and who I am here."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Flask, abort, flash, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from nominations.extensions import LOCALE_KEY, current_clock, current_settings, db_session, login_manager
from nominations.queries.actors import Viewer
from nominations.queries.actors import viewer as find_viewer
from nominations.queries.filing import form_names
from nominations.queries.nominee_people import own_files
from nominations.queries.reminders import has_digest
from nominations.services.digests import choose_digest
from nominations.services.log import Origin
from nominations.services.seeding.accounts import Role, list_accounts
from nominations.services.sign_in import NOBODY, Rejected
from nominations.services.sign_in import sign_in as enter
from nominations.services.sign_in import sign_out as leave
from nominations.web import sessions
from nominations.web.access import public, signed_in
from nominations.web.auth.forms import SignInForm
from nominations.web.ground import LONGEST_AGENT, origin, page, request_id, safe_next, viewer
from nominations.web.who import who

blueprint = Blueprint("auth", __name__)


def init_app(app: Flask) -> None:
    """Let flask-login find the person behind a session."""
    login_manager.user_loader(load)
    app.login_manager = login_manager  # type: ignore[attr-defined]


def load(person_id: str) -> sessions.SignedIn | None:
    """Return the person of a session, or None where the account was closed since."""
    found = find_viewer(db_session(), int(person_id), current_clock().today())
    return None if found is None else sessions.SignedIn(found)


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for name and password; one answer for whatever is wrong with them."""
    form = SignInForm(request.form)
    onward = safe_next(request.values.get("next"))
    if request.method != "POST":
        return redirect(onward, code=303) if sessions.person() else _shown(form, onward)
    if not form.validate():
        return _shown(form, onward, 422)
    answer = enter(db_session(), current_clock(), _stranger(), form.username.data or "", form.password.data or "")
    if isinstance(answer, Rejected):
        return _rejected(form, onward, answer)
    session.setdefault(LOCALE_KEY, answer.locale)
    found = find_viewer(db_session(), answer.person_id, current_clock().today())
    if found is not None:
        sessions.begin(found, demo=answer.demo)
    return redirect(onward, code=303)


@blueprint.post("/dang-xuat")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End the sign-in."""
    leave(db_session(), current_clock(), origin())
    sessions.end()
    flash(_("Đồng chí đã đăng xuất."), "success")
    return redirect("/dang-nhap", code=303)


@blueprint.get("/toi")
@signed_in
def profile() -> ResponseReturnValue:
    """Show the person's account, posts and seats of today, and how the files about them stand."""
    who = viewer()
    return page(
        "auth/profile.html",
        person=who,
        duties=duties(who),
        files=own_files(db_session(), who),
        forms=form_names(db_session()),
        digest=has_digest(db_session(), who.person_id),
        by_mail=bool(current_settings().mail_url),
    )


@blueprint.post("/toi/thu-hang-ngay")
@signed_in
def daily_letter() -> ResponseReturnValue:
    """Choose whether to get a letter each working day with what waits."""
    wish = request.form.get("digest", "")
    if wish not in {"1", "0"}:
        abort(400)
    choose_digest(db_session(), current_clock(), viewer().person_id, wanted=wish == "1")
    flash(
        _("Đã ghi nhận: có gửi thư hằng ngày.") if wish == "1" else _("Đã ghi nhận: không gửi thư hằng ngày."),
        "success",
    )
    return redirect("/toi", code=303)


def duties(found: Viewer) -> list[dict[str, str]]:
    """Return the posts and council seats of today, as the table takes them."""
    posts = [{"title": post.title, "unit_name": post.unit_name} for post in found.posts]
    posts += [
        {"title": who(post.title, post.given.giver if post.given else None), "unit_name": post.unit_name}
        for post in found.delegated
    ]
    return posts + [{"title": _("Thành viên Hội đồng"), "unit_name": council} for council in found.councils]


def _shown(form: SignInForm, onward: str, status: int = 200) -> Response:
    """Show the form; a link of the demonstration's list fills the name in."""
    if request.method != "POST":
        form.username.data = request.args.get("ten", "")[:200]
    return page("auth/sign_in.html", status, form=form, onward=onward, accounts=_accounts())


def _accounts() -> list[dict[str, str]]:
    """Return the demonstration's accounts with what they do today; production has none."""
    if current_settings().production:
        return []
    today = current_clock().today()
    return [
        {
            "username": account.username,
            "name": account.full_name,
            "password": account.password,
            "roles": "; ".join(f"{role.title}, {role.unit}" for role in account.roles if _held(role, today)),
        }
        for account in list_accounts(db_session())
    ]


def _held(role: Role, today: date) -> bool:
    return role.valid_from <= today and (role.valid_to is None or today <= role.valid_to)


def _rejected(form: SignInForm, onward: str, answer: Rejected) -> ResponseReturnValue:
    """The name stays, the password does not; what was wrong of the two is nobody's business."""
    if answer.wait:
        form.form_errors.append(_("Đã thử sai nhiều lần. Xin chờ %(seconds)s giây rồi thử lại.", seconds=answer.wait))
        response = _shown(form, onward, 429)
        response.headers["Retry-After"] = str(answer.wait)
        return response
    form.form_errors.append(_("Tên đăng nhập hoặc mật khẩu chưa đúng. Xin kiểm tra rồi nhập lại."))
    return _shown(form, onward, 422)


def _stranger() -> Origin:
    """Return the origin of an attempt: nobody yet, from some machine."""
    agent = request.user_agent.string[:LONGEST_AGENT] or None
    return Origin(actor=NOBODY, request_id=request_id(), address=request.remote_addr, agent=agent)
