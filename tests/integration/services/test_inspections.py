"""Inspections of both kinds: who leads them, what they find, who answers, who reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import func, select, update

from nominations import models
from nominations.queries.actors import Viewer, viewer
from nominations.queries.kept import forget
from nominations.queries.registers import inspections
from nominations.services.errors import Declined, InvalidInput, NotFound
from nominations.services.inspections import add_finding, answer_finding, conclude_inspection, plan_inspection
from nominations.services.log import Origin
from nominations.transactions import write_transaction
from tests.world import SHA, World

BY = Origin(actor="tests")
DAY = date(2024, 6, 3)
PLANNED = {"document": "QĐ 12 ngày 01/06/2024", "planned_from": "10/06/2024", "planned_to": "12/06/2024"}
HELD = {"held_on": "03/06/2024", "conclusion": "Đã triển khai, còn chậm báo cáo.", "file_sha": SHA}
FOUND = {"text": "Chưa lập sổ theo dõi hộ nghèo.", "answer_by": "30/06/2024"}


@pytest.fixture(autouse=True)
def that_day(world: World) -> Iterator[None]:
    """It is June 2024, and the department of the tests has the poverty function."""
    with write_transaction(world.session) as session:
        session.execute(update(models.Unit).where(models.Unit.code == "SGT").values(poverty_function=True))
        forget(session)
    with world.on(DAY):
        yield


def who(world: World, username: str) -> Viewer:
    found = viewer(world.session, world.people[username], world.clock.today())
    assert found is not None
    world.session.rollback()
    return found


def planned(world: World, kind: str = "council", by: str = "secretary.snv") -> int:
    plan_inspection(world.session, who(world, by), world.clock, BY, kind, world.units["542"], PLANNED)
    found = world.session.scalar(select(func.max(models.Inspection.id)))
    world.session.rollback()
    return int(found or 0)


def finding(world: World) -> int:
    found = world.session.scalar(select(func.max(models.InspectionFinding.id)))
    world.session.rollback()
    return int(found or 0)


def acts(world: World) -> list[str]:
    entry = models.AuditEntry
    found = world.session.scalars(select(entry.act).where(entry.stream == "movement").order_by(entry.cseq)).all()
    world.session.rollback()
    return list(found)


@pytest.mark.parametrize(("kind", "lead"), [("council", "secretary.snv"), ("programme", "appraiser.sgt")])
def test_an_inspection_from_its_plan_to_the_answer(world: World, kind: str, lead: str) -> None:
    before, number = len(acts(world)), planned(world, kind, lead)
    by, body = who(world, lead), who(world, "appraiser.huyen")
    with pytest.raises(Declined, match="not_held_yet"):
        add_finding(world.session, by, world.clock, BY, number, FOUND)
    conclude_inspection(world.session, by, world.clock, BY, number, HELD)
    with pytest.raises(Declined, match="already_concluded"):
        conclude_inspection(world.session, by, world.clock, BY, number, HELD)
    add_finding(world.session, by, world.clock, BY, number, FOUND)
    asked = finding(world)
    answer_finding(world.session, body, world.clock, BY, asked, {"answer": "Đã lập sổ."})
    with pytest.raises(Declined, match="already_answered"):
        answer_finding(world.session, body, world.clock, BY, asked, {"answer": "Đã lập sổ."})
    assert acts(world)[before:] == [
        "plan_inspection",
        "conclude_inspection",
        "add_inspection_finding",
        "answer_inspection_finding",
    ]
    (line,) = inspections(world.session, who(world, "nominator.huyen"), DAY, number)
    assert [one.answer for one in line.more["findings"]] == ["Đã lập sổ."]
    assert line.more["lead"] == ("Đơn vị SNV" if kind == "council" else "Đơn vị SGT")
    world.session.rollback()


def test_each_kind_has_its_lead_and_others_find_nothing(world: World) -> None:
    unit, number = world.units["542"], planned(world)
    for name, kind in (("appraiser.sgt", "council"), ("secretary.snv", "programme"), ("secretary.huyen", "council")):
        with pytest.raises(NotFound):
            plan_inspection(world.session, who(world, name), world.clock, BY, kind, unit, PLANNED)
    with pytest.raises(NotFound):
        conclude_inspection(world.session, who(world, "appraiser.sgt"), world.clock, BY, number, HELD)
    conclude_inspection(world.session, who(world, "clerk.snv"), world.clock, BY, number, HELD)
    with pytest.raises(NotFound):
        add_finding(world.session, who(world, "head.huyen"), world.clock, BY, number, FOUND)
    add_finding(world.session, who(world, "clerk.snv"), world.clock, BY, number, FOUND)
    for name in ("clerk.snv", "head.xa", "office.tinh"):
        with pytest.raises(NotFound):
            answer_finding(world.session, who(world, name), world.clock, BY, finding(world), {"answer": "Đã rõ."})
    assert inspections(world.session, who(world, "nominator.xa"), DAY, number) == ()
    assert inspections(world.session, who(world, "office.tinh"), DAY, number) != ()
    world.session.rollback()


def test_what_cannot_be_is_said_at_its_field(world: World) -> None:
    board, unit = who(world, "secretary.snv"), world.units["542"]
    for changed, field in (
        ({"planned_to": "09/06/2024"}, "planned_to"),
        ({"planned_from": "tháng sáu"}, "planned_from"),
        ({"document": ""}, "document"),
    ):
        with pytest.raises(InvalidInput) as wrong:
            plan_inspection(world.session, board, world.clock, BY, "council", unit, PLANNED | changed)
        assert set(wrong.value.errors) == {field}
    for where, kind, field in ((world.units["SNV"], "council", "unit"), (0, "council", "unit"), (unit, "raid", "kind")):
        with pytest.raises(InvalidInput) as wrong:
            plan_inspection(world.session, board, world.clock, BY, kind, where, PLANNED)
        assert set(wrong.value.errors) == {field}
    number = planned(world)
    with pytest.raises(InvalidInput) as wrong:
        conclude_inspection(world.session, board, world.clock, BY, number, HELD | {"held_on": "04/06/2024"})
    assert set(wrong.value.errors) == {"held_on"}
    conclude_inspection(world.session, board, world.clock, BY, number, HELD)
    with pytest.raises(InvalidInput) as wrong:
        add_finding(world.session, board, world.clock, BY, number, FOUND | {"answer_by": "01/06/2024"})
    assert set(wrong.value.errors) == {"answer_by"}
