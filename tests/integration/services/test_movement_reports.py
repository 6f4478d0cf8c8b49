"""A body's report from its first words to its acceptance: by whom, in which order, what each act leaves in the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from nominations import models
from nominations.queries.actors import Viewer, viewer
from nominations.queries.plan import plan
from nominations.queries.reports import Due, dues, reach, report_lines
from nominations.services.compilations import NewIssue, compile_report, issue_report, issued_report
from nominations.services.errors import Declined, InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.movement_reports import (
    Key,
    Written,
    accept_report,
    return_report,
    save_report,
    submit_report,
)
from nominations.services.plan import NewReading, set_reading
from nominations.services.report_reminders import remind_due_reports, remind_reports
from nominations.transactions import write_transaction
from tests.world import SHA, World

DAY = date(2024, 11, 4)  # a Monday, ten days before the last day
WHOLE: dict[str, Any] = {
    "words": {"organising": "Đã phát động.", "results": "Đã giúp 12 hộ."},
    "figures": {"raised_vnd": "1.250.000", "households_helped": "12"},
    "number": "45/BC-SGT",
    "dated_on": "04/11/2024",
    "signer": "Nguyễn Văn Ký",
    "contact": "Lê Thị Mẫu, 0256 000 000",
    "signed_file": SHA,
    "signed_name": "bao cao.pdf",
}


@pytest.fixture(autouse=True)
def that_day(world: World) -> Iterator[None]:
    """It is the beginning of November 2024."""
    with world.on(DAY):
        yield


@pytest.fixture(autouse=True)
def nothing_reported(world: World) -> Iterator[None]:
    """Each test begins without reports."""
    yield
    world.session.rollback()
    with write_transaction(world.session):
        for kind in (models.MovementReport, models.ReportCompilation, models.ReportReminder, models.Notice):
            for row in world.session.scalars(select(kind)):
                world.session.delete(row)


def who(world: World, username: str) -> Viewer:
    found = viewer(world.session, world.people[username], world.clock.today())
    assert found is not None
    world.session.rollback()
    return found


def key(world: World, code: str = "SGT", year: int = 2024) -> Key:
    return Key("yearly", year, world.units[code])


def written(seen: int = 0, **changed: Any) -> Written:
    return Written(seen=seen, **(WHOLE | changed))


def sent(world: World, by: str = "nominator.sgt", code: str = "SGT") -> models.MovementReport:
    """A report on its way."""
    row, _ = submit_report(
        world.session, who(world, by), world.clock, Origin(actor="tests"), key(world, code), written()
    )
    return row


def acts(world: World) -> list[str]:
    entry = models.AuditEntry
    found = world.session.scalars(select(entry.act).where(entry.stream == "reports").order_by(entry.cseq)).all()
    world.session.rollback()
    return list(found)


def test_a_report_is_written_sent_returned_sent_again_and_accepted(world: World) -> None:
    before, me, board = len(acts(world)), who(world, "nominator.sgt"), who(world, "appraiser.snv")
    by, on = Origin(actor="tests"), key(world)
    save_report(world.session, me, world.clock, by, on, Written(seen=0, words={"organising": "Mới viết."}))
    row, _ = submit_report(world.session, me, world.clock, by, on, written(1))
    assert (row.state, row.version, row.submitted_on) == ("submitted", 2, DAY)
    assert row.counted is not None
    assert row.content["figures"] == {"raised_vnd": 1_250_000, "households_helped": 12}
    return_report(world.session, board, world.clock, by, on, 2, "Chưa nêu số mô hình.")
    row, _ = submit_report(world.session, me, world.clock, by, on, written(3, signed_file=None, signed_name=""))
    assert (row.state, row.signed_file, row.returned_for) == ("submitted", SHA, None)
    accept_report(world.session, board, world.clock, by, on, 4)
    assert acts(world)[before:] == ["save_report", "submit_report", "return_report", "submit_report", "accept_report"]


def test_what_is_missing_is_said_at_once_and_nothing_is_kept(world: World) -> None:
    before = acts(world)
    with pytest.raises(InvalidInput) as wrong:
        submit_report(
            world.session, who(world, "nominator.sgt"), world.clock, Origin(actor="tests"), key(world), Written(seen=0)
        )
    assert set(wrong.value.errors) == {
        "words-organising", "words-results", "number", "dated_on", "signer", "contact", "signed_file",
    }  # fmt: skip
    assert acts(world) == before
    assert world.session.scalar(select(func.count()).select_from(models.MovementReport)) == 0
    world.session.rollback()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"dated_on": "05/11/2024"}, "dated_on"),
        ({"dated_on": "hôm qua"}, "dated_on"),
        ({"figures": {"houses_built": "hai"}}, "figures-houses_built"),
        ({"figures": {"raised_vnd": "-5"}}, "figures-raised_vnd"),
        ({"figures": {"raised_vnd": "9" * 14}}, "figures-raised_vnd"),
        ({"signed_file": "0" * 64}, "signed_file"),
        ({"signer": "x" * 201}, "signer"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(world: World, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        submit_report(
            world.session, who(world, "nominator.sgt"), world.clock, Origin(actor="tests"), key(world),
            written(**changed),
        )  # fmt: skip
    assert set(wrong.value.errors) == {field}
    world.session.rollback()


def test_who_is_not_of_the_body_or_the_board_finds_no_report(world: World) -> None:
    sent(world)
    by = Origin(actor="tests")
    for name in ("nominator.huyen", "appraiser.xa", "member1.tinh"):
        with pytest.raises(NotFound):
            save_report(world.session, who(world, name), world.clock, by, key(world), written(1))
    for name in ("head.sgt", "deputy.sgt"):  # they read it; it is not theirs to write
        with pytest.raises(NotFound):
            save_report(world.session, who(world, name), world.clock, by, key(world), written(1))
    for name in ("nominator.sgt", "office.tinh", "nominator.snv"):
        with pytest.raises(NotFound):
            accept_report(world.session, who(world, name), world.clock, by, key(world), 1)
    world.session.rollback()


def test_who_reads_whose_report(world: World) -> None:
    found = plan(world.session)
    assert found is not None
    due = Due("yearly", 2024, date(2024, 11, 14))
    read = {
        name: {line.code for line in report_lines(world.session, who(world, name), found, due, DAY)}
        for name in ("nominator.sgt", "nominator.huyen", "nominator.xa", "appraiser.snv", "office.tinh")
    }
    assert read["nominator.sgt"] == {"SGT"}
    assert read["nominator.huyen"] == {"542"}
    assert read["nominator.xa"] == set()  # communes report from 2025 on
    assert read["appraiser.snv"] == read["office.tinh"] == {"SGT", "SNV", "542"}
    assert not reach(world.session, who(world, "nominator.sgt"), DAY).everything
    world.session.rollback()


def test_whoever_sent_a_report_does_not_accept_it(world: World) -> None:
    before = len(acts(world))
    sent(world, by="appraiser.snv")  # recorded from the body's paper
    by, board = Origin(actor="tests"), who(world, "appraiser.snv")
    with pytest.raises(Declined, match="report_own"):
        accept_report(world.session, board, world.clock, by, key(world), 1)
    accept_report(world.session, who(world, "secretary.snv"), world.clock, by, key(world), 1)
    assert acts(world)[before:] == ["submit_report", "accept_report"]


def test_a_page_that_is_stale_changes_nothing(world: World) -> None:
    me, by = who(world, "nominator.sgt"), Origin(actor="tests")
    save_report(world.session, me, world.clock, by, key(world), written())
    before = acts(world)
    for act in (save_report, submit_report):
        with pytest.raises(Declined, match="report_moved_on"):
            act(world.session, me, world.clock, by, key(world), written(0, number="99"))
    with pytest.raises(Declined, match="report_not_in"):
        accept_report(world.session, who(world, "clerk.snv"), world.clock, by, key(world), 1)
    submit_report(world.session, me, world.clock, by, key(world), written(1))
    with pytest.raises(Declined, match="report_gone_out"):
        save_report(world.session, me, world.clock, by, key(world), written(2))
    with pytest.raises(Declined, match="report_moved_on"):
        return_report(world.session, who(world, "clerk.snv"), world.clock, by, key(world), 1, "Thiếu.")
    assert acts(world) == [*before, "submit_report"]


def test_a_report_nobody_owes_is_not_there(world: World) -> None:
    me, by = who(world, "nominator.sgt"), Origin(actor="tests")
    for wrong in (Key("yearly", 2022, world.units["SGT"]), Key("monthly", 2024, world.units["SGT"]), key(world, "52")):
        with pytest.raises(NotFound):
            save_report(world.session, me, world.clock, by, wrong, written())
    with pytest.raises(NotFound):
        save_report(world.session, who(world, "nominator.xa"), world.clock, by, key(world, "21613"), written())
    world.session.rollback()


def test_the_reading_of_before_moves_the_last_day_and_is_in_the_log(world: World) -> None:
    found = plan(world.session)
    assert found is not None
    assert {due.year: due.last for due in dues(world.session, found, DAY)}[2024] == date(2024, 11, 14)
    set_reading(world.session, world.clock, Origin(actor="tests"), NewReading("includes_day", "true", "[practice]"))
    again = plan(world.session)
    assert again is not None
    assert {due.year: due.last for due in dues(world.session, again, DAY)}[2024] == date(2024, 11, 15)
    set_reading(world.session, world.clock, Origin(actor="tests"), NewReading("includes_day", "false", "[practice]"))
    for wrong in (("due", "31-12"), ("includes_day", "maybe"), ("others", ""), ("remind_days", "99")):
        with pytest.raises(InvalidInput):
            set_reading(world.session, world.clock, Origin(actor="tests"), NewReading(*wrong, "[practice]"))
    with pytest.raises(InvalidInput):
        set_reading(world.session, world.clock, Origin(actor="tests"), NewReading("due", "11-20", "nghe nói"))
    world.session.rollback()


def test_bodies_are_reminded_once_by_themselves_and_by_hand_at_any_time(world: World) -> None:
    now, by = world.clock.now(), Origin(actor="tests")
    sent(world)
    assert remind_due_reports(world.session, world.clock, now, by_mail=False) == 2  # SNV and the district
    assert remind_due_reports(world.session, world.clock, now, by_mail=False) == 0
    kinds = world.session.scalars(select(models.Notice.kind)).all()
    assert set(kinds) == {"report_due"}
    world.session.rollback()
    told = remind_reports(world.session, who(world, "appraiser.snv"), world.clock, by, "yearly", 2024)
    assert told.bodies == 2
    with pytest.raises(NotFound):
        remind_reports(world.session, who(world, "nominator.sgt"), world.clock, by, "yearly", 2024)
    with world.on(date(2024, 11, 18)):
        assert remind_due_reports(world.session, world.clock, now, by_mail=False) == 2
    assert "report_late" in set(world.session.scalars(select(models.Notice.kind)))
    world.session.rollback()


def test_the_compiled_report_is_frozen_when_it_is_issued(world: World) -> None:
    sent(world)
    board, by = who(world, "clerk.snv"), Origin(actor="tests")
    new = NewIssue("12", "04/11/2024", "Trần Văn Đốc")
    edition, _ = issue_report(world.session, board, world.clock, by, "yearly", 2024, new)
    sent(world, by="nominator.snv", code="SNV")
    frozen = issued_report(world.session, board, DAY, "yearly", 2024, edition)
    live = compile_report(world.session, board, DAY, "yearly", 2024)
    assert frozen.figures["sums"]["reported"] == 1
    assert live.figures["sums"]["reported"] == 2
    assert (frozen.paper.draft, live.paper.draft) == (False, True)
    assert acts(world)[-2:] == ["issue_compiled", "submit_report"]
    with pytest.raises(InvalidInput) as taken:
        issue_report(world.session, board, world.clock, by, "yearly", 2024, new)
    assert set(taken.value.errors) == {"number"}
    for name in ("nominator.sgt", "head.sgt"):
        with pytest.raises(NotFound):
            compile_report(world.session, who(world, name), DAY, "yearly", 2024)
    with pytest.raises(NotFound):
        issue_report(world.session, who(world, "office.tinh"), world.clock, by, "yearly", 2024, new)
    world.session.rollback()
