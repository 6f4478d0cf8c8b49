"""The reply to a ministry that asked about a nominee of its own in the province (facts 2.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nominations.documents.bodies import dated, day_words, full_name, heading, numbered, signature, undated
from nominations.documents.facts import Body
from nominations.documents.paper import Paper, body, run, words

WORDS = {
    "for": "nhất trí đề nghị khen thưởng",
    "against": "chưa nhất trí đề nghị khen thưởng",
    "neutral": "có ý kiến như sau",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the reply says: to whom, on which letter, about whom, what, with its number where it has one."""

    province: Body
    ministry: str
    letter_number: str
    letter_on: date
    nominee: str
    award: str
    advice: str | None
    reasons: str | None
    number: str | None
    replied_on: date | None
    today: date


def incoming_reply(said: Reply) -> Paper:
    """Công văn trả lời hiệp y của Ủy ban nhân dân tỉnh."""
    by = said.province
    parent, name = heading(by)
    return Paper(
        kind="incoming_reply",
        parent=parent,
        body=name,
        symbol=numbered(said.number, "", by) if said.number else words("Số: ........./UBND-VX"),
        place_date=dated(by, said.replied_on) if said.replied_on is not None else undated(by, said.today.year),
        title="",
        summary=f"V/v hiệp y khen thưởng đối với {said.nominee}",
        blocks=(
            body("Kính gửi: ", said.ministry, style="addressee"),
            body(
                f"Trả lời Văn bản số {said.letter_number} ",
                day_words(said.letter_on),
                f" của {said.ministry} về việc lấy ý kiến hiệp y đề nghị tặng {said.award} cho {said.nominee}, "
                f"{full_name(by)} ",
                run(WORDS.get(said.advice or ""), "ý kiến"),
                ".",
            ),
            body("Nội dung cụ thể: ", run(said.reasons, "nội dung ý kiến")),
            body(f"{full_name(by)} trả lời để {said.ministry} biết, tổng hợp./."),
        ),
        signatures=(signature(by, None),),
        recipients=("Như trên", "Sở Nội vụ", "Lưu: VT"),
        issued_on=said.replied_on,
        draft=said.number is None,
    )
