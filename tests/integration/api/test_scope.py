"""Who sees what: every person beside every surface of a file, and a person in conflict on each of them."""

from typing import Any

import pytest
from sqlalchemy import select

from nominations import models
from nominations.transactions import write_transaction
from tests.integration.api.client import ApiWorld, Caller
from tests.world import DUTIES, FROM, SHORT

SURFACES = ("", "/actions", "/eligibility", "/history", "/revisions", "/revisions/1/diff", "/files")
REACHED = {"xa", "huyen"}  # the district's step is open
GROUND = "Có đơn thư cần xác minh."
SECRET = "Ý kiến kín của huyện."


@pytest.fixture(scope="module")
def code(province: ApiWorld) -> str:
    """A file that waits for the district's council, with an opinion of the commune and one of the district."""
    made = province.draft(name="Hộ bà Cao Thị Kín")
    province.do("nominator.xa", made, "submit")
    province.through_stage(made, "xa")
    province.do("appraiser.huyen", made, "accept", arrival_number="5")
    province.do("appraiser.huyen", made, "recommend", advice="for", reasons=SECRET)
    return made


@pytest.fixture(scope="module")
def watchers(province: ApiWorld) -> dict[str, str]:
    """Auditors and supervisors by their place, and an administrator."""
    made = {}
    for duty, place in (("auditor", "52"), ("auditor", "21610"), ("supervisor", "542"), ("supervisor", "21610"),
                        ("admin", "52")):  # fmt: skip
        made[f"{duty} {place}"] = province.staff(f"{duty}.{place}", place, (duty,))
    return made


def statuses(caller: Caller, code: str) -> list[int]:
    return [caller.get(f"/nominations/{code}{surface}").status_code for surface in SURFACES]


