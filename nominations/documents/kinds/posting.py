"""Public posting: the notice that hangs out, and the minutes of its end. Neither says anything of poverty."""

from __future__ import annotations

from nominations.documents.bodies import day_words, full_name, heading, signature, undated, unnumbered
from nominations.documents.facts import Facts
from nominations.documents.kinds.letters import notice
from nominations.documents.kinds.lists import address_cell, body_at, name_cell, nominee_list
from nominations.documents.paper import Column, Paper, Signature, body, run, words

SIGN = "(Ký, ghi rõ họ tên)"
# No more than who it is, where, and for which form: what somebody was helped with is nobody's business on a wall.
COLUMNS = (
    (Column("Họ và tên, tên gọi", 2.6), name_cell),
    (Column("Đơn vị, địa chỉ", 2.6), address_cell),
    (Column("Hình thức đề nghị", 2.4), lambda _number, line: words(line.form)),
)


def posting_notice(facts: Facts) -> Paper:
    """Thông báo niêm yết: who is proposed for what, how long, and where to say something. No poverty status."""
    by, posted = body_at(facts, "commune"), facts.posting
    days = f"{posted.working_days} ngày làm việc" if posted is not None else None
    blocks = (
        body(f"{full_name(by)} thông báo công khai trường hợp được đề nghị khen thưởng trong {facts.round_title}:"),
        nominee_list(facts.lines, COLUMNS),
        body("Nơi niêm yết: ", run(posted.places if posted is not None else None, "nơi niêm yết"), "."),
        body(
            "Thời gian niêm yết: ",
            run(days, "số ngày niêm yết"),
            ", từ ",
            day_words(posted.begun_on if posted is not None else None),
            " đến hết ",
            day_words(posted.until_on if posted is not None else None),
            ".",
        ),
        body(
            "Trong thời gian niêm yết, ý kiến góp ý xin gửi trực tiếp hoặc bằng văn bản có ghi rõ họ tên, địa chỉ về "
            f"{full_name(by)} để xem xét trước khi Hội đồng Thi đua - Khen thưởng họp./."
        ),
    )
    return notice(facts, by, "posting_notice", "Công khai trường hợp được đề nghị khen thưởng", blocks)


def posting_minutes(facts: Facts) -> Paper:
    """Biên bản kết thúc niêm yết, to be signed by the commune and the hamlet."""
    by, posted = body_at(facts, "commune"), facts.posting
    parent, name = heading(by)
    ended = posted.ended_on if posted is not None else None
    heard = posted.remarks if posted is not None else ""
    return Paper(
        kind="posting_minutes",
        parent=parent,
        body=name,
        symbol=unnumbered("BB", by),
        place_date=undated(by, facts.today.year),
        title="Biên bản",
        summary="Kết thúc niêm yết công khai trường hợp được đề nghị khen thưởng",
        blocks=(
            body("1. Trường hợp được niêm yết: ", run(facts.nominee, "họ tên, tên gọi"), f" ({facts.code})."),
            body(f"2. Hình thức đề nghị: {facts.form_label}."),
            body("3. Nơi niêm yết: ", run(posted.places if posted is not None else None, "nơi niêm yết"), "."),
            body(
                "4. Thời gian: từ ",
                day_words(posted.begun_on if posted is not None else None),
                " đến hết ",
                day_words(posted.until_on if posted is not None else None),
                "; kết thúc ",
                day_words(ended),
                ".",
            ),
            body("5. Ý kiến nhận được: ", heard or "không có", "."),
            body("Biên bản được lập, đọc lại và các bên cùng ký xác nhận./."),
        ),
        signatures=(
            Signature(("Đại diện thôn, khu phố",), note=SIGN),
            Signature(("Người lập biên bản",), note=SIGN),
            signature(by, None),
        ),
        recipients=("Lưu: hồ sơ",),
        issued_on=ended,
    )
