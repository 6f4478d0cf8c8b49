"""Acts on an award after its decision: annulled here or by the centre, its certificate issued again, numbered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from nominations.documents.kinds import BUILDERS
from nominations.documents.paper import content, digest, missing
from nominations.queries.aftermath import Register, corrections, register_line
from nominations.queries.paper_facts import Number, bonus_tables, paper_facts
from nominations.services.apply import Change
from nominations.services.effects.ground import Ground, past_day, require_file
from nominations.services.effects.signing import new_check_code, signs_as
from nominations.services.errors import InvalidInput
from nominations.services.messages import REQUIRED, Message
from nominations.services.paper_facts import Reading, act_of, facts_of
from nominations.services.statements import Part
from workflows.bonus import Bonus, bonus
from workflows.permissions import HEADS


def annul(g: Ground, change: Change) -> None:
    """The deciding head annuls the award: its line stays, marked; it blocks no other award any more."""
    require_file(g, "document_sha")
    award = _award(g)
    said = {"ground": g.payload["ground"], "amount_vnd": bonus_of(g, award)}
    change.parts.append(act_part(g, change, "annulment", said | signed(g, change, award.decided_on)))
    waits(g, change, correction_by=None, unnumbered=1)
    _revoke(g, change, award)


def propose_annulment(g: Ground, change: Change) -> None:
    """A letter of the Chairman to the centre: its award is annulled there."""
    require_file(g, "document_sha")
    require_file(g, "signed_file")
    award, stage = _award(g), _sending_stage(g)
    post, person = g.accepted.post, g.moment.person_id
    by_head = post is not None and post.duty in HEADS
    if not by_head and "signed_file" not in g.payload:
        raise InvalidInput({"signed_file": REQUIRED})
    said = {
        "body_unit_id": g.case.path[stage],
        "series": g.workflow.stages[stage].series,
        "ground": g.payload["ground"],
        "signed_on": past_day(g, "signed_on", award.decided_on),
        "signed_file": g.payload.get("signed_file"),
        "signer_id": person if by_head else None,
        "signs_as": post.duty if post is not None and by_head else None,
        "recorder_id": None if by_head else person,
    }
    change.parts.append(act_part(g, change, "annulment_proposal", said))
    waits(g, change, unnumbered=1)


def record_central_annulment(g: Ground, change: Change) -> None:
    """What the centre decided of its own award, with its number, day and paper."""
    require_file(g, "document_sha")
    award = _award(g)
    on = past_day(g, "decided_on", award.decided_on)
    said = {
        "ground": g.payload["ground"],
        "recorder_id": g.moment.person_id,
        "signed_on": on,
        "number": g.payload["number"],
        "number_year": on.year,
        "numbered_on": on,
        "numbered_by": g.moment.person_id,
        "amount_vnd": bonus_of(g, award),
    }
    change.parts.append(act_part(g, change, "central_annulment", said))
    waits(g, change, correction_by=None)
    _revoke(g, change, award)


def reissue(g: Ground, change: Change) -> None:
    """A new copy of the certificate under the same number of the register; the old copy's code says it was replaced."""
    require_file(g, "document_sha")
    award = _award(g)
    said = {"ground": g.payload["cause"], "series": ""} | signed(g, change, award.decided_on)
    replaced = {"check_code": award.check_code, "award_id": award.id, "copy_no": award.replaced + 1}
    change.parts += [
        act_part(g, change, "reissue", said),
        Part("certificate_copies", replaced | {"replaced_at": g.moment.now}),
        Part("awards", {"id": award.id, "check_code": new_check_code()}, keys=("id",)),
    ]
    change.payload["copy"] = award.replaced + 2


def number_act(g: Ground, change: Change) -> None:
    """The clerk's number and day of what was signed first among those that have none; the paper is issued with it."""
    given, on = g.payload["number"], g.payload["numbered_on"]
    stage = _sending_stage(g) if g.workflow.decided_by_the_centre else g.workflow.deciding_stage.name
    unit, series = g.case.path[stage], g.workflow.stages[stage].series
    raw = paper_facts(g.session, g.row.id, Number(unit, series, on.year, given))
    acts = [act_of(row) for row in sorted(raw["acts"], key=lambda row: int(row[0]))]
    act = next(one for one in acts if one.series and not one.number)
    past_day(g, "numbered_on", act.signed_on)
    if raw["taken"]:
        raise InvalidInput({"number": Message("number_taken")})
    named = replace(act, number=given, numbered_on=on)
    reading = Reading(raw["content"] or {}, None, stage, g.moment.today, "")
    facts = replace(facts_of(raw, g.workflow, bonus_tables(g.session), reading), acts=(named,))
    paper = replace(BUILDERS[act.kind](facts), draft=False)
    lacking = missing(paper)
    if lacking and not act.on_paper:
        raise InvalidInput({"number": Message("paper_incomplete", {"missing": ", ".join(lacking)})})
    values = {"id": act.id, "number": given, "number_year": on.year, "numbered_on": on}
    values |= {"numbered_by": g.moment.person_id}
    if not lacking:
        said = content(paper)
        values |= {"paper": said, "paper_sha256": digest(said)}
        change.payload["paper"] = {"kind": act.kind, "sha256": digest(said)}
    change.parts.append(Part("award_acts", values, keys=("id",)))
    waits(g, change, unnumbered=-1)