def listed(caller: Caller, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.get("/nominations", query_string={"limit": 100, **query}).get_json()["items"]
    return found


def test_every_post_sees_what_has_reached_its_unit_and_nothing_else(world: ApiWorld, code: str) -> None:
    for place in SHORT.values():
        for duty in (*DUTIES, "member1"):
            caller = world.caller(f"{duty}.{place}")
            there = place in REACHED
            who = f"{duty}.{place}"
            assert set(statuses(caller, code)) == {200 if there else 404}, who
            assert (code in [line["code"] for line in listed(caller)]) == there, who
            assert (code in [line["code"] for line in listed(caller, q="cao thi kin")]) == there, who
            searched = caller.post("/nominations/search", {"q": "cao thi kin"}).get_json()["items"]
            assert (code in [line["code"] for line in searched]) == there, who


def test_opinions_go_up_and_not_down(world: ApiWorld, code: str) -> None:
    for who, sees in (
        ("appraiser.huyen", True), ("head.huyen", True), ("member2.huyen", True), ("clerk.huyen", True),
        ("appraiser.xa", False), ("head.xa", False), ("nominator.xa", False), ("member1.xa", False),
    ):  # fmt: skip
        caller = world.caller(who)
        told = "".join(caller.get(f"/nominations/{code}{surface}").text for surface in SURFACES)
        assert (SECRET in told) == sees, who


def test_watchers_read_their_part_of_the_tree(world: ApiWorld, code: str, watchers: dict[str, str]) -> None:
    draft = world.draft()
    for name, reads, reads_draft in (
        ("auditor 52", True, True), ("auditor 21610", False, False), ("supervisor 542", True, False),
        ("supervisor 21610", False, False), ("admin 52", False, False),
    ):  # fmt: skip
        caller = world.caller(watchers[name])
        assert set(statuses(caller, code)) == {200 if reads else 404}, name
        assert caller.get(f"/nominations/{draft}").status_code == (200 if reads_draft else 404), name
        seen = [line["code"] for line in listed(caller)]
        assert ((code in seen), (draft in seen)) == (reads, reads_draft), name
        assert (code in [line["code"] for line in listed(caller, q="cao thi kin")]) == reads, name
    told = world.caller(watchers["auditor 52"]).get(f"/nominations/{code}/history").text
    assert SECRET in told
    acted = world.caller(watchers["auditor 52"]).post(f"/nominations/{code}/actions/withdraw", {}, version=1)
    assert acted.status_code == 404


@pytest.fixture
def kept(world: ApiWorld) -> str:
    """A file on hold at the district, by a ground of its own."""
    made = world.draft(name="Hộ ông Bàn Văn Dừng")
    world.do("nominator.xa", made, "submit")
    world.through_stage(made, "xa")
    world.do("appraiser.huyen", made, "propose_hold", ground="complaint", reasons=GROUND)
    return made


def test_a_hold_is_told_to_its_unit_and_auditors_only(world: ApiWorld, kept: str, watchers: dict[str, str]) -> None:
    def told(who: str) -> str:
        return "".join(world.caller(who).get(f"/nominations/{kept}{surface}").text for surface in SURFACES)

    inside = ("head.huyen", "clerk.huyen", watchers["auditor 52"])
    outside = ("nominator.xa", "head.xa", "appraiser.xa", watchers["supervisor 542"])
    for who in inside:
        assert GROUND in told(who), who
    for who in outside:
        assert GROUND not in told(who), who
        assert "propose_hold" not in world.caller(who).get(f"/nominations/{kept}/history").text, who
    world.do("head.huyen", kept, "decline_hold", reasons=GROUND)
    for who in inside:
        assert told(who).count(GROUND) > 1, who
    for who in outside:
        assert GROUND not in told(who), who
        assert "decline_hold" not in world.caller(who).get(f"/nominations/{kept}/history").text, who
    world.do("appraiser.huyen", kept, "propose_hold", ground="complaint", reasons=GROUND)
    world.do("head.huyen", kept, "hold")
    for who in outside:
        shown = world.caller(who).get(f"/nominations/{kept}").get_json()
        assert shown["state_label"].endswith("(tạm dừng xét)")
        assert shown["hold"] is None
        assert GROUND not in told(who), who
    assert world.caller("head.huyen").get(f"/nominations/{kept}").get_json()["hold"]["ground"] == "complaint"


def bind(world: ApiWorld, code: str, username: str, role: str) -> None:
    """Make somebody the nominee, a member of it, or kin by their own word."""
    with write_transaction(world.session):
        nominee = world.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == code))
        person = world.people[username]
        if role == "declared":
            world.session.add(
                models.ConflictDeclaration(
                    nominee_id=nominee, person_id=person, kind="kin", declared_at=world.clock.now()
                )
            )
        else:
            world.session.add(models.NomineePerson(nominee_id=nominee, person_id=person, role=role))


@pytest.mark.parametrize("role", ["self", "member", "representative", "declared"])
def test_a_person_in_conflict_sees_that_the_line_exists_and_no_more(world: ApiWorld, role: str) -> None:
    who = world.staff(f"{role}.huyen", "542", ("appraiser", "secretary"))
    made = world.draft(name="Hộ bà Lò Thị Riêng")
    world.do("nominator.xa", made, "submit")
    world.through_stage(made, "xa")
    caller = world.caller(who)
    before = caller.get("/nominations?count=true&limit=1").get_json()["total"]
    assert caller.get(f"/nominations/{made}").get_json()["level"] == "full"
    bind(world, made, who, role)
    assert caller.get("/nominations?count=true&limit=1").get_json()["total"] == before
    line = next(one for one in listed(caller) if one["code"] == made)
    told = {name for name, value in line.items() if value not in (None, "", False)}
    assert told == {
        "code", "form", "round_code", "round_title", "state", "stage", "step", "version", "workflow_id", "bare",
        "state_label", "href",
    }  # fmt: skip
    assert statuses(caller, made) == [200, 200, 404, 404, 404, 404, 404]
    shown = caller.get(f"/nominations/{made}")
    assert shown.get_json()["level"] == "bare"
    for hidden in ("Lò Thị", "Đơn vị 21613", "Thành tích", "Đủ điều kiện", "appraiser.xa"):
        assert hidden not in shown.text
    for query in ({"q": "lo thi rieng"}, {"subject_kind": "household"}, {"unit": world.units["21613"]},
                  {"updated_since": "2020-01-01T00:00:00Z"}, {"overdue": "true"}):  # fmt: skip
        assert made not in [one["code"] for one in listed(caller, **query)], query
    assert made in [one["code"] for one in listed(caller, state="district.intake")]
    guards = {one.get("guard") for one in caller.get(f"/nominations/{made}/actions").get_json()["items"]}
    assert guards <= {None, "is_nominee", "declared_conflict", "not_in_this_state", "not_your_post", "not_your_unit"}
    done = caller.post(f"/nominations/{made}/actions/accept", {}, version=world.version(made))
    assert done.status_code == 409
    assert done.get_json()["guard"] == ("is_nominee" if role == "self" else "declared_conflict")
    stale = caller.post(f"/nominations/{made}/actions/accept", {}, version=1)
    assert stale.get_json().get("changes", []) == []


