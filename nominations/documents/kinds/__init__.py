"""One function for each kind of paper: facts in, a value out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nominations.documents.facts import Facts
from nominations.documents.kinds import aftermath, decision, intake, letters, posting, report, review, slip
from nominations.documents.paper import Document

BUILDERS: Mapping[str, Callable[[Facts], Document]] = {
    "report": report.report,
    "receipt": intake.receipt,
    "return_slip": intake.return_slip,
    "posting_notice": posting.posting_notice,
    "posting_minutes": posting.posting_minutes,
    "appraisal": review.appraisal,
    "consultation": letters.consultation,
    "minutes": review.minutes,
    "letter": letters.letter,
    "check_slip": slip.check_slip,
    "decision": decision.decision,
    "certificate": decision.certificate,
    "bonus_list": decision.bonus_list,
    "result": letters.result,
    "no_result": letters.no_result,
    "moved": letters.moved,
    "annulment_proposal": aftermath.annulment_proposal,
    "annulment": aftermath.annulment,
    "correction": aftermath.correction,
    "reissue": aftermath.reissue,
}
"""Every kind, in the order papers come up on a file's way."""
