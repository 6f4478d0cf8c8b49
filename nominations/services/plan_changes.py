"""Difficulties and proposals to change the plan (V.6), and the decisions of UBND tỉnh that answer them.

A body proposes; the body with the poverty function says what it thinks; the board records the decision. Where the
decision changes criteria, a further version of the whole list begins on its day; files received before keep theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.base import Base
from nominations.models.movements import CriteriaGroup, Criterion
from nominations.models.registers import PROPOSAL_KINDS, PlanChange, PlanProposal
from nominations.queries.actors import Viewer
from nominations.queries.kept import forget
from nominations.queries.plan import Plan, at_the_board, plan
from nominations.queries.reports import poverty_bodies
from nominations.services.action_fields import Field
from nominations.services.errors import Declined, InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import LONG, words
from nominations.services.registers import STREAM, Raw, added, checked, locked, of_a_writer, plain
from nominations.transactions import transactional

PROPOSAL: Mapping[str, Field] = {
    "kind": Field("choice", choices=PROPOSAL_KINDS, required=True),
    "paragraph": Field("line"),
    "text": Field("text", required=True),
}
OPINION: Mapping[str, Field] = {"opinion": Field("text", required=True)}
DECISION: Mapping[str, Field] = {
    "number": Field("line", required=True),
    "dated_on": Field("date", required=True),
    "summary": Field("text", required=True),
    "answer": Field("text", required=True),
    "valid_from": Field("date"),
    "file_sha": Field("sha256"),
    "file_name": Field("line"),
}


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision as typed: its fields, the proposals it answers, the criteria as they read from its day on."""

    fields: Raw
    proposals: Sequence[int]
    criteria: Mapping[str, str]


@transactional
def propose_change(session: Session, viewer: Viewer, clock: Clock, origin: Origin, unit_id: int, raw: Raw) -> Receipt:
    """Tell of a difficulty, or propose to change the plan. Raises NotFound, InvalidInput."""
    found = of_a_writer(session, viewer, clock, unit_id)
    said = checked(session, PROPOSAL, raw, clock.today())
    row = added(session, viewer, clock, PlanProposal(movement_id=found.id, unit_id=unit_id, **said))
    told = {"id": row.id, "unit": unit_id} | plain(said)
    return record(session, clock.now(), STREAM, "propose_change", origin, told)


@transactional
def give_opinion(session: Session, viewer: Viewer, clock: Clock, origin: Origin, number: int, raw: Raw) -> Receipt:
    """Say what the body with the poverty function thinks of a proposal. Raises NotFound, InvalidInput, Declined."""
    row = locked(session, PlanProposal, number)
    bodies = set(poverty_bodies(session, clock.today()))
    if not any(post.unit_id in bodies and post.duty in {"appraiser", "asked_body", "head"} for post in viewer.posts):
        raise NotFound(str(number))
    if row.decided_at is not None:
        raise Declined(Message("proposal_decided"))
    said = checked(session, OPINION, raw, clock.today())
    row.opinion, row.opinion_by = said["opinion"], viewer.person_id
    session.flush()
    return record(session, clock.now(), STREAM, "give_opinion", origin, {"id": row.id} | said)


@transactional
def decide_change(session: Session, viewer: Viewer, clock: Clock, origin: Origin, new: NewDecision) -> Receipt:
    """Record what UBND tỉnh decided on proposals, with the criteria it changed. For the board.

    Raises NotFound, InvalidInput, Declined where a proposal was decided before.
    """
    found = plan(session)
    if found is None or not at_the_board(session, viewer, clock.today()):
        raise NotFound("decision")
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('criteria'))"))
    said = checked(session, DECISION, new.fields, clock.today(), past=("dated_on",), files=("file_sha",))
    rows = _proposals(session, new.proposals)
    changed, last = _changed(session, found, new.criteria)
    valid_from = said.pop("valid_from", None)
    _sound(rows, changed, valid_from, last, said["dated_on"])
    answer = said.pop("answer")
    version = last.version + 1 if changed else None
    change = added(
        session,
        viewer,
        clock,
        PlanChange(movement_id=found.id, criteria_version=version, valid_from=valid_from if changed else None, **said),
    )
    if version is not None and valid_from is not None:
        _next_version(session, found, last.version, version, valid_from, changed, said["number"])
        forget(session)
    for row in rows:
        row.change_id, row.answer, row.decided_at = change.id, answer, clock.now()
    session.flush()
    told = {"id": change.id, "proposals": [row.id for row in rows], "answer": answer, "version": version}
    told |= {"criteria": sorted(changed), "valid_from": valid_from.isoformat() if valid_from else None}
    return record(session, clock.now(), STREAM, "decide_change", origin, told | plain(said))


