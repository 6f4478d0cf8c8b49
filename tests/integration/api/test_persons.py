"""Accounts of a nominee by the API: who finds them, who names them, who sees them."""

from tests.integration.api.client import ApiWorld


def test_an_account_is_found_named_listed_and_taken_back(world: ApiWorld) -> None:
    code = world.draft(kind="individual")
    caller = world.caller("nominator.xa")
    found = caller.get("/people?q=CLERK").get_json()["items"]
    assert "clerk.xa2" in [one["username"] for one in found]
    body = {"person": "clerk.xa2", "role": "self"}
    done = caller.post(f"/nominations/{code}/persons", body, version=world.version(code), key="name-1")
    assert done.status_code == 200, done.text
    again = caller.post(f"/nominations/{code}/persons", body, version=world.version(code), key="name-1")
    assert again.get_json()["receipt"] == done.get_json()["receipt"]
    listed = caller.get(f"/nominations/{code}/persons").get_json()["items"]
    assert listed == [{"username": "clerk.xa2", "full_name": "clerk.xa2", "role": "self"}]
    struck = caller.post(
        f"/nominations/{code}/persons/strike", {"person": "clerk.xa2", "reasons": "Nhầm."}, version=world.version(code)
    )
    assert struck.status_code == 200, struck.text
    assert caller.get(f"/nominations/{code}/persons").get_json()["items"] == []


def test_refusals_have_their_status(world: ApiWorld) -> None:
    code = world.draft(kind="individual")
    place, body = f"/nominations/{code}/persons", {"person": "clerk.xa2", "role": "self"}
    caller = world.caller("nominator.xa")
    assert caller.post(place, body).status_code == 428
    assert caller.post(place, body, version=1).status_code == 412
    assert caller.post(place, body | {"role": "friend"}, version=world.version(code)).status_code == 422
    assert caller.post(place, body | {"role": "member"}, version=world.version(code)).status_code == 422
    assert caller.post(place, {"person": "x\x00y", "role": "self"}, version=world.version(code)).status_code == 422
    assert world.caller("nominator.xa2").post(place, body, version=1).status_code == 404
    assert world.caller("nominator.xa", "read").post(place, body, version=1).status_code == 403
    assert world.caller("clerk.xa").get("/people?q=clerk").status_code == 403
    assert caller.get("/people?q=c").get_json()["items"] == []


def test_the_nominee_is_told_nothing(world: ApiWorld) -> None:
    code = world.draft(kind="individual")
    body = {"person": "secretary.xa", "role": "self"}
    world.caller("nominator.xa").post(f"/nominations/{code}/persons", body, version=world.version(code))
    world.do("nominator.xa", code, "submit")
    caller = world.caller("secretary.xa")
    assert caller.get(f"/nominations/{code}").get_json()["level"] == "bare"
    assert caller.get(f"/nominations/{code}/persons").status_code == 404
    answer = caller.post(f"/nominations/{code}/persons", {"person": "clerk.xa", "role": "member"}, version=2)
    assert answer.status_code in (409, 412)
    assert world.caller("head.xa").get(f"/nominations/{code}/persons").status_code == 200


def test_what_cannot_be_taken_back_is_said(world: ApiWorld) -> None:
    code = world.draft(kind="individual")
    place, right = f"/nominations/{code}/persons/strike", {"person": "clerk.xa2", "reasons": "Nhầm."}
    caller = world.caller("nominator.xa")
    assert caller.post(place, right).status_code == 428
    assert caller.post(place, right, version=99).status_code == 412
    for wrong in ({"person": "nobody"}, {"person": 7}, {"person": "x\x00y"}, {"reasons": ""}, {"more": 1}, {}):
        answer = caller.post(place, right | wrong, version=world.version(code))  # nobody was named yet
        assert answer.status_code in (404, 409, 422), wrong
        assert answer.get_json()["detail"], wrong
    assert world.caller("nominator.xa2").post(place, right, version=1).status_code == 404
