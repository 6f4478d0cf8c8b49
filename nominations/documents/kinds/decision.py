"""The decision with its annex, the certificate, the bonus list (facts 5.4, 2.7)."""

from __future__ import annotations

from nominations.documents.bodies import (
    dated,
    day_words,
    full_name,
    head_of,
    heading,
    numbered,
    office,
    reference,
    signature,
    symbol,
    undated,
    unnumbered,
)
from nominations.documents.facts import Body, Facts, Line, Signed
from nominations.documents.kinds.lists import (
    ANNEX,
    PRIME_MINISTER,
    address_cell,
    article,
    basis,
    body_at,
    counted,
    decimal,
    name_cell,
    nominee_list,
    reason,
    vnd,
)
from nominations.documents.paper import (
    Annex,
    Certificate,
    Column,
    Paper,
    Row,
    Signature,
    Words,
    body,
    run,
    words,
)

SERIES = "QĐ"


def decision(facts: Facts) -> Paper:
    """Quyết định: the head of the deciding body awards those on the list."""
    issuer, signed = body_at(facts, facts.deciding_stage), facts.last("award")
    parent, name = heading(issuer, person=True)
    series = signed.series if signed is not None else SERIES
    return Paper(
        kind="decision",
        parent=parent,
        body=name,
        symbol=numbered(signed.number, series, issuer) if signed is not None else unnumbered(series, issuer),
        place_date=dated(issuer, signed.numbered_on) if signed is not None else undated(issuer, facts.today.year),
        title="Quyết định",
        summary=f"Về việc tặng {facts.form_label}",
        blocks=(
            *basis(facts, proposed_by(facts)),
            body("QUYẾT ĐỊNH:", style="centered"),
            article(1, _whom(facts)),
            article(
                2,
                words(
                    "Tiền thưởng kèm theo hình thức khen thưởng được trích từ Quỹ thi đua, khen thưởng theo "
                    "quy định của pháp luật hiện hành."
                ),
            ),
            article(
                3,
                words("Quyết định này có hiệu lực kể từ ngày ký."),
                words(
                    f" Các cơ quan, đơn vị có liên quan và {counted(facts.lines)} có tên tại Điều 1 "
                    "chịu trách nhiệm thi hành Quyết định này./."
                ),
            ),
        ),
        signatures=(signature(issuer, signed, in_person=True),),
        recipients=("Như Điều 3", f"{full_name(facts.home)}", "Lưu: VT"),
        annexes=(decision_annex(facts, issuer, signed),),
        issued_on=signed.numbered_on if signed is not None else None,
    )


def _whom(facts: Facts) -> Words:
    """Whom Điều 1 names: one nominee in words, several by the list."""
    if len(facts.lines) == 1:
        line = facts.lines[0]
        who = words(run(line.name, "họ tên, tên gọi"), f", {line.address}" if line.address else "")
    else:
        who = words(f"{counted(facts.lines)} (có danh sách kèm theo)")
    return (
        *words(f"Tặng {facts.form_label} cho "),
        *who,
        *words(", "),
        run(reason(facts), "lý do khen thưởng"),
        *words("."),
    )


def proposed_by(facts: Facts) -> Words:
    """At whose proposal: the letter that came up, or the council of the body itself."""
    letter = facts.last("letter")
    if letter is not None:
        sender = body_at(facts, letter.stage)
        return words(
            f"Theo đề nghị của {head_of(sender)} tại Tờ trình số ",
            reference(letter.number, letter.series, sender),
            " ",
            day_words(letter.numbered_on),
        )
    vote = facts.vote_at(facts.deciding_stage)
    council = vote.council if vote is not None else ""
    held = vote.held_on if vote is not None else None
    when = words(" ", day_words(held)) if held is not None else ()
    return (*words("Theo kết quả xét của ", run(council, "hội đồng xét")), *when)


def decision_annex(facts: Facts, issuer: Body, signed: Signed | None) -> Annex:
    """Danh sách kèm theo."""
    columns = (
        (Column("Họ và tên, tên gọi", 3.2), name_cell),
        (Column("Chức vụ, đơn vị, địa chỉ", 3.6), address_cell),
    )
    return Annex(
        title="Danh sách",
        summary=f"{counted(facts.lines)} được tặng {facts.form_label}",
        reference=with_decision(issuer, signed),
        blocks=(nominee_list(facts.lines, columns),),
    )


