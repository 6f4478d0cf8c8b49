"""The demonstration's reports of 2023 and 2024, what was compiled of them, milestones met; all invented.

A body with people of its own sends its report itself; the board records the others' from their papers, as in life.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from nominations.queries.actors import Viewer, viewer
from nominations.queries.plan import plan
from nominations.queries.reports import Due, ReportLine, all_lines, dues
from nominations.services.compilations import NewIssue, issue_report
from nominations.services.files import store
from nominations.services.log import Origin
from nominations.services.movement_reports import Key, Written, accept_report, return_report, submit_report
from nominations.services.plan import mark_milestone
from nominations.services.seeding.history.papers import pdf
from nominations.services.seeding.history.player import Player, Script, at

PLAYED = {("yearly", 2023): "214", ("midterm", 2023): "17", ("yearly", 2024): "231"}  # with the number it was issued by
WRITES = ("nominator", "appraiser")
BOARD, SECOND, CLERK = "tham.snv", "tham2.snv", "vanthu.snv"
SILENT = {"SYT", "SXD"}  # bodies that did not report in 2024
LATE = {"STC", "545"}
RETURNED = {"SGDDT"}
MET = (
    ("launch", 2022, date(2022, 12, 20), "Hội nghị phát động ngày 20/12/2022 (trình diễn)"),
    ("annual_awards", 2022, date(2023, 1, 12), "Đợt xét khen thưởng hằng năm 2022 (trình diễn)"),
    ("annual_inspection", 2023, date(2023, 8, 25), "Kiểm tra tại 3 huyện, 2 sở (trình diễn)"),
    ("programme_inspection", 2023, date(2023, 9, 28), "Gắn với giám sát chương trình giảm nghèo (trình diễn)"),
    ("midterm", 2023, date(2023, 12, 15), "Hội nghị sơ kết ngày 15/12/2023 (trình diễn)"),
    ("annual_awards", 2023, date(2023, 12, 28), "Khen thưởng tại sơ kết (trình diễn)"),
    ("annual_report", 2023, date(2023, 12, 4), "Đã tổng hợp báo cáo của các đơn vị (trình diễn)"),
    ("annual_evaluation", 2023, date(2023, 12, 4), "Nêu trong báo cáo của các đơn vị (trình diễn)"),
    ("houses", 2023, date(2023, 12, 22), "6 cụm, khối xây 9 nhà (trình diễn)"),
    ("month_for_the_poor", 2023, date(2023, 11, 18), "Từ 17/10 đến 18/11/2023 (trình diễn)"),
    ("houses", 2022, date(2022, 12, 26), "5 cụm, khối xây 6 nhà (trình diễn)"),
    ("month_for_the_poor", 2022, date(2022, 11, 18), "Từ 17/10 đến 18/11/2022 (trình diễn)"),
    ("annual_report", 2024, date(2024, 12, 27), "Đã tổng hợp, còn 3 đơn vị chưa báo cáo (trình diễn)"),
    ("month_for_the_poor", 2024, date(2024, 11, 18), "Từ 17/10 đến 18/11/2024 (trình diễn)"),
    ("annual_inspection", 2024, date(2024, 8, 22), "Kiểm tra tại 2 huyện, 2 sở (trình diễn)"),
    ("annual_awards", 2024, date(2025, 1, 22), "Đợt xét khen thưởng hằng năm 2024 (trình diễn)"),
)


def reports(player: Player) -> Iterator[tuple[datetime, Script]]:
    """The reports of each year that is past, from some weeks before their last day on."""
    found = plan(player.session)
    known = {} if found is None else {(d.kind, d.year): d for d in dues(player.session, found, date(2025, 6, 2))}
    for number, key in enumerate(PLAYED):
        if key in known:
            yield at(known[key].last - timedelta(days=24), 8, number), _reported(player, known[key])


def milestones(player: Player) -> Iterator[tuple[datetime, Script]]:
    """The milestones met, each recorded on its day."""
    for code, year, day, note in MET:
        yield at(day, 16), _met(player, code, year, note)


def _met(player: Player, code: str, year: int, note: str) -> Script:
    by = _viewer(player, BOARD)
    mark_milestone(player.session, by, player.clock, _origin(by), code, year, "", note)
    yield from ()


def _reported(player: Player, due: Due) -> Script:
    found = plan(player.session)
    if found is None:
        return
    rng, late = Random(f"{due.kind}{due.year}"), []  # noqa: S311 - believable, not secret
    for line in all_lines(player.session, found, due, player.clock.today()):
        if (line.owed == "optional" and rng.random() < 0.6) or (due.year == 2024 and line.code in SILENT):
            continue
        if due.year == 2024 and line.code in LATE:
            late.append(line)
            continue
        _send(player, due, line, rng)
        yield 0
    yield 8
    _take_in(player, due)
    yield 14
    for line in late:
        _send(player, due, line, rng)
        yield 1
    _take_in(player, due, leave={"545"})
    yield 3
    _issue(player, due)


def _send(player: Player, due: Due, line: ReportLine, rng: Random) -> None:
    """One body's report: by its own people where it has any, else recorded by the board from its paper."""
    today = player.clock.today()
    own = next((name for duty in WRITES for name in player.staff.holders(line.unit_id, duty, today)), BOARD)
    by = _viewer(player, own)
    signed = pdf([line.name, f"Bao cao phong trao nam {due.year}", "Ban trinh dien"])
    number = f"{rng.randint(20, 480)}/BC-{line.code if not line.code.isdigit() else 'UBND'}"
    written = Written(
        seen=0,
        words=_words(line, due, rng),
        figures={
            "raised_vnd": str(rng.randint(40, 900) * 1_000_000),
            "households_helped": str(rng.randint(6, 160)),
            "houses_built": str(rng.randint(0, 9)),
            "models_spread": str(rng.randint(0, 4)),
        },
        number=number,
        dated_on=today.isoformat(),
        signer=f"Người đứng đầu {line.name} (trình diễn)",
        contact=line.contact or f"Văn thư {line.name}, 0256 000 {rng.randint(100, 999)} (trình diễn)",
        signed_file=store(player.session, player.clock, player.storage, signed),
        signed_name=f"Báo cáo {due.year} - {line.name}.pdf",
    )
    submit_report(player.session, by, player.clock, _origin(by), Key(due.kind, due.year, line.unit_id), written)


