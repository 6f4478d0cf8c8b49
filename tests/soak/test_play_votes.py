"""Plays at the province: (d) the Prime Minister's award to its recorded result, (i) a vote below the threshold."""

from datetime import UTC, datetime

from tests.browser.conftest import browser, live_server, looked_at, stage
from tests.browser.stage import Person, Stage, advise, typed

__all__ = ["browser", "live_server", "looked_at", "stage"]

TEMPLATE = "demo"
INSTANT = datetime(2025, 5, 12, 2, 0, tzinfo=UTC)
HOUSEHOLD = {"by": "lap.antrung", "place": "xã An Trung"}
FOR = ("giamdoc.snv", "mattran.tinh", "uv1.tinh")  # of nine members; the other three stay away
AGAINST = ("pct1.tinh", "uv2.tinh", "uv3.tinh")


def test_the_prime_ministers_award_ends_with_the_recorded_central_result(stage: Stage) -> None:
    """(d) From the board's letter on: the Office checks, the Chairman himself signs, the centre answers."""
    code = stage.bring(form="BK-TTG", name="Hộ ông Đinh Văn Xa", until="board.signature", **HOUSEHOLD)
    stage.act("giamdoc.snv", code, "Ký tờ trình, chuyển cấp trên")
    stage.act("vanthu.snv", code, "Ghi số, ngày văn bản", typed(number="9401"))
    stage.act("thamtra.tinh", code, "Kiểm tra xong, chuyển tiếp", advise)
    stage.act("chutich.tinh", code, "Ký tờ trình, chuyển cấp trên")
    stage.act("vanthu.tinh", code, "Ghi số, ngày văn bản", typed(number="9402")).says("Tô Vĩnh Khang")
    clerk = stage.ask("vanthu.snv", code, "Ghi kết quả của Trung ương")
    answered(clerk)
    clerk.look("the centre's answer")
    clerk.press("Ghi kết quả của Trung ương")
    clerk.says("Đã khen thưởng", "9812/QĐ-TTg", "Quyết định khen thưởng của Trung ương")
    officer = stage.enter("lap.antrung")
    officer.open(f"/ho-so/{code}")
    officer.says("Đã khen thưởng")


def answered(clerk: Person) -> None:
    """The Prime Minister's decision as it arrived."""
    clerk.choose("outcome", "awarded")
    clerk.type(number="9812/QĐ-TTg", decided_on="09/05/2025")


def test_a_vote_below_the_threshold_binds_for_the_prime_minister_only(stage: Stage) -> None:
    """(i) 3 of 9 agree to both files: one may not be sent up, the other with a reason that is listed."""
    binding = stage.bring(form="BK-TTG", name="Hộ bà Đinh Thị Ràng", until="board.council", **HOUSEHOLD)
    advising = stage.bring(form="BK-TINH", name="Hộ bà Đinh Thị Khác", until="board.council", **HOUSEHOLD)
    for choice, voters in (("agree", FOR), ("disagree", AGAINST)):
        for voter in voters:
            sheet = stage.enter(voter)
            sheet.open("/hop")
            sheet.choose(f"{binding}-choice", choice)
            sheet.choose(f"{advising}-choice", choice)
            sheet.press(sheet.page.locator("main form button[type=submit]").last.inner_text())
            sheet.says("Đã ghi 2 phiếu biểu quyết.")
    for code in (binding, advising):
        stage.act("thuky.snv", code, "Chốt biểu quyết")

    director = stage.enter("giamdoc.snv")
    director.open(f"/ho-so/{binding}")
    sentence = (
        "Phiếu đồng ý chưa đạt 80 % tổng số thành viên; với hình thức này kết quả bỏ phiếu là điều kiện bắt buộc."
    )
    director.says(sentence, "Tính trên tổng số 9 thành viên.")
    director.look("the vote binds")
    director.open(f"/ho-so/{binding}/thao-tac/send_up")
    director.says(sentence, "Ai gỡ được")

    stage.ask("giamdoc.snv", advising, "Ký tờ trình, chuyển cấp trên")
    director.type(reasons="Thành tích nổi bật ở nơi khó khăn nhất huyện, có xác nhận của thôn.")
    director.press("Ký tờ trình, chuyển cấp trên")
    director.says("Lý do theo danh mục")  # the words typed are kept, the list is asked for
    director.look("a reason is asked for")
    director.pick("reason_code", "hard_area")
    director.press("Ký tờ trình, chuyển cấp trên")
    director.says("Mã đối chứng nhật ký", "Thành tích nổi bật ở nơi khó khăn nhất huyện")
    director.look("departed from the vote")
