"""Plays of what differs by form and nominee: (b) a commune with figures, (c) a department, (e) a single officer."""

from datetime import UTC, datetime

from tests.browser.conftest import browser, live_server, looked_at, stage
from tests.browser.stage import Person, Stage, advise, typed

__all__ = ["browser", "live_server", "looked_at", "stage"]

TEMPLATE = "demo"
INSTANT = datetime(2025, 5, 12, 2, 0, tzinfo=UTC)  # the final round is open, districts still exist
DEEDS = "Từ 2021 đến nay đã cùng các hộ nghèo trong địa bàn làm nhà, đổi giống, học nghề."
DEPARTMENT_VOTES = ("giamdoc.sld", "phogiamdoc.sld", "uv1.sld", "uv2.sld")


def test_a_commune_of_area_three_passes_only_just_above_half(stage: Stage) -> None:
    """(b) 1.3.5: An Trung's poor and near-poor households fall by exactly half, 436 to 218; then by one more.

    The figures are typed over recognised ones, so they count only once explained, with the recognising paper.
    """
    officer = stage.begin("lap.antrung", "BK-TINH", "collective", "itself", "1.3")
    code = officer.code
    officer.press("Lưu và sang bước sau")
    statements = ("1.3.1", "1.3.2", "1.3.3", "1.3.4")
    officer.type(**{f"statement-{criterion}": DEEDS for criterion in statements})
    officer.type(**{"figures-3-poor": "149"})
    officer.press("Lưu nháp")
    officer.says("149 do người lập nhập, khác số đã công nhận", "là 121; tính theo số đã công nhận")
    officer.page.click("[id='criterion-1.3.5'] summary")  # folded: what decides are the recognised figures
    officer.type(**{"explanation-1.3.5": "Huyện rà soát lại, có quyết định kèm theo."})
    write_up(officer, "poverty_decision")
    officer.says("Tiêu chí 1.3.5: chưa đạt tiêu chí bắt buộc", "(436 − 218) : 436 = 50,00 %", "chưa đạt.")
    assert officer.page.locator("main #send").get_attribute("aria-disabled") == "true"
    officer.look("refused for its figures")

    officer.open(f"/ho-so/{code}/soan/criteria")
    officer.type(**{"figures-3-poor": "148"})
    officer.press("Lưu nháp")
    officer.says("148 do người lập nhập, khác số đã công nhận")
    officer.says("(436 − 217) : 436 ≈ 50,23 %", "Đạt")
    officer.hides("Không đạt")
    officer.look("just above half")
    officer.open(f"/ho-so/{code}/nop")
    officer.press("Nộp hồ sơ")
    officer.says(code)
    district = stage.act(
        "tham.anlao", code, "Tiếp nhận", typed(arrival_number="9001")
    )  # a commune is not its own judge
    district.says("1.3.5")


def test_a_department_goes_through_its_own_council_and_head_to_the_board(stage: Stage) -> None:
    """(c) Somebody of the department for agriculture and environment, for the provincial certificate."""
    said = {"name": "Bà Lương Thị Thảo Nguyên", "birth_year": "1984"}
    officer = stage.begin("lap.sld", "BK-TINH", "individual", "new", "1.6", **said)
    code = officer.code
    officer.type(position="Chuyên viên", workplace="Sở Nông nghiệp và Môi trường")
    officer.press("Lưu và sang bước sau")
    for area in officer.page.locator("main textarea[name^='statement-']").all():
        area.fill(DEEDS)
    write_up(officer)
    officer.press("Nộp hồ sơ")

    stage.act("tham.sld", code, "Kiểm tra xong, chuyển tiếp", advise)
    stage.vote(code, *DEPARTMENT_VOTES)
    stage.act("thuky.sld", code, "Chốt biểu quyết")
    stage.act("giamdoc.sld", code, "Ký tờ trình, chuyển cấp trên")
    clerk = stage.act("vanthu.sld", code, "Ghi số, ngày văn bản", typed(number="9301"))
    clerk.says("9301", "Dương Tấn Lực")
    stage.act("tham.snv", code, "Tiếp nhận", typed(arrival_number="9302")).says("Thẩm định")


def test_a_commune_with_a_single_officer_decides_its_own_certificate(stage: Stage) -> None:
    """(e) GK-XA at An Hưng: who drafts also receives and appraises, and is warned of it."""
    said = {"name": "Hộ bà Đinh Thị Lẻ", "birth_year": "1975"}
    officer = stage.begin("canbo.anhung", "GK-XA", "household", "new", "1.5", **said)
    code = officer.code
    officer.type(hamlet="Thôn 2", ethnic_group="Hrê", members="4")
    officer.press("Lưu và sang bước sau")
    officer.type(**{"statement-1.5.2": "Cho ba hộ nghèo mượn bò giống, hai hộ đã thoát nghèo."})
    write_up(officer, "proposal", "minutes_hamlet")
    officer.press("Nộp hồ sơ")

    stage.ask("canbo.anhung", code, "Tiếp nhận").says("Đồng chí đã tham gia lập hồ sơ này", "vẫn làm được")
    officer.look("a single officer is warned")
    stage.act("canbo.anhung", code, "Tiếp nhận", typed(arrival_number="9003"))
    stage.act("canbo.anhung", code, "Nêu ý kiến thẩm định", advise)
    stage.vote(code, "chutich.anhung", "pct.anhung", "uv1.anhung", "uv2.anhung")
    stage.act("canbo.anhung", code, "Chốt biểu quyết")
    stage.act("chutich.anhung", code, "Ký quyết định khen thưởng")
    stage.act("canbo.anhung", code, "Ghi số, ngày văn bản", typed(number="9077")).says(
        "Đã khen thưởng", "9077/QĐ", "Đinh Văn Truốc"
    )


def write_up(officer: Person, *more_papers: str) -> None:
    """From the criteria to the page that sends: save them, then the report, the papers and the proposal."""
    officer.press("Lưu và sang bước sau")
    officer.type(achievements=DEEDS)
    officer.press("Lưu và sang bước sau")
    officer.file_papers("report", *more_papers)
    officer.open(f"/ho-so/{officer.code}/soan/proposal")
    officer.type(achievement="Thành tích xuất sắc trong Phong trào thi đua “Vì người nghèo”.")
    officer.press("Lưu và sang bước sau")
