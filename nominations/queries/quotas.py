"""Quotas: those a file falls under, read under a lock where a place is taken, and all of a round."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from nominations.models.movements import Quota as QuotaRow
from nominations.models.movements import QuotaPlace, Round
from nominations.models.units import Unit
from nominations.queries.case_facts import CaseRow
from workflows import Quota, Workflow
from workflows.actions import DECLINES, MOVES, SIGNS
from workflows.quota import counts_at

GIVE_BACK = MOVES | {"withdraw", "end_without_competence"}
COUNTED_BY = SIGNS | DECLINES | GIVE_BACK | {"record_signature"}  # acts that take a place or give one back
SIGNATURES = frozenset({"award_signature", "letter_signature"})


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """A quota of a round as it stands: the unit it is for (none: the whole round), places and how many are taken."""

    id: int
    round_code: str
    form: str
    unit_id: int | None
    unit_name: str | None
    subject_kind: str
    most: int
    taken: int
    hard: bool
    source: str


def quotas_for(session: Session, row: CaseRow, workflow: Workflow, action: str, *, locking: bool) -> tuple[Quota, ...]:
    """The quotas the file falls under, where its stage takes places; none elsewhere.

    ``locking`` keeps every other signature of the same quotas out until the transaction ends: each then counts what
    the one before it took. They are always locked in the order of their rows.
    """
    if not _counts(row, workflow, action, locking=locking):
        return ()
    mine = and_(
        QuotaPlace.quota_id == QuotaRow.id, QuotaPlace.nomination_id == row.id, QuotaPlace.given_back_at.is_(None)
    )
    came_through = {row.proposing_unit_id, *row.path.values()}
    found = (
        select(
            QuotaRow.id,
            func.coalesce(Unit.name, Round.title),
            QuotaRow.most,
            QuotaRow.taken,
            QuotaRow.hard,
            select(QuotaPlace.quota_id).where(mine).exists(),
        )
        .join(Round, Round.id == QuotaRow.round_id)
        .outerjoin(Unit, Unit.id == QuotaRow.unit_id)
        .where(
            QuotaRow.round_id == row.round_id,
            QuotaRow.form == row.form,
            QuotaRow.subject_kind.in_([row.subject_kind, "any"]),
            or_(QuotaRow.unit_id.is_(None), QuotaRow.unit_id.in_(sorted(came_through))),
        )
        .order_by(QuotaRow.id)
    )
    rows = session.execute(found.with_for_update(of=QuotaRow) if locking else found)
    return tuple(
        Quota(number, place, most, taken, bool(hard), bool(has)) for number, place, most, taken, hard, has in rows
    )


def _counts(row: CaseRow, workflow: Workflow, action: str, *, locking: bool) -> bool:
    """Whether places matter: where the act takes or gives back one, or, only looking, at a signature that takes one."""
    stage, step = workflow.stage_of(row.state), workflow.step_of(row.state)
    if stage is None or step is None:
        return False
    counted = counts_at(workflow, stage.name) is not None
    acts = action in GIVE_BACK or (counted and action in COUNTED_BY)
    return acts if locking else counted and step.kind in SIGNATURES


class QuotaSheet:
    """The quotas of several files that are acted on together, read at once where the first of them counts.

    ``counted`` has, by ("quota", number), how many places are taken after the files before this one.
    """

    def __init__(
        self, session: Session, rows: Collection[CaseRow], counted: Mapping[Hashable, int], *, locking: bool
    ) -> None:
        self._session, self._rows, self._counted, self._locking = session, rows, counted, locking
        self._found: list[tuple[QuotaRow, str]] | None = None
        self._places: set[tuple[int, int]] = set()

    def of(self, row: CaseRow, workflow: Workflow, action: str) -> tuple[Quota, ...]:
        """The quotas that the file falls under where the act counts; none elsewhere."""
        if not _counts(row, workflow, action, locking=True):
            return ()
        if self._found is None:
            self._found = self._read()
        came_through = {row.proposing_unit_id, *row.path.values()}
        return tuple(
            Quota(
                quota.id, place, quota.most, self._counted.get(("quota", quota.id), quota.taken), quota.hard,
                (quota.id, row.id) in self._places,
            )
            for quota, place in self._found
            if quota.round_id == row.round_id
            and quota.form == row.form
            and quota.subject_kind in {row.subject_kind, "any"}
            and (quota.unit_id is None or quota.unit_id in came_through)
        )  # fmt: skip

    def _read(self) -> list[tuple[QuotaRow, str]]:
        """Every quota of these rounds and forms, locked in the order of their rows, and who has a place."""
        found = (
            select(QuotaRow, func.coalesce(Unit.name, Round.title))
            .join(Round, Round.id == QuotaRow.round_id)
            .outerjoin(Unit, Unit.id == QuotaRow.unit_id)
            .where(
                QuotaRow.round_id.in_({row.round_id for row in self._rows}),
                QuotaRow.form.in_({row.form for row in self._rows}),
            )
            .order_by(QuotaRow.id)
            .execution_options(populate_existing=True)
        )
        rows = self._session.execute(found.with_for_update(of=QuotaRow) if self._locking else found).all()
        if rows:
            places = select(QuotaPlace.quota_id, QuotaPlace.nomination_id).where(
                QuotaPlace.nomination_id.in_([row.id for row in self._rows]), QuotaPlace.given_back_at.is_(None)
            )
            self._places = {(row.quota_id, row.nomination_id) for row in self._session.execute(places)}
        return [(quota, place) for quota, place in rows]


def quotas_of(session: Session, round_code: str | None) -> tuple[QuotaLine, ...]:
    """Every quota of a round, or of all rounds, by form, those of the whole round first."""
    rows = session.execute(
        select(
            QuotaRow.id,
            Round.code,
            QuotaRow.form,
            QuotaRow.unit_id,
            Unit.name,
            QuotaRow.subject_kind,
            QuotaRow.most,
            QuotaRow.taken,
            QuotaRow.hard,
            QuotaRow.source,
        )
        .join(Round, Round.id == QuotaRow.round_id)
        .outerjoin(Unit, Unit.id == QuotaRow.unit_id)
        .where(*([Round.code == round_code] if round_code is not None else []))
        .order_by(
            Round.code, QuotaRow.form, QuotaRow.unit_id.is_not(None), Unit.name, QuotaRow.subject_kind, QuotaRow.id
        )
    )
    return tuple(QuotaLine(*list(row)) for row in rows)
