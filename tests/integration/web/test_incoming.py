"""Consultations that come in: a ministry's letter recorded, an opinion drafted, the reply sent, each by its duty."""

from datetime import date

from sqlalchemy import select

from nominations import models
from tests.integration.web.administration import entries
from tests.integration.web.approving import Browse, paper
from tests.pages import PageClient
from tests.world import World

RECEIVE, DRAFT, SEND = "Ghi văn bản hỏi", "Lưu dự thảo", "Ghi văn bản trả lời"
LETTER = {
    "ministry": "Bộ Tài chính", "letter_number": "1234/BTC-TCCB", "letter_on": "01/03/2024",
    "received_on": "04/03/2024", "nominee": "Chi nhánh Ngân hàng tỉnh", "award": "Bằng khen của Thủ tướng Chính phủ",
    "question": "Việc chấp hành chủ trương, pháp luật tại địa phương?",
}  # fmt: skip
OPINION = {"advice": "for", "reasons": "Chấp hành tốt, tổ chức Đảng, đoàn thể vững mạnh."}


def received(client: PageClient, **more: object) -> str:
    """The address of a letter that came."""
    answer = client.submit("/hiep-y/moi", RECEIVE, **(LETTER | more))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_from_the_letter_to_the_reply(world: World, browse: Browse) -> None:
    """Ten working days from the day it came; over once the signed reply has its number."""
    clerk, specialist = browse("clerk.snv"), browse("appraiser.snv")
    place = received(clerk, letter_sha=paper(b"%PDF-1.4 a letter"))
    code = place.rsplit("/", 1)[1]
    assert code == "HY-2024-0001"
    due = world.session.scalar(select(models.IncomingConsultation.due_on))
    world.session.rollback()
    assert due == date(2024, 3, 18)
    assert "18/03/2024" in specialist.page("/hiep-y").texts("#waiting tbody tr")[0]
    assert "Ghi văn bản trả lời đã ký" not in clerk.page(place).text  # no opinion yet
    assert specialist.submit(place, DRAFT, **OPINION).status_code == 303
    with specialist.get(f"{place}/van-ban.pdf") as made:
        assert made.data.startswith(b"%PDF")
    answer = clerk.submit(place, SEND, reply_number="55/UBND-VX", replied_on="04/03/2024", reply_sha=paper())
    assert answer.status_code == 303, answer.text
    page = clerk.page(place)
    assert "Đã trả lời bằng Văn bản số 55/UBND-VX ngày 04/03/2024." in page.text
    assert page.texts("#draft, #send") == []
    assert "55/UBND-VX" in browse("head.snv").page("/hiep-y").texts("#over tbody tr")[0]
    sent = ["receive_consultation", "draft_consultation", "send_consultation"]
    assert entries(world, "consultations") == sent


def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_lost(browse: Browse) -> None:
    clerk = browse("clerk.snv")
    for wrong in (
        {"ministry": ""}, {"letter_on": "32/01/2024"}, {"letter_on": "01/01/2030"}, {"received_on": "01/01/2030"},
        {"received_on": "01/01/2024"}, {"nominee": " "}, {"question": ""}, {"letter_sha": paper(b"MZ program")},
    ):  # fmt: skip
        answer = clerk.submit("/hiep-y/moi", RECEIVE, **(LETTER | wrong))
        assert answer.status_code == 422, wrong
        assert LETTER["award"] in answer.text
    place = received(clerk)
    assert clerk.get(f"{place}/van-ban.txt").status_code == 404
    specialist = browse("appraiser.snv")
    assert specialist.submit(place, DRAFT, reasons="Chỉ có lời.").status_code == 422
    specialist.submit(place, DRAFT, **OPINION)
    lacking: tuple[dict[str, object], ...] = (
        {},
        {"reply_number": "5"},
        {"reply_number": "5", "reply_sha": paper(), "replied_on": "01/01/2024"},
    )
    for less in lacking:
        answer = clerk.submit(place, SEND, **less)
        assert answer.status_code == 422, less


def test_each_duty_does_its_own_and_strangers_find_nothing(browse: Browse) -> None:
    place = received(browse("clerk.snv"))
    assert browse("clerk.snv").page(place).texts("#draft") == []
    assert browse("appraiser.snv").page(place).texts("#send") == []
    for who, status in (("appraiser.xa", 404), ("head.sgt", 404), ("nominator.snv", 403), ("member1.tinh", 403)):
        browse(who).page("/hiep-y", status)
        browse(who).page(place, status)
    browse("office.tinh").page(place)
    for code in ("HY-2024-9999", "x"):
        browse("clerk.snv").page(f"/hiep-y/{code}", 404)
