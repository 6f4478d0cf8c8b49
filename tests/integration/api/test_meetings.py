"""Meetings by the API: called, read, voted on in one act, each as far as somebody may."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from nominations import models
from nominations.transactions import write_transaction
from tests.integration.api.client import ApiWorld
from tests.integration.services.sitting import before_council


def wanted(world: ApiWorld, files: list[str], **more: Any) -> dict[str, Any]:
    """A meeting of the commune's council as somebody asks for it."""
    council = world.session.scalar(select(models.Council.id).where(models.Council.unit_id == world.units["21613"]))
    world.session.rollback()
    day = world.clock.today().isoformat()
    return {"council": council, "held_on": day, "begins": "08:00", "place": "UBND xã", "codes": files} | more


def votes(world: ApiWorld, **said: str) -> dict[str, Any]:
    """A sheet on the versions as they are."""
    return {
        "votes": [{"code": code, "choice": choice, "version": world.version(code)} for code, choice in said.items()]
    }


def test_a_meeting_is_called_read_and_voted_on(world: ApiWorld) -> None:
    codes = before_council(world, 2)
    caller = world.caller("secretary.xa")
    made = caller.post("/meetings", wanted(world, codes), key="call-1")
    assert made.status_code == 201, made.text
    assert made.get_json()["lines"] == 2
    assert caller.post("/meetings", wanted(world, codes), key="call-1").get_json()["ref"] == made.get_json()["ref"]
    ref = made.get_json()["ref"]
    assert ref in [one["ref"] for one in caller.get("/meetings").get_json()["items"]]
    member = world.caller("member1.xa")
    open_lines = member.get(f"/meetings/{ref}/ballots").get_json()["items"]
    assert [line["allowed"] for line in open_lines] == [True, True]
    sent = votes(world, **{codes[0]: "agree", codes[1]: "disagree"})
    first = member.post(f"/meetings/{ref}/ballots", sent, key="sheet-1")
    assert (first.status_code, first.get_json()["cast"]) == (200, 2)
    assert (
        member.post(f"/meetings/{ref}/ballots", sent, key="sheet-1").get_json()["receipt"]
        == (first.get_json()["receipt"])
    )
    again = member.post(f"/meetings/{ref}/ballots", votes(world, **{codes[0]: "agree"})).get_json()
    assert (again["cast"], again["receipt"]) == (0, None)
    assert again["refused"][0]["guard"] == "already_voted"
    shown = caller.get(f"/meetings/{ref}").get_json()
    assert [line["cast"] for line in shown["agenda"]] == [1, 1]
    assert [line["agree"] for line in shown["agenda"]] == [0, 0]
    assert [one["name"] for one in shown["members"]] == [f"member{number}.xa" for number in range(1, 6)]
    assert member.get(f"/meetings/{ref}/ballots").get_json()["items"][0]["guard"] == "already_voted"


def test_a_line_in_conflict_is_bare_and_not_voted_on(world: ApiWorld) -> None:
    codes = before_council(world, 1)
    ref = world.caller("secretary.xa").post("/meetings", wanted(world, codes)).get_json()["ref"]
    nominee = world.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == codes[0]))
    values = {"person_id": world.people["member2.xa"], "nominee_id": nominee, "kind": "kin", "note": "Em."}
    with write_transaction(world.session):
        world.session.add(models.ConflictDeclaration(declared_at=world.clock.now(), **values))
    member = world.caller("member2.xa")
    [line] = member.get(f"/meetings/{ref}").get_json()["agenda"]
    assert (line["bare"], line["name"], line["unit"]) == (True, "", "")
    assert member.get(f"/meetings/{ref}/ballots").get_json()["items"] == []
    refused = member.post(f"/meetings/{ref}/ballots", votes(world, **{codes[0]: "agree"})).get_json()["refused"]
    assert [one["guard"] for one in refused] == ["declared_conflict"]


def test_strangers_find_nothing_and_wrong_bodies_are_answered(world: ApiWorld) -> None:
    codes = before_council(world, 1)
    caller = world.caller("secretary.xa")
    ref = caller.post("/meetings", wanted(world, codes)).get_json()["ref"]
    for who in ("secretary.xa2", "nominator.xa", "member1.xa2"):
        other = world.caller(who)
        assert other.get(f"/meetings/{ref}").status_code == 404
        assert other.get(f"/meetings/{ref}/ballots").status_code == 404
        assert other.post(f"/meetings/{ref}/ballots", votes(world, **{codes[0]: "agree"})).status_code == 404
        assert other.post("/meetings", wanted(world, codes)).status_code == 422
    assert world.caller("secretary.xa", "read").post("/meetings", wanted(world, [])).status_code == 403
    for more in ({"begins": "8"}, {"place": " "}, {"held_on": "today"}, {"held_on": "1999-01-01"}, {"council": "x"},
                 {"codes": "all"}, {"more": 1}):  # fmt: skip
        assert caller.post("/meetings", wanted(world, [], **more)).status_code == 422, more
    assert caller.get(f"/meetings/{'0' * 32}").status_code == 404
    member = world.caller("member1.xa")
    for body in ({}, {"votes": [{"code": codes[0]}]}, {"votes": [{"code": codes[0], "choice": "yes", "version": 1}]}):
        assert member.post(f"/meetings/{ref}/ballots", body).status_code == 422, body
    stale = {"votes": [{"code": codes[0], "choice": "agree", "version": 1}]}
    assert member.post(f"/meetings/{ref}/ballots", stale).get_json()["refused"][0]["guard"] == "stale_version"
    elsewhere = before_council(world, 1)
    assert member.post(f"/meetings/{ref}/ballots", votes(world, **{elsewhere[0]: "agree"})).status_code == 404
    seatless = world.caller("head.xa").post(f"/meetings/{ref}/ballots", votes(world, **{codes[0]: "agree"})).get_json()
    assert seatless["refused"][0]["guard"] == "not_your_post"
