"""A signed paper is uploaded, checked by the worker, and told on the page: by whom, when, whether it was altered."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from nominations import models
from nominations.jobs.outbox import Outbox
from nominations.services.files import SIGNATURES
from tests.integration.web.approving import Browse, Desk
from tests.unit.documents.signing import Identity, identity, signed, unsigned
from tests.world import World


@pytest.fixture
def desk(world: World, browse: Browse) -> Desk:
    """The pages, and the province behind them."""
    return Desk(world, browse)


@pytest.fixture(scope="module")
def issuer() -> Identity:
    return identity("Tổ chức chứng thực mẫu")


def at_number(world: World) -> str:
    code = world.draft(form="GK-XA")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="1")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ.")
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    return code


def record(desk: Desk, code: str, content: bytes) -> None:
    sent = (io.BytesIO(content), "quyet-dinh.pdf")
    day = f"{desk.world.clock.today():%d/%m/%Y}"
    said = {"outcome": "award", "signer": "head.xa", "signed_on": day, "signed_file": sent}
    desk.do("clerk.xa", code, "record_signature", **said)


def work(app: Flask, world: World, roots: str = "") -> None:
    """The worker does everything that is due."""
    settings = dataclasses.replace(app.extensions["settings"], signature_roots=roots)
    outbox = Outbox.of(app.extensions["sessionmaker"], settings, world.clock)
    while outbox.work():
        pass
    world.session.rollback()


def test_who_signed_is_told_once_the_worker_has_looked(
    desk: Desk, world: World, app: Flask, issuer: Identity, tmp_path: Path
) -> None:
    code = at_number(world)
    record(desk, code, signed(unsigned(), identity("Nguyễn Văn Mẫu", issuer)))
    assert "Chữ ký số đang được kiểm tra" in desk.read("head.xa", code).text
    roots = tmp_path / "roots.pem"
    roots.write_bytes(issuer.pem)
    work(app, world, str(roots))
    page = desk.read("head.xa", code).text
    assert "Chữ ký số đúng, không sửa từ khi ký" in page
    assert "Người ký: Nguyễn Văn Mẫu" in page
    assert "Chứng thư do Tổ chức chứng thực mẫu cấp." in page


def test_an_unknown_issuer_and_an_altered_paper_are_told(
    desk: Desk, world: World, app: Flask, issuer: Identity
) -> None:
    whole = signed(unsigned(), identity("Lê Văn Lạ", issuer))
    first, second = at_number(world), at_number(world)
    record(desk, first, whole)
    place = len(whole) // 3
    record(desk, second, whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    work(app, world)
    assert "Chưa rõ tổ chức cấp chứng thư: Tổ chức chứng thực mẫu." in desk.read("head.xa", first).text
    altered = desk.read("head.xa", second).text
    assert "Chữ ký số không khớp: tệp đã bị sửa sau khi ký" in altered
    assert "Chữ ký số đúng" not in altered


def test_a_plain_paper_asks_nobody_to_look(desk: Desk, world: World) -> None:
    before = _messages(world)
    code = at_number(world)
    record(desk, code, unsigned())
    assert _messages(world) == before
    assert "Chữ ký số" not in desk.read("head.xa", code).text


def _messages(world: World) -> int:
    found = world.session.scalar(
        select(func.count()).select_from(models.OutboxMessage).where(models.OutboxMessage.topic == SIGNATURES)
    )
    world.session.rollback()
    return found or 0
