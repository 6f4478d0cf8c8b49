"""What stands in a letter: that something waits, and where to look; never what a file says.

A letter may be read on a shared screen or forwarded. So it names the file's code and links to a page behind the
sign-in; no name of a nominee, no reason, no vote, and the link itself does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and plain text."""

    subject: str
    text: str


_WORDS = {
    "vi": {
        "task": ("Hồ sơ {code} chờ xử lý", "Hồ sơ {code} đã chuyển tới đồng chí và đang chờ xử lý."),
        "returned": ("Hồ sơ {code} được trả để bổ sung", "Hồ sơ {code} được trả để bổ sung, đang chờ đồng chí."),
        "ended": ("Hồ sơ {code} đã có kết quả", "Hồ sơ {code} đã kết thúc; kết quả có trên trang hồ sơ."),
        "nobody_free": (
            "Hồ sơ {code} chưa có người xử lý",
            "Một bước của hồ sơ {code} chưa có người đủ điều kiện xử lý. Đề nghị bố trí người làm thay.",
        ),
        "annulled": (
            "Quyết định của hồ sơ {code} đã bị hủy bỏ",
            "Quyết định khen thưởng của hồ sơ {code} đã bị hủy bỏ.",
        ),
        "corrected": ("Quyết định của hồ sơ {code} được đính chính", "Quyết định của hồ sơ {code} đã được đính chính."),
        "reissued": ("Hồ sơ {code} được cấp lại bằng", "Bằng khen, giấy khen của hồ sơ {code} đã được cấp lại."),
        "correction_waits": (
            "Đề nghị đính chính hồ sơ {code}",
            "Đề nghị đính chính quyết định của hồ sơ {code} chờ ký.",
        ),
        "act_waits_number": (
            "Văn bản của hồ sơ {code} chờ số",
            "Văn bản hủy bỏ, đính chính của hồ sơ {code} chờ cấp số.",
        ),
        "due_soon": ("Hồ sơ {code} sắp đến hạn", "Bước đang chờ đồng chí của hồ sơ {code} sắp đến hạn."),
        "overdue": ("Hồ sơ {code} đã quá hạn", "Bước đang chờ đồng chí của hồ sơ {code} đã quá hạn."),
        "escalated": (
            "Hồ sơ {code} quá hạn tại đơn vị",
            "Một bước của hồ sơ {code} tại đơn vị của đồng chí đã quá hạn. Đề nghị đôn đốc hoặc bố trí người làm thay.",
        ),
        "report_due": (
            "Báo cáo phong trào thi đua năm {code} sắp đến hạn",
            "Báo cáo phong trào thi đua năm {code} của cơ quan, đơn vị đồng chí sắp đến hạn gửi.",
        ),
        "report_late": (
            "Báo cáo phong trào thi đua năm {code} đã quá hạn",
            "Báo cáo phong trào thi đua năm {code} của cơ quan, đơn vị đồng chí đã quá hạn, đề nghị gửi sớm.",
        ),
        "asked": ("Lấy ý kiến về hồ sơ {code}", "Cơ quan của đồng chí được hỏi ý kiến về hồ sơ {code}."),
        "reminded": ("Đôn đốc trả lời về hồ sơ {code}", "Ý kiến của cơ quan đồng chí về hồ sơ {code} đang được chờ."),
        "request_over": (
            "Không cần trả lời về hồ sơ {code} nữa",
            "Yêu cầu lấy ý kiến về hồ sơ {code} đã kết thúc; đồng chí không phải trả lời nữa.",
        ),
        "reply_due_soon": ("Sắp đến hạn trả lời về hồ sơ {code}", "Ý kiến về hồ sơ {code} sắp đến hạn trả lời."),
        "reply_overdue": ("Quá hạn trả lời về hồ sơ {code}", "Ý kiến về hồ sơ {code} đã quá hạn trả lời."),
        "replied": ("Đã có trả lời về hồ sơ {code}", "Một cơ quan được hỏi đã trả lời về hồ sơ {code}."),
        "reply_silent": (
            "Chưa có trả lời về hồ sơ {code}",
            "Một cơ quan được hỏi về hồ sơ {code} chưa trả lời dù đã hết hạn. Đề nghị đôn đốc hoặc xử lý tiếp.",
        ),
    },
    "en": {
        "task": ("File {code} waits for you", "File {code} has come to you and waits."),
        "returned": ("File {code} was returned", "File {code} was returned to be completed and waits for you."),
        "ended": ("File {code} has a result", "File {code} has ended; the result is on its page."),
        "nobody_free": (
            "File {code} has nobody to act",
            "A step of file {code} has nobody who may act. Please arrange for somebody.",
        ),
        "annulled": ("The decision of file {code} was annulled", "The award decided in file {code} was annulled."),
        "corrected": ("The decision of file {code} was corrected", "The decision of file {code} was corrected."),
        "reissued": ("File {code} has a new certificate", "The certificate of file {code} was issued again."),
        "correction_waits": (
            "A correction of file {code}",
            "A correction of the decision of file {code} waits to be signed.",
        ),
        "act_waits_number": (
            "A paper of file {code} needs its number",
            "An annulment or correction of file {code} waits for its number.",
        ),
        "due_soon": ("File {code} is due soon", "The step of file {code} that waits for you is due soon."),
        "overdue": ("File {code} is overdue", "The step of file {code} that waits for you is overdue."),
        "escalated": (
            "File {code} is overdue in your unit",
            "A step of file {code} in your unit is overdue. Please see to it, or arrange for somebody.",
        ),
        "report_due": (
            "The movement's report of {code} is due soon",
            "Your body's report on the movement of {code} is due soon.",
        ),
        "report_late": (
            "The movement's report of {code} is overdue",
            "Your body's report on the movement of {code} is overdue; please send it.",
        ),
        "asked": ("An opinion is asked on file {code}", "Your body is asked for its opinion on file {code}."),
        "reminded": ("A reply on file {code} is awaited", "Your body's opinion on file {code} is awaited."),
        "request_over": (
            "No reply on file {code} is needed any more",
            "The request for an opinion on file {code} is over; you need not reply.",
        ),
        "reply_due_soon": ("A reply on file {code} is due soon", "Your opinion on file {code} is due soon."),
        "reply_overdue": ("A reply on file {code} is overdue", "Your opinion on file {code} is overdue."),
        "replied": ("A reply on file {code} has come", "A body that was asked has replied on file {code}."),
        "reply_silent": (
            "No reply on file {code} yet",
            "A body asked about file {code} has not replied by its day. Please remind it, or go on as the flow allows.",
        ),
    },
}
TO_THE_BODY = ("asked", "reminded", "request_over", "reply_due_soon", "reply_overdue")
"""Kinds of notice to a body that is asked: for it the file's own page is not there."""
REPORTS = "/phong-trao/bao-cao"
_PAGES = {"nobody_free": "/", "digest": "/viec", "report_due": REPORTS, "report_late": REPORTS} | dict.fromkeys(
    TO_THE_BODY, "/y-kien"
)
_TEXT = {
    "vi": """Kính gửi đồng chí {name},

{says}

Xem tại: {address}

Thư này được gửi tự động. Nội dung chỉ xem được sau khi đăng nhập; mở liên kết chưa thực hiện việc gì.
""",
    "en": """Dear {name},

{says}

See: {address}

This letter was sent automatically. The content can be read after signing in only; opening the link does nothing yet.
""",
}
_DIGEST = {
    "vi": {
        "subject": "{waiting} việc đang chờ đồng chí",
        "waiting": "Đang chờ đồng chí: {waiting} việc.",
        "late": "Đã quá hạn: {late}.",
        "soon": "Sắp đến hạn: {soon}.",
        "files": "Gồm:",
        "more": "- và {more} việc khác",
        "due": "hạn {day}",
        "off": "Không muốn nhận thư này nữa: bỏ chọn ở trang Tài khoản của tôi.",
    },
    "en": {
        "subject": "{waiting} files wait for you",
        "waiting": "Waiting for you: {waiting}.",
        "late": "Overdue: {late}.",
        "soon": "Due soon: {soon}.",
        "files": "Among them:",
        "more": "- and {more} more",
        "due": "due {day}",
        "off": "If you no longer want this letter, untick it on the page My account.",
    },
}


