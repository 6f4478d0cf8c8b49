"""The whole of a file as one PDF: for whom, in which order, and what of it cannot be joined."""

from __future__ import annotations

import hashlib
import io

import docx
import pytest
from flask import Flask
from pypdf import PdfReader, PdfWriter

from nominations.reference.flow_values import flow_papers
from nominations.services import packages
from nominations.services.actions import Request
from nominations.services.files import Upload, attach
from nominations.services.log import Origin
from tests.integration.web.approving import Browse, Desk
from tests.unit.documents.signing import unsigned
from tests.world import World

LINK = "Trọn bộ hồ sơ thành một tệp PDF"


@pytest.fixture
def desk(world: World, browse: Browse) -> Desk:
    """The pages, and the province behind them."""
    return Desk(world, browse)


def locked() -> bytes:
    """A PDF that asks for a password."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("khoa")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def written(said: str) -> bytes:
    """A DOCX."""
    file, out = docx.Document(), io.BytesIO()
    file.add_paragraph(said)
    file.save(out)
    return out.getvalue()


def put(app: Flask, world: World, code: str, content: bytes, name: str, kind: str = "other") -> str:
    """A paper of the draft; its SHA-256."""
    actor = world.actor("nominator.xa")
    asked = Request(code, "attach", world.version(code), {}, Origin(actor=actor.ref))
    attach(world.session, actor, world.clock, app.extensions["storage"], asked, Upload(kind, name, content))
    world.session.rollback()
    return hashlib.sha256(content).hexdigest()


def at_chairman(app: Flask, world: World) -> tuple[str, str]:
    """A file before the Chairman with papers of every sort; its code, and the SHA-256 of one that can be joined."""
    code = world.draft()
    put(app, world, code, written("Xác nhận"), "xac-nhan.docx")
    put(app, world, code, locked(), "co-khoa.pdf")
    put(app, world, code, b"%PDF-1.4 " + code.encode(), "hong.pdf")
    whole = put(app, world, code, unsigned(), "quyet-dinh-cu.pdf")
    world.do("nominator.xa", code, "submit")
    for place in ("xa", "huyen", "snv"):
        world.through_stage(code, place)
    world.do("office.tinh", code, "check", advice="for", reasons="Hồ sơ đủ.")
    return code, whole


def read(desk: Desk, who: str, code: str) -> PdfReader:
    """The package as somebody has it."""
    answer = desk.browse(who).get(f"/ho-so/{code}/tron-bo.pdf")
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"inline; filename={code}-package.pdf"
    return PdfReader(io.BytesIO(answer.data))


def marks(reader: PdfReader) -> list[tuple[str, int]]:
    """What the outline names, with the page each begins on, from 1."""
    found = []
    for mark in reader.outline:
        assert not isinstance(mark, list)
        place = reader.get_destination_page_number(mark)
        found.append((str(mark.title), -1 if place is None else place + 1))
    return found


def text(reader: PdfReader) -> str:
    """Every word, without what breaks lines."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_signer_has_the_slip_first_then_contents_and_papers(desk: Desk, world: World, app: Flask) -> None:
    code, whole = at_chairman(app, world)
    made = read(desk, "head.tinh", code)
    listed = marks(made)
    names = [name for name, _page in listed]
    assert names[:2] == ["Phiếu trình", "Mục lục"]
    kinds = ["Quyết định kèm danh sách", *3 * ["Tờ trình kèm danh sách"], "Báo cáo thành tích"]
    assert names[2:7] == kinds
    assert names[-2:] == ["Báo cáo thẩm định", "Biên bản họp xét"]
    order = {paper["label"]["vi"]: place for place, paper in enumerate(flow_papers("BK-TINH", "R2", 3))}
    filed = [order[name] for name in names[7:-2]]
    assert filed == sorted(filed)
    assert len(filed) > 4
    said = text(made)
    assert f"MỤC LỤC TẬP HỒ SƠ {code}" in said
    for name, why in (("xac-nhan.docx", "không phải tệp PDF"), ("co-khoa.pdf", "đặt mật khẩu"), ("hong.pdf", "hỏng")):
        sheets = [page for page in made.pages if f"Tên tệp: {name}" in page.extract_text()]
        assert len(sheets) == 1
        assert why in " ".join(sheets[0].extract_text().split())
    assert whole in said.replace(" ", "")


def test_the_contents_name_the_page_each_paper_begins_on(desk: Desk, world: World, app: Flask) -> None:
    code, _whole = at_chairman(app, world)
    made = read(desk, "head.tinh", code)
    for name, page in marks(made):
        if name in {"Báo cáo thành tích", "Quyết định kèm danh sách", "Biên bản họp xét"}:
            head = name.removesuffix(" kèm danh sách").removesuffix(" họp xét").upper()
            assert head in " ".join(made.pages[page - 1].extract_text().split()).upper()
    last, first = marks(made)[-1][1], marks(made)[1][1]
    table = " ".join(page.extract_text() for page in made.pages[first - 1 : marks(made)[2][1] - 1])
    assert f"Biên bản họp xét {last} {len(made.pages) - last + 1}" in " ".join(table.split())


def test_each_reads_their_own_and_only_those_it_waits_at_are_offered_it(desk: Desk, world: World, app: Flask) -> None:
    code, _whole = at_chairman(app, world)
    assert LINK in desk.read("head.tinh", code).text
    for who, absent in (("nominator.xa", {"Phiếu trình", "Tờ trình kèm danh sách", "Biên bản họp xét"}),
                        ("appraiser.xa", {"Phiếu trình", "Quyết định kèm danh sách"})):  # fmt: skip
        assert LINK not in desk.read(who, code).text
        names = {name for name, _page in marks(read(desk, who, code))}
        assert names & absent == set()
        assert "Báo cáo thành tích" in names
        offered = {link for link in ("check_slip", "letter", "minutes", "decision", "appraisal")
                   if f"van-ban/{link}.pdf" in desk.read(who, code).text}  # fmt: skip
        assert {packages.LABELS[kind] for kind in offered} == names & set(packages.LABELS.values()) - {
            "Báo cáo thành tích"
        }
    assert desk.browse("nominator.xa2").get(f"/ho-so/{code}/tron-bo.pdf").status_code == 404


def test_who_is_in_conflict_has_nothing_of_it(desk: Desk, world: World, app: Flask) -> None:
    code, _whole = at_chairman(app, world)
    said = {"kind": "kin", "note": "Chú ruột của chủ hộ."}
    desk.browse("office.tinh").submit(f"/ho-so/{code}/khai-xung-dot", "Khai xung đột", **said)
    world.session.rollback()
    assert desk.browse("office.tinh").get(f"/ho-so/{code}/tron-bo.pdf").status_code == 404


def test_what_is_too_much_is_listed_with_its_reason(
    desk: Desk, world: World, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _whole = at_chairman(app, world)
    monkeypatch.setattr(packages, "MOST_BYTES", 100)
    said = text(read(desk, "head.tinh", code))
    assert "Tên tệp: quyet-dinh-cu.pdf" in said
    assert "cả tập đã quá lớn" in said


def test_one_that_has_waited_long_enough_is_told_to_ask_again(
    desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = world.draft()
    monkeypatch.setattr(packages, "PATIENCE", 0.01)
    with packages._turn:
        answer = desk.browse("nominator.xa").get(f"/ho-so/{code}/tron-bo.pdf")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert read(desk, "nominator.xa", code).pages