def _words(line: ReportLine, due: Due, rng: Random) -> dict[str, str]:
    said = {
        "organising": f"{line.name} đã ban hành kế hoạch, phát động phong trào và phân công theo dõi (trình diễn).",
        "results": f"Năm {due.year} đã vận động, giúp đỡ các hộ nghèo theo số liệu ở trên (trình diễn).",
    }
    more = {
        "models": "Nuôi bò sinh sản luân chuyển giữa các hộ, đã nhân rộng ra thôn bên (trình diễn)",
        "difficulties": "Nguồn lực xã hội hoá còn ít, hộ nghèo phần lớn là hộ già yếu, neo đơn (trình diễn)",
        "proposals": "Đề nghị hướng dẫn rõ minh chứng của tiêu chí định tính (trình diễn)",
    }
    return said | {part: text for part, text in more.items() if rng.random() < 0.12}


def _take_in(player: Player, due: Due, leave: frozenset[str] | set[str] = frozenset()) -> None:
    """The board takes in what has come, one report it sends back; what is left waits."""
    found, by = plan(player.session), _viewer(player, SECOND)
    if found is None:
        return
    for line in all_lines(player.session, found, due, player.clock.today()):
        if line.told.standing != "submitted" or line.code in leave:
            continue
        key = Key(due.kind, due.year, line.unit_id)
        if due.year == 2024 and line.code in RETURNED:
            why = "Báo cáo chưa nêu số hộ được giúp đỡ của các trường trực thuộc (trình diễn)."
            return_report(player.session, by, player.clock, _origin(by), key, 1, why)
        else:
            accept_report(player.session, by, player.clock, _origin(by), key, 1)


def _issue(player: Player, due: Due) -> None:
    by = _viewer(player, CLERK)
    new = NewIssue(PLAYED[due.kind, due.year], player.clock.today().isoformat(), "Vương Thế Hòa")
    issue_report(player.session, by, player.clock, _origin(by), due.kind, due.year, new)


def _viewer(player: Player, username: str) -> Viewer:
    found = viewer(player.session, player.people[username], player.clock.today())
    if found is None:
        raise LookupError(username)
    return found


def _origin(by: Viewer) -> Origin:
    return Origin(actor=by.actor.ref, auth="password")
