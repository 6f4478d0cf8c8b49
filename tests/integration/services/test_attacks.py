"""People who try what is not theirs: strangers, posts elsewhere, ended or to come, forged fields, others' keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError

from nominations import models
from nominations.queries.actors import viewer
from nominations.services.action_fields import FIELDS
from nominations.services.actions import Denied, Request, act
from nominations.services.apply import Applied
from nominations.services.drafts import create
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.nominees import Draft
from nominations.transactions import write_transaction
from tests.integration.services.plays import SOAKING, Cast, forward, payload
from tests.integration.services.soundness import entries, sound
from tests.world import FROM, REASON, SHA, START, World
from workflows import Actor, Post
from workflows.actions import ACTIONS

STATES = (
    "draft", "commune.intake", "commune.appraisal", "commune.council", "commune.signature", "commune.number",
    "district.intake", "district.council", "board.appraisal", "board.council", "chairman.check", "chairman.signature",
)  # fmt: skip
OPINION = {"advice": "for", "reasons": "Đủ."}


def test_everybody_tries_everything_everywhere(world: World, cast: Cast) -> None:
    """At each state, with a good payload: whom it does not wait for is told so, or knows nothing of the file."""
    world.clock.instant = START
    code, people = world.draft(), tuple(cast.actors)
    for turn, state in enumerate(STATES):
        forward(world, cast, code, state)
        row, version, before = cast.ready(code).row, world.version(code), entries(world.session)
        may = set(cast.presses(code, tuple(ACTIONS)))
        for name in people if SOAKING else people[turn::19]:
            for action in (
                "accept",
                "check",
                "recommend",
                "close_ballot",
                "send_up",
                "award",
                "number",
                "submit",
                "hold",
            ):
                if (name, action) in may:
                    continue
                try:
                    outcome = world.attempt(name, code, action, **payload(world, row, action, 1))
                except NotFound:
                    continue
                assert isinstance(outcome, Denied), (state, name, action)
        assert (world.version(code), entries(world.session)) == (version, before)


def test_a_stranger_learns_nothing_not_even_that_it_exists(world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    strangers = [name for name in world.people if name.endswith((".xa2", ".huyen", ".snv", ".tinh", ".sgt"))]
    for name in strangers:
        for action in ("accept", "save", "withdraw", "recall", "reconfirm", "hold"):
            with pytest.raises(NotFound):
                world.attempt(name, code, action, content={})


@pytest.mark.parametrize("duty", ["admin", "auditor", "supervisor"])
def test_who_reads_all_decides_nothing(world: World, duty: str) -> None:
    """An administrator, an auditor and a supervisor act on no file, at whatever unit their post is."""
    for place, unit in (("tinh", "52"), ("xa", "21613")):
        name = world.staff(f"{duty}x.{place}", unit, (duty,))
        code = world.draft()
        world.do("nominator.xa", code, "submit")
        for action in ACTIONS:
            with pytest.raises(NotFound):
                world.attempt(name, code, action)


@contextmanager
def changed(world: World, username: str, **values: Any) -> Iterator[None]:
    """For a while this person's post is another."""
    mine = models.Post.person_id == world.people[username]
    with write_transaction(world.session):
        before = world.session.execute(
            select(models.Post.unit_id, models.Post.valid_from, models.Post.valid_to, models.Post.duty).where(mine)
        ).one()
        world.session.execute(update(models.Post).where(mine).values(values))
    try:
        yield
    finally:
        with write_transaction(world.session):
            world.session.execute(update(models.Post).where(mine).values(before._asdict()))


def test_only_a_post_of_today_at_this_unit_counts(world: World) -> None:
    """Ended yesterday, beginning tomorrow, the same duty at another unit, another duty here."""
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    day = world.clock.today()
    for values in (
        {"valid_to": day - timedelta(days=1)},
        {"valid_from": day + timedelta(days=1)},
        {"unit_id": world.units["21610"]},
    ):
        with changed(world, "appraiser.xa", **values), pytest.raises(NotFound):
            world.attempt("appraiser.xa", code, "accept")
    with changed(world, "appraiser.xa", duty="clerk"):
        assert world.refused("appraiser.xa", code, "accept") == "not_your_post"
    with changed(world, "appraiser.xa", valid_to=day):
        world.do("appraiser.xa", code, "accept")  # the last day is a day
    sound(world.session, code)


