"""Certificates printed: all of a decision in one PDF, a printer's offset, a test sheet, sheets by number."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from nominations import models
from nominations.services.conflicts import declare
from nominations.services.log import Origin
from tests.integration.services.once import AGAIN, ANNULMENT
from tests.integration.web.approving import Browse
from tests.pages import PageClient
from tests.world import World

PLACE = "/in-bang"


def awarded(world: World, name: str) -> str:
    content = {"nominee": {"name": name, "address": "Thôn Bốn"}} | world.content("1.5")
    code = world.draft(form="GK-XA", name=name, content=content)
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa", sign="award")
    return code


def decision_of(world: World, code: str) -> str:
    found = world.session.scalar(select(models.Award.decision_id).join(models.Nomination).where(
        models.Nomination.code == code
    ))  # fmt: skip
    world.session.rollback()
    return f"{PLACE}/quyet-dinh/{found}"


def text_of(client: PageClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)


def sheet(client: PageClient, place: str, code: str, serial: str, status: str = "printed") -> int:
    return client.submit(place, "Ghi phôi", code=code, serial=serial, status=status).status_code


def test_all_certificates_of_a_decision_in_one_file(world: World, browse: Browse) -> None:
    code = awarded(world, "Hộ bà Đinh Thị In")
    client, place = browse("clerk.xa"), decision_of(world, code)
    assert place in client.page(PLACE).text
    assert all(number.endswith("/QĐ-UBND") for number in client.page(PLACE).texts("#decisions th a"))
    assert "Hộ bà Đinh Thị In" in client.page(place).text
    said = text_of(client, f"{place}.pdf")
    assert "Hộ bà Đinh Thị In" in said
    assert "Thôn Bốn" in said
    assert "DỰ THẢO" not in said.upper()


def test_a_printer_has_its_offset_and_only_what_differs_is_printed(world: World, browse: Browse) -> None:
    code = awarded(world, "Hộ bà Đinh Thị Phôi")
    client, place = browse("clerk.xa"), decision_of(world, code)
    unit = str(world.units["21613"])
    assert client.submit(PLACE, "Lưu máy in", unit=unit, name="Máy A", right="1,5", down="-2").status_code == 303
    assert client.submit(PLACE, "Lưu máy in", unit=unit, name="Máy A", right="2", down="0,5").status_code == 303
    kept = world.session.execute(
        select(models.Printer.id, models.Printer.right_tenths, models.Printer.down_tenths)
    ).all()
    world.session.rollback()
    assert [tuple(row[1:]) for row in kept] == [(20, 5)]
    whole = client.get(f"{place}.pdf").data
    moved = client.get(f"{place}.pdf?may={kept[0].id}").data
    assert moved.startswith(b"%PDF")
    assert moved != whole
    assert client.get(f"{PLACE}/may/{kept[0].id}/trang-thu.pdf").data.startswith(b"%PDF")
    for stranger in ("clerk.xa2", "office.huyen"):
        assert browse(stranger).get(f"{PLACE}/may/{kept[0].id}/trang-thu.pdf").status_code == 404
        assert browse(stranger).get(f"{place}.pdf").status_code == 404
        assert browse(stranger).get(place).status_code == 404
    assert browse("nominator.xa").get(PLACE).status_code == 403
    assert client.get(f"{place}.pdf?may=999999").status_code == 404


@pytest.mark.parametrize(("right", "down"), [("xa", "0"), ("1,55", "0"), ("0", "50,1"), ("", "0"), ("0", "1e3")])
def test_millimetres_that_are_none(world: World, browse: Browse, right: str, down: str) -> None:
    client = browse("clerk.xa")
    sent = {"unit": str(world.units["21613"]), "name": "Máy Z", "right": right, "down": down}
    answer = client.submit(PLACE, "Lưu máy in", **sent)
    assert answer.status_code == 422
    assert "Máy Z" in answer.text
    other = client.submit(PLACE, "Lưu máy in", **sent | {"unit": str(world.units["542"]), "right": "0", "down": "0"})
    assert other.status_code == 422
    names = world.session.scalars(select(models.Printer.name)).all()
    world.session.rollback()
    assert "Máy Z" not in names


def test_sheets_by_their_number_used_spoiled_and_after_a_reissue(world: World, browse: Browse) -> None:
    code = awarded(world, "Hộ bà Đinh Thị Hỏng")
    client, place = browse("office.xa"), decision_of(world, code)
    assert sheet(client, place, code, "PH-001") == 303
    assert sheet(client, place, code, "PH-002") == 422
    assert sheet(client, place, code, "PH-001") == 422
    assert sheet(client, place, code, "PH-001", "spoiled") == 303
    assert sheet(client, place, code, "PH-001", "spoiled") == 422
    assert sheet(client, place, code, "PH-002") == 303
    assert sheet(client, place, code, "", "printed") == 422
    assert sheet(client, place, code, "PH-9", "burnt") == 422
    assert sheet(client, place, "HS24-AAAAAAAA", "PH-9") == 422
    world.do("head.xa", code, "reissue", **AGAIN)
    client = browse("office.xa")
    assert sheet(client, place, code, "PH-003") == 303
    shown = client.page(place)
    assert {"PH-001", "PH-002", "PH-003"} <= set(shown.texts("#certificates .mono"))
    assert "cấp lại lần 1" in shown.text
    acts = world.session.scalars(select(models.AuditEntry.act).where(models.AuditEntry.stream == "certificates")).all()
    world.session.rollback()
    assert acts.count("record_sheet") == 4


def test_who_is_in_conflict_prints_nothing_of_that_file_and_nothing_annulled_is_printed(
    world: World, browse: Browse
) -> None:
    code = awarded(world, "Hộ ông Đinh Văn Thân")
    place, actor = decision_of(world, code), world.actor("clerk.xa")
    declare(world.session, actor, world.clock, Origin(actor=actor.ref), code, "kin", "Là anh ruột.")
    page = browse("clerk.xa").page(place)
    assert "Hộ ông Đinh Văn Thân" not in page.text
    assert "1 trường hợp không in ở đây" in page.text
    assert browse("clerk.xa").get(f"{place}.pdf").status_code == 404
    assert "Hộ ông Đinh Văn Thân" in browse("office.xa").page(place).text
    world.do("head.xa", code, "annul", **ANNULMENT)
    assert browse("office.xa").get(place).status_code == 404
