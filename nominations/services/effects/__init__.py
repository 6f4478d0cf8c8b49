"""What each action writes besides state, entry and tasks: opinions, decisions, returns, holds, letters, awards.

One function an action, named after it; an action without one writes nothing of its own.
"""

from collections.abc import Mapping

from nominations.services.apply import Change
from nominations.services.effects import (
    aftermath,
    another_form,
    consultations,
    corrections,
    councils,
    endings,
    filing,
    holds,
    postings,
    returns,
    review,
    signing,
)
from nominations.services.effects.ground import Effect, Ground, fingerprint, plain

EFFECTS: Mapping[str, Effect] = {
    "save": filing.save,
    "submit": filing.submit,
    "resubmit": filing.resubmit,
    "accept": review.accept,
    "check": review.check,
    "recommend": review.recommend,
    "begin_posting": postings.begin_posting,
    "end_posting": postings.end_posting,
    "ask_opinion": consultations.ask_opinion,
    "reply_opinion": consultations.reply_opinion,
    "record_reply": consultations.record_reply,
    "remind_opinion": consultations.remind_opinion,
    "withdraw_request": consultations.withdraw_request,
    "record_counts": review.record_counts,
    "confirm_counts": review.confirm_counts,
    "close_ballot": review.close_ballot,
    "reopen_ballot": review.reopen_ballot,
    "send_up": signing.sign,
    "not_send_up": signing.sign,
    "award": signing.sign,
    "not_award": signing.sign,
    "record_signature": signing.record_signature,
    "number": signing.number,
    "record_central_result": signing.record_central_result,
    "return": returns.return_file,
    "pass_down": returns.pass_down,
    "approve_return": returns.approve_return,
    "reconfirm": returns.reconfirm,
    "propose_hold": holds.propose_hold,
    "hold": holds.hold,
    "decline_hold": holds.end,
    "resume": holds.end,
    "other_form": another_form.move,
    "propose_anew": another_form.move,
    "end_without_competence": another_form.end,
    "annul": aftermath.annul,
    "propose_annulment": aftermath.propose_annulment,
    "record_central_annulment": aftermath.record_central_annulment,
    "propose_correction": corrections.propose_correction,
    "approve_correction": corrections.approve_correction,
    "decline_correction": corrections.decline_correction,
    "reissue": aftermath.reissue,
    "number_act": aftermath.number_act,
}


def work_out(ground: Ground) -> Change:
    """The change the accepted act makes. Raises InvalidInput where only the rows can tell that it cannot be."""
    said = {"input": plain(ground.payload), "request": fingerprint(ground.payload)}
    change = Change(payload=said, workflow_id=ground.workflow_id)
    effect = EFFECTS.get(ground.accepted.action)
    if effect is not None:
        effect(ground, change)
    opened = ground.accepted.next_step
    if opened is not None and opened.kind == "council" and ground.accepted.action != "reopen_ballot":
        councils.open_line(ground, change)
    endings.leave(ground, change)
    return change


__all__ = ["Ground", "work_out"]
