"""Proposals to change the plan: sent, given an opinion on, decided into a dated version of the criteria."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from nominations import models
from nominations.queries import reference
from nominations.queries.actors import Viewer, viewer
from nominations.queries.criteria import criteria_of
from nominations.queries.detail import detail
from nominations.queries.kept import forget
from nominations.services.errors import Declined, InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.plan_changes import NewDecision, decide_change, give_opinion, propose_change
from nominations.transactions import write_transaction
from tests.world import World

BY = Origin(actor="tests")
DAY = date(2024, 6, 3)
NEW = "Có ý thức, trách nhiệm tự nguyện đăng ký thoát nghèo và có cam kết của thôn."
DECIDED: dict[str, Any] = {
    "number": "1200/QĐ-UBND",
    "dated_on": "03/06/2024",
    "summary": "Điều chỉnh tiêu chí",
    "answer": "Đã điều chỉnh.",
    "valid_from": "01/07/2024",
}


@pytest.fixture(autouse=True)
def that_day(world: World) -> Iterator[None]:
    """It is June 2024, and the department of the tests confirms poverty figures."""
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


def proposed(world: World) -> int:
    """A proposal of the district."""
    said = {"kind": "change", "paragraph": "III.1.5.1", "text": "Tiêu chí 1.5.1 cần nêu rõ minh chứng."}
    propose_change(world.session, who(world, "nominator.huyen"), world.clock, BY, world.units["542"], said)
    number = world.session.scalar(select(func.max(models.PlanProposal.id)))
    world.session.rollback()
    return int(number or 0)


def decide(world: World, numbers: list[int], criteria: dict[str, str], by: str = "clerk.snv", **changed: Any) -> None:
    new = NewDecision(DECIDED | changed, numbers, criteria)
    decide_change(world.session, who(world, by), world.clock, BY, new)


def texts(world: World, on: date) -> dict[str, str]:
    found = {line.code: line.text for line in reference.criteria(world.session, "vnn", on)}
    world.session.rollback()
    return found


def acts(world: World) -> list[str]:
    entry = models.AuditEntry
    found = world.session.scalars(select(entry.act).where(entry.stream == "movement").order_by(entry.cseq)).all()
    world.session.rollback()
    return list(found)


def test_a_decision_begins_a_dated_version_and_files_received_before_keep_theirs(world: World) -> None:
    before, number, movement = len(acts(world)), proposed(world), world.session.scalar(select(models.Movement.id))
    give_opinion(world.session, who(world, "appraiser.sgt"), world.clock, BY, number, {"opinion": "Đồng ý."})
    old = texts(world, DAY)
    decide(world, [number], {"1.5.1": NEW, "1.5.2": old["1.5.2"]})
    assert acts(world)[before:] == ["propose_change", "give_opinion", "decide_change"]
    assert texts(world, date(2024, 6, 30)) == old
    assert texts(world, date(2024, 7, 1)) == old | {"1.5.1": NEW}
    change = world.session.scalars(select(models.PlanChange).order_by(models.PlanChange.id.desc())).first()
    assert change is not None
    assert change.criteria_version is not None
    assert change.valid_from == date(2024, 7, 1)
    counted = select(func.count()).where(models.Criterion.version == change.criteria_version)
    assert world.session.scalar(counted) == 30
    groups = select(func.count()).where(models.CriteriaGroup.version == change.criteria_version)
    assert world.session.scalar(groups) == 7
    assert movement is not None
    assert len(criteria_of(world.session, movement, date(2024, 7, 1))) == 30
    proposal = world.session.get(models.PlanProposal, number)
    assert proposal is not None
    assert (proposal.answer, proposal.change_id, proposal.opinion) == ("Đã điều chỉnh.", change.id, "Đồng ý.")
    world.session.rollback()


def test_a_file_received_before_the_day_goes_by_the_criteria_of_then(world: World) -> None:
    code = world.draft(form="GK-XA")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    with world.on(date(2024, 8, 1)):
        number = proposed(world)
        decide(world, [number], {"1.5.2": "Giúp từ ba hộ trở lên."}, dated_on="01/08/2024", valid_from="01/09/2024")
    with world.on(date(2024, 9, 5)):
        later = world.draft(form="GK-XA")
        readers = {code: who(world, "appraiser.xa"), later: who(world, "nominator.xa")}
        found = {one: detail(world.session, by, one, date(2024, 9, 5)) for one, by in readers.items()}
    said = {one: shown.criteria.texts["1.5.2"].text for one, shown in found.items() if shown and shown.criteria}
    assert said[later] == "Giúp từ ba hộ trở lên."
    assert said[code] != said[later]
    world.session.rollback()


def test_a_decision_that_changes_nothing_answers_and_begins_no_version(world: World) -> None:
    number = proposed(world)
    versions = select(func.max(models.Criterion.version))
    before = world.session.scalar(versions)
    world.session.rollback()
    decide(world, [number], texts(world, date.max), valid_from="", answer="Giữ nguyên.")
    assert world.session.scalar(versions) == before
    world.session.rollback()


@pytest.mark.parametrize(
    ("changed", "criteria", "field"),
    [
        ({"valid_from": ""}, {"1.5.1": "Khác hẳn."}, "valid_from"),
        ({}, {}, "valid_from"),
        ({"valid_from": "02/06/2024"}, {"1.5.1": "Khác hẳn."}, "valid_from"),
        ({}, {"1.5.1": ""}, "criterion-1.5.1"),
        ({"dated_on": "04/06/2024"}, {"1.5.1": "Khác hẳn."}, "dated_on"),
        ({"dated_on": "01/06/2024"}, {"1.5.1": "Khác hẳn."}, "dated_on"),
        ({"number": ""}, {"1.5.1": "Khác hẳn."}, "number"),
        ({"file_sha": "0" * 64}, {"1.5.1": "Khác hẳn."}, "file_sha"),
    ],
)
def test_a_decision_that_cannot_be_leaves_nothing(
    world: World, changed: dict[str, Any], criteria: dict[str, str], field: str
) -> None:
    number, before = proposed(world), acts(world)
    with pytest.raises(InvalidInput) as wrong:
        decide(world, [number], criteria, **changed)
    assert field in wrong.value.errors
    assert acts(world) == before
    world.session.rollback()


def test_who_may_not_and_what_was_decided(world: World) -> None:
    number = proposed(world)
    said = {"kind": "difficulty", "text": "Khó."}
    for name, unit in (("nominator.huyen", "SGT"), ("nominator.xa", "542"), ("head.huyen", "542")):
        with pytest.raises(NotFound):
            propose_change(world.session, who(world, name), world.clock, BY, world.units[unit], said)
    for name in ("appraiser.huyen", "nominator.sgt", "appraiser.snv"):
        with pytest.raises(NotFound):
            give_opinion(world.session, who(world, name), world.clock, BY, number, {"opinion": "Không rõ."})
    for name in ("clerk.sgt", "nominator.snv", "clerk.tinh"):
        with pytest.raises(NotFound):
            decide(world, [number], {}, by=name, valid_from="")
    with pytest.raises(InvalidInput):
        decide(world, [], {}, valid_from="")
    with pytest.raises(InvalidInput):
        decide(world, [number, 999_999], {}, valid_from="")
    decide(world, [number], {}, valid_from="")
    with pytest.raises(Declined, match="proposal_decided"):
        decide(world, [number], {}, valid_from="")
    with pytest.raises(Declined, match="proposal_decided"):
        give_opinion(world.session, who(world, "appraiser.sgt"), world.clock, BY, number, {"opinion": "Muộn."})
    with pytest.raises(InvalidInput):
        propose_change(world.session, who(world, "nominator.huyen"), world.clock, BY, world.units["542"], {"text": ""})
    world.session.rollback()
