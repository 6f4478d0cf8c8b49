"""Who gets in: tokens of every kind, scopes, languages, limits, and nothing by a cookie."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from nominations import models
from nominations.api.callers import Limits
from nominations.limits import Limiter
from nominations.services.people import issue_token, revoke_token, set_active
from nominations.transactions import write_transaction
from tests.integration.api.client import BASE, WROTE, ApiWorld, Caller, hold_against_document


@pytest.mark.parametrize(
    "said",
    ["", "Bearer", "Bearer ", "Bearer nmt_nobody", "Basic YTpi", "bearer\tx", "Bearer " + "x" * 5000, "Token nmt_x"],
)
def test_without_a_token_in_force_nobody_gets_in(app: Flask, said: str) -> None:
    answer = app.test_client().get(f"{BASE}/me", headers={"Authorization": said})
    hold_against_document(app, answer)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_ends_with_its_day_its_revocation_and_its_account(world: ApiWorld) -> None:
    person = world.staff("leaver.xa", "21613", ("nominator",))
    token = issue_token(world.session, world.clock, WROTE, world.people[person], "t", ("read",), 1)
    caller = Caller(world.app.test_client(), token.text)
    assert caller.get("/me").status_code == 200
    set_active(world.session, world.clock, WROTE, world.people[person], active=False)
    assert caller.get("/me").status_code == 401
    set_active(world.session, world.clock, WROTE, world.people[person], active=True)
    world.clock.move(days=2)
    assert caller.get("/me").status_code == 401
    world.clock.move(days=-2)
    assert caller.get("/me").status_code == 200
    revoke_token(world.session, world.clock, WROTE, token.id)
    assert caller.get("/me").status_code == 401


def test_a_token_is_kept_hashed_and_remembers_its_last_day(world: ApiWorld) -> None:
    caller = world.caller("appraiser.xa")
    caller.get("/me")
    kept = world.session.scalars(
        select(models.ApiToken).where(models.ApiToken.person_id == world.people["appraiser.xa"])
    ).first()
    assert kept is not None
    assert caller.token not in kept.token_hash
    assert len(kept.token_hash) == 64
    assert kept.last_used_on == world.clock.today()


def test_a_reading_token_may_not_act(world: ApiWorld) -> None:
    reader = world.caller("nominator.xa", "read")
    assert reader.get("/nominations").status_code == 200
    assert reader.post("/nominations/search", {}).status_code == 200
    assert reader.post("/nominations", {}).status_code == 403
    assert reader.post("/nominations/HS24-NONE/actions/submit", {}, version=1).status_code == 403
    assert reader.patch("/nominations/HS24-NONE", {}, version=1).status_code == 403


def test_a_cookie_opens_nothing(world: ApiWorld) -> None:
    client = world.app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = str(world.people["appraiser.xa"])
    assert client.get(f"{BASE}/me").status_code == 401


def test_answers_set_no_cookie_and_are_not_kept(world: ApiWorld) -> None:
    answer = world.caller("appraiser.xa").get("/me")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Authorization" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("said", "language", "title"),
    [
        ("vi", "vi", "Không tìm thấy"),
        ("en", "en", "Not found"),
        ("en-GB,en;q=0.8,vi;q=0.5", "en", "Not found"),
        ("fr", "vi", "Không tìm thấy"),
        ("*", "vi", "Không tìm thấy"),
        (";;;q=x", "vi", "Không tìm thấy"),
    ],
)
def test_the_language_is_the_one_asked_for(world: ApiWorld, said: str, language: str, title: str) -> None:
    caller = world.caller("appraiser.xa")
    answer = caller.get("/nominations/HS24-NOTHING1", headers={"Accept-Language": said})
    assert answer.get_json()["title"] == title
    assert answer.headers["Content-Language"] == language


def test_too_many_calls_are_told_when_to_come_back(world: ApiWorld) -> None:
    before, now = world.app.extensions["api_limits"], [0.0]
    world.app.extensions["api_limits"] = Limits(Limiter(60, 2, lambda: now[0]), Limiter(30, 1, lambda: now[0]))
    try:
        caller = world.caller("appraiser.xa")
        assert [caller.get("/me").status_code for _ in range(3)] == [200, 200, 429]
        refused = caller.get("/me")
        assert refused.headers["Retry-After"] == "1"
        assert "1 giây" in refused.get_json()["detail"]
        now[0] += 1
        assert caller.get("/me").status_code == 200
        client = world.app.test_client()
        assert [client.get(f"{BASE}/me").status_code for _ in range(2)] == [401, 429]
        assert client.post("/tools/eligibility", json={}).headers["Retry-After"] == "2"
    finally:
        world.app.extensions["api_limits"] = before


def test_a_switched_off_seat_or_post_is_gone_at_once(world: ApiWorld) -> None:
    person = world.staff("mover.xa", "21613", ("appraiser",))
    caller = world.caller(person)
    assert [post["duty"] for post in caller.get("/me").get_json()["posts"]] == ["appraiser"]
    with write_transaction(world.session):
        day = world.clock.today() - timedelta(days=1)
        mine = models.Post.person_id == world.people[person]
        world.session.execute(update(models.Post).where(mine).values(valid_to=day))
    assert caller.get("/me").get_json()["posts"] == []
    assert caller.get("/nominations").get_json()["items"] == []
