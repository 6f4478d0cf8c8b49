"""A council's meeting in the browser: called, voted on in one act each, closed at once, its signed minutes recorded.

Three households of xã An Trung are before the provincial council; one member is kin to one of them.
"""

from datetime import UTC, datetime

from tests.browser.stage import Person, Stage

TEMPLATE = "demo"
INSTANT = datetime(2025, 5, 12, 2, 0, tzinfo=UTC)  # the final round is open, districts still exist
TODAY = "12/05/2025"
HOUSEHOLD = {"by": "lap.antrung", "place": "xã An Trung", "form": "BK-TINH", "until": "board.council"}
NAMES = ("Hộ ông Đinh Văn Một", "Hộ ông Đinh Văn Hai", "Hộ bà Đinh Thị Ba")
VOTERS = ("pct1.tinh", "pct2.tinh", "giamdoc.snv", "giamdoc.sld", "mattran.tinh", "uv1.tinh", "uv2.tinh")


def test_a_meeting_from_its_call_to_its_minutes(stage: Stage) -> None:
    codes = [stage.bring(name=name, **HOUSEHOLD) for name in NAMES]
    secretary = stage.enter("thuky.snv")
    secretary.open("/phien-hop")
    secretary.press("Lập phiên họp")
    secretary.type(held_on=TODAY, begins="14:00", place="Hội trường Ủy ban nhân dân tỉnh")
    secretary.press("Lập phiên họp")
    for code in codes:
        secretary.page.check(f"main [name='code'][value='{code}']")
    secretary.press("Đưa các trường hợp đã chọn vào chương trình")
    secretary.says("Đã đưa 3 trường hợp vào chương trình.", *NAMES)
    address = secretary.page.url.removesuffix("/chuong-trinh")
    mark(secretary, address)
    kin = stage.enter(VOTERS[0])
    kin.open(f"{address}/phieu")
    kin.page.locator("tr", has_text=codes[1]).get_by_role("link", name="Có xung đột lợi ích").click()
    kin.choose("kind", "kin")
    kin.type(note="Em ruột.")
    kin.press("Khai xung đột")
    for number, voter in enumerate(VOTERS):
        vote(stage.enter(voter), address, codes[2] if number == 1 else "", 2 if number == 0 else 3)
    kin.open(f"{address}/phieu")
    kin.says(codes[1], "Đồng chí không tham gia xét")
    kin.hides(NAMES[1])
    secretary.open(f"{address}/chot")
    secretary.says("3 trường hợp đủ điều kiện chốt")
    secretary.press("Chốt 3 trường hợp")
    secretary.says("Đã chốt biểu quyết 3 trường hợp.", "7 / 0 / 0", "6 / 0 / 0", "6 / 1 / 0", "1 không được biểu quyết")
    reopened_and_signed(stage, secretary, address, codes[2])


def mark(secretary: Person, address: str) -> None:
    """Everybody who votes is there; the others are excused."""
    secretary.open(f"{address}/diem-danh")
    for group in secretary.page.locator("main fieldset.came").all():
        group.get_by_label("Có mặt").check()
    secretary.press("Ghi điểm danh")
    secretary.says("Đã ghi điểm danh.")
    secretary.open(address)
    secretary.says("có mặt 9, vắng 0, chưa ghi 0", "ít nhất 6 phiếu (2/3 của 9 thành viên")


def vote(member: Person, address: str, against: str, cases: int) -> None:
    """Agree to all, at will but for one line."""
    member.open(f"{address}/phieu")
    member.choose("all", "agree")
    if against:
        member.page.select_option(f"main [name='c-{against}']", "disagree")
    member.press("Gửi phiếu cả phiên họp")
    member.says(f"Đã ghi {cases} phiếu biểu quyết.", "Không còn trường hợp nào chờ đồng chí biểu quyết")


def reopened_and_signed(stage: Stage, secretary: Person, address: str, code: str) -> None:
    """One line is opened again for a late vote, closed, and the signed minutes end the meeting."""
    secretary.page.locator("tr", has_text=code).get_by_role("link", name="Mở lại").click()
    secretary.type(reasons="Bổ sung phiếu của thành viên đến muộn.")
    secretary.press("Mở lại biểu quyết")
    late = stage.enter("uv3.tinh")
    late.open(f"{address}/phieu")
    late.page.select_option(f"main [name='c-{code}']", "agree")
    late.press("Gửi phiếu cả phiên họp")
    secretary.open(f"{address}/chot")
    secretary.press("Chốt 1 trường hợp")
    secretary.says("7 / 1 / 0")
    secretary.press("Biên bản")
    secretary.type(signed_on=TODAY)
    secretary.attach("file")
    secretary.press("Ghi biên bản đã ký")
    secretary.says("Đã ký biên bản", "Phiên họp kết thúc")
    secretary.open(f"/ho-so/{code}/thao-tac/reopen_ballot")
    secretary.says("Biên bản phiên họp đã ký")
