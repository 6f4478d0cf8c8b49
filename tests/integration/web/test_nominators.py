"""A draft from its first page to the receipt, and everything that can go wrong on the way."""

import io
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from nominations import models
from tests.pages import Page, PageClient
from tests.world import PAPER, World

Browse = Callable[[str], PageClient]
SAVE, NEXT, SEND = "Lưu nháp", "Lưu và sang bước sau", "Nộp hồ sơ"
BASIS = {"round": "tong-ket", "form": "BK-TINH", "kind": "household"}
PDF = b"%PDF-1.7 a paper of this test"


def shown(answer: TestResponse) -> Page:
    """The page that came back."""
    return Page(answer.request.path, answer.text)


def entries(world: World, code: str) -> list[str]:
    """The acts in a file's chain."""
    acts = select(models.AuditEntry.act).where(models.AuditEntry.stream == code).order_by(models.AuditEntry.cseq)
    found = list(world.session.scalars(acts))
    world.session.rollback()
    return found


def working(world: World, code: str) -> dict[str, Any]:
    """What the draft says now."""
    found = world.session.scalar(select(models.Nomination.working).where(models.Nomination.code == code))
    world.session.rollback()
    return found or {}


def new_address(world: World, **more: str) -> str:
    """The address of the second step of a new nomination."""
    asked = {"unit": str(world.units["21613"])} | BASIS | more
    return "/ho-so/moi?" + "&".join(f"{name}={value}" for name, value in asked.items())


def make(client: PageClient, world: World, name: str, **more: str) -> str:
    """Make a draft through the pages; its code."""
    answer = client.submit(new_address(world), "Lập hồ sơ", name=name, **more)
    assert answer.status_code == 303, answer.text
    return str(answer.location).split("/")[2]


def save(client: PageClient, code: str, section: str, button: str = SAVE, **typed: Any) -> TestResponse:
    """Type into a section and press a button."""
    return client.submit(f"/ho-so/{code}/soan/{section}", button, **typed)


