"""What stands against an action: one named guard each, in the order a reader would ask.

A guard takes the question and answers ``None`` or a ``Refused`` whose name has a sentence in ``sentences.toml``.
Source: the process, section 4; facts 2.3, 2.5 and 2.8. Persons (conflict and separation) are in ``separation.py``, the
council's vote in ``voting.py``, what is known of the nominee in ``nominee.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from workflows import aftermath, gates, nominee, quota, voting
from workflows.actions import FILES, SIGNS
from workflows.model import Act, Case, Refused
from workflows.permissions import HEADS, at_its_unit
from workflows.question import Question
from workflows.separation import beyond_delegation, passed_over

Guard = Callable[[Question], Refused | None]

# Who answers a question reads that question alone: what else happens to the file meanwhile is not theirs to know.
AT_ANY_VERSION = frozenset({"reply_opinion"})
FORWARD = frozenset({"accept", "check", "recommend", "close_ballot"}) | SIGNS

# What may be recorded of a paper that was signed, or of the centre's act, by the kind of step.
OUTCOMES: Mapping[str, frozenset[str]] = {
    "letter_signature": frozenset({"send_up", "not_send_up"}),
    "award_signature": frozenset({"award", "not_award"}),
    "pending": frozenset({"awarded", "not_awarded"}),
}


def out_of_place(case: Case, act: Act) -> Refused:
    """The action has no place in this state, whoever asks."""
    return Refused("not_in_this_state", {"action": act.action, "state": case.state})


def permission(q: Question) -> Refused | None:
    """Not your unit's file, not your post today, or beyond what was delegated; or why the step passed over somebody."""
    if q.post is not None:
        return None
    known = beyond_delegation(q) or passed_over(q)
    return known or Refused("not_your_post" if at_its_unit(q.workflow, q.case, q.actor) else "not_your_unit")


def stale(q: Question) -> Refused | None:
    """The page showed an older version."""
    if q.act.ask or q.act.seen == q.case.version or q.act.action in AT_ANY_VERSION:
        return None
    return Refused("stale_version", {"seen": str(q.act.seen), "now": str(q.case.version)})


def outcome(q: Question) -> Refused | None:
    """Recording says which result it records, one that its step can have."""
    if q.act.action not in {"record_signature", "record_central_result"} or q.act.ask or q.step is None:
        return None
    return None if q.act.outcome in OUTCOMES[q.step.kind] else Refused("outcome_needed")


def route(q: Question) -> Refused | None:
    """The form cannot go from this proposer for this nominee: a commune or its Chairman starts above the commune.

    Only when it is submitted: later the file may have changed its route, and its entry is history.
    """
    if q.act.action != "submit":
        return None
    entry = q.case.entry_stage
    own_level = q.case.nominee_is_commune and entry == "commune"
    if own_level or entry not in q.workflow.entries.values():
        return Refused("form_not_for_nominee", {"form": q.case.form})
    return None


def decided_elsewhere(q: Question) -> Refused | None:
    """A unit never decides an award to itself (decision 9): said when the file is submitted, not after the climb."""
    if q.act.action != "submit" or q.case.nominee_unit is None:
        return None
    decides = [step.stage for step in q.workflow.steps.values() if step.kind == "award_signature"]
    itself = any(q.case.path.get(stage) == q.case.nominee_unit for stage in decides)
    return Refused("unit_decides_itself") if itself else None


def round_is_open(q: Question) -> Refused | None:
    """The round is closed, does not have the form, or is no review of three years (facts 2.3)."""
    if q.act.action != "submit":
        return None
    if not q.case.round_open:
        return Refused("round_closed")
    if not q.case.form_in_round:
        return Refused("form_not_in_round", {"form": q.case.form})
    if q.workflow.review_rounds_only and q.case.round_kind not in {"midterm", "final"}:
        return Refused("round_not_a_review", {"form": q.case.form})
    return None


def complete(q: Question) -> Refused | None:
    """A section is empty or a required paper is missing."""
    if q.act.action in FILES and q.case.empty_sections:
        return Refused("section_empty", {"sections": ", ".join(q.case.empty_sections)})
    if q.act.action in FILES | {"accept", "check"} and q.case.missing_papers:
        return Refused("paper_missing", {"papers": ", ".join(q.case.missing_papers)})
    return None


def criteria(q: Question) -> Refused | None:
    """A required criterion is not met (hard), or is not met and not explained (soft)."""
    if q.outcome not in FILES | {"accept", "check", "award"}:
        return None
    unmet = [c for c in q.case.criteria if not c.met]
    hard = [c.code for c in unmet if c.required == "hard"]
    if hard:
        return Refused("criterion_not_met", {"criteria": ", ".join(hard)})
    bare = [c.code for c in unmet if not c.explained]
    return Refused("criterion_unexplained", {"criteria": ", ".join(bare)}) if bare else None


