"""Files climb: the main stories of the process, through the services, on both databases."""

from datetime import date

from sqlalchemy import select

from nominations import models
from nominations.transactions import write_transaction
from tests.world import REASON, SHA, World

FAULTS = [{"code": "figures_disagree", "note": "Số liệu năm 2023 không khớp quyết định.", "section": "criteria"}]


def test_a_household_climbs_from_the_commune_to_the_chairmans_award(world: World) -> None:
    """(a) With the Chairman's signature made on paper and recorded."""
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    assert world.state(code) == "commune.intake"
    for place in ("xa", "huyen", "snv"):
        world.through_stage(code, place)
    assert world.state(code) == "chairman.check"
    world.do("office.tinh", code, "check", advice="for", reasons="Hồ sơ đầy đủ.")
    world.do(
        "clerk.tinh", code, "record_signature", outcome="award", signer="head.tinh", signed_on=world.clock.today(),
        signed_file=SHA,
    )  # fmt: skip
    world.number(code, "tinh")
    assert world.state(code) == "awarded"
    award = world.session.scalars(select(models.Award).join(models.Nomination).where(models.Nomination.code == code))
    assert award.one().register_no is not None


def test_a_commune_of_area_three_passes_only_just_above_half(world: World) -> None:
    """(b) 1.3.5: the size of poor and near-poor households falls by exactly 50 %, then by a household more."""
    commune = world.units["21610"]
    content = world.content("1.3")
    content["criteria"]["figures"] = _fall(100, 50)
    code = world.draft(by="nominator.xa2", kind="collective", group="1.3", nominee_unit_id=commune, content=content)
    assert world.refused("nominator.xa2", code, "submit") == "criterion_not_met"
    content["criteria"]["figures"] = _fall(100, 49)
    world.do("nominator.xa2", code, "save", content=content)
    world.do("nominator.xa2", code, "submit")
    assert world.state(code) == "district.intake"  # the commune is the nominee: it starts a level above


def test_a_department_goes_through_its_own_council_to_the_board(world: World) -> None:
    """(c) Its head signs the letter."""
    code = world.draft(by="nominator.sgt", kind="individual", name="Ông Trần Minh Quân")
    world.do("nominator.sgt", code, "submit")
    assert world.state(code) == "unit.check"
    world.through_stage(code, "sgt")
    assert world.state(code) == "board.intake"


def test_the_prime_ministers_award_ends_with_the_recorded_central_result(world: World) -> None:
    """(d) The Chairman signs the letter; the centre's answer is recorded."""
    code = world.draft(form="BK-TTG")
    world.do("nominator.xa", code, "submit")
    for place in ("xa", "huyen", "snv"):
        world.through_stage(code, place)
    world.do("office.tinh", code, "check", advice="for", reasons="Đủ.")
    world.do("head.tinh", code, "send_up")
    world.number(code, "tinh")
    assert world.state(code) == "central.pending"
    world.do(
        "clerk.snv", code, "record_central_result", outcome="awarded", number="812/QĐ-TTg",
        decided_on=world.clock.today(),
    )  # fmt: skip
    assert world.state(code) == "awarded"


