"""Letters: the submission with its list, the consultation, the results told (facts 5.2, 2.6, 2.8)."""

from __future__ import annotations

from nominations.documents.bodies import (
    dated,
    day_words,
    full_name,
    head_of,
    heading,
    numbered,
    reference,
    signature,
    symbol,
    undated,
    unnumbered,
)
from nominations.documents.facts import Body, Facts, Line, Vote
from nominations.documents.kinds.lists import (
    ANNEX,
    PRIME_MINISTER,
    address_cell,
    basis,
    body_at,
    counted,
    ended,
    name_cell,
    nominee_list,
    reason,
    vnd,
)
from nominations.documents.paper import Annex, Block, Column, Paper, Run, Words, body, run, words

UPWARD = ("unit", "commune", "district", "board", "chairman")


def letter(facts: Facts) -> Paper:
    """Tờ trình: the body's head proposes those on the list to the level that decides."""
    sender = body_at(facts, facts.stage)
    signed = facts.last("letter", facts.stage)
    series = signed.series if signed is not None else "TTr"
    in_person = facts.stage == "chairman"
    parent, name = heading(sender, person=in_person)
    vote = facts.vote_at(facts.stage)
    heard = (*_heard(facts, vote), *_after(facts, sender))
    more = "bổ sung " if facts.supplements is not None else ""
    return Paper(
        kind="letter",
        parent=parent,
        body=name,
        symbol=numbered(signed.number, series, sender) if signed is not None else unnumbered(series, sender),
        place_date=dated(sender, signed.numbered_on) if signed is not None else undated(sender, facts.today.year),
        title="Tờ trình",
        summary=f"Về việc đề nghị {more}tặng {facts.form_label}",
        blocks=(
            body("Kính gửi: ", run(addressee(facts, facts.stage), "nơi nhận tờ trình"), style="addressee"),
            *basis(facts, *heard),
            body(
                f"Sau khi xét thành tích và đối chiếu tiêu chuẩn, {full_name(sender)} kính trình xem xét, tặng "
                f"{facts.form_label} cho ",
                *_whom(facts),
                ", ",
                run(reason(facts), "lý do đề nghị"),
                ".",
            ),
            body("Hồ sơ kèm theo gồm: danh sách đề nghị, báo cáo thành tích, biên bản họp xét."),
            body(f"{full_name(sender)} kính trình xem xét, quyết định./."),
        ),
        signatures=(signature(sender, signed, in_person=in_person),),
        recipients=("Như trên", "Lưu: VT"),
        annexes=(letter_list(facts, sender),),
        issued_on=signed.numbered_on if signed is not None else None,
    )


def _heard(facts: Facts, vote: Vote | None) -> tuple[Words, ...]:
    """The vote that was heard; of many files the list tells each one's."""
    if vote is None:
        return ()
    tally = f" ({vote.agree}/{vote.members} thành viên đồng ý)" if len(facts.lines) == 1 else ""
    return (words(f"Căn cứ kết quả họp xét của {vote.council}{tally}"),)


def _after(facts: Facts, sender: Body) -> tuple[Words, ...]:
    """The letter that a supplementary one goes on from."""
    first = facts.supplements
    if first is None:
        return ()
    return (
        words(
            "Tiếp theo Tờ trình số ", reference(first.number, first.series, sender), " ", day_words(first.numbered_on)
        ),
    )


def _whom(facts: Facts) -> Words:
    if len(facts.lines) == 1:
        line = facts.lines[0]
        return words(run(line.name, "họ tên, tên gọi"), f", {line.address}" if line.address else "")
    return words(f"{counted(facts.lines)} (có danh sách kèm theo)")


def addressee(facts: Facts, stage: str) -> str:
    """To whom a stage's letter goes: the head of the next stage that the file passes."""
    if stage == "chairman":
        return PRIME_MINISTER
    later = [name for name in UPWARD[UPWARD.index(stage) + 1 :] if name in facts.bodies] if stage in UPWARD else []
    if not later:
        return ""
    return head_of(facts.bodies[later[0]]) if later[0] == "chairman" else full_name(facts.bodies[later[0]])


def letter_list(facts: Facts, sender: Body) -> Annex:
    """The list of nominees with the vote on each."""
    signed = facts.last("letter", facts.stage)
    series = signed.series if signed is not None else "TTr"
    columns = (
        (Column("Họ và tên, tên gọi", 2.6), name_cell),
        (Column("Chức vụ, đơn vị, địa chỉ", 2.6), address_cell),
        (Column("Tóm tắt thành tích", 4.6), _achievement),
        (Column("Kết quả biểu quyết", 1.5, "center"), _vote),
    )
    number = (
        reference(signed.number, series, sender) if signed is not None else Run(f"......./{symbol(series, sender)}")
    )
    on = day_words(signed.numbered_on) if signed is not None else Run("ngày .....")
    return Annex(
        title="Danh sách",
        summary=f"Đề nghị tặng {facts.form_label}",
        reference=words(f"{ANNEX}Tờ trình số ", number, " ", on, f" của {full_name(sender)})"),
        blocks=(nominee_list(facts.lines, columns),),
        landscape=True,
    )


def _achievement(_number: int, line: Line) -> Words:
    return words(line.achievement)


def _vote(_number: int, line: Line) -> Words:
    return words(line.vote)


