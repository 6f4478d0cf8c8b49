"""What is found and voted: the appraisal report, the minutes with the count of ballots, the slip for the signatory."""

from __future__ import annotations

from collections.abc import Mapping

from nominations.documents.bodies import by_hand, dated, day_words, full_name, heading, undated, unnumbered
from nominations.documents.facts import Advice, Facts, Vote
from nominations.documents.kinds.lists import address_cell, body_at, name_cell, nominee_list
from nominations.documents.paper import Block, Column, Paper, Row, Signature, Table, Words, body, run, words

ADVICE: Mapping[str, str] = {
    "for": "đề nghị xét khen thưởng",
    "against": "đề nghị không xét khen thưởng",
    "neutral": "trình cấp có thẩm quyền xem xét",
}
SIGN = "(Ký, ghi rõ họ tên)"


def appraisal(facts: Facts) -> Paper:
    """Báo cáo thẩm định: subject, criteria one by one, file, conclusion."""
    found = _advice(facts, facts.stage)
    by = body_at(facts, facts.stage)
    parent, name = heading(by)
    rows = tuple(
        Row((words(code), words(facts.criteria.get(code, "")), words("Đạt" if met else "Chưa đạt"), words(note)))
        for code, met, note in (found.findings if found is not None else ())
    )
    columns = (
        Column("Tiêu chí", 0.8, "center"),
        Column("Nội dung", 5),
        Column("Kết quả", 1, "center"),
        Column("Nhận xét", 2.4),
    )
    table: tuple[Block, ...] = (Table(columns, rows),) if rows else ()
    return Paper(
        kind="appraisal",
        parent=parent,
        body=name,
        symbol=unnumbered("BC", by),
        place_date=dated(by, found.given_on) if found is not None else undated(by, facts.today.year),
        title="Báo cáo thẩm định",
        summary=f"Hồ sơ đề nghị tặng {facts.form_label}",
        blocks=(
            body("1. Trường hợp được đề nghị: ", run(facts.nominee, "họ tên, tên gọi"), f" ({facts.code})."),
            body(f"2. Đơn vị đề nghị: {full_name(facts.home)}. Đợt xét: {facts.round_title}."),
            body("3. Đối chiếu tiêu chí của phong trào", ":" if rows else ": nhận xét chung tại mục 4."),
            *table,
            body("4. Ý kiến thẩm định: ", run(found.reasons if found is not None else None, "ý kiến thẩm định")),
            body("5. Kết luận: ", run(ADVICE.get(found.advice) if found is not None else None, "kết luận"), "./."),
        ),
        signatures=(
            by_hand(
                "Người thẩm định",
                words(run(found.person if found else None, "người thẩm định")),
                by,
                found.stead if found else None,
            ),
        ),
        recipients=("Hội đồng Thi đua - Khen thưởng", "Lưu: hồ sơ"),
        issued_on=found.given_on if found is not None else None,
    )


def _advice(facts: Facts, stage: str) -> Advice | None:
    return next((line for line in reversed(facts.advice) if line.stage == stage), None)


def minutes(facts: Facts) -> Paper:
    """Biên bản họp xét, with the count of the ballots over all members."""
    vote = facts.vote_at(facts.stage)
    host = body_at(facts, facts.stage)
    parent, name = heading(host)
    held = vote.held_on if vote is not None else None
    return Paper(
        kind="minutes",
        parent=parent or name,
        body=vote.council if vote is not None else name,
        symbol=unnumbered("BB", host) if vote is None else words("Số: ........./BB-HĐTĐKT"),
        place_date=dated(host, held) if held is not None else undated(host, facts.today.year),
        title="Biên bản",
        summary=f"Họp xét đề nghị tặng {facts.form_label}",
        blocks=(
            body(
                "I. Thời gian: ",
                day_words(held) if held else "ngày ..... tháng ..... năm .....",
                ".",
            ),
            *_attendance(vote),
            body(
                "III. Nội dung: Hội đồng nghe báo cáo tóm tắt thành tích, nhắc lại tiêu chuẩn, thảo luận và "
                f"{'bỏ phiếu kín' if vote is not None and vote.secret else 'biểu quyết'}."
            ),
            body("IV. Kết quả:"),
            _tally(facts, vote),
            *_count(vote),
            body("Biên bản được đọc lại cho các thành viên dự họp cùng nghe, thống nhất và kết thúc cùng ngày./."),
        ),
        signatures=(Signature(("Thư ký",), note=SIGN), Signature(("Chủ trì",), note=SIGN)),
        issued_on=held,
    )


def _attendance(vote: Vote | None) -> tuple[Block, ...]:
    """Who sits in the council, and whose vote was not heard; the names of a secret ballot say nothing of the vote."""
    seats = vote.seats if vote is not None else ()
    present = ", ".join(seat.name for seat in seats if seat.voted)
    absent = ", ".join(seat.name for seat in seats if not seat.voted)
    total = vote.members if vote is not None else 0
    return (
        body(f"II. Thành phần: Hội đồng có {total} thành viên."),
        body("Thành viên tham gia biểu quyết: ", run(present, "danh sách thành viên dự họp"), "."),
        body(f"Thành viên không tham gia biểu quyết: {absent or 'không có'}."),
    )


def _tally(facts: Facts, vote: Vote | None) -> Table:
    columns = (
        (Column("Họ và tên, tên gọi", 2.6), name_cell),
        (Column("Đơn vị, địa chỉ", 2.4), address_cell),
        (Column("Đồng ý", 1, "center"), lambda _n, _line: _number(vote, "agree")),
        (Column("Không đồng ý", 1, "center"), lambda _n, _line: _number(vote, "disagree")),
        (Column("Tỷ lệ", 1.2, "center"), lambda _n, _line: words(run(share(vote), "tỷ lệ"))),
    )
    return nominee_list(facts.lines, columns)


def _number(vote: Vote | None, which: str) -> Words:
    return words(run(getattr(vote, which) if vote is not None else None, "số phiếu"))


def share(vote: Vote | None) -> str:
    """Agreeing members over all members, in percent; halves up."""
    if vote is None or not vote.members:
        return ""
    hundredths = (vote.agree * 10000 + vote.members // 2) // vote.members
    return f"{vote.agree}/{vote.members} ({hundredths // 100},{hundredths % 100:02}\u00a0%)"


def _count(vote: Vote | None) -> tuple[Block, ...]:
    """Biên bản kiểm phiếu, where paper ballots were counted."""
    if vote is None or vote.count is None:
        return ()
    count = vote.count
    return (
        body(
            f"V. Kiểm phiếu: số phiếu phát ra {count.issued}; thu về {count.returned}; hợp lệ {count.valid}; không hợp "
            f"lệ {count.returned - count.valid}."
        ),
        body(f"Tổ kiểm phiếu: {count.recorder}, ", run(count.confirmer, "người kiểm phiếu thứ hai"), "."),
    )
