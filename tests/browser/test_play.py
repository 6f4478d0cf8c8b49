"""A file is played from draft to award in the browser, by each person in turn; axe finds nothing on any page visited.

A household of xã An Trung (An Lão) that helps others is proposed for the Chairman's certificate of merit (BK-TINH): the
commune's officer files it, commune and district accept, appraise, vote, sign and number, the board and the provincial
council follow, the Office checks, the Chairman's signature made on paper is recorded, the decision gets its number.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from tests.browser.conftest import PATIENCE, LiveServer, watch

TEMPLATE = "demo"
PASSWORD = "vi-nguoi-ngheo"
# Numbers of papers begin at 9000 here: the demonstration has used the low ones of each body and year.
INSTANT = datetime(2025, 5, 12, 2, 0, tzinfo=UTC)  # the final round is open, districts still exist
TODAY = "12/05/2025"
HOUSEHOLD = "Hộ ông Đinh Văn Giúp"
PAPER: FilePayload = {"name": "van-ban.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 a paper of the play"}
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

DISTRICT_VOTES = ("chutich.anlao", "pct.anlao", "uv1.anlao", "uv2.anlao")
PROVINCE_VOTES = ("pct1.tinh", "giamdoc.snv", "giamdoc.sld", "mattran.tinh", "uv1.tinh", "uv2.tinh")


@dataclass
class Person:
    """Somebody at the browser, signed in, walking from page to page; every page is looked at by axe."""

    page: Page
    looked_at: set[str]

    def open(self, address: str) -> None:
        """Go to a page."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address} answered {answer.status}"
        self.look()

    def press(self, words: str) -> None:
        """Press the button, or follow the link, of these words."""
        named = (
            self.page.locator("main").locator("button, a").filter(has_text=re.compile(rf"^\s*{re.escape(words)}\s*$"))
        )
        with self.page.expect_navigation():
            named.first.click()
        self.look()

    def type(self, **typed: str) -> None:
        """Type into fields by their names."""
        for name, text in typed.items():
            self.page.fill(f"main [name='{name}']", text)

    def choose(self, name: str, value: str) -> None:
        """Choose one of the visible options of a field."""
        self.page.check(f"main [name='{name}'][value='{value}']")

    def says(self, *words: str) -> None:
        """The page's own part says all of this."""
        said = self.page.locator("main").inner_text()
        assert [word for word in words if word not in said] == [], f"{self.page.url} says:\n{said}"

    def look(self) -> None:
        """Let axe look at the page; colours once for each kind of page, for they do not turn on what it says."""
        kind = re.sub(r"HS\d\d-\w+", "<code>", self.page.url.partition("?")[0])
        rules = {} if kind not in self.looked_at else {"color-contrast": {"enabled": False}}
        self.looked_at.add(kind)
        self.page.evaluate(AXE)
        asked = {"runOnly": RULES, "rules": rules, "resultTypes": ["violations"]}
        found: dict[str, Any] = self.page.evaluate("asked => axe.run(asked)", asked)
        named = [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found["violations"]]
        assert named == [], f"{self.page.url}: {named}"


@dataclass
class Stage:
    """The browser and its people; nobody signs in twice."""

    browser: Browser
    server: LiveServer
    ends: ExitStack
    people: dict[str, Person] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)
    faults_of: list[list[str]] = field(default_factory=list)

    def enter(self, username: str) -> Person:
        """The person of that account, signed in on a machine of their own."""
        if username not in self.people:
            context = self.browser.new_context(
                base_url=self.server.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
            )
            context.set_default_timeout(PATIENCE)
            self.ends.callback(context.close)
            page = context.new_page()
            self.faults_of.append(watch(page, self.server.url))
            page.goto("/dang-nhap")
            page.fill("[name=username]", username)
            page.fill("[name=password]", PASSWORD)
            with page.expect_navigation():
                page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
            self.people[username] = Person(page, self.looked_at)
        return self.people[username]

    def act(
        self, username: str, code: str, action: str, fill: Callable[[Person], None] | None = None, part: str = "cho-toi"
    ) -> Person:
        """Do an action as somebody would: from a part of the inbox, or a link to the file, to its form, and press."""
        person = self.enter(username)
        person.open(f"/viec?part={part}" if part else f"/ho-so/{code}")
        if part:
            person.press(HOUSEHOLD)
        person.press(action)
        if fill is not None:
            fill(person)
        person.press(action)
        person.says("Mã đối chứng nhật ký", code)
        return person


@pytest.fixture
def stage(browser: Browser, live_server: LiveServer) -> Iterator[Stage]:
    """An empty stage; nothing may have gone wrong on any page when it closes."""
    with ExitStack() as ends:
        stage = Stage(browser, live_server, ends)
        yield stage
    assert [fault for faults in stage.faults_of for fault in faults] == []