def consultation(facts: Facts) -> Paper:
    """Công văn lấy ý kiến (hiệp y for state-level forms, facts 2.6)."""
    asking = body_at(facts, facts.stage)
    state_level = facts.form == "BK-TTG"
    what = "lấy ý kiến hiệp y" if state_level else "lấy ý kiến"
    blocks: tuple[Block, ...] = (
        body("Kính gửi: .................................................", style="addressee"),
        body(
            f"{full_name(asking)} nhận được hồ sơ đề nghị tặng {facts.form_label} cho ",
            *_whom(facts),
            f" ({facts.code}), {facts.round_title}.",
        ),
        body(
            "Để có cơ sở xét khen thưởng, đề nghị quý cơ quan cho ý kiến bằng văn bản về việc chấp hành chủ trương "
            "của Đảng, chính sách, pháp luật của Nhà nước và những nội dung thuộc lĩnh vực quản lý của quý cơ quan "
            "đối với trường hợp trên."
        ),
        body("Ý kiến xin gửi về ", full_name(asking), " trước ngày ..... để tổng hợp./."),
    )
    parent, name = heading(asking)
    return Paper(
        kind="consultation",
        parent=parent,
        body=name,
        symbol=words(f"Số: ........./{symbol('', asking).removeprefix('-')}"),
        place_date=undated(asking, facts.today.year),
        title="",
        summary=f"V/v {what} về trường hợp đề nghị khen thưởng",
        blocks=blocks,
        signatures=(signature(asking, None),),
        recipients=("Như trên", "Lưu: VT"),
    )


def result(facts: Facts) -> Paper:
    """Thông báo kết quả: awarded, by which decision, with which money."""
    signed = facts.last("award") or facts.last("central_awarded")
    central = facts.deciding_stage == "central"
    issuer = body_at(facts, "board" if central else facts.deciding_stage)
    decider = PRIME_MINISTER if central else head_of(issuer)
    series = signed.series if signed is not None else "QĐ"
    blocks = (
        body("Kính gửi: ", full_name(facts.home), style="addressee"),
        body(
            f"{decider} đã ban hành Quyết định số ",
            reference(signed.number if signed is not None else None, series, issuer),
            " ",
            day_words(signed.numbered_on if signed is not None else None),
            f" tặng {facts.form_label} cho ",
            *_whom(facts),
            ".",
        ),
        _paid(facts.lines[0]),
        body(
            f"Đề nghị {full_name(facts.home)} thông báo để trường hợp được khen thưởng biết và tổ chức công bố, trao "
            "tặng theo quy định./."
        ),
    )
    return notice(facts, issuer, "result", "Kết quả khen thưởng", blocks)


def _paid(line: Line) -> Block:
    """The bonus, as far as the dated tables have it."""
    money = line.money.amount if line.money is not None else None
    if money is None:
        return body("Tiền thưởng kèm theo: ", run(None, "mức tiền nhập tay kèm lý do"), ".")
    return body(f"Tiền thưởng kèm theo: {vnd(money)} đồng, chi từ Quỹ thi đua, khen thưởng.")


def no_result(facts: Facts) -> Paper:
    """Thông báo không khen thưởng, or không trình: with the reason in words, always."""
    told = facts.last("not_awarded") or facts.last("not_sent_up") or facts.last("central_not_awarded")
    stage = told.stage if told is not None else facts.stage
    issuer = body_at(facts, stage)
    verb = "không trình cấp trên" if told is not None and told.kind == "not_sent_up" else "không khen thưởng"
    why = told.reason_words if told is not None else ""
    more = told.reasons if told is not None else ""
    blocks = (
        body("Kính gửi: ", full_name(facts.home), style="addressee"),
        body(
            f"Sau khi xem xét hồ sơ đề nghị tặng {facts.form_label} cho ",
            *_whom(facts),
            f" ({facts.code}), {full_name(issuer)} thông báo: {verb} đối với trường hợp này.",
        ),
        body("Lý do: ", run("; ".join(dict.fromkeys(ended(part) for part in (why, more) if part)), "lý do"), "."),
        body(
            f"{full_name(issuer)} thông báo để {full_name(facts.home)} biết và thông tin đến trường hợp được đề nghị./."
        ),
    )
    return notice(facts, issuer, "no_result", "Về việc không khen thưởng", blocks)


def moved(facts: Facts) -> Paper:
    """Thông báo chuyển hình thức: the proposal goes on under another form, in a file of its own."""
    issuer = body_at(facts, facts.stage)
    code, form, why = facts.moved or ("", "", "")
    blocks = (
        body("Kính gửi: ", full_name(facts.home), style="addressee"),
        body(
            f"Sau khi xem xét hồ sơ {facts.code} đề nghị tặng {facts.form_label} cho ",
            *_whom(facts),
            f", {full_name(issuer)} thông báo chuyển sang đề nghị hình thức: ",
            run(form, "hình thức khen thưởng mới"),
            ".",
        ),
        body("Lý do: ", run(ended(why), "lý do"), "."),
        body("Hồ sơ tiếp tục được xét với mã ", run(code, "mã hồ sơ"), "; đơn vị đề nghị không phải lập lại hồ sơ./."),
    )
    return notice(facts, issuer, "moved", "Về việc chuyển hình thức đề nghị khen thưởng", blocks)


def notice(facts: Facts, issuer: Body, kind: str, summary: str, blocks: tuple[Block, ...]) -> Paper:
    """A Thông báo of a body, to be numbered by its clerk."""
    parent, name = heading(issuer)
    return Paper(
        kind=kind,
        parent=parent,
        body=name,
        symbol=unnumbered("TB", issuer),
        place_date=undated(issuer, facts.today.year),
        title="Thông báo",
        summary=summary,
        blocks=blocks,
        signatures=(signature(issuer, None),),
        recipients=("Như trên", "Lưu: VT"),
    )
