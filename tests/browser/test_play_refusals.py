"""Plays of what goes back and who keeps out: (g) a return down the chain, (h) the nominee, the drafter, kin."""

from datetime import UTC, datetime

from tests.browser.stage import Person, Stage, advise, typed

TEMPLATE = "demo"
INSTANT = datetime(2025, 5, 12, 2, 0, tzinfo=UTC)
ANTRUNG = {"by": "lap.antrung", "place": "xã An Trung", "form": "BK-TINH"}


def test_a_file_is_returned_down_the_chain_for_two_sections_and_comes_straight_back(stage: Stage) -> None:
    """(g) From the board by way of the district to the commune; only the two sections open again."""
    code = stage.bring(name="Hộ ông Đinh Văn Về", until="board.appraisal", **ANTRUNG)
    board = stage.ask("tham.snv", code, "Trả hồ sơ")
    fault(board, 0, "figures_disagree", "criteria", "Số hộ được giúp ở báo cáo và ở tiêu chí không khớp.")
    board.press("Thêm một sai sót")
    fault(board, 1, "report_too_general", "report", "Báo cáo chưa nêu từng năm.")
    board.look("returning")
    board.press("Trả hồ sơ")
    board.says("Mã đối chứng nhật ký")
    stage.act("tham.anlao", code, "Chuyển xuống để bổ sung", typed(reasons="Đề nghị xã bổ sung."), part="")
    stage.act("tham.antrung", code, "Chuyển xuống để bổ sung", part="")

    officer = stage.enter("lap.antrung")
    officer.open(f"/ho-so/{code}/soan/proposal")
    assert officer.page.locator("main [name=achievement]").count() == 0, "a section that was not named is open"
    officer.open(f"/ho-so/{code}/soan/criteria")
    officer.says("Số hộ được giúp ở báo cáo và ở tiêu chí không khớp.")
    officer.type(**{"statement-1.5.2": "Cho bảy hộ nghèo mượn bò giống, như báo cáo đã nêu."})
    officer.look("a section that was opened again")
    officer.press("Lưu nháp")
    officer.open(f"/ho-so/{code}/soan/report")
    officer.type(achievements="Năm 2022 giúp hai hộ, năm 2023 ba hộ, năm 2024 hai hộ.")
    officer.press("Lưu nháp")
    officer.open(f"/ho-so/{code}/nop")
    officer.press("Nộp lại")
    for appraiser in ("tham.antrung", "tham.anlao"):
        stage.act(appraiser, code, "Nộp lại", part="")
    stage.ask("tham.snv", code, "Nêu ý kiến thẩm định").says(code)


def test_the_nominee_the_drafter_and_kin_are_refused_each_with_a_sentence(stage: Stage) -> None:
    """(h) Each opens the file, is told why not and who acts instead; the deputy signs in the end."""
    drafted = stage.bring(
        by="canbo.anhung", place="xã An Hưng", form="BK-TINH", name="Hộ ông Đinh Văn Lập", until="commune.intake"
    )
    officer = stage.enter("canbo.anhung")
    officer.open(f"/ho-so/{drafted}/thao-tac/accept")
    officer.says("Đồng chí đã tham gia lập hồ sơ này; người lập không thẩm định.", "chuyên viên khác cùng đơn vị")
    officer.look("the drafter")

    who = {"kind": "individual", "name": "Ông Đinh Công Trực", "bind": {"chutich.anlao": "self"}}
    code = stage.bring(until="district.intake", **ANTRUNG | who)
    kin = stage.enter("tham.anlao")
    kin.open(f"/ho-so/{code}")
    kin.press("Khai xung đột")
    kin.choose("kind", "kin")
    kin.type(note="Là em ruột.")
    kin.press("Khai xung đột")
    kept_out(kin, code, "Đồng chí đã khai có quan hệ hoặc lợi ích liên quan với trường hợp này")
    kin.look("declared kin")
    stage.act("thuky.anlao", code, "Tiếp nhận", typed(arrival_number="9005"))
    stage.act("thuky.anlao", code, "Nêu ý kiến thẩm định", advise)
    stage.vote(code, "pct.anlao", "uv1.anlao", "uv2.anlao", "uv3.anlao")
    stage.act("thuky.anlao", code, "Chốt biểu quyết")

    nominee = stage.enter("chutich.anlao")
    nominee.open(f"/ho-so/{code}/thao-tac/send_up")
    kept_out(nominee, code, "Đồng chí là người được đề nghị trong hồ sơ này nên không tham gia xét.")
    nominee.look("the nominee")
    stage.act("pct.anlao", code, "Ký tờ trình, chuyển cấp trên").says("Lê Minh Toại")


def kept_out(person: Person, code: str, sentence: str) -> None:
    """The page says why, who acts instead, and nothing of the file beyond that it is there."""
    person.says(sentence, "Ai xử lý thay", code)
    person.hides("Ý kiến thẩm định", "Báo cáo thành tích")


def fault(person: Person, row: int, code: str, section: str, note: str) -> None:
    """One fault of the return: from the list, where, and in words."""
    person.pick(f"faults-{row}-code", code)
    person.pick(f"faults-{row}-section", section)
    person.type(**{f"faults-{row}-note": note})
