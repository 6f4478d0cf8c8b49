"""Whatever is sent to an administrators' form or a small form of the frame is answered, and a HEAD never acts."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from nominations import models
from tests.integration.web.administration import A, address_of_post, one, ref_of, send, signed_in
from tests.markup import attribute, control_type, find
from tests.pages import Page, PageClient
from tests.world import World

Browse = Callable[[str], PageClient]
WRONG = ("a\x00b", "\u202eexe.fdp", "<script>alert(1)</script>", "é" * 20_001, "31/02/2024", "-1", "")
FRAME = {"csrf_token", "next", "day"}


@pytest.fixture
def admin(browse: Browse, world: World) -> PageClient:
    client = signed_in(browse, world, "admin.tinh")
    given = {"what": "base_salary:", "valid_from": "01/07/2019", "value": "1490000", "source": "[S-61]"}
    assert send(client, f"{A}/gia-tri/moi", **given).status_code in (303, 422)  # there already: the world is kept
    day = {"on_date": "02/09/2024", "kind": "holiday", "name": "Quốc khánh", "source": "[memory]"}
    assert send(client, f"{A}/lich", **day).status_code == 303
    return client


def forms(world: World) -> Iterator[str]:
    """The addresses of every form that asks an administrator to type."""
    council = one(world, models.Council, unit_id=world.units["52"]).id
    seat = world.session.scalars(select(models.CouncilSeat.id).where(models.CouncilSeat.council_id == council)).first()
    flow = world.session.scalars(select(models.WorkflowVersion.id).where(models.WorkflowVersion.active)).first()
    value = world.session.scalars(select(models.LegalValue.id)).first()
    world.session.rollback()
    post = address_of_post(world, "clerk.xa")
    yield from (f"{A}/{kind}/moi" for kind in ("don-vi", "dot-xet", "gia-tri", "hoi-dong", "nguoi"))
    yield from (f"{A}/dot-xet/tong-ket", f"{A}/gia-tri/{value}", f"{A}/lich")
    yield from (f"{A}/hoi-dong/{council}/ket-thuc", f"{A}/hoi-dong/{council}/thanh-vien")
    yield from (f"{A}/hoi-dong/{council}/thanh-vien/{seat}/ket-thuc", f"{A}/quy-trinh/{flow}/thoi-han")
    yield f"{A}/quy-trinh/{flow}/bieu-quyet"
    yield from (f"{A}/nguoi/{ref_of(world, 'clerk.xa')}/nhiem-vu", f"{post}/ban-giao", f"{post}/ket-thuc")
    yield f"{post}/giao-viec"


def entries(world: World) -> int:
    found = world.session.scalar(select(func.count()).select_from(models.AuditEntry))
    world.session.rollback()
    return found or 0


def written(page: Page) -> set[str]:
    """The fields of the page's own forms that somebody writes in, as against those in which something is chosen."""
    controls = find(page.document, "main form input, main form textarea")
    return {attribute(one, "name") for one in controls if control_type(one) in ("text", "textarea", "email")}


def test_any_text_in_any_field_is_answered_with_a_sentence(admin: PageClient, world: World) -> None:
    """All fields with the same wrong text: a sentence for it, nothing done, and the text still in every field."""
    for address in forms(world):
        page = admin.page(address)
        [button] = page.texts("main form .btn-primary, main form .btn-danger-fill")
        form, fields = page.form(button), written(page)
        typed = [name for name in form.values if name not in FRAME]
        for text in WRONG if typed else ():
            before, tried = entries(world), (address, text[:20])
            answer = admin.post(address, data=form.values | dict.fromkeys(typed, text))
            assert entries(world) == before, tried
            assert "<script>alert(1)" not in answer.text, tried
            assert answer.status_code == (400 if "\x00" in text else 422), tried
            if answer.status_code == 422:
                again = Page(address, answer.text)
                assert again.texts(".error-summary li"), tried
                left = {name: again.form(button).values[name] for name in fields & set(typed)}
                assert left == {name: [text] for name in left}, tried


