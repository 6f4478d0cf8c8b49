"""Every action of the table once: a file ready for it, who does it, what is sent, and what might be sent instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from nominations.models import Round
from nominations.services.log import Origin
from nominations.services.postings import set_posting
from tests.integration.services.plays import Cast, forward
from tests.world import REASON, SHA, START, World

FAULT = {"code": "other", "note": "Thiếu chữ ký.", "section": "report"}
RETURN = {"sections": ["report"], "faults": [FAULT]}
OPINION = {"advice": "for", "reasons": "Đủ điều kiện."}
COUNTS = {"issued": 5, "returned": 5, "valid": 5, "agree": 5, "disagree": 0, "abstain": 0, "minutes_sha": SHA}
WORDS = {"reasons": "Có lý do."}

Ready = Callable[[World, Cast], str]


class Once(NamedTuple):
    """One action: a file ready for it, who does it, what is sent, and what somebody might send instead."""

    ready: Ready
    who: str
    sent: Mapping[str, Any]
    other: Mapping[str, Any]


def at(state: str, form: str = "BK-TINH", by: str = "nominator.xa") -> Ready:
    """A file that has climbed to ``state``."""

    def ready(world: World, cast: Cast) -> str:
        if _round(world).settings.get("posting"):
            posting(world, None)  # another test's
        code = world.draft(form=form, by=by)
        forward(world, cast, code, state)
        return code

    return ready


def after(before: Ready, who: str, action: str, **sent: Any) -> Ready:
    """The same file with one act more."""

    def ready(world: World, cast: Cast) -> str:
        code = before(world, cast)
        world.do(who, code, action, **sent)
        return code

    return ready


def _on_paper(world: World, **more: Any) -> dict[str, Any]:
    return {"outcome": "send_up", "signer": "head.xa", "signed_on": world.clock.today(), "signed_file": SHA} | more


INTAKE, APPRAISAL, COUNCIL = at("commune.intake"), at("commune.appraisal"), at("commune.council")
SIGNATURE, NUMBER = at("commune.signature"), at("commune.number")
RETURNED = after(INTAKE, "appraiser.xa", "return", **RETURN)
AT_THE_DISTRICT = after(at("district.appraisal"), "appraiser.huyen", "return", mode="chain", **RETURN)
PROPOSED = after(INTAKE, "appraiser.xa", "propose_hold", ground="complaint", **WORDS)
ASKING = {"kind": "opinion", "outside": "Bộ Y tế", "question": "Ý kiến về thành tích?"}
ASKED = after(APPRAISAL, "appraiser.xa", "ask_opinion", **ASKING)
REPLY = OPINION | {"request": 1}
PAPER = {"reply_number": "12/BYT", "reply_paper": SHA}
CHECK = at("unit.check", by="nominator.sgt")
FIRST_DAY = "2024-02-20"
DAY = START.date().isoformat()


def _reconfirmable(world: World, cast: Cast) -> str:
    code = at("district.appraisal")(world, cast)
    direct = {"mode": "direct", "sections": ["criteria"], "faults": [FAULT | {"section": "criteria"}]}
    world.do("appraiser.huyen", code, "return", **direct)
    statements = {"statements": {"1.5.1": "Đã sửa.", "1.5.2": "Đã sửa."}}
    world.do("nominator.xa", code, "save", content={"criteria": statements})
    world.do("nominator.xa", code, "resubmit")
    return code


def _without_a_district(world: World, cast: Cast) -> str:
    """A file for the district's certificate that the commune had sent up when the districts ended."""
    with world.on(date(2025, 6, 20)):
        code = world.draft(form="GK-HUYEN")
        forward(world, cast, code, "district.intake")
    world.clock.instant = datetime(2025, 7, 2, 2, tzinfo=UTC)
    return code


def _returned_once(world: World, cast: Cast) -> str:
    code = RETURNED(world, cast)
    world.do("nominator.xa", code, "resubmit")
    return code


def _posted_in_public(world: World, cast: Cast) -> str:
    """At the commune's intake in a round that asks for a posting."""
    code = INTAKE(world, cast)
    posting(world, 3)
    return code


def _posting_over(world: World, cast: Cast) -> str:
    return after(_posted_in_public, "appraiser.xa", "begin_posting", posted_on=FIRST_DAY)(world, cast)


