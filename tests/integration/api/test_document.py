"""The API's document: whole, true to the routes, readable without any other host."""

import json
import re
from typing import Any

from flask import Flask

from nominations.api.table import ROUTES, TOOLS
from nominations.services.action_fields import FIELDS
from tests.integration.api.client import BASE


def test_every_route_is_in_it_once(app: Flask) -> None:
    document = app.test_client().get(f"{BASE}/openapi.json").get_json()
    said = {(method.upper(), path) for path, calls in document["paths"].items() for method in calls}
    assert said == {(route.method, BASE + route.path) for route in ROUTES} | {(r.method, r.path) for r in TOOLS}
    names = [call["operationId"] for calls in document["paths"].values() for call in calls.values()]
    assert len(names) == len(set(names))
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith((BASE, "/tools/"))}
    assert rules == {re.sub(r"\{(\w+)\}", r"<\1>", path) for path in document["paths"]}


def test_every_reference_leads_somewhere_and_every_shape_is_used(app: Flask) -> None:
    document = app.test_client().get(f"{BASE}/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    used = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert used == set(document["components"]["schemas"])
    assert {f"action_{name}" for name in FIELDS} < used


def test_every_parameter_of_an_address_is_declared(app: Flask) -> None:
    document: dict[str, Any] = app.extensions["openapi"]
    for path, calls in document["paths"].items():
        for call in calls.values():
            declared = {one["name"] for one in call["parameters"] if one["in"] == "path"}
            assert declared == set(re.findall(r"\{(\w+)\}", path))


def test_the_page_asks_no_other_host(app: Flask) -> None:
    answer = app.test_client().get(f"{BASE}/docs")
    assert answer.mimetype == "text/html"
    assert re.findall(r"(?:src|href)=\"(https?:)?//", answer.text) == []
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for route in ROUTES:
        assert f"{route.method} {BASE}{route.path}" in answer.text
    anchors = set(re.findall(r'href="#([\w-]+)"', answer.text))
    assert anchors <= set(re.findall(r'id="([\w-]+)"', answer.text))
