"""The reference lists, and who the caller is."""

from tests.integration.api.client import ApiWorld


def test_me(world: ApiWorld) -> None:
    said = world.caller("secretary.huyen", "read").get("/me").get_json()
    assert said["person"]["name"] == "secretary.huyen"
    assert [(post["duty"], post["unit"]["name"]) for post in said["posts"]] == [("secretary", "Đơn vị 542")]
    assert said["token"]["scopes"] == ["read"]
    assert said["delegations"] == []
    member = world.caller("member1.tinh").get("/me").get_json()
    assert member["posts"] == []
    assert member["seats"] == [{"unit_id": world.units["52"], "role": "member"}]


def test_movements_rounds_and_forms(world: ApiWorld) -> None:
    caller = world.caller("nominator.xa")
    assert [one["code"] for one in caller.get("/movements").get_json()["items"]] == ["vnn"]
    rounds = {one["code"]: one for one in caller.get("/rounds").get_json()["items"]}
    assert set(rounds) == {"so-ket", "tong-ket", "hang-nam"}
    assert rounds["tong-ket"]["open"]
    assert not rounds["so-ket"]["open"]
    assert "BK-TINH" in rounds["tong-ket"]["forms"]
    open_ones = caller.get("/rounds?open=true").get_json()["items"]
    assert {one["code"] for one in open_ones} == {"tong-ket", "hang-nam"}
    forms = {one["code"]: one for one in caller.get("/forms").get_json()["items"]}
    assert len(forms) == 6
    assert {(flow["rule_set"], flow["tiers"]) for flow in forms["GK-HUYEN"]["flows"]} == {("R1", 3), ("R2", 3)}


def test_units_on_a_day(world: ApiWorld) -> None:
    caller = world.caller("nominator.xa")

    def found(query: str) -> set[str]:
        return {one["code"] for one in caller.get(f"/units?{query}").get_json()["items"]}

    assert found("limit=100") == set(world.units)
    assert found("on=2024-03-04") == set(world.units)
    assert found("on=2025-07-01") == set(world.units) - {"542"}
    assert found("on=2019-12-31") == set()
    assert found("level=commune") == {"21613", "21610"}
    assert found("kind=department") == {"SNV", "SGT"}
    assert found(f"parent={world.units['542']}") == {"21613", "21610"}
    assert found("q=đơn vị 21") == found("q=DON VI 21") == {"21613", "21610"}
    assert found("q=%25") == set()
    first = caller.get("/units?limit=4").get_json()
    rest = caller.get(first["next"].removeprefix("/api/v1")).get_json()
    assert len(first["items"]) + len(rest["items"]) == len(world.units)
    for wrong in ("on=2024-02-30", "level=moon", "parent=x", "cursor=W10"):
        assert caller.get(f"/units?{wrong}").status_code == 422


def test_criteria(world: ApiWorld) -> None:
    caller = world.caller("nominator.xa")
    whole = caller.get("/criteria").get_json()
    assert whole["movement"] == "vnn"
    assert len(whole["items"]) == 30
    assert {one["group_no"] for one in whole["items"]} == {"1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"}
    group = caller.get("/criteria?movement=vnn&group=1.3").get_json()["items"]
    assert {one["group_no"] for one in group} == {"1.3"}
    assert all(one["source"] and one["text"] for one in group)
    assert caller.get("/criteria?movement=none").status_code == 422