def test_a_round_is_closed_once_however_often_it_is_pressed(admin: PageClient, world: World) -> None:
    """The one form of an administrator that asks for nothing but the press."""
    address = f"{A}/dot-xet/tong-ket/dong"
    form = admin.page(address).form("Đóng đợt xét")
    assert not [name for name in form.values if name not in FRAME]
    before = entries(world)
    answers = [admin.post(address, data=form.values | {"reasons": text}) for text in WRONG]
    assert [answer.status_code for answer in answers] == [400, 303, 422, 422, 422, 422, 422]
    assert all(Page(address, answer.text).texts(".error-summary li") for answer in answers[2:])
    assert entries(world) == before + 1


def asked(client: PageClient, address: str) -> int:
    """What a HEAD is answered; it has no page to look at."""
    return FlaskClient.open(client, address, method="HEAD").status_code


def test_a_head_reads_and_never_acts(client: PageClient, admin: PageClient, world: World) -> None:
    before, person = entries(world), f"{A}/nguoi/{ref_of(world, 'clerk.xa')}"
    flow = world.session.scalars(select(models.WorkflowVersion.id).where(models.WorkflowVersion.active)).first()
    world.session.rollback()
    for address in (f"{person}/mat-khau", f"{person}/trang-thai", f"{A}/lich/2024-09-02/bo"):
        assert asked(admin, address) == 200, address
    assert asked(admin, f"{A}/quy-trinh/{flow}/ban-hanh") in (200, 404)
    assert entries(world) == before
    assert asked(client, "/dang-nhap") == 200
    assert asked(client, "/ho-so") == 303


def test_the_small_forms_take_what_they_offer(browse: Browse) -> None:
    client = browse("head.xa")
    token = client.page("/").form("Đăng xuất").values["csrf_token"]
    for address, name in (("/ngon-ngu", "locale"), ("/giao-dien", "theme")):
        for text in ("fr", "", "a\x00b", "<script>alert(1)</script>"):
            answer = client.post(address, data={"csrf_token": token, name: text, "next": "/"})
            assert answer.status_code == 400, (address, text)
            assert "<script>alert(1)" not in answer.text
    for form in ("/dang-xuat", "/ngon-ngu", "/giao-dien"):
        assert client.post(form, data={}).status_code == 400, form
    assert client.get("/toi").status_code == 200


def test_an_account_is_switched_by_its_own_word_alone(admin: PageClient, world: World) -> None:
    ref = ref_of(world, "clerk.xa")
    form = admin.page(f"{A}/nguoi/{ref}/trang-thai").form("Khoá tài khoản")
    for text in ("", "có", "2", "a\x00b"):
        answer = admin.post(form.action, data=form.values | {"active": text})
        assert answer.status_code == 400, text
        assert one(world, models.Person, username="clerk.xa").active


def test_a_paper_that_is_not_there_is_not_taken_out(browse: Browse, world: World) -> None:
    code = world.draft(name="Hộ ông Không Giấy")
    client = browse("nominator.xa")
    values = client.page(f"/ho-so/{code}/soan/papers").form("Đính kèm").values
    before = entries(world)
    for place in (f"report/{'0' * 64}", "report/abc", "nothing/%00", f"{'x' * 300}/{'0' * 64}"):
        answer = client.post(f"/ho-so/{code}/soan/papers/{place}/go", data=values)
        assert answer.status_code in (400, 404, 422), place
        assert entries(world) == before, place
    stranger = browse("nominator.xa2")
    token = {"csrf_token": stranger.page("/").form("Đăng xuất").values["csrf_token"]}
    assert stranger.post(f"/ho-so/{code}/soan/papers/report/{'0' * 64}/go", data=values | token).status_code == 404


def test_any_text_about_a_nominees_accounts_is_answered(browse: Browse, world: World) -> None:
    code = world.draft(name="Hộ bà Gõ Sai")
    client = browse("nominator.xa")
    form = client.page(f"/ho-so/{code}/tai-khoan?q=clerk").form("Ghi tài khoản")
    before = entries(world)
    for text in (text for text in WRONG if text):
        for field in ("person", "role", "version"):
            for place in (form.action, f"/ho-so/{code}/tai-khoan/go"):
                sent = form.values | {"person": "khong.co", "reasons": "Sai."} | {field: text}
                answer = client.post(place, data=sent)
                assert answer.status_code in (400, 404, 409, 422), (place, field, text[:20])
                assert "<script>alert(1)" not in answer.text
    assert entries(world) == before
