"""The inbox and the file's page, as each of those who check, vote, sign and number sees them."""

import hashlib
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from nominations import models
from nominations.transactions import write_transaction
from tests.integration.web.approving import Browse, Desk, paper
from tests.world import START, World


@pytest.fixture
def desk(world: World, browse: Browse) -> Desk:
    """The pages, and the province behind them."""
    return Desk(world, browse)


@pytest.fixture(scope="module")
def submitted(province: World) -> str:
    """A household's file that waits for intake at its commune."""
    code = province.draft(name="Hộ ông Đinh Văn Chờ")
    province.do("nominator.xa", code, "submit")
    return code


@pytest.fixture(scope="module")
def climbed(province: World) -> str:
    """A file at the board's appraisal, judged by commune and district."""
    code = province.draft(name="Hộ bà Đinh Thị Lên")
    province.do("nominator.xa", code, "submit")
    province.through_stage(code, "xa")
    province.through_stage(code, "huyen", agree=4)
    province.do("appraiser.snv", code, "accept", arrival_number="30")
    return code


def reader(province: World, username: str, place: str, duty: str) -> None:
    """Somebody who reads a part of the tree."""
    with write_transaction(province.session):
        known = select(models.Person.password_hash).where(models.Person.username == "head.xa").scalar_subquery()
        values = {"username": username, "full_name": username, "name_folded": username, "created_at": START}
        person = province.session.execute(
            insert(models.Person).values(**values, password_hash=known).returning(models.Person.id)
        ).scalar_one()
        post = {"person_id": person, "unit_id": province.units[place], "duty": duty, "title": duty}
        province.session.execute(insert(models.Post).values(**post, ref=username, valid_from=date(2020, 1, 1)))
    province.people[username] = person


# --- the inbox ------------------------------------------------------------------------------------------------------


def test_the_inbox_shows_what_waits_with_its_step_and_its_day(desk: Desk, submitted: str) -> None:
    page = desk.browse("appraiser.xa").page("/viec")
    row = next(text for text in page.texts("tbody tr") if submitted in text)
    for said in ("Hộ ông Đinh Văn Chờ", "Bằng khen", "Đơn vị 21613", "Chờ tiếp nhận", "04/03/2024", "05/03/2024"):
        assert said in row
    counts = {tab.split()[0]: tab.split()[-1] for tab in page.texts("nav.tabs li")}
    assert int(counts["Chờ"]) >= 1


def test_filters_narrow_the_list_and_come_off_one_by_one(desk: Desk, submitted: str) -> None:
    client = desk.browse("appraiser.xa")
    page = client.page("/viec?q=van cho&step=intake&form=BK-TINH")
    assert [submitted in row for row in page.texts("tbody tr")] == [True]
    assert [tag.split(":")[0] for tag in page.texts("a.tag")] == ["Tìm", "Hình thức", "Bước"]
    assert "Không có hồ sơ nào hợp bộ lọc" in client.page("/viec?step=number").text
    assert submitted not in client.page("/viec?overdue=1").text


def test_what_is_late_is_said_to_be(desk: Desk, world: World, submitted: str) -> None:
    world.clock.move(days=5)
    row = next(
        text for text in desk.browse("appraiser.xa").page("/viec?overdue=1").texts("tbody tr") if submitted in text
    )
    world.clock.move(days=-5)
    assert "Quá hạn 3 ngày" in row


def test_an_identity_number_is_not_searched_for(desk: Desk) -> None:
    page = desk.browse("appraiser.xa").page("/viec?q=052 190 001 234")
    assert "không nhận số căn cước" in page.text