def test_a_closed_account_is_nobody(world: World) -> None:
    with write_transaction(world.session):
        world.session.execute(update(models.Person).where(models.Person.username == "deputy.sgt").values(active=False))
    assert viewer(world.session, world.people["deputy.sgt"], world.clock.today()) is None
    world.session.rollback()
    with write_transaction(world.session):
        world.session.execute(update(models.Person).where(models.Person.username == "deputy.sgt").values(active=True))


def test_a_council_that_has_ended_votes_on_nothing(world: World, cast: Cast) -> None:
    code = world.draft(by="nominator.xa2")
    forward(world, cast, code, "commune.council")
    council = models.Council.unit_id == world.units["21610"]
    with write_transaction(world.session):
        yesterday = world.clock.today() - timedelta(days=1)
        world.session.execute(update(models.Council).where(council).values(valid_to=yesterday))
    with pytest.raises(NotFound):
        world.attempt("member1.xa2", code, "ballot", choice="agree")
    with write_transaction(world.session):
        world.session.execute(update(models.Council).where(council).values(valid_to=None, valid_from=FROM))


def test_a_council_to_come_votes_on_nothing_yet(world: World, cast: Cast) -> None:
    code = world.draft(by="nominator.xa2")
    forward(world, cast, code, "commune.council")
    council = models.Council.unit_id == world.units["21610"]
    with write_transaction(world.session):
        tomorrow = world.clock.today() + timedelta(days=1)
        world.session.execute(update(models.Council).where(council).values(valid_from=tomorrow))
    with pytest.raises(NotFound):
        world.attempt("member1.xa2", code, "ballot", choice="agree")
    with write_transaction(world.session):
        world.session.execute(update(models.Council).where(council).values(valid_from=FROM))


def test_somebody_elses_key_opens_nothing(world: World) -> None:
    """A key is looked up with its person: a stranger who guesses one is a stranger still."""
    code = world.draft()
    world.do("nominator.xa", code, "save", key="guessed", content={"report": {"achievements": "Của tôi."}})
    with pytest.raises(NotFound):
        world.attempt("nominator.xa2", code, "save", key="guessed", content={"report": {"achievements": "Của tôi."}})
    assert world.refused("appraiser.xa", code, "save", key="guessed", content={}) == "not_your_post"
    actor = world.actor("nominator.xa2")
    draft = Draft("tong-ket", "BK-TINH", world.unit_of("nominator.xa2"), "household", "1.5", "Hộ ông Khác")
    made = create(world.session, actor, world.clock, Origin(actor=actor.ref, request_key="guessed"), draft)
    assert made.code != code


@pytest.mark.parametrize("ahead", [-1, 1, 1000])
def test_a_version_that_is_not_the_present_one(world: World, ahead: int) -> None:
    code = world.draft()
    version = world.version(code)
    outcome = world.attempt("nominator.xa", code, "submit", seen=version + ahead)
    assert isinstance(outcome, Denied)
    assert outcome.refused.params == {"seen": str(version + ahead), "now": str(version)}
    assert (outcome.state, outcome.version) == ("draft", version)


@pytest.mark.parametrize("action", FIELDS)
def test_no_field_beyond_the_table_is_taken(world: World, action: str) -> None:
    """Nobody sends a state, a signer, a day or a unit with an act that does not ask for it."""
    forged = {
        "state": "awarded", "to_state": "awarded", "version": 99, "actor": 1, "person_id": 1, "unit_id": 1,
        "received_on": "2020-01-01", "rule_set": "R1", "workflow_id": 1, "signer_id": 1, "members": 1, "passed": True,
        "nominee_id": 1, "created_by": 1, "path": {}, "post": "x", "duty": "head",
    }  # fmt: skip
    code = world.draft()
    if action in {"save", "submit", "withdraw"}:
        for name, value in forged.items():
            sent: dict[str, Any] = {name: value}
            with pytest.raises(InvalidInput) as refused:
                world.attempt("nominator.xa", code, action, **sent)
            assert refused.value.errors[name].key == "unknown_field"
    assert not set(forged) & set(FIELDS[action])


def test_content_is_not_a_way_to_other_columns(world: World) -> None:
    code = world.draft()
    forged: tuple[dict[str, Any], ...] = (
        {"papers": [{"kind": "report", "sha256": SHA}]},
        {"results": {"criteria": {"1.5.1": "met"}}},
        {"form": "BK-TTG"},
        {"subject": "individual"},
        {"criteria": {"results": {}}},
        {"nominee": {"unit_id": 1}},
    )
    for content in forged:
        with pytest.raises(InvalidInput):
            world.attempt("nominator.xa", code, "save", content=content)


