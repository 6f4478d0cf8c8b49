"""The administrators' pages of the reorganisation and of running files: looked at, decided, carried out by number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select

from nominations import models
from nominations.transactions import write_transaction
from tests.integration.web.administration import A, entries, one, signed_in
from tests.pages import PageClient
from tests.world import World

TURN = date(2025, 7, 1)
PAGE = f"{A}/sap-xep"
ADMINISTRATOR = "admin.sapxep"


@pytest.fixture(scope="module", autouse=True)
def listed(province: World) -> World:
    """The district's line of the list: it ends, and nobody succeeds it."""
    with write_transaction(province.session) as session:
        session.execute(
            insert(models.UnitSuccession).values(
                old_unit_id=province.units["542"], function="all", effective_on=TURN, source="[S-72], [inference]"
            )
        )
    return province


def sent(world: World, **more: str) -> str:
    """A file the commune has sent up to the district."""
    world.clock.instant = datetime(2025, 6, 2, 2, tzinfo=UTC)
    code = world.draft(form=more.get("form", "BK-TINH"))
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    return code


def test_the_dry_run_its_workbook_and_the_act(world: World, browse: Callable[[str], PageClient]) -> None:
    code, gone = sent(world), sent(world, form="GK-HUYEN")
    early = signed_in(browse, world, ADMINISTRATOR).page(PAGE)
    assert code in early.text
    assert "Chưa tới ngày" in early.text
    world.clock.instant = datetime(2025, 7, 1, 2, tzinfo=UTC)
    admin = signed_in(browse, world, ADMINISTRATOR)
    page = admin.page(PAGE)
    assert "Không còn thẩm quyền" in page.text
    book = load_workbook(BytesIO(admin.get(f"{PAGE}/bang.xlsx").data))
    rows = {row[0]: row for row in book["Hồ sơ"].iter_rows(values_only=True)}
    assert rows[code][3] == "chuyển"
    assert rows[gone][3] == "chờ quyết định"
    before = entries(world, "units")
    wrong = admin.submit(PAGE, "Chuyển", counted="9999")
    assert wrong.status_code == 422
    assert "khác số đã gõ" in wrong.text
    assert 'value="9999"' in wrong.text, "nothing typed is lost"
    assert entries(world, "units") == before
    moving = sum(1 for row in rows.values() if row[3] == "chuyển")
    done = admin.submit(PAGE, "Chuyển", counted=str(moving))
    assert done.status_code == 303
    assert entries(world, "units")[-2:] == ["reorganise", "reorganise_done"]
    assert world.state(code) == "board.intake"
    assert world.state(gone).startswith("district.")
    assert "Không còn gì để chuyển" in admin.page(PAGE).text
    assert "Chuyển theo sắp xếp đơn vị" in browse("head.snv").page(f"/ho-so/{code}").text
    old = browse("appraiser.huyen")
    assert "Đã làm" in old.page("/viec?part=da-lam").text
    assert old.get(f"/ho-so/{code}").status_code == 200


def test_a_successor_is_recorded_and_chosen(world: World, browse: Callable[[str], PageClient]) -> None:
    district, commune = world.units["542"], world.units["21613"]
    world.clock.instant = datetime(2025, 6, 2, 2, tzinfo=UTC)
    code = world.draft(by="nominator.huyen", form="BK-TINH", kind="individual")
    world.do("nominator.huyen", code, "submit")
    world.clock.instant = datetime(2025, 7, 2, 2, tzinfo=UTC)
    admin = signed_in(browse, world, ADMINISTRATOR)
    address = f"{PAGE}/ho-so/{code}?ngay=2025-07-01"
    wrong = admin.submit(address, "Chọn", new_unit=str(commune), source="nghe nói")
    assert wrong.status_code == 422
    assert "nghe nói" in wrong.text
    assert admin.submit(address, "Chọn", new_unit=str(commune), source="[practice]").status_code == 303
    assert one(world, models.SuccessionChoice).new_unit_id == commune
    assert admin.get(f"{PAGE}/ho-so/HS25-NOSUCH00").status_code == 404
    page = f"{A}/don-vi/{district}/ke-thua"
    wrong = admin.submit(
        page, "Lưu", new_unit="", function="all", share="2", effective_on="01/07/2025", source="[S-72]"
    )
    assert wrong.status_code == 422
    fine = admin.submit(
        page, "Lưu", new_unit=str(commune), function="awards", share="1", effective_on="01/07/2025", source="[practice]"
    )
    assert fine.status_code == 303
    line = one(world, models.UnitSuccession, function="awards")
    assert (line.old_unit_id, line.new_unit_id) == (district, commune)
    wrong = admin.submit(
        f"{A}/ke-thua/{line.id}", "Lưu", new_unit="", function="awards", share="nửa", effective_on="01/07/2025",
        source="[practice]",
    )  # fmt: skip
    assert wrong.status_code == 422
    assert "nửa" in wrong.text
    changed = admin.submit(
        f"{A}/ke-thua/{line.id}", "Lưu", new_unit="", function="awards", share="", effective_on="01/07/2025",
        source="[practice]",
    )  # fmt: skip
    assert changed.status_code == 303
    assert one(world, models.UnitSuccession, function="awards").new_unit_id is None
    assert entries(world, "units")[-3:] == ["choose_successor", "set_succession", "set_succession"]


def test_nobody_else_comes_in(listed: World, browse: Callable[[str], PageClient]) -> None:
    client = browse("head.xa")
    for address in (PAGE, f"{PAGE}/bang.xlsx", f"{A}/don-vi/{listed.units['542']}/ke-thua"):
        assert client.get(address).status_code == 403


def test_running_files_are_shown_on_the_page_of_their_flow(world: World, admin: PageClient) -> None:
    version = world.session.scalar(
        select(models.WorkflowVersion.id).where(
            models.WorkflowVersion.form == "BK-TINH",
            models.WorkflowVersion.rule_set == "R2",
            models.WorkflowVersion.tiers == 3,
            models.WorkflowVersion.active,
        )
    )
    world.session.rollback()
    page = admin.page(f"{A}/quy-trinh/{version}/chuyen-ho-so")
    assert "Mọi hồ sơ đang đi đều theo bản đang dùng" in page.text
