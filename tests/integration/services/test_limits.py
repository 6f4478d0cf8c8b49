"""A file forced down every limit L1 to L11 of the facts (2.8): what is refused by which guard, what must not be."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select, update

from nominations import models
from nominations.transactions import write_transaction
from tests.world import World

DECIDED = date(2024, 1, 5)  # two months before the day of the tests


def nominee_of(world: World, code: str) -> tuple[int, str, str]:
    """The file's nominee, its reference, and the achievement the file is for."""
    row = world.session.execute(
        select(models.Nominee.id, models.Nominee.ref, models.Nomination.working)
        .join(models.Nominee, models.Nominee.id == models.Nomination.nominee_id)
        .where(models.Nomination.code == code)
    ).one()
    world.session.rollback()
    return row.id, row.ref, row.working["proposal"]["achievement"]


def awarded_before(world: World, code: str, **more: Any) -> int:
    """An earlier award of the file's nominee, for another achievement unless told otherwise; its row."""
    award: dict[str, Any] = {
        "form": "GK-XA", "decided_on": DECIDED, "decision_number": "12", "achievement": "Một thành tích khác",
        "source": "[practice]",
    }  # fmt: skip
    with write_transaction(world.session):
        row = models.PastAward(nominee_id=nominee_of_in(world, code), **(award | more))
        world.session.add(row)
        world.session.flush()
        return row.id


def nominee_of_in(world: World, code: str) -> int:
    """The nominee's row, within a transaction."""
    found = world.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == code))
    assert found is not None
    return found


def marked(world: World, code: str, kind: str) -> int:
    """Something stands against the nominee from today; its row."""
    with write_transaction(world.session):
        row = models.NomineeMark(
            nominee_id=nominee_of_in(world, code), kind=kind, opened_on=world.clock.today(), document="Đơn số 1"
        )
        world.session.add(row)
        world.session.flush()
        return row.id


def closed(world: World, mark: int) -> None:
    """It does not stand any more."""
    with write_transaction(world.session):
        world.session.execute(
            update(models.NomineeMark).where(models.NomineeMark.id == mark).values(closed_on=world.clock.today())
        )


def before_signing(world: World) -> str:
    """A file that waits for the commune Chairman's signature."""
    code = world.draft(form="GK-XA")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", 4)
    world.do("secretary.xa", code, "close_ballot")
    return code


def test_l1_one_achievement_has_one_award_and_a_form_may_be_given_again(world: World) -> None:
    code = world.draft()
    awarded_before(world, code, form="BK-TINH")  # the same form, for something else
    assert nominee_of(world, code)[2] != "Một thành tích khác"
    same = awarded_before(world, code, form="Giấy khen của Hội", achievement=nominee_of(world, code)[2])
    assert world.refused("nominator.xa", code, "submit") == "achievement_already_awarded"
    _annulled(world, same)
    world.do("nominator.xa", code, "submit")


def test_l2_no_lower_award_is_asked_for_before_a_higher_one(world: World) -> None:
    for form in ("BK-TINH", "BK-TTG"):
        world.do("nominator.xa", world.draft(form=form), "submit")


def test_l3_what_does_not_meet_conditions_or_papers_is_not_proposed(world: World) -> None:
    code = world.draft()
    with write_transaction(world.session):
        file = select(models.Nomination.id).where(models.Nomination.code == code).scalar_subquery()
        world.session.execute(
            update(models.NominationFile)
            .where(models.NominationFile.nomination_id == file, models.NominationFile.kind == "report")
            .values(removed_at=world.clock.now())
        )
    assert world.refused("nominator.xa", code, "submit") == "paper_missing"
    content = world.content("1.5")
    content["criteria"] = {"statements": {"1.5.9": "Không phải tiêu chí của nhóm này."}}
    assert world.refused("nominator.xa", world.draft(content=content), "submit") == "criterion_unexplained"


