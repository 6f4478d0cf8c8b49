"""Papers of a file: which there are for a reader, made from what is known now or shown as an act issued them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from nominations.documents.bodies import full_name, reference
from nominations.documents.docx import docx_of
from nominations.documents.facts import Body, Facts, OpenStep
from nominations.documents.kinds import BUILDERS
from nominations.documents.paper import Document, from_content, missing
from nominations.documents.pdf import pdf
from nominations.queries.cases import POSTING
from nominations.queries.detail import ENDING, Detail
from nominations.queries.paper_facts import bonus_tables, issued_paper, paper_facts
from nominations.queries.visibility import STAGES
from nominations.services.expected import result_expected
from nominations.services.paper_facts import Reading, facts_of
from workflows import DRAFT

OUTPUTS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
SLIP = "check_slip"
BY_AN_ACT = frozenset({"letter", "decision"})
"""What the clerk's number issues; its content is kept and its digest stands in the entry."""
AFTERWARDS = frozenset({"annulment", "annulment_proposal", "correction"})
"""The same of what is done to an award after its decision."""
FINAL = frozenset({"report", "receipt", "return_slip", "certificate", "bonus_list"})
"""Papers without a number of their own: final once nothing is missing."""
REFUSALS = ("not_awarded", "not_sent_up", "central_not_awarded")


@dataclass(frozen=True, slots=True)
class Made:
    """A paper ready to be shown; ``sha256`` is the digest of its content where an act issued it."""

    document: Document
    sha256: str | None

    @property
    def missing(self) -> tuple[str, ...]:
        """What it lacks."""
        return missing(self.document)


def kinds_for(found: Detail) -> dict[str, str]:
    """The kinds of paper there are for this reader, in the order of a file's way, each with the stage it is of."""
    if found.sight.bare:
        return {}
    there = _stages(found)
    return {kind: stage for kind in BUILDERS if (stage := there.get(kind)) is not None}


def make(session: Session, found: Detail, kind: str, today: date, public_url: str) -> Made | None:
    """The paper of that kind as this reader may have it; None where there is none for them."""
    stage = kinds_for(found).get(kind)
    return None if stage is None else made_at(session, found, kind, stage, today, public_url)


def made_at(session: Session, found: Detail, kind: str, stage: str, today: date, public_url: str) -> Made:
    """The paper of that kind of one stage; the caller knows that this reader may have it."""
    if kind in BY_AN_ACT | AFTERWARDS:
        kept = issued_paper(session, found.row.id, kind, stage)
        if kept is not None:
            return Made(from_content(kept.content), kept.sha256)
    reading = Reading(found.content, found.sight.stages | found.sight.here, stage, today, public_url)
    facts = facts_of(paper_facts(session, found.row.id), found.workflow, bonus_tables(session), reading)
    if kind == SLIP and found.line.stage == stage:
        facts = replace(facts, open_step=OpenStep(found.line.due_on, result_expected(session, found, today)))
    return Made(_marked(BUILDERS[kind](_with_criteria(facts, found)), kind, found), None)


def shown(made: Made, output: str) -> bytes:
    """The paper's bytes as ``pdf`` or ``docx``."""
    return paper_bytes(made.document, output)


def paper_bytes(document: Document, output: str) -> bytes:
    """A document's bytes as ``pdf`` or ``docx``."""
    return pdf(document) if output == "pdf" else docx_of(document)


def _with_criteria(facts: Facts, found: Detail) -> Facts:
    texts = found.criteria.texts if found.criteria is not None else {}
    return replace(facts, criteria={code: text.text for code, text in texts.items()})


def _marked(document: Document, kind: str, found: Detail) -> Document:
    """Without the mark of a draft where nothing is left to be filled in or signed with a number."""
    final = kind in FINAL and found.line.state != DRAFT and not missing(document)
    return replace(document, draft=not final)


def _stages(found: Detail) -> dict[str, str | None]:
    """Each kind with the stage it is of, None where there is none."""
    row, seen = found.row, found.sight
    stage, _, step = row.state.partition(".")
    here = stage if stage in seen.here else None
    deciding = _deciding(found)
    signed = {decision.kind: decision.stage for decision in found.decisions if not decision.voided}
    letters = [one.stage for one in found.decisions if one.kind == "letter" and one.stage in seen.stages | seen.here]
    votes = [vote.stage for vote in found.votes if vote.closed_at is not None and not vote.voided]
    appraised = [one.stage for one in found.opinions if one.kind == "appraisal" and not one.voided]
    checked = [one.stage for one in found.opinions if one.kind == "check" and one.stage == "chairman"]
    accepted = [one.stage for one in found.tracker if one.code.endswith(".intake") and one.state == "done"]
    waits = here if step.startswith(("signature", "number")) else None
    asked = bool((row.round_settings or {}).get(POSTING, {}).get("days")) or bool(found.postings)
    posted = "commune" if asked and "commune" in seen.here else None
    awarded = deciding if found.award is not None else None
    refusal = next((signed[kind] for kind in REFUSALS if kind in signed), None)
    return {
        "report": row.entry_stage if found.content.get("report") or found.content.get("nominee") else None,
        "receipt": _highest(accepted),
        "return_slip": row.entry_stage if found.returns else None,
        "posting_notice": posted,
        "posting_minutes": posted,
        "appraisal": _highest(appraised),
        "consultation": here if step.startswith("appraisal") else None,
        "minutes": _highest(votes),
        "letter": waits if waits is not None and waits != deciding else _highest(letters),
        "check_slip": "chairman" if checked else None,
        "decision": signed.get("award") or (waits if waits == deciding else None),
        "certificate": awarded if deciding != "central" else None,
        "bonus_list": awarded if seen.level == "full" else None,
        "result": awarded if ENDING & set(signed) else None,
        "no_result": refusal,
        "moved": _last_stage(found) if found.replaced_by is not None else None,
        **_after(found, deciding),
    }


def _after(found: Detail, deciding: str) -> dict[str, str | None]:
    """The papers of what was done to the award, each of the body that did it."""
    signed = {act.kind for act in found.acts if act.signed_on is not None and (act.series or act.kind == "reissue")}
    below = next((one.name for one in found.workflow.stages.values() if one.next == deciding), None)
    return {
        "annulment_proposal": below if "annulment_proposal" in signed else None,
        "annulment": deciding if "annulment" in signed else None,
        "correction": deciding if "correction" in signed else None,
        "reissue": deciding if "reissue" in signed else None,
    }


def _deciding(found: Detail) -> str:
    return next((name for name, stage in found.workflow.stages.items() if stage.deciding), "central")


def _last_stage(found: Detail) -> str:
    """The stage whose step was open last."""
    last = max(found.tasks, key=lambda task: task.id, default=None)
    return last.step.partition(".")[0] if last is not None else found.row.entry_stage


def _highest(stages: list[str]) -> str | None:
    return max(stages, key=STAGES.index, default=None)


def body_name(kind: str, name: str) -> str:
    """A body as a sentence names it: Ủy ban nhân dân xã An Trung."""
    return full_name(Body("", name, kind, ""))


def number_of(number: str | None, series: str, body_kind: str, body_code: str) -> str | None:
    """A paper's number as it is named: 05/QĐ-UBND; None before it has one."""
    return reference(number, series, Body(body_code, "", body_kind, "")).text if number else None


def named(found: Detail, kind: str, output: str) -> str:
    """The name a download takes: the file's code and the kind."""
    return f"{found.line.code}-{kind.replace('_', '-')}.{output}"
