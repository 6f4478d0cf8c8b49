"""Tables that people send, XLSX or CSV, as rows of plain text: only so large, nothing in them carried out.

A workbook is a zip of XML. What it claims to unpack to is weighed before anything is unpacked, entities are refused,
and only the first sheet is read, row by row. A cell with a formula is read as the value that was last computed for it.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from nominations.services.errors import InvalidInput
from nominations.services.messages import Message

LARGEST = 5 * 1024 * 1024  # bytes of a table as it is sent
LARGEST_UNPACKED = 60 * 1024 * 1024  # bytes of a workbook's parts together
MOST_PARTS = 200  # files in a workbook
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2_000, 60, 2_000
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, AttributeError, OSError,
    NotImplementedError, EOFError, IndexError, AssertionError, RuntimeError,
)  # fmt: skip
"""Whatever a damaged workbook makes the reader raise; none of it comes from our own code."""

Row = tuple[str, ...]


def read_table(content: bytes) -> tuple[Row, ...]:
    """The rows of a table, cells as trimmed text, rows without any text left as empty ones; the first has the headings.

    Days are written ``YYYY-MM-DD``. Raises InvalidInput, at ``file``, for what is too large or cannot be read.
    """
    if not content:
        raise InvalidInput({"file": Message("file_empty")})
    if len(content) > LARGEST:
        raise InvalidInput({"file": Message("file_too_large", {"limit": LARGEST >> 20})})
    return _kept(_workbook(content) if content.startswith(b"PK\x03\x04") else _csv(content))


def read_pasted(text: str) -> tuple[Row, ...]:
    """The rows of cells copied out of a spreadsheet program: a tab between cells, a line a row; as ``read_table``."""
    if len(text.encode("utf-8", "replace")) > LARGEST:
        raise InvalidInput({"file": Message("file_too_large", {"limit": LARGEST >> 20})})
    return _kept(_separated(text, "\t"))


def _kept(rows: Iterator[Row]) -> tuple[Row, ...]:
    kept: list[Row] = []
    for row in rows:
        if len(kept) > MOST_ROWS:
            raise InvalidInput({"file": Message("table_too_long", {"most": MOST_ROWS})})
        kept.append(row)
    while kept and not any(kept[-1]):
        kept.pop()
    return tuple(kept)


def safe_cell(text: str) -> str:
    """Text for a cell of a table that is handed out: never taken for a formula by the program that opens it."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def written(rows: list[list[str]]) -> bytes:
    """A table as CSV that spreadsheet programs open in the right letters."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([[safe_cell(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _workbook(content: bytes) -> Iterator[Row]:
    _weighed(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            yield from (
                _plain(row) for row in sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 2, values_only=True)
            )
        finally:
            book.close()
    except _BROKEN as broken:
        raise InvalidInput({"file": Message("table_unreadable")}) from broken


def _weighed(content: bytes) -> None:
    """Refuse a workbook that unpacks to too much, has parts without end or macros, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise InvalidInput({"file": Message("table_too_long", {"most": MOST_ROWS})})
            if any(part.filename.endswith("vbaProject.bin") for part in parts):
                raise InvalidInput({"file": Message("table_unreadable")})
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _declares(archive, part):
                    raise InvalidInput({"file": Message("table_unreadable")})
    except _BROKEN as broken:
        if isinstance(broken, InvalidInput):
            raise
        raise InvalidInput({"file": Message("table_unreadable")}) from broken


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part has a document type, or letters that could hide one: spreadsheet program writes either."""
    with archive.open(part) as opened:
        said = opened.read()
    return b"<!DOCTYPE" in said or b"<!ENTITY" in said or said[:2] in {b"\xff\xfe", b"\xfe\xff"}


def _csv(content: bytes) -> Iterator[Row]:
    try:
        text = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise InvalidInput({"file": Message("table_letters")}) from wrong
    first = text.partition("\n")[0]
    yield from _separated(text, max(",;\t", key=first.count))


def _separated(text: str, comma: str) -> Iterator[Row]:
    try:
        yield from (
            _plain(tuple(row[:MOST_COLUMNS])) for row in csv.reader(io.StringIO(text, newline=""), delimiter=comma)
        )
    except csv.Error as wrong:
        raise InvalidInput({"file": Message("table_unreadable")}) from wrong


def _plain(row: tuple[Any, ...]) -> Row:
    cells = [_text(value)[:LONGEST_CELL] for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _text(value: object) -> str:
    """A cell as text: days and whole numbers as people read them, an error of the sheet as nothing."""
    if value is None or value in _ERRORS:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
