"""What is written after a decision: annulments, corrections, the letter to the centre, a certificate given again."""

from __future__ import annotations

from collections.abc import Mapping

from nominations.documents.bodies import (
    dated,
    day_words,
    full_name,
    head_of,
    heading,
    numbered,
    reference,
    signature,
    undated,
    unnumbered,
)
from nominations.documents.facts import After, Body, Facts, Signed
from nominations.documents.kinds.lists import PRIME_MINISTER, article, basis, body_at, ended, numbered_items, vnd
from nominations.documents.paper import Block, Paper, Run, Words, body, run, words

FIELDS: Mapping[str, str] = {
    "name": "Họ tên, tên gọi",
    "address": "Địa chỉ",
    "birth_year": "Năm sinh",
    "decision_number": "Số quyết định",
    "amount_vnd": "Số tiền thưởng",
}
FALLBACK = "QĐ"


def annulment(facts: Facts) -> Paper:
    """Quyết định hủy bỏ: the same body takes its award back, with object and money (facts 2.8, L11)."""
    issuer, act = body_at(facts, facts.deciding_stage), facts.act("annulment")
    why = words("Xét đề nghị hủy bỏ quyết định khen thưởng vì: ", _ground(act))
    blocks = (
        *basis(facts, why),
        body("QUYẾT ĐỊNH:", style="centered"),
        article(1, (*words(f"Hủy bỏ {facts.form_label} đã tặng cho "), *_whom(facts), *_by_decision(facts, issuer))),
        article(2, words("Lý do hủy bỏ: ", run(ended(act.reasons if act else ""), "lý do"), ".")),
        article(3, words(*_given_back(facts, act))),
        article(
            4,
            words(
                "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị có liên quan và trường hợp có tên tại "
                "Điều 1 chịu trách nhiệm thi hành Quyết định này./."
            ),
        ),
    )
    return _decided(facts, "annulment", "Về việc hủy bỏ hình thức khen thưởng", issuer, act, blocks, "Như Điều 4")


def correction(facts: Facts) -> Paper:
    """Quyết định đính chính: what stood wrong and what it must be, line by line."""
    issuer, act = body_at(facts, facts.deciding_stage), facts.act("correction")
    rows = [_change(field, old, new) for field, old, new in (act.changes if act is not None else ())]
    blocks = (
        *basis(facts, words("Xét đề nghị đính chính vì: ", run(ended(act.reasons if act else ""), "lý do"))),
        body("QUYẾT ĐỊNH:", style="centered"),
        article(1, (*words("Đính chính nội dung ghi về "), *_whom(facts), *_by_decision(facts, issuer, was=act))),
        *numbered_items(rows),
        article(2, words("Các nội dung khác của Quyết định nêu tại Điều 1 giữ nguyên.")),
        article(
            3,
            words(
                "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị có liên quan chịu trách nhiệm thi hành "
                "Quyết định này./."
            ),
        ),
    )
    return _decided(facts, "correction", "Về việc đính chính quyết định khen thưởng", issuer, act, blocks, "Như Điều 3")


def annulment_proposal(facts: Facts) -> Paper:
    """Tờ trình: the Chairman asks the centre to annul its own award."""
    sender, act = body_at(facts, facts.stage), facts.act("annulment_proposal")
    parent, name = heading(sender, person=True)
    blocks = (
        body("Kính gửi: ", PRIME_MINISTER, style="addressee"),
        body(
            f"{PRIME_MINISTER} đã tặng {facts.form_label} cho ",
            *_whom(facts),
            *_by_decision(facts, sender, verb="theo"),
        ),
        body(
            "Qua xem xét, có căn cứ hủy bỏ: ", _ground(act), ". ", run(ended(act.reasons if act else ""), "lý do"), "."
        ),
        body(f"{head_of(sender)} kính trình {PRIME_MINISTER} xem xét, hủy bỏ quyết định khen thưởng nêu trên./."),
    )
    signed = act.signed if act is not None else None
    return Paper(
        kind="annulment_proposal",
        parent=parent,
        body=name,
        symbol=_symbol(signed, sender, "TTr"),
        place_date=dated(sender, signed.numbered_on) if signed else undated(sender, facts.today.year),
        title="Tờ trình",
        summary="Về việc đề nghị hủy bỏ quyết định khen thưởng",
        blocks=blocks,
        signatures=(signature(sender, signed, in_person=True),),
        recipients=("Như trên", "Lưu: VT"),
        issued_on=signed.numbered_on if signed else None,
    )


