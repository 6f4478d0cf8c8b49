"""The administrator's pages of quotas, what a signatory is told, and the list of the API's caller."""

from sqlalchemy import select

from nominations import models
from tests.integration.web.administration import A, entries, faults, send
from tests.integration.web.approving import Browse, Desk
from tests.pages import Page, PageClient
from tests.world import World

RIGHT = {"form": "GK-XA", "subject_kind": "household", "unit": "", "most": "1", "mode": "hard", "source": "[practice]"}


def number_of(world: World, kind: str) -> int:
    """The row of the quota for a kind of nominee."""
    found = world.session.scalar(select(models.Quota.id).where(models.Quota.subject_kind == kind))
    world.session.rollback()
    assert found is not None
    return found


def test_a_quota_is_set_shown_and_changed(admin: PageClient, world: World) -> None:
    address = f"{A}/dot-xet/so-ket"
    assert "Đợt này không đặt chỉ tiêu" in admin.page(address).text
    unit = str(world.units["21613"])
    answer = send(admin, f"{address}/chi-tieu/moi", **(RIGHT | {"unit": unit, "most": "12", "subject_kind": "any"}))
    assert (answer.status_code, answer.location) == (303, address), answer.text
    [row] = admin.page(address).texts("#quotas-table tbody tr")
    assert "12" in row
    assert "Đơn vị 21613" in row
    assert "Cứng" in row
    changed = send(admin, f"{address}/chi-tieu/{number_of(world, 'any')}", most="15", mode="soft")
    assert changed.status_code == 303, changed.text
    assert "Mềm" in admin.page(address).texts("#quotas-table tbody tr")[0]
    assert entries(world, "settings")[-2:] == ["add_quota", "change_quota"]


def test_what_cannot_be_used_is_said_at_its_field_and_kept(admin: PageClient) -> None:
    address = f"{A}/dot-xet/hang-nam/chi-tieu/moi"
    for wrong, said in (
        ({"form": ""}, "Hãy điền"),
        ({"form": "XX"}, "Hãy chọn một giá trị"),
        ({"subject_kind": "mèo"}, "Hãy chọn một giá trị"),
        ({"unit": "abc"}, "Không tìm thấy cơ quan"),
        ({"most": ""}, "Hãy điền"),
        ({"most": "mười"}, "Số phải từ 0"),
        ({"most": "-1"}, "Số phải từ 0"),
        ({"source": "nghe nói"}, "dấu nguồn"),
    ):
        answer = send(admin, address, **(RIGHT | {"most": "7"} | wrong))
        assert answer.status_code == 422, wrong
        assert any(said in fault for fault in faults(answer.text)), (wrong, faults(answer.text))
        kept = Page(A, answer.text).form("Đặt chỉ tiêu").values
        assert kept["most"] == [wrong.get("most", "7")]
    admin.page(f"{A}/dot-xet/hang-nam/chi-tieu/999999", 404)
    admin.page(f"{A}/dot-xet/khong-co/chi-tieu/moi", 404)


def test_the_chairman_is_told_that_the_places_are_gone(admin: PageClient, world: World, browse: Browse) -> None:
    desk = Desk(world, browse)
    assert admin.get(f"{A}/dot-xet/tong-ket").status_code == 200  # the administrator is there before the day goes on
    codes = []
    for _ in range(2):
        code = world.draft(form="GK-XA")
        world.do("nominator.xa", code, "submit")
        world.do("appraiser.xa", code, "accept", arrival_number="12")
        world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
        world.vote(code, "xa", 4)
        world.do("secretary.xa", code, "close_ballot")
        codes.append(code)
    address = f"{A}/dot-xet/tong-ket"
    assert send(desk.browse("quan.tri"), f"{address}/chi-tieu/moi", **RIGHT).status_code == 303
    world.do("head.xa", codes[0], "award")
    page = desk.browse("head.xa").get(f"/ho-so/{codes[1]}/thao-tac/award")
    said = "Chỉ tiêu Giấy khen của Chủ tịch UBND cấp xã của tong-ket đã hết: 1 trên 1."
    assert said in page.text
    quota = number_of(world, "household")
    less = send(desk.browse("quan.tri"), f"{address}/chi-tieu/{quota}", most="0")
    assert less.status_code == 422
    assert "Đã có 1 trường hợp được tính" in faults(less.text)[0]
    assert send(desk.browse("quan.tri"), f"{address}/chi-tieu/{quota}", mode="soft").status_code == 303
    warned = desk.browse("head.xa").page(f"/ho-so/{codes[1]}/thao-tac/award")
    assert "Ký tiếp là vượt chỉ tiêu" in warned.text
    assert desk.try_("head.xa", codes[1], "award").status_code == 422  # the reason is asked for at its field
    desk.do("head.xa", codes[1], "award", reason_code="over_quota", reasons="Trường hợp tiêu biểu.")
