"""Delegation on the pages: recorded and ended by an administrator, worked from by the receiver, read by the others."""

from __future__ import annotations

from datetime import timedelta

from nominations import models
from tests.integration.web.administration import (
    A,
    Browse,
    address_of_post,
    entries,
    faults,
    one,
    ref_of,
    send,
    signed_in,
)
from tests.integration.web.approving import ADVICE, Desk
from tests.pages import PageClient
from tests.world import START, World

PAPER = "12/QĐ-SNV ngày 01/3/2024"


def filled(world: World, given_to: str, **more: str) -> dict[str, str]:
    today = world.clock.today()
    right = {"receiver": given_to, "kind": "cover", "title": "Phó trưởng phòng", "document": PAPER}
    days = {"valid_from": f"{today:%d/%m/%Y}", "valid_to": f"{today + timedelta(days=20):%d/%m/%Y}"}
    return right | days | more


def test_a_delegation_is_recorded_worked_from_and_ended(browse: Browse, world: World) -> None:
    world.clock.instant = START
    code = world.draft(form="GK-XA")
    world.do("nominator.xa", code, "submit")
    assert browse("clerk.xa2").get(f"/ho-so/{code}").status_code == 404
    admin, given = signed_in(browse, world, "quan.tri"), address_of_post(world, "appraiser.xa")
    before = entries(world, "people")
    assert send(admin, f"{given}/giao-viec", **filled(world, "clerk.xa2")).status_code == 303
    assert entries(world, "people") == [*before, "delegate"]
    for who, other in (("appraiser.xa", "clerk.xa2"), ("clerk.xa2", "appraiser.xa")):
        page = admin.page(f"{A}/nguoi/{ref_of(world, who)}")
        assert any(other in cell for cell in page.texts("#delegations-table td"))
        assert PAPER in page.text

    desk = Desk(world, browse)
    receiver = desk.browse("clerk.xa2")
    assert code in receiver.page("/viec").text
    assert "làm thay appraiser.xa" in receiver.page("/toi").text
    desk.do("clerk.xa2", code, "accept", arrival_number="7")
    desk.do("clerk.xa2", code, "recommend", **ADVICE)
    assert "clerk.xa2 (làm thay appraiser.xa)" in desk.read("head.xa", code).text

    line = one(world, models.Delegation, receiver_id=world.people["clerk.xa2"])
    world.session.rollback()
    admin = signed_in(browse, world, "quan.tri")
    today = f"{world.clock.today() - timedelta(days=1):%d/%m/%Y}"
    assert send(admin, f"{A}/giao-viec/{line.ref}/ket-thuc", valid_to=today).status_code == 303
    assert entries(world, "people")[-1] == "end_delegation"
    assert send(admin, f"{A}/giao-viec/{line.ref}/ket-thuc", valid_to=today).status_code == 422
    assert desk.browse("clerk.xa2").get(f"/ho-so/{code}").status_code in {403, 404}


def test_wrong_delegations_are_refused_and_kept(admin: PageClient, world: World) -> None:
    given = address_of_post(world, "appraiser.sgt")
    for wrong, said in (
        ({"receiver": "khong.co"}, "Không tìm thấy"),
        ({"receiver": "appraiser.sgt"}, "đang giữ chính nhiệm vụ này"),
        ({"receiver": "quan.tri"}, "Không tự giao"),
        ({"kind": "TUQ"}, "không giao theo cách này"),
        ({"document": ""}, "Hãy điền"),
        ({"title": " "}, "Hãy điền"),
        ({"valid_to": "01/01/2019"}, "trước ngày đầu"),
    ):
        before = entries(world, "people")
        answer = send(admin, f"{given}/giao-viec", **filled(world, "clerk.sgt", **wrong))
        assert answer.status_code == 422, wrong
        assert any(said in fault for fault in faults(answer.text)), (wrong, faults(answer.text))
        assert entries(world, "people") == before
        assert wrong.get("document") == "" or PAPER in answer.text


def test_what_is_never_delegated_has_no_form(admin: PageClient, world: World) -> None:
    assert admin.get(f"{address_of_post(world, 'deputy.sgt')}/giao-viec").status_code == 404
    assert admin.get(f"{A}/nhiem-vu/{'0' * 32}/giao-viec").status_code == 404
    assert admin.get(f"{A}/giao-viec/{'0' * 32}/ket-thuc").status_code == 404


def test_a_head_chooses_between_order_and_authorisation(browse: Browse, world: World) -> None:
    world.clock.instant = START
    admin = signed_in(browse, world, "quan.tri")
    given = address_of_post(world, "head.sgt")
    page = admin.page(f"{given}/giao-viec")
    assert page.texts("#kind option")[1:] == ["Thừa lệnh (TL.)", "Thừa ủy quyền (TUQ.)"]
    assert send(admin, f"{given}/giao-viec", **filled(world, "clerk.sgt", kind="TUQ")).status_code == 303
