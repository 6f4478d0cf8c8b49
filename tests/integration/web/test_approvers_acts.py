"""Every action through its page: done, refused with its sentence, sent back with what was typed; on both databases."""

import pytest
from sqlalchemy import select

from nominations import models
from nominations.services import files
from nominations.services.reasons import reasons
from tests.integration.web.approving import ADVICE, Browse, Desk, paper
from tests.world import World
from workflows import ACTIONS, action_label


@pytest.fixture
def desk(world: World, browse: Browse) -> Desk:
    """The pages, and the province behind them."""
    return Desk(world, browse)


def at_appraisal(world: World, place: str = "xa") -> str:
    """A file that waits for appraisal at the commune."""
    code = world.draft()
    world.do(f"nominator.{place}", code, "submit")
    world.do(f"appraiser.{place}", code, "accept", arrival_number="12")
    return code


def at_signature(world: World, agree: int = 5) -> str:
    """A file that waits for the commune's signature."""
    code = at_appraisal(world)
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", agree, 5 - agree)
    world.do("secretary.xa", code, "close_ballot")
    return code


def test_a_household_climbs_through_the_pages_to_its_award(desk: Desk, world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    for place, council in (("xa", "xa"), ("huyen", "huyen"), ("snv", "tinh")):
        desk.do(f"appraiser.{place}", code, "accept", arrival_number="7", arrived_on="")
        desk.do(f"appraiser.{place}", code, "recommend", **ADVICE, **{"by_criterion-0-met": "1"})
        desk.do(
            f"secretary.{place}", code, "record_counts", issued="5", returned="5", valid="5", agree="5",
            disagree="0", abstain="0", minutes_sha=paper(),
        )  # fmt: skip
        desk.do(f"member1.{council}", code, "confirm_counts")
        desk.do(f"secretary.{place}", code, "close_ballot")
        desk.do(f"head.{place}", code, "send_up")
        world.numbers += 1
        desk.do(f"clerk.{place}", code, "number", number=str(world.numbers))
    desk.do("office.tinh", code, "check", **ADVICE)
    signed = {"outcome": "award", "signer": "head.tinh", "signed_on": "05/03/2024"}
    desk.do("clerk.tinh", code, "record_signature", **signed, signed_file=paper())
    world.numbers += 1
    desk.do("clerk.tinh", code, "number", number=str(world.numbers))
    assert world.state(code) == "awarded"
    page = desk.read("nominator.xa", code)
    assert "Số vào sổ khen thưởng" in page.text
    assert f"{world.numbers}/QĐ" in page.text


def test_the_receipt_is_said_after_the_act(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    client = desk.browse("appraiser.xa")
    answer = client.submit(f"/ho-so/{code}/thao-tac/recommend", "Nêu ý kiến thẩm định", **ADVICE)
    notices = client.page(answer.location).texts(".flashes")
    head = world.session.scalar(select(models.Nomination.chain_head).where(models.Nomination.code == code))
    assert f"Mã đối chứng nhật ký: {code}/" in notices[0]
    assert str(head)[:12] in notices[0]


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    page = desk.refused("appraiser.xa", code, "recommend", reasons="Còn phải suy nghĩ thêm về hồ sơ này.")
    assert "Ý kiến: Hãy điền mục này." in page.texts(".error-summary")[0]
    assert page.form("Nêu ý kiến thẩm định").values["reasons"] == ["Còn phải suy nghĩ thêm về hồ sơ này."]


def test_a_return_names_all_its_faults_row_by_row(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    client = desk.browse("appraiser.xa")
    first = {
        "faults-0-code": "missing_paper",
        "faults-0-section": "papers",
        "faults-0-note": "Thiếu biên bản họp thôn.",
    }
    address = f"/ho-so/{code}/thao-tac/return"
    more = client.submit(address, "Thêm một sai sót", **first)
    assert more.status_code == 200
    assert "Thiếu biên bản họp thôn." in more.text
    assert "faults-1-note" in more.text
    second = {"faults-1-code": "report_too_general", "faults-1-section": "report", "faults-1-note": "Nêu số hộ."}
    form = {**first, **second, "mode": "direct", "version": str(world.version(code)), "request_key": "k1"}
    token = client.page(address).form("Trả hồ sơ").values["csrf_token"]
    assert client.post(address, data=form | {"csrf_token": token}).status_code == 303
    page = desk.read("nominator.xa", code)
    assert {"Thiếu biên bản họp thôn.", "Nêu số hộ."} <= set(page.texts("#returns .claim"))
    assert world.state(code) == "commune.appraisal.returned"


def test_a_fault_that_is_begun_must_be_whole(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    page = desk.refused("appraiser.xa", code, "return", **{"faults-0-note": "Báo cáo quá ngắn."})
    wrong = ["Sai sót 1: Hãy điền mục này.", "Ở phần nào (sai sót 1): Hãy điền mục này."]
    assert page.texts(".error-summary li") == wrong
    assert page.form("Trả hồ sơ").values["faults-0-note"] == ["Báo cáo quá ngắn."]


def test_a_return_without_any_fault_says_so(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    page = desk.refused("appraiser.xa", code, "return")
    assert page.texts(".error-summary li") == ["Sai sót: Hãy điền mục này."]


def test_a_value_that_no_list_offers_is_refused_with_the_list(desk: Desk, world: World) -> None:
    code = at_signature(world)
    page = desk.refused("head.xa", code, "not_send_up", reason_code="made_up", reasons="Vì lý do riêng.")
    assert "Hãy chọn một giá trị trong danh sách" in page.texts(".error-summary")[0]
    assert world.state(code) == "commune.signature"


def test_signing_asks_for_a_reason_only_against_the_vote(desk: Desk, world: World) -> None:
    passed, failed = at_signature(world), at_signature(world, agree=2)
    assert (
        "reason_code"
        not in desk.browse("head.xa")
        .page(f"/ho-so/{passed}/thao-tac/send_up")
        .form("Ký tờ trình, chuyển cấp trên")
        .names
    )
    page = desk.refused("head.xa", failed, "send_up")
    assert "Kết quả biểu quyết chưa đạt" in page.text
    assert len(page.texts(".error-summary li")) == 2
    code, words = reasons("against_vote_reason", "vi")[0]
    page = desk.refused("head.xa", failed, "send_up", reason_code=code)
    assert "Ghi rõ lý do" in page.texts(".error-summary")[0]
    desk.do("head.xa", failed, "send_up", reason_code=code, reasons="Có tình tiết mới, thôn đã xác nhận lại.")
    decisions = desk.read("clerk.xa", failed).texts("#decisions")[0]
    assert "Khác kết quả biểu quyết" in decisions
    assert words in decisions


def test_a_paper_once_received_need_not_be_chosen_again(desk: Desk, world: World) -> None:
    code = at_signature(world)
    page = desk.refused("clerk.xa", code, "record_signature", outcome="send_up", signed_file=paper())
    form = page.form("Ghi nhận chữ ký trên giấy")
    assert len(form.values["signed_file_kept"][0]) == 64
    client = desk.browse("clerk.xa")
    token = (
        client.page(f"/ho-so/{code}/thao-tac/record_signature").form("Ghi nhận chữ ký trên giấy").values["csrf_token"]
    )
    today = f"{world.clock.today():%d/%m/%Y}"
    again = form.values | {"outcome": "send_up", "signer": "deputy.xa", "signed_on": today, "csrf_token": token}
    answer = client.post(f"/ho-so/{code}/thao-tac/record_signature", data=again)
    assert answer.status_code == 303, answer.text
    world.session.rollback()
    decisions = desk.read("clerk.xa", code).texts("#decisions")[0]
    assert "Người ký: KT. deputy.xa" in decisions
    assert "Người ghi nhận: clerk.xa" in decisions


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Tệp rỗng"), (b"MZ a program", "Chỉ nhận tệp PDF"), (b"%PDF-" + b"0" * 100, "Tệp lớn quá")],
)
def test_a_paper_that_is_none_is_refused_in_words(
    desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch, content: bytes, said: str
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    code = at_signature(world)
    signed = {"outcome": "send_up", "signer": "head.xa", "signed_on": "04/03/2024"}
    page = desk.refused("clerk.xa", code, "record_signature", **signed, signed_file=paper(content))
    assert said in page.text


def test_a_stale_page_shows_what_changed_and_keeps_the_words(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    client = desk.browse("appraiser.xa")
    address = f"/ho-so/{code}/thao-tac/recommend"
    form = client.page(address).form("Nêu ý kiến thẩm định")
    world.do("appraiser.xa", code, "propose_hold", ground="complaint", reasons="Có đơn.")
    answer = client.post(address, data=form.values | ADVICE)
    assert answer.status_code == 409
    assert "Hồ sơ đã thay đổi từ khi đồng chí mở trang" in answer.text
    assert "Đề nghị tạm dừng xét" in answer.text
    assert ADVICE["reasons"] in answer.text
    assert f'name="version" value="{world.version(code)}"' in answer.text


def test_pressed_twice_it_acts_once(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    client = desk.browse("appraiser.xa")
    address = f"/ho-so/{code}/thao-tac/recommend"
    form = client.page(address).form("Nêu ý kiến thẩm định").values | ADVICE
    assert [client.post(address, data=form).status_code for _ in range(2)] == [303, 303]
    world.session.rollback()
    opinions = select(models.Opinion.id).join(models.Nomination, models.Nomination.id == models.Opinion.nomination_id)
    assert len(world.session.scalars(opinions.where(models.Nomination.code == code)).all()) == 1


def test_a_refused_action_is_shown_with_its_reason_and_who_can_clear_it(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    page = desk.browse("head.xa").page(f"/ho-so/{code}/thao-tac/recommend")
    assert "Hôm nay đồng chí không giữ nhiệm vụ được làm việc này" in page.text
    assert "Ai gỡ được:" in page.text
    assert "Nêu ý kiến thẩm định" not in page.texts("main button")


def test_an_unknown_action_and_a_file_of_others_look_the_same(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    browser = desk.browse("appraiser.xa")
    for address in (
        f"/ho-so/{code}/thao-tac/dance",
        f"/ho-so/{code}/thao-tac/save",
        "/ho-so/HS24-NOBODY/thao-tac/accept",
    ):
        browser.page(address, 404)
    desk.browse("appraiser.xa2").page(f"/ho-so/{code}/thao-tac/recommend", 404)


def test_a_form_without_a_version_is_no_form_of_ours(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    client = desk.browse("appraiser.xa")
    form = client.page(f"/ho-so/{code}/thao-tac/recommend").form("Nêu ý kiến thẩm định").values | ADVICE
    assert client.post(f"/ho-so/{code}/thao-tac/recommend", data=form | {"version": "abc"}).status_code == 400


def test_done_and_on_to_the_next_of_the_list(desk: Desk, world: World) -> None:
    first, second = at_appraisal(world), at_appraisal(world)
    client = desk.browse("appraiser.xa")
    codes = [code for code in listed(client.page("/viec?step=appraisal").text) if code in {first, second}]
    address = f"/ho-so/{codes[0]}/thao-tac/recommend?hang=cho-toi&step=appraisal"
    page = client.page(address)
    assert " / " in page.texts(".queue-steps")[0]
    answer = client.submit(address, "Ghi và sang hồ sơ tiếp theo", **ADVICE)
    assert answer.status_code == 303
    assert "hang=cho-toi" in answer.location
    assert codes[0] not in answer.location


def listed(text: str) -> list[str]:
    """The codes on a page, in its order."""
    found = [part.split("<")[0].split("?")[0].split('"')[0] for part in text.split("/ho-so/")[1:]]
    return list(dict.fromkeys(found))


def test_every_action_has_a_page_that_says_why_not(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    client = desk.browse("head.xa")
    for action in [name for name in ACTIONS if name not in {"save", "submit"}]:
        page = client.page(f"/ho-so/{code}/thao-tac/{action}")
        assert page.texts("h1")[0].startswith(action_label(action, "vi"))
        assert page.texts("form[novalidate]") or "Ai gỡ được:" in page.text


def test_hold_and_resume(desk: Desk, world: World) -> None:
    code = at_appraisal(world)
    said = {"ground": "complaint", "reasons": "Có đơn nêu việc chia bò.", "review_on": "01/04/2024"}
    desk.do("appraiser.xa", code, "propose_hold", **said, document_sha=paper())
    desk.do("head.xa", code, "hold")
    assert "Có đơn khiếu nại, tố cáo đang xác minh" in desk.read("appraiser.xa", code).text
    outside = desk.read("nominator.xa", code)
    assert "tạm dừng xét" in outside.text
    assert "khiếu nại" not in outside.text
    assert "chia bò" not in outside.text
    desk.do("head.xa", code, "resume", reasons="Đã xác minh, không có vi phạm.")
    assert world.state(code) == "commune.appraisal"


def test_the_central_result_is_recorded(desk: Desk, world: World) -> None:
    code = world.draft(form="BK-TTG")
    world.do("nominator.xa", code, "submit")
    for place in ("xa", "huyen", "snv"):
        world.through_stage(code, place)
    world.do("office.tinh", code, "check", advice="for", reasons="Đủ.")
    world.do("head.tinh", code, "send_up")
    world.number(code, "tinh")
    page = desk.refused("clerk.snv", code, "record_central_result", outcome="awarded", decided_on="31/12/2029")
    assert "Ngày này chưa tới" in page.text
    desk.do("clerk.snv", code, "record_central_result", outcome="awarded", decided_on="04/03/2024", number="88")
    assert world.state(code) == "awarded"
