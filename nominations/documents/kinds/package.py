"""What goes between the papers of a whole file joined into one: its contents, and a sheet for what is not in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nominations.documents.paper import Block, Column, Paper, Row, Table, Words, body, words

WHY: Mapping[str, str] = {
    "type": "không phải tệp PDF nên không gộp vào được",
    "encrypted": "tệp PDF đặt mật khẩu",
    "broken": "tệp PDF hỏng, không đọc được",
    "too_large": "tệp quá nhiều trang hoặc cả tập đã quá lớn",
    "lost": "không đọc được tệp trong kho",
}
GROUP = 16  # signs of a digest that stand together: four lines of a narrow column


@dataclass(frozen=True, slots=True)
class Item:
    """A paper of the package: what it is, the name it was given, its SHA-256, its first page and how many.

    ``why`` says why it is not in it: a sheet stands in its place.
    """

    label: str
    name: str
    sha256: str
    first: int = 0
    pages: int = 0
    why: str = ""


def contents(code: str, nominee: str, items: Sequence[Item]) -> Paper:
    """Mục lục: every paper in its order with its pages and digest, and what could not be joined with its reason."""
    columns = (
        Column("STT", 0.6, "center"),
        Column("Giấy tờ", 4),
        Column("Từ trang", 0.9, "center"),
        Column("Số trang", 0.9, "center"),
        Column("SHA-256", 2.6),
    )
    rows = tuple(Row((words(str(number)), *_line(item))) for number, item in enumerate(items, 1))
    left = sum(bool(item.why) for item in items)
    told = f" Có {left} tệp không gộp được; chỗ của mỗi tệp có một tờ ghi rõ lý do." if left else ""
    return _sheet(
        "Mục lục tập hồ sơ",
        f"{code}: {nominee}",
        (
            body(f"Tập này gồm {len(items)} giấy tờ mà người tải được đọc.{told}"),
            Table(columns, rows),
            body("Mã SHA-256 là của từng tệp gốc. Tập gộp chỉ để đọc: chữ ký số kiểm tra trên tệp gốc ở trang hồ sơ."),
        ),
    )


def left_out(item: Item) -> Paper:
    """A sheet in place of a file that could not be joined."""
    return _sheet(
        "Giấy tờ không gộp được",
        item.label,
        (
            body(f"Tên tệp: {item.name}"),
            body(f"SHA-256: {_digest(item.sha256)}"),
            body(f"Lý do: {WHY[item.why]}. Hãy mở tệp này ở trang hồ sơ."),
        ),
    )


def _line(item: Item) -> tuple[Words, ...]:
    what = words(f"{item.label} ({item.name})" if item.name else item.label)
    if item.why:
        what = (*what, *words(f": {WHY[item.why]}", italic=True))
    return what, words(str(item.first)), words("0" if item.why else str(item.pages)), words(_digest(item.sha256))


def _digest(sha256: str) -> str:
    return " ".join(sha256[place : place + GROUP] for place in range(0, len(sha256), GROUP))


def _sheet(title: str, summary: str, blocks: tuple[Block, ...]) -> Paper:
    return Paper(
        kind="package", parent="", body="", symbol=(), place_date=(), title=title, summary=summary, blocks=blocks,
        signatures=(), draft=False, layout="sheet",
    )  # fmt: skip
