"""The calculator: open to everybody, the same answers as the API, its working in sentences, wrong input kept."""

from typing import Any
from urllib.parse import urlencode

import pytest

from nominations import models
from tests.pages import Page, PageClient
from tests.world import World

pytestmark = pytest.mark.usefixtures("world")
HALF = {
    "criterion": "1.3.5", "area_class": "III",
    "year0": "2021", "poor0": "180", "near_poor0": "60", "year1": "2025", "poor1": "90", "near_poor1": "30",
}  # fmt: skip
DROPS = {
    "criterion": "1.2.8", "poor_district": "1",
    "year0": "2021", "rate0": "38,20", "year1": "2022", "rate1": "31.90", "year2": "2023", "rate2": "25,60",
    "year3": "2024", "rate3": "19,60",
}  # fmt: skip


def calculated(client: PageClient, **given: str) -> Page:
    return client.page(f"/cong-cu?{urlencode(given)}")


def by_api(client: PageClient, criterion: str, unit: dict[str, Any], figures: list[dict[str, Any]]) -> dict[str, Any]:
    asked = {"criterion": criterion, "unit": unit, "figures": figures}
    answer = client.post("/tools/eligibility", json=asked, headers={"Accept-Language": "vi"})
    assert isinstance(answer.json, dict)
    return answer.json


def test_the_form_opens_without_signing_in(client: PageClient) -> None:
    page = client.page("/cong-cu")
    assert page.texts("#answer") == []
    assert len(page.texts("#plan dt")) == 3


def test_exactly_half_is_not_enough_and_one_household_more_is(client: PageClient) -> None:
    assert calculated(client, **HALF).texts("#answer .badge-state") == ["Không đạt"]
    page = calculated(client, **HALF | {"near_poor1": "29"})
    assert page.texts("#answer .badge-state") == ["Đạt"]
    assert any("240" in line for line in page.texts("#answer ol li"))


def test_the_page_and_the_api_say_the_same(client: PageClient) -> None:
    page = calculated(client, **DROPS)
    rates = zip((2021, 2022, 2023, 2024), ("38.20", "31.90", "25.60", "19.60"), strict=True)
    figures = [{"year": year, "rate": rate} for year, rate in rates]
    answer = by_api(client, "1.2.8", {"poor_district": True, "area_class": None}, figures)
    assert answer["result"] == "pass"
    assert page.texts("#answer .badge-state") == ["Đạt"]
    assert page.texts("#answer ol li") == [line["text"] for line in answer["working"]]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"poor_district": ""}, "Chưa tính được"),
        ({"rate0": "", "year0": ""}, "Chưa tính được"),
        ({"criterion": "1.3.5"}, "Không áp dụng"),
        ({"rate3": "19,61"}, "Không đạt"),
    ],
)
def test_what_cannot_be_computed_says_so(client: PageClient, given: dict[str, str], said: str) -> None:
    assert calculated(client, **DROPS | given).texts("#answer .badge-state") == [said]


def test_a_rate_against_its_households_is_named(client: PageClient) -> None:
    page = calculated(client, **DROPS | {"households3": "1000", "poor3": "100", "near_poor3": "10"})
    assert page.texts("#answer .badge-state") == ["Chưa tính được"]
    assert "11,00" in " ".join(page.texts("#answer ol li"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rate1": "nhiều"}, "Hãy nhập tỷ lệ phần trăm"),
        ({"rate1": "101"}, "Hãy nhập tỷ lệ phần trăm"),
        ({"rate1": "-3"}, "Hãy nhập tỷ lệ phần trăm"),
        ({"rate1": "1e5"}, "Hãy nhập tỷ lệ phần trăm"),
        ({"poor1": "12,5"}, "Hãy nhập số hộ"),
        ({"poor1": "9999999999"}, "Hãy nhập số hộ"),
        ({"households1": "١٢"}, "Hãy nhập số hộ"),
        ({"year1": "năm nay"}, "Hãy nhập năm từ"),
        ({"year1": ""}, "Hãy nhập năm từ"),
        ({"year1": "99999"}, "Hãy nhập năm từ"),
        ({"criterion": "9.9.9"}, "Hãy chọn một giá trị"),
        ({"area_class": "IV"}, "Hãy chọn một giá trị"),
        ({"poor_district": "<script>"}, "Hãy chọn một giá trị"),
    ],
)
def test_wrong_input_is_said_and_kept(client: PageClient, given: dict[str, str], said: str) -> None:
    page = client.page(f"/cong-cu?{urlencode(DROPS | given)}", 422)
    assert any(said in fault for fault in page.texts(".error-summary li")), page.texts(".error-summary li")
    assert page.texts("#answer") == []
    [(name, typed)] = given.items()
    if name[:4] in {"rate", "poor", "year", "hous"} and "_" not in name and typed:
        assert f'value="{typed}"' in page.text


def test_counts_may_have_their_thousands_apart(client: PageClient) -> None:
    apart = {"households0": "12.000", "poor0": "1 800", "near_poor0": "600", "poor1": "1.199", "near_poor1": "0"}
    assert calculated(client, **HALF | apart).texts("#answer .badge-state") == ["Đạt"]


def test_the_movement_reads_what_its_plan_leaves_open(client: PageClient, world: World) -> None:
    assert len(calculated(client, **HALF).texts("#answer details li")) > 11
    assert world.session.query(models.Movement).count() == 1
    world.session.rollback()
