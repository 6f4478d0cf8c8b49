"""Accounts named for a nominee: who may, what follows for conflicts, what is refused, what the log keeps."""

import json

import pytest
from sqlalchemy import select

from nominations import models
from nominations.services.actions import Denied, Outcome, Request
from nominations.services.apply import Applied
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.naming import Naming, name_person, strike_person
from tests.world import World


def name(world: World, who: str, code: str, person: str, role: str = "self", **more: str | int) -> Outcome:
    actor = world.actor(who)
    seen = int(more.pop("seen", 0)) or world.version(code)
    request = Request(code, "", seen, {}, Origin(actor=actor.ref, request_key=str(more["key"]) if more else None))
    return name_person(world.session, actor, world.clock, request, Naming(person, role))


def strike(world: World, who: str, code: str, person: str, reasons: str = "Ghi nhầm người.") -> Outcome:
    actor = world.actor(who)
    request = Request(code, "", world.version(code), {}, Origin(actor=actor.ref))
    return strike_person(world.session, actor, world.clock, request, Naming(person, reasons=reasons))


def wrong(world: World, who: str, code: str, person: str, role: str = "self") -> dict[str, str]:
    with pytest.raises(InvalidInput) as found:
        name(world, who, code, person, role)
    world.session.rollback()
    return {field: message.key for field, message in found.value.errors.items()}


def persons(world: World, code: str) -> set[tuple[str, str]]:
    rows = world.session.execute(
        select(models.Person.username, models.NomineePerson.role)
        .join(models.NomineePerson, models.NomineePerson.person_id == models.Person.id)
        .join(models.Nomination, models.Nomination.nominee_id == models.NomineePerson.nominee_id)
        .where(models.Nomination.code == code)
    ).all()
    world.session.rollback()
    return {(username, role) for username, role in rows}


def guard(outcome: Outcome) -> str:
    assert isinstance(outcome, Denied), outcome
    return outcome.refused.guard


def test_the_nominator_names_the_nominee_who_then_keeps_out_of_every_step(world: World) -> None:
    code = world.draft(kind="individual")
    assert isinstance(name(world, "nominator.xa", code, "Appraiser.Xa"), Applied)
    assert persons(world, code) == {("appraiser.xa", "self")}
    world.do("nominator.xa", code, "submit")
    assert world.refused("appraiser.xa", code, "accept", arrival_number="12") == "is_nominee"
    world.do("secretary.xa", code, "accept", arrival_number="12")
    world.do("secretary.xa", code, "recommend", advice="for", reasons="Đủ.")
    name_late = name(world, "secretary.xa", code, "member1.xa")
    assert guard(name_late) == "not_in_this_state"


def test_the_nominee_casts_no_ballot(world: World) -> None:
    code = world.draft(kind="individual")
    name(world, "nominator.xa", code, "member1.xa")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ.")
    assert world.refused("member1.xa", code, "ballot", choice="agree") == "is_nominee"


def test_a_member_of_a_collective_casts_no_ballot_above(world: World) -> None:
    code = world.draft(kind="collective", group="1.7", name="Chi hội phụ nữ thôn 2")
    assert isinstance(name(world, "nominator.xa", code, "member2.huyen", "member"), Applied)
    assert isinstance(name(world, "nominator.xa", code, "head.huyen", "representative"), Applied)
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    world.do("appraiser.huyen", code, "accept", arrival_number="3")
    world.do("appraiser.huyen", code, "recommend", advice="for", reasons="Đủ.")
    assert world.refused("member2.huyen", code, "ballot", choice="agree") == "declared_conflict"
    world.do("member1.huyen", code, "ballot", choice="agree")


def test_the_act_is_an_entry_of_the_file_that_names_nobody_but_by_reference(world: World) -> None:
    code = world.draft(kind="individual")
    name(world, "nominator.xa", code, "clerk.huyen")
    entry = world.session.scalars(
        select(models.AuditEntry).where(models.AuditEntry.stream == code).order_by(models.AuditEntry.cseq.desc())
    ).first()
    assert entry is not None
    payload = world.session.get_one(models.EntryPayload, (code, entry.cseq)).payload
    said = json.loads(payload or b"{}")
    ref = world.session.scalar(select(models.Person.ref).where(models.Person.username == "clerk.huyen"))
    assert (entry.act, said["person"], said["role"]) == ("name_person", ref, "self")
    assert b"clerk" not in entry.content + (payload or b"")


def test_at_intake_the_specialist_adds_one_that_was_forgotten_and_the_step_changes_hands(world: World) -> None:
    code = world.draft(kind="individual")
    world.do("nominator.xa", code, "submit")
    assert guard(name(world, "nominator.xa", code, "head.xa")) == "not_your_post"
    assert guard(name(world, "head.xa", code, "clerk.xa")) == "not_your_post"
    assert isinstance(name(world, "appraiser.xa", code, "appraiser.xa"), Applied)
    task = world.session.execute(
        select(models.Task.duty, models.Task.substitute)
        .join(models.Nomination, models.Nomination.id == models.Task.nomination_id)
        .where(models.Nomination.code == code, models.Task.closed_at.is_(None))
    ).one()
    world.session.rollback()
    assert tuple(task) == ("secretary", True)
    sides = world.session.scalars(
        select(models.Participation.side)
        .join(models.Nomination, models.Nomination.id == models.Participation.nomination_id)
        .where(models.Nomination.code == code, models.Participation.pair == "nominee_review")
    ).all()
    assert list(sides) == ["nominee"]