def duplicate(q: Question) -> Refused | None:
    """The nominee already has a live file for this form in the round."""
    if q.act.action == "submit" and q.case.duplicate_of:
        return Refused("duplicate_in_round", {"code": q.case.duplicate_of})
    return None


def remarks_are_answered(q: Question) -> Refused | None:
    """A remark of the Front's supervision on this file, or on the selection of a level it passes, has no answer yet."""
    if q.outcome in {"check", "recommend", "close_ballot"} and q.case.open_remarks:
        return Refused("remark_open", {"count": str(q.case.open_remarks)})
    return None


def reconfirmed(q: Question) -> Refused | None:
    """Values a level attested were changed by a return that went past it; a level that has ended cannot be asked."""
    asked = [stage for stage in q.case.reconfirm if stage not in q.case.gone]
    if q.outcome in FORWARD and asked:
        return Refused("reconfirmation_missing", {"stages": ", ".join(asked)})
    return None


def stage_exists(q: Question) -> Refused | None:
    """The level the file would go on to, or waits at, has ended."""
    if q.outcome not in FORWARD | {"submit", "number"}:
        return None
    here = q.step.stage if q.step is not None else q.case.entry_stage
    going = (here, q.workflow.stages[here].next)
    gone = [stage for stage in going if stage in q.case.gone]
    return Refused("stage_gone", {"stage": str(gone[0])}) if gone else None


def signed_already(q: Question) -> Refused | None:
    """An award that is signed is numbered, not withdrawn, unless nothing can ever come of its number."""
    if q.act.action != "withdraw" or q.step is None or q.step.kind != "number":
        return None
    if not q.workflow.stages[q.step.stage].deciding:
        return None
    numbering = replace(q, outcome="number")
    hopeless = any(guard(numbering) for guard in (nominee.nominee_exists, nominee.one_award, stage_exists))
    return None if hopeless else Refused("already_signed")


def recall_is_early(q: Question) -> Refused | None:
    """A recall comes before anybody has examined the file: before any return, and before the first check."""
    if q.act.action != "recall":
        return None
    examined = any(joined.side == "appraises" for joined in q.case.participations)
    return Refused("already_examined") if examined or any(q.case.return_counts.values()) else None


def returns_are_whole(q: Question) -> Refused | None:
    """A return names its sections; a second one of the same stage needs the head, who approves one at a time.

    What the centre sends back is recorded as it comes: nobody here approves that.
    """
    if q.step is None or q.act.action not in {"return", "approve_return"}:
        return None
    stage = q.step.stage
    returned, approved = q.case.return_counts.get(stage, 0) > 0, stage in q.case.second_return_approved
    if q.act.action == "approve_return":
        if not returned:
            return Refused("first_return_is_free")
        return Refused("return_already_approved") if approved else None
    by_head = q.step.kind == "pending" or (q.post is not None and q.post.duty in HEADS)
    if returned and not approved and not by_head:
        return Refused("second_return_needs_head")
    return None if q.act.sections or q.act.ask else Refused("return_names_no_section")


def section_is_open(q: Question) -> Refused | None:
    """The holder of a returned file edits only the sections the return names (decision 2)."""
    if q.act.action != "save" or not q.case.returns:
        return None
    closed = [section for section in q.act.sections if section not in q.case.returns[-1].sections]
    return Refused("section_closed", {"sections": ", ".join(closed)}) if closed else None


def hold_is_proposed(q: Question) -> Refused | None:
    """A hold is proposed by one person and approved by another; whoever heads the unit may decline it."""
    if q.act.action == "propose_hold" and q.case.hold is not None:
        return Refused("hold_already_proposed")
    if q.act.action not in {"hold", "decline_hold"}:
        return None
    if q.case.hold is None:
        return Refused("hold_not_proposed")
    own = q.act.action == "hold" and q.case.hold.proposed_by in q.persons
    return Refused("hold_same_person") if own else None


def still_competent(q: Question) -> Refused | None:
    """Whoever sent it up ends it, or proposes it anew, only once the level that would decide has ended."""
    if q.act.action not in {"propose_anew", "end_without_competence"}:
        return None
    return None if q.workflow.deciding_stage.name in q.case.gone else Refused("still_competent")


def passes_down(q: Question) -> Refused | None:
    """A file already with the person who drafts it cannot be passed further down."""
    if q.act.action == "pass_down" and q.case.returns and q.case.returns[-1].holder.duty == "nominator":
        return Refused("nobody_below")
    return None


GUARDS: tuple[Guard, ...] = (
    outcome,
    route,
    decided_elsewhere,
    round_is_open,
    complete,
    criteria,
    duplicate,
    *nominee.GUARDS,
    *gates.GUARDS,
    remarks_are_answered,
    reconfirmed,
    stage_exists,
    *voting.GUARDS,
    quota.quota_full,
    signed_already,
    recall_is_early,
    returns_are_whole,
    section_is_open,
    hold_is_proposed,
    passes_down,
    still_competent,
    *aftermath.GUARDS,
)
