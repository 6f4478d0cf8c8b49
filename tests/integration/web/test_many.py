"""The pages of acts over many files: ticks, a choice, what would come of each line, what came of it; lists to sign."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.integration.services.plays import Cast, forward
from tests.integration.web.approving import Desk
from tests.pages import PageClient
from tests.world import World

Browse = Callable[[str], PageClient]


@pytest.fixture(scope="module")
def cast(province: World) -> Cast:
    """Everybody of the province."""
    return Cast(province)


@pytest.fixture
def desk(world: World, browse: Browse) -> Desk:
    """The pages, one person at a time."""
    return Desk(world, browse)


def at(world: World, cast: Cast, state: str, count: int, **more: str) -> list[str]:
    codes = [world.draft(**more) for _ in range(count)]
    for code in codes:
        forward(world, cast, code, state)
    return codes


def token(client: PageClient, address: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert found is not None
    return found[1]


def test_ticks_then_a_choice_then_each_line(world: World, cast: Cast, desk: Desk) -> None:
    codes = at(world, cast, "commune.appraisal", 2)
    [early] = at(world, cast, "commune.intake", 1)
    client = desk.browse("appraiser.xa")
    assert f'value="{codes[0]}:{world.version(codes[0])}"' in client.get("/viec").text
    csrf = token(client, "/viec")
    lines = [f"{code}:{world.version(code)}" for code in (*codes, early)]
    chosen = client.post("/viec/nhieu", data={"csrf_token": csrf, "line": lines})
    assert "Nêu ý kiến thẩm định" in chosen.text
    assert "2 trên 3 hồ sơ" in chosen.text
    asked = client.post("/viec/nhieu/recommend", data={"csrf_token": csrf, "line": lines})
    assert "Làm được 2 trên 3 hồ sơ" in asked.text
    assert 'name="reasons"' in asked.text
    assert "by_criterion" not in asked.text
    sent = {"csrf_token": csrf, "line": lines, "request_key": "mot-lan", "advice": "for"}
    wrong = client.post("/viec/nhieu/recommend/ghi", data=sent)
    assert wrong.status_code == 422
    assert world.state(codes[0]) == "commune.appraisal"
    typed = sent | {"reasons": "Đủ điều kiện, đã đối chiếu."}
    looked = client.post("/viec/nhieu/recommend/ghi", data=typed | {"look": "1"})
    assert "Đủ điều kiện, đã đối chiếu." in looked.text
    assert world.state(codes[0]) == "commune.appraisal"
    done = client.post("/viec/nhieu/recommend/ghi", data=typed)
    assert done.status_code == 409
    assert "đã ghi 2 trên 3 hồ sơ" in done.text
    again = client.post("/viec/nhieu/recommend/ghi", data=typed)
    assert "đã ghi 2 trên 3 hồ sơ" in again.text
    world.session.rollback()
    assert [world.state(code) for code in (*codes, early)] == ["commune.council"] * 2 + ["commune.intake"]


def test_what_is_not_theirs_is_not_told(world: World, cast: Cast, desk: Desk) -> None:
    [foreign] = at(world, cast, "commune.appraisal", 1, by="nominator.xa2")
    [mine] = at(world, cast, "commune.appraisal", 1)
    client = desk.browse("appraiser.xa")
    csrf = token(client, "/viec")
    lines = [f"{mine}:{world.version(mine)}", f"{foreign}:{world.version(foreign)}"]
    shown = client.post("/viec/nhieu", data={"csrf_token": csrf, "line": lines})
    assert "1 trên 2 hồ sơ" in shown.text
    assert "Hộ ông Đinh" not in re.sub(r"<a [^>]*>[^<]*</a>", "", shown.text)
    typed = {"csrf_token": csrf, "line": lines, "advice": "for", "reasons": "Đủ.", "request_key": "hai"}
    done = client.post("/viec/nhieu/recommend/ghi", data=typed)
    assert "không thuộc phạm vi của đồng chí" in done.text
    world.session.rollback()
    assert world.state(foreign) == "commune.appraisal"
    assert client.post("/viec/nhieu", data={"csrf_token": csrf, "line": ["x"]}).status_code == 400
    assert client.post("/viec/nhieu/save", data={"csrf_token": csrf, "line": lines}).status_code == 404


def test_a_list_is_composed_signed_and_numbered(world: World, cast: Cast, desk: Desk) -> None:
    codes = at(world, cast, "commune.signature", 3)
    specialist = desk.browse("appraiser.xa")
    shown = specialist.page("/to-trinh")
    assert "Soạn từ" in shown.text
    address = re.search(r'href="(/to-trinh/moi\?[^"]+)"', shown.text)
    assert address is not None
    where = address[1].replace("&amp;", "&")
    picking = specialist.page(where)
    assert all(code in picking.text for code in codes)
    csrf = token(specialist, where)
    lines = [f"{code}:{world.version(code)}" for code in codes]
    empty = specialist.post(where, data={"csrf_token": csrf})
    assert empty.status_code == 422
    made = specialist.post(where, data={"csrf_token": csrf, "line": lines})
    assert made.status_code == 303
    url = made.headers["Location"]
    page = specialist.page(url)
    assert "Đang soạn, chờ ký" in page.text
    assert specialist.get(f"{url}/van-ban/paper.pdf").data.startswith(b"%PDF")
    assert specialist.get(f"{url}/van-ban/paper.docx").data.startswith(b"PK")
    assert "Phiếu trình" not in page.text
    assert specialist.get(f"{url}/van-ban/check_slip.pdf").status_code == 404
    assert desk.browse("appraiser.xa2").get(url).status_code == 404
    specialist.submit(f"{url}/sua", "Lưu danh sách", line=lines[:2])
    head = desk.browse("head.xa")
    signed = head.submit(f"{url}/lam/ky", "Ký danh sách (2 trường hợp)")
    assert signed.status_code == 303, signed.text
    clerk = desk.browse("clerk.xa")
    refused = clerk.submit(f"{url}/lam/so", "Cấp số (2 trường hợp)", number="", numbered_on="hôm nay")
    assert refused.status_code == 422
    assert "hôm nay" in refused.text
    numbered = clerk.submit(f"{url}/lam/so", "Cấp số (2 trường hợp)", number="55")
    assert numbered.status_code == 303, numbered.text
    world.session.rollback()
    assert [world.state(code) for code in codes].count("district.intake") == 2
    page = clerk.page(url)
    assert "Đã cấp số" in page.text
    assert "Đi tiếp" in page.text
    assert "55" in desk.browse("appraiser.huyen").page(url).text


def test_a_list_before_the_chairman_has_its_slip(world: World, cast: Cast, desk: Desk) -> None:
    codes = at(world, cast, "chairman.signature", 2)
    office = desk.browse("office.tinh")
    where = re.search(r'href="(/to-trinh/moi\?[^"]+)"', office.page("/to-trinh").text)
    assert where is not None
    address = where[1].replace("&amp;", "&")
    lines = [f"{code}:{world.version(code)}" for code in codes]
    made = office.post(address, data={"csrf_token": token(office, address), "line": lines})
    url = made.headers["Location"]
    page = desk.browse("head.tinh").page(url).text
    assert "Phiếu trình" in page
    for output, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert f"{url}/van-ban/check_slip.{output}" in page
        assert desk.browse("head.tinh").get(f"{url}/van-ban/check_slip.{output}").data.startswith(start)
