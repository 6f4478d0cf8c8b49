"""Every error is a problem document that says what to do, and tells nothing of the inside."""

import json
from typing import Any

import pytest
from flask import Flask

from nominations.api import routing
from nominations.api.call import Call
from tests.integration.api.client import BASE, ApiWorld, Caller
from tests.integration.api.documented import problem_faults

NEW = {"round": "tong-ket", "form": "BK-TINH", "subject_kind": "household", "subject_group": "1.5", "name": "Hộ A"}


@pytest.fixture
def caller(world: ApiWorld) -> Caller:
    """Somebody who files."""
    return world.caller("nominator.xa")


@pytest.mark.parametrize(
    "address", ["/", "/nothing", "/nominations/", "/nominations/x/y/z", "/me/", "/nominations/HS24-AAAA1111/none"]
)
def test_addresses_that_are_none(caller: Caller, address: str) -> None:
    answer = caller.client.get(BASE + address)
    assert answer.status_code == 404
    assert problem_faults(answer) == []


@pytest.mark.parametrize(
    "code",
    ["HS24-AAAA1111", "hs24", "%00", "..%2f..%2fetc", "' OR 1=1 --", "x" * 400, "Đỗ", "%F0%9F%98%80", "1", "-"],
)
def test_unknown_files_are_one_404_whatever_they_are_called(caller: Caller, code: str) -> None:
    for rest in ("", "/actions", "/history", "/revisions", "/eligibility", "/files", "/revisions/1/diff"):
        answer = caller.client.get(
            f"{BASE}/nominations/{code}{rest}", headers={"Authorization": f"Bearer {caller.token}"}
        )
        assert answer.status_code == 404, f"{code}{rest}"
        assert problem_faults(answer) == []


