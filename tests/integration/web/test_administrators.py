"""Administrators' pages: each change through a service with its entry, wrong input said and kept, and never a file."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from nominations import models
from nominations.services.errors import NotFound
from nominations.services.passwords import verify
from nominations.web import administrators
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
from tests.pages import Page, PageClient
from tests.world import World

# --- who may come in ----------------------------------------------------------------------------------------------


def test_nobody_else_comes_in(app: Flask, browse: Browse, client: PageClient) -> None:
    somebody = browse("head.snv")
    name = administrators.blueprint.name
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{name}.")]
    assert len(rules) > 20
    for rule in rules:
        address = re.sub(r"<[^>]+>", "1", rule.rule)
        assert somebody.get(address).status_code in {403, 404}, address
        assert client.get(address).status_code in {303, 404}, address


def test_an_administrator_sees_and_decides_no_file(browse: Browse, world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    admin = signed_in(browse, world, "quan.tri")
    for address in (f"/ho-so/{code}", f"/ho-so/{code}/thao-tac/accept", f"/kiem-toan/ho-so/{code}"):
        assert admin.get(address).status_code in {403, 404}, address
    assert code not in admin.page("/").text
    with pytest.raises(NotFound):
        world.attempt("quan.tri", code, "accept", arrival_number="1")
    assert world.state(code) == "commune.intake"


# --- people and posts ---------------------------------------------------------------------------------------------


def test_an_account_is_made_with_a_password_shown_once(admin: PageClient, world: World) -> None:
    before = entries(world, "people")
    answer = send(admin, f"{A}/nguoi/moi", username="Nguyen.An", full_name="Nguyễn Văn An", email="an@example.vn")
    assert answer.status_code == 200
    [password] = Page(A, answer.text).texts("#one-time-password")
    person = one(world, models.Person, username="nguyen.an")
    assert verify(person.password_hash, password)
    assert password not in admin.page(f"{A}/nguoi/{person.ref}").text
    assert entries(world, "people") == [*before, "create_person"]
    assert admin.page(f"{A}/nguoi?q=nguyen van").texts("#people-table tbody th") == ["Nguyễn Văn An"]


def test_wrong_accounts_are_refused_and_kept(admin: PageClient, world: World) -> None:
    for typed, said in (
        ({"username": "Có Dấu", "full_name": "A"}, "Tên đăng nhập gồm"),
        ({"username": "head.xa", "full_name": "A"}, "đã có"),
        ({"username": "b.moi", "full_name": "  "}, "Hãy điền"),
        ({"username": "b.moi", "full_name": "B", "email": "không phải thư"}, "địa chỉ thư"),
        ({"username": "", "full_name": ""}, "Hãy điền"),
    ):
        before = entries(world, "people")
        answer = send(admin, f"{A}/nguoi/moi", **typed)
        assert answer.status_code == 422
        assert any(said in fault for fault in faults(answer.text)), (typed, faults(answer.text))
        assert Page(A, answer.text).form("Lập tài khoản").values["username"] == [typed["username"]]
        assert entries(world, "people") == before


def test_a_password_is_set_anew_and_an_account_switched_off_and_on(admin: PageClient, world: World) -> None:
    ref = ref_of(world, "clerk.xa2")
    answer = send(admin, f"{A}/nguoi/{ref}/mat-khau")
    [password] = Page(A, answer.text).texts("#one-time-password")
    assert verify(one(world, models.Person, username="clerk.xa2").password_hash, password)
    for active in (False, True):
        assert send(admin, f"{A}/nguoi/{ref}/trang-thai").status_code == 303
        assert one(world, models.Person, username="clerk.xa2").active is active
    assert entries(world, "people")[-3:] == ["set_password", "deactivate", "activate"]
    own = ref_of(world, "quan.tri")
    admin.page(f"{A}/nguoi/{own}/trang-thai", 404)


def test_a_duty_is_given_ended_and_handed_over(admin: PageClient, world: World) -> None:
    ref, unit = ref_of(world, "member1.xa"), str(world.units["21610"])
    post = {"unit": unit, "duty": "clerk", "title": "Văn thư", "valid_from": "01/04/2024", "valid_to": ""}
    assert send(admin, f"{A}/nguoi/{ref}/nhiem-vu", **post).location == f"{A}/nguoi/{ref}"
    given = address_of_post(world, "member1.xa")
    handed = send(admin, f"{given}/ban-giao", to_username="member2.xa", valid_to="30/06/2024")
    assert handed.status_code == 303
    heir = one(world, models.Post, person_id=world.people["member2.xa"])
    assert (heir.duty, heir.title, heir.valid_from) == ("clerk", "Văn thư", date(2024, 7, 1))
    assert one(world, models.Post, person_id=world.people["member1.xa"]).valid_to == date(2024, 6, 30)
    ended = address_of_post(world, "member2.xa")
    assert send(admin, f"{ended}/ket-thuc", valid_to="31/12/2024").status_code == 303
    assert entries(world, "people")[-4:] == ["grant", "revoke", "grant", "revoke"]
    again = send(admin, f"{ended}/ket-thuc", valid_to="31/12/2024")
    assert again.status_code == 422
    assert "kết thúc trước đó" in again.text


def test_wrong_duties_are_refused_and_kept(admin: PageClient, world: World) -> None:
    ref, unit = ref_of(world, "head.sgt"), str(world.units["SGT"])
    right = {"unit": unit, "duty": "clerk", "title": "Văn thư", "valid_from": "01/04/2024", "valid_to": ""}
    for wrong, said in (
        ({"unit": ""}, "Hãy điền"),
        ({"unit": "999999"}, "Không tìm thấy cơ quan"),
        ({"unit": "1 OR 1=1"}, "Không tìm thấy cơ quan"),
        ({"duty": "vua"}, "Hãy chọn một giá trị"),
        ({"duty": "head", "valid_from": "01/01/2022"}, "đã giữ nhiệm vụ"),
        ({"title": "  "}, "Hãy điền"),
        ({"valid_from": "31/02/2024"}, "dạng ngày/tháng/năm"),
        ({"valid_from": "hôm nay"}, "dạng ngày/tháng/năm"),
        ({"valid_to": "01/03/2024"}, "Ngày cuối trước ngày đầu"),
        ({"duty": "admin"}, "Quản trị viên không đồng thời"),
    ):
        answer = send(admin, f"{A}/nguoi/{ref}/nhiem-vu", **(right | wrong))
        assert answer.status_code == 422, wrong
        assert any(said in fault for fault in faults(answer.text)), (wrong, faults(answer.text))
        assert Page(A, answer.text).form("Giao nhiệm vụ").values["title"] == [(right | wrong)["title"]]


def test_an_administrator_handles_no_files_and_promotes_nobody_to_themself(
    admin: PageClient, browse: Browse, world: World
) -> None:
    unit = str(world.units["52"])
    post = {"unit": unit, "duty": "head", "title": "Chủ tịch", "valid_from": "01/04/2024", "valid_to": ""}
    own = send(admin, f"{A}/nguoi/{ref_of(world, 'quan.tri')}/nhiem-vu", **post)
    assert "Không tự giao nhiệm vụ" in own.text
    signed_in(browse, world, "quan.tri2")
    other = send(admin, f"{A}/nguoi/{ref_of(world, 'quan.tri2')}/nhiem-vu", **post)
    assert "Quản trị viên không đồng thời" in other.text
    council = one(world, models.Council, unit_id=world.units["52"]).id
    seat = {"person": "quan.tri2", "role": "member", "valid_from": "01/04/2024", "valid_to": ""}
    assert "Quản trị viên không đồng thời" in send(admin, f"{A}/hoi-dong/{council}/thanh-vien", **seat).text


# --- councils -----------------------------------------------------------------------------------------------------


def test_a_council_is_set_up_seated_and_ended(admin: PageClient, world: World) -> None:
    unit = world.staff("moi.hoidong", "SNV", ())
    assert unit
    old = one(world, models.Council, unit_id=world.units["SNV"])
    assert send(admin, f"{A}/hoi-dong/{old.id}/ket-thuc", valid_to="31/03/2024").status_code == 303
    new = {"unit": str(world.units["SNV"]), "name": "Hội đồng mới", "valid_from": "01/04/2024", "valid_to": ""}
    made = send(admin, f"{A}/hoi-dong/moi", **new)
    assert made.status_code == 303
    seat = {"person": "moi.hoidong", "role": "chair", "valid_from": "01/04/2024", "valid_to": ""}
    assert send(admin, f"{made.location}/thanh-vien", **seat).status_code == 303
    page = admin.page(made.location)
    assert page.texts("#seats-table tbody th") == ["moi.hoidong"]
    row = one(world, models.CouncilSeat, person_id=world.people["moi.hoidong"])
    assert send(admin, f"{made.location}/thanh-vien/{row.id}/ket-thuc", valid_to="30/04/2024").status_code == 303
    assert entries(world, "people")[-4:] == ["close_council", "open_council", "seat", "end_seat"]
    seats = world.session.scalars(select(models.CouncilSeat.valid_to).where(models.CouncilSeat.council_id == old.id))
    assert set(seats) == {date(2024, 3, 31)}
    world.session.rollback()


def test_wrong_councils_and_seats_are_refused(admin: PageClient, world: World) -> None:
    unit = str(world.units["21613"])
    second = {"unit": unit, "name": "Hội đồng hai", "valid_from": "01/04/2024", "valid_to": ""}
    assert "đã có Hội đồng" in send(admin, f"{A}/hoi-dong/moi", **second).text
    council = one(world, models.Council, unit_id=world.units["21613"]).id
    for wrong, said in (
        ({"person": "khong.co"}, "Không tìm thấy người này"),
        ({"person": "member1.xa"}, "đã giữ nhiệm vụ"),
        ({"person": "head.xa", "role": "vua"}, "Hãy chọn một giá trị"),
        ({"person": "head.xa", "valid_from": "01/01/2019"}, "Ngày cuối trước ngày đầu"),
    ):
        seat = {"person": "head.xa", "role": "chair", "valid_from": "01/04/2024", "valid_to": ""} | wrong
        answer = send(admin, f"{A}/hoi-dong/{council}/thanh-vien", **seat)
        assert answer.status_code == 422
        assert said in answer.text, wrong


# --- units --------------------------------------------------------------------------------------------------------


def test_the_tree_is_that_of_its_day(admin: PageClient, world: World) -> None:
    district = "Đơn vị 542"
    assert district in admin.page(f"{A}/don-vi?ngay=30/06/2025").text
    assert district not in admin.page(f"{A}/don-vi?ngay=01/07/2025").text
    assert admin.page(f"{A}/don-vi?q=don vi 21613").texts("#units-table tbody th") == ["Đơn vị 21613 21613"]
    assert "dạng ngày/tháng/năm" in admin.page(f"{A}/don-vi?ngay=hôm+qua", 422).text
    page = admin.page(f"{A}/don-vi/{world.units['21613']}")
    assert len(page.texts("#posts-table tbody tr")) >= 7


def test_a_unit_is_opened(admin: PageClient, world: World) -> None:
    before = entries(world, "units")
    new = {
        "name": "Hợp tác xã Mẫu",
        "code": "HTX-MAU",
        "kind": "cooperative",
        "parent": str(world.units["52"]),
        "valid_from": "01/02/2024",
        "bloc": "",
    }
    made = send(admin, f"{A}/don-vi/moi", **new)
    assert "Hợp tác xã Mẫu" in admin.page(made.location).text
    assert entries(world, "units") == [*before, "open_unit"]
    assert "mã khác" in send(admin, f"{A}/don-vi/moi", **new).text
