"""Poverty figures as they are recognised: recorded by the body whose work it is, against themselves, in the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from nominations import models
from nominations.clock import FixedClock
from nominations.queries.actors import Viewer, viewer
from nominations.queries.kept import forget
from nominations.queries.plan import plan
from nominations.queries.targets import followed
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.poverty_figures import NewFigure, record_figure
from nominations.services.seeding.movement import reporting
from nominations.transactions import write_transaction
from tests.databases import CommandRunner
from tests.unit.test_sheets import book
from tests.world import World

BY = Origin(actor="tests")
DAY = date(2025, 3, 3)
RIGHT = {
    "year": "2024", "series": "all", "standard": "2022-2025", "households": "10.000", "poor": "300",
    "near_poor": "200", "rate": "5,00", "status": "official", "decision_ref": "QĐ 99", "source": "[practice]",
}  # fmt: skip


@pytest.fixture(autouse=True)
def that_day(world: World) -> Iterator[None]:
    """It is March 2025; the department of the tests has the poverty function; no figure is left of another test."""
    with write_transaction(world.session) as session:
        session.execute(update(models.Unit).where(models.Unit.code == "SGT").values(poverty_function=True))
        session.execute(update(models.Movement).values(reporting=reporting()))
        session.execute(delete(models.PovertyFigure))
        forget(session)
    with world.on(DAY):
        yield


@pytest.fixture
def clock(world: World) -> FixedClock:
    """The commands go by the province's clock."""
    return world.clock


def who(world: World, username: str) -> Viewer:
    found = viewer(world.session, world.people[username], world.clock.today())
    assert found is not None
    world.session.rollback()
    return found


def put(world: World, by: str = "appraiser.sgt", unit: str = "52", **changed: str) -> None:
    new = NewFigure(unit_id=world.units[unit], **(RIGHT | changed))
    record_figure(world.session, who(world, by), world.clock, BY, new)


def rows(world: World) -> list[tuple[int, str, int | None, Decimal | None]]:
    f = models.PovertyFigure
    found = world.session.execute(select(f.year, f.status, f.poor, f.rate).order_by(f.year, f.series)).all()
    world.session.rollback()
    return [(row.year, row.status, row.poor, row.rate) for row in found]