def test_l4_an_award_of_a_movement_neither_helps_nor_hinders_another_achievement(world: World) -> None:
    with_award, without = world.draft(), world.draft()
    awarded_before(world, with_award, form="Bằng khen đột xuất")
    for code in (with_award, without):
        world.do("nominator.xa", code, "submit")


def test_l5_a_complaint_holds_the_file_and_does_not_end_it(world: World) -> None:
    code = before_signing(world)
    mark = marked(world, code, "complaint")
    assert world.refused("head.xa", code, "award") == "open_complaint"
    assert world.state(code) == "commune.signature"
    closed(world, mark)
    world.do("head.xa", code, "award")


def test_l6_discipline_is_served_first(world: World) -> None:
    code = before_signing(world)
    mark = marked(world, code, "discipline")
    assert world.refused("head.xa", code, "award") == "discipline_not_served"
    closed(world, mark)
    world.do("head.xa", code, "award")


def test_l7_no_two_awards_of_the_state_within_a_year(world: World) -> None:
    central, province = world.draft(form="BK-TTG"), world.draft(form="BK-TINH")
    for code in (central, province):
        awarded_before(world, code, form="Huân chương", level_state=True)
    assert world.refused("nominator.xa", central, "submit") == "state_award_within_year"
    world.do("nominator.xa", province, "submit")  # not of the state level


def test_l8_an_achievement_that_was_rewarded_is_not_used_again_for_a_higher_award(world: World) -> None:
    lower = before_signing(world)
    world.do("head.xa", lower, "award")
    world.number(lower, "xa")
    _row, ref, achievement = nominee_of(world, lower)
    content = world.content("1.5")
    content["proposal"] = {"achievement": achievement}
    higher = world.draft(form="BK-TINH", nominee_ref=ref, content=content)
    assert world.refused("nominator.xa", higher, "submit") == "achievement_already_awarded"
    content["proposal"] = {"achievement": "Một thành tích mới, sau lần khen trước"}
    world.do("nominator.xa", higher, "save", content=content)
    world.do("nominator.xa", higher, "submit")


def test_l9_the_wait_is_counted_by_the_achievement_that_the_earlier_decision_writes(world: World) -> None:
    """Decided two months ago in each: for an achievement that ended long before, within the year, or not written."""
    for achieved_to, stands in ((date(2023, 3, 4), False), (date(2023, 3, 5), True), (None, True)):
        code = world.draft(form="BK-TTG")
        with world.on(date(2024, 3, 4)):
            period = {"achievement_from": date(2022, 1, 1) if achieved_to else None, "achievement_to": achieved_to}
            awarded_before(world, code, form="Huân chương", level_state=True, **period)
            if stands:
                assert world.refused("nominator.xa", code, "submit") == "state_award_within_year"
            else:
                world.do("nominator.xa", code, "submit")


def test_l10_somebody_who_has_moved_is_proposed_by_the_unit_they_achieved_it_in(world: World) -> None:
    """The nominee's home is the commune now; the department where they served may propose them."""
    at_home = world.draft(kind="individual", name="Ông Trần Văn Chuyển")
    ref = nominee_of(world, at_home)[1]
    code = world.draft(by="nominator.sgt", kind="individual", nominee_ref=ref, form="GK-SO")
    world.do("nominator.sgt", code, "submit")
    assert world.state(code) == "unit.check"


def test_l11_an_annulled_award_stands_in_nobodys_way_any_more(world: World) -> None:
    code = world.draft(form="BK-TTG")
    row = awarded_before(world, code, form="Huân chương", level_state=True)
    assert world.refused("nominator.xa", code, "submit") == "state_award_within_year"
    _annulled(world, row)
    world.do("nominator.xa", code, "submit")


def _annulled(world: World, row: int) -> None:
    with write_transaction(world.session):
        day = world.clock.today()
        world.session.execute(update(models.PastAward).where(models.PastAward.id == row).values(annulled_on=day))