def reissue(facts: Facts) -> Paper:
    """Thông báo cấp lại: the copy that counts from now on, under the same number of the register."""
    issuer, act, award = body_at(facts, facts.deciding_stage), facts.act("reissue"), facts.award
    register = f"{award.register_no}/{award.register_year}" if award is not None and award.register_no else None
    parent, name = heading(issuer)
    blocks = (
        body("Kính gửi: ", full_name(facts.home), style="addressee"),
        body(f"{full_name(issuer)} cấp lại {facts.form_label} của ", *_whom(facts), *_by_decision(facts, issuer)),
        body(
            "Lý do cấp lại: bản đã cấp ", run(act.ground if act else None, "lý do cấp lại"), ". ",
            run(ended(act.reasons if act else ""), "lý do"), ".",
        ),
        body(
            "Bản cấp lại giữ nguyên số vào sổ khen thưởng ", run(register, "số vào sổ"),
            f", là bản cấp lại lần {award.replaced if award is not None else 1}; bản cấp trước không còn giá trị./.",
        ),
    )  # fmt: skip
    return Paper(
        kind="reissue",
        parent=parent,
        body=name,
        symbol=unnumbered("TB", issuer),
        place_date=undated(issuer, facts.today.year),
        title="Thông báo",
        summary="Về việc cấp lại bằng khen, giấy khen",
        blocks=blocks,
        signatures=(signature(issuer, act.signed if act is not None else None),),
        recipients=("Như trên", "Lưu: VT"),
    )


def _decided(
    facts: Facts, kind: str, summary: str, issuer: Body, act: After | None, blocks: tuple[Block, ...], first: str
) -> Paper:
    """A decision of the body that awarded, with its number once it has one."""
    signed = act.signed if act is not None else None
    parent, name = heading(issuer, person=True)
    on = signed.numbered_on if signed is not None else None
    return Paper(
        kind=kind,
        parent=parent,
        body=name,
        symbol=_symbol(signed, issuer, FALLBACK),
        place_date=dated(issuer, on) if on is not None else undated(issuer, facts.today.year),
        title="Quyết định",
        summary=summary,
        blocks=blocks,
        signatures=(signature(issuer, signed, in_person=True),),
        recipients=(first, full_name(facts.home), "Lưu: VT"),
        issued_on=on,
    )


def _symbol(signed: Signed | None, issuer: Body, series: str) -> Words:
    if signed is None or not signed.number:
        return unnumbered(series if signed is None else signed.series, issuer)
    return numbered(signed.number, signed.series, issuer)


def _whom(facts: Facts) -> Words:
    line = facts.lines[0]
    return words(run(line.name, "họ tên, tên gọi"), f", {line.address}" if line.address else "")


def _by_decision(facts: Facts, issuer: Body, *, verb: str = "tại", was: After | None = None) -> Words:
    """By which decision; one whose number is itself put right is named by the number it was issued with."""
    signed = facts.last("award") or facts.last("central_awarded")
    number = signed.number if signed is not None else None
    if was is not None:
        number = next((old for field, old, _new in was.changes if field == "decision_number" and old), number)
    named = reference(number, signed.series if signed is not None else FALLBACK, issuer)
    on = day_words(signed.numbered_on if signed is not None else None)
    return words(f" {verb} Quyết định số ", named, " ", on, ".")


def _ground(act: After | None) -> Run:
    return run(ended(act.ground[:1].lower() + act.ground[1:]) if act is not None else None, "căn cứ hủy bỏ")


def _given_back(facts: Facts, act: After | None) -> tuple[str, ...]:
    """Certificate and bonus come back; the amount where the tables or a correction have one."""
    amount = act.amount if act is not None else None
    form = facts.form_label.partition(" của ")[0]
    figure = f" ({vnd(amount)} đồng)" if amount is not None else ""
    return ("Thu hồi ", form, f" và tiền thưởng đã nhận{figure}.")


def _change(field: str, old: str, new: str) -> str:
    before, after = (f"{vnd(int(said))} đồng" if field == "amount_vnd" and said else said for said in (old, new))
    return (
        f"{FIELDS[field]}: đã ghi “{before}”, nay đính chính là “{after}”."
        if before
        else f"{FIELDS[field]}: “{after}”."
    )
