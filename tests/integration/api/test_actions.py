"""Every action with its answer, the doing of one, and what is told to whoever comes too late."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sqlalchemy import func, select

from nominations import models
from nominations.services.action_fields import FIELDS
from tests.integration.api.client import ApiWorld
from workflows import ACTIONS


def entries(world: ApiWorld, code: str) -> int:
    """How many entries the file has."""
    found = world.session.scalar(
        select(func.count()).select_from(models.AuditEntry).where(models.AuditEntry.stream == code)
    )
    world.session.rollback()
    return found or 0


def test_every_action_is_listed_with_its_answer(world: ApiWorld) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    shown = world.caller("appraiser.xa").get(f"/nominations/{code}/actions").get_json()
    by_name = {line["action"]: line for line in shown["items"]}
    assert set(by_name) == set(ACTIONS)
    assert by_name["accept"]["allowed"]
    assert "guard" not in by_name["accept"]
    assert not by_name["award"]["allowed"]
    for line in shown["items"]:
        assert line["allowed"] or (line["guard"] and line["sentence"] and line["clears"]), line
    assert by_name["return"]["needs"] == [name for name, field in FIELDS["return"].items() if field.required]
    assert by_name["recall"]["guard"] == "not_your_post"
    assert [line["here"] for line in shown["items"]] == sorted((line["here"] for line in shown["items"]), reverse=True)


def test_a_refusal_says_what_stands_against_it_and_changes_nothing(world: ApiWorld) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    before = entries(world, code)
    caller = world.caller("appraiser.xa")
    version = world.version(code)
    answer = caller.post(f"/nominations/{code}/actions/recommend", {"advice": "for"}, version=version)
    assert answer.status_code == 409
    said = answer.get_json()
    assert said["guard"] == "not_in_this_state"
    assert "Tiếp nhận" in said["detail"]
    assert said["clears"]
    assert (entries(world, code), world.version(code)) == (before, version)


def test_what_an_action_needs_is_asked_for_field_by_field(world: ApiWorld) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="7")
    answer = world.caller("appraiser.xa").post(
        f"/nominations/{code}/actions/recommend", {"advice": "perhaps", "more": 1}, version=world.version(code)
    )
    assert answer.status_code == 422
    assert {error["field"] for error in answer.get_json()["errors"]} == {"advice", "more", "reasons"}


def test_unknown_actions_and_files_look_the_same(world: ApiWorld) -> None:
    code = world.draft()
    caller, stranger = world.caller("nominator.xa"), world.caller("head.snv")
    answers = [
        caller.post(f"/nominations/{code}/actions/vanish", {}, version=1),
        caller.post("/nominations/HS24-AAAA1111/actions/submit", {}, version=1),
        stranger.post(f"/nominations/{code}/actions/submit", {}, version=1),
    ]
    told = [{name: value for name, value in one.get_json().items() if name != "instance"} for one in answers]
    assert [one.status_code for one in answers] == [404, 404, 404]
    assert told[0] == told[1] == told[2]


def test_without_a_version_nothing_is_done(world: ApiWorld) -> None:
    code = world.draft()
    answer = world.caller("nominator.xa").post(f"/nominations/{code}/actions/submit", {})
    assert answer.status_code == 428
    assert "If-Match" in answer.get_json()["detail"]


def test_whoever_comes_too_late_is_told_what_changed(world: ApiWorld) -> None:
    code = world.draft()
    seen = world.version(code)
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="7")
    answer = world.caller("appraiser.xa").post(
        f"/nominations/{code}/actions/recommend", {"advice": "for", "reasons": "Đủ."}, version=seen
    )
    assert answer.status_code == 412
    said = answer.get_json()
    assert said["guard"] == "stale_version"
    assert said["version"] == world.version(code)
    assert [change["act"] for change in said["changes"]] == ["submit", "accept"]
    assert said["changes"][-1]["to_state"] == "commune.appraisal"


def test_the_same_key_acts_once_and_is_answered_the_same(world: ApiWorld) -> None:
    code, other = world.draft(), world.draft()
    caller = world.caller("nominator.xa")
    version = world.version(code)
    address = f"/nominations/{code}/actions/submit"
    first, second = (caller.post(address, {}, version=version, key=f"submit {code}".replace(" ", "-")) for _ in "12")
    assert first.status_code == second.status_code == 200
    assert first.get_json() == second.get_json()
    assert [row for row in _acts(world, code) if row == "submit"] == ["submit"]
    key = f"submit-{code}"
    for reused in (
        caller.post(f"/nominations/{code}/actions/withdraw", {"reasons": "Khác."}, version=version + 1, key=key),
        caller.post(f"/nominations/{other}/actions/submit", {}, version=world.version(other), key=key),
        caller.patch(f"/nominations/{other}", {"content": {}}, version=world.version(other), key=key),
    ):
        assert reused.status_code == 422, reused.text
        assert reused.get_json()["errors"][0]["field"] == "Idempotency-Key"


def test_a_ballot_is_kept_by_its_key_too(world: ApiWorld) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="7")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ.")
    caller = world.caller("member1.xa")
    version = world.version(code)
    address = f"/nominations/{code}/actions/ballot"
    first, second = (caller.post(address, {"choice": "agree"}, version=version, key=f"b-{code}") for _ in "12")
    assert first.status_code == second.status_code == 200
    assert first.get_json()["receipt"] == second.get_json()["receipt"]
    assert first.get_json()["version"] == version  # a ballot leaves the version alone
    assert caller.post(address, {"choice": "disagree"}, version=version, key=f"b-{code}").status_code == 422
    assert (
        caller.post(address, {"choice": "agree"}, version=version, key="another").get_json()["guard"] == "already_voted"
    )


def test_of_two_at_once_one_acts_and_the_other_is_told(world: ApiWorld) -> None:
    world.staff("second.xa", "21613", ("appraiser",))
    callers = [world.caller(name) for name in ("appraiser.xa", "second.xa")]
    for _ in range(3):
        code = world.draft()
        world.do("nominator.xa", code, "submit")
        version = world.version(code)
        press = partial(_accept, world, code, version)
        with ThreadPoolExecutor(2) as threads:
            statuses = sorted(threads.map(press, [caller.token for caller in callers]))
        assert statuses in ([200, 409], [200, 412])
        assert world.state(code) == "commune.appraisal"


def _accept(world: ApiWorld, code: str, version: int, token: str) -> int:
    """Press accept in a client of its own."""
    headers = {"Authorization": f"Bearer {token}", "If-Match": f'"{version}"'}
    answer = world.app.test_client().post(f"/api/v1/nominations/{code}/actions/accept", json={}, headers=headers)
    return answer.status_code


def _acts(world: ApiWorld, code: str) -> list[str]:
    found = world.session.scalars(select(models.AuditEntry.act).where(models.AuditEntry.stream == code)).all()
    world.session.rollback()
    return list(found)
