"""The public check of a certificate and the register: what they tell, what they never tell, and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from nominations import models
from nominations.limits import Limiter
from nominations.transactions import write_transaction
from tests.pages import PageClient
from tests.world import START, World

NAME = "Hộ bà Đinh Thị Ưng Ỷ"
FREE = Limiter(10**6, 10**6)


@pytest.fixture(scope="module")
def award(province: World) -> models.Award:
    """A household with the commune's certificate; its file has reasons and an address nobody outside reads."""
    province.clock.instant = START
    content = {"nominee": {"name": NAME, "address": "Thôn Bí Mật 7"}} | province.content("1.5")
    code = province.draft(form="GK-XA", name=NAME, content=content)
    province.do("nominator.xa", code, "submit")
    province.through_stage(code, "xa", agree=4, sign="award")
    found = province.session.scalar(
        select(models.Award).join(models.Nomination, models.Nomination.id == models.Award.nomination_id).where(
            models.Nomination.code == code
        )
    )  # fmt: skip
    assert found is not None
    province.session.expunge(found)
    province.session.rollback()
    return found


@pytest.fixture(autouse=True)
def unlimited(app: Flask) -> None:
    """As often as the tests like."""
    app.extensions |= {"public_checks": FREE, "public_looks": FREE}


def become(world: World, award: models.Award, status: str) -> None:
    """Give the award another status."""
    with write_transaction(world.session):
        world.session.execute(update(models.Award).where(models.Award.id == award.id).values(status=status))


def test_a_certificate_is_as_it_says(client: PageClient, award: models.Award) -> None:
    page = client.page(f"/kiem-tra/{award.check_code}")
    assert "Đã được khen thưởng đúng như dưới đây." in page.text
    for told in (
        NAME,
        "Giấy khen của Chủ tịch",
        f"{award.register_no}/2024",
        "04/03/2024",
        "xã Đơn vị 21613",
        "/QĐ-UBND",
    ):
        assert told in page.text, told


def test_nothing_of_the_file_is_told(client: PageClient, award: models.Award) -> None:
    for path in (f"/kiem-tra/{award.check_code}", "/khen-thuong"):
        text = client.get(path).text
        for untold in ("Bí Mật", "HS24-", "Đủ điều kiện", "member1", "head.xa", "4/5", "thoát nghèo"):
            assert untold not in text, untold
    assert client.get(f"/kiem-tra/{award.check_code}").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(("status", "said", "named"), [
    ("corrected", "đã được đính chính", True), ("revoked", "đã bị hủy bỏ", False),
    ("issued", "đúng như dưới đây", True),
])  # fmt: skip
def test_what_became_of_an_award_is_said(
    client: PageClient, world: World, award: models.Award, status: str, said: str, named: bool
) -> None:
    """A revoked one is in the register no longer, and its check names nobody."""
    become(world, award, status)
    try:
        page = client.page(f"/kiem-tra/{award.check_code}")
        assert said in page.text
        assert (NAME in page.text) == named
        assert (NAME in client.get("/khen-thuong").text) == named
    finally:
        become(world, award, "issued")


@pytest.mark.usefixtures("award")
@pytest.mark.parametrize(
    "code", ["ABCDEFGHJKMN", "A", "x" * 500, "' OR 1=1 --", "%00", "ABCDEFGHJKM0", "<script>", "-"]
)
def test_an_unknown_code_is_told_so(client: PageClient, code: str) -> None:
    answer = client.get(f"/kiem-tra/{code}")
    assert answer.status_code == 404
    assert NAME not in answer.text
    assert "<script>" not in answer.text.replace("<script src", "").replace("<script defer", "")


def test_a_code_is_read_as_people_write_it(client: PageClient, award: models.Award) -> None:
    code = award.check_code
    for typed in (code.lower(), f"{code[:4]}-{code[4:8]}-{code[8:]}", f" {code[:4]} {code[4:]}"):
        answer = client.get("/kiem-tra", query_string={"ma": typed})
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/kiem-tra/{code}"
    assert client.get("/kiem-tra", query_string={"ma": "không phải mã"}).headers["Location"] == "/kiem-tra/-"


@pytest.mark.usefixtures("award")
@pytest.mark.parametrize("typed", ["Ưng Ỷ", "ung y", "dinh thi", "Hộ bà Đinh", "HO BA"])
def test_the_register_finds_a_name_with_and_without_diacritics(client: PageClient, typed: str) -> None:
    assert NAME in client.page(f"/khen-thuong?q={typed}").text


@pytest.mark.usefixtures("award")
@pytest.mark.parametrize("typed", ["nobody", "%", "_", "'", "ng y", "\\"])
def test_the_register_finds_nothing_else(client: PageClient, typed: str) -> None:
    answer = client.get("/khen-thuong", query_string={"q": typed})
    assert answer.status_code == 200
    assert NAME not in answer.text


@pytest.mark.usefixtures("award")
def test_the_register_is_narrowed_by_form_and_refuses_identity_numbers(client: PageClient) -> None:
    assert NAME in client.page("/khen-thuong?form=GK-XA").text
    assert NAME not in client.page("/khen-thuong?form=BK-TINH").text
    answer = client.get("/khen-thuong?q=052123456789")
    assert answer.status_code == 422
    assert "Không tìm theo số căn cước" in answer.text
    assert 'name="q" value=""' in answer.text
    assert client.get("/khen-thuong?cursor=bad").status_code == 404


def test_a_guesser_is_slowed_down(app: Flask, client: PageClient, award: models.Award) -> None:
    now = [0.0]
    app.extensions["public_checks"] = Limiter(60, 2, lambda: now[0])
    codes = [client.get(f"/kiem-tra/{award.check_code}").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    refused = client.get("/kiem-tra/ABCDEFGHJKMN")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "1"
    now[0] = 1.0
    assert client.get(f"/kiem-tra/{award.check_code}").status_code == 200


@pytest.mark.usefixtures("award")
def test_codes_cannot_be_guessed_one_from_another(world: World) -> None:
    codes = set(world.session.scalars(select(models.Award.check_code)))
    world.session.rollback()
    assert all(len(code) == 12 for code in codes)


def test_the_register_ends_with_today(world: World, client: PageClient, award: models.Award) -> None:
    """The demonstration has awards of days that its clock has not reached."""
    assert NAME in client.get("/khen-thuong").text
    with world.on(award.decided_on - timedelta(days=1)):
        assert NAME not in client.get("/khen-thuong").text
