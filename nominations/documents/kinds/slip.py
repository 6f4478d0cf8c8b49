"""Phiếu trình: one page for the signatory, with what differs and what was reserved before anything else."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from nominations.documents.bodies import by_hand, day_words, full_name, heading, undated
from nominations.documents.facts import Facts
from nominations.documents.kinds.lists import body_at, counted, ended
from nominations.documents.kinds.review import SIGN, share
from nominations.documents.paper import Paper, Paragraph, Signature, body, run, words

MOST_SAID = 5
"""Of remarks on a list, told one by one; the rest are told in figures and stand in their files."""


def check_slip(facts: Facts) -> Paper:
    """Phiếu trình of a file or a list: departures and reservations, counts, the vote, what the office found, days."""
    host = body_at(facts, "chairman")
    found = next((one for one in reversed(facts.advice) if one.stage == "chairman"), None)
    parent, name = heading(host)
    return Paper(
        kind="check_slip",
        parent=parent or name,
        body="Văn phòng",
        symbol=words("Số: ........./PTr-VP"),
        place_date=undated(host, facts.today.year),
        title="Phiếu trình",
        summary=f"Về việc tặng {facts.form_label}",
        blocks=(
            body("1. Khác với kết quả biểu quyết: ", _told(_departures(facts)), "."),
            body("2. Ý kiến bảo lưu: ", _told(_reservations(facts)), "."),
            _presented(facts),
            _vote(facts),
            body(
                "5. Ý kiến thẩm tra của Văn phòng: ",
                run(ended(found.reasons) if found is not None else None, "ý kiến thẩm tra"),
                ".",
            ),
            _days(facts),
            body("7. Hồ sơ kèm theo: tờ trình, danh sách, báo cáo thành tích, biên bản họp xét, dự thảo quyết định."),
            body(f"8. Ý kiến của lãnh đạo: {80 * '.'}"),
        ),
        signatures=(
            by_hand(
                "Người thẩm tra",
                words(run(found.person if found is not None else None, "người thẩm tra")),
                host,
                found.stead if found is not None else None,
            ),
            Signature(("Lãnh đạo Văn phòng",), note=SIGN),
        ),
        issued_on=found.given_on if found is not None else None,
    )


def _departures(facts: Facts) -> list[str]:
    """Where a head departed from a vote, and why."""
    if facts.remarks is not None:
        return list(facts.remarks.departures)
    return [
        f"{full_name(body_at(facts, one.stage))}: {ended(one.reasons or one.reason_words)}"
        for one in facts.decisions
        if one.departs
    ]


def _reservations(facts: Facts) -> list[str]:
    """Who advised against, and why."""
    if facts.remarks is not None:
        return list(facts.remarks.reservations)
    return [f"{one.person}: {ended(one.reasons)}" for one in facts.advice if one.advice == "against"]


def _told(remarks: list[str]) -> str:
    left = len(remarks) - MOST_SAID
    said = remarks[:MOST_SAID] + ([f"và {left:02} ý kiến khác ghi trong hồ sơ"] if left > 0 else [])
    return "; ".join(said) or "không có"


def _presented(facts: Facts) -> Paragraph:
    """Of a file its nominee, of a list how many of each kind; then how many of each form."""
    forms = Counter(line.form or facts.form_label for line in facts.lines)
    by_form = "; ".join(f"{form}: {count:02}" for form, count in forms.items())
    which = (
        (": ", run(facts.nominee, "họ tên, tên gọi"), f" ({facts.code})")
        if len(facts.lines) == 1
        else (" (danh sách kèm theo)",)
    )
    return body(f"3. Trường hợp trình: {counted(facts.lines)}", *which, f". Hình thức: {by_form}.")


def _vote(facts: Facts) -> Paragraph:
    """The vote that the signatory hears; of a list its lowest and highest share over all members."""
    what = "4. Biểu quyết của Hội đồng tỉnh: "
    if len(facts.lines) == 1:
        said = run(share(facts.vote_at("chairman")), "kết quả biểu quyết")
        return body(what, said, " đồng ý trên tổng số thành viên.")
    votes = sorted({line.vote for line in facts.lines if line.vote}, key=lambda vote: Fraction(vote.partition(" ")[0]))
    between = f"từ {votes[0]} đến {votes[-1]}" if len(votes) > 1 else "".join(votes)
    return body(what, run(between, "kết quả biểu quyết"), " đồng ý trên tổng số thành viên, từng dòng ở danh sách.")


def _days(facts: Facts) -> Paragraph:
    """Until when the step that is open has, and when its result can be expected."""
    step = facts.open_step
    if step is None:
        return body("6. Thời hạn: bước ký đã xong.")
    due = day_words(step.due_on) if step.due_on is not None else "không tính hạn"
    result = day_words(step.result_on) if step.result_on is not None else "chưa tính được"
    return body("6. Thời hạn của bước này: ", due, "; dự kiến có quyết định: ", result, ".")
