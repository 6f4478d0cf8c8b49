"""The accounts of a nominee, its own, of members and of representatives, named by an act of the file.

Conflicts of interest rest on these links. They are the nominee's, so they count in every file of it: where a link
leaves nobody free to take an open step, the step changes hands at once, as after a declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.nominations import Nomination
from nominations.models.nominees import NomineePerson
from nominations.models.people import Person
from nominations.queries.case_facts import CaseRow
from nominations.queries.prepared import Prepared, prepare
from nominations.services.actions import Denied, Outcome, Request, locked, replayed
from nominations.services.apply import Change, Moment, apply
from nominations.services.conflicts import lock_waiting, pass_on
from nominations.services.effects.ground import fingerprint
from nominations.services.errors import InvalidInput
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import LONG, line, words
from nominations.services.replays import Asked
from nominations.services.settled import settled
from nominations.services.statements import Part
from nominations.transactions import transactional
from workflows import DRAFT, RETURNED, Accepted, Act, Actor, Refused
from workflows.naming import NAME, ROLES, STRIKE, may_name, named

SECTION = "nominee"


@dataclass(frozen=True, slots=True)
class Naming:
    """An account by its user name, and what its holder is to the nominee; to strike one, why instead of a role."""

    username: str | None
    role: str | None = None
    reasons: str | None = None


class _Found(NamedTuple):
    """The account: its row and its random reference."""

    id: int
    ref: str


@settled
@transactional
def name_person(session: Session, actor: Actor, clock: Clock, request: Request, naming: Naming) -> Outcome:
    """Name an account as the nominee's in the file of ``request``. Raises NotFound, InvalidInput."""
    lock_waiting(session, request.code, clock.today())
    request = replace(request, action=NAME)
    row = locked(session, actor, request, clock.today())
    said = {"person": str(naming.username), "role": str(naming.role)}
    if row.replayed:
        return replayed(session, row, Asked(NAME, row.code, fingerprint(said)))
    ready, answer = _answer(session, actor, clock, request, row)
    if isinstance(answer, Refused):
        return Denied(answer, ready.workflow, row.state, row.version)
    role = _role(row, naming.role)
    person = _account(session, naming.username)
    _not_there(row, person, role)
    answer = named(ready.case, answer, person.id, role)
    if isinstance(answer, Refused):
        return Denied(answer, ready.workflow, row.state, row.version)
    link = {"nominee_id": row.nominee_id, "person_id": person.id, "role": role}
    payload = {"person": person.ref, "role": role, "request": fingerprint(said)}
    done = _written(session, actor, clock, request, ready, answer, payload, [Part("nominee_persons", link)])
    pass_on(session, row.nominee_id, clock.now(), clock.today())
    return done


@settled
@transactional
def strike_person(session: Session, actor: Actor, clock: Clock, request: Request, naming: Naming) -> Outcome:
    """Take back an account named by mistake; the entry keeps who it was and why. Raises NotFound, InvalidInput.

    Whoever drafts may while no file of the nominee has been submitted: from then on conflicts rest on the link, and
    only the specialist who takes a file in or checks it, being in no conflict, may take it back.
    """
    lock_waiting(session, request.code, clock.today())
    request = replace(request, action=STRIKE)
    row = locked(session, actor, request, clock.today())
    said = {"person": str(naming.username), "reasons": str(naming.reasons)}
    if row.replayed:
        return replayed(session, row, Asked(STRIKE, row.code, fingerprint(said)))
    ready, answer = _answer(session, actor, clock, request, row)
    if isinstance(answer, Refused):
        return Denied(answer, ready.workflow, row.state, row.version)
    why = words(naming.reasons, LONG) if naming.reasons else REQUIRED
    if isinstance(why, Message):
        raise InvalidInput({"reasons": why})
    person = _account(session, naming.username)
    if person.id not in {there for there, _role in row.persons}:
        raise InvalidInput({"person": Message("not_named")})
    if _drafts(row) and _submitted(session, row.nominee_id):
        raise InvalidInput({"person": Message("named_in_review")})
    payload = {"person": person.ref, "reasons": why, "request": fingerprint(said)}
    done = _written(session, actor, clock, request, ready, answer, payload, [])
    session.execute(
        delete(NomineePerson).where(NomineePerson.nominee_id == row.nominee_id, NomineePerson.person_id == person.id)
    )
    pass_on(session, row.nominee_id, clock.now(), clock.today())
    return done


def _answer(
    session: Session, actor: Actor, clock: Clock, request: Request, row: CaseRow
) -> tuple[Prepared, Accepted | Refused]:
    """The file made ready, and the rules' word on naming; a returned file has to have the section open."""
    ready = prepare(session, row, "save", {}, clock.today())
    answer = may_name(ready.workflow, ready.case, actor, Act(request.action, seen=request.seen), clock.today())
    if not isinstance(answer, Refused) and row.state.endswith(RETURNED) and SECTION not in (row.sections_open or ()):
        raise InvalidInput({"person": Message("closed_section")})
    return ready, answer


def _role(row: CaseRow, role: str | None) -> str:
    fitting = ROLES[row.subject_kind]
    if role not in fitting:
        raise InvalidInput({"role": Message("not_choice", {"choices": ", ".join(fitting)}) if role else REQUIRED})
    return role


def _account(session: Session, username: str | None) -> _Found:
    said = line(username) if username else REQUIRED
    if isinstance(said, Message):
        raise InvalidInput({"person": said})
    found = session.execute(
        select(Person.id, Person.ref).where(Person.username == said.lower(), Person.active)
    ).one_or_none()
    if found is None:
        raise InvalidInput({"person": Message("unknown_person")})
    return _Found(found.id, found.ref)


def _not_there(row: CaseRow, person: _Found, role: str) -> None:
    if person.id in {there for there, _role in row.persons}:
        raise InvalidInput({"person": Message("already_named")})
    if role == "self" and "self" in {has for _person, has in row.persons}:
        raise InvalidInput({"role": Message("self_named")})


def _drafts(row: CaseRow) -> bool:
    return row.state == DRAFT or row.state.endswith(RETURNED)


def _submitted(session: Session, nominee_id: int) -> bool:
    """Whether a file of the nominee has ever left its draft and is not over."""
    live = select(Nomination.id).where(Nomination.nominee_id == nominee_id, Nomination.entry_stage != "")
    return session.scalar(live.limit(1)) is not None


def _written(
    session: Session,
    actor: Actor,
    clock: Clock,
    request: Request,
    ready: Prepared,
    accepted: Accepted,
    payload: Mapping[str, Any],
    parts: list[Part],
) -> Outcome:
    change = Change(parts=parts, payload=dict(payload), workflow_id=ready.workflow_id)
    moment = Moment(clock.now(), clock.today(), actor.person, request.origin, request.seen)
    return apply(session, moment, ready.row, ready.workflow, ready.case, accepted, change)
