"""A unit's own files of rounds before: to start from in a new one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from nominations.models.movements import Round
from nominations.models.nominations import Nomination
from nominations.models.nominees import Nominee, PastAward
from nominations.models.reference import AwardForm
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.draft_lists import files_for
from nominations.queries.visibility import is_bare, reaches

MOST_SHOWN = 600


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A file of the unit's with what a new one may take over."""

    code: str
    kind: str
    group: str
    content: Mapping[str, Any]
    nominee_id: int
    nominee_ref: str
    name: str
    birth_year: int | None
    home_id: int
    nominee_ended_on: date | None


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """The same as a list shows it."""

    code: str
    name: str
    kind: str
    form: str
    round_title: str
    state: str


def earlier_rounds(session: Session, viewer: Viewer, unit_id: int, today: date) -> tuple[tuple[str, str], ...]:
    """Code and title of the rounds up to today in which the unit has files, the latest first."""
    if unit_id not in files_for(viewer.actor):
        return ()
    used = select(Nomination.round_id).where(Nomination.proposing_unit_id == unit_id)
    rows = session.execute(
        select(Round.code, Round.title)
        .where(Round.id.in_(used), Round.opens_on <= today)
        .order_by(Round.opens_on.desc(), Round.code)
    )
    return tuple((row.code, row.title) for row in rows)


def round_of_file(session: Session, viewer: Viewer, unit_id: int, code: str) -> str | None:
    """The round of a file of the unit's; None for a file that is not its own."""
    asked = _own(viewer, unit_id, select(Round.code).join(Nomination, Nomination.round_id == Round.id))
    found: str | None = session.scalar(asked.where(Nomination.code == code))
    return found


def earlier_lines(session: Session, viewer: Viewer, unit_id: int, round_code: str) -> tuple[EarlierLine, ...]:
    """The unit's files of a round, by name."""
    rows = session.execute(
        _own(viewer, unit_id, select(Nomination.code, Nomination.nominee_name, Nomination.subject_kind,
                                     Nomination.form, Round.title, Nomination.state))
        .join(Round, Round.id == Nomination.round_id)
        .where(Round.code == round_code)
        .order_by(Nomination.nominee_folded, Nomination.id)
        .limit(MOST_SHOWN)
    )  # fmt: skip
    return tuple(EarlierLine(*row) for row in rows)


def earlier_files(session: Session, viewer: Viewer, unit_id: int, codes: Sequence[str]) -> tuple[EarlierFile, ...]:
    """Those of the codes that are the unit's own files, in the order given; one of a nominee, the first named."""
    itself = aliased(Unit)
    rows = session.execute(
        _own(
            viewer,
            unit_id,
            select(Nomination.code, Nomination.subject_kind, Nomination.subject_group, Nomination.working, Nominee.id,
                   Nominee.ref, Nominee.name, Nominee.birth_year, Nominee.home_unit_id, itself.valid_to),
        )
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .outerjoin(itself, itself.id == Nominee.unit_id)
        .where(Nomination.code.in_(sorted(codes)))
    )  # fmt: skip
    by_code = {row.code: EarlierFile(*row) for row in rows}
    ordered = [by_code[code] for code in codes if code in by_code]
    first: dict[int, EarlierFile] = {}
    for file in ordered:
        first.setdefault(file.nominee_id, file)
    return tuple(first.values())


def awards_of(session: Session, nominees: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The awards of each nominee as a report lists them: year, form, decision."""
    rows = session.execute(
        select(PastAward.nominee_id, PastAward.form, AwardForm.name, PastAward.decided_on, PastAward.decision_number)
        .outerjoin(AwardForm, AwardForm.code == PastAward.form)
        .where(PastAward.nominee_id.in_(sorted(nominees)), PastAward.annulled_on.is_(None))
        .order_by(PastAward.decided_on, PastAward.id)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for nominee, form, name, on, number in rows:
        said = ", ".join(part for part in (number and f"số {number}", f"ngày {on:%d/%m/%Y}") if part)
        found.setdefault(nominee, []).append({"year": on.year, "form": name or form, "decision": said})
    return found


def _own(viewer: Viewer, unit_id: int, asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Narrowed to files the unit has proposed, if the viewer files for it and is not in conflict with them."""
    mine = unit_id in files_for(viewer.actor)
    return asked.where(Nomination.proposing_unit_id == (unit_id if mine else -1), reaches(viewer), ~is_bare(viewer))
