"""A commune's overtyped figure on its way: said at each stage, frozen in the revision; the recognised one decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from sqlalchemy import Engine, delete, insert, select

from nominations import models
from nominations.queries.case_facts import case_row
from nominations.queries.criteria import assess
from nominations.queries.kept import forget
from nominations.services.actions import Request, act
from nominations.services.apply import Applied
from nominations.services.log import Origin
from nominations.transactions import write_transaction
from tests.databases import Backend
from tests.statements import count_statements
from tests.world import SHA, World

STANDARD = "2022-2025"
COUNTED = {2021: (602, 300, 112), 2023: (615, 204, 81), 2024: (620, 141, 65)}  # 412 households fall to 206: just half
MOST = {"postgresql": 8, "sqlite": 12}


@pytest.fixture
def recognised(world: World) -> Iterator[World]:
    """The second commune's figures as decisions recognised them."""
    with write_transaction(world.session):
        world.session.execute(
            insert(models.PovertyFigure),
            [
                {
                    "unit_id": world.units["21610"], "year": year, "series": "all", "standard": STANDARD,
                    "households": n, "poor": poor, "near_poor": near, "status": "official",
                    "decision_ref": f"QĐ {year}", "source": "[practice]",
                }
                for year, (n, poor, near) in COUNTED.items()
            ],
        )  # fmt: skip
        forget(world.session)
    yield world
    with write_transaction(world.session):
        world.session.execute(delete(models.PovertyFigure))
        forget(world.session)


def filed(world: World, poor: int, round_code: str = "tong-ket", **more: Any) -> str:
    """A draft of the commune in which the last year's poor households are typed over."""
    content = world.content("1.3")
    content["criteria"]["figures"] = [
        {"year": year, "households": n, "poor": poor if year == 2024 else count, "near_poor": near,
         "standard": STANDARD, "status": "official", "decision_ref": f"QĐ {year}"}
        for year, (n, count, near) in COUNTED.items()
    ]  # fmt: skip
    content["criteria"] |= more
    return world.draft(
        by="nominator.xa2", kind="collective", group="1.3", nominee_unit_id=world.units["21610"], content=content,
        round_code=round_code,
    )  # fmt: skip


def working(world: World, code: str) -> str:
    """The working of the computed criterion as it would be shown today."""
    row = case_row(world.session, code, world.clock.today(), lock=False)
    assert row is not None
    lines = assess(world.session, row, world.clock.today()).lines
    world.session.rollback()
    return "\n".join(part.text("vi") for line in lines if line.assessment for part in line.assessment.working)


def frozen(world: World, code: str) -> dict[str, Any]:
    """The computed criterion as the last revision froze it."""
    content = world.session.scalar(
        select(models.Revision.content).join(models.Nomination, models.Nomination.revision_id == models.Revision.id)
        .where(models.Nomination.code == code)
    )  # fmt: skip
    world.session.rollback()
    found: dict[str, Any] = orjson.loads(content or b"")["results"]["computed"][0]
    return found


def prove(world: World, code: str) -> None:
    """Attach the paper that figures are recognised by."""
    with write_transaction(world.session):
        row = world.session.execute(
            select(models.Nomination.id, models.Nomination.created_by).where(models.Nomination.code == code)
        ).one()
        world.session.add(
            models.NominationFile(
                nomination_id=row.id, sha256=SHA, kind="poverty_decision", section="papers", name="qd.pdf",
                added_by=row.created_by, added_at=world.clock.now(),
            )
        )  # fmt: skip


def take_proof(world: World, code: str) -> None:
    """The paper is not there after all."""
    with write_transaction(world.session):
        kept = select(models.Nomination.id).where(models.Nomination.code == code).scalar_subquery()
        found = world.session.scalars(
            select(models.NominationFile).where(
                models.NominationFile.nomination_id == kept, models.NominationFile.kind == "poverty_decision"
            )
        )
        for row in found:
            row.removed_at = world.clock.now()


def test_a_figure_typed_over_does_not_carry_the_commune_past_the_threshold(recognised: World) -> None:
    world = recognised
    code = filed(world, 140)
    take_proof(world, code)  # the drafts of the tests carry every paper of their form
    with world.on(world.clock.today().replace(year=2025)):
        assert world.refused("nominator.xa2", code, "submit") == "criterion_not_met"
        assert "140 do người lập nhập, khác số đã công nhận theo QĐ 2024 là 141" in working(world, code)


def test_an_explained_entry_goes_on_marked_and_is_judged_again_at_the_next_stage(
    recognised: World, engine: Engine, backend: Backend
) -> None:
    world = recognised
    explained = {"explanations": {"1.3.5": "Huyện rà soát lại, có quyết định kèm theo."}}
    code = filed(world, 140, "hang-nam", **explained)
    take_proof(world, code)
    prove(world, code)
    with world.on(world.clock.today().replace(year=2025)):
        world.do("nominator.xa2", code, "submit")
        kept = frozen(world, code)
        assert kept["result"] == "pass"
        assert "own_figure_counts" in [line["code"] for line in kept["working"]]
        assert [f["status"] for f in kept["figures"]] == ["official", "official", "own"]
        take_proof(world, code)
        assert world.refused("appraiser.huyen", code, "accept", arrival_number="1") == "criterion_not_met"
        prove(world, code)
        actor = world.actor("appraiser.huyen")
        request = Request(code, "accept", world.version(code), {"arrival_number": "1"}, Origin(actor=actor.ref))
        with count_statements(engine) as sent:
            outcome = act(world.session, actor, world.clock, request)
        assert isinstance(outcome, Applied), outcome
        assert len(sent) <= MOST[backend], "\n".join(sent)
