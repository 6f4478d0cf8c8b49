"""The same request twice acts once: for every action of the table, the first answer comes again; another is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from nominations import models
from nominations.services.apply import Applied
from nominations.services.drafts import create
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.nominees import Draft
from tests.integration.services.plays import Cast, forward
from tests.integration.services.soundness import entries, sound
from tests.world import REASON, SHA, START, World
from workflows.actions import ACTIONS

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
        code = world.draft(form=form, by=by)
        list(forward(world, cast, code, state))
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
CHECK = at("unit.check", by="nominator.sgt")
DAY = START.date().isoformat()


def _reconfirmable(world: World, cast: Cast) -> str:
    code = at("district.appraisal")(world, cast)
    direct = {"mode": "direct", "sections": ["criteria"], "faults": [FAULT | {"section": "criteria"}]}
    world.do("appraiser.huyen", code, "return", **direct)
    statements = {"statements": {"1.5.1": "Đã sửa.", "1.5.2": "Đã sửa."}}
    world.do("nominator.xa", code, "save", content={"criteria": statements})
    world.do("nominator.xa", code, "resubmit")
    return code


def _returned_once(world: World, cast: Cast) -> str:
    code = RETURNED(world, cast)
    world.do("nominator.xa", code, "resubmit")
    return code


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
    "ballot": Once(COUNCIL, "member1.xa", {"choice": "agree"}, {"choice": "disagree"}),
    "record_counts": Once(COUNCIL, "secretary.xa", COUNTS, COUNTS | {"agree": 4, "disagree": 1}),
    "confirm_counts": Once(after(COUNCIL, "secretary.xa", "record_counts", **COUNTS), "clerk.xa", {}, {}),
    "close_ballot": Once(
        after(after(COUNCIL, "secretary.xa", "record_counts", **COUNTS), "clerk.xa", "confirm_counts"),
        "secretary.xa",
        {},
        {"held_on": DAY},
    ),
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
    "resume": Once(after(PROPOSED, "head.xa", "hold"), "head.xa", WORDS, {"reasons": "Khác."}),
    "withdraw": Once(INTAKE, "head.xa", WORDS, {"reasons": "Khác."}),
}


def test_every_action_is_tried() -> None:
    assert set(ONCE) == set(ACTIONS)


@pytest.mark.parametrize("action", ONCE)
def test_the_same_request_acts_once(world: World, cast: Cast, action: str) -> None:
    world.clock.instant = START
    once = ONCE[action]
    code, key = once.ready(world, cast), f"key of {action}"
    sent, other = (_dated(world, payload) for payload in (once.sent, once.other))
    seen, before = world.version(code), entries(world.session)
    first = world.attempt(once.who, code, action, key=key, seen=seen, **sent)
    assert isinstance(first, Applied), first
    world.clock.move(hours=1)
    again = world.attempt(once.who, code, action, key=key, seen=seen, **sent)
    assert isinstance(again, Applied), again
    assert (again.receipt, again.state, again.version) == (first.receipt, first.state, first.version)
    assert entries(world.session) == before + 1
    if sent != other:
        with pytest.raises(InvalidInput) as refused:
            world.attempt(once.who, code, action, key=key, **other)
        assert refused.value.errors["Idempotency-Key"].key == "key_reused"
    with pytest.raises((InvalidInput, NotFound)):
        world.attempt(once.who, code, "withdraw" if action != "withdraw" else "save", key=key, **WORDS)
    assert entries(world.session) == before + 1
    sound(world.session, code)


def _dated(world: World, payload: Mapping[str, Any]) -> dict[str, Any]:
    today = world.clock.today().isoformat()
    return {name: today if value == "today" else value for name, value in payload.items()}


def test_a_key_is_one_persons_across_all_files(world: World) -> None:
    """Used for another file it is refused; another person may happen on the same key and acts."""
    first, second = world.draft(), world.draft()
    content = {"content": {"report": {"achievements": "Như nhau."}}}
    world.do("nominator.xa", first, "save", key="shared", **content)
    with pytest.raises(InvalidInput) as refused:
        world.attempt("nominator.xa", second, "save", key="shared", **content)
    assert refused.value.errors["Idempotency-Key"].key == "key_reused"
    world.do("nominator.xa", first, "submit")
    world.do("appraiser.xa", first, "accept", key="shared")
    assert world.state(first) == "commune.appraisal"


def test_a_key_used_for_a_ballot_is_not_one_for_another_act(world: World, cast: Cast) -> None:
    """The entry of a ballot lies in its meeting's chain, not in the file's."""
    code, other = COUNCIL(world, cast), COUNCIL(world, cast)
    world.do("member1.xa", code, "ballot", key="vote", choice="agree")
    with pytest.raises(InvalidInput) as refused:
        world.attempt("member1.xa", other, "ballot", key="vote", choice="agree")
    assert refused.value.errors["Idempotency-Key"].key == "key_reused"


@pytest.mark.parametrize("key", ["", "x" * 201, "khoá", "a\nb", "\x00", "\ud800"])
def test_a_key_that_cannot_be_kept(world: World, key: str) -> None:
    code, actor = world.draft(), world.actor("nominator.xa")
    with pytest.raises(InvalidInput) as refused:
        world.attempt("nominator.xa", code, "submit", key=key)
    assert refused.value.errors["Idempotency-Key"].key == "key_form"
    with pytest.raises(InvalidInput):
        create(world.session, actor, world.clock, Origin(actor=actor.ref, request_key=key), _household(world, "Bà Tư"))


def _household(world: World, name: str) -> Draft:
    return Draft("tong-ket", "BK-TINH", world.unit_of("nominator.xa"), "household", "1.5", name)


def test_a_new_file_is_made_once(world: World) -> None:
    actor = world.actor("nominator.xa")
    origin = Origin(actor=actor.ref, request_key="new file")
    first, again = (create(world.session, actor, world.clock, origin, _household(world, "Bà Năm")) for _ in range(2))
    assert first == again
    with pytest.raises(InvalidInput) as refused:
        create(world.session, actor, world.clock, origin, _household(world, "Bà Sáu"))
    assert refused.value.errors["Idempotency-Key"].key == "key_reused"
    with pytest.raises(InvalidInput):
        world.attempt("nominator.xa", first.code, "submit", key="new file")
    world.do("nominator.xa", first.code, "save", key="saved", content={})
    used = Origin(actor=actor.ref, request_key="saved")
    with pytest.raises(InvalidInput) as refused:
        create(world.session, actor, world.clock, used, _household(world, "Bà Năm"))
    assert refused.value.errors["Idempotency-Key"].key == "key_reused"
    found = world.session.scalars(
        select(models.Nomination.code).where(models.Nomination.nominee_name == "Bà Năm")
    ).all()
    world.session.rollback()
    assert found == [first.code]
