"""The page of notices: what happened to files of one's own desk, set aside for the whole desk, of nobody else's."""

from __future__ import annotations

import pytest
from flask import Flask

from nominations.jobs.outbox import Outbox
from tests.integration.web.approving import Browse
from tests.world import World


@pytest.fixture
def worker(app: Flask, world: World) -> Outbox:
    """The worker of this installation; no mail goes out."""
    return Outbox(app.extensions["sessionmaker"], app.extensions["settings"], world.clock, world.clock, None)


def submitted(world: World, worker: Outbox, name: str) -> str:
    """A file that has come to the commune, of which the worker has told."""
    code = world.draft(name=name)
    world.do("nominator.xa", code, "submit")
    world.session.rollback()
    while worker.work():
        pass
    return code


def test_a_notice_leads_to_its_file_and_is_set_aside(browse: Browse, world: World, worker: Outbox) -> None:
    code = submitted(world, worker, "Hộ bà Thông Báo")
    appraiser = browse("appraiser.xa")
    page = appraiser.page("/thong-bao")
    [line] = [text for text in page.texts("#notices tbody tr") if code in text]
    assert "đã chuyển tới đồng chí và đang chờ xử lý" in line
    assert "Mới" in line
    assert "Hộ bà Thông Báo" not in line  # a notice says that something waits, never what a file says
    assert appraiser.page(f"/ho-so/{code}").texts("h1")
    assert appraiser.submit("/thong-bao", "Đánh dấu đã đọc").status_code == 303
    [line] = [text for text in appraiser.page("/thong-bao").texts("#notices tbody tr") if code in text]
    assert ("Mới" in line, "Đã đọc" in line) == (False, True)
    assert not [text for text in browse("appraiser.xa2").page("/thong-bao").texts("#notices tbody tr") if code in text]


def test_what_came_since_the_page_was_shown_stays_new(browse: Browse, world: World, worker: Outbox) -> None:
    first = submitted(world, worker, "Hộ ông Thứ Nhất")
    seen = browse("appraiser.xa").page("/thong-bao").form("Đánh dấu đã đọc").values["last"]
    second = submitted(world, worker, "Hộ ông Thứ Hai")
    appraiser = browse("appraiser.xa")  # hours have gone by
    form = appraiser.page("/thong-bao").form("Đánh dấu đã đọc")
    assert appraiser.post(form.action, data=form.values | {"last": seen}).status_code == 303
    shown = appraiser.page("/thong-bao").texts("#notices tbody tr")
    assert [("Mới" in text) for text in shown if first in text or second in text] == [True, False]


def test_what_the_page_never_sends_is_refused(browse: Browse) -> None:
    client = browse("clerk.xa")
    page = client.page("/thong-bao")
    assert page.texts("h1") == ["Thông báo"]
    assert client.get("/thong-bao?cursor=x").status_code == 404
    token = client.page("/toi").form("Đăng xuất").values["csrf_token"]
    for last in ("", "x", "-1", "9" * 20, "١"):
        assert client.post("/thong-bao", data={"csrf_token": token, "last": last}).status_code == 400, last
