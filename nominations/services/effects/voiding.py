"""What a change of the content takes with it: the opinions and the vote that were about what has changed, no others.

They stay where they are, marked with the revision that took them; the level's own appraisal is then given anew, and
nothing else is.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from nominations.models.work import Opinion
from nominations.queries.cases import ANEW, ASKED
from nominations.services.apply import Change
from nominations.services.effects.consultations import close
from nominations.services.effects.councils import void_vote
from nominations.services.effects.ground import Ground
from nominations.services.statements import Part
from workflows.reviewed import touched

APPRAISALS = frozenset({"appraisal", "check"})


def void(g: Ground, change: Change, changed: Collection[str], below: Collection[str]) -> None:
    """Void what was about ``changed`` at the level the file is at, and at those ``below`` that confirm it anew."""
    void_vote(g, change, changed)
    given = g.session.execute(
        select(Opinion.id, Opinion.kind, Opinion.stage, Opinion.reviewed_sections, Opinion.request_no)
        .where(Opinion.nomination_id == g.row.id, Opinion.stage.in_((g.stage, *below)), Opinion.voided_by.is_(None))
        .order_by(Opinion.id)
    ).all()
    fallen = [one for one in given if touched(one.reviewed_sections, changed)]
    answered = [one.request_no for one in fallen if one.request_no is not None]
    out = [raw for raw in (g.row.gates or {}).get(ASKED, ()) if raw["state"] == "open"]
    close(g, change, [*answered, *(raw["number"] for raw in out if touched(raw["reviews"], changed))], "fallen")
    for one in fallen:
        voided = {"id": one.id, "voided_by": change.nomination["revision_id"]}
        change.parts.append(Part("opinions", voided, keys=("id",)))
    if any(one.stage == g.stage and one.kind in APPRAISALS for one in fallen):
        _anew(g, change, {*_asked_anew(g), g.stage})
    if fallen:
        change.payload["voided"] = [one.id for one in fallen]


def appraised(g: Ground, change: Change) -> None:
    """The level has given its appraisal: what fell before is given anew."""
    if g.stage in _asked_anew(g):
        _anew(g, change, {stage for stage in _asked_anew(g) if stage != g.stage})


def _asked_anew(g: Ground) -> list[str]:
    return list((g.row.gates or {}).get(ANEW, ()))


def _anew(g: Ground, change: Change, stages: Collection[str]) -> None:
    gates = change.nomination.get("gates", g.row.gates) or {}
    change.nomination["gates"] = dict(gates) | {ANEW: sorted(stages)}