def page_of(kind: str, code: str) -> str:
    """Where a letter or notice leads, behind the sign-in: the page of its work, else the file's."""
    return _PAGES.get(kind, f"/ho-so/{code}")


def told(kind: str, code: str, lang: str = "vi") -> str:
    """What a notice of this kind says, in one sentence."""
    return _WORDS[lang][kind][1].format(code=code)


def letter(kind: str, name: str, code: str, address: str, lang: str = "vi") -> Letter:
    """The letter of a notice of this kind to a person; ``address`` is the page to look at, ``lang`` vi or en."""
    subject, says = (words.format(code=code) for words in _WORDS[lang][kind])
    return Letter(subject, _TEXT[lang].format(name=name, says=says, address=address))


def digest(said: Mapping[str, Any], name: str, address: str, lang: str = "vi") -> Letter:
    """The daily letter. ``said``: waiting, late, soon (numbers), files (code and ISO due day or none)."""
    words = _DIGEST[lang]
    lines = [words["waiting"].format(waiting=said["waiting"])]
    lines += [words[key].format(**{key: said[key]}) for key in ("late", "soon") if said[key]]
    lines += ["", words["files"], *_files(said["files"], lang)]
    more = said["waiting"] - len(said["files"])
    lines += [words["more"].format(more=more)] if more > 0 else []
    lines += ["", words["off"]]
    subject = words["subject"].format(waiting=said["waiting"])
    return Letter(subject, _TEXT[lang].format(name=name, says="\n".join(lines), address=address))


def _files(files: Sequence[Sequence[str | None]], lang: str) -> list[str]:
    due = _DIGEST[lang]["due"]
    days = [None if day is None else f"{date.fromisoformat(day):%d/%m/%Y}" for _code, day in files]
    return [
        f"- {code}" + ("" if day is None else f", {due.format(day=day)}")
        for (code, _due_on), day in zip(files, days, strict=True)
    ]
