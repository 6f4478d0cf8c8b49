"""DOCX of any document, for an official to edit: the same content as the PDF, in Times New Roman, by Decree 30/2020.

Values become the text of runs and nothing else: no template is filled in, so nothing can be injected.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import docx
import segno
from docx.document import Document as File
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as AT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.table import Table as Grid
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as Par

from nominations.documents.paper import (
    Annex,
    Block,
    Certificate,
    Document,
    Paper,
    Paragraph,
    Run,
    Signature,
    Table,
    Words,
    words,
)

FONT = "Times New Roman"
RED = RGBColor(0xC0, 0, 0)
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
COMMITTEE = "ỦY BAN NHÂN DÂN"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
MOTTO_CM = 5.9  # its width in bold 13 points
TEXT_CM = 16.5  # A4 less margins of 30 and 15 mm
DRAFT = "BẢN NHÁP"
ALIGN = {"left": AT.LEFT, "center": AT.CENTER, "right": AT.RIGHT, "justify": AT.LEFT}
LETTER_CM = 0.31  # a bold capital of 12 points, on average


def docx_of(document: Document) -> bytes:
    """The document as DOCX."""
    file = docx.Document()
    _base(file, document.issued_on)
    if isinstance(document, Certificate):
        _certificate(file, document)
    else:
        _paper(file, document)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _base(file: File, on: date | None) -> None:
    """Font, spacing, and no name of anybody in the properties."""
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.space_before = Pt(0)
    properties = file.core_properties
    properties.author, properties.title, properties.comments = "", "", ""
    properties.created = properties.modified = datetime.combine(on or date(2000, 1, 1), time(), UTC)


def _paper(file: File, paper: Paper) -> None:
    section = file.sections[0]
    _page(section, landscape=False)
    _top(section, draft=paper.draft)
    _heading(file, paper)
    if paper.title:
        _title(file, paper.title, paper.summary)
    _blocks(file, paper.blocks)
    _foot(file, paper)
    for annex in paper.annexes:
        _annex(file, annex, draft=paper.draft)


def _page(section: Section, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)


def _top(section: Section, *, draft: bool) -> None:
    """Page numbers centred in the top margin from page 2 on, each part from 1; the mark of a draft above."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)  # noqa: SLF001 - the library has no name for it
    number = section.header.paragraphs[0]
    number.alignment = AT.CENTER
    _field(number, "PAGE")
    if draft:
        for par in (number, section.first_page_header.paragraphs[0]):
            par.alignment = AT.CENTER
            marked = par.add_run(f"  {DRAFT}")
            marked.bold, marked.font.color.rgb = True, RED


def _field(par: Par, name: str) -> None:
    run = par.add_run()
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001 - fields have no name in the library


def _heading(file: File, paper: Paper) -> None:
    grid = _bare_grid(file, (7.3, 9.2))
    left, right = grid.rows[0].cells
    first = _first(left)
    named = [(line, False) for line in _broken(paper.parent)] + [(line, True) for line in _broken(paper.body)]
    for place, (line, bold) in enumerate(named):
        _say(first if place == 0 else left.add_paragraph(), words(line, bold=bold), 12)
    issuer = named[-1][0]
    _rule(left, min(len(issuer) * LETTER_CM, 7.0) * 0.4, 7.3)
    _say(_first(right), words(STATE, bold=True), 12)
    _say(right.add_paragraph(), words(MOTTO, bold=True), 13)
    _rule(right, MOTTO_CM, 9.2)
    _say(left.add_paragraph(), paper.symbol, 13)
    if not paper.title:
        _say(left.add_paragraph(), words(paper.summary), 12)
    _say(right.add_paragraph(), tuple(_italic(run) for run in paper.place_date), 14)


def _broken(name: str) -> list[str]:
    """A body's name in capitals, a committee's broken before the place it is of."""
    return [line for line in name.upper().replace(f"{COMMITTEE} ", f"{COMMITTEE}\n").split("\n") if line]


def _title(file: File, title: str, summary: str) -> None:
    _say(file.add_paragraph(), words(title.upper(), bold=True), 14).paragraph_format.space_before = Pt(8)
    if summary:
        _say(file.add_paragraph(), words(summary, bold=True), 14)
        _rule(file, min(len(summary) * 0.23, 12.0) * 0.4, TEXT_CM)


def _annex(file: File, annex: Annex, *, draft: bool) -> None:
    section = file.add_section(WD_SECTION.NEW_PAGE)
    _page(section, landscape=annex.landscape)
    _top(section, draft=draft)
    _say(file.add_paragraph(), words(annex.title.upper(), bold=True), 14)
    if annex.summary:
        _say(file.add_paragraph(), words(annex.summary, bold=True), 14)
    _say(file.add_paragraph(), tuple(_italic(run) for run in annex.reference), 14)
    _blocks(file, annex.blocks)


def _blocks(file: File, blocks: Sequence[Block]) -> None:
    for block in blocks:
        if isinstance(block, Table):
            _table(file, block)
        else:
            _paragraph(file.add_paragraph(), block)


def _paragraph(par: Par, block: Paragraph) -> None:
    centred = block.style in {"addressee", "centered"}
    par.alignment = AT.CENTER if centred else AT.JUSTIFY
    if block.style in {"body", "basis", "heading"}:
        par.paragraph_format.first_line_indent = Cm(1.27)
    par.paragraph_format.keep_with_next = block.style == "heading"
    for run in block.words:
        bold = run.bold or block.style in {"heading", "centered"}
        _run(par, Run(run.text, bold, run.italic or block.style == "basis", run.missing), 14)


