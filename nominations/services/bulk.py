"""One action on many files: each is weighed by itself, what passes is written set by set, the rest is told why.

The page, the API and whoever acts on a list come through ``act_many``; ``weigh_many`` is the same without the writing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.queries.case_facts import KEY_JOINS, CaseRow, case_rows
from nominations.queries.prepared import in_scope, prepare
from nominations.queries.quotas import QuotaSheet
from nominations.services.action_fields import FIELDS
from nominations.services.actions import Denied, Request, act, asked_of, decision_on, replayed
from nominations.services.apply import Applied, Moment, Writing, apply_many, writing
from nominations.services.batch import Batch, Together
from nominations.services.effects import Ground, work_out
from nominations.services.effects.ground import fingerprint
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.messages import Message
from nominations.services.payloads import parse
from nominations.services.replays import Asked, checked_key, reused
from nominations.services.settled import settled
from nominations.transactions import transactional
from workflows import Actor, Refused

CHUNK = 100  # files in one transaction
MOST = 1000  # files in one call
LONGEST_KEY = 150  # characters: each file's own key is made of it
ALONE = frozenset({"save", "submit", "ballot", "reply_opinion"})
"""Each looks at what the one before it has written, has a text of its own, or is of a file not otherwise there."""


@dataclass(frozen=True, slots=True)
class Line:
    """One file of many: its code and the version on the asker's screen."""

    code: str
    seen: int


@dataclass(frozen=True, slots=True)
class ManyRequest:
    """One action asked for on many files, with one payload.

    ``under`` is the paper over all of them that they are signed or numbered by, if there is one.
    ``origin.request_key`` is the whole request's; sent again with the same lines, what was done is not done twice.
    """

    action: str
    lines: Sequence[Line]
    payload: Mapping[str, Any]
    origin: Origin
    under: Together | None = None


@dataclass(frozen=True, slots=True)
class Passes:
    """The rules and the payload let the act through; ``warnings`` is what they say all the same."""

    state: str
    to_state: str
    warnings: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Unusable:
    """What was typed cannot be used for this file: a message for each field. Nothing of it has changed."""

    errors: Mapping[str, Message]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No such file, or not for this viewer: the two look the same."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one line."""

    code: str
    outcome: Applied | Denied | Unusable | Unknown


@dataclass(frozen=True, slots=True)
class Weighed:
    """What would come of one line."""

    code: str
    outcome: Passes | Denied | Unusable | Unknown


def act_many(session: Session, actor: Actor, clock: Clock, asked: ManyRequest) -> tuple[Result, ...]:
    """Do one action on many files, a hundred to a transaction; the answers in the order asked, each file once.

    What its version or a guard refuses is told with its reason, and the rest goes through. Raises NotFound for an
    unknown action, InvalidInput for a payload that no file could take or too many lines; then nothing has changed.
    """
    lines = _checked(asked)
    if asked.action in ALONE:
        return tuple(_alone(session, actor, clock, asked, line) for line in lines)
    parse(asked.action, asked.payload)
    return tuple(
        result
        for start in range(0, len(lines), CHUNK)
        for result in act_together(session, actor, clock, asked, lines[start : start + CHUNK])
    )


@settled
@transactional
def act_together(
    session: Session, actor: Actor, clock: Clock, asked: ManyRequest, lines: Sequence[Line]
) -> list[Result]:
    """The same as one transaction: all that pass, or, on a fault of the database, none."""
    weighing = _Weighing(session, actor, clock, asked, lines)
    outcomes = [(line.code, weighing.of(line)) for line in lines]
    apply_many(session, [found for _code, found in outcomes if isinstance(found, Writing)])
    return [Result(code, found.applied if isinstance(found, Writing) else _settled(found)) for code, found in outcomes]


def weigh_many(session: Session, actor: Actor, clock: Clock, asked: ManyRequest) -> tuple[Weighed, ...]:
    """What ``act_many`` would answer to each line, one after the other, with nothing locked and nothing written.

    A payload that is not whole yet is left out: then only the rules are asked. Raises NotFound, InvalidInput as it.
    """
    lines = _checked(asked)
    weighing = _Weighing(session, actor, clock, asked, lines, dry=True)
    return tuple(Weighed(line.code, _foreseen(weighing.of(line))) for line in lines)


def passing_codes(session: Session, actor: Actor, clock: Clock, asked: ManyRequest) -> set[str]:
    """Which of the files the rules let the act through on, whatever is still to be worked out of each."""
    weighing = _Weighing(session, actor, clock, asked, asked.lines, dry=True)
    weighing.payload = None
    return {line.code for line in asked.lines if isinstance(weighing.of(line), Passes)}


