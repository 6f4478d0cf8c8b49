"""Due days of real files: they stand while a file is returned or held, and move on by the working days they stood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from nominations import models
from nominations.queries.kept import forget
from nominations.services.seeding.law import add_law
from nominations.transactions import write_transaction
from tests.integration.services.plays import Cast, forward
from tests.world import START, World

FAULTS = [{"code": "other", "note": "Ghi rõ hơn.", "section": "report"}]
RETURN = {"sections": ["report"], "faults": FAULTS, "mode": "direct"}
WHY = {"ground": "complaint", "reasons": "Có đơn đang xác minh."}


@pytest.fixture(scope="module", autouse=True)
def holidays(province: World) -> None:
    """The real calendar."""
    with write_transaction(province.session) as session:
        add_law(session)
    forget(province.session)
    province.session.rollback()


@pytest.fixture(autouse=True)
def morning(world: World) -> Iterator[None]:
    yield
    world.clock.instant = START


def at(world: World, day: date) -> None:
    world.clock.instant = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def due_days(world: World, code: str, step: str) -> list[date | None]:
    """The due day each time the step was opened."""
    task, file = models.Task, models.Nomination
    found = world.session.scalars(
        select(task.due_on)
        .join(file, file.id == task.nomination_id)
        .where(file.code == code, task.step == step)
        .order_by(task.id)
    ).all()
    world.session.rollback()
    return list(found)


def in_appraisal(world: World, day: date) -> str:
    """A file accepted by its commune on a day."""
    at(world, day)
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="1")
    return code


def test_a_return_over_tet_moves_the_due_day_by_the_working_days_lost(world: World) -> None:
    code = in_appraisal(world, date(2024, 2, 5))
    assert due_days(world, code, "commune.appraisal") == [date(2024, 2, 16)]
    at(world, date(2024, 2, 7))
    world.do("appraiser.xa", code, "return", **RETURN)
    assert due_days(world, code, "commune.appraisal.returned") == [None]
    at(world, date(2024, 2, 19))
    world.do("nominator.xa", code, "save", content={"report": {"achievements": "Ghi rõ hơn: bảy hộ thoát nghèo."}})
    world.do("nominator.xa", code, "resubmit")
    assert due_days(world, code, "commune.appraisal") == [date(2024, 2, 16), date(2024, 2, 21)]


def test_a_hold_stops_it_again_and_both_stops_add_up(world: World) -> None:
    code = in_appraisal(world, date(2024, 3, 4))
    at(world, date(2024, 3, 5))
    world.do("appraiser.xa", code, "return", **RETURN)
    at(world, date(2024, 3, 12))
    world.do("nominator.xa", code, "resubmit")
    world.do("appraiser.xa", code, "propose_hold", **WHY)
    world.do("head.xa", code, "hold")
    at(world, date(2024, 3, 14))
    world.do("head.xa", code, "resume", reasons="Đơn đã có kết luận.")
    assert due_days(world, code, "commune.appraisal") == [date(2024, 3, 8), date(2024, 3, 15), date(2024, 3, 19)]


def test_a_swapped_saturday_that_a_file_was_away_on_is_given_back(world: World) -> None:
    code = in_appraisal(world, date(2024, 5, 2))
    assert due_days(world, code, "commune.appraisal") == [date(2024, 5, 7)]
    at(world, date(2024, 5, 3))
    world.do("appraiser.xa", code, "return", **RETURN)
    at(world, date(2024, 5, 6))
    world.do("nominator.xa", code, "resubmit")
    assert due_days(world, code, "commune.appraisal")[-1] == date(2024, 5, 9)


def test_a_late_step_comes_back_as_late_as_it_was(world: World) -> None:
    code = in_appraisal(world, date(2024, 3, 4))
    at(world, date(2024, 3, 12))  # two working days late
    world.do("appraiser.xa", code, "return", **RETURN)
    at(world, date(2024, 3, 26))
    world.do("nominator.xa", code, "resubmit")
    assert due_days(world, code, "commune.appraisal")[-1] == date(2024, 3, 22)


def test_at_intake_a_file_that_comes_back_comes_in_anew(world: World) -> None:
    at(world, date(2024, 3, 4))
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "return", **RETURN)
    at(world, date(2024, 3, 18))
    world.do("nominator.xa", code, "resubmit")
    assert due_days(world, code, "commune.intake") == [date(2024, 3, 5), date(2024, 3, 19)]


def test_the_next_step_has_its_own_days(world: World) -> None:
    code = in_appraisal(world, date(2024, 3, 4))
    at(world, date(2024, 3, 5))
    world.do("appraiser.xa", code, "return", **RETURN)
    at(world, date(2024, 3, 12))
    world.do("nominator.xa", code, "resubmit")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    assert due_days(world, code, "commune.council") == [date(2024, 3, 14)]


def test_what_waits_for_the_centre_is_never_due(world: World, cast: Cast) -> None:
    at(world, date(2024, 3, 4))
    code = world.draft(form="BK-TTG")
    forward(world, cast, code, "central.pending")
    assert due_days(world, code, "central.pending") == [None]
