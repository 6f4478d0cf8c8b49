"""The same request twice acts once: for every action of the table, the first answer comes again; another is refused."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from nominations import models
from nominations.services.apply import Applied
from nominations.services.drafts import create
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.nominees import Draft
from tests.integration.services.once import COUNCIL, ONCE, WORDS, dated
from tests.integration.services.plays import Cast
from tests.integration.services.soundness import entries, sound
from tests.world import START, World
from workflows.actions import ACTIONS, MOVES


def test_every_action_is_tried() -> None:
    assert set(ONCE) == set(ACTIONS)


@pytest.mark.parametrize("action", ONCE)
def test_the_same_request_acts_once(world: World, cast: Cast, action: str) -> None:
    world.clock.instant = START
    once = ONCE[action]
    code, key = once.ready(world, cast), f"key of {action}"
    sent, other = (dated(world, payload) for payload in (once.sent, once.other))
    seen, before = world.version(code), entries(world.session)
    first = world.attempt(once.who, code, action, key=key, seen=seen, **sent)
    assert isinstance(first, Applied), first
    world.clock.move(hours=1)
    again = world.attempt(once.who, code, action, key=key, seen=seen, **sent)
    assert isinstance(again, Applied), again
    assert (again.receipt, again.state, again.version) == (first.receipt, first.state, first.version)
    written = 2 if action in MOVES else 1  # the linked file has an entry of its own
    assert entries(world.session) == before + written
    if sent != other:
        with pytest.raises(InvalidInput) as refused:
            world.attempt(once.who, code, action, key=key, **other)
        assert refused.value.errors["Idempotency-Key"].key == "key_reused"
    with pytest.raises((InvalidInput, NotFound)):
        world.attempt(once.who, code, "withdraw" if action != "withdraw" else "save", key=key, **WORDS)
    assert entries(world.session) == before + written
    sound(world.session, code)


def test_a_key_is_one_persons_across_all_files(world: World) -> None:
    """Used for another file it is refused; another person may happen on the same key and acts."""
    first, second = world.draft(), world.draft()
    content = {"content": {"report": {"achievements": "Như nhau."}}}
    world.do("nominator.xa", first, "save", key="shared", **content)
    with pytest.raises(InvalidInput) as refused:
        world.attempt("nominator.xa", second, "save", key="shared", **content)
    assert refused.value.errors["Idempotency-Key"].key == "key_reused"
    world.do("nominator.xa", first, "submit")
    world.do("appraiser.xa", first, "accept", key="shared")
    assert world.state(first) == "commune.appraisal"


def test_a_key_used_for_a_ballot_is_not_one_for_another_act(world: World, cast: Cast) -> None:
    """The entry of a ballot lies in its meeting's chain, not in the file's."""
    code, other = COUNCIL(world, cast), COUNCIL(world, cast)
    world.do("member1.xa", code, "ballot", key="vote", choice="agree")
    with pytest.raises(InvalidInput) as refused:
        world.attempt("member1.xa", other, "ballot", key="vote", choice="agree")
    assert refused.value.errors["Idempotency-Key"].key == "key_reused"


@pytest.mark.parametrize("key", ["", "x" * 201, "khoá", "a\nb", "\x00", "\ud800"])
def test_a_key_that_cannot_be_kept(world: World, key: str) -> None:
    code, actor = world.draft(), world.actor("nominator.xa")
    with pytest.raises(InvalidInput) as refused:
        world.attempt("nominator.xa", code, "submit", key=key)
    assert refused.value.errors["Idempotency-Key"].key == "key_form"
    with pytest.raises(InvalidInput):
        create(world.session, actor, world.clock, Origin(actor=actor.ref, request_key=key), _household(world, "Bà Tư"))


def _household(world: World, name: str) -> Draft:
    return Draft("tong-ket", "BK-TINH", world.unit_of("nominator.xa"), "household", "1.5", name)


def test_a_new_file_is_made_once(world: World) -> None:
    actor = world.actor("nominator.xa")
    origin = Origin(actor=actor.ref, request_key="new file")
    first, again = (create(world.session, actor, world.clock, origin, _household(world, "Bà Năm")) for _ in range(2))
    assert first == again
    with pytest.raises(InvalidInput) as refused:
        create(world.session, actor, world.clock, origin, _household(world, "Bà Sáu"))
    assert refused.value.errors["Idempotency-Key"].key == "key_reused"
    with pytest.raises(InvalidInput):
        world.attempt("nominator.xa", first.code, "submit", key="new file")
    world.do("nominator.xa", first.code, "save", key="saved", content={})
    used = Origin(actor=actor.ref, request_key="saved")
    with pytest.raises(InvalidInput) as refused:
        create(world.session, actor, world.clock, used, _household(world, "Bà Năm"))
    assert refused.value.errors["Idempotency-Key"].key == "key_reused"
    found = world.session.scalars(
        select(models.Nomination.code).where(models.Nomination.nominee_name == "Bà Năm")
    ).all()
    world.session.rollback()
    assert found == [first.code]