def test_methods_that_an_address_does_not_take(app: Flask, caller: Caller) -> None:
    for method, address, allowed in (
        ("DELETE", "/me", "GET"),
        ("PUT", "/nominations/HS24-AAAA1111", "PATCH"),
        ("GET", "/nominations/search", "GET"),
    ):
        answer = caller.client.open(BASE + address, method=method, headers={"Authorization": f"Bearer {caller.token}"})
        assert answer.status_code == (405 if method != "GET" else 404), address
        assert problem_faults(answer) == []
        assert method == "GET" or allowed in answer.headers["Allow"]
    assert app.test_client().get("/tools/eligibility").status_code == 405


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"[1,", b"\xff\xfe", b'{"a": NaN}', b'{"a": Infinity}', b"nothing", b"'", b'{"a": 1' + b"0" * 5000 + b"}",
        b"[" * 5000 + b"]" * 5000, b'{"a":' * 40 + b"1" + b"}" * 40,
    ],
)  # fmt: skip
def test_json_that_is_none_is_400(caller: Caller, body: bytes) -> None:
    answer = caller.send("POST", "/nominations", data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.get_json()["type"].endswith("#bad_json")


@pytest.mark.parametrize("body", ["[]", '"text"', "1", "null", "true"])
def test_json_that_is_no_object_is_422(caller: Caller, body: str) -> None:
    answer = caller.send("POST", "/nominations", data=body.encode(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


def test_a_body_of_another_kind_is_415(caller: Caller) -> None:
    answer = caller.send("POST", "/nominations", data=b"a=1", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415
    assert "application/json" in answer.get_json()["detail"]
    files = caller.send("POST", "/nominations/HS24-AAAA1111/files", {"kind": "x"})
    assert files.status_code == 415
    assert "multipart/form-data" in files.get_json()["detail"]


def test_a_body_too_large_is_413(caller: Caller) -> None:
    body = json.dumps(NEW | {"name": "x" * (2 << 20)}).encode()
    answer = caller.send("POST", "/nominations", data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"nobody": 1}, "nobody"),
    ({"round": None}, "round"),
    ({"round": ["tong-ket"]}, "round"),
    ({"round": "there is none"}, "round"),
    ({"form": "GK"}, "form"),
    ({"subject_kind": "ghost"}, "subject_kind"),
    ({"subject_group": "9.9"}, "subject_group"),
    ({"subject_group": "1.6"}, "subject_group"),
    ({"proposing_unit": "1"}, "proposing_unit"),
    ({"proposing_unit": 2**70}, "proposing_unit"),
    ({"proposing_unit": True}, "proposing_unit"),
    ({"proposing_unit": 1.5}, "proposing_unit"),
    ({"name": ""}, "name"),
    ({"name": "a\x00b"}, "name"),
    ({"name": "\ud800"}, "name"),
    ({"name": "x" * 300}, "name"),
    ({"birth_year": 1066}, "birth_year"),
    ({"birth_year": "1970"}, "birth_year"),
    ({"nominee": "nobody"}, "nominee"),
    ({"nominee_unit": 2**52, "subject_kind": "collective", "subject_group": "1.1"}, "nominee_unit"),
    ({"home_unit": 2**52}, "home_unit"),
)


@pytest.mark.parametrize(("change", "field"), WRONG, ids=[f"{next(iter(c))}-{n}" for n, (c, _) in enumerate(WRONG)])
def test_fields_that_cannot_be_used_are_named(world: ApiWorld, change: dict[str, Any], field: str) -> None:
    caller = world.caller("nominator.xa")
    body = NEW | {"proposing_unit": world.units["21613"]} | change
    for lang in ("vi", "en"):
        caller.lang = lang
        answer = caller.send(
            "POST", "/nominations", data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 422, answer.text
        errors = answer.get_json()["errors"]
        assert [error["field"] for error in errors] == [field]
        assert errors[0]["message"]
    caller.lang = "vi"


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "limit=x", "limit=-1", "limit=9" + "9" * 30, "cursor=x", "cursor=%00", "cursor=W10",
        "cursor=" + "A" * 300, "cursor=WyJhIl0", "cursor=WzEsMl0", "nothing=1", "stage=moon", "overdue=maybe",
        "holder=you", "unit=0", "unit=1e3", "subject_kind=ghost", "updated_since=yesterday",
        "updated_since=2024-03-04", "updated_since=2024-03-04T10:00:00", "updated_since=0001-01-01T00:00:00%2B14:00",
        "q=123456789", "q=Nguy%E1%BB%85n+012345678901", "q=215.123.456", "q=215 123 456 789", "q=%00", "q=", "form=%00",
        "count=2", "round=" + "x" * 300,
    ],
)  # fmt: skip
def test_filters_that_cannot_be_used_are_422(caller: Caller, query: str) -> None:
    answer = caller.get(f"/nominations?{query}")
    assert answer.status_code == 422, answer.text
    assert answer.get_json()["errors"][0]["field"] == query.partition("=")[0]


def test_a_search_for_an_identity_number_is_sent_to_the_body(caller: Caller) -> None:
    answer = caller.get("/nominations?q=012345678901")
    assert "/nominations/search" in answer.get_json()["errors"][0]["message"]
    assert caller.post("/nominations/search", {"identity_number": "012345678901"}).get_json()["items"] == []
    for wrong in ("12345", "0123456789", "a", ""):
        assert caller.post("/nominations/search", {"identity_number": wrong}).status_code == 422


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 200, "é"])
def test_a_request_key_has_a_form(world: ApiWorld, key: str) -> None:
    body = NEW | {"proposing_unit": world.units["21613"]}
    answer = world.caller("nominator.xa").post("/nominations", body, key=key)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "Idempotency-Key"


def test_a_bug_tells_nothing_but_the_requests_name(world: ApiWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = world.caller("appraiser.xa")

    def broken(_call: Call) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(routing, "respond", broken)
    world.app.config["PROPAGATE_EXCEPTIONS"] = False
    world.app.testing = False
    answer = caller.client.get(
        f"{BASE}/me", headers={"Authorization": f"Bearer {caller.token}", "X-Request-Id": "abc123"}
    )
    world.app.testing = True
    assert answer.status_code == 500
    assert problem_faults(answer) == []
    assert "secret" not in answer.text
    assert "abc123" in answer.get_json()["detail"]
