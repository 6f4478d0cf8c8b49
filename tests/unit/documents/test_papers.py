"""Papers as values: what each says, what it lacks, how bodies, days and numbers are written (Decree 30/2020)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nominations.documents import bodies
from nominations.documents.facts import Facts, OpenStep, Remarks
from nominations.documents.joining import page_count
from nominations.documents.kinds import BUILDERS
from nominations.documents.kinds.review import share
from nominations.documents.paper import (
    Document,
    Incomplete,
    Paper,
    Paragraph,
    complete,
    content,
    digest,
    from_content,
    missing,
    runs,
    text,
    words,
)
from nominations.documents.pdf import pdf
from tests.unit.documents.samples import BOARD, COMMUNE, FORM, LINE, NAME, PROVINCE, facts, many

KINDS = pytest.mark.parametrize("kind", BUILDERS)
NOT_SIGNED_YET = dict.fromkeys(
    ("consultation", "result", "posting_notice", "posting_minutes", "moved"), ("họ tên người ký",)
)


def said(document: Document) -> str:
    """Everything the document says in runs."""
    return " ".join(run.text for run in runs(document))


def whole_text(document: Document) -> str:
    """The same as it reads: runs without anything between them."""
    return text(runs(document))


def paper(kind: str, about: Facts | None = None) -> Paper:
    """A paper of the kind, of the sample facts."""
    made = BUILDERS[kind](about or facts())
    assert isinstance(made, Paper)
    return made


@KINDS
def test_a_kept_paper_is_the_same_again(kind: str) -> None:
    made = BUILDERS[kind](facts())
    assert from_content(content(made)) == made
    assert made.kind == kind


@KINDS
def test_whole_facts_make_a_whole_paper(kind: str) -> None:
    if kind == "no_result":  # an awarded file has no such notice
        assert "lý do" in missing(BUILDERS[kind](facts()))
    else:
        assert missing(BUILDERS[kind](facts())) == NOT_SIGNED_YET.get(kind, ())


@KINDS
def test_a_paper_of_hardly_anything_is_made_and_says_what_it_lacks(kind: str) -> None:
    """A preview at any moment: nothing breaks for want of a fact."""
    bare = facts(
        decisions=(), votes=(), advice=(), returns=(), arrivals=(), award=None, content={}, basis=(), movement="",
        nominee="", lines=(replace(LINE, name="", address="", money=None),), bodies={},
    )  # fmt: skip
    made = BUILDERS[kind](bare)
    assert missing(made)
    with pytest.raises(Incomplete):
        complete(made)


def test_a_decision_is_refused_for_what_it_lacks_and_names_it() -> None:
    unsigned = replace(facts().decisions[2], signer="", number="")
    with pytest.raises(Incomplete) as refused:
        complete(paper("decision", facts(decisions=(*facts().decisions[:2], unsigned), basis=())))
    assert refused.value.missing == ("số", "căn cứ pháp lý", "họ tên người ký")


def test_a_chairmans_decision_is_his_own_not_the_committees() -> None:
    """Headed by the office and signed without TM.; a letter of the same committee is signed for it [memory]."""
    made = paper("decision")
    assert made.body == "Chủ tịch Ủy ban nhân dân tỉnh Bình Định"
    assert made.signatures[0].office == ("KT. Chủ tịch", "Phó Chủ tịch")
    letter = paper("letter", facts(stage="commune"))
    assert letter.signatures[0].office == ("TM. Ủy ban nhân dân", "Chủ tịch")
    assert letter.body == "Ủy ban nhân dân xã An Trung"


def test_a_head_signs_alone() -> None:
    own = replace(facts().decisions[2], signs_as="head")
    assert paper("decision", facts(decisions=(own,))).signatures[0].office == ("Chủ tịch",)
    assert bodies.signature(BOARD, replace(own, signs_as="deputy")).office == ("KT. Giám đốc", "Phó Giám đốc")


def test_laws_stand_in_italics_one_a_line_and_the_last_ends() -> None:
    lines = [
        text(block.words)
        for block in paper("decision").blocks
        if isinstance(block, Paragraph) and block.style == "basis"
    ]
    assert lines == [
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Luật Thi đua, khen thưởng năm 2022;",
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 310/TTr-SNV ngày 09 tháng 12 năm 2024.",
    ]


def test_a_list_of_three_kinds_is_in_three_blocks_each_from_one() -> None:
    table = paper("decision", facts(lines=many(9))).annexes[0].blocks[0]
    cells = [text(row.cells[0]) for row in getattr(table, "rows", ())]
    assert cells == ["I. Tập thể", "1", "2", "3", "II. Hộ gia đình", "1", "2", "3", "III. Cá nhân", "1", "2", "3"]
    assert "03 tập thể, 03 hộ gia đình, 03 cá nhân (có danh sách kèm theo)" in said(
        paper("decision", facts(lines=many(9)))
    )


@pytest.mark.parametrize(
    ("day", "in_words"),
    [
        (date(2025, 1, 5), "ngày 05 tháng 01 năm 2025"),
        (date(2025, 2, 10), "ngày 10 tháng 02 năm 2025"),
        (date(2025, 6, 2), "ngày 02 tháng 6 năm 2025"),
        (date(2025, 12, 31), "ngày 31 tháng 12 năm 2025"),
    ],
)
def test_days_have_their_noughts_where_the_decree_has_them(day: date, in_words: str) -> None:
    assert bodies.day_words(day).text == in_words


@pytest.mark.parametrize(
    ("number", "line"),
    [("5", "Số: 05/QĐ-UBND"), ("357", "Số: 357/QĐ-UBND"), ("7/QĐ-CT", "Số: 7/QĐ-CT"), (None, "Số: [số]/QĐ-UBND")],
)
def test_a_number_is_written_as_the_clerk_gave_it(number: str | None, line: str) -> None:
    assert text(bodies.numbered(number, "QĐ", PROVINCE)) == line


def test_a_specialised_agency_stands_under_its_committee_and_a_place_for_itself() -> None:
    assert bodies.heading(BOARD) == ("Ủy ban nhân dân tỉnh Bình Định", "Sở Nội vụ")
    assert bodies.heading(COMMUNE) == ("", "Ủy ban nhân dân xã An Trung")
    enterprise = replace(BOARD, name="Công ty A", kind="enterprise")
    assert bodies.heading(enterprise) == ("", "Công ty A")


@pytest.mark.parametrize("name", ["An Trung", "Xã An Trung", "xã An Trung"])
def test_a_places_kind_is_said_once_however_the_register_writes_it(name: str) -> None:
    written = replace(COMMUNE, name=name)
    assert bodies.full_name(written) == "Ủy ban nhân dân xã An Trung"
    assert text(bodies.undated(written, 2025)).startswith("An Trung, ngày")
    under = replace(BOARD, parent_name="Tỉnh Bình Định", province="Tỉnh Bình Định")
    assert bodies.heading(under)[0] == "Ủy ban nhân dân tỉnh Bình Định"
    assert text(bodies.undated(under, 2025)).startswith("Bình Định, ngày")


def test_the_bonus_of_a_central_award_names_the_prime_ministers_decision() -> None:
    central = replace(facts().decisions[2], kind="central_awarded", stage="central", series="QĐ-TTg", number="301")
    made = paper("bonus_list", facts(form="BK-TTG", deciding_stage="central", decisions=(central,)))
    assert "301/QĐ-TTg" in said(made)
    assert "của Thủ tướng Chính phủ)" in said(made)
    assert made.body == "Ủy ban nhân dân tỉnh Bình Định"


def test_the_slip_tells_departures_and_reservations_first() -> None:
    against = replace(facts().advice[0], advice="against", reasons="Thành tích còn chung chung.")
    departed = replace(facts().decisions[1], departs=True, reasons="Thành tích nổi bật.")
    slip = said(paper("check_slip", facts(advice=(against,), decisions=(departed,))))
    assert slip.index("Sở Nội vụ: Thành tích nổi bật") < slip.index("Phạm Hữu Lợi: Thành tích còn chung chung") < 250


def test_the_slip_tells_what_it_is_about_and_until_when() -> None:
    step = OpenStep(date(2025, 1, 14), date(2025, 2, 3))
    slip = whole_text(paper("check_slip", facts(open_step=step)))
    assert f"01 hộ gia đình: {NAME} (HS-2024-0001). Hình thức: {FORM}: 01." in slip
    assert "bước này: ngày 14 tháng 01 năm 2025; dự kiến có quyết định: ngày 03 tháng 02 năm 2025." in slip
    assert "không tính hạn; dự kiến có quyết định: chưa tính được" in whole_text(
        paper("check_slip", facts(open_step=OpenStep(None, None)))
    )
    assert "bước ký đã xong" in whole_text(paper("check_slip"))


def test_the_slip_of_a_list_counts_kinds_forms_and_the_range_of_votes() -> None:
    lines = tuple(
        replace(line, vote=vote, form=form)
        for line, vote, form in zip(
            many(3), ("5/5 (100,00 %)", "10/12 (83,33 %)", "4/5 (80,00 %)"), ("Cờ thi đua", "Bằng khen", "Bằng khen"),
            strict=True,
        )
    )  # fmt: skip
    remarks = Remarks(("Tổ A: thành tích nổi bật",), tuple(f"Hộ {n}: chưa rõ" for n in range(7)))
    slip = whole_text(paper("check_slip", facts(lines=lines, remarks=remarks)))
    assert (
        "01 tập thể, 01 hộ gia đình, 01 cá nhân (danh sách kèm theo). Hình thức: Cờ thi đua: 01; Bằng khen: 02." in slip
    )
    assert "từ 4/5 (80,00 %) đến 5/5 (100,00 %) đồng ý" in slip
    assert "1. Khác với kết quả biểu quyết: Tổ A: thành tích nổi bật." in slip
    assert "Hộ 4: chưa rõ; và 02 ý kiến khác ghi trong hồ sơ." in slip
    assert "Hộ 5" not in slip


@pytest.mark.parametrize("lines", [None, 300])
def test_an_ordinary_slip_is_one_page(lines: int | None) -> None:
    """With a departure, two reservations and reasons of some length; of a list too, however long."""
    reasons = "Thành tích nêu trong báo cáo còn chung chung, chưa có số liệu đối chiếu của Ủy ban nhân dân cấp xã."
    against = tuple(replace(one, advice="against", reasons=reasons) for one in facts().advice)
    about = facts(
        advice=against,
        decisions=(replace(facts().decisions[1], departs=True, reasons=reasons),),
        open_step=OpenStep(date(2025, 1, 14), date(2025, 2, 3)),
    )
    if lines is not None:
        told = tuple(f"{LINE.name} {n} (Phạm Hữu Lợi): {reasons}" for n in range(2))
        listed = tuple(replace(line, vote="5/5 (100,00 %)") for line in many(lines))
        about = replace(about, lines=listed, remarks=Remarks(told, told))
    assert page_count(pdf(paper("check_slip", about))) == 1


def test_the_share_is_over_all_members() -> None:
    vote = facts().votes[0]
    assert share(vote) == "4/5 (80,00\u00a0%)"
    assert share(replace(vote, members=3, agree=2)) == "2/3 (66,67\u00a0%)"
    assert share(None) == ""


def test_a_secret_vote_names_nobody_with_a_choice() -> None:
    secret = replace(facts().votes[0], secret=True)
    told = said(paper("minutes", facts(votes=(secret,))))
    assert "bỏ phiếu kín" in told
    assert "4/5" in told


def test_a_refusal_tells_its_reason_in_words() -> None:
    told = replace(
        facts().decisions[2], kind="not_awarded", reason_words="Chưa đủ tiêu chí", reasons="Còn chung chung."
    )
    assert "Chưa đủ tiêu chí; Còn chung chung" in said(paper("no_result", facts(decisions=(told,))))
    again = replace(told, reasons="Chưa đủ tiêu chí.")
    assert said(paper("no_result", facts(decisions=(again,)))).count("Chưa đủ tiêu chí") == 1


def test_an_appraisal_without_judged_criteria_says_where_they_are_spoken_of() -> None:
    spoken = tuple(replace(one, findings=()) for one in facts().advice)
    assert "nhận xét chung tại mục 4" in said(paper("appraisal", facts(advice=spoken)))
    assert "nhận xét chung tại mục 4" not in said(paper("appraisal"))


def test_a_central_award_is_the_prime_ministers() -> None:
    central = replace(facts().decisions[2], kind="central_awarded", stage="central", series="QĐ-TTg", number="301")
    told = said(paper("result", facts(form="BK-TTG", deciding_stage="central", decisions=(central,))))
    assert "Thủ tướng Chính phủ đã ban hành Quyết định số  301/QĐ-TTg" in told


def test_a_bonus_without_a_figure_asks_for_one() -> None:
    assert missing(paper("bonus_list", facts(lines=(replace(LINE, money=None),)))) == (
        "mức tiền nhập tay kèm lý do",
        "số tiền",
    )
    assert "1,5 x 1.800.000 x 1,5" in said(paper("bonus_list"))


def test_what_cannot_be_printed_is_left_out_and_letters_are_composed() -> None:
    assert text(words("a\x00b\x1b\ud800c\nd")) == "abc d"
    assert text(words("e\u0302\u0323")) == "ệ"


def test_the_digest_changes_with_every_word() -> None:
    one = paper("decision")
    same, other, issued = paper("decision"), replace(one, summary=one.summary + "."), replace(one, draft=False)
    assert digest(content(one)) == digest(content(same))
    assert len({digest(content(each)) for each in (one, other, issued)}) == 3
