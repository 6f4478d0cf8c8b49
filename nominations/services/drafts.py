"""A new nomination: the nominee found or entered, the draft's row, its first entry."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock, working_day
from nominations.models.nominations import Nomination
from nominations.models.nominees import Nominee
from nominations.queries.drafting import round_for
from nominations.queries.duplicates import live_file
from nominations.queries.flows import active_flow_id, flow
from nominations.queries.routes import Proposer, proposer, route
from nominations.services.errors import InvalidInput
from nominations.services.log import Origin, Receipt, entry_parts, log_origin
from nominations.services.messages import Message
from nominations.services.nominees import Draft, checked_draft, first_content, nominee_for
from nominations.services.replays import Asked, checked_key, earlier_entry, earlier_receipt
from nominations.services.settled import settled
from nominations.services.statements import Part, insert_row, write
from nominations.transactions import transactional
from workflows import DRAFT, Actor
from workflows.flows import ruleset_on, tiers_on
from workflows.ledger import Act, Head, Sealed, canonical_content, commitment

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Created:
    """The new file's code, its version, and the receipt of its first entry."""

    code: str
    version: int
    receipt: Receipt


class Place(NamedTuple):
    """Where drafts are opened: the proposing unit, the round, the flow, and the post by which somebody files."""

    unit: Proposer
    round_id: int
    workflow_id: int
    post: str | None


class Opened(NamedTuple):
    """A fresh draft before it is written: the nomination's row, its entry's rows, the receipt of that entry."""

    values: dict[str, Any]
    parts: list[Part]
    receipt: Receipt


@settled
@transactional
def create(session: Session, actor: Actor, clock: Clock, origin: Origin, draft: Draft) -> Created:
    """Open a draft. Raises InvalidInput with a message for each field that cannot be used.

    The same ``origin.request_key`` gives the same nomination again; with another draft it is refused.
    """
    now, today = clock.now(), clock.today()
    checked_key(origin.request_key)
    draft = checked_draft(draft)
    earlier = earlier_entry(session, origin.actor, origin.request_key)
    if earlier is not None:
        return _same_again(session, earlier, draft)
    unit = proposing_unit(session, actor, draft.proposing_unit_id, today)
    round_id = _fitting_round(session, draft)
    nominee = nominee_for(session, draft, now, unit, today)
    workflow_id = flow_for(session, unit, draft.form, nominee.unit_id, today)
    _refuse_duplicate(session, nominee, round_id, draft)
    working = first_content(session, nominee, draft)
    place = Place(unit, round_id, workflow_id, post_ref(actor, unit))
    said = {"input": {"round": draft.round_code, "form": draft.form}, "request": _fingerprint(draft)}
    made = opened(session, actor, now, origin, draft, place, nominee, working, said)
    nomination_id = insert_row(session, "nominations", made.values)
    write(session, [*made.parts, reached(nomination_id, unit.id, now)])
    return Created(made.receipt.stream, 1, made.receipt)


def opened(
    session: Session,
    actor: Actor,
    now: datetime,
    origin: Origin,
    draft: Draft,
    place: Place,
    nominee: Nominee,
    working: Mapping[str, Any],
    said: Mapping[str, Any],
) -> Opened:
    """A fresh draft as rows: its nomination, and its first entry with what was ``said``; nothing is written here."""
    code = new_code(working_day(now))
    salt = secrets.token_bytes(32)
    act = Act(
        log=log_origin(session),
        act="create",
        actor=origin.actor,
        post=place.post,
        auth=origin.auth,
        nomination=code,
        to_state=DRAFT,
        ver=1,
        wf=flow(session, place.workflow_id).sha256,
        snap=commitment(salt, canonical_content(working)),
        req=origin.request_id,
    )
    sealed, entry = entry_parts(Head(), now, act, said, origin.request_key)
    values = _place(draft, place) | _named(nominee) | _head(sealed)
    values |= {"code": code, "working": working, "snap_salt": salt, "snap": act.snap}
    values |= {"created_by": actor.person, "created_at": now, "updated_at": now}
    return Opened(values, entry, Receipt(code, sealed.head.cseq, sealed.hash, sealed.head.at))


