"""Public posting: asked for by a round, begun and ended at the commune before its council, printed without poverty."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from nominations.services.errors import InvalidInput
from tests.integration.services.soundness import sound
from tests.integration.web.administration import A, entries, faults, send
from tests.integration.web.approving import ADVICE, Browse, Desk, paper
from tests.pages import Page, PageClient
from tests.world import SHA, World

ADDRESS = f"{A}/dot-xet/tong-ket/niem-yet"
RIGHT = {"days": "3", "places": "Trụ sở xã; nhà văn hóa thôn", "source": "[practice]"}
POVERTY = ("hộ nghèo", "cận nghèo", "thoát nghèo", "diện hộ")


@pytest.fixture
def desk(world: World, browse: Browse, admin: PageClient) -> Desk:
    """The pages of a round that asks for three working days."""
    answer = send(admin, ADDRESS, **RIGHT)
    assert answer.status_code == 303, answer.text
    return Desk(world, browse)


def received(world: World) -> str:
    """A household's file at the commune's appraisal."""
    code = world.draft(name=f"Hộ ông Đinh Văn Niêm {world.numbers}")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="7")
    return code


def test_the_round_says_whether_for_how_long_and_where(desk: Desk, admin: PageClient) -> None:
    shown = admin.page(f"{A}/dot-xet/tong-ket").texts("#posting")[0]
    assert "nhà văn hóa thôn" in shown
    assert entries(desk.world, "settings")[-1] == "set_posting"
    for wrong, said in (
        ({"days": "0"}, "Số phải từ 1"),
        ({"days": "ba"}, "Số phải từ 1"),
        ({"days": "61"}, "Số phải từ 1"),
        ({"places": " "}, "Hãy điền"),
        ({"source": "nghe nói"}, "dấu nguồn"),
    ):
        answer = send(admin, ADDRESS, **(RIGHT | wrong))
        assert answer.status_code == 422, wrong
        assert any(said in fault for fault in faults(answer.text)), (wrong, faults(answer.text))
        assert Page(A, answer.text).form("Lưu").values["days"] == [wrong.get("days", "3")]
    assert send(admin, ADDRESS, **(RIGHT | {"days": ""})).status_code == 303
    assert "không yêu cầu niêm yết" in admin.page(f"{A}/dot-xet/tong-ket").texts("#posting")[0]


def test_posted_before_the_council_with_minutes_of_the_end(desk: Desk) -> None:
    world, code = desk.world, received(desk.world)
    refused = desk.browse("appraiser.xa").page(f"/ho-so/{code}/thao-tac/recommend")
    assert "chưa bắt đầu niêm yết" in refused.text
    assert "Chưa bắt đầu" in desk.read("appraiser.xa", code).texts("#posting")[0]
    desk.do("appraiser.xa", code, "begin_posting")
    shown = desk.read("appraiser.xa", code).texts("#posting")[0]
    assert "Đang niêm yết" in shown
    assert "07/03/2024" in shown
    assert world.refused("appraiser.xa", code, "end_posting", minutes_sha=SHA) == "posting_runs"
    assert world.refused("appraiser.xa", code, "recommend", **ADVICE) == "posting_not_ended"
    with world.on(date(2024, 3, 8)):
        with pytest.raises(InvalidInput):
            world.attempt("appraiser.xa", code, "end_posting")
        desk.do("appraiser.xa", code, "end_posting", minutes_sha=paper(), remarks="Không có ý kiến.")
        assert "có biên bản" in desk.read("appraiser.xa", code).texts("#posting")[0]
        world.do("appraiser.xa", code, "recommend", **ADVICE)
    assert world.state(code) == "commune.council"
    sound(world.session, code)


def test_the_notice_says_no_word_of_poverty(desk: Desk) -> None:
    code = received(desk.world)
    content = {"nominee": {"name": "Hộ ông Đinh Văn Niêm", "classification": "escaped", "address": "Thôn 2"}}
    desk.world.do("appraiser.xa", code, "return", sections=["nominee"], faults=[
        {"code": "other", "note": "Ghi địa chỉ.", "section": "nominee"},
    ])  # fmt: skip
    desk.world.do("nominator.xa", code, "save", content=content)
    desk.world.do("nominator.xa", code, "resubmit")
    desk.do("appraiser.xa", code, "begin_posting")
    client = desk.browse("appraiser.xa")
    with client.get(f"/ho-so/{code}/van-ban/posting_notice.docx") as made:
        assert made.status_code == 200
        document = Document(BytesIO(made.data))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    said += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "Thôn 2" in said
    assert "nhà văn hóa thôn" in said
    assert not [word for word in POVERTY if word in said.lower()]
    for kind in ("posting_notice", "posting_minutes"):
        with client.get(f"/ho-so/{code}/van-ban/{kind}.pdf") as printed:
            assert printed.data.startswith(b"%PDF")
        assert desk.browse("nominator.xa").get(f"/ho-so/{code}/van-ban/{kind}.pdf").status_code == 404


def test_a_round_that_asks_for_none_posts_none(desk: Desk, admin: PageClient) -> None:
    send(admin, ADDRESS, **(RIGHT | {"days": ""}))
    code = received(desk.world)
    assert desk.world.refused("appraiser.xa", code, "begin_posting") == "no_posting_asked"
    assert desk.read("appraiser.xa", code).texts("#posting") == []
    desk.world.do("appraiser.xa", code, "recommend", **ADVICE)
