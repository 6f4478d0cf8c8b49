"""For everybody: the check of one certificate by its code, and the register of awards; each so often in a minute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from nominations.extensions import current_clock, db_session
from nominations.limits import Limiter
from nominations.queries import reference
from nominations.queries.pages import BadCursor
from nominations.queries.register import PublicAward, award_by_code, register, was_replaced
from nominations.queries.search import IdentityNumber
from nominations.services.effects.signing import CHECK_ALPHABET, CHECK_LETTERS
from nominations.services.papers import body_name, number_of
from nominations.web.access import public
from nominations.web.ground import lang, page, parse_cursor
from nominations.web.lazily import lazily
from nominations.web.public.blueprint import blueprint

LONGEST = 100  # characters of a name to look for
CHECKS_A_MINUTE, CHECKS_AT_ONCE = 30, 20  # of one address: a person with a pile of certificates, not a guesser
LOOKS_A_MINUTE, LOOKS_AT_ONCE = 120, 60  # the register is read page by page
KINDS: Mapping[str, str] = {
    "individual": lazily("Cá nhân"),
    "collective": lazily("Tập thể"),
    "household": lazily("Hộ gia đình"),
}


def init_app(app: Flask) -> None:
    """Give the application its limits; a test puts others in their place."""
    app.extensions["public_checks"] = Limiter(CHECKS_A_MINUTE, CHECKS_AT_ONCE)
    app.extensions["public_looks"] = Limiter(LOOKS_A_MINUTE, LOOKS_AT_ONCE)


@blueprint.get("/kiem-tra")
@public
def check_form() -> ResponseReturnValue:
    """Ask for the code on a certificate and go on to its answer."""
    typed = request.args.get("ma", "")
    if typed:
        return redirect(url_for("public.check", code=_code(typed) or "-"), code=303, Response=Response)
    return page("public/check.html", asked=None, award=None, replaced=False, typed="")


@blueprint.get("/kiem-tra/<code>")
@public
def check(code: str) -> ResponseReturnValue:
    """Say of one code: issued, corrected, revoked, a copy that was replaced, or no award of ours; and nothing else."""
    _count("public_checks")
    asked = _code(code)
    found = award_by_code(db_session(), asked) if len(asked) == CHECK_LETTERS else None
    replaced = found is None and len(asked) == CHECK_LETTERS and was_replaced(db_session(), asked)
    answer = page(
        "public/check.html",
        200 if found is not None or replaced else 404,
        replaced=replaced,
        asked=asked or "?",
        award=found,
        typed=asked,
        shown=_line(found) if found is not None else None,
    )
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@blueprint.get("/khen-thuong")
@public
def awards() -> ResponseReturnValue:
    """List the awards, the latest first, found by a part of the name."""
    _count("public_looks")
    query, form = request.args.get("q", "").strip()[:LONGEST], request.args.get("form") or None
    forms = [(line.code, _form(line.name, line.name_en)) for line in reference.forms(db_session())]
    today, wrong = current_clock().today(), None
    try:
        found = register(db_session(), today, query, form, parse_cursor())
    except BadCursor:
        abort(404)
    except IdentityNumber:
        wrong = _("Không tìm theo số căn cước; hãy tìm theo họ tên, tên gọi.")
        query, found = "", register(db_session(), today, "", form, None)
    following = url_for("public.awards", q=query or None, form=form, cursor=found.next_cursor)
    return page(
        "public/register.html",
        422 if wrong else 200,
        lines=[_line(award) for award in found.items],
        forms=forms,
        query=query,
        form=form or "",
        wrong=wrong,
        next_url=following if found.next_cursor else None,
    )


def _code(typed: str) -> str:
    """The code as it stands in the register: capitals, without what separates groups of letters."""
    letters = typed.upper().replace(" ", "").replace("-", "")[: CHECK_LETTERS + 1]
    return letters if all(letter in CHECK_ALPHABET for letter in letters) else ""


def _count(what: str) -> None:
    limiter: Limiter = current_app.extensions[what]
    wait = limiter.wait(request.remote_addr or "")
    if wait:
        raise TooManyRequests(retry_after=wait)


def _line(award: PublicAward) -> dict[str, Any]:
    """An award in words."""
    return {
        "name": award.name,
        "kind": KINDS[award.subject_kind],
        "unit": body_name(award.unit_kind, award.unit_name),
        "form": _form(award.form_name, award.form_name_en),
        "reason": award.movement,
        "decision": number_of(award.number, award.series, award.body_kind, award.body_code),
        "decided_on": award.decided_on,
        "register": f"{award.register_no}/{award.register_year}" if award.register_no else None,
        "status": award.status,
        "act": number_of(award.act_number, award.series, award.body_kind, award.body_code),
        "act_on": award.act_on,
    }


def _form(name: str, name_en: str) -> str:
    return name_en if lang() == "en" else name
