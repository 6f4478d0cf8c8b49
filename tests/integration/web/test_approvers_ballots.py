"""The ballot sheet: one answer for all, exceptions line by line, each ballot an act of its own."""

import pytest
from sqlalchemy import select

from nominations import models
from nominations.transactions import write_transaction
from tests.integration.web.approving import Browse, Desk
from tests.pages import Page
from tests.world import World


@pytest.fixture
def desk(world: World, browse: Browse) -> Desk:
    """The pages, and the province behind them."""
    return Desk(world, browse)


@pytest.fixture
def lines(world: World) -> list[str]:
    """Two files before the commune's council."""
    codes = []
    for _ in range(2):
        code = world.draft()
        world.do("nominator.xa", code, "submit")
        world.do("appraiser.xa", code, "accept", arrival_number="12")
        world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
        codes.append(code)
    return codes


def ballots(world: World, code: str) -> dict[str, str]:
    """Who said what on a file."""
    world.session.rollback()
    rows = world.session.execute(
        select(models.Person.username, models.Ballot.choice)
        .join(models.Person, models.Person.id == models.Ballot.person_id)
        .join(models.Nomination, models.Nomination.id == models.Ballot.nomination_id)
        .where(models.Nomination.code == code)
    )
    return {row.username: row.choice for row in rows}


def test_one_answer_for_all_and_an_exception(desk: Desk, world: World, lines: list[str]) -> None:
    client = desk.browse("member1.xa")
    page = client.page("/hop")
    assert all(code in page.text for code in lines)
    assert "Đề nghị khen thưởng" in page.text
    form = page.form(f"Gửi {len(page.texts('.ballot'))} phiếu").values | {
        "all": "agree",
        f"{lines[1]}-choice": "disagree",
    }
    answer = client.post("/hop", data=form)
    assert answer.status_code == 303, answer.text
    assert [ballots(world, code)["member1.xa"] for code in lines] == ["agree", "disagree"]
    after = client.page(answer.location)
    assert "phiếu biểu quyết" in after.texts(".flashes")[0]
    assert "meeting:" in after.texts(".flashes")[0]
    assert not any(code in after.texts("main")[0] for code in lines)


def test_a_sheet_of_one_file(desk: Desk, world: World, lines: list[str]) -> None:
    client = desk.browse("member2.xa")
    answer = client.submit(f"/hop/{lines[0]}", "Gửi 1 phiếu", **{f"{lines[0]}-choice": "abstain"})
    assert answer.status_code == 303
    assert ballots(world, lines[0]) == {"member2.xa": "abstain"}
    again = client.page(f"/hop/{lines[0]}")
    assert "Đồng chí đã biểu quyết trường hợp này" in again.text


def test_an_empty_sheet_is_not_sent(desk: Desk, lines: list[str]) -> None:
    answer = desk.browse("member3.xa").submit(f"/hop/{lines[0]}", "Gửi 1 phiếu")
    assert answer.status_code == 422
    assert "Hãy chọn ý kiến cho ít nhất một trường hợp." in answer.text


def test_a_choice_that_is_not_offered_is_not_cast(desk: Desk, world: World, lines: list[str]) -> None:
    client = desk.browse("member3.xa")
    form = client.page(f"/hop/{lines[0]}").form("Gửi 1 phiếu")
    for text in ("có lẽ", "a\x00b", "<script>alert(1)</script>", "agree disagree"):
        chosen = {name: text for name in form.names if name.endswith("choice")}
        assert chosen
        answer = client.post("/hop", data=form.values | chosen)
        assert answer.status_code in (400, 422), text
        assert "<script>alert(1)" not in answer.text
        assert "member3.xa" not in ballots(world, lines[0])


def test_what_a_rule_refuses_is_said_and_the_rest_is_cast(desk: Desk, world: World, lines: list[str]) -> None:
    client = desk.browse("member4.xa")
    page = client.page("/hop")
    form = page.form(f"Gửi {len(page.texts('.ballot'))} phiếu").values
    world.do("member4.xa", lines[0], "ballot", choice="agree")
    world.session.rollback()
    wanted = {f"{code}-choice": "agree" for code in lines}
    answer = client.post("/hop", data=form | wanted)
    assert answer.status_code == 409
    outcomes = Page("/hop", answer.text).texts(".outcomes li")
    assert any("Đồng chí đã biểu quyết trường hợp này" in outcome and lines[0] in outcome for outcome in outcomes)
    assert ballots(world, lines[1])["member4.xa"] == "agree"


def test_the_file_page_leads_to_the_sheet_and_shows_the_tally_to_the_council(
    desk: Desk, world: World, lines: list[str]
) -> None:
    world.do("member1.xa", lines[0], "ballot", choice="agree", note="Hộ này giúp nhiều người.")
    page = desk.read("member5.xa", lines[0])
    assert any(
        link.attrs and link.attrs["href"] == f"/hop/{lines[0]}" for link in page.document.query(".actions-list a")
    )
    assert "Đồng ý 1" in page.texts("#votes")[0]
    assert "Hộ này giúp nhiều người." not in page.text
    assert "Hộ này giúp nhiều người." in desk.read("member1.xa", lines[0]).text


def test_the_sheet_is_for_members(desk: Desk, lines: list[str]) -> None:
    desk.browse("appraiser.xa").page("/hop", 403)
    desk.browse("member1.xa2").page(f"/hop/{lines[0]}", 404)


def test_nothing_to_vote_on_says_so(desk: Desk) -> None:
    assert "Không có trường hợp nào chờ đồng chí biểu quyết" in desk.browse("member1.sgt").page("/hop").text


def test_the_sheet_says_what_closing_needs_with_barred_members_counted_out(desk: Desk, world: World) -> None:
    code = world.draft(form="GK-XA")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    nominee = world.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == code))
    world.session.rollback()
    with write_transaction(world.session):
        for name in ("member4.xa", "member5.xa"):
            world.session.add(
                models.ConflictDeclaration(
                    person_id=world.people[name], nominee_id=nominee, kind="kin", declared_at=world.clock.now()
                )
            )
    said = (
        "Hội đồng có 5 thành viên, 2 người không được biểu quyết trường hợp này. Cần ít nhất 2 phiếu mới chốt được "
        "(2/3 của 3 người, không kể người không được biểu quyết; [memory], [practice]). Tỷ lệ đồng ý luôn tính trên cả "
        "5 người."
    )
    assert said in desk.browse("member1.xa").page(f"/hop/{code}").text
    assert said in desk.browse("secretary.xa").page(f"/ho-so/{code}/thao-tac/close_ballot").text
