"""How many statements an act sends: at most eight on PostgreSQL, twelve on SQLite, sign-in apart (decision 32)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from psycopg._queries import MAX_CACHED_STATEMENT_LENGTH
from sqlalchemy import Engine, select

from nominations import models
from nominations.queries.case_facts import _statement
from nominations.queries.paper_facts import bonus_tables
from nominations.services.actions import Request, act
from nominations.services.apply import Applied
from nominations.services.drafts import create
from nominations.services.files import Upload, attach, detach
from nominations.services.log import Origin
from nominations.services.nominees import Draft
from nominations.storage import FolderStorage
from tests.databases import Backend
from tests.integration.services.once import ONCE, dated
from tests.integration.services.plays import Cast
from tests.statements import count_statements
from tests.world import SHA, START, World
from workflows.actions import MOVES

MOST = {"postgresql": 8, "sqlite": 12}
LINKED = {"postgresql": 0, "sqlite": 8}


@pytest.fixture(scope="module", autouse=True)
def warm(province: World, cast: Cast) -> None:
    """What is read once a minute has been read: flows, criteria, the calendar."""
    for action in ("recommend", "record_central_result"):
        ONCE[action].ready(province, cast)


@pytest.mark.parametrize("action", ONCE)
def test_an_act_sends_few_statements(world: World, cast: Cast, engine: Engine, backend: Backend, action: str) -> None:
    world.clock.instant = START
    once = ONCE[action]
    if action in MOVES:  # the flow of the other form has been read
        world.do(once.who, once.ready(world, cast), action, **once.sent)
    code, actor = once.ready(world, cast), world.actor(once.who)
    origin = Origin(actor=actor.ref, request_key=f"counted {action}")
    request = Request(code, action, world.version(code), dated(world, once.sent), origin)
    bonus_tables(world.session)  # read once a minute; an act made ready before may have had it forgotten
    world.session.rollback()
    with count_statements(engine) as sent:
        outcome = act(world.session, actor, world.clock, request)
    assert isinstance(outcome, Applied), outcome
    print(f"{action}: {len(sent)}")
    # A linked file is a second one, with entry, revision and papers of its own: SQLite takes their rows one by one.
    most = MOST[backend] + (LINKED[backend] if action in MOVES else 0)
    assert len(sent) <= most, "\n".join(sent)


@pytest.mark.parametrize("action", ["accept", "award"])
def test_a_refusal_sends_fewer(world: World, cast: Cast, engine: Engine, action: str) -> None:
    code, actor = ONCE["recommend"].ready(world, cast), world.actor("appraiser.xa")
    request = Request(code, action, world.version(code), {}, Origin(actor=actor.ref))
    with count_statements(engine) as sent:
        act(world.session, actor, world.clock, request)
    assert len(sent) <= 3, sent


def test_a_new_file_and_its_papers(world: World, engine: Engine, backend: Backend, tmp_path: Path) -> None:
    """A nominee already known costs as much as a new one."""
    actor, storage = world.actor("nominator.xa"), FolderStorage(tmp_path)
    origin = Origin(actor=actor.ref, request_key="counted")
    draft = Draft("tong-ket", "BK-TINH", world.unit_of("nominator.xa"), "household", "1.5", "Hộ ông Đếm")
    with count_statements(engine) as sent:
        code = create(world.session, actor, world.clock, origin, draft).code
    print(f"create: {len(sent)}")
    assert len(sent) <= MOST[backend] + 2, "\n".join(sent)  # the nominee and the round are looked up besides
    attaching = Request(code, "attach", 1, {}, Origin(actor=actor.ref))
    with count_statements(engine) as sent:
        attach(world.session, actor, world.clock, storage, attaching, Upload("report", "a.pdf", b"%PDF-1.7 counted"))
    print(f"attach: {len(sent)}")
    assert len(sent) <= MOST[backend], "\n".join(sent)
    sha = world.session.scalar(
        select(models.NominationFile.sha256).join(models.Nomination).where(
            models.Nomination.code == code, models.NominationFile.sha256 != SHA
        )
    )  # fmt: skip
    world.session.rollback()
    with count_statements(engine) as sent:
        detach(world.session, actor, world.clock, replace(attaching, seen=2), sha or "", "report")
    print(f"detach: {len(sent)}")
    assert len(sent) <= MOST[backend], "\n".join(sent)


@pytest.mark.parametrize("many", [False, True])
def test_the_one_read_is_short_enough_for_its_parsed_form_to_be_kept(*, many: bool) -> None:
    assert len(_statement("postgresql", many=many)) <= MAX_CACHED_STATEMENT_LENGTH
