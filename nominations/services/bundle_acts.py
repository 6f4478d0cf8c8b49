"""Signing and numbering a paper over many files: once for all, and each line under its own guards, with its own entry.

All in one transaction: a line that is refused stays off the paper and stays where it is; the rest is sealed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.bundles import Bundle, BundleLine
from nominations.models.decisions import Decision, Submission, SubmissionLine
from nominations.models.nominations import Nomination
from nominations.models.people import Person
from nominations.queries.bundles import counts
from nominations.queries.paper_facts import Number, paper_facts
from nominations.services.apply import Applied
from nominations.services.batch import Together
from nominations.services.bulk import Line, ManyRequest, Result, act_together, passing_codes
from nominations.services.bundle_papers import issue_together
from nominations.services.bundles import note, opened
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import parse
from nominations.services.set_based import write_together
from nominations.services.settled import settled
from nominations.services.statements import Part
from nominations.transactions import transactional
from workflows import Actor

HEADS = ("head", "deputy")
BUNDLE_LINE = ("bundle_id", "nomination_id")


@dataclass(frozen=True, slots=True)
class BundleRequest:
    """An act on a paper: the version of it and of each line that was on the screen, what was typed."""

    bundle_id: int
    seen: int
    lines: Sequence[Line]
    payload: Mapping[str, Any]
    origin: Origin


@dataclass(frozen=True, slots=True)
class BundleDone:
    """What came of it, line by line; ``done`` when the paper went on, with whatever lines passed."""

    done: bool
    results: tuple[Result, ...]


@settled
@transactional
def sign_bundle(session: Session, actor: Actor, clock: Clock, asked: BundleRequest) -> BundleDone:
    """The head signs the list: every line that passes its guards; the others are taken off it.

    Raises NotFound, InvalidInput.
    """
    row = opened(session, asked.bundle_id, asked.seen)
    if row.outcome == "resubmit":
        return _sign_supplementary(session, actor, clock, row, asked)
    results = _do(session, actor, clock, row, asked, row.outcome)
    signs_as = "head" if actor.post_at(row.unit_id, ("head",)) is not None else "deputy"
    signature = {"signer_id": actor.person, "signed_on": clock.today(), "signs_as": signs_as}
    return _sealed(session, clock, row, asked, results, signature)


@settled
@transactional
def record_bundle_signature(session: Session, actor: Actor, clock: Clock, asked: BundleRequest) -> BundleDone:
    """Record that the list was signed outside; ``payload`` names ``signer``, ``signed_on``, ``signed_file``.

    ``counts`` is what the signed paper says there is of each kind: where it differs from the lines, it must be
    ``confirmed``. Raises NotFound, InvalidInput.
    """
    row = opened(session, asked.bundle_id, asked.seen)
    if row.outcome == "resubmit":
        raise InvalidInput({"lines": Message("bundle_signed_here")})
    typed = _typed_counts(session, row.id, asked.payload)
    sent = {name: value for name, value in asked.payload.items() if name not in {"counts", "confirmed"}}
    sent = parse("record_signature", sent | {"outcome": row.outcome})
    request = replace(asked, payload=sent)
    results = _do(session, actor, clock, row, request, "record_signature")
    signer = session.scalar(select(Person.id).where(Person.username == str(sent["signer"]).lower()))
    signs_as = session.scalar(
        select(Decision.signs_as)
        .join(BundleLine, BundleLine.decision_id == Decision.id)
        .where(BundleLine.bundle_id == row.id)
        .limit(1)
    )
    signature = {
        "signer_id": signer,
        "recorder_id": actor.person,
        "signed_on": sent["signed_on"],
        "signed_file": sent["signed_file"],
        "signed_counts": typed,
        "signs_as": signs_as,
    }
    return _sealed(session, clock, row, request, results, signature)


@settled
@transactional
def number_bundle(session: Session, actor: Actor, clock: Clock, asked: BundleRequest) -> BundleDone:
    """The clerk's number and date, once for the whole list: the same on every line that waits for it.

    A line that has been returned since keeps none; it comes back by a supplementary letter. Raises NotFound,
    InvalidInput.
    """
    row = session.scalar(
        select(Bundle).where(Bundle.id == asked.bundle_id).with_for_update().execution_options(populate_existing=True)
    )
    if row is None or row.signed_at is None:
        raise NotFound(str(asked.bundle_id))
    if row.number is not None or row.version != asked.seen:
        raise InvalidInput({"number": Message("bundle_stale")})
    sent = parse("number", asked.payload)
    given, on = str(sent["number"]), sent["numbered_on"]
    _check_day(clock, row, on)
    if row.outcome == "resubmit":
        return _number_supplementary(session, actor, clock, row, asked, (given, on))
    waiting = [one for one in _stored_lines(session, row.id) if one.state == f"{row.stage}.number"]
    if not waiting:
        raise InvalidInput({"number": Message("bundle_nothing_waits")})
    seen = {one.code: one.seen for one in asked.lines}
    many = ManyRequest(
        "number", [Line(one.code, seen.get(one.code, 0)) for one in waiting], asked.payload, asked.origin
    )
    passing = passing_codes(session, actor, clock, many)
    paper = _issued(session, clock, row, [one for one in waiting if one.code in passing], (given, on))
    results = act_together(session, actor, clock, replace(many, under=paper), many.lines)
    if not any(isinstance(one.outcome, Applied) for one in results):
        return BundleDone(done=False, results=tuple(results))
    row.submission_id = session.scalar(_submission_of(row.id, given, on))
    row.content, row.content_sha256 = paper.content, paper.sha256
    return _numbered(session, clock, row, asked, (given, on), tuple(results), actor.person)


def _do(
    session: Session, actor: Actor, clock: Clock, row: Bundle, asked: BundleRequest, action: str
) -> tuple[Result, ...]:
    """The act on every line of the list, under the list. Raises InvalidInput where the screen showed another list."""
    stored = _stored_lines(session, row.id)
    seen = {one.code: one.seen for one in asked.lines}
    if {one.code for one in stored} != seen.keys():
        raise InvalidInput({"lines": Message("bundle_stale")})
    many = ManyRequest(
        action,
        [Line(one.code, seen[one.code]) for one in stored],
        asked.payload,
        asked.origin,
        Together(row.id, row.ref),
    )
    return tuple(act_together(session, actor, clock, many, many.lines))


def _sealed(
    session: Session,
    clock: Clock,
    row: Bundle,
    asked: BundleRequest,
    results: tuple[Result, ...],
    signature: Mapping[str, Any],
) -> BundleDone:
    """What was refused is taken off, and what is left is never altered again; nothing left: nothing was signed."""
    signed = [one.code for one in results if isinstance(one.outcome, Applied)]
    if not signed:
        return BundleDone(done=False, results=results)
    if len(signed) < len(results):
        _take_off(session, row.id, [one.code for one in results if one.code not in signed])
    for name, value in signature.items():
        setattr(row, name, value)
    row.signed_at = clock.now()
    row.version += 1
    session.flush()
    said = {"signed_on": str(row.signed_on), "codes": signed, "off": len(results) - len(signed)}
    note(session, clock, asked.origin, row, "sign", said | {"counts": row.signed_counts or {}})
    return BundleDone(done=True, results=results)


def _take_off(session: Session, bundle_id: int, codes: Sequence[str]) -> None:
    """Take lines off; the places of the others are then without gaps, as the paper counts them."""
    off = select(Nomination.id).where(Nomination.code.in_(codes))
    session.execute(delete(BundleLine).where(BundleLine.bundle_id == bundle_id, BundleLine.nomination_id.in_(off)))
    kept = session.scalars(
        select(BundleLine.nomination_id).where(BundleLine.bundle_id == bundle_id).order_by(BundleLine.position)
    ).all()
    places = [
        Part("bundle_lines", {"bundle_id": bundle_id, "nomination_id": one, "position": place}, BUNDLE_LINE)
        for place, one in enumerate(kept, 1)
    ]
    write_together(session, places)


def _numbered(
    session: Session,
    clock: Clock,
    row: Bundle,
    asked: BundleRequest,
    number: tuple[str, date],
    results: tuple[Result, ...],
    person: int,
) -> BundleDone:
    given, on = number
    row.number, row.numbered_on, row.number_year, row.numbered_by = given, on, on.year, person
    row.version += 1
    session.flush()
    said = {"number": given, "numbered_on": str(on), "paper": row.content_sha256 or ""}
    note(session, clock, asked.origin, row, "number", said)
    return BundleDone(done=True, results=results)


def _issued(session: Session, clock: Clock, row: Bundle, lines: Sequence[Any], number: tuple[str, date]) -> Together:
    """The paper with its number, and whose row leads it. Raises InvalidInput: the number is taken, the paper lacks."""
    under = Together(row.id, row.ref)
    if not lines:
        return under
    given, on = number
    asked = Number(row.unit_id, row.kind_series, on.year, given)
    raw = paper_facts(session, lines[0].id, asked)
    if raw["taken"] or _taken(session, asked):
        raise InvalidInput({"number": Message("number_taken")})
    under = replace(under, lead=lines[0].decision_id)
    issued = issue_together(session, row, raw, [one.id for one in lines], number, clock.today())
    return under if issued is None else replace(under, kind=issued.kind, content=issued.content, sha256=issued.sha256)


def _taken(session: Session, asked: Number) -> bool:
    """Whether another list has the number."""
    found = select(Bundle.id).where(
        Bundle.unit_id == asked.unit,
        Bundle.kind_series == asked.series,
        Bundle.number_year == asked.year,
        Bundle.number == asked.number,
    )
    return session.scalar(found.limit(1)) is not None


def _check_day(clock: Clock, row: Bundle, on: date) -> None:
    if on > clock.today():
        raise InvalidInput({"numbered_on": Message("in_future")})
    if row.signed_on is not None and on < row.signed_on:
        raise InvalidInput({"numbered_on": Message("too_early", {"since": f"{row.signed_on:%d/%m/%Y}"})})


def _sign_supplementary(session: Session, actor: Actor, clock: Clock, row: Bundle, asked: BundleRequest) -> BundleDone:
    """A supplementary letter is signed by itself; its lines go back when whoever holds them sends them in again."""
    post = actor.post_at(row.unit_id, HEADS)
    if post is None:
        raise NotFound(str(row.id))
    lines = [
        {"bundle_id": row.id, "nomination_id": one.id, "revision_id": one.revision_id}
        for one in _stored_lines(session, row.id)
    ]
    write_together(session, [Part("bundle_lines", values, BUNDLE_LINE) for values in lines])
    row.signer_id, row.signed_on, row.signed_at = actor.person, clock.today(), clock.now()
    row.signs_as = post.duty
    row.version += 1
    session.flush()
    note(session, clock, replace(asked.origin, post=post.ref), row, "sign", {"signed_on": str(row.signed_on)})
    return BundleDone(done=True, results=())


def _number_supplementary(
    session: Session, actor: Actor, clock: Clock, row: Bundle, asked: BundleRequest, number: tuple[str, date]
) -> BundleDone:
    post = actor.post_at(row.unit_id, ("clerk",))
    if post is None:
        raise NotFound(str(row.id))
    lines = _stored_lines(session, row.id)
    paper = _issued(session, clock, row, lines, number)
    row.content, row.content_sha256 = paper.content, paper.sha256
    by = replace(asked, origin=replace(asked.origin, post=post.ref))
    return _numbered(session, clock, row, by, number, (), actor.person)


def _stored_lines(session: Session, bundle_id: int) -> Sequence[Any]:
    """The lines as they are now, in their places."""
    return session.execute(
        select(Nomination.id, Nomination.code, Nomination.state, Nomination.revision_id, BundleLine.decision_id)
        .join(BundleLine, BundleLine.nomination_id == Nomination.id)
        .where(BundleLine.bundle_id == bundle_id)
        .order_by(BundleLine.position)
    ).all()


def _submission_of(bundle_id: int, given: str, on: date) -> Any:  # noqa: ANN401 - a select
    """The letter that its lines went up by; none for a decision that awards."""
    from_lines = select(BundleLine.nomination_id).where(BundleLine.bundle_id == bundle_id)
    return (
        select(func.max(SubmissionLine.submission_id))
        .join(Submission, Submission.id == SubmissionLine.submission_id)
        .where(
            SubmissionLine.nomination_id.in_(from_lines), Submission.letter_number == given, Submission.letter_on == on
        )
    )


def _typed_counts(session: Session, bundle_id: int, payload: Mapping[str, Any]) -> dict[str, int]:
    """What the signed paper counts of each kind. Raises InvalidInput where it differs and nobody confirmed it."""
    typed = payload.get("counts")
    if not isinstance(typed, Mapping):
        raise InvalidInput({"counts": REQUIRED})
    kinds = session.scalars(
        select(Nomination.subject_kind)
        .join(BundleLine, BundleLine.nomination_id == Nomination.id)
        .where(BundleLine.bundle_id == bundle_id)
    ).all()
    found = counts(kinds)
    said = {kind: int(typed.get(kind) or 0) for kind in found}
    if said != found and not payload.get("confirmed"):
        params = {"typed": _listed(said), "found": _listed(found)}
        raise InvalidInput({"counts": Message("bundle_counts_differ", params)})
    return said


def _listed(found: Mapping[str, int]) -> str:
    return " / ".join(str(count) for count in found.values())