Found = Writing | Applied | Denied | Passes | Unusable | Unknown


class _Weighing:
    """The files of one transaction, read together, weighed one after the other."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        clock: Clock,
        asked: ManyRequest,
        lines: Sequence[Line],
        *,
        dry: bool = False,
    ) -> None:
        self.session, self.actor, self.asked, self.dry = session, actor, asked, dry
        self.now: datetime = clock.now()
        self.today: date = clock.today()
        codes = [line.code for line in lines]
        key = asked.origin.request_key
        self.rows = case_rows(session, codes, self.today, lock=not dry, actor=actor.ref, request_key=key)
        self.batch = Batch(session, max(2, len(lines)), dry=dry, under=asked.under)
        self.sheet = QuotaSheet(session, self.rows.values(), self.batch.counters, locking=not dry)
        self.payload = _whole(asked) if dry else parse(asked.action, asked.payload)

    def of(self, line: Line) -> Found:
        """What comes of one line; what it counted before it turned out unusable is not counted."""
        row = self.rows.get(line.code)
        if row is None or not in_scope(self.actor, row):
            return Unknown()
        before = dict(self.batch.counters)
        try:
            return self._weigh(row, line)
        except InvalidInput as wrong:
            self.batch.counters.clear()
            self.batch.counters.update(before)
            return Unusable(wrong.errors)

    def _weigh(self, row: CaseRow, line: Line) -> Found:
        action, payload = self.asked.action, self.payload
        if row.replayed and payload is not None:
            return replayed(self.session, row, Asked(action, row.code, fingerprint(payload)))
        request = _one(self.asked, line)
        ready = prepare(self.session, row, action, request.payload, self.today, locking=not self.dry, sheet=self.sheet)
        asked = asked_of(self.session, row, request, self.today)
        decision = decision_on(ready, self.actor, asked, self.today)
        if isinstance(decision, Denied):
            return decision
        passes = Passes(row.state, decision.to_state, decision.warnings)
        if payload is None or (self.dry and action in ALONE):
            return passes
        moment = Moment(self.now, self.today, self.actor.person, request.origin, line.seen)
        ground = Ground(
            self.session, moment, row, ready.workflow, ready.workflow_id, ready.case, decision, payload, asked.signer,
            self.batch,
        )  # fmt: skip
        change = work_out(ground)
        return passes if self.dry else writing(self.session, moment, row, ready.workflow, ready.case, decision, change)


def _alone(session: Session, actor: Actor, clock: Clock, asked: ManyRequest, line: Line) -> Result:
    try:
        return Result(line.code, act(session, actor, clock, _one(asked, line)))
    except InvalidInput as wrong:
        return Result(line.code, Unusable(wrong.errors))
    except NotFound:
        return Result(line.code, Unknown())


def _one(asked: ManyRequest, line: Line) -> Request:
    """The request for one of the files, under a key of its own."""
    key = asked.origin.request_key
    origin = replace(asked.origin, request_key=f"{key}{KEY_JOINS}{line.code}") if key else asked.origin
    return Request(line.code, asked.action, line.seen, asked.payload, origin)


def _checked(asked: ManyRequest) -> tuple[Line, ...]:
    """The lines, each file once. Raises NotFound, InvalidInput."""
    if asked.action not in FIELDS:
        raise NotFound(asked.action)
    key = asked.origin.request_key
    checked_key(key)
    if key is not None and (len(key) > LONGEST_KEY or KEY_JOINS in key):
        raise reused("key_form")
    lines = tuple({line.code: line for line in asked.lines if line.code.isprintable()}.values())
    if not 0 < len(lines) <= MOST:
        raise InvalidInput({"lines": Message("out_of_range", {"low": 1, "high": MOST})})
    return lines


def _whole(asked: ManyRequest) -> dict[str, Any] | None:
    """The checked payload, or None while something is still missing from it."""
    try:
        return parse(asked.action, asked.payload)
    except InvalidInput:
        return None


def _settled(found: Found) -> Applied | Denied | Unusable | Unknown:
    if isinstance(found, Writing | Passes):
        raise TypeError("not settled yet")
    return found


def _foreseen(found: Found) -> Passes | Denied | Unusable | Unknown:
    """What was done already under this key would not be done again: it passes as it stands."""
    if isinstance(found, Applied):
        return Passes(found.state, found.state, ())
    if isinstance(found, Writing):
        raise TypeError("nothing is written when only looking")
    return found
