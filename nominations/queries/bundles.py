"""Papers over many files (hồ sơ trình ký): what can be composed, one with its lines as they are now, a unit's list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from nominations.models.bundles import Bundle, BundleLine
from nominations.models.movements import Round
from nominations.models.nominations import Nomination
from nominations.models.nominees import SUBJECT_KINDS
from nominations.models.people import Person
from nominations.models.units import Unit
from nominations.models.work import Task
from nominations.queries.actors import Viewer
from nominations.queries.pages import Page, decode, paged, size
from nominations.queries.visibility import is_bare
from workflows import RETURNED

COMPOSERS = ("appraiser", "secretary", "office", "head", "deputy")
BLOCKS = ("collective", "household", "individual")  # the order in which papers list them
MOST_LINES = 1000


@dataclass(frozen=True, slots=True)
class Group:
    """Files that may stand in one paper: of one form and round, at one step of one unit."""

    unit_id: int
    unit_name: str
    state: str
    form: str
    round_id: int
    round_title: str
    count: int


@dataclass(frozen=True, slots=True)
class BundleLineRow:
    """A file in a paper, or one that could stand in it: who, from where, and where it is now.

    ``bare``: the viewer is in conflict and reads no more than that it is there.
    """

    code: str
    name: str
    kind: str
    unit_name: str
    state: str
    version: int
    workflow_id: int
    bare: bool
    position: int = 0
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class BundleRow:
    """A paper over many files as it stands; its progress is told by which of its days are there."""

    id: int
    ref: str
    unit_id: int
    unit_name: str
    to_unit_id: int | None
    stage: str
    form: str
    round_id: int
    round_title: str
    outcome: str
    version: int
    composer: str
    created_at: datetime
    dropped_at: datetime | None
    signer: str | None
    signs_as: str | None
    signed_on: date | None
    signed_at: datetime | None
    recorder: str | None
    signed_file: str | None
    signed_counts: dict[str, int] | None
    series: str
    number: str | None
    numbered_on: date | None
    content_sha256: str | None
    supplements_id: int | None
    lines: int

    @property
    def progress(self) -> str:
        """composed, signed, numbered or dropped."""
        if self.dropped_at is not None:
            return "dropped"
        if self.number is not None:
            return "numbered"
        return "signed" if self.signed_at is not None else "composed"


def groups(session: Session, viewer: Viewer) -> tuple[Group, ...]:
    """What the viewer could compose a paper of: files that wait for a signature, or came back, at units of theirs."""
    units = composes_at(viewer)
    if not units:
        return ()
    found = (
        select(
            Task.unit_id, Unit.name, Nomination.state, Nomination.form, Nomination.round_id, Round.title,
            func.count(),
        )
        .select_from(Task)
        .join(Nomination, Nomination.id == Task.nomination_id)
        .join(Unit, Unit.id == Task.unit_id)
        .join(Round, Round.id == Nomination.round_id)
        .where(Task.unit_id.in_(units), _open_step(), *_free(), _at_a_signature())
        .group_by(Task.unit_id, Unit.name, Nomination.state, Nomination.form, Nomination.round_id, Round.title)
        .order_by(Unit.name, Nomination.state, Nomination.form, Round.title)
    )  # fmt: skip
    return tuple(Group(*row) for row in session.execute(found))


def candidates(session: Session, viewer: Viewer, group: tuple[int, str, str, int]) -> tuple[BundleLineRow, ...]:
    """The files of one group (unit, state, form, round) in the order papers list them."""
    unit_id, state, form, round_id = group
    if unit_id not in composes_at(viewer):
        return ()
    found = (
        _lines(viewer)
        .join(Task, Task.nomination_id == Nomination.id)
        .where(
            Task.unit_id == unit_id,
            _open_step(),
            Nomination.state == state,
            Nomination.form == form,
            Nomination.round_id == round_id,
            *_free(),
            _at_a_signature(),
        )
        .order_by(*in_protocol())
        .limit(MOST_LINES)
    )
    return tuple(BundleLineRow(*row) for row in session.execute(found))


def bundle(session: Session, viewer: Viewer, bundle_id: int) -> BundleRow | None:
    """The paper, or None where it is not there for this viewer."""
    row = session.execute(_bundles().where(Bundle.id == bundle_id, _there(viewer))).one_or_none()
    return None if row is None else BundleRow(*row)


def bundle_by_ref(session: Session, viewer: Viewer, ref: str) -> BundleRow | None:
    """The same by the paper's own reference."""
    row = session.execute(_bundles().where(Bundle.ref == ref, _there(viewer))).one_or_none()
    return None if row is None else BundleRow(*row)


def lines_of(session: Session, viewer: Viewer, bundle_id: int) -> tuple[BundleLineRow, ...]:
    """The lines of a paper as they are now, in their places."""
    found = (
        _lines(viewer, BundleLine.position, BundleLine.decision_id)
        .join(BundleLine, BundleLine.nomination_id == Nomination.id)
        .where(BundleLine.bundle_id == bundle_id)
        .order_by(BundleLine.position)
    )
    return tuple(BundleLineRow(*row) for row in session.execute(found))


