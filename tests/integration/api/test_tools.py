"""The calculator: open to everybody, the plan's boundaries exact, and no input breaks it."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.integration.api.client import hold_against_document

AREA = {"area_class": "III"}


def ask(app: Flask, body: Any, lang: str = "vi") -> TestResponse:
    answer = app.test_client().post("/tools/eligibility", json=body, headers={"Accept-Language": lang})
    hold_against_document(app, answer)
    return answer


def size(year: int, poor: int, near_poor: int = 0) -> dict[str, int]:
    return {"year": year, "poor": poor, "near_poor": near_poor}


def rates(*printed: str | float) -> list[dict[str, Any]]:
    """Rates of the years from 2021 on."""
    return [{"year": 2021 + number, "rate": rate} for number, rate in enumerate(printed)]


@pytest.mark.parametrize(
    ("criterion", "unit", "figures", "result"),
    [
        ("1.3.5", AREA, [size(2021, 60, 40), size(2024, 30, 20)], "fail"),
        ("1.3.5", AREA, [size(2021, 60, 40), size(2024, 30, 19)], "pass"),
        ("1.3.5", {"area_class": "II"}, [size(2021, 60, 40), size(2024, 30, 19)], "not_applicable"),
        ("1.3.5", AREA, [size(2021, 0, 0), size(2024, 0, 0)], "not_computable"),
        ("1.3.5", AREA, [], "not_computable"),
        (
            "1.2.8", {"poor_district": True},
            rates("30.00", "24.00", "18.00", 12),
            "pass",
        ),
        (
            "1.2.8", {"poor_district": True},
            rates("30", "24.01", "18", "12"),
            "fail",
        ),
        (
            "1.2.8", {"poor_district": False},
            rates("20,5", 16.5, "12.5", "8.5"),
            "pass",
        ),
    ],
)  # fmt: skip
def test_the_boundaries_are_the_plans(app: Flask, criterion: str, unit: Any, figures: Any, result: str) -> None:
    answer = ask(app, {"criterion": criterion, "unit": unit, "figures": figures})
    assert answer.status_code == 200
    said = answer.get_json()
    assert said["result"] == result
    assert said["settings"]["baseline_year"] == 2021
    assert said["working"][-1]["text"]


def test_the_working_is_in_the_callers_language(app: Flask) -> None:
    body = {"criterion": "1.3.5", "unit": AREA, "figures": [size(2021, 100), size(2024, 49)]}
    assert ask(app, body).get_json()["working"][-1]["text"] == "Kết luận: đạt."
    assert ask(app, body, "en").get_json()["working"][-1]["text"] == "Conclusion: met."


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"criterion": "9.9.9", "unit": {}, "figures": []},
        {"criterion": "1.3.5", "unit": None, "figures": []},
        {"criterion": "1.3.5", "unit": {"area_class": "IV"}, "figures": []},
        {"criterion": "1.3.5", "unit": {"poor_district": "yes"}, "figures": []},
        {"criterion": "1.3.5", "unit": {}, "figures": {}},
        {"criterion": "1.3.5", "unit": {}, "figures": [1]},
        {"criterion": "1.3.5", "unit": {}, "figures": [{"poor": 1}]},
        {"criterion": "1.3.5", "unit": {}, "figures": [{"year": 2021, "poor": -1}]},
        {"criterion": "1.3.5", "unit": {}, "figures": [{"year": 2021, "poor": 1.5}]},
        {"criterion": "1.3.5", "unit": {}, "figures": [{"year": 2021, "rate": "NaN"}]},
        {"criterion": "1.3.5", "unit": {}, "figures": [{"year": 2021, "rate": "1e999"}]},
        {"criterion": "1.3.5", "unit": {}, "figures": [{"year": 2021, "rate": True}]},
        {"criterion": "1.3.5", "unit": {}, "figures": [size(2021, 1)] * 101},
        {"criterion": "1.3.5", "unit": {}, "figures": [], "more": 1},
    ],
)
def test_what_cannot_be_computed_from_is_422(app: Flask, body: Any) -> None:
    answer = ask(app, body)
    assert answer.status_code == 422
    assert answer.get_json()["errors"]


def test_numbers_that_cannot_be_are_said_to_be_so(app: Flask) -> None:
    for figure in (
        {"rate": 1e300},
        {"rate": -5},
        {"rate": 101},
        {"rate": 1e-9},
        {"households": 0, "poor": 5, "near_poor": 0},
    ):
        body = {"criterion": "1.3.5", "unit": AREA, "figures": [size(2021, 9) | figure, size(2024, 1)]}
        answer = ask(app, body)
        assert answer.status_code in {200, 422}, answer.text
        assert answer.status_code == 422 or answer.get_json()["result"] in {"not_computable", "pass"}
