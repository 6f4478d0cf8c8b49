"""Papers of the counter: the receipt with the day of the answer, and the slip of a returned file (facts 2.2, 2.8)."""

from __future__ import annotations

from nominations.documents.bodies import by_hand, dated, day_words, full_name, heading, signature, undated
from nominations.documents.facts import Facts
from nominations.documents.kinds.lists import body_at, numbered_items
from nominations.documents.paper import Paper, Signature, body, run, words


def receipt(facts: Facts) -> Paper:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""
    found = next((arrival for arrival in reversed(facts.arrivals) if arrival.stage == facts.stage), None)
    taking = body_at(facts, facts.stage)
    parent, name = heading(taking)
    papers = found.papers if found is not None else ()
    return Paper(
        kind="receipt",
        parent=parent,
        body=name,
        symbol=words(f"Mã hồ sơ: {facts.code}"),
        place_date=dated(taking, found.received_on) if found is not None else undated(taking, facts.today.year),
        title="Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        summary="",
        blocks=(
            body(f"{full_name(taking)} tiếp nhận hồ sơ của: ", full_name(facts.home), "."),
            body("Trường hợp đề nghị: ", run(facts.nominee, "họ tên, tên gọi"), "."),
            body(f"Nội dung: đề nghị tặng {facts.form_label}, {facts.round_title}."),
            body("Thành phần hồ sơ nộp gồm:"),
            *numbered_items(papers or ("Theo danh mục trong hồ sơ điện tử.",)),
            body("Số lượng hồ sơ: 01 bộ."),
            body("Thời gian nhận hồ sơ: ", day_words(found.received_on if found is not None else None), "."),
            body("Thời gian hẹn trả kết quả: ", *_expected(facts), "."),
        ),
        signatures=(
            Signature(("Người nộp hồ sơ",), note="(Ký và ghi rõ họ tên)"),
            by_hand(
                "Người tiếp nhận hồ sơ",
                words(run(found.person if found else None, "người tiếp nhận")),
                taking,
                found.stead if found else None,
                "(Ký và ghi rõ họ tên)",
            ),
        ),
        issued_on=found.received_on if found is not None else None,
    )


def _expected(facts: Facts) -> tuple[str, ...]:
    found = next((arrival for arrival in reversed(facts.arrivals) if arrival.stage == facts.stage), None)
    if found is None or found.due_on is None:
        return ("theo thời hạn của quy trình",)
    return (f"ngày {found.due_on:%d/%m/%Y}, nếu hồ sơ đã đầy đủ",)


def return_slip(facts: Facts) -> Paper:
    """Phiếu trả hồ sơ: every fault at once, and what is opened again."""
    sent = facts.returns[-1] if facts.returns else None
    by = body_at(facts, sent.stage if sent is not None else facts.stage)
    parent, name = heading(by)
    faults = [f"{what}: {note}" if note else what for what, note in (sent.faults if sent is not None else ())]
    sections = ", ".join(sent.sections) if sent is not None else ""
    return Paper(
        kind="return_slip",
        parent=parent,
        body=name,
        symbol=words(f"Mã hồ sơ: {facts.code}"),
        place_date=dated(by, sent.opened_on) if sent is not None else undated(by, facts.today.year),
        title="Phiếu trả hồ sơ",
        summary="Yêu cầu bổ sung, hoàn thiện hồ sơ đề nghị khen thưởng",
        blocks=(
            body("Kính gửi: ", run(sent.holder if sent is not None else None, "nơi nhận lại hồ sơ"), style="addressee"),
            body(
                f"{full_name(by)} trả hồ sơ {facts.code} đề nghị tặng {facts.form_label} cho ",
                run(facts.nominee, "họ tên, tên gọi"),
                " để bổ sung, hoàn thiện các nội dung sau:",
            ),
            *numbered_items(faults),
            body("Các phần được mở lại để sửa: ", run(sections, "phần mở lại"), "."),
            body(
                "Trong thời gian hồ sơ được trả, thời hạn giải quyết tạm dừng và tính tiếp khi hồ sơ được nộp lại "
                "đầy đủ./."
            ),
        ),
        signatures=(
            signature(by, None)
            if sent is None
            else by_hand("Người trả hồ sơ", words(run(sent.person, "người trả hồ sơ")), by, sent.stead),
        ),
        recipients=("Như trên", "Lưu: hồ sơ"),
        issued_on=sent.opened_on if sent is not None else None,
    )
