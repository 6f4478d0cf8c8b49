"""(a) A file is played from draft to award in the browser, by each person in turn.

A household of xã An Trung (An Lão) that helps others is proposed for the Chairman's certificate of merit (BK-TINH): the
commune's officer files it, commune and district accept, appraise, vote, sign and number, the board and the provincial
council follow, the Office checks, the Chairman's signature made on paper is recorded, the decision gets its number.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from tests.browser.stage import Person, Stage, advise, typed

TEMPLATE = "demo"
INSTANT = datetime(2025, 5, 12, 2, 0, tzinfo=UTC)  # the final round is open, districts still exist
TODAY = "12/05/2025"
HOUSEHOLD = "Hộ ông Đinh Văn Giúp"

DISTRICT_VOTES = ("chutich.anlao", "pct.anlao", "uv1.anlao", "uv2.anlao")
PROVINCE_VOTES = ("pct1.tinh", "giamdoc.snv", "giamdoc.sld", "mattran.tinh", "uv1.tinh", "uv2.tinh")


def test_a_household_is_filed_checked_voted_on_signed_and_awarded(stage: Stage) -> None:
    code = file_it(stage)
    at_level(stage, code, ("tham", "thuky", "chutich", "vanthu"), "antrung", counted_on_paper, "9021")
    at_level(stage, code, ("tham", "thuky", "chutich", "vanthu"), "anlao", voted_by(DISTRICT_VOTES), "9112")
    at_level(stage, code, ("tham", "thuky", "giamdoc", "vanthu"), "snv", voted_by(PROVINCE_VOTES), "9034")
    stage.act("thamtra.tinh", code, "Kiểm tra xong, chuyển tiếp", advise)
    stage.act("vanthu.tinh", code, "Ghi nhận chữ ký trên giấy", record, part="sap-toi")
    clerk = stage.act("vanthu.tinh", code, "Ghi số, ngày văn bản", typed(number="9777"))
    clerk.says("Đã khen thưởng", "Được khen thưởng", "9777/QĐ", "Tô Vĩnh Khang", "Kiều Thanh Nhàn")
    officer = stage.enter("lap.antrung")
    officer.open(f"/ho-so/{code}")
    officer.says("Đã khen thưởng", "Số vào sổ khen thưởng")


def file_it(stage: Stage) -> str:
    """The commune's officer files the household; the code of the file."""
    said = {"name": HOUSEHOLD, "birth_year": "1968"}
    officer = stage.begin("lap.antrung", "BK-TINH", "household", "new", "1.5", **said)
    officer.type(hamlet="Thôn 5", ethnic_group="Hrê", members="5")
    officer.press("Lưu và sang bước sau")
    officer.type(**{"statement-1.5.2": "Cho bảy hộ nghèo mượn bò giống và hướng dẫn chăn nuôi, năm hộ đã thoát nghèo."})
    officer.press("Lưu và sang bước sau")
    officer.type(achievements="Từ 2021 đến nay giúp bảy hộ trong thôn về giống, kỹ thuật, ngày công.")
    officer.press("Lưu và sang bước sau")
    officer.file_papers("report", "minutes_hamlet", "proposal")
    code = officer.code
    officer.open(f"/ho-so/{code}/soan/proposal")
    officer.type(achievement="Đã có thành tích xuất sắc trong Phong trào thi đua “Vì người nghèo”.")
    officer.press("Lưu và sang bước sau")
    officer.press("Nộp hồ sơ")
    officer.says(code)
    return code


def at_level(
    stage: Stage,
    code: str,
    names: tuple[str, str, str, str],
    place: str,
    vote: Callable[[Stage, str], None],
    number: str,
) -> None:
    """One level: taken in, appraised, voted on, signed, numbered."""
    appraiser, secretary, head, clerk = (f"{name}.{place}" for name in names)
    stage.act(appraiser, code, "Tiếp nhận", typed(arrival_number="15"))
    stage.act(appraiser, code, "Nêu ý kiến thẩm định", advise)
    vote(stage, code)
    stage.act(secretary, code, "Chốt biểu quyết")
    stage.act(head, code, "Ký tờ trình, chuyển cấp trên")
    stage.act(clerk, code, "Ghi số, ngày văn bản", typed(number=number))


def voted_by(voters: tuple[str, ...]) -> Callable[[Stage, str], None]:
    """Each member votes on their own sheet."""
    return lambda stage, code: stage.vote(code, *voters)


def counted_on_paper(stage: Stage, code: str) -> None:
    """The commune's council votes on paper: one of the counting team records, another confirms."""
    stage.act("thuky.antrung", code, "Ghi kết quả kiểm phiếu", count)
    stage.act("uv1.antrung", code, "Xác nhận kết quả kiểm phiếu", part="")


def count(person: Person) -> None:
    """Five ballots out, five back, four in favour; the minutes attached."""
    person.type(issued="5", returned="5", valid="5", agree="4", disagree="1", abstain="0")
    person.attach("minutes_sha")


def record(person: Person) -> None:
    """The Chairman signed on paper."""
    person.choose("outcome", "award")
    person.pick("signer", "chutich.tinh")
    person.type(signed_on=TODAY)
    person.attach("signed_file")
