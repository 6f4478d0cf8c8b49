"""Delegation: recorded and ended, in force on its days alone, both persons in the log, on sides and on paper."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from nominations import models
from nominations.documents.paper import text
from nominations.queries.actors import viewer
from nominations.queries.delegations import delegations_of
from nominations.queries.detail import detail
from nominations.queries.history import history
from nominations.services.actions import Request, act
from nominations.services.apply import Applied
from nominations.services.conflicts import declare
from nominations.services.delegations import NewDelegation, delegate, end_delegation
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.papers import make
from nominations.services.people import NewPost, grant
from nominations.transactions import write_transaction
from tests.databases import Backend
from tests.integration.services.soundness import sound
from tests.integration.services.test_holders import without
from tests.integration.services.test_statements import MOST
from tests.statements import count_statements
from tests.world import START, World

ADMINISTRATOR = Origin("quan-tri")
PAPER = "12/QĐ-SNV ngày 01/3/2024"
FAULTS: dict[str, Any] = {
    "mode": "chain",
    "sections": ["report"],
    "faults": [{"code": "other", "section": "report", "note": "Thiếu số liệu."}],
}


def given(world: World, giver: str, receiver: str, kind: str = "cover", **more: Any) -> models.Delegation:
    """A delegation of today and the month that follows, of the giver's only post."""
    today = world.clock.today()
    ref = world.session.scalar(select(models.Post.ref).where(models.Post.person_id == world.people[giver]))
    world.session.rollback()
    new = NewDelegation(ref or "", receiver, kind, "Phó trưởng phòng", PAPER, today, today + timedelta(days=30))
    made = delegate(world.session, world.clock, ADMINISTRATOR, replace(new, **more))
    world.session.expunge_all()
    return made


@pytest.fixture(autouse=True)
def rewound(world: World) -> None:
    """Each test begins on the same day."""
    world.clock.instant = START


def at_the_board(world: World, **more: Any) -> str:
    """A file that waits for the board's intake."""
    code = world.draft(form="BK-TINH", **more)
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    world.through_stage(code, "huyen")
    return code


def wrong(world: World, giver: str, receiver: str, kind: str = "cover", **more: Any) -> dict[str, str]:
    """The field and the key of what stands against a delegation."""
    with pytest.raises(InvalidInput) as refused:
        given(world, giver, receiver, kind, **more)
    return {field: message.key for field, message in refused.value.errors.items()}


def last_entry(world: World, code: str) -> dict[str, Any]:
    """The latest entry of the file's chain, as it is stored."""
    entry = models.AuditEntry
    content = world.session.scalar(select(entry.content).where(entry.stream == code).order_by(entry.cseq.desc()))
    world.session.rollback()
    found: dict[str, Any] = json.loads(content or b"{}")
    return found


def ref(world: World, username: str) -> str:
    return world.actor(username).ref


def test_an_appraisers_work_is_done_by_a_colleague_and_the_log_names_both(world: World) -> None:
    code = at_the_board(world)
    receiver = world.staff("thay1.snv", "SNV", ())
    assert "not_your" in world.refused("clerk.snv", code, "accept", arrival_number="3")
    made = given(world, "appraiser.snv", receiver)
    world.do(receiver, code, "accept", arrival_number="3")
    entry = last_entry(world, code)
    assert (entry["actor"], entry["behalf"], entry["post"]) == (
        ref(world, receiver),
        ref(world, "appraiser.snv"),
        made.ref,
    )
    world.do(receiver, code, "recommend", advice="for", reasons="Đủ điều kiện.")
    sides = select(models.Participation.person_id, models.Participation.side).join(
        models.Nomination, models.Nomination.id == models.Participation.nomination_id
    )
    taken = {(row.person_id, row.side) for row in world.session.execute(sides.where(models.Nomination.code == code))}
    world.session.rollback()
    mine = {side for person, side in taken if person == world.people[receiver]}
    assert mine
    assert mine <= {side for person, side in taken if person == world.people["appraiser.snv"]}
    found = history(world.session, seen_by(world, "head.snv"), code)
    assert found is not None
    assert found.report.intact
    line = found.entries[-1]
    assert (line.actor_name, line.behalf_name, line.unit_name) == (receiver, "appraiser.snv", "Đơn vị SNV")
    sound(world.session, code)


def seen_by(world: World, username: str) -> Any:
    found = viewer(world.session, world.people[username], world.clock.today())
    assert found is not None
    return found


