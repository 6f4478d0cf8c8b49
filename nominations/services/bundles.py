"""Composing a paper over many files: picked from what waits for a signature, put in order, changed, dropped.

Nothing of a file changes by it: the files go on when the paper is signed (``bundle_acts.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.bundles import Bundle, BundleLine
from nominations.models.nominations import Nomination
from nominations.models.units import Unit
from nominations.models.work import Task
from nominations.queries.bundles import COMPOSERS, MOST_LINES, in_protocol
from nominations.queries.flows import flow, flow_today
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import Message
from nominations.transactions import transactional
from workflows import RETURNED, Actor, Post

STREAM = "bundle:"
LINES = "lines"


@dataclass(frozen=True, slots=True)
class Lineup:
    """The lines of a paper as asked for, and the version of it that was on the screen (none: a new one)."""

    codes: Sequence[str]
    seen: int = 0


@transactional
def compose(session: Session, actor: Actor, clock: Clock, origin: Origin, lineup: Lineup) -> int:
    """Begin a paper over these files; the number of its row.

    They wait for one signature at one unit, are of one form and round, and stand in no other paper that is being
    composed. Raises InvalidInput, NotFound where the actor composes nothing there.
    """
    files = _files(session, lineup.codes)
    first = files[0]
    _alike(files, first)
    post = _post(actor, first.unit_id)
    today = clock.today()
    workflow = flow(session, flow_today(session, first.workflow_id, first.state, today))
    returned = first.state.endswith(RETURNED)
    stage_name = _own_stage(first) if returned else first.state.partition(".")[0]
    stage = workflow.stages.get(stage_name)
    if stage is None:
        raise InvalidInput({LINES: Message("bundle_no_stage")})
    outcome = "resubmit" if returned else "award" if stage.deciding else "send_up"
    goes_to = first.state.partition(".")[0] if returned else stage.next
    row = Bundle(
        unit_id=first.unit_id,
        to_unit_id=None if outcome == "award" or goes_to is None else first.path.get(goes_to),
        stage=stage_name,
        form=first.form,
        round_id=first.round_id,
        outcome=outcome,
        supplements_id=_supplemented(session, files) if returned else None,
        composed_by=actor.person,
        created_at=clock.now(),
        kind_series=stage.series,
    )
    session.add(row)
    session.flush()
    _write_lines(session, row.id, files)
    note(session, clock, _by(origin, post), row, "compose", {"outcome": outcome, "codes": [one.code for one in files]})
    return row.id


@transactional
def recompose(session: Session, actor: Actor, clock: Clock, origin: Origin, bundle_id: int, lineup: Lineup) -> Bundle:
    """Put other lines in a paper that is not signed yet. Raises NotFound, InvalidInput."""
    row = opened(session, bundle_id, lineup.seen)
    post = _post(actor, row.unit_id)
    files = _files(session, lineup.codes, row.id)
    _alike(files, files[0])
    same = files[0].unit_id == row.unit_id and files[0].form == row.form and files[0].round_id == row.round_id
    if not same:
        raise InvalidInput({LINES: Message("bundle_mixed")})
    session.execute(delete(BundleLine).where(BundleLine.bundle_id == row.id))
    _write_lines(session, row.id, files)
    row.version += 1
    session.flush()
    note(session, clock, _by(origin, post), row, "recompose", {"codes": [one.code for one in files]})
    return row


@transactional
def drop(session: Session, actor: Actor, clock: Clock, origin: Origin, bundle_id: int, seen: int) -> Bundle:
    """Give up a paper that is not signed yet; its files stay where they are. Raises NotFound, InvalidInput."""
    row = opened(session, bundle_id, seen)
    post = _post(actor, row.unit_id)
    row.dropped_at = clock.now()
    row.version += 1
    session.flush()
    note(session, clock, _by(origin, post), row, "drop", {})
    return row


def opened(session: Session, bundle_id: int, seen: int) -> Bundle:
    """The paper, locked, still being composed, as it was seen. Raises NotFound, InvalidInput."""
    row = session.scalar(
        select(Bundle).where(Bundle.id == bundle_id).with_for_update().execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound(str(bundle_id))
    if row.signed_at is not None or row.dropped_at is not None:
        raise InvalidInput({LINES: Message("bundle_sealed")})
    if row.version != seen:
        raise InvalidInput({LINES: Message("bundle_stale")})
    return row


def note(session: Session, clock: Clock, origin: Origin, row: Bundle, act: str, said: dict[str, Any]) -> None:
    """An entry on the paper's own stream."""
    record(session, clock.now(), f"{STREAM}{row.ref}", act, origin, {"bundle": row.ref, "version": row.version} | said)


