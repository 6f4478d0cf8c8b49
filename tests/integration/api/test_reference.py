"""The reference lists, and who the caller is."""

from nominations.services.log import Origin
from nominations.services.quotas import NewQuota, add_quota
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


def test_the_quotas_of_a_round(world: ApiWorld) -> None:
    new = NewQuota("so-ket", "BK-TINH", "household", world.units["542"], 30, hard=True, source="[practice]")
    add_quota(world.session, world.clock, Origin(actor="tests"), new)
    caller = world.caller("nominator.xa")
    [quota] = caller.get("/quotas?round=so-ket").get_json()["items"]
    assert (quota["form"], quota["unit_name"], quota["most"], quota["taken"]) == ("BK-TINH", "Đơn vị 542", 30, 0)
    assert quota["hard"]
    assert caller.get("/quotas?round=hang-nam").get_json()["items"] == []
    assert [one["round_code"] for one in caller.get("/quotas").get_json()["items"]] == ["so-ket"]
    refused = caller.get("/quotas?round=khong-co")
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["field"] == "round"
