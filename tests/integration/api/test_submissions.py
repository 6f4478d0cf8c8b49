"""Papers over many files by the API: composed, changed, signed, numbered, read, each as far as somebody may."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.api.client import ApiWorld, Caller
from tests.integration.services.plays import Cast, forward


@pytest.fixture(scope="module")
def cast(province: ApiWorld) -> Cast:
    """Everybody of the province."""
    return Cast(province)


def waiting(world: ApiWorld, cast: Cast, count: int) -> list[str]:
    """So many files that wait for the commune's letter."""
    codes = [world.draft(kind="individual", name=f"Người thứ {n}") for n in range(count)]
    for code in codes:
        forward(world, cast, code, "commune.signature")
    return codes


def seen(world: ApiWorld, caller: Caller, ref: str, **more: Any) -> dict[str, Any]:
    """The paper and its lines as they are."""
    whole = caller.get(f"/submissions/{ref}").get_json()
    lines = [{"code": line["code"], "version": world.version(line["code"])} for line in whole["items"]]
    return {"version": whole["version"], "lines": lines} | more


def test_a_letter_from_its_composing_to_its_number(world: ApiWorld, cast: Cast) -> None:
    first, second, _third = codes = waiting(world, cast, 3)
    composer = world.caller("appraiser.xa")
    made = composer.post("/submissions", {"codes": codes})
    assert made.status_code == 201, made.text
    paper = made.get_json()
    ref = paper["ref"]
    assert (paper["progress"], [line["code"] for line in paper["items"]]) == ("composed", codes)
    assert ref in [one["ref"] for one in composer.get("/submissions").get_json()["items"]]
    fewer = composer.post(f"/submissions/{ref}/lines", {"version": paper["version"], "codes": [first, second]})
    assert [line["code"] for line in fewer.get_json()["items"]] == [first, second]
    head = world.caller("head.xa")
    signed = head.post(f"/submissions/{ref}/sign", seen(world, head, ref), key="letter-1")
    assert signed.status_code == 200, signed.text
    assert (signed.get_json()["done"], signed.get_json()["submission"]["progress"]) == (True, "signed")
    assert [one["state"] for one in signed.get_json()["items"]] == ["commune.number"] * 2
    clerk = world.caller("clerk.xa")
    today = world.clock.today().isoformat()
    assert clerk.get("/submissions").get_json()["items"][0]["signed_on"] == today
    body = seen(world, clerk, ref, number="817", numbered_on=today)
    numbered = clerk.post(f"/submissions/{ref}/number", body).get_json()
    assert (numbered["done"], numbered["submission"]["number"]) == (True, "817")
    assert [world.state(code) for code in codes] == ["district.intake", "district.intake", "commune.signature"]
    # The district reads the letter that came up, and everybody who reads one of its files its decision, once.
    assert ref in [one["ref"] for one in world.caller("appraiser.huyen").get("/submissions").get_json()["items"]]
    told = [one for one in composer.get("/decisions").get_json()["items"] if one["number"] == "817"]
    assert [(one["files"], one["code"], one["kind"], one["voided"]) for one in told] == [(2, "", "letter", False)]
    assert [one["number"] for one in world.caller("appraiser.xa2").get("/decisions").get_json()["items"]] == []


def test_what_is_given_up_leaves_its_files_where_they_are(world: ApiWorld, cast: Cast) -> None:
    codes = waiting(world, cast, 1)
    composer = world.caller("appraiser.xa")
    paper = composer.post("/submissions", {"codes": codes}).get_json()
    twice = composer.post("/submissions", {"codes": codes})
    assert (twice.status_code, [one["field"] for one in twice.get_json()["errors"]]) == (422, ["lines"])
    stale = composer.post(f"/submissions/{paper['ref']}/drop", {"version": paper["version"] + 1})
    assert stale.status_code == 422
    dropped = composer.post(f"/submissions/{paper['ref']}/drop", {"version": paper["version"]}).get_json()
    assert (dropped["progress"], world.state(codes[0])) == ("dropped", "commune.signature")


def test_strangers_find_nothing_and_wrong_bodies_are_answered(world: ApiWorld, cast: Cast) -> None:
    codes = waiting(world, cast, 1)
    ref = world.caller("appraiser.xa").post("/submissions", {"codes": codes}).get_json()["ref"]
    own = seen(world, world.caller("appraiser.xa"), ref)
    for who in ("appraiser.xa2", "appraiser.huyen", "member1.xa2"):
        other = world.caller(who)
        assert other.get(f"/submissions/{ref}").status_code == 404
        assert other.post(f"/submissions/{ref}/sign", own).status_code in {403, 404}
    nominator = world.caller("nominator.xa")
    assert nominator.post("/submissions", {"codes": codes}).status_code in {404, 422}
    refused = nominator.post(f"/submissions/{ref}/sign", own).get_json()
    assert refused["done"] is False
    assert refused["items"][0]["guard"] == "not_your_post"
    composer = world.caller("appraiser.xa")
    bodies: tuple[dict[str, Any], ...] = (
        {},
        {"codes": []},
        {"codes": [1]},
        {"codes": codes, "more": 1},
        {"codes": ["HS24-NOTTHERE"]},
    )
    for body in bodies:
        assert composer.post("/submissions", body).status_code in {404, 422}, body
    head = world.caller("head.xa")
    outside = own | {"signer": "head.xa", "signed_on": "2024-03-04", "signed_file": "0" * 64}
    assert head.post(f"/submissions/{ref}/signature", outside).status_code == 422
    assert world.caller("appraiser.xa").get("/decisions?cursor=x").status_code == 422


def test_the_register_is_read_as_the_public_reads_it(world: ApiWorld, cast: Cast) -> None:
    code = world.draft(kind="individual", name="Người Được Khen", form="GK-XA")
    forward(world, cast, code, "awarded")
    world.session.rollback()
    caller = world.caller("nominator.xa2")
    found = caller.get("/awards?q=nguoi+duoc+khen").get_json()["items"]
    assert [(one["name"], one["status"]) for one in found] == [("Người Được Khen", "issued")]
    assert caller.get("/awards?q=052070001234").status_code in {400, 422}
    assert caller.get("/awards?form=BK-TTG").get_json()["items"] == []
