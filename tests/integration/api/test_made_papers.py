"""Papers made of a file: who gets which, what they say, what a number keeps of them and the log names."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import date

import docx
import orjson
import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from nominations import models
from nominations.reference import committee_basis
from nominations.transactions import write_transaction
from tests.integration.api.client import ApiWorld
from tests.world import SHA, START

WRITTEN = {"birth_year": 1970, "address": "Thôn 1, xã An Trung"}


@pytest.fixture(scope="module")
def awarded(province: ApiWorld) -> str:
    """A household's file, awarded by the Chairman after commune, district and board."""
    province.clock.instant = START
    content = {"nominee": {"name": "Hộ bà Đinh Thị Ỷ", **WRITTEN}} | province.content("1.5")
    code = province.draft(name="Hộ bà Đinh Thị Ỷ", content=content)
    province.do("nominator.xa", code, "submit")
    for place in ("xa", "huyen", "snv"):
        province.through_stage(code, place)
    province.do("office.tinh", code, "check", advice="for", reasons="Hồ sơ đủ.")
    province.do("deputy.tinh", code, "award")
    province.number(code, "tinh")
    return code


def listed(world: ApiWorld, who: str, code: str) -> list[str]:
    """The kinds of paper somebody is offered."""
    answer = world.caller(who).get(f"/nominations/{code}/documents")
    assert answer.status_code == 200, answer.text
    return [item["kind"] for item in answer.get_json()["items"]]


def text_of(world: ApiWorld, who: str, code: str, kind: str) -> str:
    """The words of the PDF somebody gets."""
    answer = world.caller(who).get(f"/nominations/{code}/documents/{kind}.pdf")
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def voted(world: ApiWorld, agree: int) -> str:
    """A file for the commune's own certificate, before its head."""
    code = world.draft(form="GK-XA")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", agree, 5 - agree)
    world.do("secretary.xa", code, "close_ballot")
    return code


def test_each_gets_the_papers_of_what_they_may_read(world: ApiWorld, awarded: str) -> None:
    assert listed(world, "nominator.xa", awarded) == ["report", "receipt", "decision", "certificate", "result"]
    whole = ["report", "receipt", "appraisal", "minutes", "letter", "check_slip", "decision", "certificate",
             "bonus_list", "result"]  # fmt: skip
    assert listed(world, "clerk.tinh", awarded) == whole
    assert "check_slip" not in listed(world, "appraiser.xa", awarded)
    assert "bonus_list" in listed(world, "appraiser.xa", awarded)


def test_every_paper_offered_can_be_had_in_both_forms(world: ApiWorld, awarded: str) -> None:
    for item in world.caller("clerk.tinh").get(f"/nominations/{awarded}/documents").get_json()["items"]:
        for output, start in (("pdf", b"%PDF-"), ("docx", b"PK")):
            answer = world.caller("clerk.tinh").get(item[output].removeprefix("/api/v1"))
            assert answer.status_code == 200
            assert answer.data.startswith(start)
            kept = f"filename={awarded}-{item['kind'].replace('_', '-')}.{output}"
            assert kept in answer.headers["Content-Disposition"]


def test_the_whole_file_comes_as_one_for_each_as_far_as_they_read(world: ApiWorld, awarded: str) -> None:
    offered = world.caller("clerk.tinh").get(f"/nominations/{awarded}/documents").get_json()["package"]
    answer = world.caller("clerk.tinh").get(offered.removeprefix("/api/v1"))
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    assert f"filename={awarded}-package.pdf" in answer.headers["Content-Disposition"]
    assert "PHIẾU TRÌNH" in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    own = text_of(world, "nominator.xa", awarded, "package")
    assert "MỤC LỤC TẬP HỒ SƠ" in own
    assert "PHIẾU TRÌNH" not in own
    assert world.caller("nominator.xa2").get(f"/nominations/{awarded}/documents/package.pdf").status_code == 404
    assert world.caller("clerk.tinh").get(f"/nominations/{awarded}/documents/package.docx").status_code == 404