@dataclass(frozen=True, slots=True)
class _Last:
    """The list of criteria that begins last."""

    version: int
    valid_from: date


def _proposals(session: Session, numbers: Sequence[int]) -> list[PlanProposal]:
    rows = session.scalars(
        select(PlanProposal).where(PlanProposal.id.in_(numbers)).order_by(PlanProposal.id).with_for_update()
    ).all()
    if not numbers or len(rows) != len(set(numbers)):
        raise InvalidInput({"proposals": REQUIRED})
    if any(row.decided_at is not None for row in rows):
        raise Declined(Message("proposal_decided"))
    return list(rows)


def _changed(session: Session, found: Plan, typed: Mapping[str, str]) -> tuple[dict[str, str], _Last]:
    """The criteria whose words are other than those of the last version. Raises InvalidInput."""
    version = session.scalar(select(func.max(Criterion.version)).where(Criterion.movement_id == found.id)) or 0
    rows = session.execute(
        select(Criterion.code, Criterion.text, Criterion.valid_from).where(
            Criterion.movement_id == found.id, Criterion.version == version
        )
    ).all()
    changed: dict[str, str] = {}
    errors: dict[str, Message] = {}
    for row in rows:
        if row.code not in typed:
            continue
        said = words(typed[row.code], LONG)
        if isinstance(said, Message):
            errors[f"criterion-{row.code}"] = said
        elif " ".join(said.split()) != " ".join(row.text.split()):
            changed[row.code] = said
    if errors:
        raise InvalidInput(errors)
    return changed, _Last(version, max((row.valid_from for row in rows), default=date.min))


def _sound(
    rows: Sequence[PlanProposal], changed: Mapping[str, str], valid_from: date | None, last: _Last, dated_on: date
) -> None:
    """A change of criteria begins on a day of its own, no earlier than its decision and the version before it."""
    errors: dict[str, Message] = {}
    if changed and valid_from is None:
        errors["valid_from"] = REQUIRED
    if valid_from is not None and not changed:
        errors["valid_from"] = Message("nothing_changed")
    if changed and valid_from is not None and not max(dated_on, last.valid_from) <= valid_from:
        errors["valid_from"] = Message("version_too_early")
    if any(row.added_at.date() > dated_on for row in rows):
        errors["dated_on"] = Message("decided_before_proposed")
    if errors:
        raise InvalidInput(errors)


def _next_version(
    session: Session,
    found: Plan,
    before: int,
    version: int,
    valid_from: date,
    changed: Mapping[str, str],
    number: str,
) -> None:
    """The whole list again under the next number, the changed criteria in their new words with their decision."""
    source = f"QĐ {number} [practice]"
    for table, key in ((CriteriaGroup.__tablename__, "group_no"), (Criterion.__tablename__, "code")):
        columns = Base.metadata.tables[table]
        rows = session.execute(
            select(columns).where(columns.c.movement_id == found.id, columns.c.version == before).order_by(columns.c.id)
        ).mappings()
        copies: list[dict[str, Any]] = []
        for row in rows:
            copy = {name: value for name, value in row.items() if name != "id"} | {"version": version}
            if key == "code":
                copy["valid_from"] = valid_from
                if row["code"] in changed:
                    copy |= {"text": changed[row["code"]], "source": source}
            copies.append(copy)
        session.execute(insert(columns), copies)