def test_both_names_stand_on_the_papers(world: World) -> None:
    code = at_the_board(world)
    receiver = world.staff("thay2.snv", "SNV", ())
    given(world, "appraiser.snv", receiver)
    world.do(receiver, code, "accept", arrival_number="3")
    world.do(receiver, code, "recommend", advice="for", reasons="Đủ điều kiện.")
    for kind in ("receipt", "appraisal"):
        signature = paper(world, "head.snv", code, kind).signatures[-1]
        assert text(signature.name) == receiver
        assert signature.note == f"(thay appraiser.snv, theo {PAPER})"


@pytest.mark.parametrize("kind", ["TUQ", "TL"])
def test_a_return_slip_is_signed_by_order_or_authorisation(world: World, kind: str) -> None:
    code = at_the_board(world)
    receiver = world.staff(f"ky.{kind.lower()}.snv", "SNV", ())
    given(world, "head.snv", receiver, kind)
    world.do(receiver, code, "return", **FAULTS)
    assert last_entry(world, code)["behalf"] == ref(world, "head.snv")
    [signature] = paper(world, "head.snv", code, "return_slip").signatures
    assert signature.office == (f"{kind}. head", "Phó trưởng phòng")
    assert text(signature.name) == receiver
    assert "head.snv" in signature.note


def paper(world: World, reader: str, code: str, kind: str) -> Any:
    """A paper of the file as somebody may have it."""
    found = detail(world.session, seen_by(world, reader), code, world.clock.today())
    assert found is not None
    made = make(world.session, found, kind, world.clock.today(), "")
    world.session.rollback()
    assert made is not None
    return made.document


def test_a_letter_is_never_signed_by_somebody_else(world: World) -> None:
    code = at_the_board(world)
    receiver = world.staff("thay3.snv", "SNV", ())
    given(world, "head.snv", receiver, "TUQ")
    world.do("appraiser.snv", code, "accept", arrival_number="3")
    world.do("appraiser.snv", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "tinh", 5)
    world.do("secretary.snv", code, "close_ballot")
    before = last_entry(world, code)
    assert world.refused(receiver, code, "send_up") == "never_delegated"
    assert last_entry(world, code) == before
    world.do(receiver, code, "send_back", reasons="Sửa câu chữ tờ trình.")


def test_the_conflict_of_either_keeps_both_out(world: World) -> None:
    code = at_the_board(world)
    receiver = world.staff("thay4.snv", "SNV", ())
    given(world, "appraiser.snv", receiver)
    giver = world.actor("appraiser.snv")
    declare(world.session, giver, world.clock, Origin(actor=giver.ref), code, "kin", "Là em ruột.")
    assert world.refused(receiver, code, "accept", arrival_number="3") == "giver_is_barred"
    other = at_the_board(world)
    me = world.actor(receiver)
    declare(world.session, me, world.clock, Origin(actor=me.ref), other, "kin", "Là cháu.")
    assert world.refused(receiver, other, "accept", arrival_number="3") == "declared_conflict"


def test_it_counts_on_its_days_while_the_giver_holds_the_post(world: World) -> None:
    code = at_the_board(world)
    receiver = world.staff("thay5.snv", "SNV", ())
    today = world.clock.today()
    made = given(
        world, "appraiser.snv", receiver, valid_from=today + timedelta(days=2), valid_to=today + timedelta(days=4)
    )
    for days, able in ((0, False), (2, True), (4, True), (5, False)):
        with world.on(today + timedelta(days=days)):
            assert bool(world.actor(receiver).delegated) is able, days
    with pytest.raises(NotFound):
        world.attempt(receiver, code, "accept", arrival_number="3")
    with world.on(today + timedelta(days=3)):
        end_delegation(world.session, world.clock, ADMINISTRATOR, made.ref, today + timedelta(days=2))
        assert not world.actor(receiver).delegated
        with pytest.raises(InvalidInput):
            end_delegation(world.session, world.clock, ADMINISTRATOR, made.ref, today + timedelta(days=2))
    with pytest.raises(NotFound):
        end_delegation(world.session, world.clock, ADMINISTRATOR, "khong-co", today)


def test_a_closed_account_or_a_post_that_ended_delegates_nothing(world: World) -> None:
    receiver, giver = world.staff("thay6.snv", "SNV", ()), world.staff("giao6.snv", "SNV", ("appraiser",))
    given(world, giver, receiver)
    assert world.actor(receiver).delegated
    with write_transaction(world.session):
        world.session.execute(update(models.Person).where(models.Person.username == giver).values(active=False))
    assert not world.actor(receiver).delegated
    with write_transaction(world.session):
        world.session.execute(update(models.Person).where(models.Person.username == giver).values(active=True))
    assert world.actor(receiver).delegated
    with without(world, giver):
        assert not world.actor(receiver).delegated
        assert not seen_by(world, receiver).units