def test_a_commune_with_one_officer_decides_its_own_certificate(world: World) -> None:
    """(e) GK-XA: the officer drafts, receives, appraises and closes the vote; the Chairman of the commune decides."""
    officer = world.staff("officer.xa", "21613", ("nominator", "appraiser", "secretary", "clerk"))
    code = world.draft(by=officer, form="GK-XA")
    world.do(officer, code, "submit")
    world.do(officer, code, "accept", arrival_number="3")
    world.do(officer, code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", 5)
    world.do(officer, code, "close_ballot")
    world.do("head.xa", code, "award")
    world.do(officer, code, "number", number="77", numbered_on=world.clock.today())
    assert world.state(code) == "awarded"


def test_in_another_form_the_drafter_may_not_appraise(world: World) -> None:
    """The same officer, for the provincial certificate."""
    officer = world.staff("officer2.xa", "21613", ("nominator", "appraiser"))
    code = world.draft(by=officer)
    world.do(officer, code, "submit")
    assert world.refused(officer, code, "accept") == "incompatible_drafter_appraiser"


def test_after_the_first_of_july_a_file_goes_from_the_commune_to_the_board(world: World) -> None:
    """(f) No district any more, and a file already under way takes today's route."""
    with world.on(date(2025, 7, 10)):
        code = world.draft()
        world.do("nominator.xa", code, "submit")
        world.through_stage(code, "xa")
        assert world.state(code) == "board.intake"
    with world.on(date(2025, 6, 20)):
        early = world.draft()
        world.do("nominator.xa", early, "submit")
    with world.on(date(2025, 7, 11)):
        world.through_stage(early, "xa")
        assert world.state(early) == "board.intake"


def test_a_file_is_returned_down_the_chain_and_comes_straight_back(world: World) -> None:
    """(g) From the board by way of the district to the commune's nominator for two sections, and back."""
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    world.through_stage(code, "huyen")
    world.do("appraiser.snv", code, "accept", arrival_number="5")
    world.do("appraiser.snv", code, "return", mode="chain", sections=["criteria", "report"], faults=FAULTS)
    assert world.state(code) == "board.appraisal.returned"
    assert world.refused("nominator.xa", code, "resubmit") == "not_your_post"
    world.do("appraiser.huyen", code, "pass_down", reasons="Đề nghị xã bổ sung.")
    world.do("appraiser.xa", code, "pass_down")
    world.do("nominator.xa", code, "save", content={"report": {"achievements": "Đã bổ sung."}})
    world.do("nominator.xa", code, "resubmit")
    world.do("appraiser.xa", code, "resubmit")
    world.do("appraiser.huyen", code, "resubmit")
    assert world.state(code) == "board.appraisal"


def test_a_direct_return_asks_the_levels_to_confirm_again(world: World) -> None:
    """Values a level attested changed past it: the board waits for both levels below."""
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    world.through_stage(code, "huyen")
    world.do("appraiser.snv", code, "accept", arrival_number="5")
    world.do("appraiser.snv", code, "return", mode="direct", sections=["criteria"], faults=FAULTS)
    content = world.content("1.5") | {}
    content["criteria"]["statements"]["1.5.2"] = "Đã sửa."
    world.do("nominator.xa", code, "save", content={"criteria": content["criteria"]})
    world.do("nominator.xa", code, "resubmit")
    assert world.refused("appraiser.snv", code, "recommend", advice="for", reasons="Đủ.") == "reconfirmation_missing"
    world.do("head.xa", code, "reconfirm")
    world.do("appraiser.huyen", code, "reconfirm")
    world.do("appraiser.snv", code, "recommend", advice="for", reasons="Đủ.")
    assert world.state(code) == "board.council"


def test_people_bound_to_the_nominee_are_refused_each_with_a_reason(world: World) -> None:
    """(h) The nominee, the drafter, kin, and the nominee's own unit."""
    code = world.draft(kind="individual", name="Bà Nguyễn Thị Thẩm")
    _bind(world, code, "head.huyen", "self")
    _declare(world, code, "member1.huyen")
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    world.do("appraiser.huyen", code, "accept", arrival_number="1")
    world.do("appraiser.huyen", code, "recommend", advice="for", reasons="Đủ.")
    assert world.refused("member1.huyen", code, "ballot", choice="agree") == "declared_conflict"
    for number in (2, 3, 4, 5):
        world.do(f"member{number}.huyen", code, "ballot", choice="agree")
    world.do("secretary.huyen", code, "close_ballot")
    assert world.refused("head.huyen", code, "send_up") == "is_nominee"
    world.do("deputy.huyen", code, "send_up")
    assert world.state(code) == "district.number"


def test_the_chairman_of_the_commune_as_nominee_starts_a_level_above(world: World) -> None:
    """Never the commune's own certificate; the provincial one begins at the district."""
    own = world.draft(form="GK-XA", kind="individual", name="Ông Chủ tịch Xã")
    _bind(world, own, "head.xa", "self")
    assert world.refused("nominator.xa", own, "submit") == "form_not_for_nominee"
    higher = world.draft(kind="individual", name="Ông Chủ tịch Xã Hai")
    _bind(world, higher, "head.xa", "self")
    world.do("nominator.xa", higher, "submit")
    assert world.state(higher) == "district.intake"


def test_a_vote_below_the_threshold_binds_for_the_prime_minister_only(world: World) -> None:
    """(i) 2 of 5: refused for BK-TTG; for BK-TINH the head departs from it with a reason."""
    for form, guard in (("BK-TTG", "vote_binds"), ("BK-TINH", "departure_needs_reason")):
        code = world.draft(form=form)
        world.do("nominator.xa", code, "submit")
        world.through_stage(code, "xa")
        world.through_stage(code, "huyen")
        world.do("appraiser.snv", code, "accept", arrival_number="9")
        world.do("appraiser.snv", code, "recommend", advice="for", reasons="Đủ.")
        world.vote(code, "tinh", 2, 3)
        world.do("secretary.snv", code, "close_ballot")
        assert world.refused("head.snv", code, "send_up") == guard
    world.do("head.snv", code, "send_up", **REASON)
    decision = world.session.scalars(
        select(models.Decision)
        .join(models.Nomination)
        .where(models.Nomination.code == code)
        .order_by(models.Decision.id)
    ).all()[-1]
    assert decision.departs_from_vote


def test_everybody_of_a_body_that_is_the_nominee_is_replaced_by_another_body(world: World) -> None:
    """Sở Nội vụ is the nominee: the board's step goes to the Chairman's office, and its own staff are refused."""
    board = world.units["SNV"]
    code = world.draft(by="nominator.snv", kind="collective", group="1.1", nominee_unit_id=board)
    world.do("nominator.snv", code, "submit")
    world.do("appraiser.snv", code, "check", advice="for", reasons="Đủ.")
    world.vote(code, "snv", 5)
    world.do("secretary.snv", code, "close_ballot")
    world.do("head.snv", code, "send_up")
    world.number(code, "snv")
    assert world.state(code) == "board.intake"
    assert world.refused("appraiser.snv", code, "accept") in {"own_unit_nominee", "not_your_post", "not_your_unit"}
    world.do("office.tinh", code, "accept", arrival_number="2")


def _fall(before: int, after: int) -> list[dict[str, object]]:
    return [
        {"year": 2021, "households": 1000, "poor": before - 20, "near_poor": 20, "standard": "2022-2025"},
        {"year": 2024, "households": 1000, "poor": after - 20, "near_poor": 20, "standard": "2022-2025"},
    ]


def _bind(world: World, code: str, username: str, role: str) -> None:
    with write_transaction(world.session):
        nominee = world.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == code))
        world.session.add(models.NomineePerson(nominee_id=nominee, person_id=world.people[username], role=role))


def _declare(world: World, code: str, username: str) -> None:
    with write_transaction(world.session):
        nominee = world.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == code))
        world.session.add(
            models.ConflictDeclaration(
                nominee_id=nominee, person_id=world.people[username], kind="kin", declared_at=world.clock.now()
            )
        )
