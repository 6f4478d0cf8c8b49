"""Lists by filters, pages by an opaque mark, counts that stop, and search by names."""

from typing import Any

from tests.integration.api.client import ApiWorld, Caller


def codes(answer: dict[str, Any]) -> list[str]:
    return [line["code"] for line in answer["items"]]


def test_a_list_goes_on_page_by_page_and_loses_nothing(world: ApiWorld) -> None:
    made = [world.draft(by="nominator.sgt", kind="individual") for _ in range(5)]
    caller = world.caller("nominator.sgt")
    seen: list[str] = []
    address: str | None = "/nominations?limit=2&count=true"
    while address is not None:
        page = caller.get(address).get_json()
        assert page["total"] == 5
        assert not page["total_is_capped"]
        seen += codes(page)
        address = page["next"].removeprefix("/api/v1") if page["next"] else None
    assert seen == made[::-1]
    assert "total" not in caller.get("/nominations").get_json()
    again = caller.post("/nominations/search", {"limit": 2, "count": True}).get_json()
    assert again["next"] is None
    following = caller.post("/nominations/search", {"limit": 2, "cursor": again["next_cursor"]}).get_json()
    assert codes(again) + codes(following) == made[::-1][:4]


def test_filters_narrow_the_list(world: ApiWorld) -> None:
    draft = world.draft()
    sent = world.draft(form="BK-TTG", kind="individual", name="Bà Phạm Thị Lọc")
    world.do("nominator.xa", sent, "submit")
    caller = world.caller("appraiser.xa")

    def found(query: str) -> set[str]:
        return set(codes(caller.get(f"/nominations?limit=100&{query}").get_json())) & {draft, sent}

    assert found("") == {draft, sent}
    assert found("state=draft") == {draft}
    assert found("state=commune.intake") == {sent}
    assert found("stage=commune") == {sent}
    assert found("step=intake") == {sent}
    assert found("form=BK-TTG") == {sent}
    assert found("round=tong-ket") == {draft, sent}
    assert found("round=hang-nam") == set()
    assert found("subject_kind=individual") == {sent}
    assert found(f"unit={world.units['21613']}") == {draft, sent}
    assert found(f"unit={world.units['21610']}") == set()
    assert found("holder=me") == {sent}
    assert found("overdue=true") == set()
    assert found("updated_since=2024-01-01T00:00:00Z") == {draft, sent}
    assert found("updated_since=2099-01-01T00:00:00%2B07:00") == set()
    world.do("appraiser.xa", sent, "return", sections=["report"], faults=[
        {"code": "other", "note": "Thiếu.", "section": "report"}])  # fmt: skip
    assert found("state=returned") == {sent}
    assert found("state=held") == set()
    world.clock.move(days=60)
    assert found("overdue=true&state=returned") == set()  # the clock stands while it is returned
    world.clock.move(days=-60)


def test_names_are_found_with_and_without_their_marks(world: ApiWorld) -> None:
    code = world.draft(name="Hộ bà Đặng Thị Ngọc-Ánh (thôn 3)")
    caller = world.caller("nominator.xa")

    def found(text: str) -> list[str]:
        return codes(caller.get("/nominations", query_string={"q": text}).get_json())

    for text in ("Đặng", "dang thi", "ĐẶNG THỊ NGỌC", "ngoc anh", "ngọc-ánh", "anh (thon", "ngoc a", "dang anh", "3"):
        assert code in found(text), text
    for text in ("dang van", "ang", "gọc", "thi dang anh x", "---", "%", "_", "'", "*", "dang%", "a\\"):
        assert code not in found(text), text


def test_what_is_on_a_line(world: ApiWorld) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    caller = world.caller("appraiser.xa")
    line = next(one for one in caller.get("/nominations?limit=100").get_json()["items"] if one["code"] == code)
    assert line["state_label"] == "Tiếp nhận – Ủy ban nhân dân cấp xã"
    assert line["holder_duty"] == "appraiser"
    assert line["href"] == f"/api/v1/nominations/{code}"
    assert not line["bare"]
    english = Caller(caller.client, caller.token, "en")
    line = next(one for one in english.get("/nominations?limit=100").get_json()["items"] if one["code"] == code)
    assert line["state_label"] == "Intake – Commune People's Committee"