def test_a_paper_that_is_not_theirs_is_not_there(world: ApiWorld, awarded: str) -> None:
    """The same answer as for a kind that does not exist, and for a file of somebody else's."""
    for who, kind in (("nominator.xa", "minutes"), ("nominator.xa", "letter"), ("clerk.tinh", "nothing"),
                      ("nominator.xa2", "report"), ("clerk.tinh", "no_result")):  # fmt: skip
        assert world.caller(who).get(f"/nominations/{awarded}/documents/{kind}.pdf").status_code == 404
    assert world.caller("nominator.xa2").get(f"/nominations/{awarded}/documents").status_code == 404
    assert world.caller("clerk.tinh").get(f"/nominations/{awarded}/documents/report.exe").status_code == 404


def test_the_number_keeps_the_decision_and_the_entry_names_its_digest(world: ApiWorld, awarded: str) -> None:
    nomination = select(models.Nomination.id).where(models.Nomination.code == awarded).scalar_subquery()
    decided = world.session.execute(
        select(models.Decision.paper, models.Decision.paper_sha256).where(
            models.Decision.nomination_id == nomination, models.Decision.kind == "award"
        )
    ).one()
    payload = world.session.scalars(
        select(models.EntryPayload.payload)
        .join(models.AuditEntry, (models.AuditEntry.stream == models.EntryPayload.stream)
              & (models.AuditEntry.cseq == models.EntryPayload.cseq))
        .where(models.AuditEntry.nomination == awarded, models.AuditEntry.act == "number")
        .order_by(models.AuditEntry.cseq.desc())
    ).first()  # fmt: skip
    world.session.rollback()
    assert payload is not None
    assert orjson.loads(payload)["paper"] == {"kind": "decision", "sha256": decided.paper_sha256}
    assert hashlib.sha256(decided.paper).hexdigest() == decided.paper_sha256
    answer = world.caller("nominator.xa").get(f"/nominations/{awarded}/documents/decision.pdf")
    assert answer.headers["X-Paper-SHA256"] == decided.paper_sha256
    assert answer.headers["X-Paper-Draft"] == "0"


def test_an_issued_paper_goes_on_saying_what_it_said(world: ApiWorld, awarded: str) -> None:
    """What a unit is called later changes no paper of before; a paper made now has the new name."""
    before = text_of(world, "clerk.tinh", awarded, "decision")
    with write_transaction(world.session):
        world.session.execute(update(models.Unit).where(models.Unit.code == "52").values(name="Gia Lai"))
    try:
        assert text_of(world, "clerk.tinh", awarded, "decision") == before
        assert "GIA LAI" in text_of(world, "clerk.tinh", awarded, "result")
    finally:
        with write_transaction(world.session):
            world.session.execute(update(models.Unit).where(models.Unit.code == "52").values(name="Đơn vị 52"))


def test_the_decision_says_who_by_which_law_and_at_whose_proposal(world: ApiWorld, awarded: str) -> None:
    text = text_of(world, "nominator.xa", awarded, "decision")
    for words in ("CHỦ TỊCH ỦY BAN NHÂN DÂN", "Hộ bà Đinh Thị Ỷ", "Căn cứ Luật Tổ chức chính quyền địa phương;",
                  "Căn cứ Luật Thi đua, khen thưởng năm 2022;", "Nghị định số 98/2023/NĐ-CP", "KT. CHỦ TỊCH",
                  "deputy.tinh", "Theo đề nghị của head Đơn vị SNV tại Tờ trình số", "Điều 3."):  # fmt: skip
        assert words in text, words
    assert "TM. ỦY BAN" not in text
    assert "NHÁP" not in text


def test_the_certificate_has_its_register_number_and_its_check(world: ApiWorld, awarded: str) -> None:
    text = text_of(world, "nominator.xa", awarded, "certificate")
    assert "BẰNG KHEN" in text
    assert "Hộ bà Đinh Thị Ỷ" in text
    assert "Vào sổ khen thưởng số" in text
    assert "[" not in text
    assert "NHÁP" not in text