def posting(world: World, days: int | None) -> None:
    """Let the round ask for a posting of so many working days, or for none."""
    origin = Origin(actor="test")
    set_posting(world.session, world.clock, origin, "tong-ket", days, "Trụ sở xã; nhà văn hóa thôn", "[practice]")


def _round(world: World) -> Round:
    found = world.session.query(Round).filter_by(code="tong-ket").one()
    world.session.expunge_all()
    world.session.rollback()
    return found


def _asked_of_a_body(world: World, cast: Cast) -> str:
    if "dap.sgt" not in world.people:
        world.staff("dap.sgt", "SGT", ("asked_body",))
    asking = ASKING | {"bodies": ["SGT"]}
    return after(APPRAISAL, "appraiser.xa", "ask_opinion", **asking)(world, cast)


OTHER = {"form": "GK-XA", "reasons": "Thành tích hợp với giấy khen của xã."}
ANNULMENT = {"ground": "forged_papers", "reasons": "Giấy xác nhận là giả.", "document_sha": SHA}
CORRECTION = {"right_name": "Hộ ông Đinh Văn Đúng", "reasons": "Ghi sai tên."}
AGAIN = {"cause": "lost", "reasons": "Bị mất trong lũ.", "document_sha": SHA}
AWARDED, OF_THE_CENTRE = at("awarded", "GK-XA"), at("awarded", "BK-TTG")
CORRECTABLE = after(AWARDED, "clerk.xa", "propose_correction", **CORRECTION)

