"""Papers, models and figures in the registers: by whom they are entered, what consent allows, what each act leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from nominations import models
from nominations.queries.actors import Viewer, viewer
from nominations.queries.registers import papers, social_figures, spread_models
from nominations.services.errors import Declined, InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.registers import (
    add_model,
    add_social_figure,
    give_consent,
    hand_over,
    register_paper,
    withdraw_consent,
    withdraw_paper,
)
from tests.world import SHA, World

BY = Origin(actor="tests")
DAY = date(2024, 6, 3)
PAPER = {"kind": "plan", "number": "15/KH-UBND", "dated_on": "01/06/2024", "summary": "Kế hoạch phong trào"}
MODEL = {"title": "Nuôi bò luân chuyển", "text": "Hộ nhận bê trả lại sau hai năm."}
CONSENT = {"consent_by": "Đinh Văn Mẫu", "consent_on": "02/06/2024", "consent_file": SHA}
HANDED = {"handed_to": "Báo Bình Định", "handed_on": "03/06/2024"}
HOUSES = {"kind": "houses", "year": "2024", "cluster": "Khối 3", "houses": "2", "note": "Xã An Trung"}


@pytest.fixture(autouse=True)
def that_day(world: World) -> Iterator[None]:
    """It is June 2024."""
    with world.on(DAY):
        yield


def who(world: World, username: str) -> Viewer:
    found = viewer(world.session, world.people[username], world.clock.today())
    assert found is not None
    world.session.rollback()
    return found


def newest(world: World, kind: type[Any]) -> int:
    found = world.session.scalar(select(func.max(kind.id)))
    world.session.rollback()
    assert found is not None
    return int(found)


def acts(world: World) -> list[str]:
    entry = models.AuditEntry
    found = world.session.scalars(select(entry.act).where(entry.stream == "movement").order_by(entry.cseq)).all()
    world.session.rollback()
    return list(found)


def entered(world: World) -> int:
    """A model of the department."""
    add_model(world.session, who(world, "nominator.sgt"), world.clock, BY, world.units["SGT"], MODEL)
    return newest(world, models.SpreadModel)


def test_a_paper_is_registered_by_its_body_or_the_board_and_withdrawn_once(world: World) -> None:
    before = len(acts(world))
    for name in ("clerk.huyen", "clerk.snv"):
        register_paper(world.session, who(world, name), world.clock, BY, world.units["542"], PAPER)
    number = newest(world, models.PlanPaper)
    with pytest.raises(InvalidInput):
        withdraw_paper(world.session, who(world, "clerk.huyen"), world.clock, BY, number, " ")
    withdraw_paper(world.session, who(world, "clerk.huyen"), world.clock, BY, number, "Ghi hai lần")
    with pytest.raises(Declined, match="already_withdrawn"):
        withdraw_paper(world.session, who(world, "clerk.huyen"), world.clock, BY, number, "Ghi hai lần")
    assert acts(world)[before:] == ["register_paper", "register_paper", "withdraw_paper"]
    line = next(one for one in papers(world.session, 2024) if one.id == number)
    assert (line.row.withdrawn_for, line.unit_name) == ("Ghi hai lần", "Đơn vị 542")
    assert papers(world.session, 2020) == ()
    world.session.rollback()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "poem"}, "kind"),
        ({"number": ""}, "number"),
        ({"dated_on": "04/06/2024"}, "dated_on"),
        ({"dated_on": "hôm qua"}, "dated_on"),
        ({"summary": ""}, "summary"),
        ({"file_sha": "0" * 64}, "file_sha"),
        ({"file_sha": "không phải"}, "file_sha"),
    ],
)
def test_a_paper_that_cannot_be_is_said_at_its_field(world: World, changed: dict[str, str], field: str) -> None:
    before = acts(world)
    with pytest.raises(InvalidInput) as wrong:
        register_paper(world.session, who(world, "clerk.huyen"), world.clock, BY, world.units["542"], PAPER | changed)
    assert set(wrong.value.errors) == {field}
    assert acts(world) == before


def test_nobody_enters_for_a_body_of_others(world: World) -> None:
    unit = world.units["SGT"]
    for name in ("nominator.huyen", "head.sgt", "office.tinh", "member1.tinh"):
        with pytest.raises(NotFound):
            register_paper(world.session, who(world, name), world.clock, BY, unit, PAPER)
        with pytest.raises(NotFound):
            add_model(world.session, who(world, name), world.clock, BY, unit, MODEL)
        with pytest.raises(NotFound):
            add_social_figure(world.session, who(world, name), world.clock, BY, unit, HOUSES)
    for wrong in (0, 999_999):
        with pytest.raises(NotFound):
            register_paper(world.session, who(world, "clerk.snv"), world.clock, BY, wrong, PAPER)
        with pytest.raises(NotFound):
            withdraw_paper(world.session, who(world, "clerk.snv"), world.clock, BY, wrong, "Nhầm")
        with pytest.raises(NotFound):
            give_consent(world.session, who(world, "clerk.snv"), world.clock, BY, wrong, CONSENT)


def test_a_model_is_handed_on_with_consent_only(world: World) -> None:
    before, number = len(acts(world)), entered(world)
    mine, board = who(world, "nominator.sgt"), who(world, "appraiser.snv")
    with pytest.raises(Declined, match="no_consent"):
        hand_over(world.session, board, world.clock, BY, number, HANDED)
    with pytest.raises(InvalidInput) as bare:
        give_consent(world.session, mine, world.clock, BY, number, CONSENT | {"consent_file": ""})
    assert set(bare.value.errors) == {"consent_file"}
    give_consent(world.session, mine, world.clock, BY, number, CONSENT)
    with pytest.raises(Declined, match="consent_there"):
        give_consent(world.session, mine, world.clock, BY, number, CONSENT)
    with pytest.raises(NotFound):  # the press is the board's business
        hand_over(world.session, mine, world.clock, BY, number, HANDED)
    with pytest.raises(InvalidInput) as early:
        hand_over(world.session, board, world.clock, BY, number, HANDED | {"handed_on": "01/06/2024"})
    assert set(early.value.errors) == {"handed_on"}
    hand_over(world.session, board, world.clock, BY, number, HANDED)
    with pytest.raises(InvalidInput):
        withdraw_consent(world.session, mine, world.clock, BY, number, "04/06/2024")
    withdraw_consent(world.session, mine, world.clock, BY, number, "")
    with pytest.raises(Declined, match="no_consent"):
        hand_over(world.session, board, world.clock, BY, number, HANDED)
    with pytest.raises(Declined, match="no_consent"):
        withdraw_consent(world.session, mine, world.clock, BY, number, "")
    (line,) = spread_models(world.session, number)
    assert [one.handed_to for one in line.more["handed"]] == ["Báo Bình Định"]
    assert line.row.withdrawn_on == DAY
    world.session.rollback()
    give_consent(world.session, mine, world.clock, BY, number, CONSENT | {"consent_on": "03/06/2024"})
    assert acts(world)[before:] == ["add_model", "give_consent", "hand_over", "withdraw_consent", "give_consent"]


def test_houses_and_money_say_what_they_count(world: World) -> None:
    mine, unit = who(world, "nominator.sgt"), world.units["SGT"]
    fund = {"kind": "fund", "year": "2023", "amount_vnd": "1.250.000.000", "note": "Quỹ tỉnh"}
    for said in (HOUSES, fund):
        add_social_figure(world.session, mine, world.clock, BY, unit, said)
    found = social_figures(world.session)
    assert [(one.row.year, one.row.houses, one.row.amount_vnd) for one in found] == [
        (2024, 2, None),
        (2023, None, 1_250_000_000),
    ]
    world.session.rollback()
    for wrong, field in (
        (HOUSES | {"houses": ""}, "houses"),
        (fund | {"amount_vnd": ""}, "amount_vnd"),
        (HOUSES | {"year": "2025"}, "year"),
        (HOUSES | {"year": "1999"}, "year"),
        (HOUSES | {"note": ""}, "note"),
        (HOUSES | {"kind": "boats"}, "kind"),
        (HOUSES | {"houses": "hai"}, "houses"),
    ):
        with pytest.raises(InvalidInput) as said_wrong:
            add_social_figure(world.session, mine, world.clock, BY, unit, wrong)
        assert set(said_wrong.value.errors) == {field}
