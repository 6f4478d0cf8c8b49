"""Numbered papers over the files a viewer reads: letters, awards, and decisions not to; each paper once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session, aliased

from nominations.models.decisions import Decision
from nominations.models.nominations import Nomination
from nominations.models.people import Person
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.pages import Page, decode, paged, size
from nominations.queries.visibility import is_bare, reaches


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper with its number: whose, what, when, by whom, over how many files.

    ``code`` is the file of a paper over one file, empty for a paper over many. ``voided``: the file changed since in
    what the paper was about.
    """

    number: str
    series: str
    numbered_on: date
    kind: str
    stage: str
    body_unit_id: int
    body: str
    form: str
    signer: str | None
    signs_as: str | None
    signed_on: date
    files: int
    code: str
    departs_from_vote: bool
    voided: bool


def decisions(session: Session, viewer: Viewer, cursor: str | None = None, limit: int = 50) -> Page[IssuedPaper]:
    """The papers over one file or many, newest first, at least one of which the viewer reads. Raises BadCursor."""
    limit, after = size(limit), decode(cursor, int)
    follower, file = aliased(Decision), aliased(Nomination)
    followers = select(func.count()).where(follower.led_by == Decision.id).scalar_subquery().label("followers")
    read = select(Nomination.id).where(reaches(viewer), ~is_bare(viewer))
    leads = read.where(Nomination.id == Decision.nomination_id).exists()
    in_list = (
        read.join(follower, follower.nomination_id == Nomination.id).where(follower.led_by == Decision.id).exists()
    )
    found = (
        select(
            Decision.id, Decision.number, Decision.kind_series, Decision.numbered_on, Decision.kind, Decision.stage,
            Decision.body_unit_id, Unit.name.label("body"), file.form, Person.full_name.label("signer"),
            Decision.signs_as, Decision.signed_on,
            followers, file.code, Decision.departs_from_vote, Decision.voided_by,
        )
        .join(file, file.id == Decision.nomination_id)
        .join(Unit, Unit.id == Decision.body_unit_id)
        .outerjoin(Person, Person.id == Decision.signer_id)
        .where(Decision.number.is_not(None), Decision.led_by.is_(None), or_(leads, in_list))
        .order_by(Decision.id.desc())
        .limit(limit + 1)
    )  # fmt: skip
    if after is not None:
        found = found.where(Decision.id < after[0])
    return paged(session.execute(found).all(), limit, _line, lambda row: (row.id,))


def _line(row: Row[Any]) -> IssuedPaper:
    return IssuedPaper(
        number=row.number,
        series=row.kind_series,
        numbered_on=row.numbered_on,
        kind=row.kind,
        stage=row.stage,
        body_unit_id=row.body_unit_id,
        body=row.body,
        form=row.form,
        signer=row.signer,
        signs_as=row.signs_as,
        signed_on=row.signed_on,
        files=1 + row.followers,
        code="" if row.followers else row.code,
        departs_from_vote=row.departs_from_vote,
        voided=row.voided_by is not None,
    )
