"""Papers of a council's meeting: the letter that calls it, the minutes with every line's vote (facts 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nominations.documents.bodies import dated, day_words, heading, undated
from nominations.documents.facts import Line
from nominations.documents.kinds.lists import KINDS, counted, nominee_list
from nominations.documents.kinds.review import SIGN
from nominations.documents.meeting import Attendee, BallotLine, MeetingFacts
from nominations.documents.paper import Block, Column, Paper, Signature, Words, body, run, words

ROLES: Mapping[str, str] = {
    "chair": "Chủ tịch Hội đồng",
    "vice_chair": "Phó Chủ tịch Hội đồng",
    "standing": "Ủy viên thường trực",
    "member": "Ủy viên",
}
HIDDEN = "(không hiển thị)"
NOT_CLOSED = "chưa kết luận"


def invitation(facts: MeetingFacts) -> Paper:
    """Giấy mời: who is called where and when, and what the meeting is about in figures; it names no nominee."""
    parent, name = heading(facts.host)
    return Paper(
        kind="invitation",
        parent=parent or name,
        body=facts.council,
        symbol=words("Số: ........./GM-HĐTĐKT"),
        place_date=undated(facts.host, facts.held_on.year),
        title="Giấy mời",
        summary="Họp Hội đồng Thi đua - Khen thưởng",
        blocks=(
            body(f"Kính gửi: Các đồng chí thành viên {facts.council}", style="addressee"),
            body(f"{facts.council} trân trọng kính mời đồng chí dự phiên họp xét khen thưởng."),
            body(f"1. Thời gian: {_hour(facts.begins)}, ", day_words(facts.held_on), "."),
            body("2. Địa điểm: ", run(facts.place, "địa điểm"), "."),
            body(f"3. Nội dung: xét {_agenda(facts)}."),
            body(f"4. Cách biểu quyết: {_way(facts)}."),
            body(
                "Thành viên có xung đột lợi ích với trường hợp nào thì khai báo trước khi biểu quyết và không tham gia "
                "biểu quyết trường hợp đó. Thành viên vắng mặt được lấy ý kiến bằng văn bản./."
            ),
        ),
        signatures=(Signature(("TM. Hội đồng", "Chủ tịch"), note=SIGN),),
        recipients=("Như trên", "Lưu: VT"),
    )


def minutes(facts: MeetingFacts) -> Paper:
    """Biên bản họp: who came and who did not, the vote on every line over all members, recusals, the count."""
    parent, name = heading(facts.host)
    closed = [line for line in facts.lines if line.passed is not None or line.hidden]
    return Paper(
        kind="meeting_minutes",
        parent=parent or name,
        body=facts.council,
        symbol=words("Số: ........./BB-HĐTĐKT"),
        place_date=dated(facts.host, facts.held_on),
        title="Biên bản",
        summary="Họp Hội đồng Thi đua - Khen thưởng xét khen thưởng",
        blocks=(
            body(f"I. Thời gian, địa điểm: {_hour(facts.begins)}, ", day_words(facts.held_on), f"; {facts.place}."),
            *_attendance(facts),
            body(f"III. Nội dung: Hội đồng xét {_agenda(facts)}; nghe báo cáo tóm tắt thành tích, nhắc lại tiêu chuẩn, "
                 f"thảo luận và {_way(facts)}."),
            body(f"IV. Kết quả biểu quyết, tỷ lệ tính trên tổng số {len(facts.attendees)} thành viên Hội đồng:"),
            *((_table(closed),) if closed else (body("Không có trường hợp nào được chốt biểu quyết."),)),
            *_recusals(facts),
            *_count(facts),
            *_left(facts),
            body("Biên bản được đọc lại cho các thành viên dự họp cùng nghe, thống nhất và kết thúc cùng ngày./."),
        ),
        signatures=(
            Signature(("Thư ký",), words(*facts.secretaries[:1]), note=SIGN),
            Signature(("Chủ trì",), words(*_chair(facts)), note=SIGN),
        ),
        recipients=("Thành viên Hội đồng", "Lưu: VT, hồ sơ"),
        issued_on=facts.held_on,
    )  # fmt: skip


def _hour(begins: str) -> str:
    """An hour as papers write it: 08 giờ 00."""
    hour, _colon, minute = begins.partition(":")
    return f"{hour} giờ {minute}"


def _way(facts: MeetingFacts) -> str:
    return "bỏ phiếu kín" if facts.secret else "biểu quyết công khai"


def _agenda(facts: MeetingFacts) -> str:
    """The agenda in figures, hidden lines counted like any other."""
    kinds = counted(facts.lines)
    hidden = sum(line.subject_kind not in KINDS for line in facts.lines)
    told = kinds if not hidden else f"{kinds}, {hidden:02} trường hợp khác" if kinds else f"{hidden:02} trường hợp"
    return f"{len(facts.lines)} trường hợp ({told})"


def _attendance(facts: MeetingFacts) -> Iterable[Block]:
    present = facts.came("present") or tuple(one for one in facts.attendees if one.voted and not one.polled)
    yield body(f"II. Thành phần: Hội đồng có {len(facts.attendees)} thành viên, có mặt {len(present)}.")
    yield body("Có mặt: ", run(_names(present), "danh sách thành viên dự họp"), ".")
    absent = [*facts.came("excused"), *facts.came("absent")]
    reasons = {"excused": "có lý do", "absent": "không lý do"}
    named = "; ".join(f"{_named(one)} ({reasons[one.presence]})" for one in absent)
    yield body(f"Vắng mặt: {named or 'không có'}.")
    polled = [one for one in facts.attendees if one.polled]
    if polled:
        answered = sum(one.voted for one in polled)
        until = f"{facts.poll_until:%d/%m/%Y}" if facts.poll_until is not None else ""
        yield body(
            f"Lấy ý kiến bằng văn bản {len(polled)} thành viên vắng mặt, hạn trả lời {until}; đã trả lời {answered}."
        )
    yield body("Thư ký: ", run(", ".join(facts.secretaries), "họ tên thư ký"), ".")


def _names(attendees: Iterable[Attendee]) -> str:
    return "; ".join(_named(one) for one in attendees)


def _named(one: Attendee) -> str:
    return f"{one.name}, {ROLES[one.role]}" if one.role in ROLES else one.name


def _chair(facts: MeetingFacts) -> tuple[str, ...]:
    """The name of who presides: the chair, or the first vice-chair present; empty leaves room for a hand."""
    there = [one for one in facts.attendees if one.presence in {"present", ""} and one.role in {"chair", "vice_chair"}]
    return (there[0].name,) if there else ()


def _table(lines: list[BallotLine]) -> Block:
    columns = (
        (Column("Họ và tên, tên gọi", 2.4), _name),
        (Column("Đơn vị", 1.8), lambda _n, line: words("" if _of(line).hidden else _of(line).unit)),
        (Column("Hình thức", 1.8), lambda _n, line: words("" if _of(line).hidden else line.form)),
        (Column("Đồng ý", 0.8, "center"), lambda _n, line: _figure(line, _of(line).agree)),
        (Column("Không đồng ý", 0.9, "center"), lambda _n, line: _figure(line, _of(line).disagree)),
        (Column("Không tham gia", 0.9, "center"), lambda _n, line: _figure(line, _of(line).abstain)),
        (Column("Tỷ lệ đồng ý", 1.1, "center"), _share),
    )
    return nominee_list(lines, columns)


def _of(line: Line) -> BallotLine:
    return line if isinstance(line, BallotLine) else BallotLine(line.name, line.subject_kind)


def _name(_number: int, line: Line) -> Words:
    return words(HIDDEN) if _of(line).hidden else words(run(line.name, "họ tên, tên gọi"))


def _figure(line: Line, figure: int) -> Words:
    return words("" if _of(line).hidden else str(figure))


def _share(_number: int, line: Line) -> Words:
    vote = _of(line)
    if vote.hidden or not vote.base:
        return words("")
    hundredths = (vote.agree * 10000 + vote.base // 2) // vote.base
    return words(f"{hundredths // 100},{hundredths % 100:02}\u00a0%")


def _recusals(facts: MeetingFacts) -> Iterable[Block]:
    """Who was kept out of which line; of a hidden line that nobody is told."""
    recused = [line for line in facts.lines if line.recused and not line.hidden]
    named = "; ".join(f"{line.name}: {', '.join(line.recused)}" for line in recused)
    yield body(f"V. Thành viên không được biểu quyết do xung đột lợi ích: {named or 'không có'}.")


def _count(facts: MeetingFacts) -> Iterable[Block]:
    """The paper ballots, where they were counted."""
    for count in facts.counts:
        yield body(
            f"VI. Kiểm phiếu: phát ra {count.issued} phiếu; thu về {count.returned}; hợp lệ {count.valid}; không hợp "
            f"lệ {count.returned - count.valid}. Tổ kiểm phiếu: {count.recorder}, ",
            run(count.confirmer, "người kiểm phiếu thứ hai"),
            ".",
        )


def _left(facts: MeetingFacts) -> Iterable[Block]:
    """Lines the meeting came to no conclusion on."""
    left = [line for line in facts.lines if line.passed is None and not line.hidden]
    if left:
        yield body(f"Trường hợp {NOT_CLOSED}: {'; '.join(line.name for line in left)}.")
