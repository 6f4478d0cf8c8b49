"""PDFs joined into one: what goes over, what is refused and why."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from nominations.documents import joining
from nominations.documents.joining import Unreadable, copied, joined, page_count
from nominations.documents.kinds.package import Item, contents, left_out
from nominations.documents.pdf import pdf
from tests.unit.documents.signing import identity, signed, unsigned

PLENTY = 1000


@pytest.fixture(scope="module")
def paper() -> bytes:
    return unsigned()


def words_of(content: bytes) -> list[str]:
    """The words of each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pages_come_in_order_with_their_marks(paper: bytes) -> None:
    other = pdf(left_out(Item("Báo cáo", "bao-cao.docx", "a" * 64, why="type")))
    made = joined([("Quyết định", paper), ("Tờ báo", other)], "HS-1")
    assert words_of(made) == words_of(paper) + words_of(other)
    reader = PdfReader(io.BytesIO(made))
    marks = [(str(mark["/Title"]), reader.get_destination_page_number(mark)) for mark in reader.outline]  # type: ignore[call-overload,arg-type]
    assert marks == [("Quyết định", 0), ("Tờ báo", page_count(paper))]
    assert reader.metadata is not None
    assert reader.metadata.title == "HS-1"


def test_a_signed_paper_reads_the_same_and_is_no_longer_signed(paper: bytes) -> None:
    whole = signed(paper, identity("Nguyễn Văn Mẫu"))
    made, pages = copied(whole, PLENTY)
    assert words_of(made) == words_of(paper)
    assert pages == page_count(paper)
    assert b"/ByteRange" in whole
    assert b"/ByteRange" not in made


@pytest.mark.parametrize("turned", [0, 90])
def test_size_and_turn_of_a_page_stay(turned: int) -> None:
    writer = PdfWriter()
    writer.add_blank_page(842, 595).rotate(turned)
    page = PdfReader(io.BytesIO(copied(written(writer), PLENTY)[0])).pages[0]
    assert (page.mediabox.width, page.mediabox.height, page.rotation) == (842, 595, turned)


def test_nothing_that_acts_goes_over_and_pictures_of_fields_do() -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    picture = DecodedStreamObject()
    picture.set_data(b"0 0 10 10 re f")
    picture.update(
        {
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([NumberObject(n) for n in (0, 0, 10, 10)]),
        }
    )
    script = DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)"),
    })  # fmt: skip
    box = ArrayObject([FloatObject(n) for n in (10, 10, 20, 20)])
    field = DictionaryObject({
        NameObject("/Subtype"): NameObject("/Widget"), NameObject("/Rect"): box, NameObject("/A"): script,
        NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(picture)}),
    })  # fmt: skip
    link = DictionaryObject({
        NameObject("/Subtype"): NameObject("/Link"), NameObject("/Rect"): box, NameObject("/A"): script,
    })  # fmt: skip
    page[NameObject("/Annots")] = ArrayObject([field, link])
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("virus.exe", b"MZ")
    content = written(writer)
    assert b"alert" in content
    made = copied(content, PLENTY)[0]
    assert b"alert" not in made
    assert b"virus" not in made
    kept = PdfReader(io.BytesIO(made)).pages[0].annotations
    assert kept is not None
    assert [one.get_object()["/Subtype"] for one in kept] == ["/Stamp"]


def test_a_password_stands_in_the_way_and_an_empty_one_does_not() -> None:
    for password, why in (("khoa", "encrypted"), ("", None)):
        writer = PdfWriter()
        writer.add_blank_page(595, 842)
        writer.encrypt(password, owner_password="owner")
        content = written(writer)
        if why is None:
            assert copied(content, PLENTY)[1] == 1
            continue
        with pytest.raises(Unreadable) as refused:
            copied(content, PLENTY)
        assert refused.value.why == why


def test_more_pages_or_parts_than_there_is_room_for_are_refused(paper: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable) as refused:
        copied(paper, page_count(paper) - 1)
    assert refused.value.why == "too_large"
    monkeypatch.setattr(joining, "MOST_OBJECTS", 3)
    with pytest.raises(Unreadable) as refused:
        copied(paper, PLENTY)
    assert refused.value.why == "too_large"


@pytest.mark.parametrize("content", [b"%PDF-1.4 signed on paper", b"%PDF-", b"%PDF-1.7\n%%EOF\n"])
def test_what_only_begins_like_a_pdf_is_broken(content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        copied(content, PLENTY)
    assert refused.value.why == "broken"


@settings(deadline=None, max_examples=60)
@given(cut=st.floats(0, 1), place=st.floats(0, 0.999), turned=st.integers(1, 255))
def test_a_damaged_pdf_is_joined_or_refused_never_more(cut: float, place: float, turned: int) -> None:
    """Whatever comes through can be joined with others."""
    whole = bytearray(SAMPLE)
    whole[int(place * len(whole))] ^= turned
    content = bytes(whole[: max(1, int(cut * len(whole)))]) if cut < 0.9 else bytes(whole)
    try:
        made, pages = copied(content, PLENTY)
    except Unreadable:
        return
    assert page_count(joined([("a", made), ("b", SAMPLE)], "")) == pages + page_count(SAMPLE)


SAMPLE = unsigned()


def test_the_contents_tell_pages_digests_and_reasons() -> None:
    there = Item("Tờ trình", "to-trinh.pdf", "ab" * 32, first=3, pages=4)
    gone = Item("Xác nhận", "xac-nhan.docx", "cd" * 32, first=7, why="type")
    said = " ".join(words_of(pdf(contents("HS-1", "Hộ ông Đinh Văn Nguyễn", [there, gone]))))
    for expected in ("MỤC LỤC", "HS-1: Hộ ông Đinh Văn Nguyễn", "Tờ trình (to-trinh.pdf)", "abababababababab",
                     "không phải tệp PDF nên không gộp vào được", "Có 1 tệp không gộp được"):  # fmt: skip
        assert expected in said, expected
    sheet = words_of(pdf(left_out(gone)))
    assert len(sheet) == 1
    assert "Xác nhận" in sheet[0]
    assert "xac-nhan.docx" in sheet[0]
