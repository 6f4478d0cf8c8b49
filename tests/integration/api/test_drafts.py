"""Opening drafts and changing them: keys that act once, versions that must be named."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from nominations import models
from tests.integration.api.client import ApiWorld


@pytest.fixture
def body(world: ApiWorld) -> dict[str, Any]:
    """A new household's draft."""
    world.numbers += 1
    return {
        "round": "tong-ket", "form": "BK-TINH", "proposing_unit": world.units["21613"], "subject_kind": "household",
        "subject_group": "1.5", "name": f"Hộ ông Lê Văn {world.numbers}", "birth_year": 1970,
    }  # fmt: skip


def test_a_draft_has_an_address_a_version_and_a_receipt(world: ApiWorld, body: dict[str, Any]) -> None:
    caller = world.caller("nominator.xa")
    made = caller.post("/nominations", body)
    assert made.status_code == 201
    assert made.headers["ETag"] == '"1"'
    code = made.get_json()["code"]
    assert made.headers["Location"] == f"/api/v1/nominations/{code}"
    entry = world.session.scalars(select(models.AuditEntry).where(models.AuditEntry.stream == code)).one()
    world.session.rollback()
    assert made.get_json()["receipt"]["hash"] == entry.hash
    shown = caller.get(f"/nominations/{code}").get_json()
    assert shown["content"]["nominee"] == {"name": body["name"], "birth_year": 1970}
    assert shown["editable"]
    assert shown["level"] == "proposer"


def test_the_same_key_and_body_are_answered_the_same(world: ApiWorld, body: dict[str, Any]) -> None:
    caller = world.caller("nominator.xa")
    first, second = (caller.post("/nominations", body, key="new-1") for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.get_json() == second.get_json()
    other = caller.post("/nominations", body | {"name": "Hộ khác"}, key="new-1")
    assert other.status_code == 422
    assert other.get_json()["errors"][0]["field"] == "Idempotency-Key"
    elsewhere = world.caller("nominator.xa2").post(
        "/nominations", body | {"proposing_unit": world.units["21610"]}, key="new-1"
    )
    assert elsewhere.status_code == 201  # a key is its sender's


def test_the_same_key_at_once_opens_one_draft(world: ApiWorld, body: dict[str, Any]) -> None:
    token = world.caller("nominator.xa").token
    with ThreadPoolExecutor(4) as threads:
        answers = list(
            threads.map(
                lambda _: world.app.test_client().post(
                    "/api/v1/nominations", json=body,
                    headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "at-once"},
                ),
                range(4),
            )
        )  # fmt: skip
    made = {answer.get_json()["code"] for answer in answers if answer.status_code == 201}
    assert len(made) == 1
    assert {answer.status_code for answer in answers} <= {201, 422}, [answer.text for answer in answers]
    opened = world.session.scalar(
        select(func.count()).select_from(models.Nomination).where(models.Nomination.nominee_name == body["name"])
    )
    world.session.rollback()
    assert opened == 1


def test_the_same_nominee_twice_in_a_round_is_refused(world: ApiWorld, body: dict[str, Any]) -> None:
    caller = world.caller("nominator.xa")
    code = caller.post("/nominations", body).get_json()["code"]
    ref = caller.get(f"/nominations/{code}").get_json()["nominee_ref"]
    again = {name: value for name, value in body.items() if name not in {"name", "birth_year"}} | {"nominee": ref}
    answer = caller.post("/nominations", again)
    assert answer.status_code == 422
    assert code in answer.get_json()["errors"][0]["message"]


def test_content_is_changed_on_a_named_version(world: ApiWorld, body: dict[str, Any]) -> None:
    caller = world.caller("nominator.xa")
    code = caller.post("/nominations", body).get_json()["code"]
    change = {"content": {"report": {"achievements": "Giúp năm hộ.", "money_vnd": 5000000}}}
    assert caller.patch(f"/nominations/{code}", change).status_code == 428
    assert caller.patch(f"/nominations/{code}", change, version="*").status_code == 428
    done = caller.patch(f"/nominations/{code}", change, version=1)
    assert done.status_code == 200
    assert done.headers["ETag"] == '"2"'
    assert caller.get(f"/nominations/{code}").get_json()["content"]["report"]["money_vnd"] == 5000000
    for stale in (1, '"1"', '"99"', '"abc"', 'W/"2"', "2"):
        answer = caller.patch(f"/nominations/{code}", change, version=stale)
        assert answer.status_code == 412, stale
        assert answer.get_json()["guard"] == "stale_version"
    changes = caller.patch(f"/nominations/{code}", change, version=1).get_json()["changes"]
    assert [(one["act"], one["label"], one["actor_name"]) for one in changes] == [("save", "Lưu", "nominator.xa")]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"secrets": {}}, "secrets"),
        ({"report": {"nothing": 1}}, "report.nothing"),
        ({"report": []}, "report"),
        ({"report": {"money_vnd": "a lot"}}, "report.money_vnd"),
        ({"report": {"money_vnd": -1}}, "report.money_vnd"),
        ({"report": {"helped": "everybody"}}, "report.helped"),
        ({"nominee": {"birth_year": 12}}, "nominee.birth_year"),
        ({"criteria": {"figures": [{"rate": "1"}]}}, "criteria.figures.0.year"),
        (
            {"criteria": {"figures": [{"year": 2021, "households": 100, "poor": 5, "near_poor": 5, "rate": "50"}]}},
            "criteria.figures.0.rate",
        ),
    ],
)
def test_content_that_cannot_be_is_named_by_its_field(
    world: ApiWorld, body: dict[str, Any], content: dict[str, Any], field: str
) -> None:
    caller = world.caller("nominator.xa")
    code = caller.post("/nominations", body).get_json()["code"]
    answer = caller.patch(f"/nominations/{code}", {"content": content}, version=1)
    assert answer.status_code == 422, answer.text
    assert field in [error["field"] for error in answer.get_json()["errors"]]
    assert caller.get(f"/nominations/{code}").headers["ETag"] == '"1"'


def test_only_its_own_unit_opens_a_draft(world: ApiWorld, body: dict[str, Any]) -> None:
    for username in ("nominator.xa2", "appraiser.xa", "head.snv"):
        answer = world.caller(username).post("/nominations", body)
        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["field"] == "proposing_unit"


def test_a_second_file_of_one_nominee_is_refused_with_the_first_ones_code(world: ApiWorld) -> None:
    first, second = world.draft(), world.draft()
    world.same_person(first, second)
    world.do("nominator.xa", first, "submit")
    caller = world.caller("nominator.xa")
    answer = caller.post(f"/nominations/{second}/actions/submit", {}, version=world.version(second))
    assert answer.status_code == 409
    said = answer.get_json()
    assert said["guard"] == "duplicate_in_round"
    assert first in said["detail"]
    actions = caller.get(f"/nominations/{second}/actions").get_json()["items"]
    shown = next(line for line in actions if line["action"] == "submit")
    assert (shown["allowed"], shown["guard"]) == (False, "duplicate_in_round")
