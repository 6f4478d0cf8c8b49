"""What stands in a letter: that something waits, and where to look; never what a file says.

A letter may be read on a shared screen or forwarded. So it names the file's code and links to a page behind the
sign-in; no name of a nominee, no reason, no vote, and the link itself does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and plain text."""

    subject: str
    text: str


_WORDS = {
    "task": ("Hồ sơ {code} chờ xử lý", "Hồ sơ {code} đã chuyển tới đồng chí và đang chờ xử lý."),
    "returned": ("Hồ sơ {code} được trả để bổ sung", "Hồ sơ {code} được trả để bổ sung, đang chờ đồng chí."),
    "ended": ("Hồ sơ {code} đã có kết quả", "Hồ sơ {code} đã kết thúc; kết quả có trên trang hồ sơ."),
    "nobody_free": (
        "Hồ sơ {code} chưa có người xử lý",
        "Một bước của hồ sơ {code} chưa có người đủ điều kiện xử lý. Đề nghị bố trí người làm thay.",
    ),
}
_TEXT = """Kính gửi đồng chí {name},

{says}

Xem tại: {address}

Thư này được gửi tự động. Nội dung chỉ xem được sau khi đăng nhập; mở liên kết chưa thực hiện việc gì.
"""


def letter(kind: str, name: str, code: str, address: str) -> Letter:
    """The letter of a notice of this kind to a person; ``address`` is the page to look at."""
    subject, says = (words.format(code=code) for words in _WORDS[kind])
    return Letter(subject, _TEXT.format(name=name, says=says, address=address))