def test_only_for_its_forms(world: World) -> None:
    receiver = world.staff("thay7.snv", "SNV", ())
    given(world, "appraiser.snv", receiver, forms=("BK-TTG",))
    assert world.refused(receiver, at_the_board(world), "accept", arrival_number="3") == "delegation_other_form"


def test_what_stands_against_a_delegation(world: World) -> None:
    receiver, today = world.staff("thay8.snv", "SNV", ()), world.clock.today()
    admin = world.staff("quan.tri8", "52", ("admin",))
    assert wrong(world, "deputy.snv", receiver, "TUQ") == {"kind": "not_delegable"}
    assert wrong(world, "head.snv", receiver, "cover") == {"kind": "not_delegable"}
    assert wrong(world, "appraiser.snv", receiver, "TL") == {"kind": "not_delegable"}
    assert wrong(world, "appraiser.snv", "khong.co") == {"receiver": "unknown_person"}
    assert wrong(world, "appraiser.snv", "") == {"receiver": "required"}
    assert wrong(world, "appraiser.snv", "appraiser.snv") == {"receiver": "delegate_to_holder"}
    assert wrong(world, "appraiser.snv", admin) == {"receiver": "admin_apart"}
    assert wrong(world, "appraiser.snv", receiver, document=" ", title="") == {
        "document": "required",
        "title": "required",
    }
    assert wrong(world, "appraiser.snv", receiver, forms=("BK-XX",)) == {"forms": "not_choice"}
    assert wrong(world, "appraiser.snv", receiver, valid_to=today - timedelta(days=1)) == {"valid_to": "period_order"}
    past: dict[str, Any] = {"valid_from": today - timedelta(days=9), "valid_to": today - timedelta(days=1)}
    assert wrong(world, "appraiser.snv", receiver, **past) == {"valid_to": "day_gone"}
    assert wrong(world, "appraiser.snv", receiver, valid_from=date(2019, 1, 1)) == {"valid_to": "beyond_post"}
    with pytest.raises(NotFound):
        given(world, "appraiser.snv", receiver, post_ref="khong-co")
    given(world, "appraiser.snv", receiver)
    assert wrong(world, "appraiser.snv", receiver) == {"receiver": "delegated_already"}
    me = Origin(ref(world, "clerk.snv"))
    with pytest.raises(InvalidInput):
        delegate(world.session, world.clock, me, for_the_appraiser(world, "clerk.snv"))
    [line] = delegations_of(world.session, world.people[receiver])
    assert (line.giver, line.receiver, line.document, line.forms) == ("appraiser.snv", receiver, PAPER, ())


def for_the_appraiser(world: World, receiver: str) -> NewDelegation:
    post = world.session.scalar(select(models.Post.ref).where(models.Post.person_id == world.people["appraiser.snv"]))
    world.session.rollback()
    today = world.clock.today()
    return NewDelegation(post or "", receiver, "cover", "Văn thư", PAPER, today, today)


def test_who_stands_in_is_made_no_administrator(world: World) -> None:
    receiver, today = world.staff("thay9.snv", "SNV", ()), world.clock.today()
    given(world, "appraiser.snv", receiver)
    new = NewPost(world.people[receiver], world.units["SNV"], "admin", "Quản trị", today)
    with pytest.raises(InvalidInput) as refused:
        grant(world.session, world.clock, ADMINISTRATOR, new)
    assert refused.value.errors["duty"].key == "admin_apart"


def test_an_act_for_another_sends_as_few_statements(world: World, engine: Engine, backend: Backend) -> None:
    code = at_the_board(world)
    receiver = world.staff("thay10.snv", "SNV", ())
    given(world, "appraiser.snv", receiver)
    world.do(receiver, code, "accept", arrival_number="3")
    actor = world.actor(receiver)
    said = {"advice": "for", "reasons": "Đủ điều kiện."}
    request = Request(code, "recommend", world.version(code), said, Origin(actor=actor.ref))
    with count_statements(engine) as sent:
        outcome = act(world.session, actor, world.clock, request)
    assert isinstance(outcome, Applied)
    assert len(sent) <= MOST[backend], "\n".join(sent)
    with count_statements(engine) as sent:
        seen_by(world, "appraiser.snv")
    assert len(sent) == 3, "\n".join(sent)  # the person, the posts, the seats: what is delegated costs nobody a read
