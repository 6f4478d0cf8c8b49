"""A paper issued by an act: what it says is kept, and the act's entry names its digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from nominations.documents.kinds import BUILDERS
from nominations.documents.paper import content, digest, missing
from nominations.queries.paper_facts import bonus_tables
from nominations.services.effects.ground import Ground
from nominations.services.errors import InvalidInput
from nominations.services.messages import Message
from nominations.services.paper_facts import Reading, facts_of


class Issued(NamedTuple):
    """An issued paper: its kind, the canonical bytes of what it says, their SHA-256."""

    kind: str
    content: bytes
    sha256: str


def issue(g: Ground, raw: Mapping[str, Any], number: str, on: date) -> Issued | None:
    """The letter or decision that the number issues, to be kept with it.

    One that was signed outside is the paper itself: where ours lacks something, the signed file alone stands in the
    entry. Raises InvalidInput for a paper made here that lacks something.
    """
    kind = "decision" if g.workflow.stages[g.stage].deciding else "letter"
    reading = Reading(raw["content"] or {}, None, g.stage, g.moment.today, "")
    facts = facts_of(raw, g.workflow, bonus_tables(g.session), reading)
    decided = [
        replace(one, number=number, numbered_on=on) if one.id == g.row.decision_id else one for one in facts.decisions
    ]
    on_paper = any(one.on_paper for one in decided if one.id == g.row.decision_id)
    paper = replace(BUILDERS[kind](replace(facts, decisions=tuple(decided))), draft=False)
    lacking = missing(paper)
    if lacking and not on_paper:
        raise InvalidInput({"number": Message("paper_incomplete", {"missing": ", ".join(lacking)})})
    if lacking:
        return None
    said = content(paper)
    return Issued(kind, said, digest(said))