def test_who_has_reviewed_this_very_file_cannot_become_its_nominee(world: World) -> None:
    code = world.draft(kind="individual")
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    assert guard(name(world, "appraiser.huyen", code, "appraiser.xa")) == "nominee_has_reviewed"
    assert persons(world, code) == set()
    world.do("appraiser.huyen", code, "accept", arrival_number="4")
    assert guard(name(world, "appraiser.huyen", code, "clerk.huyen")) == "not_in_this_state"


def test_a_link_counts_in_every_file_of_the_nominee(world: World) -> None:
    first = world.draft(kind="individual")
    ref = world.session.scalar(
        select(models.Nominee.ref).join(models.Nomination).where(models.Nomination.code == first)
    )
    world.do("nominator.xa", first, "submit")
    second = world.draft(kind="individual", form="GK-XA", nominee_ref=ref)
    assert isinstance(name(world, "nominator.xa", second, "appraiser.xa"), Applied)
    assert world.refused("appraiser.xa", first, "accept", arrival_number="1") == "is_nominee"
    world.do("secretary.xa", first, "accept", arrival_number="1")


def test_what_cannot_be_is_said_at_its_field(world: World) -> None:
    code = world.draft(kind="individual")
    assert wrong(world, "nominator.xa", code, "") == {"person": "required"}
    assert wrong(world, "nominator.xa", code, "nobody.here") == {"person": "unknown_person"}
    assert wrong(world, "nominator.xa", code, "a\x00b") == {"person": "not_text"}
    assert wrong(world, "nominator.xa", code, "head.xa", "member") == {"role": "not_choice"}
    assert wrong(world, "nominator.xa", code, "head.xa", "") == {"role": "required"}
    name(world, "nominator.xa", code, "clerk.xa2")
    assert wrong(world, "nominator.xa", code, "clerk.xa2") == {"person": "already_named"}
    assert wrong(world, "nominator.xa", code, "head.xa2") == {"role": "self_named"}


def test_a_stale_page_a_stranger_and_a_repeated_press(world: World) -> None:
    code = world.draft(kind="individual")
    assert guard(name(world, "nominator.xa", code, "clerk.xa2", seen=1)) == "stale_version"
    with pytest.raises(NotFound):
        name(world, "nominator.xa2", code, "clerk.xa2")
    world.session.rollback()
    seen = world.version(code)
    first = name(world, "nominator.xa", code, "clerk.xa2", key="once", seen=seen)
    again = name(world, "nominator.xa", code, "clerk.xa2", key="once", seen=seen)
    assert isinstance(first, Applied)
    assert isinstance(again, Applied)
    assert first.receipt == again.receipt


def test_a_wrong_account_is_taken_back_with_a_reason(world: World) -> None:
    code = world.draft(kind="individual")
    name(world, "nominator.xa", code, "clerk.xa2")
    with pytest.raises(InvalidInput) as found:
        strike(world, "nominator.xa", code, "clerk.xa2", "")
    assert found.value.errors["reasons"].key == "required"
    world.session.rollback()
    assert isinstance(strike(world, "nominator.xa", code, "clerk.xa2"), Applied)
    assert persons(world, code) == set()
    with pytest.raises(InvalidInput) as found:
        strike(world, "nominator.xa", code, "clerk.xa2")
    assert found.value.errors["person"].key == "not_named"


def test_once_submitted_only_a_specialist_in_no_conflict_takes_it_back(world: World) -> None:
    code = world.draft(kind="individual")
    name(world, "nominator.xa", code, "appraiser.xa")
    ref = world.session.scalar(select(models.Nominee.ref).join(models.Nomination).where(models.Nomination.code == code))
    world.do("nominator.xa", code, "submit")
    other = world.draft(kind="individual", form="GK-XA", nominee_ref=ref)
    with pytest.raises(InvalidInput) as found:
        strike(world, "nominator.xa", other, "appraiser.xa")
    assert found.value.errors["person"].key == "named_in_review"
    world.session.rollback()
    assert guard(strike(world, "appraiser.xa", code, "appraiser.xa")) in {"not_your_post", "is_nominee"}
    assert isinstance(strike(world, "secretary.xa", code, "appraiser.xa"), Applied)
    assert persons(world, code) == set()


def test_a_returned_file_takes_names_only_where_the_section_is_open(world: World) -> None:
    for sections, allowed in ((["report"], False), (["nominee"], True)):
        code = world.draft(kind="individual")
        world.do("nominator.xa", code, "submit")
        fault = {"code": "other", "note": "Sửa lại.", "section": sections[0]}
        world.do("appraiser.xa", code, "return", mode="direct", sections=sections, faults=[fault])
        if allowed:
            assert isinstance(name(world, "nominator.xa", code, "clerk.xa2"), Applied)
        else:
            assert wrong(world, "nominator.xa", code, "clerk.xa2") == {"person": "closed_section"}