ONCE: Mapping[str, Once] = {
    "save": Once(
        lambda world, _cast: world.draft(),
        "nominator.xa",
        {"content": {"report": {"achievements": "Giúp ba hộ."}}},
        {"content": {"report": {"achievements": "Giúp bốn hộ."}}},
    ),
    "submit": Once(lambda world, _cast: world.draft(), "nominator.xa", {}, {}),
    "recall": Once(INTAKE, "nominator.xa", {}, {}),
    "accept": Once(INTAKE, "appraiser.xa", {"arrival_number": "5"}, {"arrival_number": "6"}),
    "check": Once(CHECK, "appraiser.sgt", OPINION, OPINION | {"advice": "against"}),
    "recommend": Once(APPRAISAL, "appraiser.xa", OPINION, OPINION | {"by_criterion": {"1.5.1": {"met": True}}}),
    "begin_posting": Once(_posted_in_public, "appraiser.xa", {}, {"places": "Nhà văn hóa thôn 3"}),
    "end_posting": Once(
        _posting_over, "appraiser.xa", {"minutes_sha": SHA}, {"minutes_sha": SHA, "remarks": "Không có ý kiến."}
    ),
    "ask_opinion": Once(APPRAISAL, "appraiser.xa", ASKING, ASKING | {"question": "Khác?"}),
    "reply_opinion": Once(_asked_of_a_body, "dap.sgt", REPLY, REPLY | {"advice": "against"}),
    "record_reply": Once(
        ASKED,
        "clerk.xa",
        REPLY | PAPER | {"replied_on": "today"},
        REPLY | PAPER | {"replied_on": "today", "advice": "against"},
    ),
    "remind_opinion": Once(ASKED, "appraiser.xa", {"request": 1}, {"request": 2}),
    "withdraw_request": Once(ASKED, "appraiser.xa", WORDS | {"request": 1}, {"reasons": "Khác.", "request": 1}),
    "ballot": Once(COUNCIL, "member1.xa", {"choice": "agree"}, {"choice": "disagree"}),
    "record_counts": Once(COUNCIL, "secretary.xa", COUNTS, COUNTS | {"agree": 4, "disagree": 1}),
    "confirm_counts": Once(after(COUNCIL, "secretary.xa", "record_counts", **COUNTS), "clerk.xa", {}, {}),
    "close_ballot": Once(
        after(after(COUNCIL, "secretary.xa", "record_counts", **COUNTS), "clerk.xa", "confirm_counts"),
        "secretary.xa",
        {},
        {"held_on": DAY},
    ),
    "reopen_ballot": Once(SIGNATURE, "secretary.xa", WORDS, {"reasons": "Khác."}),
    "send_up": Once(SIGNATURE, "head.xa", {}, REASON),
    "not_send_up": Once(SIGNATURE, "head.xa", REASON, REASON | {"reasons": "Khác."}),
    "award": Once(at("commune.signature", "GK-XA"), "head.xa", {}, REASON),
    "not_award": Once(at("commune.signature", "GK-XA"), "head.xa", REASON, REASON | {"reasons": "Khác."}),
    "record_signature": Once(
        SIGNATURE,
        "clerk.xa",
        {"outcome": "send_up", "signer": "head.xa", "signed_on": DAY, "signed_file": SHA},
        {"outcome": "send_up", "signer": "deputy.xa", "signed_on": DAY, "signed_file": SHA},
    ),
    "number": Once(
        NUMBER, "clerk.xa", {"number": "one", "numbered_on": "today"}, {"number": "2", "numbered_on": "today"}
    ),
    "record_central_result": Once(
        at("central.pending", "BK-TTG"),
        "clerk.snv",
        {"outcome": "awarded", "number": "9/QĐ-TTg", "decided_on": "today"},
        {"outcome": "not_awarded", "number": "9/QĐ-TTg", "decided_on": "today"},
    ),
    "return": Once(INTAKE, "appraiser.xa", RETURN, RETURN | {"sections": ["proposal"]}),
    "approve_return": Once(_returned_once, "head.xa", WORDS, {"reasons": "Khác."}),
    "send_back": Once(COUNCIL, "secretary.xa", WORDS, {"reasons": "Khác."}),
    "pass_down": Once(AT_THE_DISTRICT, "appraiser.xa", WORDS, {"reasons": "Khác."}),
    "resubmit": Once(RETURNED, "nominator.xa", {"note": "Đã sửa."}, {"note": "Khác."}),
    "reconfirm": Once(_reconfirmable, "head.xa", {"note": "Đúng."}, {"note": "Khác."}),
    "propose_hold": Once(INTAKE, "appraiser.xa", {"ground": "complaint"} | WORDS, {"ground": "press"} | WORDS),
    "hold": Once(PROPOSED, "head.xa", {}, {}),
    "decline_hold": Once(PROPOSED, "head.xa", WORDS, {"reasons": "Khác."}),
    "resume": Once(after(PROPOSED, "head.xa", "hold"), "head.xa", WORDS, {"reasons": "Khác."}),
    "withdraw": Once(INTAKE, "head.xa", WORDS, {"reasons": "Khác."}),
    "other_form": Once(APPRAISAL, "appraiser.xa", OTHER, OTHER | {"reasons": "Khác."}),
    "propose_anew": Once(_without_a_district, "head.xa", OTHER, OTHER | {"reasons": "Khác."}),
    "end_without_competence": Once(_without_a_district, "head.xa", WORDS, {"reasons": "Khác."}),
    "annul": Once(AWARDED, "head.xa", ANNULMENT, ANNULMENT | {"ground": "unlawful_review"}),
    "propose_annulment": Once(OF_THE_CENTRE, "head.tinh", ANNULMENT, ANNULMENT | {"ground": "unlawful_review"}),
    "record_central_annulment": Once(
        OF_THE_CENTRE,
        "clerk.snv",
        ANNULMENT | {"number": "9/QĐ-TTg", "decided_on": "today"},
        ANNULMENT | {"number": "10/QĐ-TTg", "decided_on": "today"},
    ),
    "propose_correction": Once(AWARDED, "clerk.xa", CORRECTION, CORRECTION | {"reasons": "Khác."}),
    "approve_correction": Once(CORRECTABLE, "head.xa", {}, {}),
    "decline_correction": Once(CORRECTABLE, "head.xa", WORDS, {"reasons": "Khác."}),
    "reissue": Once(AWARDED, "head.xa", AGAIN, AGAIN | {"cause": "spoiled"}),
    "number_act": Once(
        after(CORRECTABLE, "head.xa", "approve_correction"),
        "clerk.xa",
        {"number": "act one", "numbered_on": "today"},
        {"number": "2", "numbered_on": "today"},
    ),
}


def dated(world: World, payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload whose ``today`` is the day it is."""
    today = world.clock.today().isoformat()
    return {name: today if value == "today" else value for name, value in payload.items()}
