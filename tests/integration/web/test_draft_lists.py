"""The pages of a list: what it is for, the template, sending, mending, the drafts; who may open them."""

import io

import pytest
from openpyxl import load_workbook

from tests.integration.web.approving import Browse
from tests.pages import Page, PageClient
from tests.unit.test_sheets import book
from tests.world import World

PLACE = "/ho-so/nhap-danh-sach"
SEE, MAKE, MEND = "Xem thử", "Lập hồ sơ nháp của các dòng đúng", "Lưu các ô đã sửa"
HEADS = ("Họ tên", "Năm sinh", "Thành tích")


def address(world: World, page: str = "moi", kinds: tuple[str, ...] = ("household",), **more: str) -> str:
    asked = {"unit": str(world.units["21613"]), "round": "tong-ket", "form": "BK-TINH"} | more
    return f"{PLACE}/{page}?" + "&".join([f"{n}={v}" for n, v in asked.items()] + [f"kind={kind}" for kind in kinds])


def send(client: PageClient, world: World, *rows: tuple[str, ...]) -> str:
    answer = client.submit(address(world), SEE, file=(io.BytesIO(book(HEADS, *rows)), "thôn 2.xlsx"))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_from_the_template_to_the_drafts(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    first = client.page(PLACE)
    assert "Chưa có danh sách nào" in first.text or "Các danh sách đã nhập" in first.text
    handed = client.get(address(world, "mau.xlsx"))
    sheets = load_workbook(io.BytesIO(handed.data))
    assert sheets.sheetnames == ["Danh sách", "Ví dụ", "Giải thích"]
    heads = [cell.value for cell in sheets["Danh sách"][1]]
    assert heads[:4] == ["Nhóm tiêu chí", "Họ tên", "Năm sinh", "Số căn cước"]
    assert "Tiêu chí 1.5.2" in heads
    assert "Chức vụ" not in heads
    filled = sheets["Danh sách"]
    for number, name in enumerate(("Hà Thị Mẫu", "Hà Văn Mẫu"), 2):
        filled.cell(number, 2, name)
        filled.cell(number, 3, "1970" if number == 2 else "năm 70")
    out = io.BytesIO()
    sheets.save(out)
    answer = client.submit(address(world), SEE, file=(io.BytesIO(out.getvalue()), "danh-sach.xlsx"))
    assert answer.status_code == 303, answer.text
    page = client.page(answer.location)
    assert "danh-sach.xlsx" in page.texts("h1")[0]
    assert any("Năm sinh phải từ 1900" in text for text in page.texts("#faulty .field-error"))
    [cell] = [name for name in page.form(MEND).names if name.startswith("cell-")]
    [drop] = [name for name in page.form(MEND).names if name.startswith("row-")]
    assert page.form(MEND).values[cell] == ["năm 70"]
    mended = client.submit(answer.location, MEND, **{cell: "1970"})
    assert mended.status_code == 303
    assert drop.removeprefix("row-") == cell.split("-")[1]
    made = client.submit(answer.location, MAKE)
    page = client.page(made.location)
    assert "Đã lập 2 hồ sơ nháp." in page.texts(".flashes")[0]
    code = page.texts("#list-rows td a")[0]
    assert "Hà Thị Mẫu" in client.page(f"/ho-so/{code}/soan/nominee").text
    assert client.page(PLACE).texts("#lists th a")[0] == "danh-sach.xlsx"


def test_a_name_known_is_asked_about_and_a_file_there_is_named(browse: Browse, world: World) -> None:
    world.draft(kind="household", name="Hộ ông Ngô Văn Hỏi", round_code="so-ket")
    code = world.draft(kind="household", name="Ngô Văn Có")
    client = browse("nominator.xa")
    place = send(client, world, ("Ngô Văn Hỏi", "", ""), ("Ngô Văn Có", "", ""))
    page = client.page(place)
    assert "Hộ ông Ngô Văn Hỏi" in page.texts("#asked")[0]
    assert code in page.texts("#asked")[0]
    [first, second] = sorted(name for name in page.form(MAKE).names if name.startswith("row-"))
    answer = client.submit(place, MAKE, **{first: "new", second: "skip"})
    assert "Đã lập 1 hồ sơ nháp. Đã bỏ 1 dòng." in client.page(answer.location).texts(".flashes")[0]
    again = client.page(send(client, world, ("Ngô Văn Hỏi", "", ""), ("Ngô Văn Có", "", "")))
    assert "Danh sách này đã được nhập" in again.text
    assert "Ngô Văn Hỏi" in client.page(place + "?xem=made").texts("#list-rows")[0]
    assert "Ngô Văn Có" not in client.page(place + "?xem=made").texts("#list-rows")[0]


def test_pasted_cells_and_the_faults_as_a_workbook(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    pasted = "Họ tên\tNăm sinh\tThành tích\n=1+1\t1970\tNuôi bò\nĐỗ Văn Dán\tx\tNuôi bò"
    answer = client.submit(address(world), SEE, pasted=pasted)
    assert answer.status_code == 303, answer.text
    handed = client.get(f"{answer.location}/loi.xlsx")
    assert handed.headers["Content-Disposition"].startswith("attachment")
    cells = list(load_workbook(io.BytesIO(handed.data)).worksheets[0].iter_rows(values_only=True))
    assert cells[0][-1] == "Cần sửa"
    assert len(cells) == 3
    assert "'=1+1" in cells[1]
    assert "công thức" in str(cells[1][-1])
    assert all(cell.data_type == "s" for row in load_workbook(io.BytesIO(handed.data)).worksheets[0] for cell in row
               if cell.value is not None)  # fmt: skip


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"a,b\n1,2", b"\xff\xfa\x00", b"<html>"])
def test_what_is_no_list_is_answered_at_the_field(browse: Browse, world: World, content: bytes) -> None:
    answer = browse("nominator.xa").submit(address(world), SEE, file=(io.BytesIO(content), "x.xlsx"))
    assert answer.status_code == 422
    assert len(Page(PLACE, answer.text).texts(".error-summary li")) == 1