def test_coming_and_done(desk: Desk, world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    assert code in desk.browse("head.xa").page("/viec?part=sap-toi").text
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    assert code in desk.browse("appraiser.xa").page("/viec?part=da-lam").text


@pytest.mark.parametrize("address", ["/viec?part=x", "/viec?cursor=zz", "/viec?cursor=" + "a" * 300])
def test_an_address_that_no_list_has_is_not_there(desk: Desk, address: str) -> None:
    desk.browse("appraiser.xa").page(address, 404)


def test_a_list_goes_on_from_page_to_page(desk: Desk, world: World) -> None:
    codes = [world.draft() for _ in range(3)]
    for code in codes:
        world.do("nominator.xa", code, "submit")
    monkey = desk.browse("appraiser.xa")
    seen: list[str] = []
    address = "/viec?step=intake"
    while address:
        page = monkey.page(address)
        seen += [code for code in codes if code in page.text]
        following = [link.attrs["href"] for link in page.document.query("a[rel=next]") if link.attrs]
        address = str(following[0]) if following else ""
    assert set(codes) <= set(seen)


# --- the file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["appraiser.xa", "nominator.xa", "head.xa", "member1.xa"])
def test_everybody_in_scope_reads_the_file(desk: Desk, submitted: str, who: str) -> None:
    assert desk.read(who, submitted).texts("h1") == ["Hộ ông Đinh Văn Chờ"]


@pytest.mark.parametrize("who", ["appraiser.xa2", "appraiser.sgt", "office.tinh"])
def test_a_file_of_another_scope_is_not_there(desk: Desk, submitted: str, who: str) -> None:
    desk.browse(who).page(f"/ho-so/{submitted}", 404)


def test_the_page_says_where_the_file_is_and_what_comes_next(desk: Desk, climbed: str) -> None:
    where = desk.read("nominator.xa", climbed).texts("#where")[0]
    for said in ("Đơn vị SNV", "chuyên viên thẩm định", "Hội đồng Thi đua - Khen thưởng tỉnh", "đang ở đây"):
        assert said in where


def test_a_reviewer_reads_opinions_and_votes_and_the_proposer_does_not(desk: Desk, climbed: str) -> None:
    reviewer, proposer = desk.read("appraiser.snv", climbed), desk.read("nominator.xa", climbed)
    assert reviewer.texts("#opinions")[0].count("Đủ điều kiện.") == 2
    assert "Đồng ý 4" in reviewer.texts("#votes")[0]
    for part in ("#opinions", "#votes"):
        assert proposer.texts(part) == []
    assert "Đủ điều kiện." not in proposer.text
    assert "TTr" in proposer.texts("#decisions")[0]


def test_the_criteria_show_their_working(desk: Desk, world: World) -> None:
    figures = [
        {"year": year, "households": 100, "poor": poor, "near_poor": 0, "standard": "2022-2025"}
        for year, poor in ((2021, 40), (2022, 30), (2023, 19))
    ]
    content = world.content("1.3")
    content["criteria"]["figures"] = figures
    code = world.draft(kind="collective", group="1.3", nominee_unit_id=world.units["21613"], content=content)
    criteria = desk.read("nominator.xa", code).texts("#criteria")[0]
    assert "1.3.5" in criteria
    assert "Cách tính" in criteria
    assert "Kết luận:" in criteria


def test_auditors_and_supervisors_read_and_can_do_nothing(desk: Desk, province: World, climbed: str) -> None:
    reader(province, "auditor.all", "52", "auditor")
    reader(province, "supervisor.huyen", "542", "supervisor")
    for who in ("auditor.all", "supervisor.huyen"):
        page = desk.read(who, climbed)
        assert page.texts("h1") == ["Hộ bà Đinh Thị Lên"]
        assert "Lúc này chưa có việc nào" in page.text
        assert page.texts(".actions-list a") == []
        answer = desk.browse(who).get(f"/ho-so/{climbed}/thao-tac/return")
        assert "Ai gỡ được:" in answer.text


def test_the_panel_shows_what_can_be_done_and_why_the_rest_cannot(desk: Desk, climbed: str) -> None:
    page = desk.read("appraiser.snv", climbed)
    assert page.texts(".decision-panel .actions-list a") == [
        "Nêu ý kiến thẩm định",
        "Lấy ý kiến",
        "Trả hồ sơ",
        "Đề nghị tạm dừng xét",
        "Chuyển đề nghị hình thức khác",
    ]
    refused = page.texts(".actions-refused")[0]
    assert "Duyệt tạm dừng xét" in refused
    assert "Ai gỡ được:" in refused
    assert "Các thao tác khác" in page.texts(".other-actions summary")[0]
    assert "Ký quyết định khen thưởng" in page.texts(".other-actions")[0]


def test_what_changed_since_i_last_judged(desk: Desk, world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    faults = [{"code": "report_too_general", "note": "Nêu rõ hơn.", "section": "report"}]
    world.do("secretary.xa", code, "return", mode="direct", sections=["report"], faults=faults)
    words = {"report": {"achievements": "Giúp chín hộ trong thôn thoát nghèo."}}
    world.do("nominator.xa", code, "save", content=words)
    world.do("nominator.xa", code, "resubmit")
    page = desk.read("appraiser.xa", code)
    rows = page.texts("#since tbody tr")
    assert len(rows) == 1
    assert "Giúp bảy hộ trong thôn thoát nghèo." in rows[0]
    assert "Giúp chín hộ trong thôn thoát nghèo." in rows[0]
    assert desk.read("head.xa", code).texts("#since") == []


def test_the_history_has_every_act_with_its_receipt(desk: Desk, climbed: str) -> None:
    page = desk.read("appraiser.snv", climbed)
    history = page.texts("#history")[0]
    assert history.count("Mã đối chứng nhật ký") == len(page.texts("#history li"))
    assert "Chuỗi nhật ký nguyên vẹn" in page.text


def test_a_chain_that_was_touched_is_said_to_be(desk: Desk, world: World) -> None:
    code = world.draft()
    with write_transaction(world.session):
        world.session.execute(
            update(models.Nomination).where(models.Nomination.code == code).values(chain_head="0" * 64)
        )
    assert "Chuỗi nhật ký sai lệch" in desk.read("nominator.xa", code).text


# --- papers ---------------------------------------------------------------------------------------------------------


def test_papers_are_handed_out_to_those_who_may_read_them(desk: Desk, world: World, app: Flask) -> None:
    content = b"%PDF-1.4 a report"
    sha = app.extensions["storage"].put(content)
    code = world.draft()
    number = select(models.Nomination.id).where(models.Nomination.code == code).scalar_subquery()
    with write_transaction(world.session):
        kept = {"sha256": sha, "size": len(content), "media_type": "application/pdf", "stored_at": START}
        world.session.execute(insert(models.File).values(kept))
        placed = {"nomination_id": number, "sha256": sha, "kind": "report", "section": "papers", "name": "bao-cao.pdf"}
        people = {"added_by": world.people["nominator.xa"], "added_at": START}
        world.session.execute(insert(models.NominationFile).values(placed | people))
    address = f"/ho-so/{code}/giay-to/{sha}"
    with desk.browse("nominator.xa").get(address) as answer:
        assert answer.data == content
        assert answer.headers["Content-Disposition"] == "attachment; filename=bao-cao.pdf"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with desk.browse("nominator.xa").get(address + "?xem=1") as look:
        assert look.headers["Content-Disposition"].startswith("inline")
    assert desk.browse("appraiser.xa2").get(address).status_code == 404
    other = world.draft()
    assert desk.browse("nominator.xa").get(f"/ho-so/{other}/giay-to/{sha}").status_code == 404


def test_the_signed_paper_hangs_on_its_decision(desk: Desk, world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    content = b"%PDF-1.4 the letter as signed"
    signed = {"outcome": "send_up", "signer": "head.xa", "signed_on": world.clock.today().strftime("%d/%m/%Y")}
    desk.do("clerk.xa", code, "record_signature", **signed, signed_file=paper(content))
    address = f"/ho-so/{code}/giay-to/{hashlib.sha256(content).hexdigest()}"
    with desk.browse("head.xa").get(address) as answer:
        assert answer.data == content
    assert desk.browse("head.xa2").get(address).status_code == 404