def with_decision(issuer: Body, signed: Signed | None, decider: str = "") -> Words:
    """(Kèm theo Quyết định số ... ngày ... của ...)."""
    if signed is None:
        return words(
            f"{ANNEX}Quyết định số ......./{symbol(SERIES, issuer)} ngày ..... của {decider or head_of(issuer)})"
        )
    number = reference(signed.number, signed.series, issuer)
    return words(
        f"{ANNEX}Quyết định số ", number, " ", day_words(signed.numbered_on), f" của {decider or head_of(issuer)})"
    )


def certificate(facts: Facts) -> Certificate:
    """What is written on the Bằng khen or Giấy khen; one that is written, sealed and registered outside (facts 8.2)."""
    issuer, signed, line = body_at(facts, facts.deciding_stage), facts.last("award"), facts.lines[0]
    award = facts.award
    check_url = award.check_url if award is not None else ""
    on = signed.numbered_on if signed is not None else None
    deputy = signed is not None and signed.signs_as == "deputy"
    register = f"{award.register_no}/{award.register_year}" if award is not None and award.register_no else None
    again = f" (cấp lại lần {award.replaced})" if award is not None and award.replaced else ""
    return Certificate(
        kind="certificate",
        issuer=words(head_of(issuer)),
        form=facts.form_label.partition(" của ")[0],
        recipient=words(run(line.name, "họ tên, tên gọi")),
        address=words(run(line.address, "địa chỉ, đơn vị")),
        reason=words(run(_capital(reason(facts)), "lý do khen thưởng")),
        place_date=dated(issuer, on),
        office=(f"KT. {office(issuer)}", office(issuer, deputy=True)) if deputy else (office(issuer),),
        signer=words(run(signed.signer if signed is not None else None, "họ tên người ký")),
        decision=words(
            "Quyết định số ",
            reference(signed.number if signed is not None else None, signed.series if signed else SERIES, issuer),
            " ",
            day_words(on),
        ),
        register=words("Vào sổ khen thưởng số ", run(register, "số vào sổ"), again),
        check_url=check_url,
        check=words("Mã tra cứu: ", check_url.rpartition("/")[2]) if check_url else (),
        issued_on=on,
    )


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def bonus_list(facts: Facts) -> Paper:
    """Danh sách chi tiền thưởng, to be signed on receipt."""
    central = facts.deciding_stage == "central"
    issuer = body_at(facts, "chairman" if central else facts.deciding_stage)
    signed = facts.last("central_awarded" if central else "award")
    parent, name = heading(issuer)
    total = sum(line.money.amount or 0 for line in facts.lines if line.money is not None)
    columns = (
        (Column("Họ và tên, tên gọi", 3), name_cell),
        (Column("Địa chỉ, đơn vị", 3), address_cell),
        (Column("Mức tính", 2.2), _factors),
        (Column("Số tiền (đồng)", 1.6, "right"), _amount),
        (Column("Ký nhận", 1.6), lambda _n, _line: ()),
    )
    end = Row((words(), words("Cộng", bold=True), words(), words(), words(vnd(total), bold=True), words()))
    blanks = tuple(Signature((office_,), note="(Ký, ghi rõ họ tên)") for office_ in ("Người lập", "Kế toán"))
    return Paper(
        kind="bonus_list",
        parent=parent,
        body=name,
        symbol=words(),
        place_date=undated(issuer, facts.today.year),
        title="Danh sách nhận tiền thưởng",
        summary=f"Kèm theo {facts.form_label}",
        blocks=(
            body(*with_decision(issuer, signed, PRIME_MINISTER if central else ""), style="addressee"),
            nominee_list(facts.lines, columns, (end,)),
            body(f"Số người, tập thể, hộ nhận: {counted(facts.lines)}. Tổng số tiền: {vnd(total)} đồng."),
        ),
        signatures=(*blanks, Signature((office(issuer),), note="(Ký, đóng dấu)")),
        issued_on=signed.numbered_on if signed is not None else None,
    )


def _factors(_number: int, line: Line) -> Words:
    money = line.money
    if money is None or money.amount is None:
        return words(run(None, "mức tiền nhập tay kèm lý do"))
    if not money.coefficient:
        return words("Theo quyết định đính chính")
    return words(f"{decimal(money.coefficient)} x {vnd(money.base_salary)} x {decimal(money.multiplier)}")


def _amount(_number: int, line: Line) -> Words:
    known = line.money is not None and line.money.amount is not None
    return words(run(vnd(line.money.amount or 0) if known and line.money is not None else None, "số tiền"))
