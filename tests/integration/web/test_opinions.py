"""Opinions in the pages: asked from the file, answered on the body's own page, recorded from paper; what changed."""

import pytest
from sqlalchemy import select, update

from nominations import models
from nominations.queries.kept import forget
from nominations.transactions import write_transaction
from tests.integration.web.approving import ADVICE, Browse, Desk, paper
from tests.pages import Page
from tests.world import SHA, World

SEND, ASK = "Gửi trả lời", "Lấy ý kiến"
QUESTION = {"question": "Việc chấp hành pháp luật của hộ?"}
REPLY = {"advice": "for", "reasons": "Chấp hành tốt."}


@pytest.fixture(scope="module")
def staffed(province: World) -> World:
    """Two bodies with somebody who answers for them."""
    for username, code in (("dap.sgt", "SGT"), ("dap.huyen", "542")):
        province.staff(username, code, ("asked_body",))
    with write_transaction(province.session) as session:
        known = session.query(models.Person).filter_by(username="head.xa").one().password_hash
        names = models.Person.username.in_(("dap.sgt", "dap.huyen"))
        session.execute(update(models.Person).where(names).values(password_hash=known))
    forget(province.session)
    return province


@pytest.fixture
def desk(staffed: World, browse: Browse) -> Desk:
    """The pages, and the province behind them."""
    staffed.session.rollback()
    return Desk(staffed, browse)


def appraised(world: World) -> str:
    """A file at the board's appraisal."""
    code = world.draft(name=f"Hộ bà Đinh Thị Hỏi {world.numbers}")
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    world.through_stage(code, "huyen")
    world.do("appraiser.snv", code, "accept", arrival_number="9")
    return code


def asked(desk: Desk, code: str, **more: object) -> None:
    """The board asks SGT."""
    typed = {"kind": "opinion", "bodies": ["SGT"], "papers": [SHA], "sections": ["nominee"]} | QUESTION | more
    desk.do("appraiser.snv", code, "ask_opinion", **typed)


def test_a_body_is_asked_reads_what_was_sent_and_answers(desk: Desk) -> None:
    code = appraised(desk.world)
    shown = desk.read("appraiser.snv", code)
    assert "Lấy ý kiến cơ quan liên quan" in shown.texts("#consultations")[0]
    asked(desk, code)
    card = desk.read("appraiser.snv", code).texts("#consultations")[0]
    assert "Đơn vị SGT" in card
    assert "Chờ trả lời" in card
    body = desk.browse("dap.sgt")
    listed = next(text for text in body.page("/y-kien").texts("#waiting tbody tr") if code in text)
    assert "Đơn vị SNV" in listed
    page = body.page(f"/y-kien/{code}/1")
    assert QUESTION["question"] in page.text
    assert "Giúp bảy hộ" not in page.text  # the report was not sent
    body.page(f"/ho-so/{code}", 404)
    with body.get(f"/y-kien/{code}/1/giay-to/{SHA}") as handed:
        assert handed.status_code in (200, 404)  # the world keeps no bytes, only its row
    answer = body.submit(f"/y-kien/{code}/1", SEND, **REPLY, reply_paper=paper())
    assert answer.status_code == 303, answer.text
    assert "Đã trả lời" in body.page(f"/y-kien/{code}/1").text
    assert code in " ".join(body.page("/y-kien").texts("#over tbody tr"))
    read = desk.read("appraiser.snv", code)
    assert "Chấp hành tốt." in read.texts("#opinions")[0]
    assert "Văn bản trả lời" in read.texts("#consultations")[0]
    desk.do("appraiser.snv", code, "recommend", **ADVICE)


def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_lost(desk: Desk) -> None:
    code = appraised(desk.world)
    page = desk.refused("appraiser.snv", code, "ask_opinion", kind="opinion", bodies=[], question="Có đúng không?")
    assert "Hãy điền mục này." in page.text
    assert "Có đúng không?" in page.text
    asked(desk, code)
    body = desk.browse("dap.sgt")
    for typed, kept in (({"reasons": "Chỉ có lời."}, "Chỉ có lời."), ({"advice": "for"}, "")):
        answer = body.submit(f"/y-kien/{code}/1", SEND, **typed)
        assert answer.status_code == 422
        assert "Hãy điền mục này." in answer.text
        assert kept in answer.text
    answer = body.submit(f"/y-kien/{code}/1", SEND, **REPLY, reply_paper=paper(b"MZ program"))
    assert answer.status_code == 422
    assert "Chỉ nhận tệp PDF" in answer.text
    assert REPLY["reasons"] in answer.text


