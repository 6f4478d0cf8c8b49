"""Accounts: the list, one account with what its holder may do, making one, a new password, switching off and on."""

from __future__ import annotations

import secrets

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries import administration
from nominations.queries.administration import Account
from nominations.queries.delegations import delegations_of
from nominations.queries.pages import BadCursor
from nominations.services import people as accounts
from nominations.services.delegations import KINDS
from nominations.services.people import NewPerson
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import ask, done, required, text_of, typed
from nominations.web.administrators.words import DELEGATED, DUTIES, SEATS
from nominations.web.ground import origin, page, parse_cursor, viewer
from nominations.web.lazily import lazily

LONGEST = 200  # characters of a search
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another when read out


class PersonForm(Form):
    """A new account."""

    username = StringField(
        lazily("Tên đăng nhập"),
        [required()],
        description=lazily("3 đến 40 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối, ví dụ nv.an"),
    )
    full_name = StringField(lazily("Họ và tên"), [required()])
    email = StringField(lazily("Thư điện tử"), description=lazily("Nơi nhận thư báo; để trống nếu không có"))


@blueprint.get("/nguoi")
@needs(ADMIN)
def people() -> ResponseReturnValue:
    """List the accounts, found by a part of the name."""
    query = request.args.get("q", "").strip()[:LONGEST]
    try:
        found = administration.people(db_session(), current_clock().today(), query, parse_cursor())
    except BadCursor:
        abort(404)
    following = url_for("administrators.people", q=query or None, cursor=found.next_cursor)
    return page(
        "administrators/people.html",
        lines=found.items,
        query=query,
        duties=DUTIES,
        next_url=following if found.next_cursor else None,
    )


@blueprint.get("/nguoi/<ref>")
@needs(ADMIN)
def person(ref: str) -> ResponseReturnValue:
    """Show an account with every post and seat it ever had."""
    today = current_clock().today()
    found = account_or_404(ref)
    return page(
        "administrators/person.html",
        person=found,
        today=today,
        duties=DUTIES,
        seats=SEATS,
        me=_is_me(found),
        delegable=frozenset(KINDS),
        delegations=delegations_of(db_session(), found.id),
        kinds=DELEGATED,
    )


@blueprint.route("/nguoi/moi", methods=["GET", "POST"])
@needs(ADMIN)
def new_person() -> ResponseReturnValue:
    """Make an account; its first password is shown once, on the answer to this very form."""
    form, password = typed(PersonForm), one_time_password()
    if (made := done(form, lambda: _made(form, password))) is not None:
        return _told_once(account_or_404(made), password, made=True)
    return ask("administrators/new_person.html", form)


@blueprint.route("/nguoi/<ref>/mat-khau", methods=["GET", "POST"])
@needs(ADMIN)
def new_password(ref: str) -> ResponseReturnValue:
    """Give an account another password, shown once."""
    found = account_or_404(ref)
    if request.method != "POST":
        return page("administrators/ask_person.html", person=found, act="password")
    password = one_time_password()
    accounts.set_password(db_session(), current_clock(), origin(), found.id, password)
    return _told_once(found, password, made=False)


@blueprint.route("/nguoi/<ref>/trang-thai", methods=["GET", "POST"])
@needs(ADMIN)
def switch_person(ref: str) -> ResponseReturnValue:
    """Switch an account off or on again; nobody switches off their own."""
    found = account_or_404(ref)
    if _is_me(found):
        abort(404)
    if request.method != "POST":
        return page("administrators/ask_person.html", person=found, act="deactivate" if found.active else "activate")
    wish = request.form.get("active", "")
    if wish not in ("0", "1"):
        abort(400)
    active = wish == "1"
    accounts.set_active(db_session(), current_clock(), origin(), found.id, active=active)
    flash(_("Đã mở tài khoản.") if active else _("Đã khoá tài khoản."), "success")
    return redirect(url_for("administrators.person", ref=ref), code=303)


def account_or_404(ref: str) -> Account:
    """The account, or the page that says there is none."""
    found = administration.account(db_session(), ref)
    if found is None:
        abort(404)
    return found


def one_time_password() -> str:
    """A password that can be read out over the telephone: four groups of four."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(4))


def _made(form: Form, password: str) -> str:
    username, full_name, email = (text_of(form, name) for name in ("username", "full_name", "email"))
    new = NewPerson(username.lower(), full_name, password, email=email or None)
    return accounts.create_person(db_session(), current_clock(), origin(), new).ref


def _told_once(found: Account, password: str, *, made: bool) -> ResponseReturnValue:
    return page("administrators/password.html", person=found, password=password, made=made)


def _is_me(found: Account) -> bool:
    return found.id == viewer().person_id
