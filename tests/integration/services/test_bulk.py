"""One action on many files: each weighed by itself, what passes written together, every refusal told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from nominations import models
from nominations.services import bulk
from nominations.services.actions import Denied
from nominations.services.apply import Applied
from nominations.services.bulk import Line, ManyRequest, Passes, Result, Unknown, Unusable, act_many, weigh_many
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.quotas import NewQuota, add_quota
from tests.databases import Backend
from tests.integration.services.once import ONCE, dated
from tests.integration.services.plays import Cast, forward
from tests.statements import count_statements
from tests.world import START, World

OPINION = {"advice": "for", "reasons": "Đủ điều kiện."}


def at(world: World, cast: Cast, state: str, count: int, **more: Any) -> list[str]:
    """That many files that wait at one step."""
    codes = [world.draft(**more) for _ in range(count)]
    for code in codes:
        forward(world, cast, code, state)
    return codes


def many(
    world: World,
    username: str,
    action: str,
    codes: Sequence[str],
    payload: Mapping[str, Any] | None = None,
    key: str | None = None,
) -> ManyRequest:
    """The request for these files as they are now."""
    origin = Origin(actor=world.actor(username).ref, request_key=key)
    return ManyRequest(action, [Line(code, world.version(code) or 1) for code in codes], payload or {}, origin)


def act(world: World, username: str, asked: ManyRequest) -> tuple[Result, ...]:
    return act_many(world.session, world.actor(username), world.clock, asked)


def guard(outcome: object) -> str:
    """The guard of a line that was refused."""
    assert isinstance(outcome, Denied)
    return outcome.refused.guard


def entries(world: World, code: str) -> list[tuple[int, str]]:
    """The chain of a file: step and act."""
    found = world.session.execute(
        select(models.AuditEntry.cseq, models.AuditEntry.act)
        .where(models.AuditEntry.stream == code)
        .order_by(models.AuditEntry.cseq)
    )
    rows = [(row.cseq, row.act) for row in found]
    world.session.rollback()
    return rows


@pytest.mark.parametrize("action", ONCE)
def test_every_action_leaves_what_it_leaves_alone(world: World, cast: Cast, action: str) -> None:
    """The same state, version, entry and open task as pressing the button on the file's own page."""
    once = ONCE[action]
    left = []
    for together in (False, True):
        world.clock.instant = START
        code = once.ready(world, cast)
        before = len(entries(world, code))
        sent = dated(world, once.sent) | ({"number": f"{action} {together}"} if action.startswith("number") else {})
        asked = many(world, once.who, action, [code], sent)
        outcome = act(world, once.who, asked)[0].outcome if together else world.attempt(once.who, code, action, **sent)
        assert isinstance(outcome, Applied), outcome
        left.append((outcome.state, len(entries(world, code)) - before, _rows(world, code)))
    assert left[0] == left[1]


def _rows(world: World, code: str) -> dict[str, int]:
    """How many rows of each kind belong to the file."""
    nomination = world.session.scalar(select(models.Nomination.id).where(models.Nomination.code == code))
    counted = {}
    for table in models.Base.metadata.sorted_tables:
        if "nomination_id" in table.c:
            found = select(func.count()).select_from(table).where(table.c.nomination_id == nomination)
            counted[table.name] = world.session.scalar(found) or 0
    counted["outbox"] = world.session.scalar(select(func.count()).where(models.OutboxMessage.key == code)) or 0
    world.session.rollback()
    return counted


def test_the_rest_goes_through(world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 2)
    good = at(world, cast, "commune.appraisal", 3)
    [early] = at(world, cast, "commune.intake", 1)
    [foreign] = at(world, cast, "commune.appraisal", 1, by="nominator.xa2")
    [stale] = at(world, cast, "commune.appraisal", 1)
    asked = many(world, "appraiser.xa", "recommend", [good[0], early, foreign, "VNN-9-9", good[1], good[2]], OPINION)
    asked = ManyRequest(asked.action, [*asked.lines, Line(stale, 1), Line(good[0], 99)], asked.payload, asked.origin)
    seen = weigh_many(world.session, world.actor("appraiser.xa"), world.clock, asked)
    assert [type(one.outcome) for one in seen][1:] == [Denied, Unknown, Unknown, Passes, Passes, Denied]
    asked = ManyRequest(asked.action, asked.lines[:-1], asked.payload, asked.origin)
    found = {one.code: one.outcome for one in act(world, "appraiser.xa", asked)}
    assert [type(found[code]) for code in good] == [Applied] * 3
    assert guard(found[early]) == "not_in_this_state"
    assert guard(found[stale]) == "stale_version"
    assert isinstance(found[foreign], Unknown)
    assert isinstance(found["VNN-9-9"], Unknown)
    for code in good:
        assert world.state(code) == "commune.council"
        assert entries(world, code)[-1][1] == "recommend"
    for code in (early, stale, foreign):
        assert entries(world, code)[-1][1] != "recommend"


def test_the_chains_are_whole(world: World, cast: Cast) -> None:
    codes = at(world, cast, "commune.intake", 4)
    act(world, "appraiser.xa", many(world, "appraiser.xa", "accept", codes, {"arrival_number": "12"}))
    act(world, "appraiser.xa", many(world, "appraiser.xa", "recommend", codes, OPINION))
    for code in codes:
        rows = world.session.execute(
            select(models.AuditEntry).where(models.AuditEntry.stream == code).order_by(models.AuditEntry.cseq)
        ).scalars()
        before = "0" * 64
        for number, entry in enumerate(rows, start=1):
            assert (entry.cseq, entry.cprev) == (number, before)
            assert hashlib.sha256(entry.content).hexdigest() == entry.hash
            before = entry.hash
        row = world.session.execute(
            select(models.Nomination.chain_head, models.Nomination.version).where(models.Nomination.code == code)
        ).one()
        assert row.chain_head == before
        world.session.rollback()


