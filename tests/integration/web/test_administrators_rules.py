"""Administrators' pages of what files go by: rounds, flows, calendar, figures of the law, each change in the log."""

import hashlib
from datetime import date

from sqlalchemy import insert, update

from nominations import models
from nominations.queries.kept import forget
from nominations.services.calendars import removed_days
from nominations.transactions import write_transaction
from tests.integration.web.administration import A, Browse, entries, faults, one, send, signed_in
from tests.pages import Page, PageClient
from tests.world import World

# --- rounds -------------------------------------------------------------------------------------------------------


def test_a_round_is_opened_changed_and_closed(admin: PageClient, world: World) -> None:
    new = {
        "code": "dot-2024",
        "title": "Đợt năm 2024",
        "kind": "annual",
        "issuing_unit": str(world.units["52"]),
        "opens_on": "01/03/2024",
        "closes_on": "30/09/2024",
        "achievement_from": "01/01/2023",
        "achievement_to": "31/12/2023",
        "forms": ["GK-XA", "BK-TINH"],
    }
    made = send(admin, f"{A}/dot-xet/moi", **new)
    assert made.location == f"{A}/dot-xet/dot-2024"
    world.draft(round_code="dot-2024", form="GK-XA", name="Hộ của đợt")
    changed = send(admin, made.location, closes_on="31/10/2024", forms=["GK-XA", "GK-SO"])
    assert changed.status_code == 303
    assert "31/10/2024" in admin.page(made.location).text
    kept = send(admin, made.location, forms=["BK-TINH"])
    assert kept.status_code == 422
    assert "đã có hồ sơ theo hình thức GK-XA" in kept.text
    assert "1 bản nháp" in admin.page(f"{made.location}/dong").text
    assert send(admin, f"{made.location}/dong").status_code == 303
    again = admin.post(f"{made.location}/dong", data=admin.page("/toi").form("Đăng xuất").values)
    assert "kết thúc trước đó" in again.text
    assert entries(world, "settings")[-3:] == ["create_round", "change_round", "close_round"]


def test_wrong_rounds_are_refused_and_kept(admin: PageClient, world: World) -> None:
    right = {
        "code": "dot-sai",
        "title": "Đợt sai",
        "kind": "annual",
        "issuing_unit": str(world.units["52"]),
        "opens_on": "01/03/2024",
        "closes_on": "30/09/2024",
        "achievement_from": "01/01/2023",
        "achievement_to": "31/12/2023",
        "forms": ["GK-XA"],
    }
    for wrong, said in (
        ({"closes_on": "01/01/2024"}, "Ngày cuối trước ngày đầu"),
        ({"achievement_to": "01/01/2022"}, "Ngày cuối trước ngày đầu"),
        ({"code": "tong-ket"}, "Mã đợt này đã có"),
        ({"kind": "lạ"}, "Hãy chọn một giá trị"),
        ({"forms": ["XX"]}, "Hãy chọn một giá trị"),
        ({"forms": []}, "Hãy điền"),
        ({"opens_on": "1/13/2024"}, "dạng ngày/tháng/năm"),
        ({"issuing_unit": "0"}, "Không tìm thấy cơ quan"),
    ):
        answer = send(admin, f"{A}/dot-xet/moi", **(right | wrong))
        assert answer.status_code == 422, wrong
        assert any(said in fault for fault in faults(answer.text)), (wrong, faults(answer.text))
        assert Page(A, answer.text).form("Mở đợt xét").values["title"] == ["Đợt sai"]


# --- flows --------------------------------------------------------------------------------------------------------


def version_of(world: World, form: str, number: int = 1) -> int:
    return one(world, models.WorkflowVersion, form=form, rule_set="R2", tiers=3, number=number).id


def test_every_flow_is_drawn_proved_and_explained(admin: PageClient, world: World) -> None:
    listed = admin.page(f"{A}/quy-trinh").texts("#flows-table tbody tr")
    assert len(listed) == 22
    for form, boxes in (("GK-XA", 5), ("BK-TTG", 23)):
        page = admin.page(f"{A}/quy-trinh/{version_of(world, form)}")
        assert len(page.texts("svg.flow-drawing g")) == boxes
        assert len(page.texts("#steps-table tbody tr")) == boxes
        assert len(page.texts("#proofs li")) == 11
        assert page.texts("#proofs li.tone-bad") == []
        assert "stateDiagram-v2" in page.text
        assert page.texts("#papers-table tbody tr")
    admin.page(f"{A}/quy-trinh/999999", 404)
    admin.page(f"{A}/quy-trinh/{version_of(world, 'GK-XA')}/so-sanh", 404)
    admin.page(f"{A}/quy-trinh/{version_of(world, 'GK-XA')}/ban-hanh", 404)


