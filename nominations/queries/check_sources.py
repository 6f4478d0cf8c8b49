"""Whose names are checked: the rows of a list, the files of a list as it is narrowed, what waits for somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.lists import DraftListRow
from nominations.models.movements import Round
from nominations.models.nominations import Nomination
from nominations.queries.actors import Viewer
from nominations.queries.draft_lists import ListHead, bearer_of
from nominations.queries.inbox import inbox
from nominations.queries.likenesses import as_list, bare_name, families, listed
from nominations.queries.lines import Line
from nominations.queries.listing import Filters, nominations
from nominations.queries.name_check import MOST_NAMES, Asked
from nominations.queries.pages import Page
from nominations.queries.sql import day, rows
from nominations.queries.visibility import bare_sql, reach_sql
from workflows.likeness import Bearer
from workflows.limits import Proposed

A_PAGE = 100
Fetch = Callable[[str | None], Page[Line]]


def of_list(session: Session, head: ListHead) -> list[Asked]:
    """The rows of a list that say whom they are about, up to the most that are checked."""
    proposed = proposed_in(session, head.round_code, head.form)
    found = session.execute(
        select(DraftListRow.number, DraftListRow.said, Nomination.nominee_id, Nomination.code)
        .outerjoin(Nomination, Nomination.id == DraftListRow.nomination_id)
        .where(DraftListRow.list_id == head.id)
        .order_by(DraftListRow.number)
    ).all()
    named = [row for row in found if {"name", "kind", "home"} <= set(row.said)][:MOST_NAMES]
    family = families(session, {row.said["home"] for row in named})
    if proposed is None:
        return []
    return [
        Asked(row.number, row.said["name"], bearer_of(row.said, family), proposed, row.nominee_id, row.code)
        for row in named
    ]


def of_filters(session: Session, viewer: Viewer, today: date, filters: Filters) -> list[Asked]:
    """The viewer's files as a list of theirs is narrowed. Raises IdentityNumber for a search that looks like one."""
    codes = _codes(lambda cursor: nominations(session, viewer, today, filters, cursor, A_PAGE))
    return of_files(session, viewer, codes)


def waiting(session: Session, viewer: Viewer, today: date) -> list[Asked]:
    """What waits on the viewer's desk, the first due first."""
    codes = _codes(lambda cursor: inbox(session, viewer, today, "mine", None, cursor, A_PAGE))
    return of_files(session, viewer, codes)


def of_files(session: Session, viewer: Viewer, codes: Sequence[str]) -> list[Asked]:
    """Those files that the viewer may read, in the order of the codes; of one in conflict nothing is asked."""
    found = rows(
        session,
        "SELECT n.code, n.nominee_name, n.subject_kind, n.form, n.round_id, r.achievement_from, r.achievement_to,"
        " e.id, e.birth_year, e.home_unit_id, e.identity_hash FROM nominations n"
        " JOIN nominees e ON e.id = n.nominee_id JOIN rounds r ON r.id = n.round_id"
        f" WHERE n.code IN ({listed(session, 'codes')}) AND {reach_sql(viewer)} AND NOT ({bare_sql(viewer)})",
        {"codes": as_list(codes)},
    )
    family = families(session, {row[9] for row in found})
    asked = {}
    for code, name, kind, form, round_id, first, last, nominee, year, home, identity in found:
        proposed = Proposed(form, round_id, day(first) or date.min, day(last) or date.max)
        hashes = frozenset({identity} if identity else ())
        asked[code] = Asked(0, name, Bearer(kind, bare_name(name), year, family[home], hashes), proposed, nominee, code)
    there = [asked[code] for code in codes if code in asked]
    return [replace(one, number=number) for number, one in enumerate(there, 1)]


def proposed_in(session: Session, round_code: str, form: str) -> Proposed | None:
    """What is proposed in a round under a form; None for no such round."""
    found = session.execute(
        select(Round.id, Round.achievement_from, Round.achievement_to).where(Round.code == round_code)
    ).one_or_none()
    return None if found is None else Proposed(form, *found)


def _codes(fetch: Fetch) -> list[str]:
    """The codes of a list's files, page by page, up to the most that are checked."""
    codes: list[str] = []
    cursor: str | None = None
    while len(codes) < MOST_NAMES:
        page = fetch(cursor)
        codes += [line.code for line in page.items if not line.bare]
        cursor = page.next_cursor
        if cursor is None:
            break
    return list(dict.fromkeys(codes))[:MOST_NAMES]
