"""Whoever declares a conflict is told so once; from then on the file is a bare line on every page, and others act."""

import pytest
from sqlalchemy import select

from nominations import models
from nominations.transactions import write_transaction
from tests.integration.web.approving import Browse, Desk
from tests.world import World

SAID = {"kind": "kin", "note": "Chú ruột của chủ hộ."}


@pytest.fixture
def desk(world: World, browse: Browse) -> Desk:
    """The pages, and the province behind them."""
    return Desk(world, browse)


def declare(desk: Desk, who: str, code: str, **said: str) -> str:
    """Declare through the page; where it led."""
    answer = desk.browse(who).submit(f"/ho-so/{code}/khai-xung-dot", "Khai xung đột", **(SAID | said))
    desk.world.session.rollback()
    assert answer.status_code == 303, answer.text
    return answer.location


@pytest.fixture
def code(world: World) -> str:
    """A file that waits for appraisal at the commune."""
    code = world.draft(name=f"Hộ bà Đinh Thị Kín {world.numbers}")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    return code


def test_the_declaration_is_answered_once_then_the_line_is_bare(desk: Desk, code: str) -> None:
    name = "Đinh Thị Kín"
    client = desk.browse("appraiser.xa")
    assert name in client.page(f"/ho-so/{code}").text
    page = client.page(declare(desk, "appraiser.xa", code))
    assert "Từ nay đồng chí không thẩm định, biểu quyết hay quyết định" in page.texts(".flashes")[0]
    assert "Mã đối chứng nhật ký: people/" in page.texts(".flashes")[0]
    for bare in (page, client.page(f"/ho-so/{code}")):
        assert bare.texts("h1") == [f"Hồ sơ {code}"]
        assert name not in bare.text
        assert "Đồng chí đã khai có quan hệ hoặc lợi ích liên quan" in bare.text
    assert "Từ nay" not in client.page(f"/ho-so/{code}").text


def test_no_page_of_theirs_says_more(desk: Desk, world: World, code: str) -> None:
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    world.do("head.xa", code, "send_up")
    world.number(code, "xa")
    world.do("appraiser.huyen", code, "accept", arrival_number="3")
    world.do("appraiser.huyen", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    client = desk.browse("member2.huyen")
    assert "Đinh Thị Kín" in client.page("/hop").text
    declare(desk, "member2.huyen", code)
    for address in ("/viec", "/viec?part=sap-toi", "/viec?part=da-lam", "/viec?q=kin", "/hop", f"/ho-so/{code}"):
        assert "Đinh Thị Kín" not in client.page(address).text, address
    for address in (f"/ho-so/{code}/thao-tac/ballot", f"/hop/{code}", f"/ho-so/{code}/khai-xung-dot"):
        assert client.get(address).location == f"/ho-so/{code}"


def test_a_form_that_was_open_is_refused_with_the_rules_sentence(desk: Desk, world: World, code: str) -> None:
    client = desk.browse("appraiser.xa")
    address = f"/ho-so/{code}/thao-tac/recommend"
    form = client.page(address).form("Nêu ý kiến thẩm định").values | {"advice": "for", "reasons": "Tốt."}
    declare(desk, "appraiser.xa", code)
    answer = client.post(address, data=form)
    assert answer.status_code == 409
    assert "Đồng chí đã khai có quan hệ hoặc lợi ích liên quan" in answer.text
    assert "Đinh Thị Kín" not in answer.text
    assert world.state(code) == "commune.appraisal"


def test_the_open_step_goes_to_the_substitute_the_flow_names(desk: Desk, world: World, code: str) -> None:
    declare(desk, "appraiser.xa", code)
    assert code in desk.browse("secretary.xa").page("/viec").text
    desk.do("secretary.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    assert world.state(code) == "commune.council"


def test_with_nobody_left_the_step_stays_and_a_notice_goes_out(desk: Desk, world: World, code: str) -> None:
    for who in ("appraiser.xa", "secretary.xa", "office.xa", "deputy.xa"):
        declare(desk, who, code)
    task = world.session.execute(
        select(models.Task.duty, models.Task.nobody_free)
        .join(models.Nomination, models.Nomination.id == models.Task.nomination_id)
        .where(models.Nomination.code == code, models.Task.closed_at.is_(None))
    ).one()
    assert tuple(task) == ("appraiser", True)
    messages = world.session.scalars(select(models.OutboxMessage.payload).where(models.OutboxMessage.key == code)).all()
    assert [message["nobody_free"] for message in messages if message["act"] == "declare_conflict"][-1]


def test_it_counts_in_every_file_of_the_nominee(desk: Desk, world: World, code: str) -> None:
    nominee = world.session.scalar(
        select(models.Nominee.ref)
        .join(models.Nomination, models.Nomination.nominee_id == models.Nominee.id)
        .where(models.Nomination.code == code)
    )
    other = world.draft(form="GK-XA", nominee_ref=nominee) if nominee else ""
    world.do("nominator.xa", other, "submit")
    declare(desk, "appraiser.xa", code)
    assert "Đồng chí không tham gia xét hồ sơ này" in desk.read("appraiser.xa", other).text
    assert other in desk.browse("secretary.xa").page("/viec").text


def test_declared_twice_it_stands_once(desk: Desk, world: World, code: str) -> None:
    client = desk.browse("appraiser.xa")
    form = client.page(f"/ho-so/{code}/khai-xung-dot").form("Khai xung đột").values | SAID
    declare(desk, "appraiser.xa", code)
    answer = client.post(f"/ho-so/{code}/khai-xung-dot", data=form)
    assert answer.status_code == 303
    assert "từ trước" in client.page(answer.location).text
    declared = select(models.ConflictDeclaration.id).where(
        models.ConflictDeclaration.person_id == world.people["appraiser.xa"],
        models.ConflictDeclaration.nominee_id
        == select(models.Nomination.nominee_id).where(models.Nomination.code == code).scalar_subquery(),
    )
    assert len(world.session.scalars(declared).all()) == 1


@pytest.mark.parametrize(("missing", "said"), [("kind", "Quan hệ"), ("note", "Ghi rõ quan hệ")])
def test_what_is_missing_is_said_beside_its_field(desk: Desk, code: str, missing: str, said: str) -> None:
    answer = desk.browse("appraiser.xa").submit(
        f"/ho-so/{code}/khai-xung-dot", "Khai xung đột", **(SAID | {missing: ""})
    )
    assert answer.status_code == 422
    assert f"{said}" in answer.text
    assert "Hãy điền mục này." in answer.text


def test_a_file_of_another_scope_cannot_be_declared_on(desk: Desk, code: str) -> None:
    desk.browse("appraiser.xa2").page(f"/ho-so/{code}/khai-xung-dot", 404)


def test_the_nominee_sees_the_line_and_no_more(desk: Desk, world: World, code: str) -> None:
    nominee = select(models.Nomination.nominee_id).where(models.Nomination.code == code)
    with write_transaction(world.session):
        values = {"nominee_id": world.session.scalar(nominee), "person_id": world.people["member3.xa"], "role": "self"}
        world.session.add(models.NomineePerson(**values))
    page = desk.read("member3.xa", code)
    assert page.texts("h1") == [f"Hồ sơ {code}"]
    assert "Thẩm định" in page.text
