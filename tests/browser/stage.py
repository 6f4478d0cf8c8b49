"""A stage for plays in the browser: people at machines of their own, and files brought to where a play begins.

What a play is about is pressed on pages. What only leads up to it goes through the services, in the same database, by
the demonstration's own player.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, FilePayload, Page
from sqlalchemy.orm import Session, sessionmaker

from nominations.services.seeding.history.player import make_player
from nominations.services.seeding.history.scripts import script
from nominations.services.seeding.history.words import Story
from nominations.transactions import write_transaction
from tests.browser.live import PATIENCE, LiveServer, watch

PASSWORD = "vi-nguoi-ngheo"
# Papers of plays are numbered from 9000 on, for the demonstration has used the low numbers of each body and year: those
# that are typed below 9500, those that come before a play above, never one twice.
BROUGHT: defaultdict[tuple[int, str, int], int] = defaultdict(lambda: 9500)
PAPER: FilePayload = {"name": "van-ban.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 a paper of the play"}
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Fill = Callable[["Person"], None]


@dataclass
class Person:
    """Somebody at the browser, signed in, walking from page to page; axe looks once at every kind of page."""

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

    @property
    def code(self) -> str:
        """The code of the file whose page this is."""
        return self.page.url.split("/ho-so/")[1].split("/")[0]

    def file_papers(self, *kinds: str) -> None:
        """Attach a paper of each kind to the draft whose papers are shown."""
        for kind in kinds:
            self.pick("kind", kind)
            self.attach("file")
            self.press("Đính kèm")

    def pick(self, name: str, value: str) -> None:
        """Pick from a list."""
        self.page.select_option(f"main [name='{name}']", value)

    def attach(self, name: str) -> None:
        """Give a paper to a field."""
        self.page.set_input_files(f"main [name='{name}']", [PAPER])

    def says(self, *words: str) -> None:
        """The page's own part says all of this."""
        said = self.page.locator("main").inner_text()
        assert [word for word in words if word not in said] == [], f"{self.page.url} says:\n{said}"

    def hides(self, *words: str) -> None:
        """The page's own part says nothing of this."""
        said = self.page.locator("main").inner_text()
        assert [word for word in words if word in said] == [], f"{self.page.url} says:\n{said}"

    def look(self, moment: str = "") -> None:
        """Let axe look at this kind of page, once; at a ``moment`` of its own, once more."""
        kind = re.sub(r"HS\d\d-\w+", "<code>", urlsplit(self.page.url).path) + moment  # on whichever server
        if kind in self.looked_at:
            return
        self.looked_at.add(kind)
        self.page.evaluate(AXE)
        asked = {"runOnly": RULES, "resultTypes": ["violations"]}
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

    def ask(self, username: str, code: str, action: str, part: str = "cho-toi") -> Person:
        """Go to the form of an action: from a part of the inbox, or a link to the file."""
        person = self.enter(username)
        person.open(f"/viec?part={part}" if part else f"/ho-so/{code}")
        if part:
            with person.page.expect_navigation():
                person.page.locator(f"main a[href*='/ho-so/{code}']").first.click()
            person.look()
        person.press(action)
        return person

    def act(self, username: str, code: str, action: str, fill: Fill | None = None, part: str = "cho-toi") -> Person:
        """Do an action as somebody would: find the file, go to the form, fill it in, press."""
        person = self.ask(username, code, action, part)
        if fill is not None:
            fill(person)
        person.press(action)
        person.says("Mã đối chứng nhật ký", code)
        return person

    def vote(self, code: str, *voters: str, choice: str = "agree") -> None:
        """Each member votes on their own sheet."""
        for voter in voters:
            member = self.enter(voter)
            member.open(f"/hop/{code}")
            member.choose(f"{code}-choice", choice)
            member.press("Gửi 1 phiếu")
            member.says("Đã ghi 1 phiếu biểu quyết.")

    def begin(self, username: str, form: str, kind: str, nominee: str, group: str, **said: str) -> Person:
        """Open a draft as its nominator: what is proposed, then for whom; at its first section."""
        officer = self.enter(username)
        officer.open("/ho-so/moi")
        officer.pick("round", "2025-tong-ket")
        officer.pick("form", form)
        officer.choose("kind", kind)
        officer.press("Tiếp tục")
        officer.choose("nominee", nominee)
        officer.type(**said)
        officer.choose("group", group)
        officer.press("Lập hồ sơ")
        return officer

    def bring(self, **told: object) -> str:
        """Bring a file through the services to the state ``until`` of its story (``stories.toml``); its code."""
        app, clock = self.server.app, self.server.clock
        told = {"id": "play", "start": clock.today(), "round": "2025-tong-ket", "kind": "household"} | told
        factory: sessionmaker[Session] = app.extensions["sessionmaker"]
        with factory() as session, write_transaction(session):
            player = make_player(session, app.extensions["storage"], Random(len(self.people)))  # noqa: S311
            player.clock = clock
            player.numbers = BROUGHT
            for _days in script(player, Story.from_plain(told)):
                pass  # all on the day of the play
            return player.codes["play"]


def advise(person: Person) -> None:
    """An opinion in favour, one criterion judged."""
    person.choose("advice", "for")
    person.type(reasons="Đúng tiêu chí, có xác nhận của thôn; đề nghị khen thưởng.")
    if person.page.locator("main [name='by_criterion-0-met']").count():
        person.pick("by_criterion-0-met", "1")


def typed(**words: str) -> Fill:
    """These words in these fields."""
    return lambda person: person.type(**words)