def _table(file: File, table: Table) -> None:
    grid = file.add_table(rows=1, cols=len(table.columns))
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
        _say(_first(cell), words(column.title, bold=True), 12)
    repeat = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001 - a repeated heading has no name in the library
    for row in table.rows:
        added = grid.add_row()
        if table.row_mm:
            added.height, added.height_rule = Mm(table.row_mm), WD_ROW_HEIGHT_RULE.AT_LEAST
        cells = added.cells
        if len(row.cells) == 1 and len(cells) > 1:
            _say(_first(cells[0].merge(cells[-1])), tuple(_bold(run) for run in row.cells[0]), 12, AT.LEFT)
            continue
        for cell, said, column in zip(cells, row.cells, table.columns, strict=True):
            _say(_first(cell), said, 12, ALIGN[column.align])
    _widths(grid, [column.share for column in table.columns], file.sections[-1])
    file.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(grid: Grid, shares: Sequence[float], section: Section) -> None:
    width = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = int(width * share / sum(shares))


def _foot(file: File, paper: Paper) -> None:
    cells = len(paper.signatures) + (1 if paper.recipients or len(paper.signatures) == 1 else 0)
    grid = _bare_grid(file, tuple(TEXT_CM / cells for _ in range(cells)))
    places = list(grid.rows[0].cells)
    if cells > len(paper.signatures):
        _recipients(places.pop(0), paper.recipients)
    for cell, signature in zip(places, paper.signatures, strict=True):
        _signature(cell, signature)


def _recipients(cell: Cell, recipients: Sequence[str]) -> None:
    if not recipients:
        return
    _say(_first(cell), (Run("Nơi nhận:", bold=True, italic=True),), 12, AT.LEFT)
    for place, line in enumerate(recipients, 1):
        end = "." if place == len(recipients) else ";"
        _say(cell.add_paragraph(), words(f"- {line}{end}"), 11, AT.LEFT)


def _signature(cell: Cell, signature: Signature) -> None:
    par = _first(cell)
    for place, line in enumerate(signature.office):
        _say(par if place == 0 else cell.add_paragraph(), words(line.upper(), bold=True), 14)
    if signature.note:
        _say(cell.add_paragraph(), words(signature.note, italic=True), 12)
    name = _say(cell.add_paragraph(), tuple(_bold(run) for run in signature.name), 14)
    name.paragraph_format.space_before = Cm(2.2)


def _certificate(file: File, one: Certificate) -> None:
    section = file.sections[0]
    _page(section, landscape=True)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = Mm(16)
    _top(section, draft=one.draft)
    for said, size in (
        (words(STATE, bold=True), 14), (words(MOTTO, bold=True), 14),
        (tuple(Run(run.text.upper(), True, False, run.missing) for run in one.issuer), 18),
        (words("TẶNG", bold=True), 16), (words(one.form.upper(), bold=True), 40),
        (tuple(_bold(run) for run in one.recipient), 24), (one.address, 16), (one.reason, 16),
    ):  # fmt: skip
        _say(file.add_paragraph(), said, size)
    grid = _bare_grid(file, (12.5, 12.5))
    left, right = grid.rows[0].cells
    if one.check_url:
        _first(left).add_run().add_picture(io.BytesIO(qr_png(one.check_url)), width=Cm(2.4))
    for said in (one.decision, one.register, one.check):
        _say(left.add_paragraph(), said, 12, AT.LEFT)
    _say(_first(right), tuple(_italic(run) for run in one.place_date), 14)
    for line in one.office:
        _say(right.add_paragraph(), words(line.upper(), bold=True), 14)
    _say(right.add_paragraph(), tuple(_bold(run) for run in one.signer), 14).paragraph_format.space_before = Cm(2.2)


def qr_png(url: str) -> bytes:
    """A QR of the address, as PNG."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", scale=8, border=0)
    return out.getvalue()


def _bare_grid(file: File, widths_cm: Sequence[float]) -> Grid:
    grid: Grid = file.add_table(rows=1, cols=len(widths_cm))
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, cell, width in zip(grid.columns, grid.rows[0].cells, widths_cm, strict=True):
        column.width = cell.width = Cm(width)
    return grid


def _rule(where: File | Cell, length_cm: float, room_cm: float) -> None:
    """A line in the middle, as a paragraph's border between indents."""
    par = where.add_paragraph()
    side = Cm(max(0.0, (room_cm - 0.4 - length_cm) / 2))
    form = par.paragraph_format
    form.left_indent = form.right_indent = side
    form.space_after, form.line_spacing = Pt(4), Pt(3)
    border, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    par._p.get_or_add_pPr().append(border)  # noqa: SLF001 - borders have no name in the library


def _first(cell: Cell) -> Par:
    first: Par = cell.paragraphs[0]
    return first


def _say(par: Par, said: Words, size: int, align: AT = AT.CENTER) -> Par:
    par.alignment = align
    par.paragraph_format.space_after = Pt(2 if size < 14 else 4)
    for run in said:
        _run(par, run, size)
    return par


def _run(par: Par, run: Run, size: int) -> None:
    made = par.add_run(run.text)
    made.bold, made.italic, made.font.size = run.bold or run.missing, run.italic, Pt(size)
    if run.missing:
        made.font.color.rgb = RED


def _bold(run: Run) -> Run:
    return Run(run.text, True, run.italic, run.missing)


def _italic(run: Run) -> Run:
    return Run(run.text, run.bold, True, run.missing)