def test_sent_again_acts_once(world: World, cast: Cast) -> None:
    codes = at(world, cast, "commune.intake", 2)
    asked = many(world, "appraiser.xa", "accept", codes, {"arrival_number": "12"}, key="bam-hai-lan")
    first = act(world, "appraiser.xa", asked)
    again = act(world, "appraiser.xa", asked)
    receipts = [[one.outcome.receipt for one in found if isinstance(one.outcome, Applied)] for found in (first, again)]
    assert receipts[0] == receipts[1]
    assert len(receipts[0]) == 2
    other = ManyRequest("accept", asked.lines, {"arrival_number": "13"}, asked.origin)
    assert [type(one.outcome) for one in act(world, "appraiser.xa", other)] == [Unusable, Unusable]


def test_a_quota_is_never_one_too_many(world: World, cast: Cast) -> None:
    """The third file sees what the first two have taken, before anything is written."""
    codes = at(world, cast, "chairman.signature", 3)
    new = NewQuota("tong-ket", "BK-TINH", "any", None, 2, hard=True, source="[practice]")
    add_quota(world.session, world.clock, Origin(actor="-"), new)
    asked = many(world, "head.tinh", "award", codes)
    seen = weigh_many(world.session, world.actor("head.tinh"), world.clock, asked)
    assert [type(one.outcome) for one in seen] == [Passes, Passes, Denied]
    found = act(world, "head.tinh", asked)
    assert [type(one.outcome) for one in found] == [Applied, Applied, Denied]
    quota = world.session.execute(select(models.Quota.taken, models.Quota.most)).one()
    assert (quota.taken, quota.most) == (2, 2)
    places = world.session.scalar(select(func.count()).select_from(models.QuotaPlace))
    assert places == 2
    world.session.rollback()
    numbered = [
        act(world, "clerk.tinh", many(world, "clerk.tinh", "number", [code], _number(world, n)))[0]
        for n, code in enumerate(codes[:2])
    ]
    assert all(isinstance(one.outcome, Applied) for one in numbered)


def _number(world: World, number: int) -> dict[str, Any]:
    return {"number": f"lo {number}", "numbered_on": world.clock.today().isoformat()}


def test_one_number_is_given_once(world: World, cast: Cast) -> None:
    """Two letters of one file each cannot bear the same number; a letter of many files is another thing."""
    codes = at(world, cast, "commune.number", 2)
    found = act(world, "clerk.xa", many(world, "clerk.xa", "number", codes, _number(world, 7)))
    assert [type(one.outcome) for one in found] == [Applied, Unusable]


def test_what_cannot_be_asked(world: World, cast: Cast) -> None:
    [code] = at(world, cast, "commune.appraisal", 1)
    with pytest.raises(NotFound):
        act(world, "appraiser.xa", many(world, "appraiser.xa", "no_such", [code]))
    with pytest.raises(InvalidInput):
        act(world, "appraiser.xa", many(world, "appraiser.xa", "recommend", [code], {"advice": "for"}))
    with pytest.raises(InvalidInput):
        act(world, "appraiser.xa", many(world, "appraiser.xa", "recommend", [], OPINION))
    with pytest.raises(InvalidInput):
        act(world, "appraiser.xa", many(world, "appraiser.xa", "recommend", [code], OPINION, key="a/b"))
    assert world.state(code) == "commune.appraisal"


def test_looking_writes_nothing(world: World, cast: Cast, engine: Engine) -> None:
    codes = at(world, cast, "commune.appraisal", 2)
    asked = many(world, "appraiser.xa", "recommend", codes)
    before = [(world.version(code), entries(world, code)) for code in codes]
    with count_statements(engine) as sent:
        seen = weigh_many(world.session, world.actor("appraiser.xa"), world.clock, asked)
    world.session.rollback()
    assert [type(one.outcome) for one in seen] == [Passes, Passes]
    assert not [one for one in sent if one.startswith(("INSERT", "UPDATE"))]
    assert [(world.version(code), entries(world, code)) for code in codes] == before


def test_many_files_take_few_statements(world: World, cast: Cast, engine: Engine, backend: Backend) -> None:
    """Twice as many files take no more statements, but for what is looked up of each."""
    codes = at(world, cast, "commune.appraisal", 6)
    counts = []
    for some in (codes[:2], codes[2:]):
        asked, actor = many(world, "appraiser.xa", "recommend", some, OPINION), world.actor("appraiser.xa")
        with count_statements(engine) as sent:
            act_many(world.session, actor, world.clock, asked)
        counts.append(len(sent))
    assert counts[0] == counts[1], backend
    assert counts[0] <= 16


def test_those_with_a_text_of_their_own_go_one_by_one(world: World) -> None:
    """Two drafts of one nominee: the first is submitted, the second is told of it."""
    first = world.draft(name="Hộ ông Trùng Tên")
    second = world.draft(name="Hộ ông Trùng Tên")
    world.same_person(first, second)
    found = act(world, "nominator.xa", many(world, "nominator.xa", "submit", [first, second]))
    assert isinstance(found[0].outcome, Applied)
    assert isinstance(found[1].outcome, Denied)
