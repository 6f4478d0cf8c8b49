"""A duty handed over: what waits is listed before, the record names both and every file by its code, and stays true."""

from __future__ import annotations

import io
from datetime import timedelta

import docx
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from nominations import models
from nominations.documents.bodies import day_words
from tests.integration.web.administration import A, send, signed_in
from tests.integration.web.approving import Browse, Desk
from tests.pages import PageClient
from tests.world import START, World


@pytest.fixture
def desk(world: World, browse: Browse) -> Desk:
    """The pages, the province behind them, and an administrator."""
    world.clock.instant = START
    signed_in(browse, world, "admin.tinh")
    return Desk(world, browse)


def post_of(world: World, who: str, duty: str) -> str:
    found = world.session.scalar(
        select(models.Post.ref).where(models.Post.person_id == world.people[who], models.Post.duty == duty)
    )
    world.session.rollback()
    assert found is not None
    return found


def words_of(client: PageClient, post: str) -> str:
    """The record as its PDF says it."""
    answer = client.get(f"{A}/nhiem-vu/{post}/bien-ban.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_what_waits_is_listed_then_recorded_and_the_record_stays(desk: Desk, world: World) -> None:
    name = "Hộ ông Đinh Văn Chờ"
    waits, gone = world.draft(form="GK-XA", name=name), world.draft(form="GK-XA")
    for code in (waits, gone):
        world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", gone, "accept", arrival_number="1")
    world.do("appraiser.xa", gone, "recommend", advice="for", reasons="Đủ.")
    admin, post = desk.browse("admin.tinh"), post_of(world, "appraiser.xa", "appraiser")
    assert admin.get(f"{A}/nhiem-vu/{post}/bien-ban.pdf").status_code == 404
    page = admin.page(f"{A}/nhiem-vu/{post}/ban-giao").text
    assert waits in page
    assert gone not in page
    assert name not in page
    last = world.clock.today()
    handed = send(admin, f"{A}/nhiem-vu/{post}/ban-giao", to_username="member1.xa", valid_to=f"{last:%d/%m/%Y}")
    assert handed.status_code == 303
    assert f"{A}/nhiem-vu/{post}/bien-ban.pdf" in admin.page(handed.location).text
    assert "NHÁP" in words_of(admin, post)
    world.clock.instant += timedelta(days=2)
    admin = desk.browse("admin.tinh")
    before = words_of(admin, post)
    for said in ("BIÊN BẢN", "appraiser.xa", "member1.xa", waits, day_words(last).text,
                 day_words(last + timedelta(days=1)).text):  # fmt: skip
        assert said in before, said
    assert gone not in before
    assert name not in before
    assert "NHÁP" not in before
    world.do("member1.xa", waits, "accept", arrival_number="2")
    assert words_of(admin, post) == before
    kept = admin.get(f"{A}/nhiem-vu/{post}/bien-ban.docx")
    assert kept.headers["Content-Disposition"].startswith("attachment")
    table = docx.Document(io.BytesIO(kept.data)).tables
    assert any(waits in cell.text for one in table for row in one.rows for cell in row.cells)


def test_a_duty_nobody_took_is_a_draft_that_says_so(desk: Desk, world: World) -> None:
    admin, post = desk.browse("admin.tinh"), post_of(world, "clerk.xa2", "clerk")
    assert send(admin, f"{A}/nhiem-vu/{post}/ket-thuc", valid_to=f"{world.clock.today():%d/%m/%Y}").status_code == 303
    said = words_of(admin, post)
    assert "[bên nhận]" in said
    assert "không có." in said
    assert "NHÁP" in said


def test_the_record_is_the_administrators(desk: Desk, world: World) -> None:
    post = post_of(world, "clerk.xa2", "clerk")
    assert desk.browse("appraiser.xa").get(f"{A}/nhiem-vu/{post}/bien-ban.pdf").status_code == 403
    admin = desk.browse("admin.tinh")
    for wrong in (f"{post}/bien-ban.exe", "khong-co/bien-ban.pdf"):
        assert admin.get(f"{A}/nhiem-vu/{wrong}").status_code == 404
