"""The two outputs: the same words in both, letters whole, pages as the decree has them, nothing typed ever acted on."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PageObject, PdfReader

from nominations.documents import pdf as maker
from nominations.documents.docx import docx_of
from nominations.documents.kinds import BUILDERS
from nominations.documents.paper import Certificate, Column, Document, Paper, Row, Table, body, runs, words
from nominations.documents.pdf import pdf, pdf_of
from tests.unit.documents.samples import LINE, NAME, facts, many

LISTED = re.compile(r"^\| `([^`]+)` \| (\d+) \| `([0-9a-f]{64})` \|$", re.MULTILINE)
HOSTILE = (
    "#panic(1) #read(\"/etc/passwd\") *bold* $x$ <label> @ref `raw` \\ // hết /* */ [x] {y} ]]> &amp; <w:p/> "
    "{{ 7*7 }} {% raw %} #import \"@preview/x:1.0.0\""
)  # fmt: skip
VIETNAMESE = (
    "ẮẰẲẴẶ ẤẦẨẪẬ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ ÝỲỶỸỴ ắằẳẵặ ấầẩẫậ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ýỳỷỹỵ Đđ Hrê Bok Tới Đắk Mang"
)


def pages(made: bytes) -> list[str]:
    """The text of each page, its blanks made one."""
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(made)).pages]


def squeezed(text: str) -> str:
    """With one blank for any run of them."""
    return " ".join(text.split())


def docx_text(made: bytes) -> str:
    """Every word of a DOCX, tables and headers included, in the order of its parts."""
    file = docx.Document(io.BytesIO(made))
    parts = [file.element.body, *(s.first_page_header._element for s in file.sections)]
    return squeezed(" ".join(text.text or "" for part in parts for text in part.iter() if text.tag.endswith("}t")))


def named(who: str) -> Document:
    """A decision for somebody of that name."""
    return BUILDERS["decision"](facts(nominee=who, lines=(replace(LINE, name=who, address=who),)))


@pytest.mark.parametrize("kind", BUILDERS)
def test_both_outputs_say_the_same(kind: str) -> None:
    made = BUILDERS[kind](facts())
    in_pdf = re.sub(r"\s", "", "".join(pages(pdf(made))))
    in_docx = re.sub(r"\s", "", docx_text(docx_of(made)))
    for run in runs(made):
        said = re.sub(r"\s", "", run.text)
        assert said in in_docx or said.upper() in in_docx, run
        assert said in in_pdf or said.upper() in in_pdf, run
    for out in (in_pdf, in_docx):
        assert "CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM" in out
        assert "Độclập-Tựdo-Hạnhphúc" in out


def test_every_letter_of_vietnamese_comes_out_as_it_went_in() -> None:
    assert VIETNAMESE in " ".join(pages(pdf(named(VIETNAMESE))))
    assert VIETNAMESE in docx_text(docx_of(named(VIETNAMESE)))


def test_only_the_projects_typeface_is_in_a_pdf() -> None:
    reader = PdfReader(io.BytesIO(pdf(named(VIETNAMESE))))
    used = {str(name) for page in reader.pages for name in _fonts(page)}
    assert {re.split(r"[+-]", name)[1] for name in used} == {"Tinos"}


def _fonts(page: PageObject) -> list[str]:
    fonts: Any = page["/Resources"]
    return [font.get_object()["/BaseFont"] for font in fonts.get_object()["/Font"].values()]


def test_a_letter_of_another_script_does_not_stop_a_paper() -> None:
    """No PDF/A without its glyph; an ordinary PDF shows a box where it stands."""
    made = pdf(named("Hộ ông 李 Văn"))
    assert b"pdfaid:part" not in made
    assert "Văn" in " ".join(pages(made))


def test_nothing_typed_is_acted_on() -> None:
    """Values are data: what would be code in a template stands on the paper as it was typed."""
    whole = " ".join(pages(pdf(named(HOSTILE))))
    assert HOSTILE.replace(" ", "") in whole.replace(" ", "")
    assert HOSTILE in docx_text(docx_of(named(HOSTILE)))


@pytest.mark.parametrize("who", ["x" * 5000, "Đ " * 2000, "\u202eđảo", "a\x00b", "👩‍🌾", "ệ" * 300, "\ud800"])
def test_odd_names_make_a_paper_all_the_same(who: str) -> None:
    made = named(who)
    assert pdf(made).startswith(b"%PDF-")
    assert docx_of(made).startswith(b"PK")


def test_a_list_of_300_runs_over_its_pages_with_its_heading_on_each() -> None:
    made = pages(pdf(BUILDERS["decision"](facts(lines=many(300)))))
    annex = made[1:]
    assert len(annex) > 6
    for page in annex:
        assert "STT Họ và tên, tên gọi Chức vụ, đơn vị, địa chỉ" in page
    for number in range(300):
        assert sum(f"Ưng Ỷ {number} Thôn {number}," in page for page in annex) == 1
    assert "TRẦN" not in annex[-1]


def test_what_leads_in_to_a_table_stands_on_its_page() -> None:
    form = BUILDERS["decision"](facts())
    assert isinstance(form, Paper)
    table, last = Table((Column("Nội dung", 1),), (Row((words("Dòng"),)),)), set()
    for lines in range(20, 32):
        before = tuple(body(f"Dòng {number}.") for number in range(lines))
        paper = replace(form, blocks=(*before, body("Kết quả như sau:"), table), annexes=())
        [led] = [page for page in pages(pdf(paper)) if "Kết quả như sau:" in page]
        assert "Nội dung" in led, lines
        last.add("Dòng 0." in led)
    assert last == {True, False}  # at the end of the first page and at the beginning of the second


def test_a_title_ends_no_line_inside_a_name() -> None:
    told = replace(facts(), form_label="Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Bình Định")
    lines = PdfReader(io.BytesIO(pdf(BUILDERS["report"](told)))).pages[0].extract_text().splitlines()
    [at] = [number for number, line in enumerate(lines) if line.startswith("Đề nghị tặng")]
    assert " ".join(lines[at : at + 2]).split() == f"Đề nghị tặng {told.form_label}".split()
    assert not lines[at].rstrip().endswith(("Chủ", "Ủy", "nhân"))
    assert len(lines[at + 1].split()) > 2


def test_pages_are_numbered_from_the_second_and_an_annex_for_itself() -> None:
    issued = replace(BUILDERS["decision"](facts(lines=many(300))), draft=False)
    made = PdfReader(io.BytesIO(pdf(issued)))
    first = [page.extract_text().split("\n", 1)[0].strip() for page in made.pages]
    numbers = [line for line in first if line.isdigit()]
    assert not first[0].isdigit()
    assert numbers == [str(n) for n in range(2, len(made.pages))]


def test_a_draft_is_marked_on_every_page_and_an_issued_paper_on_none() -> None:
    draft = BUILDERS["decision"](facts(lines=many(100)))
    assert isinstance(draft, Paper)
    assert all("BẢN NHÁP" in page for page in pages(pdf(draft)))
    assert "BẢN NHÁP" in docx_text(docx_of(draft))
    issued = replace(draft, draft=False)
    assert not any("NHÁP" in page for page in pages(pdf(issued)))
    assert "NHÁP" not in docx_text(docx_of(issued))


def test_what_is_missing_is_red_in_both() -> None:
    lacking = BUILDERS["decision"](facts(basis=()))
    assert "[căn cứ pháp lý]" in " ".join(pages(pdf(lacking)))
    file = docx.Document(io.BytesIO(docx_of(lacking)))
    red = [r.text for p in file.paragraphs for r in p.runs if r.font.color.rgb is not None]
    assert red == ["[căn cứ pháp lý]"]


def test_a_pdf_is_archivable_whole_and_the_same_each_time() -> None:
    made = pdf(BUILDERS["decision"](facts()))
    assert b"pdfaid:part>2<" in made
    assert b"pdfaid:conformance>U<" in made
    assert made == pdf(BUILDERS["decision"](facts()))
    assert b"D:20250105" in made


def test_margins_are_those_of_the_decree() -> None:
    page = docx.Document(io.BytesIO(docx_of(BUILDERS["decision"](facts())))).sections[0]
    margins = [
        round(side.mm) for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin) if side
    ]
    assert margins == [20, 20, 30, 15]


def test_certificates_of_a_decision_come_in_one_file_a_page_each() -> None:
    one = BUILDERS["certificate"](facts())
    made = pages(pdf_of([one, one, one], "certificates"))
    assert len(made) == 3
    assert all(NAME in page and "Vào sổ khen thưởng số 12/2025" in page for page in made)


def test_a_preprinted_sheet_takes_only_what_differs() -> None:
    one = BUILDERS["certificate"](facts())
    assert isinstance(one, Certificate)
    one = replace(one, preprinted=True, shift_mm=(3.0, -2.0))
    page = pages(pdf(one))[0]
    assert "BẰNG KHEN" not in page
    assert "CỘNG HÒA" not in page
    assert NAME in page


def test_the_typeface_is_the_one_listed_with_its_licence() -> None:
    listed = LISTED.findall((maker.FONTS / "VERSIONS.md").read_text(encoding="utf-8"))
    found = {str(path.relative_to(maker.FONTS)) for path in maker.FONTS.glob("*/*")}
    assert {name for name, *_ in listed} == found
    assert "tinos-1.33/LICENSE" in found
    for name, size, digest in listed:
        held = (Path(maker.FONTS) / name).read_bytes()
        assert (len(held), hashlib.sha256(held).hexdigest()) == (int(size), digest)
