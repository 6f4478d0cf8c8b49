"""The Front's supervision: the units and files in a supervisor's area, and the remarks somebody reads.

A supervisor's area is the tree of their posts, as for reading files. Remarks are read by who made them and others of
their body, by the unit they are about, by the board and by auditors.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from nominations.models.movements import Round
from nominations.models.nominations import Nomination
from nominations.models.nominees import Nominee
from nominations.models.people import Person
from nominations.models.registers import SupervisionRemark
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.reports import reach
from nominations.queries.visibility import is_bare

ANSWERS = ("appraiser", "secretary", "head", "deputy")
MOST = 500


@dataclass(frozen=True, slots=True)
class About:
    """What a remark would be about, and from which of the supervisor's units."""

    from_unit: int
    round_id: int
    nomination_id: int | None
    own_nominee: bool


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark with its answer; the file's code only where the reader may read the file."""

    id: int
    from_unit: str
    about_unit_id: int
    about_unit: str
    round_title: str
    code: str | None
    text: str
    made_by: str
    made_by_id: int
    made_at: datetime
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


def answers_for(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer answers remarks for a unit."""
    return any(post.unit_id == unit_id and post.duty in ANSWERS for post in viewer.posts)


def about(session: Session, viewer: Viewer, unit_id: int, round_code: str, code: str | None) -> About | None:
    """What a remark of this supervisor would be about; None for a unit, round or file that is not in their area."""
    unit = session.execute(select(Unit.path).where(Unit.id == unit_id)).one_or_none()
    round_id = session.scalar(select(Round.id).where(Round.code == round_code))
    mine = next(
        (post for post in viewer.posts if post.duty == "supervisor" and _over(viewer, post.unit_path, unit)), None
    )
    if unit is None or round_id is None or mine is None:
        return None
    if code is None:
        return About(mine.unit_id, round_id, None, own_nominee=False)
    file = session.execute(
        select(Nomination.id, Nomination.path, Nomination.proposing_unit_id, Nominee.unit_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .where(Nomination.code == code, Nomination.round_id == round_id, Nomination.state != "draft")
    ).one_or_none()
    if file is None or unit_id not in {file.proposing_unit_id, *file.path.values()}:
        return None
    own = {post.unit_id for post in viewer.posts}
    bare = session.scalar(select(is_bare(viewer)).where(Nomination.id == file.id))
    return About(mine.unit_id, round_id, file.id, bool(bare) or file.unit_id in own or file.proposing_unit_id in own)


def areas(session: Session, viewer: Viewer, today: date) -> tuple[tuple[int, str], ...]:
    """The units a supervisor may remark on today: those under theirs that hold a council, with their names."""
    if not viewer.supervises:
        return ()
    rows = session.execute(
        select(Unit.id, Unit.name)
        .where(
            or_(*(Unit.path.startswith(path, autoescape=True) for path in viewer.supervises)),
            Unit.level.in_(("province", "district", "commune")),
            Unit.valid_from <= today,
            or_(Unit.valid_to.is_(None), Unit.valid_to >= today),
        )
        .order_by(Unit.path)
    )
    return tuple((row.id, row.name) for row in rows)


def remarks(session: Session, viewer: Viewer, today: date) -> tuple[RemarkLine, ...]:
    """The remarks the viewer reads, open ones first."""
    r, made, answered, about_unit = SupervisionRemark, aliased(Person), aliased(Person), aliased(Unit)
    rows = session.execute(
        select(
            r.id,
            Unit.name,
            r.about_unit_id,
            about_unit.name,
            Round.title,
            Nomination.code,
            r.text,
            made.full_name,
            r.made_by,
            r.made_at,
            r.answer,
            answered.full_name,
            r.answered_at,
        )
        .join(Unit, Unit.id == r.unit_id)
        .join(about_unit, about_unit.id == r.about_unit_id)
        .join(Round, Round.id == r.round_id)
        .join(made, made.id == r.made_by)
        .outerjoin(answered, answered.id == r.answered_by)
        .outerjoin(Nomination, Nomination.id == r.nomination_id)
        .where(*_read_by(session, viewer, today))
        .order_by(r.answered_at.is_not(None), r.id.desc())
        .limit(MOST)
    )
    return tuple(RemarkLine(*list(row)) for row in rows)


def _read_by(session: Session, viewer: Viewer, today: date) -> tuple[ColumnElement[bool], ...]:
    """Remarks of one's own body or about it; all for the board and auditors; none on a file one is in conflict with."""
    r = SupervisionRemark
    free = or_(r.nomination_id.is_(None), ~is_bare(viewer))
    if reach(session, viewer, today).everything:
        return (free,)
    own = sorted({post.unit_id for post in viewer.posts if post.duty not in {"admin", "nominator"}})
    return (free, or_(r.unit_id.in_(own), r.about_unit_id.in_(own)))


def _over(viewer: Viewer, path: str, unit: object) -> bool:
    """Whether a unit lies in the tree of a supervisor's post, or of what its unit took over."""
    below = "" if unit is None else str(unit[0])  # type: ignore[index]
    return bool(below) and (below.startswith(path) or any(below.startswith(one) for one in viewer.supervises))
