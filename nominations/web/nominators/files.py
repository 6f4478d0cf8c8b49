"""The files somebody may know of: filed by them or come to their unit; narrowed by filters, found by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from nominations.extensions import current_clock, db_session
from nominations.queries.filing import form_names, round_titles
from nominations.queries.lines import Line
from nominations.queries.listing import Filters, nominations
from nominations.queries.pages import Page
from nominations.queries.search import IdentityNumber
from nominations.web.access import needs
from nominations.web.ground import lang, page, parse_cursor, viewer
from nominations.web.lazily import lazily
from nominations.web.navigation import MEMBER, SEARCHERS
from nominations.web.nominators.blueprint import CHECKERS, blueprint
from nominations.web.nominators.choosing import KINDS, units
from workflows import DRAFT, RETURNED

STATES = (
    ("draft", lazily("Đang soạn")),
    ("returned", lazily("Đã trả để bổ sung")),
    ("held", lazily("Tạm dừng xét")),
    ("awarded", lazily("Đã khen thưởng")),
    ("not_awarded", lazily("Không khen thưởng")),
    ("withdrawn", lazily("Đã rút đề nghị")),
    ("replaced", lazily("Đã chuyển hình thức khác")),
    ("annulled", lazily("Đã hủy bỏ quyết định")),
)
LONGEST = 200  # characters of a search
CODE = re.compile(r"HS\d\d-[2-9A-Z]{8}")
Options = tuple[tuple[str, str], ...]


@blueprint.get("/ho-so")
@needs(*SEARCHERS, MEMBER)
def files() -> ResponseReturnValue:
    """List the files, newest first; a file's whole code in the search leads to the file."""
    lists, given = offered(), chosen()
    if CODE.fullmatch(given.get("q", "").upper()):
        return redirect(f"/ho-so/{given['q'].upper()}", code=303)
    complaint = None
    try:
        found = nominations(db_session(), viewer(), current_clock().today(), filters(given), parse_cursor(), count=True)
    except IdentityNumber:
        found = Page((), None, 0)
        complaint = _("Không tìm theo số căn cước ở đây. Hãy tìm theo tên hoặc mã hồ sơ.")
    return page(
        "nominators/files.html",
        422 if complaint else 200,
        lines=found.items,
        total=None if found.total is None else f"{found.total:,}".replace(",", ".") + ("+" if found.capped else ""),
        lists=lists,
        given=given,
        tags=tags(lists, given),
        forms={name.code: name.en if lang() == "en" else name.vi for name in form_names(db_session())},
        next_url=url_for("nominators.files", **given, cursor=found.next_cursor) if found.next_cursor else None,
        complaint=complaint,
        work_url=work_url,
        files_here=bool(units()),
        may_check=viewer().has(*CHECKERS),
    )


def offered() -> dict[str, tuple[str, Options]]:
    """Return the lists of the filter bar: their words and their options, by the name they have in the address."""
    session = db_session()
    posts = tuple((str(post.unit_id), post.unit_name) for post in units())
    lists: dict[str, tuple[str, Options]] = {
        "state": (_("Tình trạng"), STATES),
        "round": (_("Đợt xét"), round_titles(session)),
        "form": (_("Hình thức"), tuple((n.code, n.en if lang() == "en" else n.vi) for n in form_names(session))),
        "kind": (_("Loại"), KINDS),
    }
    return lists | ({"unit": (_("Đơn vị đề nghị"), posts)} if len(posts) > 1 else {})


def chosen() -> dict[str, Any]:
    """Return what the address narrows the list to; what no list offers is left out."""
    lists = offered()
    given = {name: request.args.get(name, "") for name in lists}
    kept = {name: value for name, value in given.items() if value in dict(lists[name][1])}
    query = request.args.get("q", "").strip()[:LONGEST]
    return kept | ({"q": query} if query else {})


def filters(given: Mapping[str, str]) -> Filters:
    """Return the filters as the query takes them."""
    return Filters(
        round=given.get("round"),
        form=given.get("form"),
        state=given.get("state"),
        subject_kind=given.get("kind"),
        unit_id=int(given["unit"]) if "unit" in given else None,
        q=given.get("q"),
    )


def tags(lists: Mapping[str, tuple[str, Options]], given: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the filters in force, each with the address that lets it go."""
    words = {"q": _("Tìm")} | {name: label for name, (label, _options) in lists.items()}
    values = {name: dict(lists[name][1])[value] if name in lists else value for name, value in given.items()}
    return [
        {
            "label": words[name],
            "value": str(values[name]),
            "remove_url": url_for("nominators.files", **{n: v for n, v in given.items() if n != name}),
        }
        for name in given
    ]


def work_url(line: Line) -> str:
    """Return where a line leads: a draft and a returned file to where they are worked on, any other to its page."""
    if line.state == DRAFT and line.proposing_unit_id in {post.unit_id for post in units()}:
        return url_for("nominators.section", code=line.code, section="nominee")
    if line.state.endswith(RETURNED) and line.holder_duty == "nominator":
        return url_for("nominators.review", code=line.code)
    return f"/ho-so/{line.code}"
