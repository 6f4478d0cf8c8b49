"""A paper as a value: what stands in it and in which role, never how it looks.

Builders in ``kinds`` make one from facts; ``pdf`` and ``docx`` show it by Decree 30/2020, Appendix I [S-26]. A value
that is not known is a missing run: red in a preview, a reason to refuse when the paper is to be issued.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin, get_type_hints

import orjson

Align = Literal["left", "center", "right", "justify"]
Style = Literal["body", "basis", "addressee", "plain", "heading", "centered", "item"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one appearance; ``missing`` words name a value that is not there."""

    text: str
    bold: bool = False
    italic: bool = False
    missing: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words in one of the paper's styles."""

    words: Words
    style: Style = "body"
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width, where its cells stand."""

    title: str
    share: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; one with a single cell runs across it, as the title of what follows."""

    cells: tuple[Words, ...]
    kind: str = "row"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose heading is repeated on every page; its rows are at least ``row_mm`` high, to write into by hand."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: str = "table"
    row_mm: float = 0.0


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: lines of power and office over the name; an empty name leaves room for a hand."""

    office: tuple[str, ...]
    name: Words = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """A list or form that goes with the paper, numbered for itself."""

    title: str
    summary: str
    reference: Words
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """An administrative document: header, title, blocks, signatures, recipients, annexes.

    ``parent`` and ``body`` are who issues it, ``symbol`` its number line, ``summary`` the line under its type.
    ``draft`` puts the mark of a draft on every page.
    """

    kind: str
    parent: str
    body: str
    symbol: Words
    place_date: Words
    title: str
    summary: str
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    issued_on: date | None = None
    draft: bool = True
    layout: str = "administrative"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands on one certificate; ``check_url`` becomes its QR.

    On a sheet printed before (``preprinted``) only what differs is printed, moved by ``shift_mm`` (right, down).
    """

    kind: str
    issuer: Words
    form: str
    recipient: Words
    address: Words
    reason: Words
    place_date: Words
    office: tuple[str, ...]
    signer: Words
    decision: Words
    register: Words
    check_url: str
    check: Words = ()
    issued_on: date | None = None
    draft: bool = True
    preprinted: bool = False
    shift_mm: tuple[float, float] = (0.0, 0.0)
    layout: str = "certificate"


Document = Paper | Certificate
_BLANKS = frozenset("\n\r\t\v\f\u2028\u2029")
_UNPRINTABLE = frozenset({*map(chr, range(32)), "\x7f", "\ufffe", "\uffff"} - _BLANKS)


class Incomplete(Exception):
    """A paper that is to be issued lacks values; ``missing`` names them in the order they stand."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def run(value: object, what: str, *, bold: bool = False, italic: bool = False) -> Run:
    """The value's words, or the name of what is missing in their place."""
    said = "" if value is None else printable(str(value)).strip()
    return Run(said or f"[{what}]", bold, italic, missing=not said)


def words(*parts: str | Run, bold: bool = False, italic: bool = False) -> Words:
    """Runs of plain texts and of runs that are there already."""
    return tuple(part if isinstance(part, Run) else Run(printable(part), bold, italic) for part in parts if part)


def printable(said: str) -> str:
    """In NFC, one line, without what neither XML nor a page can hold: control characters and halves of letters."""
    whole = unicodedata.normalize("NFC", said.encode("utf-8", "ignore").decode())
    return "".join(letter if letter not in _BLANKS else " " for letter in whole if letter not in _UNPRINTABLE)


def body(*parts: str | Run, style: Style = "body") -> Paragraph:
    """A paragraph of the parts."""
    return Paragraph(words(*parts), style)


def missing(document: Document) -> tuple[str, ...]:
    """The names of everything the document lacks, each once."""
    return tuple(dict.fromkeys(run.text.strip("[]") for run in runs(document) if run.missing))


def runs(value: object) -> Iterator[Run]:
    """Every run of a document, in the order it stands."""
    if isinstance(value, Run):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from runs(inner)
    elif is_dataclass(value):
        for name in value.__dataclass_fields__:
            yield from runs(getattr(value, name))


def complete(document: Document) -> Document:
    """The document itself. Raises Incomplete where values are missing."""
    lacking = missing(document)
    if lacking:
        raise Incomplete(lacking)
    return document


def plain(document: Document) -> dict[str, Any]:
    """The document as plain JSON values, for the renderer and for keeping."""
    return asdict(document)


def from_content(kept: bytes) -> Document:
    """The document that ``content`` made the bytes of."""
    values = orjson.loads(kept)
    made: Document = _made(Certificate if values["layout"] == "certificate" else Paper, values)
    return made


def _made(wanted: Any, value: Any) -> Any:  # noqa: ANN401 - of whatever a field holds
    """A value of the wanted type out of plain JSON."""
    if wanted is date or wanted == date | None:
        return date.fromisoformat(value) if value else None
    if wanted == Block:
        wanted = Table if value["kind"] == "table" else Paragraph
    if is_dataclass(wanted) and isinstance(wanted, type):
        hints = get_type_hints(wanted)
        return wanted(**{name: _made(hints[name], inner) for name, inner in value.items()})
    if get_origin(wanted) is tuple:
        return tuple(_made(get_args(wanted)[0], inner) for inner in value)
    return value


def content(document: Document) -> bytes:
    """The canonical bytes of what the document says: fields as they are declared, UTF-8, days as ISO text."""
    return orjson.dumps(document)


def digest(said: bytes) -> str:
    """The SHA-256 of the content both outputs are made of."""
    return hashlib.sha256(said).hexdigest()


def text(parts: Iterable[Run]) -> str:
    """The words without their appearance."""
    return "".join(part.text for part in parts)
