"""The page of a nominee: what stands against one is recorded and closed there, and read on the file's page."""

import io

import pytest
from sqlalchemy import select

from nominations import models
from nominations.transactions import write_transaction
from tests.integration.web.approving import Browse
from tests.world import World

DOCUMENT = "Đơn số 07 ngày 01/03/2024"
TYPED = {"kind": "complaint", "opened_on": "01/03/2024", "document": DOCUMENT, "note": "Số liệu chưa rõ."}
RECORD, CLOSE = "Ghi điều cần lưu ý", "Kết thúc"


def nominee_of(world: World, code: str) -> str:
    found = world.session.scalar(
        select(models.Nominee.ref).join(models.Nomination).where(models.Nomination.code == code)
    )
    world.session.rollback()
    return f"/truong-hop/{found}"


@pytest.fixture
def code(world: World) -> str:
    """A file that waits for intake."""
    code = world.draft(name=f"Hộ bà Đinh Thị Lưu {world.numbers}")
    world.do("nominator.xa", code, "submit")
    return code


def test_from_the_file_to_the_mark_and_back(world: World, browse: Browse, code: str) -> None:
    client, place = browse("appraiser.xa"), nominee_of(world, code)
    assert place in client.page(f"/ho-so/{code}").text
    paper = (io.BytesIO(b"%PDF-1.4 a complaint"), "don.pdf")
    answer = client.submit(place, RECORD, **TYPED, document_sha=paper)
    assert answer.status_code == 303, answer.text
    page = client.page(answer.location)
    assert "Mã đối chứng nhật ký: nominees/" in page.texts(".flashes")[0]
    assert DOCUMENT in page.texts("#marks")[0]
    shown = client.page(f"/ho-so/{code}")
    assert DOCUMENT in shown.texts("#marks")[0]
    stored = world.session.scalars(select(models.MarkRecord.document_sha).order_by(models.MarkRecord.mark_id)).all()
    world.session.rollback()
    for address in (f"{place}/giay-to/{stored[-1]}", f"/ho-so/{code}/giay-to/{stored[-1]}"):
        with client.get(address) as handed:
            assert handed.data == b"%PDF-1.4 a complaint"
        assert browse("nominator.xa").get(address).status_code in (403, 404)
        assert browse("appraiser.huyen").get(address).status_code == 404
    [choice] = [value for value in page.form(CLOSE).values["mark"] if value]
    answer = client.submit(place, CLOSE, mark=choice, reasons="Đơn không đúng.")
    assert answer.status_code == 303, answer.text
    assert "Đã kết thúc" in client.page(place).texts("#marks")[0]


def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_lost(world: World, browse: Browse, code: str) -> None:
    client, place = browse("appraiser.xa"), nominee_of(world, code)
    paper = (io.BytesIO(b"%PDF-1.4 kept"), "don.pdf")
    answer = client.submit(place, RECORD, **(TYPED | {"opened_on": "32/01/2024"}), document_sha=paper)
    assert answer.status_code == 422
    assert "Hãy nhập ngày dạng ngày/tháng/năm" in answer.text
    for kept in ("32/01/2024", DOCUMENT, "Số liệu chưa rõ.", "Đã nhận một tệp ở lần gửi trước"):
        assert kept in answer.text
    answer = client.submit(place, RECORD, **TYPED, document_sha=(io.BytesIO(b"MZ program"), "don.exe"))
    assert answer.status_code == 422
    assert "Chỉ nhận tệp PDF" in answer.text
    assert client.submit(place, RECORD).status_code == 422
    client.submit(place, RECORD, **TYPED)
    answer = client.submit(place, CLOSE)
    assert answer.status_code == 422
    assert "Hãy điền mục này." in answer.text


def test_strangers_the_nominee_and_lower_levels_see_nothing(world: World, browse: Browse, code: str) -> None:
    place = nominee_of(world, code)
    browse("appraiser.xa").submit(place, RECORD, **TYPED)
    for who, status in (("appraiser.xa2", 404), ("appraiser.huyen", 404), ("nominator.xa", 403), ("clerk.xa", 403)):
        browse(who).page(place, status)
        answer = browse(who).post(f"{place}/luu-y", data=TYPED)
        assert answer.status_code in (400, 403, 404), who
    assert DOCUMENT not in browse("nominator.xa").page(f"/ho-so/{code}").text
    assert DOCUMENT in browse("head.xa").page(place).text
    assert RECORD not in browse("head.xa").page(place).texts("button")


def test_nominees_are_found_by_name(world: World, browse: Browse, code: str) -> None:
    client, place = browse("appraiser.xa"), nominee_of(world, code)
    assert place in client.page("/truong-hop?q=dinh+thi+luu").text
    assert place not in browse("appraiser.xa2").page("/truong-hop?q=dinh+thi+luu").text
    for typed in ("%", "\u202e", "<script>alert(1)</script>", "ố" * 300):
        answer = client.get("/truong-hop", query_string={"q": typed})
        assert answer.status_code == 200
        assert "<script>alert(1)" not in answer.text


def test_the_auditor_reads_the_stream(world: World, browse: Browse, code: str) -> None:
    browse("appraiser.xa").submit(nominee_of(world, code), RECORD, **TYPED)
    if "auditor.tinh" not in world.people:
        world.staff("auditor.tinh", "52", ("auditor",))
        with write_transaction(world.session) as session:
            known = session.query(models.Person).filter_by(username="head.xa").one().password_hash
            session.query(models.Person).filter_by(username="auditor.tinh").one().password_hash = known
    page = browse("auditor.tinh").page("/kiem-toan/nhat-ky/nominees")
    assert "Ghi điều cần lưu ý" in page.text
