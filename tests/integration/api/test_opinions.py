"""Opinions by the API: asked as an action, read and answered by the body asked and by nobody else."""

from typing import Any

import pytest

from tests.integration.api.client import ApiWorld
from tests.world import SHA

ASKING = {"kind": "opinion", "bodies": ["SGT"], "question": "Ý kiến?", "sections": ["nominee"], "papers": [SHA]}
REPLY = {"advice": "for", "reasons": "Nhất trí."}


@pytest.fixture
def code(world: ApiWorld) -> str:
    """A file whose commune has asked a body."""
    if "dap.sgt" not in world.people:
        world.staff("dap.sgt", "SGT", ("asked_body",))
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="1")
    world.do("appraiser.xa", code, "ask_opinion", **ASKING)
    return code


def test_the_body_reads_its_question_and_answers(world: ApiWorld, code: str) -> None:
    caller = world.caller("dap.sgt")
    [line] = [one for one in caller.get("/opinions").get_json()["items"] if one["code"] == code]
    place = line["href"].removeprefix("/api/v1")
    found = caller.get(place).get_json()
    assert (found["question"], set(found["content"])) == ("Ý kiến?", {"nominee"})
    assert [paper["sha256"] for paper in found["papers"]] == [SHA]
    assert caller.get(f"/nominations/{code}").status_code == 404
    made = caller.post(f"{place}/reply", REPLY, key="r1")
    assert made.status_code == 200, made.text
    assert caller.post(f"{place}/reply", REPLY, key="r1").get_json()["receipt"] == made.get_json()["receipt"]
    assert caller.post(f"{place}/reply", REPLY).status_code == 409
    assert code in {one["code"] for one in caller.get("/opinions?over=true").get_json()["items"]}
    shown = world.caller("appraiser.xa").get(f"/nominations/{code}").get_json()
    assert [one["outcome"] for one in shown["requests"]] == ["answered"]
    assert [one["reasons"] for one in shown["opinions"]] == ["Nhất trí."]
    assert world.caller("nominator.xa").get(f"/nominations/{code}").get_json()["requests"] == []


@pytest.mark.parametrize(
    "wrong", [{}, {"advice": "maybe"}, {"reasons": ""}, {"reasons": 7}, {"more": 1}, {"reply_paper": "0" * 64}]
)
def test_wrong_replies_are_answered_by_field(world: ApiWorld, code: str, wrong: dict[str, Any]) -> None:
    body = {} if not wrong else REPLY | wrong
    assert world.caller("dap.sgt").post(f"/opinions/{code}/1/reply", body).status_code == 422


def test_strangers_find_nothing(world: ApiWorld, code: str) -> None:
    for who in ("appraiser.xa", "head.snv", "nominator.xa"):
        caller = world.caller(who)
        assert caller.get("/opinions").get_json()["items"] == []
        assert caller.get(f"/opinions/{code}/1").status_code == 404
        assert caller.post(f"/opinions/{code}/1/reply", REPLY).status_code == 404
        assert caller.get(f"/opinions/{code}/1/files/{SHA}").status_code == 404
    assert world.caller("dap.sgt", "read").post(f"/opinions/{code}/1/reply", REPLY).status_code == 403
    for number in ("0", "2", "abc", "99999999"):
        assert world.caller("dap.sgt").get(f"/opinions/{code}/{number}").status_code == 404
