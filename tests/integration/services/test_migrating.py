"""Running files go over to a new version of their flow: what would break stays, and every file moved has its entry."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from nominations import models
from nominations.queries.kept import forget
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.migrating import Migration, migrate, migration
from nominations.transactions import write_transaction
from tests.integration.services.soundness import entries, sound
from tests.world import World
from workflows.flows import FlowKey, read

KEY = FlowKey("BK-TINH", "R2", 3)
ORIGIN = Origin(actor="operator", auth="cli")


def publish(world: World, key: FlowKey = KEY, **changed: Any) -> int:
    """A new version of the flow in force: other papers, or other pairs; its row."""
    version = models.WorkflowVersion
    mine = (version.form == key.form) & (version.rule_set == key.rule_set) & (version.tiers == key.tiers)
    with write_transaction(world.session) as session:
        rows = session.execute(select(version.number, version.content, version.active).where(mine)).all()
        raw = json.loads(next(row.content for row in rows if row.active))
        for name, change in changed.items():
            raw[name] = change(raw[name])
        content = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        session.execute(update(version).where(mine).values(active=False))
        values = {"form": key.form, "rule_set": key.rule_set, "tiers": key.tiers, "content": content, "active": True}
        values |= {"number": max(row.number for row in rows) + 1, "sha256": read(content).sha256}
        values |= {"published_at": world.clock.now()}
        made = session.execute(insert(version).values(values).returning(version.id)).scalar_one()
        forget(session)
    return made


def dry(world: World) -> Migration:
    """What would move now."""
    found = migration(world.session, world.clock.today(), KEY)
    world.session.rollback()
    return found


def longer(deadlines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Another number of days for a step."""
    return [row | {"working_days": row["working_days"] + 1} for row in deadlines]


def at_board(world: World) -> str:
    """A file of the commune that waits at the board's intake."""
    code = world.draft(form="BK-TINH")
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    world.through_stage(code, "huyen")
    return code


def pinned(world: World, code: str) -> int:
    """The version the file goes by."""
    found = world.session.scalar(select(models.Nomination.workflow_id).where(models.Nomination.code == code))
    world.session.rollback()
    return found or 0


def test_files_move_once_with_their_entries_and_nothing_else_changes(world: World) -> None:
    code = at_board(world)
    made = publish(world, deadlines=longer)
    before = entries(world.session)
    assert [file.code for file in dry(world).files if file.goes].count(code) == 1
    assert entries(world.session) == before
    state, version = world.state(code), world.version(code)
    found = migrate(world.session, world.clock, ORIGIN, KEY, chunk=1)
    assert (pinned(world, code), world.state(code), world.version(code)) == (made, state, version + 1)
    assert entries(world.session) == before + found.going + 2, "one for the act, one for its end, one for each file"
    sound(world.session, code)
    before = entries(world.session)
    assert migrate(world.session, world.clock, ORIGIN, KEY).going == 0
    assert entries(world.session) == before
    world.do("appraiser.snv", code, "accept", arrival_number="3")
    sound(world.session, code)


def test_a_paper_the_new_version_wants_and_the_file_lacks_keeps_it_where_it_is(world: World) -> None:
    code = at_board(world)

    def more(papers: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [*papers, papers[0] | {"kind": "new_paper", "required": True, "needed_at": "draft"}]

    old = pinned(world, code)
    publish(world, papers=more)
    (file,) = (one for one in dry(world).files if one.code == code)
    assert [tuple(one) for one in file.breaks] == [("paper_missing", "new_paper")]
    migrate(world.session, world.clock, ORIGIN, KEY)
    assert pinned(world, code) == old
    sound(world.session, code)
    publish(world, papers=lambda papers: [one for one in papers if one["kind"] != "new_paper"])


def test_a_pair_somebody_has_violated_keeps_the_file_where_it_is(world: World) -> None:
    """One's signature at the commune and a ballot at the district were allowed; the new version forbids them."""
    both = world.staff("both.xa", "21613", ("head",))
    with write_transaction(world.session) as session:
        council = session.scalars(select(models.Council.id).where(models.Council.unit_id == world.units["542"])).one()
        session.add(
            models.CouncilSeat(
                council_id=council, person_id=world.people[both], role="member", valid_from=world.clock.today()
            )
        )
    code = world.draft(form="BK-TINH")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    world.do(both, code, "send_up")
    world.number(code, "xa")
    world.do("appraiser.huyen", code, "accept", arrival_number="12")
    world.do("appraiser.huyen", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.do(both, code, "ballot", choice="agree")

    def stricter(pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [one | {"scopes": {}} if one["name"] == "ballot_signature" else one for one in pairs]

    publish(world, pairs=stricter)
    (file,) = (one for one in dry(world).files if one.code == code)
    assert [tuple(one) for one in file.breaks] == [("pair_violated", "ballot_signature")]


def test_another_number_than_was_seen_or_an_unknown_flow_is_refused(world: World) -> None:
    publish(world, deadlines=longer)
    going = dry(world).going
    before = entries(world.session)
    with pytest.raises(InvalidInput) as wrong:
        migrate(world.session, world.clock, ORIGIN, KEY, counted=going + 1)
    assert set(wrong.value.errors) == {"counted"}
    with pytest.raises(NotFound):
        migration(world.session, world.clock.today(), FlowKey("GK-HUYEN", "R3", 2))
    assert entries(world.session) == before