def test_a_draft_is_marked_and_shows_what_is_missing(world: ApiWorld) -> None:
    world.clock.instant = START
    code = world.draft(form="GK-XA")
    assert listed(world, "nominator.xa", code) == ["report"]
    assert "NHÁP" in text_of(world, "nominator.xa", code, "report")
    world.do("nominator.xa", code, "submit")
    assert "NHÁP" not in text_of(world, "nominator.xa", code, "report")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    assert "consultation" in listed(world, "appraiser.xa", code)
    receipt = text_of(world, "nominator.xa", code, "receipt")
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in receipt
    assert "ngày 04 tháng 3 năm 2024" in receipt
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", 4, 1)
    world.do("secretary.xa", code, "close_ballot")
    minutes = text_of(world, "appraiser.xa", code, "minutes")
    assert "4/5" in minutes
    assert "member5.xa" in minutes
    draft = text_of(world, "head.xa", code, "decision")
    assert "NHÁP" in draft
    assert "[họ tên người ký]" in draft
    assert "decision" not in listed(world, "nominator.xa", code)


def test_a_return_slip_tells_every_fault(world: ApiWorld) -> None:
    world.clock.instant = START
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    faults = [{"code": "not_signed", "note": "Trang 2 báo cáo", "section": "papers"},
              {"code": "report_too_general", "note": "Nêu rõ số hộ", "section": "report"}]  # fmt: skip
    world.do("appraiser.xa", code, "return", mode="chain", sections=["papers", "report"], faults=faults)
    slip = text_of(world, "nominator.xa", code, "return_slip")
    assert "1. Thiếu chữ ký hoặc con dấu: Trang 2 báo cáo" in slip
    assert "Nêu rõ số hộ" in slip
    assert "NHÁP" not in slip


def test_no_award_is_told_with_its_reason(world: ApiWorld) -> None:
    world.clock.instant = START
    code = voted(world, 2)
    world.do("head.xa", code, "not_award", reason_code="other", reasons="Thành tích còn chung chung.")
    told = text_of(world, "nominator.xa", code, "no_result")
    assert "không khen thưởng" in told
    assert "Thành tích còn chung chung." in told


@pytest.mark.parametrize("outside", [False, True])
def test_a_paper_that_lacks_something_is_not_numbered(world: ApiWorld, outside: bool) -> None:
    """Unless it was signed outside: then the signed file is the paper, and nothing of ours is kept."""
    world.clock.instant = START
    code = voted(world, 5)
    if outside:
        today = world.clock.today()
        world.do(
            "clerk.xa", code, "record_signature", outcome="award", signer="head.xa", signed_file=SHA, signed_on=today
        )
    else:
        world.do("head.xa", code, "award")
    number = {"number": f"7{int(outside)}", "numbered_on": world.clock.today().isoformat()}
    with write_transaction(world.session):
        title = world.session.scalar(select(models.Movement.title))
        world.session.execute(update(models.Movement).values(title=""))
    try:
        seen = world.version(code)
        answer = world.caller("clerk.xa").post(f"/nominations/{code}/actions/number", number, version=seen)
    finally:
        with write_transaction(world.session):
            world.session.execute(update(models.Movement).values(title=title))
    if not outside:
        assert answer.status_code == 422
        assert "lý do khen thưởng" in json.dumps(answer.get_json(), ensure_ascii=False)
        assert world.state(code) == "commune.number"
        return
    assert world.state(code) == "awarded"
    answer = world.caller("clerk.xa").get(f"/nominations/{code}/documents/decision.docx")
    assert answer.status_code == 200
    assert "X-Paper-SHA256" not in answer.headers
    words = " ".join(par.text for par in docx.Document(io.BytesIO(answer.data)).paragraphs)
    assert "đã có thành tích xuất sắc" in words


def test_the_organisation_law_is_dated_data() -> None:
    assert committee_basis(date(2024, 3, 4)) == ("Luật Tổ chức chính quyền địa phương",)
    assert committee_basis(date(2016, 3, 4)) == ()
