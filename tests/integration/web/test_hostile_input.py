"""Whatever is typed into a form or an address is answered with a page of ours, and nothing of it comes alive."""

import io
import secrets
from collections.abc import Callable

import pytest

from tests.pages import Page, PageClient
from tests.world import World

Browse = Callable[[str], PageClient]
LONGEST = 2_000  # characters of an address
TYPED = (
    "a\x00b", "\u202eexe.fdp", "\x07\x1b[2J", "{{ 7*7 }} %s {0}", "<script>alert(1)</script>", "=cmd|'/c calc'!A1",
    "é" * 201, "ố" * 20_001, "   ", "31/02/2024", "１２",
)  # fmt: skip
SENT = [text for text in TYPED if len(text) < LONGEST]
PLACES = (
    "/ho-so?q={}", "/ho-so?state={}&round={}&form={}&kind={}&unit={}", "/ho-so?cursor={}",
    "/ho-so/moi?unit={}&round={}&form={}&kind={}", "/ho-so/{}/soan/report", "/ho-so/{}/nop", "/ho-so/{}/bien-nhan",
    "/dang-nhap?next={}&ten={}",
)  # fmt: skip


def encoded(text: str) -> str:
    """A text as the bytes a program could send, whether a browser would or not."""
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))[: 3 * LONGEST]


@pytest.fixture(scope="module")
def draft(province: World) -> str:
    """A draft to type into."""
    province.session.rollback()
    return province.draft(name="Hộ ông Bị Thử")


def test_any_address_is_answered(browse: Browse) -> None:
    client = browse("nominator.xa")
    for text in (*SENT, "\ud800", "\ufffe", "' OR 1=1; --"):
        for place in PLACES:
            answer = client.get(place.replace("{}", encoded(text)))
            assert answer.status_code < 500, (place, text[:40])
            assert "<script>alert(1)" not in answer.text


@pytest.mark.parametrize("section", ["nominee", "criteria", "report", "proposal"])
def test_any_text_in_a_section_is_stored_or_answered_with_a_sentence(
    browse: Browse, world: World, draft: str, section: str
) -> None:
    client = browse("nominator.xa")
    place = f"/ho-so/{draft}/soan/{section}"
    form = client.page(place).form("Lưu nháp")
    for text in TYPED:
        texts = {name: text for name in form.names if name not in ("csrf_token", "version", "request_key", "do")}
        answer = client.post(form.action, data=form.values | texts | {"version": str(world.version(draft))})
        assert answer.status_code in (303, 400, 413, 422), (section, text[:40])
        if answer.status_code == 422:
            assert Page(place, answer.text).texts(".error-summary"), (section, text[:40])
        assert "<script>alert(1)" not in answer.text


def test_any_version_key_or_wish_is_answered(browse: Browse, world: World, draft: str) -> None:
    client = browse("nominator.xa")
    place = f"/ho-so/{draft}/soan/report"
    form = client.page(place).form("Lưu nháp")
    for text in SENT:
        for name in ("version", "request_key", "do"):
            said = {"version": str(world.version(draft)), "situation": f"Lần {len(text)}"}
            answer = client.post(form.action, data=form.values | said | {name: text})
            assert answer.status_code < 500, (name, text[:40])


def test_any_new_nominee_and_any_paper_is_answered(browse: Browse, world: World, draft: str) -> None:
    client = browse("nominator.xa")
    address = f"/ho-so/moi?unit={world.units['21613']}&round=tong-ket&form=BK-TINH&kind=household"
    first = client.page(address).form("Lập hồ sơ")
    papers = client.page(f"/ho-so/{draft}/soan/papers").form("Đính kèm")
    for text in SENT:
        for name in ("name", "birth_year", "nominee", "group", "unit", "round", "form", "kind", "q"):
            given = {"name": "Hộ ông A", "request_key": secrets.token_hex(8)} | {name: text}
            answer = client.post(first.action, data=first.values | given)
            assert answer.status_code in (303, 400, 422), (name, text[:40])
        sent = papers.values | {
            "version": str(world.version(draft)),
            "kind": "report",
            "file": (io.BytesIO(b"%PDF-1.4 x"), text[:300] or "a"),
        }
        assert client.post(papers.action, data=sent).status_code < 500, text[:40]


def test_any_name_and_password_is_answered(client: PageClient, world: World) -> None:
    for text in SENT:
        world.clock.move(hours=2)  # past every delay
        form = client.page("/dang-nhap").form("Đăng nhập")
        answer = client.post("/dang-nhap", data=form.values | {"username": text, "password": text})
        assert answer.status_code in (400, 422, 429), text[:40]
