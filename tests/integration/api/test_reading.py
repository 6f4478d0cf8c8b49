"""What hangs on a file: criteria, history with its chain, revisions and their differences."""

from tests.integration.api.client import ApiWorld

FIGURES = [
    {"year": 2021, "households": 1000, "poor": 80, "near_poor": 20, "standard": "2022-2025"},
    {"year": 2024, "households": 1000, "poor": 30, "near_poor": 20, "standard": "2022-2025"},
]
FAULTS = [{"code": "other", "note": "Thiếu xác nhận của thôn.", "section": "report"}]


def test_criteria_are_shown_with_their_working(world: ApiWorld) -> None:
    content = world.content("1.3")
    content["criteria"]["figures"] = FIGURES
    code = world.draft(
        by="nominator.xa2", kind="collective", group="1.3", nominee_unit_id=world.units["21610"], content=content
    )
    caller = world.caller("nominator.xa2")
    shown = caller.get(f"/nominations/{code}/eligibility").get_json()
    assert shown["group"] == "1.3"
    assert not shown["complete"]
    line = next(one for one in shown["items"] if one["criterion"] == "1.3.5")
    assert line["state"] == "not_met"
    assert line["assessment"]["result"] == "fail"
    assert "50" in " ".join(step["text"] for step in line["assessment"]["working"])
    assert line["text"]
    assert line["source"]


def test_the_history_has_every_entry_and_holds(world: ApiWorld) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "return", sections=["report"], faults=FAULTS)
    shown = world.caller("nominator.xa").get(f"/nominations/{code}/history").get_json()
    assert shown["chain"]["intact"]
    assert shown["chain"]["row_agrees"]
    assert [one["act"] for one in shown["items"]] == ["create", "save", "submit", "return"]
    assert [one["cseq"] for one in shown["items"]] == [1, 2, 3, 4]
    last = shown["items"][-1]
    assert last["reasons"] == "Thiếu xác nhận của thôn."
    assert last["actor_name"] == "appraiser.xa"
    assert last["unit_name"] == "Đơn vị 21613"
    assert (last["from_state"], last["to_state"]) == ("commune.intake", "commune.intake.returned")
    assert last["cprev"] == shown["items"][-2]["hash"]
    assert "address" not in str(shown)


def test_revisions_say_what_each_changed(world: ApiWorld) -> None:
    code = world.draft()
    caller = world.caller("nominator.xa")
    assert caller.get(f"/nominations/{code}/revisions").get_json()["items"] == []
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "return", sections=["report"], faults=FAULTS)
    world.do("nominator.xa", code, "save", content={"report": {"achievements": "Có xác nhận của thôn."}})
    sealed = caller.get(f"/nominations/{code}").get_json()["content"]["report"]["achievements"]
    assert sealed == "Có xác nhận của thôn."
    seen_above = world.caller("appraiser.xa").get(f"/nominations/{code}").get_json()["content"]["report"]
    assert seen_above["achievements"] != sealed  # what is being typed is not sealed yet
    world.do("nominator.xa", code, "resubmit")
    items = caller.get(f"/nominations/{code}/revisions").get_json()["items"]
    assert [one["number"] for one in items] == [1, 2]
    assert items[1]["changed"] == ["report"]
    difference = caller.get(f"/nominations/{code}/revisions/2/diff").get_json()
    assert [(one["section"], one["place"]) for one in difference["changes"]] == [("report", "achievements")]
    assert difference["changes"][0]["after"] == "Có xác nhận của thôn."
    whole = caller.get(f"/nominations/{code}/revisions/1/diff").get_json()
    assert whole["previous"] == 0
    assert all(change["before"] is None for change in whole["changes"])
    for number in ("3", "0", "-1", "x", "99999999"):
        assert caller.get(f"/nominations/{code}/revisions/{number}/diff").status_code == 404


def test_the_file_shows_where_it_is_and_what_was_said(world: ApiWorld) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    shown = world.caller("appraiser.huyen").get(f"/nominations/{code}").get_json()
    assert shown["level"] == "full"
    assert [(one["code"], one["state"]) for one in shown["tracker"][4:7]] == [
        ("commune.number", "done"), ("district.intake", "now"), ("district.appraisal", "next"),
    ]  # fmt: skip
    assert [one["advice"] for one in shown["opinions"]] == ["for"]
    assert [(one["agree"], one["members"], one["passed"]) for one in shown["votes"]] == [(5, 5, True)]
    assert shown["votes"][0]["ballots"] == []  # another council's single ballots
    assert shown["decisions"][0]["number"]
    assert world.caller("member1.xa").get(f"/nominations/{code}").get_json()["votes"][0]["ballots"]
