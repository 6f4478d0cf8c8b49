"""The page that copies files of an earlier round, and the forms that are printed empty."""

import io

import docx
import pytest
from pypdf import PdfReader

from tests.integration.web.approving import Browse
from tests.pages import Page
from tests.world import World

PLACE, COPY = "/ho-so/chep-dot-truoc", "Chép thành danh sách"


def test_from_last_years_file_to_this_years_draft(browse: Browse, world: World) -> None:
    code = world.draft(kind="household", name="Hộ bà Cầm Thị Năm Ngoái", round_code="so-ket")
    world.draft(by="nominator.xa2", kind="household", name="Cầm Thị Khác", round_code="so-ket")
    client = browse("nominator.xa")
    page = client.page(f"{PLACE}?tu=so-ket")
    assert "Hộ bà Cầm Thị Năm Ngoái" in page.text
    assert "Cầm Thị Khác" not in page.text
    assert "Thành tích đạt được" in page.texts("#empty")[0]
    answer = client.submit(f"{PLACE}?tu=so-ket", COPY, round="tong-ket", form="BK-TINH", code=code)
    assert answer.status_code == 303, answer.text
    page = client.page(answer.location)
    assert "phần sau để trống" in page.text
    made = client.submit(answer.location, "Lập hồ sơ nháp của các dòng đúng")
    assert "Đã lập 1 hồ sơ nháp." in client.page(made.location).texts(".flashes")[0]


def test_nothing_chosen_and_choices_that_are_none(browse: Browse, world: World) -> None:
    code = world.draft(kind="household", name="Cầm Thị Chọn", round_code="so-ket")
    client = browse("nominator.xa")
    answer = client.submit(f"{PLACE}?tu=so-ket", COPY, round="tong-ket", form="BK-TINH")
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một hồ sơ" in answer.text
    form = client.page(f"{PLACE}?tu=so-ket").form(COPY)
    wrong = client.post(PLACE, data=form.values | {"round": "x", "form": "GK-XX", "code": code})
    assert wrong.status_code == 422
    page = Page(PLACE, wrong.text)
    assert len(page.texts(".error-summary li")) >= 2
    assert page.form(COPY).values["code"] == [code]
    assert client.page(f"{PLACE}?tu=nowhere&unit=x").path == PLACE
    other = browse("nominator.xa2")
    assert "Cầm Thị Chọn" not in other.page(f"{PLACE}?tu=so-ket&unit={world.units['21613']}").text
    for who in ("appraiser.xa", "head.snv"):
        assert browse(who).get(PLACE).status_code == 403


@pytest.mark.parametrize(
    ("kind", "said"),
    [("ho", ("HỘ GIA ĐÌNH", "1.5.1", "1.5.2", "ĐẠI DIỆN HỘ")), ("danh-sach", ("DANH SÁCH ĐỀ NGHỊ", "NGƯỜI LẬP"))],
)
def test_an_empty_form_is_one_page_of_a4_and_can_be_changed(browse: Browse, kind: str, said: tuple[str, ...]) -> None:
    client = browse("nominator.xa")
    made = client.get(f"/ho-so/mau-giay/{kind}.pdf")
    assert made.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(made.data)).pages
    assert len(pages) == 1
    assert (round(float(pages[0].mediabox.width)), round(float(pages[0].mediabox.height))) == (595, 842)
    text = " ".join(pages[0].extract_text().split()).upper()
    assert all(one in text for one in said)
    assert "BẢN NHÁP" not in text
    handed = client.get(f"/ho-so/mau-giay/{kind}.docx")
    file = docx.Document(io.BytesIO(handed.data))
    words = "\n".join(
        [p.text for p in file.paragraphs] + [c.text for t in file.tables for r in t.rows for c in r.cells]
    )
    assert all(one in words.upper() for one in said)
    assert browse("appraiser.xa").get(f"/ho-so/mau-giay/{kind}.pdf").status_code == 200
    client.page("/ho-so/mau-giay/ho.txt", 404)
    client.page("/ho-so/mau-giay/xe.pdf", 404)


def test_the_file_of_one_nominee_is_ticked_when_one_comes_from_it(browse: Browse, world: World) -> None:
    code = world.draft(kind="household", name="Cầm Văn Một Mình")
    world.do("nominator.xa", code, "submit")
    client = browse("nominator.xa")
    start = f"/ho-so/moi?unit={world.units['21613']}&round=tong-ket&form=BK-TINH&kind=household&q=cam+van+mot"
    assert "Chép hồ sơ này" in client.page(start).text
    page = client.page(f"{PLACE}?unit={world.units['21613']}&code={code}")
    assert page.form(COPY).values["code"] == [code]
    assert client.page(f"{PLACE}?code=HS24-XXXXXXXX").path == PLACE
