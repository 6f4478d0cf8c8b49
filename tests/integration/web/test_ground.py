"""What every page stands on: who may open it, home by duty, languages, themes, the demonstration's day, errors."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from nominations import create_app, models
from nominations.clock import DemoClock
from nominations.transactions import write_transaction
from nominations.web.access import access_of
from tests.databases import settings_for
from tests.integration.web.conftest import PASSWORD, SIGN_IN
from tests.pages import Page, PageClient
from tests.statements import count_statements
from tests.world import World

Browse = Callable[[str], PageClient]
MOVE = "Chuyển ngày"
OPEN_TO_ALL = {"auth.sign_in", "preferences.locale", "preferences.theme"}


def test_every_page_says_who_may_open_it(app: Flask) -> None:
    pages = app.extensions["pages"]
    rules = [rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in pages]
    assert [name for name in rules if access_of(app.view_functions[name]) is None] == []
    public = {name for name in rules if "public" in (access_of(app.view_functions[name]) or ())}
    assert public >= OPEN_TO_ALL
    assert not any(name.startswith(("nominators.", "approvers.", "auditors.", "admin.")) for name in public)


def test_nobody_is_led_to_the_sign_in_and_a_part_of_a_page_is_told_401(client: PageClient) -> None:
    assert client.get("/").location == "/dang-nhap"
    assert client.get("/ho-so?state=draft").location == "/dang-nhap?next=/ho-so?state%3Ddraft"
    assert client.get("/ho-so", headers={"HX-Request": "true"}).status_code == 401
    assert client.page("/khong-co-trang-nay", 404).texts("h1") == ["Không tìm thấy trang"]


def test_home_says_what_waits(browse: Browse, world: World) -> None:
    code = world.draft(name="Hộ bà Chờ Tiếp Nhận")
    assert code in browse("nominator.xa").page("/").text
    world.do("nominator.xa", code, "submit")
    appraiser = browse("appraiser.xa").page("/")
    assert "Hộ bà Chờ Tiếp Nhận" in appraiser.text
    assert "Việc chờ tôi" in appraiser.text
    world.do("appraiser.xa", code, "return", sections=["report"], faults=[
        {"code": "report_too_general", "note": "Chưa rõ.", "section": "report"}
    ])  # fmt: skip
    mine = browse("nominator.xa").page("/")
    assert f'href="/ho-so/{code}/nop"' in mine.text
    assert "Không có việc nào chờ đồng chí" in browse("member1.tinh").page("/").text


def test_home_counts_the_files_of_who_files_and_names_a_members_council(browse: Browse, world: World) -> None:
    before = browse("nominator.xa").page("/").texts(".tile-value")
    world.draft(name="Hộ ông Mới Lập")
    tiles = browse("nominator.xa").page("/").texts(".tile-value")
    assert [int(tiles[0]) - int(before[0]), tiles[1:]] == [1, before[1:]]
    member = browse("member1.tinh")
    for address in ("/", "/toi"):
        page = member.page(address)
        assert "Hội đồng" in " ".join(page.texts("main")), address
        assert "không giữ nhiệm vụ" not in page.text


def test_somebody_without_a_post_is_told_so(browse: Browse, world: World) -> None:
    person = world.people["deputy.xa2"]
    with write_transaction(world.session):
        world.session.execute(
            update(models.Post).where(models.Post.person_id == person).values(valid_to=date(2024, 1, 1))
        )
    page = browse("deputy.xa2").page("/")
    assert "Chưa có gì dành cho đồng chí ở đây" in page.text
    assert browse("deputy.xa2").get("/ho-so").status_code == 403


def test_the_language_is_kept_for_the_next_time(browse: Browse, world: World) -> None:
    client = browse("head.xa")
    token = client.page("/toi").form("Đăng xuất").values["csrf_token"][0]
    answer = client.post("/ngon-ngu", data={"csrf_token": token, "locale": "en", "next": "/toi"})
    assert (answer.status_code, answer.location) == (303, "/toi")
    assert '<html lang="en"' in client.page("/toi").text
    assert '<html lang="en"' in browse("head.xa").page("/toi").text
    kept = world.session.scalar(select(models.Person.locale).where(models.Person.username == "head.xa"))
    world.session.rollback()
    assert kept == "en"
    assert client.post("/ngon-ngu", data={"csrf_token": token, "locale": "fr"}).status_code == 400


def test_the_theme_is_kept_on_the_machine(client: PageClient) -> None:
    token = client.page("/dang-nhap").form(SIGN_IN).values["csrf_token"][0]
    answer = client.post("/giao-dien", data={"csrf_token": token, "theme": "dark", "next": "//elsewhere"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert 'data-bs-theme="dark"' in client.page("/dang-nhap").text
    assert client.post("/giao-dien", data={"csrf_token": token, "theme": "pink"}).status_code == 400


@pytest.fixture
def playing(app: Flask, world: World) -> Iterator[PageClient]:
    """A browser at a demonstration that plays a day of 2023, signed in with a demonstration account."""
    with write_transaction(world.session):
        world.session.execute(update(models.Person).where(models.Person.username == "head.snv").values(demo=True))
    url = app.extensions["settings"].database_url
    demo = create_app(settings_for(url), DemoClock(date(2023, 11, 20)))
    demo.test_client_class = PageClient
    client = demo.test_client()
    assert isinstance(client, PageClient)
    client.submit("/dang-nhap", SIGN_IN, username="head.snv", password=PASSWORD)
    yield client
    demo.extensions["engine"].dispose()


def test_a_demonstration_account_moves_the_day_for_everybody(playing: PageClient, world: World) -> None:
    page = playing.page("/")
    assert "20/11/2023" in " ".join(page.texts(".demo-bar"))
    answer = playing.submit("/toi", MOVE, day="02/07/2025")
    assert (answer.status_code, answer.location) == (303, "/toi")
    page = playing.page("/toi")
    assert "02/07/2025" in " ".join(page.texts(".demo-bar"))
    assert "đã chuyển sang ngày 02/07/2025" in page.text
    said = select(models.AuditEntry.act).where(models.AuditEntry.stream == "settings")
    assert world.session.scalars(said).all() == ["set"]
    world.session.rollback()


@pytest.mark.parametrize("typed", ["31/02/2024", "mai", "01/01/1999"])
def test_a_day_that_cannot_be_played_is_said(playing: PageClient, typed: str) -> None:
    playing.submit("/toi", MOVE, day=typed)
    assert f"Chưa chuyển ngày “{typed}”" in playing.page("/toi").text


def test_nobody_else_moves_the_day(browse: Browse) -> None:
    client = browse("head.tinh")
    token = client.page("/toi").form("Đăng xuất").values["csrf_token"][0]
    assert client.post("/ngay-minh-hoa", data={"csrf_token": token, "day": "02/07/2025"}).status_code == 404


def test_unknown_addresses_of_the_api_are_answered_as_problems(client: PageClient) -> None:
    answer = client.get("/api/khong-co")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json is not None
    assert answer.json["instance"] == "/api/khong-co"


def test_a_fault_of_ours_tells_nothing_but_its_number(app: Flask, client: PageClient) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["preferences.theme"] = _broken
    token = client.page("/dang-nhap").form(SIGN_IN).values["csrf_token"][0]
    answer = client.post("/giao-dien", data={"csrf_token": token}, headers={"X-Request-Id": "abc123"})
    assert answer.status_code == 500
    page = Page("/giao-dien", answer.text)
    assert "abc123" in page.text
    assert "secret" not in page.text


def _broken() -> str:
    raise RuntimeError("secret")


_broken.access = ("public",)  # type: ignore[attr-defined]


def test_a_cookie_of_somebody_elses_making_is_nobody(client: PageClient) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = "1"
    assert client.get("/toi").location is not None


HOME, LIST, DRAFT = 10, 7, 9  # statements a page may take, its reader found included


def test_pages_ask_the_database_little(app: Flask, browse: Browse, world: World) -> None:
    code = world.draft()
    nominator, head = browse("nominator.xa"), browse("head.xa")
    for address in ("/", f"/ho-so/{code}/soan/criteria", f"/ho-so/{code}/nop"):
        nominator.page(address)  # what is kept for a minute is read
    for client, address, most in (
        (nominator, "/", HOME), (head, "/", HOME), (nominator, "/ho-so?q=ho", LIST),
        (nominator, f"/ho-so/{code}/soan/criteria", DRAFT), (nominator, f"/ho-so/{code}/nop", DRAFT),
    ):  # fmt: skip
        with count_statements(app.extensions["engine"]) as statements:
            client.page(address)
        assert len(statements) <= most, "\n".join([address, *statements])


def test_a_head_sees_how_the_files_stand(browse: Browse, world: World) -> None:
    world.do("nominator.xa", world.draft(name="Hộ bà Nhìn Thấy"), "submit")
    world.session.rollback()
    head = browse("deputy.xa").page("/")  # the head reads English by now
    assert "Hồ sơ trong phạm vi" in head.texts("#seen h2")[0]
    assert any("Đang xét" in line for line in head.texts("#seen li"))
    assert "Hộ bà Nhìn Thấy" in head.texts("#newest")[0]
    assert not browse("clerk.xa").page("/").texts("#seen")


def test_a_secretary_without_a_vote_is_offered_no_ballot_sheet(browse: Browse, world: World) -> None:
    council = world.session.scalars(select(models.Council).where(models.Council.unit_id == world.units["21613"])).one()
    with write_transaction(world.session) as session:
        session.add(
            models.CouncilSeat(
                council_id=council.id, person_id=world.people["secretary.xa"], role="secretary",
                valid_from=council.valid_from,
            )
        )  # fmt: skip
    for username, offered in (("secretary.xa", False), ("member1.xa", True)):
        page = browse(username).page("/")
        assert ("Phiếu biểu quyết" in " ".join(page.texts("nav.app-nav a"))) is offered, username
        assert ("Thành viên" in page.texts(".lead")[0]) is offered, username
