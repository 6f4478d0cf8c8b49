"""The page of a nominee's accounts: found by name, named, taken back; what a nominee may know of the file."""

import pytest

from tests.integration.web.approving import Browse
from tests.pages import PageClient
from tests.world import World

NAME = "Hộ bà Đinh Thị Riêng"


@pytest.fixture
def code(world: World) -> str:
    """A draft for a household."""
    return world.draft(name=NAME)


def choose(client: PageClient, code: str, query: str, **typed: str) -> str:
    """Search, pick an account and name it; where that led."""
    answer = client.submit(f"/ho-so/{code}/tai-khoan?q={query}", "Ghi tài khoản", **typed)
    assert answer.status_code == 303, answer.text
    return answer.location


def test_the_draft_leads_to_it_and_the_account_is_picked_from_a_list(world: World, browse: Browse, code: str) -> None:
    client = browse("nominator.xa")
    assert f"/ho-so/{code}/tai-khoan" in client.page(f"/ho-so/{code}/soan/nominee").text
    assert "clerk.xa2" not in client.page(f"/ho-so/{code}/tai-khoan").text
    page = client.page(choose(client, code, "CLERK", person="clerk.xa2", role="self"))
    assert "Đã ghi tài khoản của người được đề nghị. Mã đối chứng nhật ký: " in page.texts(".flashes")[0]
    assert "clerk.xa2" in page.texts("#named")[0]
    assert "Đã ghi 1 tài khoản." in client.page(f"/ho-so/{code}/soan/nominee").text
    world.session.rollback()


def test_it_is_suggested_where_name_and_unit_are_the_same(world: World, browse: Browse) -> None:
    client = browse("nominator.xa")
    code = world.draft(kind="individual", name="clerk.xa")
    page = client.page(f"/ho-so/{code}/tai-khoan")
    assert "Có thể là người này" in page.text
    assert page.texts("#found .mono") == ["clerk.xa"]
    other = world.draft(kind="individual", name="clerk.xa2")
    assert "Có thể là người này" not in client.page(f"/ho-so/{other}/tai-khoan").text


def test_nothing_chosen_is_said_beside_the_list_and_the_search_stays(browse: Browse, code: str) -> None:
    answer = browse("nominator.xa").submit(f"/ho-so/{code}/tai-khoan?q=clerk", "Ghi tài khoản", role="self")
    assert answer.status_code == 422
    assert "Hãy điền mục này." in answer.text
    assert 'value="clerk"' in answer.text


def test_an_account_is_taken_back_with_a_reason(browse: Browse, code: str) -> None:
    client = browse("nominator.xa")
    choose(client, code, "clerk", person="clerk.xa2", role="self")
    place = f"/ho-so/{code}/tai-khoan"
    answer = client.submit(place, "Gỡ")
    assert answer.status_code == 422
    answer = client.submit(place, "Gỡ", reasons="Trùng tên.")
    assert answer.status_code == 303
    assert "clerk.xa2" not in client.page(answer.location).text


def test_strangers_and_those_without_the_duty_see_nobody(world: World, browse: Browse, code: str) -> None:
    choose(browse("nominator.xa"), code, "clerk", person="clerk.xa2", role="self")
    browse("nominator.xa2").page(f"/ho-so/{code}/tai-khoan", 404)
    world.do("nominator.xa", code, "submit")
    page = browse("head.xa").page(f"/ho-so/{code}/tai-khoan?q=clerk")
    assert "clerk.xa2" not in page.texts("main")[0]
    assert "Hôm nay đồng chí không giữ nhiệm vụ" in page.text
    assert f"/ho-so/{code}/tai-khoan" in browse("appraiser.xa").page(f"/ho-so/{code}").text
    assert f"/ho-so/{code}/tai-khoan" not in browse("head.xa").page(f"/ho-so/{code}").text


def test_the_nominee_sees_the_status_in_plain_words_and_no_more(world: World, browse: Browse, code: str) -> None:
    choose(browse("nominator.xa"), code, "clerk", person="clerk.sgt", role="self")
    client = browse("clerk.sgt")
    assert NAME not in client.page("/toi").text
    world.do("nominator.xa", code, "submit")
    page = client.page("/toi")
    assert NAME in page.text
    assert "Đang được xem xét" in page.text
    assert code not in page.text
    client.page(f"/ho-so/{code}", 404)
    near = browse("nominator.xa")
    other = world.draft(name="Hộ ông Đinh Văn Gần")
    choose(near, other, "member", person="member3.xa", role="self")
    world.do("nominator.xa", other, "submit")
    inside = browse("member3.xa")
    assert "Đinh Văn Gần" not in inside.page(f"/ho-so/{other}").text
    assert inside.get(f"/ho-so/{other}/tai-khoan").location == f"/ho-so/{other}"
    answer = inside.post(f"/ho-so/{other}/tai-khoan", data={"version": "1", "person": "clerk.xa", "role": "self"})
    assert answer.status_code in (400, 409)


@pytest.mark.parametrize("typed", ["\u202eexe", "<script>alert(1)</script>", "%_'", "ố" * 300, "١٢", "{{ 7*7 }}"])
def test_anything_may_be_searched_for(browse: Browse, code: str, typed: str) -> None:
    client = browse("nominator.xa")
    answer = client.get(f"/ho-so/{code}/tai-khoan", query_string={"q": typed})
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.text
