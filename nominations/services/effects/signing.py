"""Signatures, numbers and what follows from them: letters that go up, decisions, the register of awards."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from nominations.models.decisions import Award
from nominations.queries.paper_facts import SIGNED_ON, Number, paper_facts
from nominations.services.apply import Change
from nominations.services.arrivals import came_on
from nominations.services.batch import Together
from nominations.services.effects.ground import Ground, past_day, require_file
from nominations.services.effects.quotas import take
from nominations.services.errors import InvalidInput
from nominations.services.issuing import issue
from nominations.services.messages import REQUIRED, Message
from nominations.services.statements import Part

CHECK_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no letter that a reader takes for a digit
CHECK_LETTERS = 12  # 30 letters to the power of 12: nobody guesses one
DECISION_KINDS: Mapping[str, str] = {
    "send_up": "letter",
    "award": "award",
    "not_award": "not_awarded",
    "not_send_up": "not_sent_up",
}


def sign(g: Ground, change: Change) -> None:
    """A letter, an award, or the refusal of either, signed here and now."""
    _decide(g, change, g.accepted.action, g.moment.person_id, g.moment.today)


def record_signature(g: Ground, change: Change) -> None:
    """A signature made outside: the log names who recorded it and who signed."""
    if g.signer is None:
        raise InvalidInput({"signer": Message("unknown_person")})
    require_file(g, "signed_file")
    signed_on = past_day(g, "signed_on", came_on(g.session, g.row, g.workflow, g.moment.today))
    change.payload["signer"] = g.signer.ref
    _decide(g, change, g.payload["outcome"], g.signer.person, signed_on, recorded=True)


def number(g: Ground, change: Change) -> None:
    """Number and date as the clerk gives them; a letter becomes a submission, a decision an award."""
    given, on = g.payload["number"], g.payload["numbered_on"]
    if g.batch.under is not None:
        _number_together(g, change, g.batch.under)
        return
    asked = Number(g.unit, g.workflow.stages[g.stage].series, on.year, given)
    raw = paper_facts(g.session, g.row.id, asked)
    past_day(g, "numbered_on", _signed_on(g, raw))
    if raw["taken"] or g.batch.next(asked, lambda: 0) > 1:
        raise InvalidInput({"number": Message("number_taken")})
    if raw["bundle"] and raw["bundle"][1] is None:
        raise InvalidInput({"number": Message("number_the_bundle")})
    values = {"id": g.row.decision_id, "number": given, "number_year": on.year, "numbered_on": on}
    values["numbered_by"] = g.moment.person_id
    paper = issue(g, raw, given, on)
    if paper is not None:
        values |= {"paper": paper.content, "paper_sha256": paper.sha256}
        change.payload["paper"] = {"kind": paper.kind, "sha256": paper.sha256}
    change.parts.append(Part("decisions", values, keys=("id",)))
    if g.accepted.to_state == "awarded":
        _award(g, change, g.row.decision_id, on, given)
    else:
        _submission(g, change, given, on)


def _number_together(g: Ground, change: Change, under: Together) -> None:
    """One number over many files: checked once before, held by the row that leads, the same on every line."""
    given, on = g.payload["number"], g.payload["numbered_on"]
    values = {"id": g.row.decision_id, "number": given, "number_year": on.year, "numbered_on": on}
    values |= {"numbered_by": g.moment.person_id, "paper_sha256": under.sha256}
    values |= {"paper": under.content} if g.row.decision_id == under.lead else {"led_by": under.lead}
    change.payload["bundle"] = under.ref
    if under.sha256 is not None:
        change.payload["paper"] = {"kind": under.kind, "sha256": under.sha256}
    change.parts.append(Part("decisions", values, keys=("id",)))
    if g.accepted.to_state == "awarded":
        _award(g, change, g.row.decision_id, on, given)
    else:
        _submission(g, change, given, on)


def record_central_result(g: Ground, change: Change) -> None:
    """What the centre decided, with its number and date."""
    awarded = g.payload["outcome"] == "awarded"
    decided = past_day(g, "decided_on")
    if awarded and "number" not in g.payload:
        raise InvalidInput({"number": REQUIRED})
    values = _decision_values(g, "central_awarded" if awarded else "central_not_awarded", decided)
    values |= {"recorder_id": g.moment.person_id, "reasons": g.payload.get("reasons")}
    if g.payload.get("number"):
        values |= {
            "number": g.payload["number"],
            "number_year": decided.year,
            "numbered_on": decided,
            "numbered_by": g.moment.person_id,
        }
    decision_id = g.batch.insert(change.parts, "decisions", values)
    if awarded:
        _award(g, change, decision_id, decided, g.payload.get("number"))


def _decide(g: Ground, change: Change, outcome: str, signer: int, signed_on: date, *, recorded: bool = False) -> None:
    tally = g.case.tally
    passed = tally is not None and g.workflow.stages[g.stage].ballot.passed(tally.agree, tally.members, tally.barred)
    favours = outcome in {"send_up", "award"}
    if not (favours and passed) and not g.payload.get("reasons"):
        raise InvalidInput({"reasons": REQUIRED})
    values = _decision_values(g, DECISION_KINDS[outcome], signed_on) | {
        "signer_id": signer,
        "recorder_id": g.moment.person_id if recorded else None,
        "signs_as": signs_as(g, signer, g.unit),
        "pair": g.accepted.pair,
        "side": g.accepted.side,
        "reason_code": g.payload.get("reason_code"),
        "reasons": g.payload.get("reasons"),
        "departs_from_vote": favours != passed,
        "signed_file": g.payload.get("signed_file"),
    }
    under = g.batch.under
    if under is None:
        change.parts.append(Part("decisions", values))
    else:
        change.payload["bundle"] = under.ref
        line = {"bundle_id": under.bundle_id, "nomination_id": g.row.id, "revision_id": g.row.revision_id}
        line["decision_id"] = g.batch.insert(change.parts, "decisions", values)
        change.parts.append(Part("bundle_lines", line, keys=("bundle_id", "nomination_id")))
    take(g, change, outcome)
    if not favours:
        change.nomination["outcome"] = {"reason_code": g.payload.get("reason_code"), "stage": g.stage}


def _decision_values(g: Ground, kind: str, signed_on: date) -> dict[str, Any]:
    return {
        "nomination_id": g.row.id,
        "stage": g.stage,
        "kind": kind,
        "signed_on": signed_on,
        "kind_series": g.workflow.stages[g.stage].series,
        "body_unit_id": g.unit,
        "revision_id": g.row.revision_id,
        "reviewed_sections": list(g.accepted.reviews),
        "departs_from_vote": False,
        "created_at": g.moment.now,
    }


def signs_as(g: Ground, signer: int, at: int) -> str:
    """Head of the unit ``at``, or deputy signing for the head (KT.), on the day of the signature."""
    if g.signer is not None:
        return "head" if g.signer.post_at(at, ("head",)) is not None else "deputy"
    duties = {duty for unit, duty, person in g.row.posts or () if person == signer and unit == at}
    return "head" if "head" in duties else "deputy"


def _signed_on(g: Ground, raw: Mapping[str, Any]) -> date:
    """The day the paper that is numbered was signed."""
    signed = next(str(one[SIGNED_ON]) for one in raw["decisions"] if one[0] == g.row.decision_id)
    return date.fromisoformat(signed)


def _submission(g: Ground, change: Change, given: str, on: date) -> None:
    """The letter goes up with this one line."""
    to_stage = g.accepted.to_state.partition(".")[0]
    values = {
        "unit_id": g.unit,
        "to_unit_id": g.case.path.get(to_stage),
        "letter_number": given,
        "letter_on": on,
        "kind": "first",
        "created_at": g.moment.now,
    }
    if g.batch.under is None:
        submission = g.batch.insert(change.parts, "submissions", values)
    else:  # one letter for all its lines
        submission = g.batch.once("submission", partial(g.batch.insert, change.parts, "submissions", values))
    line = {"submission_id": submission, "nomination_id": g.row.id, "revision_id": g.row.revision_id}
    change.parts.append(Part("submission_lines", line))
    change.nomination["letter_unit_id"] = g.unit


def _award(g: Ground, change: Change, decision_id: int | None, on: date, given: str | None) -> None:
    """The recipient's line in the register, and the achievement as spent."""
    award = {
        "nomination_id": g.row.id,
        "decision_id": decision_id,
        "form": g.row.form,
        "nominee_id": g.row.nominee_id,
        "decided_on": on,
        "register_no": g.batch.next(("register", on.year), lambda: _last_register_number(g.session, on.year)),
        "register_year": on.year,
        "check_code": new_check_code(),
        "status": "issued",
    }
    past = {
        "nominee_id": g.row.nominee_id,
        "form": g.row.form,
        "level_state": g.row.form == "BK-TTG",
        "decided_on": on,
        "decision_number": given or g.row.code,
        "achievement": g.case.achievement or g.row.code,
        "source": "[practice]",
    }
    change.parts += [Part("awards", award), Part("past_awards", past)]
    change.payload["register"] = f"{award['register_no']}/{on.year}"


def new_check_code() -> str:
    """What the public checks one copy of a certificate with."""
    return "".join(secrets.choice(CHECK_ALPHABET) for _ in range(CHECK_LETTERS))


def _last_register_number(session: Session, year: int) -> int:
    """The award register is our own gapless series: numbers are given one after another, under a lock."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('award-register'))"))
    return session.scalar(select(func.max(Award.register_no)).where(Award.register_year == year)) or 0
