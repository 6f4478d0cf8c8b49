"""(f) A play after the first of July 2025: there is no district any more, the commune sends to the board."""

from datetime import UTC, datetime

from tests.browser.conftest import browser, live_server, looked_at, stage
from tests.browser.stage import Stage, advise, typed

__all__ = ["browser", "live_server", "looked_at", "stage"]

TEMPLATE = "demo"
INSTANT = datetime(2025, 7, 10, 2, 0, tzinfo=UTC)


def test_a_file_received_in_july_goes_from_the_commune_to_the_board(stage: Stage) -> None:
    """The new commune of An Vinh receives, votes and signs; nobody between it and the board."""
    code = stage.bring(by="lap.antrung", place="xã An Vinh", form="BK-TINH", name="Hộ ông Đinh Văn Bảy", until="draft")
    officer = stage.enter("lap.antrung")
    officer.open(f"/ho-so/{code}/nop")
    officer.press("Nộp hồ sơ")
    officer.open(f"/ho-so/{code}")
    officer.hides("cấp huyện", "huyện An Lão")
    stage.act("tham.anvinh", code, "Tiếp nhận", typed(arrival_number="9007"))
    stage.act("tham.anvinh", code, "Nêu ý kiến thẩm định", advise)
    stage.vote(code, "chutich.anvinh", "chutich.antrung", "uv1.anvinh", "uv1.antrung")
    stage.act("thuky.anvinh", code, "Chốt biểu quyết")
    stage.act("chutich.anvinh", code, "Ký tờ trình, chuyển cấp trên")
    clerk = stage.act("vanthu.antrung", code, "Ghi số, ngày văn bản", typed(number="9207"))
    clerk.says("9207", "Đinh Văn Xuê")
    clerk.look("no district")
    board = stage.act("tham.snv", code, "Tiếp nhận", typed(arrival_number="9208"))
    board.hides("cấp huyện", "huyện An Lão")
    stage.ask("tham.snv", code, "Nêu ý kiến thẩm định")
