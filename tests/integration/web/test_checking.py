"""The page of the duplicate check: names pasted, files narrowed, what waits, a list; as a workbook too."""

import io

from openpyxl import load_workbook

from tests.integration.web.approving import Browse
from tests.integration.web.test_draft_lists import send
from tests.pages import Page
from tests.world import World

PLACE, CHECK = "/do-trung", "Dò trùng"


def test_pasted_names_are_checked_and_handed_out(browse: Browse, world: World) -> None:
    code = world.draft(kind="household", name="Hộ ông Bạch Văn Dò")
    client = browse("nominator.xa")
    typed = {"pasted": "Bạch Văn Dò\nBạch Thị Không\nBạch Văn Sai\t70", "round": "tong-ket", "form": "BK-TINH"}
    answer = client.submit(PLACE, CHECK, **typed)
    assert answer.status_code == 200
    page = Page(PLACE, answer.text)
    assert "Đã dò 2 tên, thấy 1 chỗ cần xem." in page.texts("#checked")[0]
    assert "Năm sinh, dòng 3" in page.texts("#checked")[0]
    assert code in page.texts("#hits")[0]
    assert "một thành tích" in page.texts("#hits")[0]
    assert page.form(CHECK).values["pasted"] == [typed["pasted"]]
    answer = client.submit(PLACE, "Dò và tải về XLSX", **typed)
    cells = list(load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
    assert len(cells) == 2
    assert code in str(cells[1][5])


def test_files_narrowed_what_waits_and_a_list(browse: Browse, world: World) -> None:
    first = world.draft(kind="individual", name="Đèo Văn Hai Lần")
    second = world.draft(kind="individual", name="Đèo Văn Hai Lần", form="GK-XA")
    for code in (first, second):
        world.do("nominator.xa", code, "submit")
    mine = browse("nominator.xa")
    assert "Dò trùng các hồ sơ này" in mine.page("/ho-so?q=deo+van").text
    assert first in mine.page(f"{PLACE}?nguon=loc&form=GK-XA&q=deo+van").texts("#hits")[0]
    desk = browse("appraiser.xa")
    page = desk.page(f"{PLACE}?nguon=cho")
    assert "Đèo Văn Hai Lần" in page.texts("#hits")[0]
    handed = desk.get(f"{PLACE}?nguon=cho&dang=xlsx")
    assert handed.headers["Content-Disposition"].startswith("attachment")
    place = send(mine, world, ("Đèo Văn Hai Lần", "", ""))
    ref = place.rpartition("/")[2]
    assert first in mine.page(f"{PLACE}?nguon=bang&ref={ref}").texts("#hits")[0]
    browse("nominator.xa2").page(f"{PLACE}?nguon=bang&ref={ref}", 404)
    mine.page(f"{PLACE}?nguon=loc&q=052070001234", 404)


def test_wrong_input_stays_and_is_said(browse: Browse) -> None:
    client = browse("appraiser.xa")
    answer = client.submit(PLACE, CHECK)
    assert answer.status_code == 422
    many = "\n".join(f"Tên {number}" for number in range(601))
    answer = client.submit(PLACE, CHECK, pasted=many)
    assert answer.status_code == 422
    assert "nhiều nhất 600 tên" in answer.text
    form = client.page(PLACE).form(CHECK)
    for wrong, status in (({"unit": "9"}, 400), ({"unit": "x"}, 400), ({"round": "x"}, 422), ({"kind": "tree"}, 422)):
        assert client.post(PLACE, data=form.values | {"pasted": "A B"} | wrong).status_code == status, wrong
    for who in ("head.xa", "clerk.snv"):
        assert browse(who).get(PLACE).status_code == 403
