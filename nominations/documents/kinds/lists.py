"""What several papers share: the list of nominees, the legal bases, counts in words, money."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nominations.documents.facts import Body, Facts, Line
from nominations.documents.paper import Block, Column, Paragraph, Row, Table, Words, body, run, words

Cell = Callable[[int, Line], Words]
KINDS: Mapping[str, str] = {"collective": "tập thể", "household": "hộ gia đình", "individual": "cá nhân"}
BLOCKS: Mapping[str, str] = {"collective": "Tập thể", "household": "Hộ gia đình", "individual": "Cá nhân"}
ROMAN = ("I", "II", "III")
ANNEX = "(Kèm theo "
PRIME_MINISTER = "Thủ tướng Chính phủ"
NOBODY = Body("", "", "", "")


def body_at(facts: Facts, stage: str) -> Body:
    """The body of a stage, or the one the file comes from."""
    return facts.bodies.get(stage, facts.home)


def basis(facts: Facts, *more: Words) -> tuple[Paragraph, ...]:
    """The legal bases in italics, one a line, ``;`` after each and ``.`` after the last [S-26]."""
    known = [words("Căn cứ ", one) for one in facts.basis]
    lines: list[Words] = [*(known or [words("Căn cứ ", run(None, "căn cứ pháp lý"))]), *more]
    last = len(lines) - 1
    return tuple(Paragraph((*line, *words("." if n == last else ";")), "basis") for n, line in enumerate(lines))


def counted(lines: Sequence[Line]) -> str:
    """How many of each kind: 14 tập thể, 21 cá nhân; a number under ten has a zero before it."""
    found = {kind: sum(line.subject_kind == kind for line in lines) for kind in KINDS}
    return ", ".join(f"{count:02} {KINDS[kind]}" for kind, count in found.items() if count)


def nominee_list(lines: Sequence[Line], columns: Sequence[tuple[Column, Cell]], end: Sequence[Row] = ()) -> Table:
    """The list in its three blocks, each numbered from 1; a list of one kind has no blocks."""
    kinds = [kind for kind in KINDS if any(line.subject_kind == kind for line in lines)]
    rows: list[Row] = []
    for place, kind in enumerate(kinds):
        if len(kinds) > 1:
            rows.append(Row((words(f"{ROMAN[place]}. {BLOCKS[kind]}"),)))
        of_kind = [line for line in lines if line.subject_kind == kind]
        rows += [
            Row((words(str(number)), *(cell(number, line) for _, cell in columns)))
            for number, line in enumerate(of_kind, 1)
        ]
    return Table((Column("STT", 0.9, "center"), *(column for column, _ in columns)), (*rows, *end))


def name_cell(_number: int, line: Line) -> Words:
    """The name in ordinary letters, in full."""
    return words(run(line.name, "họ tên, tên gọi"))


def address_cell(_number: int, line: Line) -> Words:
    """Address, unit or position, where known."""
    return words(line.address)


def vnd(amount: int) -> str:
    """An amount with dots between its thousands."""
    return f"{amount:,}".replace(",", ".")


def decimal(figure: str) -> str:
    """A coefficient with a comma, without noughts that say nothing."""
    return (figure.rstrip("0").rstrip(".") if "." in figure else figure).replace(".", ",")


def reason(facts: Facts) -> str:
    """What the award is for, as a sentence goes on to say it."""
    return f"đã có thành tích xuất sắc trong thực hiện {facts.movement}" if facts.movement else ""


def ended(said: str | None) -> str:
    """What somebody typed, without the full stop that the sentence around it sets."""
    return (said or "").strip().removesuffix(".")


def numbered_items(items: Sequence[str]) -> tuple[Block, ...]:
    """Plain items, one a paragraph."""
    return tuple(body(f"{number}. {item}") for number, item in enumerate(items, 1))


def article(number: int, *parts: Words) -> Paragraph:
    """Điều n., bold, then its words."""
    said = tuple(one for part in parts for one in part)
    return Paragraph((*words(f"Điều {number}. ", bold=True), *said))