def test_a_preliminary_figure_gives_way_to_the_official_one(world: World) -> None:
    put(world, status="preliminary", decision_ref="", rate="", poor="320")
    assert rows(world) == [(2024, "preliminary", 320, None)]
    put(world)
    assert rows(world) == [(2024, "official", 300, Decimal("5.00"))]
    entry = models.AuditEntry
    acts = world.session.scalars(select(entry.act).where(entry.stream == "units").order_by(entry.cseq)).all()
    assert list(acts)[-2:] == ["record_figure", "record_figure"]
    world.session.rollback()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"rate": "6,00"}, "rate"),
        ({"rate": "105"}, "rate"),
        ({"rate": "năm"}, "rate"),
        ({"rate": "5,001"}, "rate"),
        ({"poor": "9.900"}, "rate"),
        ({"poor": "ba trăm"}, "poor"),
        ({"households": "", "poor": "", "near_poor": "", "rate": ""}, "rate"),
        ({"year": "2026"}, "year"),
        ({"year": "năm ngoái"}, "year"),
        ({"series": "some"}, "series"),
        ({"status": "rumoured"}, "status"),
        ({"decision_ref": ""}, "decision_ref"),
        ({"standard": ""}, "standard"),
        ({"source": "nghe nói"}, "source"),
    ],
)
def test_a_figure_that_cannot_be_is_said_at_its_field(world: World, changed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        put(world, **changed)
    assert set(wrong.value.errors) == {field}
    assert rows(world) == []


def test_a_rate_against_its_households_is_refused_with_both_numbers(world: World) -> None:
    with pytest.raises(InvalidInput) as wrong:
        put(world, rate="6,00")
    said = wrong.value.errors["rate"].text("vi")
    assert "6" in said
    assert "5" in said


def test_others_record_nothing(world: World) -> None:
    for name in ("appraiser.snv", "nominator.huyen", "office.tinh", "member1.sgt"):
        with pytest.raises(NotFound):
            put(world, by=name)
    assert rows(world) == []


def test_the_targets_are_followed_year_by_year_on_one_standard(world: World) -> None:
    for year, poor in (("2021", "900"), ("2022", "740"), ("2023", "600"), ("2024", "300")):
        put(world, year=year, poor=poor, rate="")
    put(world, year="2021", standard="2016-2020", poor="500", rate="")
    for year, poor in (("2023", "4000"), ("2024", "3700")):
        put(world, year=year, series="ethnic_minority", poor=poor, rate="")
    found = plan(world.session)
    assert found is not None
    lines = {line.key: line for line in followed(world.session, found)}
    told = {(one.figure.year, one.figure.standard): (one.fell, one.judged) for one in lines["all"].years}
    assert told == {
        (2021, "2016-2020"): (None, "unknown"),
        (2021, "2022-2025"): (None, "unknown"),
        (2022, "2022-2025"): (Decimal("1.60"), "met"),
        (2023, "2022-2025"): (Decimal("1.40"), "below"),
        (2024, "2022-2025"): (Decimal("3.00"), "beyond"),
    }
    minority = {one.figure.year: one.judged for one in lines["ethnic_minority"].years}
    assert minority == {2023: "unknown", 2024: "below"}  # exactly 3 points is not more than 3
    world.session.rollback()


HEADS = ("Đơn vị", "Năm", "Loại số liệu", "Chuẩn nghèo", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo",
         "Tỷ lệ nghèo đa chiều", "Mức độ", "Quyết định công nhận", "Nguồn")  # fmt: skip
SOUND = ("21613", "2024", "Chung", "2022-2025", "1.000", "30", "20", "5,00", "Chính thức", "QĐ 99", "[practice]")
MINORITY = ("21613", "2024", "Dân tộc thiểu số", "2022-2025", "100", "20", "5", "25,00", "Sơ bộ", "", "[practice]")


def table(folder: Path, *lines: tuple[str, ...]) -> str:
    path = folder / "số liệu.xlsx"
    path.write_bytes(book(HEADS, *lines))
    return str(path)


def test_a_table_is_recorded_whole_or_not_at_all(world: World, runner: CommandRunner, tmp_path: Path) -> None:
    by = ("--by", "appraiser.sgt")
    wrong = ("không có", "2024", "", "2022-2025", "", "", "", "120", "Chắc", "", "")
    faulty = runner.invoke(args=["figures", "import", table(tmp_path, SOUND, wrong, (*SOUND[:7], "9,99", *SOUND[8:])),
                                 *by, "--confirm"])  # fmt: skip
    assert (faulty.exit_code, rows(world)) == (1, [])
    assert "row 3, Đơn vị: " in faulty.output
    assert "row 4, Tỷ lệ nghèo đa chiều: " in faulty.output
    assert "2 rows are at fault; nothing was recorded." in faulty.output
    file = table(tmp_path, SOUND, MINORITY)
    seen = runner.invoke(args=["figures", "import", file, *by])
    assert (seen.output, rows(world)) == (
        "2 figures are sound. Nothing was changed; --confirm records them.\n", [],
    )  # fmt: skip
    done = runner.invoke(args=["figures", "import", file, *by, "--confirm"])
    assert done.output == "2 figures recorded.\n"
    assert rows(world) == [(2024, "official", 30, Decimal("5.00")), (2024, "preliminary", 20, Decimal("25.00"))]
    stranger = runner.invoke(args=["figures", "import", file, "--by", "appraiser.xa", "--confirm"])
    assert (stranger.exit_code, "There is no poverty figures." in stranger.output) == (1, True)
