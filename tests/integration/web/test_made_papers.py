"""Papers made of a file, on its page: offered to who may have them, looked at and kept."""

from __future__ import annotations

from collections.abc import Callable

from tests.pages import PageClient
from tests.world import START, World


def test_the_page_offers_what_the_reader_may_have(world: World, browse: Callable[[str], PageClient]) -> None:
    world.clock.instant = START
    code = world.draft(form="GK-XA")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    client = browse("appraiser.xa")
    page = client.page(f"/ho-so/{code}")
    assert "Văn bản tạo từ hồ sơ" in page.text
    for kind in ("report", "receipt", "consultation"):
        for output in ("pdf", "docx"):
            assert f"/ho-so/{code}/van-ban/{kind}.{output}" in page.text
    assert "van-ban/decision" not in page.text


def test_a_pdf_is_looked_at_and_a_docx_is_kept(world: World, browse: Callable[[str], PageClient]) -> None:
    world.clock.instant = START
    code = world.draft(form="GK-XA")
    client = browse("nominator.xa")
    looked = client.get(f"/ho-so/{code}/van-ban/report.pdf")
    assert looked.mimetype == "application/pdf"
    assert looked.data.startswith(b"%PDF-")
    assert looked.headers["Content-Disposition"].startswith("inline")
    kept = client.get(f"/ho-so/{code}/van-ban/report.docx")
    assert kept.headers["Content-Disposition"] == f"attachment; filename={code}-report.docx"
    for address in ("report.exe", "nothing.pdf", "decision.pdf", "../report.pdf"):
        assert client.get(f"/ho-so/{code}/van-ban/{address}").status_code == 404


def test_somebody_elses_file_has_no_papers(world: World, browse: Callable[[str], PageClient]) -> None:
    world.clock.instant = START
    code = world.draft(form="GK-XA")
    assert browse("nominator.xa2").get(f"/ho-so/{code}/van-ban/report.pdf").status_code == 404