def test_kin_who_file_keep_what_they_typed_and_no_more(world: ApiWorld) -> None:
    made = world.draft(name="Hộ bà Lò Thị Nhà")
    bind(world, made, "nominator.xa", "declared")
    caller = world.caller("nominator.xa")
    shown = caller.get(f"/nominations/{made}").get_json()
    assert (shown["level"], shown["editable"]) == ("proposer", True)
    world.do("nominator.xa", made, "submit")
    world.through_stage(made, "xa")
    after = caller.get(f"/nominations/{made}").get_json()
    assert after["level"] == "proposer"
    assert after["opinions"] == after["votes"] == after["holds"] == []


def test_ones_own_unit_is_seen_up_to_its_own_letter(world: ApiWorld) -> None:
    board = world.units["SNV"]
    made = world.draft(by="nominator.snv", kind="collective", group="1.1", nominee_unit_id=board)
    world.do("nominator.snv", made, "submit")
    world.do("appraiser.snv", made, "check", advice="for", reasons="Ý kiến của chính đơn vị.")
    world.vote(made, "snv", 5)
    world.do("secretary.snv", made, "close_ballot")
    world.do("head.snv", made, "send_up")
    world.number(made, "snv")
    world.do("office.tinh", made, "accept", arrival_number="2")
    world.do("office.tinh", made, "recommend", advice="for", reasons="Ý kiến của nơi khác.")
    shown = world.caller("head.snv").get(f"/nominations/{made}")
    assert shown.get_json()["level"] == "full"
    assert "Ý kiến của chính đơn vị." in shown.text
    assert "Ý kiến của nơi khác." not in shown.text
    above = world.caller("office.tinh").get(f"/nominations/{made}").text
    assert "Ý kiến của nơi khác." in above


def test_a_member_of_the_reviewing_unit_of_another_nominee_unit_is_bare(world: ApiWorld) -> None:
    """A head of the district who also holds a post at the commune that is nominated."""
    who = world.staff("two.posts", "542", ("appraiser",))
    with write_transaction(world.session):
        world.session.add(
            models.Post(
                person_id=world.people[who], unit_id=world.units["21610"], duty="clerk", title="t", valid_from=FROM
            )
        )
    content = world.content("1.3")
    content["criteria"]["figures"] = [
        {"year": 2021, "households": 1000, "poor": 80, "near_poor": 20, "standard": "2022-2025"},
        {"year": 2024, "households": 1000, "poor": 29, "near_poor": 20, "standard": "2022-2025"},
    ]
    made = world.draft(
        by="nominator.xa2", kind="collective", group="1.3", nominee_unit_id=world.units["21610"], content=content
    )
    world.do("nominator.xa2", made, "submit")
    assert world.state(made) == "district.intake"
    shown = world.caller(who).get(f"/nominations/{made}").get_json()
    assert shown["level"] == "proposer"  # the proposing unit is their own, and above it they see nothing
    assert (
        world.caller(who)
        .post(f"/nominations/{made}/actions/accept", {}, version=world.version(made))
        .get_json()["guard"]
        == "own_unit_nominee"
    )