def test_a_file_is_opened_only_for_ones_own_unit(world: World) -> None:
    """Neither by a nominator of another unit, nor by somebody here with another duty."""
    for who in ("nominator.xa2", "appraiser.xa", "head.tinh"):
        actor = world.actor(who)
        draft = Draft("tong-ket", "BK-TINH", world.units["21613"], "household", "1.5", "Hộ bà Lạ")
        with pytest.raises(InvalidInput) as refused:
            create(world.session, actor, world.clock, Origin(actor=actor.ref), draft)
        assert refused.value.errors["proposing_unit"].key == "not_your_unit"


def test_a_head_alone_cannot_carry_a_file_through(world: World, cast: Cast) -> None:
    """One person with every post of the route still meets the table of incompatible sides."""
    name = "everything.xa"
    world.staff(name, "21613", ("nominator", "appraiser", "secretary", "head", "clerk"))
    for unit in ("542", "SNV", "52"):
        with write_transaction(world.session):
            for duty in ("appraiser", "secretary", "head", "office", "clerk"):
                values = {"person_id": world.people[name], "unit_id": world.units[unit], "duty": duty}
                more = {"ref": f"ref-{unit}-{duty}"[:32], "title": duty, "valid_from": FROM}
                world.session.execute(insert(models.Post).values(values | more))
    code = world.draft(by=name)
    world.do(name, code, "submit")
    assert world.refused(name, code, "accept") == "incompatible_drafter_appraiser"
    world.do("appraiser.xa", code, "accept")
    assert world.refused(name, code, "recommend", **OPINION) == "incompatible_drafter_appraiser"
    forward(world, cast, code, "chairman.signature")
    assert world.refused(name, code, "award", **REASON) == "incompatible_preparer_decider"
    paper = {"outcome": "award", "signer": name, "signed_on": world.clock.today(), "signed_file": SHA}
    assert world.refused("clerk.tinh", code, "record_signature", **paper) == "incompatible_preparer_decider"


def test_an_actor_made_up_by_a_caller_still_names_a_person(world: World) -> None:
    """The rules believe the posts they are given; what they allow is written under that person, who must exist."""
    code = world.draft()
    real = world.actor("nominator.xa")
    ghost = Actor(10**9, "ghost", (Post("ghost", real.posts[0].unit, "nominator"),))
    request = Request(code, "submit", world.version(code), {}, Origin(actor="ghost"))
    before = entries(world.session)
    with pytest.raises(DatabaseError):
        act(world.session, ghost, world.clock, request)
    assert (world.state(code), entries(world.session)) == ("draft", before)


def test_the_log_refuses_what_a_services_session_might_try(world: World) -> None:
    """A smoke here; the tables' own tests try every way on both databases."""
    code = world.draft()
    before = entries(world.session)
    mine = models.AuditEntry.stream == code
    for statement in (
        update(models.AuditEntry).where(mine).values(act="nothing"),
        delete(models.AuditEntry).where(mine),
        text("UPDATE audit_entries SET actor = 'x'"),
        text("DELETE FROM audit_entries"),
        update(models.EntryPayload).where(models.EntryPayload.stream == code).values(payload=b"{}"),
        update(models.Revision).values(content=b"{}"),
        delete(models.Participation),
    ):
        world.do("nominator.xa", code, "submit") if world.state(code) == "draft" else None
        with pytest.raises(DatabaseError), write_transaction(world.session):
            world.session.execute(statement)
    assert entries(world.session) == before + 1
    sound(world.session, code)


def test_a_ballot_counts_for_its_member_only(world: World, cast: Cast) -> None:
    """A member of another council, a council's secretary and the head without a seat have no vote here."""
    code = world.draft()
    forward(world, cast, code, "commune.council")
    for who in ("secretary.xa", "head.xa", "clerk.xa"):
        assert world.refused(who, code, "ballot", choice="agree") == "not_your_post"
    for who in ("member1.xa2", "member1.huyen", "member1.tinh"):
        with pytest.raises(NotFound):
            world.attempt(who, code, "ballot", choice="agree")
    with pytest.raises(InvalidInput):
        world.attempt("member1.xa", code, "ballot", choice="agree", person_id=world.people["member2.xa"])
    first = world.attempt("member1.xa", code, "ballot", choice="agree")
    assert isinstance(first, Applied)
    assert world.refused("member1.xa", code, "ballot", choice="disagree") == "already_voted"
    stale = Request(code, "ballot", 1, {"choice": "agree"}, Origin(actor="x"))
    outcome = act(world.session, world.actor("member2.xa"), world.clock, stale)
    assert isinstance(outcome, Denied)
