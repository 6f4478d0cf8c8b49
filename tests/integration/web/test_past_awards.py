"""The pages of past awards: a table looked through, its faults handed out, its rows settled; who may open them."""

import io

import pytest

from tests.integration.web.administration import faults
from tests.integration.web.approving import Browse
from tests.pages import PageClient
from tests.unit.test_sheets import book
from tests.world import World

PLACE = "/quan-tri/khen-thuong-cu"
HEADS = ("Họ tên", "Loại", "Năm sinh", "Đơn vị", "Hình thức", "Số quyết định", "Ngày quyết định", "Thành tích")


def row(name: str, number: str = "7/QĐ") -> tuple[str, ...]:
    return (name, "cá nhân", "1970", "21613", "Giấy khen", number, "04/03/2022", "Giúp dân")


def send(client: PageClient, *rows: tuple[str, ...]) -> str:
    answer = client.submit(PLACE, "Xem thử", file=(io.BytesIO(book(HEADS, *rows)), "cũ.xlsx"))
    assert answer.status_code == 303, answer.text
    return answer.location


@pytest.mark.parametrize("who", ["admin", "board"])
def test_from_the_file_to_the_register_of_the_past(admin: PageClient, browse: Browse, who: str) -> None:
    client = admin if who == "admin" else browse("appraiser.snv")
    name = f"Lò Văn Cũ {who}"
    place = send(client, row(name), (f"=HYPERLINK({who})", "bạn", "", "?", "", "", "mai", ""), row(name, "8/QĐ"))
    page = client.page(place)
    assert "Dòng cần sửa" in page.text
    handed = client.get(f"{place}/loi.csv")
    assert handed.headers["Content-Disposition"].startswith("attachment")
    assert "Loại: Hãy chọn một giá trị" in handed.data.decode("utf-8-sig")
    answer = client.submit(place, "Ghi các dòng đúng")
    assert answer.status_code == 303
    page = client.page(answer.location)
    assert "Đã ghi 1 lần khen; còn 1 dòng chờ chọn." in page.texts(".flashes")[0]
    [field] = [name for name in page.form("Ghi các dòng đúng").names if name.startswith("row-")]
    answer = client.submit(place, "Ghi các dòng đúng", **{field: "new"})
    assert "Đã ghi 1 lần khen; còn 0 dòng chờ chọn." in client.page(answer.location).texts(".flashes")[0]


def test_one_award_is_typed_and_what_cannot_be_used_is_said_at_its_field(admin: PageClient) -> None:
    typed = {"name": "Lò Thị Gõ", "kind": "individual", "unit": "21613", "form": "Giấy khen"}
    typed |= {"decided_on": "04/03/2022", "achievement": "Giúp dân"}
    answer = admin.submit(f"{PLACE}/mot", "Xem thử", **(typed | {"decided_on": "32/13/2022", "birth_year": "x"}))
    assert answer.status_code == 422
    assert {fault.partition(":")[0] for fault in faults(answer.text)} == {"Năm sinh", "Ngày quyết định"}
    assert "Lò Thị Gõ" in answer.text
    assert len(faults(admin.submit(f"{PLACE}/mot", "Xem thử").text)) > 3
    answer = admin.submit(f"{PLACE}/mot", "Xem thử", **typed)
    assert answer.status_code == 303
    admin.submit(answer.location, "Ghi các dòng đúng")
    assert "Chưa có" not in admin.page(answer.location).texts("#counts")[0]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"a,b\n1,2", b"\xff\xfa\x00", b"<html>"])
def test_what_is_no_table_is_answered_at_the_field(admin: PageClient, content: bytes) -> None:
    answer = admin.submit(PLACE, "Xem thử", file=(io.BytesIO(content), "x.xlsx"))
    assert answer.status_code == 422
    assert len(faults(answer.text)) == 1


def test_without_a_file_or_a_mark(admin: PageClient) -> None:
    assert admin.submit(PLACE, "Xem thử").status_code == 422
    answer = admin.submit(PLACE, "Xem thử", source="nghe nói", file=(io.BytesIO(book(HEADS, row("x"))), "x.xlsx"))
    assert "Hãy ghi dấu nguồn" in answer.text


def test_nobody_else_finds_it(world: World, browse: Browse, admin: PageClient) -> None:
    place = send(admin, row("Lò Văn Kín"))
    for who, status in (("appraiser.xa", 404), ("appraiser.tinh", 404), ("head.snv", 403), ("nominator.xa", 403)):
        client = browse(who)
        for address in (PLACE, f"{PLACE}/mot", place, f"{place}/loi.csv"):
            assert client.get(address).status_code == status, (who, address)
        assert client.post(place, data={"row-1": "new"}).status_code in (400, 403, 404)
    world.session.rollback()
    admin.page(f"{PLACE}/bang/{'0' * 32}", 404)
    place = send(admin, row("Lò Văn Kín 2"))
    form = admin.page(place).form("Ghi các dòng đúng")
    for name in ("row-x", "row-1\u0661", "row-" + "9" * 40):
        assert admin.post(form.action, data=form.values | {name: "new"}).status_code == 303