def signed(g: Ground, change: Change, since: date) -> dict[str, Any]:
    """Who signed and when: the head here and now, or as the recorded paper says."""
    unit = g.case.path[g.workflow.deciding_stage.name]
    sides = {"pair": g.accepted.pair or None, "side": g.accepted.side or None}
    if g.accepted.post is not None and g.accepted.post.duty in HEADS:
        me = g.moment.person_id
        return sides | {"signer_id": me, "signs_as": g.accepted.post.duty, "signed_on": g.moment.today}
    require_file(g, "signed_file")
    lacking = {name: REQUIRED for name in ("signed_on", "signed_file") if name not in g.payload}
    if lacking or g.signer is None:
        raise InvalidInput(lacking or {"signer": Message("unknown_person")})
    change.payload["signer"] = g.signer.ref
    return sides | {
        "signer_id": g.signer.person,
        "recorder_id": g.moment.person_id,
        "signs_as": signs_as(g, g.signer.person, unit),
        "signed_on": past_day(g, "signed_on", since),
        "signed_file": g.payload["signed_file"],
    }


def act_part(g: Ground, change: Change, kind: str, said: dict[str, Any]) -> Part:
    """The row of one act."""
    stage = g.workflow.deciding_stage
    change.payload["act"] = kind
    values: dict[str, Any] = {
        "nomination_id": g.row.id,
        "kind": kind,
        "body_unit_id": g.case.path[stage.name],
        "series": stage.series,
        "reasons": g.payload["reasons"],
        "document_sha": g.payload.get("document_sha"),
        "created_at": g.moment.now,
    }
    return Part("award_acts", values | said)


def waits(g: Ground, change: Change, *, unnumbered: int = 0, **more: int | None) -> None:
    """Keep what waits now: who proposed a correction, how many acts have no number yet."""
    before = dict(g.row.aftermath or {})
    counted = {"unnumbered": int(before.get("unnumbered", 0)) + unnumbered}
    change.nomination["aftermath"] = before | counted | more
    if unnumbered > 0:
        change.tells.append((_numbering_unit(g), "clerk", "act_waits_number"))


def _numbering_unit(g: Ground) -> int:
    return g.case.path[_sending_stage(g) if g.workflow.decided_by_the_centre else g.workflow.deciding_stage.name]


def _award(g: Ground) -> Register:
    found = register_line(g.session, g.row.id)
    if found is None:
        raise LookupError(f"{g.row.code} is awarded and has no line in the register")
    return found


def _revoke(g: Ground, change: Change, award: Register) -> None:
    """The line is marked, a correction that waits falls away, the nominee's achievement is free again."""
    change.parts.append(Part("awards", {"id": award.id, "status": "revoked"}, keys=("id",)))
    if g.case.correction_by is not None:
        waiting = corrections(g.session, g.row.id).waiting_id
        fallen = {"id": waiting, "declined_by": g.moment.person_id}
        change.parts.append(Part("award_acts", fallen, keys=("id",)))
    if award.past_id is not None:
        past = {"id": award.past_id, "annulled_on": g.moment.today}
        change.parts.append(Part("past_awards", past, keys=("id",)))


def bonus_of(g: Ground, award: Register) -> int | None:
    """The bonus that went with the award; None where the tables have no figure for it."""
    if award.bonus_vnd is not None:
        return award.bonus_vnd
    found = bonus(bonus_tables(g.session), g.row.form, g.row.subject_kind, award.decided_on)
    return found.amount_vnd if isinstance(found, Bonus) else None


def _sending_stage(g: Ground) -> str:
    """The stage whose letter went to the one that decided."""
    return next(one.name for one in g.workflow.stages.values() if one.next == g.workflow.deciding_stage.name)
