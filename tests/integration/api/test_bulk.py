"""One action on many files by the API: previewed, done, asked again, told."""

from tests.integration.api.client import ApiWorld


def test_every_line_has_its_answer(world: ApiWorld) -> None:
    codes = [world.draft() for _ in range(3)]
    for code in codes:
        world.do("nominator.xa", code, "submit")
    caller = world.caller("appraiser.xa")
    lines = [{"code": code, "version": world.version(code)} for code in codes]
    lines[2]["version"] = 1
    asked = {"action": "accept", "lines": [*lines, {"code": "VNN-0", "version": 1}], "payload": {}}
    seen = caller.post("/bulk", asked | {"preview": True})
    assert seen.status_code == 200
    assert [one["ok"] for one in seen.get_json()["items"]] == [True, True, False, False]
    assert world.state(codes[0]) == "commune.intake"
    assert caller.post("/bulk", asked).status_code == 422
    done = caller.post("/bulk", asked, key="lo-1").get_json()
    assert (done["done"], done["refused"]) == (2, 2)
    assert done["items"][2]["guard"] == "stale_version"
    assert done["items"][2]["clears"]
    assert done["items"][3] == {"code": "VNN-0", "ok": False, "guard": "not_found"}
    again = caller.post("/bulk", asked, key="lo-1").get_json()
    assert again["items"][0]["receipt"] == done["items"][0]["receipt"]
    told = caller.get("/bulk/lo-1").get_json()
    assert [one["code"] for one in told["items"]] == sorted(codes[:2])
    assert caller.get("/bulk/khong-co").status_code == 404
    assert world.caller("appraiser.xa2").get("/bulk/lo-1").status_code == 404


def test_what_cannot_be_asked(world: ApiWorld) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    caller = world.caller("appraiser.xa")
    line = {"code": code, "version": world.version(code)}
    for wrong in ({"action": "accept"}, {"action": "no", "lines": [line]}, {"action": "accept", "lines": []}):
        assert caller.post("/bulk", wrong, key="lo-2").status_code == 422
    no_reasons = {"action": "recommend", "lines": [line], "payload": {"advice": "for"}}
    assert caller.post("/bulk", no_reasons, key="lo-3").status_code == 422
    assert world.state(code) == "commune.intake"