def reached(nomination_id: int, unit_id: int, now: datetime) -> Part:
    """That a file is in the scope of the unit that proposes it."""
    return Part("nomination_reach", {"nomination_id": nomination_id, "unit_id": unit_id, "reached_at": now})


def _place(draft: Draft, place: Place) -> dict[str, Any]:
    """Where a fresh draft stands: before any stage, its route not yet taken."""
    return {
        "round_id": place.round_id,
        "form": draft.form,
        "subject_kind": draft.subject_kind,
        "subject_group": draft.subject_group,
        "proposing_unit_id": place.unit.id,
        "entry_stage": "",
        "state": DRAFT,
        "version": 1,
        "revision_no": 0,
        "workflow_id": place.workflow_id,
        "path": {},
        "reconfirm": [],
        "return_counts": {},
    }


def _named(nominee: Nominee) -> dict[str, Any]:
    """The nominee's name beside the file, for lists and search."""
    return {"nominee_id": nominee.id, "nominee_name": nominee.name, "nominee_folded": nominee.name_folded}


def _head(sealed: Sealed) -> dict[str, Any]:
    """The head of the file's chain after its first entry."""
    return {"chain_seq": sealed.head.cseq, "chain_head": sealed.hash, "chain_at": sealed.head.at}


def proposing_unit(session: Session, actor: Actor, unit_id: int, today: date) -> Proposer:
    """The unit somebody files for on that day. Raises InvalidInput."""
    if actor.post_at(unit_id, ("nominator",)) is None:
        raise InvalidInput({"proposing_unit": Message("not_your_unit")})
    unit = proposer(session, unit_id, today)
    if unit is None:
        raise InvalidInput({"proposing_unit": Message("unknown_unit")})
    return unit


def round_of(session: Session, code: str, form: str) -> int:
    """The round of that code, which takes the form. Raises InvalidInput."""
    return _round(session, code, form, "")[0]


def _fitting_round(session: Session, draft: Draft) -> int:
    """The round, which takes this form, and whose movement has the group for this kind of nominee."""
    round_id, kinds = _round(session, draft.round_code, draft.form, draft.subject_group)
    if draft.subject_kind not in kinds:
        raise InvalidInput({"subject_group": Message("wrong_group")})
    return round_id


def _round(session: Session, code: str, form: str, group: str) -> tuple[int, list[str]]:
    found = round_for(session, code, form, group)
    if found is None:
        raise InvalidInput({"round": Message("unknown_round")})
    round_id, taken, kinds = found
    if taken is None:
        raise InvalidInput({"form": Message("unknown_form")})
    return round_id, kinds


def flow_for(session: Session, unit: Proposer, form: str, nominee_unit: int | None, today: date) -> int:
    """The flow in force for the form, by which it can start at the unit. Raises InvalidInput."""
    found = active_flow_id(session, form, ruleset_on(today), tiers_on(today))
    if found is None:
        raise InvalidInput({"form": Message("no_flow")})
    if route(session, flow(session, found), unit, nominee_unit, today) is None:
        raise InvalidInput({"form": Message("no_route")})
    return found


def _refuse_duplicate(session: Session, nominee: Nominee, round_id: int, draft: Draft) -> None:
    code = live_file(session, nominee.id, round_id, draft.form)
    if code is not None:
        raise InvalidInput({"nominee": Message("duplicate_in_round", {"code": code})})


def new_code(today: date) -> str:
    """A file's code: the year and eight letters and digits that say nothing and are hard to mistake."""
    return f"HS{today.year % 100}-" + "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))


def post_ref(actor: Actor, unit: Proposer) -> str | None:
    """The post by which somebody files for the unit."""
    post = actor.post_at(unit.id, ("nominator",))
    return post.ref if post is not None else None


def _fingerprint(draft: Draft) -> str:
    said: Mapping[str, Any] = {name: getattr(draft, name) for name in draft.__slots__}
    return hashlib.sha256(canonical_content(said)).hexdigest()


def _same_again(session: Session, earlier: tuple[str, int], draft: Draft) -> Created:
    """The answer of the first request, if this one asks for the same."""
    code = earlier[0]
    receipt = earlier_receipt(session, *earlier, Asked("create", code, _fingerprint(draft)))
    version = session.execute(select(Nomination.version).where(Nomination.code == code)).scalar_one()
    return Created(code, version, receipt)