def test_a_question_that_is_over_or_anothers_is_not_answered(desk: Desk) -> None:
    code = appraised(desk.world)
    asked(desk, code)
    desk.browse("dap.huyen").page(f"/y-kien/{code}/1", 404)
    for number in ("2", "999999999999"):
        desk.browse("dap.sgt").page(f"/y-kien/{code}/{number}", 404)
    body = desk.browse("dap.sgt")
    late = body.page(f"/y-kien/{code}/1").form(SEND)
    desk.do("appraiser.snv", code, "withdraw_request", request="1", reasons="Không cần nữa.")
    answer = body.post(f"/y-kien/{code}/1", data=dict(late.values) | REPLY)
    assert answer.status_code == 409
    assert "Không có ý kiến nào đang chờ" in answer.text
    for who in ("appraiser.snv", "head.xa"):
        desk.browse(who).page("/y-kien", 403)


def test_a_reply_on_paper_is_recorded_from_the_file(desk: Desk) -> None:
    code = appraised(desk.world)
    asked(desk, code, bodies=[], outside="Bộ Y tế")
    today = f"{desk.world.clock.today():%d/%m/%Y}"
    typed = REPLY | {"request": "1", "reply_number": "88/BYT", "replied_on": today, "reply_paper": paper()}
    desk.do("appraiser.snv", code, "record_reply", **typed)
    card = desk.read("appraiser.snv", code).texts("#consultations")[0]
    assert f"Văn bản số 88/BYT ngày {today}." in card
    assert "Bộ Y tế" in desk.read("appraiser.snv", code).texts("#opinions")[0]


def test_who_files_reads_no_opinion_and_no_question(desk: Desk) -> None:
    code = appraised(desk.world)
    asked(desk, code)
    page = desk.read("nominator.xa", code)
    assert page.texts("#consultations") == []
    assert QUESTION["question"] not in page.text
    assert desk.read("appraiser.xa", code).texts("#consultations") == []


def test_what_changed_since_somebody_decided_stands_first_and_says_what_of_it_was_theirs(desk: Desk) -> None:
    world = desk.world
    code = world.draft(name="Hộ ông Đinh Văn Sửa Tên")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="4")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ.")
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    fault = {"code": "nominee_data_wrong", "note": "Sai tên.", "section": "nominee"}
    world.do("head.xa", code, "return", sections=["nominee"], faults=[fault])
    world.do("nominator.xa", code, "save", content={"nominee": {"name": "Hộ ông Đinh Văn Đúng Tên"}})
    world.do("nominator.xa", code, "resubmit")
    page = desk.read("appraiser.xa", code)
    assert _first_card(page) == "since"
    card = page.texts("#since")[0]
    for said in ("Không còn tính", "Việc này cần làm lại", "đồng chí đã xem xét", "Hộ ông Đinh Văn Đúng Tên"):
        assert said in card
    assert "không thuộc phần đồng chí đã xem xét" in desk.read("member1.xa", code).texts("#since")[0]
    assert desk.read("clerk.xa", code).texts("#since") == []
    assert "Không còn tính" in page.texts("#opinions")[0]
    refused = desk.browse("head.xa").page(f"/ho-so/{code}/thao-tac/send_up")
    assert "Ý kiến thẩm định của cấp này không còn tính" in refused.text
    desk.do("head.xa", code, "send_back", reasons="Thẩm định lại.")
    asks = desk.browse("appraiser.xa").page(f"/ho-so/{code}/thao-tac/recommend")
    assert "Không còn tính" in asks.texts("#since")[0]
    desk.do("appraiser.xa", code, "recommend", **ADVICE)
    assert world.state(code) == "commune.signature"


def _first_card(page: Page) -> str:
    """The first part the page links to."""
    first = page.texts(".file-parts a")[0]
    return "since" if first == "Thay đổi" else first


def test_the_entry_of_every_request_is_in_the_log(desk: Desk) -> None:
    code = appraised(desk.world)
    asked(desk, code)
    desk.do("appraiser.snv", code, "remind_opinion", request="1")
    acts = desk.world.session.scalars(
        select(models.AuditEntry.act).where(models.AuditEntry.nomination == code).order_by(models.AuditEntry.cseq)
    ).all()
    desk.world.session.rollback()
    assert list(acts)[-2:] == ["ask_opinion", "remind_opinion"]