def test_a_household_is_filed_from_the_first_page_to_the_receipt(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    first = client.page("/ho-so/moi")
    assert "Bước 1 trong 2" in first.text
    code = make(client, world, "Hộ ông Đinh Văn Thử", birth_year="1975")
    answer = save(client, code, "nominee", NEXT, hamlet="Thôn 2", members="5", classification="escaped")
    assert (answer.status_code, answer.location) == (303, f"/ho-so/{code}/soan/criteria")
    answer = save(client, code, "criteria", NEXT, **{"statement-1.5.2": "Giúp bảy hộ trong thôn."})
    assert answer.location == f"/ho-so/{code}/soan/report"
    answer = save(client, code, "report", NEXT, achievements="Bảy hộ thoát nghèo.", money_vnd="12.000.000")
    assert answer.location == f"/ho-so/{code}/soan/papers"
    for kind in ("report", "minutes_hamlet"):
        upload = client.submit(
            f"/ho-so/{code}/soan/papers", "Đính kèm", kind=kind, file=(io.BytesIO(PDF), "Báo cáo.pdf")
        )
        assert upload.status_code == 303, upload.text
    answer = save(client, code, "proposal", NEXT, achievement="Thành tích xuất sắc.", meeting_on="05/03/2024")
    assert answer.location == f"/ho-so/{code}/nop"
    answer = client.submit(f"/ho-so/{code}/nop", SEND)
    assert (answer.status_code, answer.location) == (303, f"/ho-so/{code}/bien-nhan"), answer.text
    receipt = client.page(answer.location)
    last = world.session.scalar(select(models.Nomination.chain_head).where(models.Nomination.code == code))
    world.session.rollback()
    assert last is not None
    assert last in receipt.text
    assert world.state(code) == "commune.intake"
    assert working(world, code)["report"]["money_vnd"] == 12_000_000
    assert entries(world, code)[-1] == "submit"


def test_the_first_step_says_what_is_still_to_choose(browse: Browse) -> None:
    client = browse("nominator.xa")
    page = client.page("/ho-so/moi?round=tong-ket&form=&kind=household", 422)
    assert "Hãy chọn đơn vị đề nghị." in page.text
    assert "Hãy chọn hình thức khen thưởng." in page.text
    assert client.get("/ho-so/moi?unit=999&round=nowhere&form=GK-XX&kind=tree").status_code == 422


def test_a_new_nominee_needs_a_name_and_a_year_that_can_be(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    answer = client.submit(new_address(world), "Lập hồ sơ", name="  ", birth_year="1975")
    assert answer.status_code == 422
    assert "Hãy điền mục này." in answer.text
    assert shown(answer).form("Lập hồ sơ").values["birth_year"] == ["1975"]
    answer = client.submit(new_address(world), "Lập hồ sơ", name="Hộ bà Lê Thị Năm", birth_year="năm 75")
    assert answer.status_code == 422
    assert shown(answer).form("Lập hồ sơ").values["name"] == ["Hộ bà Lê Thị Năm"]
    assert shown(answer).form("Lập hồ sơ").values["birth_year"] == ["năm 75"]


def test_a_known_nominee_is_found_without_diacritics_and_not_filed_twice(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    code = make(client, world, "Hộ bà Đỗ Thị Mười Hai")
    found = client.page(new_address(world, q="do+thi+muoi"))
    assert code in found.text
    ref = world.session.scalar(select(models.Nominee.ref).where(models.Nominee.name == "Hộ bà Đỗ Thị Mười Hai"))
    world.session.rollback()
    answer = client.submit(new_address(world, q="do+thi+muoi"), "Lập hồ sơ", nominee=ref)
    assert answer.status_code == 422
    assert f"đã có hồ sơ {code}" in answer.text
    elsewhere = browse("nominator.xa2")
    address = new_address(world, q="do+thi+muoi").replace(str(world.units["21613"]), str(world.units["21610"]), 1)
    assert code not in elsewhere.page(address).text


def test_a_unit_files_for_itself(browse: Browse, world: World) -> None:
    client = browse("nominator.xa2")
    address = new_address(world, kind="collective").replace(str(world.units["21613"]), str(world.units["21610"]), 1)
    answer = client.submit(address, "Lập hồ sơ", nominee="itself")
    assert answer.status_code == 303, answer.text
    code = str(answer.location).split("/")[2]
    assert "Tiêu chí 1.3.5" in client.page(f"/ho-so/{code}/soan/criteria").text


def test_the_same_press_twice_makes_one_file(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    form = client.page(new_address(world)).form("Lập hồ sơ")
    typed = form.values | {"name": "Hộ ông Bấm Hai Lần"}
    assert client.post(form.action, data=typed).location == client.post(form.action, data=typed).location


WRONG = (
    ("nominee", {"birth_year": "mười"}, "Hãy nhập số nguyên"),
    ("nominee", {"registered_on": "32/13/2022"}, "Hãy nhập ngày dạng"),
    ("nominee", {"name": "x" * 201}, "Dài quá 200 ký tự"),
    ("report", {"income_before": "12 triệu"}, "Hãy nhập số nguyên"),
    ("report", {"helped-0-name": "Hộ A", "helped-0-value": "nhiều"}, "Hãy nhập số nguyên"),
    ("report", {"achievements": "x" * 20_001}, "Dài quá 20000 ký tự"),
    ("proposal", {"period_from": "đầu năm"}, "Hãy nhập ngày dạng"),
    ("criteria", {"statement-1.5.1": "x" * 20_001}, "Dài quá 20000 ký tự"),
)


def test_what_cannot_be_stored_stays_typed_with_a_sentence_beside_it(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    code = make(client, world, "Hộ ông Gõ Nhầm")
    before = entries(world, code)
    for section, typed, sentence in WRONG:
        answer = save(client, code, section, **typed)
        page = shown(answer)
        assert answer.status_code == 422, (section, typed)
        assert any(sentence in error for error in page.texts(".field-error")), (section, typed)
        assert sentence in " ".join(page.texts(".error-summary"))
        values = page.form(SAVE).values
        assert all(values[name] == [value] for name, value in typed.items())
    assert entries(world, code) == before


def test_a_hamlets_figures_are_computed_as_they_are_typed_and_kept_on_saving(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    address = new_address(world, kind="collective")
    answer = client.submit(address, "Lập hồ sơ", name="Nhân dân thôn 3", group="1.4", nominee="new")
    code = str(answer.location).split("/")[2]
    figures = {
        "figures-0-year": "2021", "figures-0-poor": "60", "figures-0-near_poor": "40",
        "figures-1-year": "2023", "figures-1-poor": "30", "figures-1-near_poor": "20",
    }  # fmt: skip
    place = f"/ho-so/{code}/soan/criteria"
    computed = client.submit(place, "Tính lại", **figures)
    assert computed.status_code == 200
    assert "50,00 %; mức phải đạt: trên 50,00 %; chưa đạt" in computed.text
    assert shown(computed).form("Tính lại").values["figures-1-poor"] == ["30"]
    assert "criteria" not in working(world, code)
    computed = client.submit(place, "Tính lại", **(figures | {"figures-1-poor": "29"}))
    assert "51,00 %; mức phải đạt: trên 50,00 %; đạt" in computed.text
    answer = client.submit(place, "Thêm dòng", **figures)
    assert (answer.status_code, answer.location) == (303, f"{place}#figures")
    page = client.page(place)
    assert "figures-3-year" in page.form(SAVE).names
    answer = client.submit(place, "Xoá dòng 1")
    assert answer.status_code == 303
    assert [row["year"] for row in working(world, code)["criteria"]["figures"]] == [2023]


def test_a_rate_that_disagrees_with_the_households_is_named_in_its_row(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    answer = client.submit(
        new_address(world, kind="collective"), "Lập hồ sơ", name="Nhân dân thôn 4", group="1.4", nominee="new"
    )
    code = str(answer.location).split("/")[2]
    typed = {
        "figures-0-year": "2021", "figures-0-households": "100", "figures-0-poor": "10", "figures-0-near_poor": "10",
        "figures-0-rate": "35", "figures-1-year": "2022", "figures-1-poor": "chín",
    }  # fmt: skip
    answer = save(client, code, "criteria", **typed)
    assert answer.status_code == 422
    assert "dòng 2, Hộ nghèo: Hãy nhập số nguyên" in answer.text
    answer = save(client, code, "criteria", **(typed | {"figures-1-poor": "9"}))
    assert "dòng 1, Tỷ lệ (%)" in answer.text
    assert "tính ra 20" in answer.text


def test_saving_by_itself_answers_with_the_version_and_makes_no_entry_for_nothing(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    code = make(client, world, "Hộ ông Tự Lưu")
    place = f"/ho-so/{code}/soan/report"
    values = client.page(place).form(SAVE).values | {"achievements": "Đang gõ dở"}
    answer = client.post(f"{place}/tu-luu", data=values)
    assert answer.json is not None
    assert answer.json["version"] == world.version(code) == 2
    assert client.post(f"{place}/tu-luu", data=values).json == answer.json
    assert entries(world, code) == ["create", "save"]
    stale = client.post(f"{place}/tu-luu", data=values | {"achievements": "Bản cũ"})
    assert stale.status_code == 409
    wrong = client.post(f"{place}/tu-luu", data=values | {"version": "2", "income_before": "x"})
    assert wrong.status_code == 422


def test_two_people_on_one_draft_see_what_the_other_changed(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    code = make(client, world, "Hộ ông Hai Người")
    place = f"/ho-so/{code}/soan/report"
    mine = client.page(place).form(SAVE)
    world.do("nominator.xa", code, "save", content={"report": {"achievements": "Bản của người kia"}})
    answer = client.post(mine.action, data=mine.values | {"achievements": "Bản của tôi"})
    assert answer.status_code == 409
    page = shown(answer)
    assert "Bản của người kia" in " ".join(page.texts("#stale-changes"))
    assert page.form(SAVE).values["achievements"] == ["Bản của tôi"]
    again = client.post(mine.action, data=page.form(SAVE).values)
    assert again.status_code == 303
    assert working(world, code)["report"]["achievements"] == "Bản của tôi"


def test_a_draft_that_was_sent_meanwhile_keeps_what_is_typed(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    code = world.draft()
    form = client.page(f"/ho-so/{code}/soan/report").form(SAVE)
    world.do("nominator.xa", code, "submit")
    answer = client.post(form.action, data=form.values | {"situation": "Viết thêm khi đã nộp"})
    assert answer.status_code == 409
    assert "Viết thêm khi đã nộp" in answer.text


def test_sending_lists_what_is_missing_with_the_place_to_mend_it(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    code = make(client, world, "Hộ ông Còn Thiếu")
    page = client.page(f"/ho-so/{code}/nop")
    said = " ".join(page.texts(".notice"))
    assert "Tiêu chí 1.5.1 hoặc 1.5.2" in said
    assert "Thiếu giấy tờ: Biên bản họp thôn, khu phố" in said
    assert f'href="/ho-so/{code}/soan/proposal#achievement"' in page.text
    form = client.page(f"/ho-so/{code}/nop").form("Nộp hồ sơ")
    answer = client.post(form.action, data=form.values)
    assert answer.status_code == 409
    assert "Còn phần chưa điền" in answer.text
    assert world.state(code) == "draft"


def test_papers_are_judged_by_their_bytes_and_taken_out_again(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    code = make(client, world, "Hộ ông Giấy Tờ")
    place = f"/ho-so/{code}/soan/papers"
    for name, content, sentence in (
        ("rỗng.pdf", b"", "Tệp rỗng"),
        ("ảnh.pdf", b"GIF89a", "Chỉ nhận tệp PDF"),
    ):
        answer = client.submit(place, "Đính kèm", kind="report", file=(io.BytesIO(content), name))
        assert answer.status_code == 422
        assert sentence in answer.text
        assert shown(answer).form("Đính kèm").values["kind"] == ["report"]
    answer = client.submit(place, "Đính kèm", kind="", file=(io.BytesIO(PDF), "a.pdf"))
    assert "Hãy chọn loại giấy tờ." in answer.text
    answer = client.submit(place, "Đính kèm", kind="report")
    assert "Hãy chọn ít nhất một tệp." in answer.text
    both = [(io.BytesIO(PDF), "một.pdf"), (io.BytesIO(PAPER), "hai.pdf")]
    assert client.submit(place, "Đính kèm", kind="report", file=both).status_code == 303
    page = client.page(place)
    assert page.text.count(">Gỡ") == 2
    assert client.submit(place, "Gỡ một.pdf").status_code == 303
    assert entries(world, code)[-3:] == ["attach", "attach", "detach"]


FAULT = [{"code": "report_too_general", "note": "Chưa nêu số hộ đã giúp.", "section": "report"}]


def test_a_returned_file_opens_only_what_the_return_names(browse: Browse, world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "return", sections=["report"], faults=FAULT)
    client = browse("nominator.xa")
    page = client.page(f"/ho-so/{code}/soan/report")
    assert "Chưa nêu số hộ đã giúp." in page.text
    closed = client.page(f"/ho-so/{code}/soan/proposal")
    assert SAVE not in closed.texts("button")
    answer = client.post(
        f"/ho-so/{code}/soan/proposal",
        data=page.form(SAVE).values | {"achievement": "Sửa phần đã khoá", "do": "save"},
    )
    assert answer.status_code == 422
    assert "Phần này không được mở lại để sửa." in answer.text
    assert save(client, code, "report", achievements="Giúp bảy hộ.").status_code == 303
    assert client.submit(f"/ho-so/{code}/nop", "Nộp lại").location == f"/ho-so/{code}/bien-nhan"
    assert world.state(code) == "commune.intake"


def test_files_are_listed_filtered_and_found(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    code = make(client, world, "Hộ bà Tìm Được")
    page = client.page("/ho-so?state=draft&q=tim+duoc")
    assert code in page.text
    assert "Đang soạn" in " ".join(page.texts(".tag"))
    assert code not in client.page("/ho-so?state=awarded").text
    assert "Không có hồ sơ nào khớp bộ lọc" in client.page("/ho-so?q=khong+co+ten+nay").text
    assert client.get(f"/ho-so?q={code.lower()}").location == f"/ho-so/{code}"
    assert "số căn cước" in client.page("/ho-so?q=052099001234", 422).text
    assert client.get("/ho-so?cursor=khong-co").status_code == 404
    assert code not in browse("nominator.xa2").page("/ho-so").text


PAGES = (
    "/ho-so/{code}/soan/nominee", "/ho-so/{code}/soan/criteria", "/ho-so/{code}/soan/papers", "/ho-so/{code}/nop",
    "/ho-so/{code}/bien-nhan",
)  # fmt: skip


def test_another_communes_draft_is_not_there(browse: Browse, world: World) -> None:
    code = make(browse("nominator.xa"), world, "Hộ ông Của Xã Khác")
    other = browse("nominator.xa2")
    for place in PAGES:
        assert other.get(place.format(code=code)).status_code == 404
        assert other.get(place.format(code="HS24-NOSUCH22")).status_code == 404
    assert other.post(f"/ho-so/{code}/soan/report", data={"csrf_token": token(other)}).status_code == 404


def test_who_does_not_file_opens_no_new_nomination(browse: Browse, world: World) -> None:
    client = browse("clerk.xa")
    assert client.get("/ho-so/moi").status_code == 403
    code = make(browse("nominator.xa"), world, "Hộ ông Chỉ Xem")
    assert client.get(f"/ho-so/{code}/soan/report").location == f"/ho-so/{code}"
    assert client.get(f"/ho-so/{code}/nop").location == f"/ho-so/{code}"


def token(client: FlaskClient) -> str:
    """A form token of this sign-in."""
    return Page("/toi", client.get("/toi").text).form("Đăng xuất").values["csrf_token"][0]


def test_a_post_without_its_token_shows_what_was_typed(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    code = make(client, world, "Hộ ông Không Mã")
    answer = client.post(f"/ho-so/{code}/soan/report", data={"achievements": "Một đoạn văn dài đã gõ xong."})
    assert answer.status_code == 400
    assert "Một đoạn văn dài đã gõ xong." in answer.text


def test_after_the_sign_in_ended_what_was_typed_is_shown(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    code = make(client, world, "Hộ ông Hết Giờ")
    form = client.page(f"/ho-so/{code}/soan/report").form(SAVE)
    world.clock.move(hours=2)
    answer = client.post(form.action, data=form.values | {"achievements": "Gõ suốt hai giờ đồng hồ."})
    assert answer.status_code == 401
    assert "Gõ suốt hai giờ đồng hồ." in answer.text


def test_reading_changes_nothing(browse: Browse, world: World) -> None:
    client = browse("nominator.xa")
    code = make(client, world, "Hộ ông Chỉ Đọc")
    world.do("nominator.xa", code, "save", content={"report": {"achievements": "Một"}})
    before = counts(world)
    for place in ("/", "/ho-so", "/ho-so/moi", new_address(world), *(p.format(code=code) for p in PAGES[:-1])):
        client.page(place)
    assert counts(world) == before


def counts(world: World) -> list[int | None]:
    """How many rows of each table there are."""
    tables = models.Base.metadata.sorted_tables
    found = [world.session.scalar(select(func.count()).select_from(table)) for table in tables]
    world.session.rollback()
    return found