def test_other_deadlines_are_a_new_version_and_the_difference_is_shown(admin: PageClient, world: World) -> None:
    first = version_of(world, "BK-TINH")
    code = world.draft()
    address = f"{A}/quy-trinh/{first}/thoi-han"
    changed = send(admin, address, **{"days-board.appraisal": "12", "source-board.appraisal": "[S-16]"})
    second = version_of(world, "BK-TINH", 2)
    assert changed.location == f"{A}/quy-trinh/{second}"
    shown = admin.page(f"{A}/quy-trinh/{second}/so-sanh")
    assert shown.texts("#changes tbody th") == [
        "deadlines[board.appraisal].source",
        "deadlines[board.appraisal].working_days",
    ]
    assert entries(world, "settings")[-1] == "publish_flow"
    pinned = one(world, models.Nomination, code=code).workflow_id
    assert pinned == first
    forget(world.session)  # another process learns of it within a minute
    later = one(world, models.Nomination, code=world.draft()).workflow_id
    assert later == second
    admin.page(address, 404)  # only the version in force can be followed by another
    same = send(admin, f"{A}/quy-trinh/{second}/thoi-han")
    assert same.location == f"{A}/quy-trinh/{second}"


def test_wrong_deadlines_are_refused_and_kept(admin: PageClient, world: World) -> None:
    address = f"{A}/quy-trinh/{version_of(world, 'GK-SO')}/thoi-han"
    for wrong, said in (
        ({"days-unit.check": "0"}, "Số phải từ 1 đến 120"),
        ({"days-unit.check": "mười"}, "Số phải từ 1 đến 120"),
        ({"days-unit.check": ""}, "Hãy điền"),
        ({"source-unit.check": "nghe nói"}, "dấu nguồn"),
        ({"source-unit.check": "[S-9999]"}, "dấu nguồn"),
    ):
        answer = send(admin, address, **wrong)
        assert answer.status_code == 422
        assert any(said in fault for fault in faults(answer.text)), (wrong, faults(answer.text))
    assert len(world.session.query(models.WorkflowVersion).filter_by(form="GK-SO", rule_set="R2", tiers=3).all()) == 1
    world.session.rollback()


def test_a_new_structure_is_shown_and_published(admin: PageClient, world: World) -> None:
    older, first = models.WorkflowVersion, version_of(world, "GK-DN")
    with write_transaction(world.session) as session:
        row = session.get_one(older, first)
        content = row.content.replace(b'"source":"[S-19]"', b'"source":"[memory]"', 1)
        session.execute(update(older).where(older.id == row.id).values(active=False))
        values = {"form": "GK-DN", "rule_set": "R2", "tiers": 3, "number": 2, "content": content, "active": True}
        digest = hashlib.sha256(content).hexdigest()
        session.execute(insert(older).values(values | {"sha256": digest, "published_at": world.clock.now()}))
    assert "Có bản mới chờ ban hành" in admin.page(f"{A}/quy-trinh").text
    address = f"{A}/quy-trinh/{version_of(world, 'GK-DN', 2)}/ban-hanh"
    assert "[S-19]" in admin.page(address).text
    published = send(admin, address)
    assert published.location == f"{A}/quy-trinh/{version_of(world, 'GK-DN', 3)}"


# --- calendar and figures -----------------------------------------------------------------------------------------


def test_a_day_is_put_in_changed_and_taken_out_for_good(admin: PageClient, world: World) -> None:
    day = {"on_date": "02/09/2024", "kind": "holiday", "name": "Quốc khánh", "source": "[memory]"}
    assert send(admin, f"{A}/lich", **day).location == f"{A}/lich?nam=2024"
    assert send(admin, f"{A}/lich?sua=2024-09-02", name="Quốc khánh, nghỉ lễ").status_code == 303
    assert "Quốc khánh, nghỉ lễ" in admin.page(f"{A}/lich?nam=2024").text
    assert send(admin, f"{A}/lich/2024-09-02/bo").status_code == 303
    assert removed_days(world.session) == {date(2024, 9, 2)}
    world.session.rollback()
    admin.page(f"{A}/lich/2024-09-02/bo", 404)
    admin.page(f"{A}/lich/xyz/bo", 404)
    assert entries(world, "settings")[-3:] == ["set_holiday", "set_holiday", "remove_holiday"]
    assert send(admin, f"{A}/lich", **day).status_code == 303
    assert removed_days(world.session) == frozenset()
    world.session.rollback()