def test_what_was_pasted_stays_and_nothing_chosen_is_said(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    answer = client.submit(address(world), SEE, pasted="Họ tên\n")
    assert answer.status_code == 422
    assert Page(PLACE, answer.text).form(SEE).values["pasted"] == ["Họ tên\n"]
    assert client.submit(address(world), SEE).status_code == 422
    page = client.page(f"{PLACE}/moi?unit=&round=x&kind=tree", 422)
    assert len(page.texts(".error-summary li")) == 4
    client.page(f"{PLACE}/mau.xlsx?unit=1", 422)
    assert client.post(f"{PLACE}/moi", data={"csrf_token": "x"}).status_code == 400


def test_nobody_else_finds_it(browse: Browse, world: World) -> None:
    mine = browse("nominator.xa")
    place = send(mine, world, ("Tô Văn Kín", "1970", ""), ("Tô Văn Sai", "x", ""))
    form = mine.page(place)
    for who, status in (("nominator.xa2", 404), ("appraiser.xa", 403), ("head.snv", 403)):
        client = browse(who)
        assert client.get(place).status_code == status
        assert client.get(f"{place}/loi.xlsx").status_code == status
    other = browse("nominator.xa2")
    token = other.page(PLACE).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    for end in ("sua", "lap"):
        assert other.post(f"{place}/{end}", data={"csrf_token": token}).status_code == 404
    mine.page(f"{PLACE}/bang/{'0' * 32}", 404)
    for name in ("row-x", "row-1\u0661", "row-" + "9" * 40, "cell-9", "cell-x-name", "cell-" + "9" * 40 + "-name"):
        for button in (MAKE, MEND):
            filled = form.form(button)
            assert mine.post(filled.action, data=filled.values | {name: "new"}).status_code == 303