def test_a_household_is_filed_checked_voted_on_signed_and_awarded(stage: Stage) -> None:
    code = file_it(stage)
    at_level(stage, code, ("tham", "thuky", "chutich", "vanthu"), "antrung", counted_on_paper, "9021")
    at_level(stage, code, ("tham", "thuky", "chutich", "vanthu"), "anlao", voted_by(DISTRICT_VOTES), "9112")
    at_level(stage, code, ("tham", "thuky", "giamdoc", "vanthu"), "snv", voted_by(PROVINCE_VOTES), "9034")
    stage.act("thamtra.tinh", code, "Kiểm tra xong, chuyển tiếp", advise)
    stage.act("vanthu.tinh", code, "Ghi nhận chữ ký trên giấy", record, part="sap-toi")
    clerk = stage.act("vanthu.tinh", code, "Ghi số, ngày văn bản", lambda person: person.type(number="9777"))
    clerk.says("Đã khen thưởng", "Được khen thưởng", "9777/QĐ", "Tô Vĩnh Khang", "Kiều Thanh Nhàn")
    officer = stage.enter("lap.antrung")
    officer.open(f"/ho-so/{code}")
    officer.says("Đã khen thưởng", "Số vào sổ khen thưởng")


def file_it(stage: Stage) -> str:
    """The commune's officer files the household; the code of the file."""
    officer = stage.enter("lap.antrung")
    officer.open("/ho-so/moi")
    officer.page.select_option("main [name=round]", "2025-tong-ket")
    officer.page.select_option("main [name=form]", "BK-TINH")
    officer.choose("kind", "household")
    officer.press("Tiếp tục")
    officer.choose("nominee", "new")
    officer.type(name=HOUSEHOLD, birth_year="1968")
    officer.choose("group", "1.5")
    officer.press("Lập hồ sơ")
    officer.type(hamlet="Thôn 5", ethnic_group="Hrê", members="5")
    officer.press("Lưu và sang bước sau")
    officer.type(**{"statement-1.5.2": "Cho bảy hộ nghèo mượn bò giống và hướng dẫn chăn nuôi, năm hộ đã thoát nghèo."})
    officer.press("Lưu và sang bước sau")
    officer.type(achievements="Từ 2021 đến nay giúp bảy hộ trong thôn về giống, kỹ thuật, ngày công.")
    officer.press("Lưu và sang bước sau")
    for kind in ("report", "minutes_hamlet", "proposal"):
        officer.page.select_option("main [name=kind]", kind)
        officer.page.set_input_files("main [name=file]", [PAPER])
        officer.press("Đính kèm")
    code = officer.page.url.split("/ho-so/")[1].split("/")[0]
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
    stage.act(appraiser, code, "Tiếp nhận", lambda person: person.type(arrival_number="15"))
    stage.act(appraiser, code, "Nêu ý kiến thẩm định", advise)
    vote(stage, code)
    stage.act(secretary, code, "Chốt biểu quyết")
    stage.act(head, code, "Ký tờ trình, chuyển cấp trên")
    stage.act(clerk, code, "Ghi số, ngày văn bản", lambda person: person.type(number=number))


def voted_by(voters: tuple[str, ...]) -> Callable[[Stage, str], None]:
    """Each member votes on their own sheet."""

    def vote(stage: Stage, code: str) -> None:
        for voter in voters:
            member = stage.enter(voter)
            member.open(f"/hop/{code}")
            member.choose(f"{code}-choice", "agree")
            member.press("Gửi 1 phiếu")
            member.says("Đã ghi 1 phiếu biểu quyết.")

    return vote


def counted_on_paper(stage: Stage, code: str) -> None:
    """The commune's council votes on paper: one of the counting team records, another confirms."""
    stage.act("thuky.antrung", code, "Ghi kết quả kiểm phiếu", count)
    stage.act("uv1.antrung", code, "Xác nhận kết quả kiểm phiếu", part="")


def count(person: Person) -> None:
    """Five ballots out, five back, four in favour; the minutes attached."""
    person.type(issued="5", returned="5", valid="5", agree="4", disagree="1", abstain="0")
    person.page.set_input_files("main [name=minutes_sha]", [PAPER])


def advise(person: Person) -> None:
    """An opinion in favour, one criterion judged."""
    person.choose("advice", "for")
    person.type(reasons="Đúng tiêu chí, có xác nhận của thôn; đề nghị khen thưởng.")
    person.page.select_option("main [name='by_criterion-0-met']", "1")


def record(person: Person) -> None:
    """The Chairman signed on paper."""
    person.choose("outcome", "award")
    person.page.select_option("main [name=signer]", "chutich.tinh")
    person.type(signed_on=TODAY)
    person.page.set_input_files("main [name=signed_file]", [PAPER])
