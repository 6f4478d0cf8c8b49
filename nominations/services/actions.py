"""One click: lock the file, read it again, ask the rules, and write what they accept.

The page, the API and the command line all come through ``act``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.queries.case_facts import CaseRow, case_row
from nominations.queries.prepared import Prepared, in_scope, is_asked, prepare
from nominations.queries.signers import signer
from nominations.services.action_fields import FIELDS
from nominations.services.apply import Applied, Moment, apply
from nominations.services.ballots import cast, told
from nominations.services.batch import Batch
from nominations.services.effects import Ground, work_out
from nominations.services.effects.ground import fingerprint
from nominations.services.errors import NotFound
from nominations.services.log import Origin
from nominations.services.payloads import day, line, parse, whole_number
from nominations.services.replays import Asked, checked_key, earlier_receipt
from nominations.services.settled import settled
from nominations.transactions import transactional
from workflows import Accepted, Act, Actor, Refused, Workflow, decide

REPLY = "reply_opinion"
"""What a body that was asked may do to a file that is otherwise not there for it."""


@dataclass(frozen=True, slots=True)
class Request:
    """One act as asked for: file, action, the version on the asker's screen, payload, where it came from."""

    code: str
    action: str
    seen: int
    payload: Mapping[str, Any]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Denied:
    """A rule said no; nothing has changed. ``workflow`` has the names for its sentence."""

    refused: Refused
    workflow: Workflow
    state: str
    version: int


Outcome = Applied | Denied


@settled
@transactional
def act(session: Session, actor: Actor, clock: Clock, request: Request) -> Outcome:
    """Do one action to one file, or say why not.

    Raises NotFound for an unknown action or a file the actor may not know of, InvalidInput for a payload that cannot
    be used. The same ``origin.request_key`` with the same payload answers as it did the first time.
    """
    if request.action not in FIELDS:
        raise NotFound(request.action)
    now = clock.now()
    today = clock.today()
    row = locked(session, actor, request, today)
    if row.replayed:
        said = parse(request.action, request.payload)
        said = dict(told(row, said)) if request.action == "ballot" else said
        return replayed(session, row, Asked(request.action, row.code, fingerprint(said)))
    ready = prepare(session, row, request.action, request.payload, today, locking=True)
    row = ready.row
    asked = asked_of(session, row, request, today)
    decision = decision_on(ready, actor, asked, today)
    if isinstance(decision, Denied):
        return decision
    payload = parse(request.action, request.payload)
    moment = Moment(now, today, actor.person, request.origin, request.seen)
    ground = Ground(
        session, moment, row, ready.workflow, ready.workflow_id, ready.case, decision, payload, asked.signer,
        Batch(session),
    )  # fmt: skip
    if request.action == "ballot":
        return cast(ground)
    return apply(session, moment, row, ready.workflow, ready.case, decision, work_out(ground))


def locked(session: Session, actor: Actor, request: Request, today: date) -> CaseRow:
    """The file's row, locked for this transaction. Raises NotFound where the actor may not know of it."""
    checked_key(request.origin.request_key)
    if not request.code.isprintable():
        raise NotFound(request.code)
    row = case_row(session, request.code, today, lock=True, actor=actor.ref, request_key=request.origin.request_key)
    answers = row is not None and request.action == REPLY and is_asked(actor, row)
    if row is None or not (in_scope(actor, row) or answers):
        raise NotFound(request.code)
    return row


def decision_on(ready: Prepared, actor: Actor, asked: Act, today: date) -> Accepted | Denied:
    """What the rules say; a refusal comes before any complaint about a field."""
    decision = decide(ready.workflow, ready.case, actor, asked, today)
    if isinstance(decision, Refused):
        return Denied(decision, ready.workflow, ready.row.state, ready.row.version)
    return decision


def asked_of(session: Session, row: CaseRow, request: Request, today: date) -> Act:
    """The act as the rules are asked about it."""
    payload = request.payload
    username = line(payload.get("signer"))
    sections = payload.get("sections") or ()
    return Act(
        action=request.action,
        seen=request.seen,
        outcome=_text(payload, "outcome"),
        advice=_text(payload, "advice"),
        mode=_text(payload, "mode"),
        sections=tuple(s for s in sections if isinstance(s, str)) if isinstance(sections, list | tuple) else (),
        reason_code=_text(payload, "reason_code"),
        request=_number(payload, "request"),
        signer=signer(session, row, username, _signed_on(payload, today), today) if isinstance(username, str) else None,
    )


def _signed_on(payload: Mapping[str, Any], today: date) -> date:
    """The day a paper was signed outside; one that cannot be is left to the check of the payload."""
    named = day(payload.get("signed_on"))
    return min(named, today) if isinstance(named, date) else today


def _text(payload: Mapping[str, Any], field: str) -> str | None:
    """What the rules may look at before the payload is checked: text, or nothing."""
    value = payload.get(field)
    return value if isinstance(value, str) else None


def _number(payload: Mapping[str, Any], field: str) -> int | None:
    found = whole_number(payload.get(field, ""), 6)
    return found if isinstance(found, int) else None


def replayed(session: Session, row: CaseRow, asked: Asked) -> Applied:
    """What the first request with this key was answered; another payload under the same key is refused."""
    stream, cseq = row.replayed
    return Applied(row.code, row.state, row.version, earlier_receipt(session, stream, cseq, asked), None)