def test_wrong_days_are_refused_and_kept(admin: PageClient) -> None:
    right = {"on_date": "02/09/2024", "kind": "holiday", "name": "Quốc khánh", "source": "[memory]"}
    for wrong, said in (
        ({"on_date": "40/09/2024"}, "dạng ngày/tháng/năm"),
        ({"on_date": "02/09/1900"}, "Ngày phải từ"),
        ({"kind": "lạ"}, "Hãy chọn một giá trị"),
        ({"kind": "swapped_workday"}, "thứ Bảy hoặc Chủ nhật"),
        ({"name": " "}, "Hãy điền"),
        ({"source": ""}, "Hãy điền"),
        ({"source": "chắc vậy"}, "dấu nguồn"),
    ):
        answer = send(admin, f"{A}/lich", **(right | wrong))
        assert answer.status_code == 422, wrong
        assert any(said in fault for fault in faults(answer.text)), (wrong, faults(answer.text))
        assert Page(A, answer.text).form("Lưu vào lịch").values["on_date"] == [(right | wrong)["on_date"]]


def test_a_new_figure_ends_the_one_before_and_a_wrong_one_is_put_right(admin: PageClient, world: World) -> None:
    first = {"what": "base_salary:", "valid_from": "01/07/2019", "value": "1490000", "source": "[S-61]"}
    assert send(admin, f"{A}/gia-tri/moi", **first).status_code == 303
    second = first | {"valid_from": "01/07/2023", "value": "1800000", "source": "[S-65]"}
    assert send(admin, f"{A}/gia-tri/moi", **second).status_code == 303
    between = first | {"valid_from": "01/01/2021", "value": "1500000"}
    assert send(admin, f"{A}/gia-tri/moi", **between).status_code == 303
    rows = world.session.query(models.LegalValue).filter_by(kind="base_salary").order_by(models.LegalValue.valid_from)
    assert [(row.value, row.valid_to) for row in rows] == [
        ("1490000", date(2020, 12, 31)),
        ("1500000", date(2023, 6, 30)),
        ("1800000", None),
    ]
    middle = one(world, models.LegalValue, value="1500000").id
    assert send(admin, f"{A}/gia-tri/{middle}", value="1550000").status_code == 303
    assert "chồng lên" in send(admin, f"{A}/gia-tri/{middle}", valid_to="").text
    assert "1.550.000 đồng" in admin.page(f"{A}/gia-tri").text
    assert entries(world, "settings")[-4:] == ["add_legal_value"] * 3 + ["correct_legal_value"]


def test_wrong_figures_are_refused_and_kept(admin: PageClient) -> None:
    right = {"what": "bonus_multiplier:household", "valid_from": "01/01/2024", "value": "1,5", "source": "[memory]"}
    assert send(admin, f"{A}/gia-tri/moi", **right).status_code == 303
    assert "1,5" in admin.page(f"{A}/gia-tri").text
    for wrong, said in (
        ({}, "Đã có giá trị bắt đầu"),
        ({"value": "một"}, "Hãy nhập số"),
        ({"value": "-1"}, "Hãy nhập số"),
        ({"value": "NaN"}, "Hãy nhập số"),
        ({"value": "1e400"}, "Hãy nhập số"),
        ({"source": ""}, "Hãy điền"),
        ({"source": "[báo]"}, "dấu nguồn"),
        ({"what": "thuế:"}, "Hãy chọn một giá trị"),
        ({"what": "bonus_multiplier:vua"}, "Hãy chọn một giá trị"),
        ({"valid_from": "2024"}, "dạng ngày/tháng/năm"),
    ):
        answer = send(admin, f"{A}/gia-tri/moi", **(right | wrong))
        assert answer.status_code == 422, wrong
        assert any(said in fault for fault in faults(answer.text)), (wrong, faults(answer.text))
    admin.page(f"{A}/gia-tri/999999", 404)


def test_the_outbox_is_shown(browse: Browse, world: World) -> None:
    world.do("nominator.xa", world.draft(), "submit")
    assert "Thông báo việc của hồ sơ" in signed_in(browse, world, "quan.tri").page(f"{A}/hang-doi").text
