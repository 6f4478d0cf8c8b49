"""Nominees by the API: found, read, marked, by those of their units and nobody else."""

from sqlalchemy import select

from nominations import models
from tests.integration.api.client import ApiWorld

MARK = {"kind": "complaint", "opened_on": "2024-03-01", "document": "Đơn số 8"}


def ref_of(world: ApiWorld, code: str) -> str:
    found = world.session.scalar(
        select(models.Nominee.ref).join(models.Nomination).where(models.Nomination.code == code)
    )
    world.session.rollback()
    return str(found)


def test_a_mark_is_recorded_read_and_closed(world: ApiWorld) -> None:
    code = world.draft(kind="individual", name="Lò Thị Có Đơn")
    world.do("nominator.xa", code, "submit")
    caller, ref = world.caller("appraiser.xa"), ref_of(world, code)
    assert [one["ref"] for one in caller.get("/nominees?q=co+don").get_json()["items"]] == [ref]
    made = caller.post(f"/nominees/{ref}/marks", MARK, key="m1")
    assert made.status_code == 201, made.text
    assert caller.post(f"/nominees/{ref}/marks", MARK, key="m1").get_json() == made.get_json()
    [mark] = caller.get(f"/nominees/{ref}").get_json()["marks"]
    assert (mark["document"], mark["closed_on"]) == ("Đơn số 8", None)
    assert [m["document"] for m in caller.get(f"/nominations/{code}").get_json()["marks"]] == ["Đơn số 8"]
    assert world.caller("nominator.xa").get(f"/nominations/{code}").get_json()["marks"] == []
    place = f"/nominees/{ref}/marks/{mark['id']}/close"
    assert caller.post(place, {"reasons": ""}).status_code == 422
    assert caller.post(place, {"reasons": "Không đúng."}).status_code == 200
    assert caller.post(place, {"reasons": "Không đúng."}).status_code == 422
    assert caller.post(f"/nominees/{ref}/marks/999999/close", {"reasons": "x"}).status_code == 404


def test_strangers_find_nothing(world: ApiWorld) -> None:
    code = world.draft(kind="individual", name="Lò Thị Kín Đáo")
    ref = ref_of(world, code)
    for who in ("appraiser.xa2", "appraiser.huyen", "nominator.xa", "clerk.xa", "member1.xa"):
        caller = world.caller(who)
        assert caller.get("/nominees?q=kin+dao").get_json()["items"] == []
        assert caller.get(f"/nominees/{ref}").status_code == 404
        assert caller.post(f"/nominees/{ref}/marks", MARK).status_code == 404
    assert world.caller("appraiser.xa", "read").post(f"/nominees/{ref}/marks", MARK).status_code == 403
    assert world.caller("appraiser.xa").get("/nominees/nobody").status_code == 404


def test_hostile_bodies_are_answered(world: ApiWorld) -> None:
    ref = ref_of(world, world.draft(kind="individual"))
    caller = world.caller("appraiser.xa")
    for more in ({"kind": 7}, {"opened_on": "yesterday"}, {"document": "\x00"}, {"note": ["x"]}, {"unit": 10**30},
                 {"unit": world.units["52"]}, {"document_sha": "0" * 64}, {"closed_on": "2024-01-01"}):  # fmt: skip
        assert caller.post(f"/nominees/{ref}/marks", MARK | more).status_code == 422, more