def bundles(session: Session, viewer: Viewer, cursor: str | None = None, limit: int = 50) -> Page[BundleRow]:
    """Papers of the viewer's units, and those that came up to them, newest first. Raises BadCursor."""
    limit, after = size(limit), decode(cursor, int)
    found = _bundles().where(_there(viewer), Bundle.dropped_at.is_(None)).order_by(Bundle.id.desc()).limit(limit + 1)
    if after is not None:
        found = found.where(Bundle.id < after[0])
    rows = session.execute(found).all()
    return paged(rows, limit, lambda row: BundleRow(*row), lambda row: (row.id,))


def supplements(session: Session, bundle_id: int) -> tuple[tuple[int, str | None], ...]:
    """The supplementary letters of a letter: number of the row, and the number given."""
    found = select(Bundle.id, Bundle.number).where(Bundle.supplements_id == bundle_id, Bundle.dropped_at.is_(None))
    return tuple((row.id, row.number) for row in session.execute(found.order_by(Bundle.id)))


def composes_at(viewer: Viewer) -> tuple[int, ...]:
    """The units where the viewer may compose a paper."""
    return tuple(sorted({post.unit_id for post in viewer.posts if post.duty in COMPOSERS}))


def in_protocol() -> Sequence[Any]:
    """Collectives, households, individuals; within each by the protocol order of units, then by name."""
    block = case({kind: place for place, kind in enumerate(BLOCKS)}, value=Nomination.subject_kind, else_=len(BLOCKS))
    return block, Unit.protocol_order, Unit.name, Nomination.nominee_folded, Nomination.id


def counts(kinds: Collection[str]) -> dict[str, int]:
    """How many there are of each kind, in the order papers name them."""
    found = list(kinds)
    return {kind: found.count(kind) for kind in BLOCKS if kind in SUBJECT_KINDS}


def _lines(viewer: Viewer, *more: Any) -> Select[Any]:  # noqa: ANN401 - columns
    return (
        select(
            Nomination.code, Nomination.nominee_name, Nomination.subject_kind, Unit.name, Nomination.state,
            Nomination.version, Nomination.workflow_id, is_bare(viewer), *more,
        )
        .select_from(Nomination)
        .join(Unit, Unit.id == Nomination.proposing_unit_id)
    )  # fmt: skip


def _bundles() -> Any:  # noqa: ANN401 - a select of many columns
    composer, signer, recorder = aliased(Person), aliased(Person), aliased(Person)
    counted = select(func.count()).where(BundleLine.bundle_id == Bundle.id).scalar_subquery()
    return (
        select(
            Bundle.id, Bundle.ref, Bundle.unit_id, Unit.name, Bundle.to_unit_id, Bundle.stage, Bundle.form,
            Bundle.round_id, Round.title, Bundle.outcome, Bundle.version, composer.full_name, Bundle.created_at,
            Bundle.dropped_at, signer.full_name, Bundle.signs_as, Bundle.signed_on, Bundle.signed_at,
            recorder.full_name, Bundle.signed_file, Bundle.signed_counts, Bundle.kind_series, Bundle.number,
            Bundle.numbered_on, Bundle.content_sha256, Bundle.supplements_id, counted,
        )
        .select_from(Bundle)
        .join(Unit, Unit.id == Bundle.unit_id)
        .join(Round, Round.id == Bundle.round_id)
        .join(composer, composer.id == Bundle.composed_by)
        .outerjoin(signer, signer.id == Bundle.signer_id)
        .outerjoin(recorder, recorder.id == Bundle.recorder_id)
    )  # fmt: skip


def _there(viewer: Viewer) -> ColumnElement[bool]:
    """A unit's own papers from the first; those that came to it once they bear a number."""
    units = sorted(viewer.units)
    return or_(Bundle.unit_id.in_(units), Bundle.to_unit_id.in_(units) & Bundle.number.is_not(None))


def _open_step() -> ColumnElement[bool]:
    return (Task.kind == "step") & Task.closed_at.is_(None)


def _at_a_signature() -> ColumnElement[bool]:
    """At a signature, or returned to the level whose letter brought it up."""
    came_back = Nomination.state.endswith(RETURNED, autoescape=True) & (Nomination.letter_unit_id == Task.unit_id)
    return Nomination.state.endswith(".signature", autoescape=True) | came_back


def _free() -> tuple[ColumnElement[bool], ...]:
    """In no other paper that is still being composed."""
    held = (
        select(BundleLine.nomination_id)
        .join(Bundle, Bundle.id == BundleLine.bundle_id)
        .where(BundleLine.nomination_id == Nomination.id, Bundle.signed_at.is_(None), Bundle.dropped_at.is_(None))
    )
    return (~held.exists(),)
