"""What stands against an act on an award: after its decision it is annulled, corrected, its certificate issued again.

Source: the process, section 3 (annul, correct, reissue); facts 2.8 (L11) and 3. Nothing is erased by any of them.
"""

from __future__ import annotations

from workflows.model import Refused
from workflows.question import Question

OURS = frozenset({"annul", "reissue"})
OF_THE_CENTRE = frozenset({"propose_annulment", "record_central_annulment"})
CORRECTS = frozenset({"approve_correction", "decline_correction"})


def whose_decision(q: Question) -> Refused | None:
    """What the centre decided it annuls itself, at the province's proposal; what was decided here is annulled here."""
    if q.act.action in OURS and q.workflow.decided_by_the_centre:
        return Refused("centre_decides")
    if q.act.action in OF_THE_CENTRE and not q.workflow.decided_by_the_centre:
        return Refused("decided_here")
    return None


def correction_is_proposed(q: Question) -> Refused | None:
    """A correction is proposed by one person and approved by another, one at a time."""
    proposed_by = q.case.correction_by
    if q.act.action in {"propose_correction", "number"} and proposed_by is not None:
        return Refused("correction_open")
    if q.act.action not in CORRECTS:
        return None
    if proposed_by is None:
        return Refused("correction_not_proposed")
    own = q.act.action == "approve_correction" and proposed_by in {q.actor.person, q.decider.person}
    return Refused("correction_same_person") if own else None


def has_a_number_to_get(q: Question) -> Refused | None:
    """Only what has been signed is numbered."""
    return Refused("nothing_to_number") if q.act.action == "number_act" and not q.case.unnumbered else None


GUARDS = (whose_decision, correction_is_proposed, has_a_number_to_get)