def _by(origin: Origin, post: Post) -> Origin:
    return replace(origin, post=post.ref)


def _post(actor: Actor, unit_id: int) -> Post:
    """The post by which the actor composes at the unit. Raises NotFound where there is none."""
    post = actor.post_at(unit_id, COMPOSERS)
    if post is None:
        raise NotFound(str(unit_id))
    return post


def _files(session: Session, codes: Collection[str], bundle_id: int | None = None) -> list[Row[Any]]:
    """The files by code in the order of the paper, each with its open step. Raises InvalidInput."""
    asked = list(dict.fromkeys(codes))
    if not 0 < len(asked) <= MOST_LINES:
        raise InvalidInput({LINES: Message("out_of_range", {"low": 1, "high": MOST_LINES})})
    found = session.execute(
        select(
            Nomination.id, Nomination.code, Nomination.state, Nomination.form, Nomination.round_id, Nomination.path,
            Nomination.workflow_id, Nomination.revision_id, Nomination.letter_unit_id, Task.unit_id,
        )
        .join(Task, (Task.nomination_id == Nomination.id) & (Task.kind == "step") & Task.closed_at.is_(None))
        .join(Unit, Unit.id == Nomination.proposing_unit_id)
        .where(Nomination.code.in_(asked))
        .order_by(*in_protocol())
    ).all()  # fmt: skip
    if len(found) != len(asked):
        raise InvalidInput({LINES: Message("bundle_unknown_line")})
    held = session.scalars(
        select(Nomination.code)
        .join(BundleLine, BundleLine.nomination_id == Nomination.id)
        .join(Bundle, Bundle.id == BundleLine.bundle_id)
        .where(
            Nomination.code.in_(asked), Bundle.signed_at.is_(None), Bundle.dropped_at.is_(None),
            Bundle.id != (bundle_id or 0),
        )
    ).all()  # fmt: skip
    if held:
        raise InvalidInput({LINES: Message("bundle_elsewhere", {"codes": ", ".join(sorted(held))})})
    return list(found)


def _alike(files: Sequence[Row[Any]], first: Row[Any]) -> None:
    """All at one step of one unit, of one form and round, going to one body."""
    ready = first.state.endswith(".signature") or (
        first.state.endswith(RETURNED) and first.letter_unit_id == first.unit_id
    )
    if not ready:
        raise InvalidInput({LINES: Message("bundle_not_at_signature")})
    alike = {(one.unit_id, one.state, one.form, one.round_id) for one in files}
    if len(alike) > 1:
        raise InvalidInput({LINES: Message("bundle_mixed")})


def _own_stage(file: Row[Any]) -> str:
    """The stage that the unit a file was returned to is on its way."""
    return next((stage for stage, unit in dict(file.path).items() if unit == file.unit_id), "")


def _supplemented(session: Session, files: Sequence[Row[Any]]) -> int | None:
    """The paper that brought these lines up before. Raises InvalidInput where they went up by different ones."""
    found = session.execute(
        select(BundleLine.nomination_id, Bundle.id)
        .join(Bundle, Bundle.id == BundleLine.bundle_id)
        .where(
            BundleLine.nomination_id.in_([one.id for one in files]),
            Bundle.number.is_not(None),
            Bundle.unit_id == files[0].unit_id,
            Bundle.outcome == "send_up",
        )
        .order_by(Bundle.id)
    ).all()
    last = {row.nomination_id: row.id for row in found}
    brought = {last.get(one.id) for one in files}
    if len(brought) > 1:
        raise InvalidInput({LINES: Message("bundle_of_one_letter")})
    return brought.pop()


def _write_lines(session: Session, bundle_id: int, files: Sequence[Row[Any]]) -> None:
    lines = [{"bundle_id": bundle_id, "nomination_id": one.id, "position": place} for place, one in enumerate(files, 1)]
    session.execute(insert(BundleLine), lines)
