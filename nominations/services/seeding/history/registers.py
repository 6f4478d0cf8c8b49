"""The demonstration's registers: papers, proposals, inspections, a remark, models, houses; all invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.base import Base
from nominations.models.registers import Inspection, InspectionFinding, PlanProposal, SpreadModel, SupervisionRemark
from nominations.queries.actors import Viewer, viewer
from nominations.services import inspections, plan_changes, registers, supervision
from nominations.services.files import store
from nominations.services.log import Origin
from nominations.services.seeding.history.papers import pdf
from nominations.services.seeding.history.player import Player, Script, at
from nominations.services.units import unit_on

SHOW = "(trình diễn)"
Act = Callable[["Desk"], None]


class Desk:
    """Somebody at the registers on a day of the history."""

    def __init__(self, player: Player, username: str) -> None:
        found = viewer(player.session, player.people[username], player.clock.today())
        if found is None:
            raise LookupError(username)
        self.player, self.viewer = player, found

    @property
    def common(self) -> tuple[Session, Viewer, Clock, Origin]:
        """What every service begins with."""
        origin = Origin(actor=self.viewer.actor.ref, auth="password")
        return self.player.session, self.viewer, self.player.clock, origin

    def unit(self, code: str) -> int:
        """The unit of a code on this day."""
        found = unit_on(self.player.session, code, self.player.clock.today())
        if found is None:
            raise LookupError(code)
        return found.id

    def paper(self, *lines: str) -> str:
        """A small paper, kept."""
        return store(self.player.session, self.player.clock, self.player.storage, pdf([*lines, "Ban trinh dien"]))

    def newest(self, kind: type[Base]) -> int:
        """The number of the line entered last."""
        table: Any = kind
        return int(self.player.session.scalar(select(func.max(table.id))) or 0)


def registers_of(player: Player) -> Iterator[tuple[datetime, Script]]:
    """Every entry on its day, by the person whose work it was."""
    for day, hour, username, act in ENTRIES:
        yield at(day, hour), _entered(player, username, act)


def _entered(player: Player, username: str, act: Act) -> Script:
    act(Desk(player, username))
    yield from ()


def _register(code: str, kind: str, number: str, summary: str) -> Act:
    def act(desk: Desk) -> None:
        said = {
            "kind": kind, "number": number, "dated_on": desk.player.clock.today().isoformat(),
            "summary": f"{summary} {SHOW}", "file_sha": desk.paper(number), "file_name": f"{number}.pdf",
        }  # fmt: skip
        registers.register_paper(*desk.common, desk.unit(code), said)

    return act


def _propose(code: str, kind: str, paragraph: str, text: str) -> Act:
    def act(desk: Desk) -> None:
        said = {"kind": kind, "paragraph": paragraph, "text": f"{text} {SHOW}"}
        plan_changes.propose_change(*desk.common, desk.unit(code), said)

    return act


def _opinion(desk: Desk) -> None:
    said = {"opinion": f"Nhất trí nêu rõ minh chứng, giữ nguyên mức của tiêu chí {SHOW}"}
    plan_changes.give_opinion(*desk.common, desk.newest(PlanProposal), said)


def _decide(desk: Desk) -> None:
    fields = {
        "number": "3310/UBND-VX", "dated_on": desk.player.clock.today().isoformat(),
        "summary": f"Trả lời đề xuất về minh chứng {SHOW}",
        "answer": f"Giữ nguyên tiêu chí; Sở Nội vụ hướng dẫn minh chứng trong văn bản của đợt {SHOW}",
    }  # fmt: skip
    plan_changes.decide_change(*desk.common, plan_changes.NewDecision(fields, [desk.newest(PlanProposal)], {}))


def _inspect(kind: str, code: str, document: str, first: date, last: date) -> Act:
    def act(desk: Desk) -> None:
        said = {"document": f"{document} {SHOW}", "planned_from": first.isoformat(), "planned_to": last.isoformat()}
        inspections.plan_inspection(*desk.common, kind, desk.unit(code), said)

    return act


def _conclude(finding: str, answer_by: date) -> Act:
    def act(desk: Desk) -> None:
        number, today = desk.newest(Inspection), desk.player.clock.today()
        held = {
            "held_on": today.isoformat(), "conclusion": f"Đã triển khai kế hoạch, còn chậm báo cáo {SHOW}",
            "file_sha": desk.paper("Ket luan kiem tra"), "file_name": "Kết luận kiểm tra.pdf",
        }  # fmt: skip
        inspections.conclude_inspection(*desk.common, number, held)
        said = {"text": f"{finding} {SHOW}", "answer_by": answer_by.isoformat()}
        inspections.add_finding(*desk.common, number, said)

    return act


def _answer_finding(desk: Desk) -> None:
    number = desk.newest(InspectionFinding)
    inspections.answer_finding(*desk.common, number, {"answer": f"Đã lập sổ, phân công người theo dõi {SHOW}"})


def _remark(code: str, round_code: str, text: str) -> Act:
    def act(desk: Desk) -> None:
        supervision.remark(*desk.common, desk.unit(code), round_code, None, {"text": f"{text} {SHOW}"})

    return act


def _answer_remark(desk: Desk) -> None:
    number = desk.newest(SupervisionRemark)
    supervision.answer_remark(*desk.common, number, {"answer": f"Đã họp lại thôn, niêm yết đủ thời gian {SHOW}"})


def _model(code: str, title: str, text: str, consent: str | None) -> Act:
    def act(desk: Desk) -> None:
        registers.add_model(*desk.common, desk.unit(code), {"title": title, "text": f"{text} {SHOW}"})
        if consent is not None:
            said = {
                "consent_by": consent, "consent_on": desk.player.clock.today().isoformat(),
                "consent_file": desk.paper("Giay dong y"), "consent_name": "Giấy đồng ý.pdf",
            }  # fmt: skip
            registers.give_consent(*desk.common, desk.newest(SpreadModel), said)

    return act


def _hand_over(desk: Desk) -> None:
    said = {"handed_to": "Báo Bình Định", "handed_on": desk.player.clock.today().isoformat()}
    registers.hand_over(*desk.common, desk.newest(SpreadModel), said)


def _raised(code: str, **said: str) -> Act:
    def act(desk: Desk) -> None:
        registers.add_social_figure(*desk.common, desk.unit(code), said | {"note": f"{said['note']} {SHOW}"})

    return act


ENTRIES: tuple[tuple[date, int, str, Act], ...] = (
    (date(2022, 12, 12), 9, "vanthu.snv", _register("SNV", "guidance", "2105/SNV-TĐKT", "Hướng dẫn xét khen thưởng")),
    (date(2023, 1, 16), 9, "vanthu.anlao", _register("542", "plan", "12/KH-UBND", "Kế hoạch phong trào của huyện")),
    (date(2023, 2, 6), 14, "vanthu.hoainhon", _register("543", "plan", "20/KH-UBND", "Kế hoạch của thị xã")),
    (date(2023, 2, 20), 10, "vanthu.sld", _register("SLDTBXH", "launch", "310/SLĐTBXH-BTXH", "Phát động trong ngành")),
    (
        date(2023, 8, 1),
        9,
        "thuky.snv",
        _inspect("council", "542", "QĐ 18/QĐ-HĐTĐKT", date(2023, 8, 22), date(2023, 8, 24)),
    ),
    (date(2023, 8, 24), 15, "thuky.snv", _conclude("Một số xã chưa lập sổ theo dõi phong trào", date(2023, 10, 31))),
    (date(2023, 10, 12), 10, "tham.anlao", _answer_finding),
    (
        date(2023, 12, 4),
        9,
        "vanthu.snv",
        _register("SNV", "upward", "206/BC-SNV", "Báo cáo Hội đồng, Chủ tịch UBND tỉnh"),
    ),
    (
        date(2023, 12, 27),
        9,
        "tham.snv",
        _raised(
            "SNV",
            kind="houses",
            year="2023",
            cluster="Khối thi đua số 3",
            houses="2",
            note="Nhà tại xã An Trung, xã An Vinh",
        ),
    ),
    (
        date(2023, 12, 28),
        9,
        "tham.snv",
        _raised("MTTQ", kind="fund", year="2023", amount_vnd="12480000000", note="Quỹ cấp tỉnh và cấp huyện"),
    ),
    (
        date(2023, 12, 28),
        10,
        "tham.snv",
        _raised("MTTQ", kind="month", year="2023", amount_vnd="3150000000", note="Vận động trong Tháng cao điểm"),
    ),
    (
        date(2024, 3, 11),
        9,
        "lap.anlao",
        _model("542", "Nuôi bò sinh sản luân chuyển", "Hộ nhận bê, trả lại sau hai năm cho hộ sau.", "Đinh Văn Bơi"),
    ),
    (date(2024, 3, 25), 14, "tham.snv", _hand_over),
    (date(2024, 5, 6), 9, "lap.hoainhon", _model("543", "Tổ đan lát của phụ nữ", "Mười hộ nhận việc tại nhà.", None)),
    (
        date(2024, 6, 10),
        9,
        "lap.anlao",
        _propose("542", "change", "III.1.5.1", "Đề nghị nêu rõ minh chứng trả nợ ngân hàng"),
    ),
    (date(2024, 6, 24), 9, "tham.sld", _opinion),
    (date(2024, 7, 15), 9, "thuky.snv", _decide),
    (
        date(2024, 9, 5),
        9,
        "tham.sld",
        _inspect("programme", "543", "QĐ 77/QĐ-SLĐTBXH", date(2024, 9, 18), date(2024, 9, 19)),
    ),
    (date(2024, 9, 19), 15, "tham.sld", _conclude("Rà soát hộ nghèo của hai phường chậm một tuần", date(2024, 11, 15))),
    (date(2024, 12, 2), 9, "giamsat.anlao", _remark("21610", "2024", "Biên bản họp thôn thiếu chữ ký đại diện hộ")),
    (date(2024, 12, 5), 9, "pct.anhung", _answer_remark),
    (
        date(2024, 12, 24),
        9,
        "tham.snv",
        _raised("SNV", kind="houses", year="2024", cluster="Khối thi đua số 5", houses="1", note="Nhà tại xã An Hưng"),
    ),
    (
        date(2025, 5, 12),
        9,
        "vanthu.snv",
        _register("SNV", "guidance", "880/SNV-TĐKT", "Hướng dẫn xét khen thưởng tổng kết"),
    ),
    (
        date(2025, 5, 19),
        9,
        "lap.hoainhon",
        _propose("543", "difficulty", "V.6", "Sắp xếp bộ máy, chưa rõ ai báo cáo năm 2025"),
    ),
)
