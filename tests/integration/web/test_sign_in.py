"""Signing in and out: one answer for whatever is wrong, growing delays, a new token, two ends, the log."""

from collections.abc import Callable

from sqlalchemy import func, select, update

from nominations import models
from nominations.services.sign_in import FREE_FOR_ACCOUNT, delay_after
from nominations.transactions import write_transaction
from tests.integration.web.conftest import PASSWORD, SIGN_IN
from tests.pages import Page, PageClient
from tests.world import World

Browse = Callable[[str], PageClient]


def entries(world: World, act: str) -> int:
    """How many entries of that act the stream of sign-ins has."""
    counted = select(func.count()).where(models.AuditEntry.stream == "access", models.AuditEntry.act == act)
    found = world.session.scalar(counted)
    world.session.rollback()
    return found or 0


def wrong(client: PageClient, username: str) -> str:
    """Try a wrong password; what the page says."""
    answer = client.submit("/dang-nhap", SIGN_IN, username=username, password="không phải mật khẩu này")
    assert answer.status_code == 422
    page = Page("/dang-nhap", answer.text)
    assert page.form(SIGN_IN).values["username"] == [username]
    assert page.form(SIGN_IN).values["password"] == [""]
    return " ".join(page.texts(".error-summary"))


def test_the_right_password_opens_the_page_that_was_asked_for(client: PageClient, world: World) -> None:
    before = entries(world, "login")
    asked = client.get("/toi?a=1")
    assert asked.status_code == 303
    answer = client.post(
        "/dang-nhap",
        data=client.page(asked.location).form(SIGN_IN).values | {"username": "nominator.xa", "password": PASSWORD},
    )
    assert (answer.status_code, answer.location) == (303, "/toi?a=1")
    assert "nominator.xa" in client.page("/toi").text
    assert entries(world, "login") == before + 1


def test_unknown_and_known_names_are_answered_alike(client: PageClient, world: World) -> None:
    before = entries(world, "login_fail")
    assert wrong(client, "head.xa") == wrong(client, "khong-co-ai")
    assert entries(world, "login_fail") == before + 2


def test_empty_fields_are_named(client: PageClient) -> None:
    answer = client.submit("/dang-nhap", SIGN_IN, username="head.xa", password="")
    assert answer.status_code == 422
    assert "Hãy nhập mật khẩu." in answer.text


def test_failures_in_a_row_must_wait_longer_and_longer(client: PageClient, world: World) -> None:
    for _ in range(FREE_FOR_ACCOUNT):
        wrong(client, "clerk.xa")
    answer = client.submit("/dang-nhap", SIGN_IN, username="clerk.xa", password=PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "2"
    assert "Xin chờ 2 giây" in answer.text
    world.clock.move(seconds=2)
    assert client.submit("/dang-nhap", SIGN_IN, username="clerk.xa", password=PASSWORD).status_code == 303
    client.post("/dang-xuat", data=client.page("/toi").form("Đăng xuất").values)
    wrong(client, "clerk.xa")  # forgiven: the count began anew


def test_delays_double_up_to_a_quarter_of_an_hour() -> None:
    assert [delay_after(n, 3) for n in (0, 2, 3, 4, 5, 40)] == [0, 0, 2, 4, 8, 900]


def test_a_sign_in_begins_with_a_token_of_its_own(client: PageClient) -> None:
    client.get("/dang-nhap")
    with client.session_transaction() as before:
        planted = before["csrf_token"]
        before["planted"] = True
    client.submit("/dang-nhap", SIGN_IN, username="head.xa", password=PASSWORD)
    with client.session_transaction() as session:
        first = session["token"]
        assert "planted" not in session
        assert session.get("csrf_token") != planted
    client.post("/dang-xuat", data=client.page("/toi").form("Đăng xuất").values)
    with client.session_transaction() as session:
        assert "token" not in session
    client.submit("/dang-nhap", SIGN_IN, username="head.xa", password=PASSWORD)
    with client.session_transaction() as session:
        assert session["token"] != first


def test_signing_out_ends_it(browse: Browse, world: World) -> None:
    client = browse("head.xa")
    before = entries(world, "logout")
    answer = client.post("/dang-xuat", data=client.page("/").form("Đăng xuất").values)
    assert (answer.status_code, answer.location) == (303, "/dang-nhap")
    assert entries(world, "logout") == before + 1
    assert client.get("/toi").status_code == 303


def test_an_hour_without_a_click_ends_it(browse: Browse, world: World) -> None:
    client = browse("head.xa")
    for _ in range(3):
        world.clock.move(hours=0.9)
        client.page("/toi")
    world.clock.move(hours=1.1)
    answer = client.get("/toi")
    assert answer.location == "/dang-nhap?next=/toi"
    assert "lâu không thao tác" in client.page(answer.location).text


def test_twelve_hours_end_it_in_any_case(browse: Browse, world: World) -> None:
    client = browse("head.xa")
    for _ in range(14):
        world.clock.move(hours=0.9)
        if client.get("/toi").status_code == 303:
            break
    else:
        raise AssertionError("the sign-in never ended")


def test_no_address_outside_is_gone_on_to(client: PageClient) -> None:
    for outside in ("https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"):
        page = client.page(f"/dang-nhap?next={outside}")
        assert page.form(SIGN_IN).values["next"] == ["/"]


def test_a_closed_account_is_nobody(browse: Browse, world: World) -> None:
    client = browse("deputy.xa")
    person = world.people["deputy.xa"]
    with write_transaction(world.session):
        world.session.execute(update(models.Person).where(models.Person.id == person).values(active=False))
    assert client.get("/toi").status_code == 303
