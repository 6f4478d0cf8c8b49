"""To whom a step goes: the holders, the substitute when all of them are barred, a notice when nobody is free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from nominations import models
from nominations.services.conflicts import declare
from nominations.services.log import Origin
from nominations.services.notices import announce
from nominations.transactions import write_transaction
from tests.integration.services.plays import Cast, forward
from tests.integration.services.soundness import sound
from tests.world import FROM, START, World


def task(world: World, code: str) -> models.Task:
    """The file's open step task."""
    found = world.session.scalars(
        select(models.Task)
        .join(models.Nomination, models.Nomination.id == models.Task.nomination_id)
        .where(models.Nomination.code == code, models.Task.closed_at.is_(None), models.Task.kind == "step")
        .execution_options(populate_existing=True)
    ).one()
    world.session.rollback()
    return found


def lies_with(world: World, code: str) -> tuple[str, str, bool, bool]:
    """Unit, duty, whether a substitute, whether nobody is free."""
    found = task(world, code)
    unit = next(code for code, row_id in world.units.items() if row_id == found.unit_id)
    return unit, found.duty, found.substitute, found.nobody_free


@contextmanager
def without(world: World, *usernames: str, **values: Any) -> Iterator[None]:
    """For a while these people hold no post: ended yesterday, or whatever ``values`` make of it."""
    ended = values or {"valid_to": world.clock.today() - timedelta(days=1)}
    people = [world.people[name] for name in usernames]
    with write_transaction(world.session):
        world.session.execute(update(models.Post).where(models.Post.person_id.in_(people)).values(ended))
    try:
        yield
    finally:
        with write_transaction(world.session):
            back = {"valid_from": FROM, "valid_to": None}
            world.session.execute(update(models.Post).where(models.Post.person_id.in_(people)).values(back))


def conflicted(world: World, code: str, *usernames: str) -> None:
    """They declare that the nominee is kin."""
    for name in usernames:
        actor = world.actor(name)
        declare(world.session, actor, world.clock, Origin(actor=actor.ref), code, "kin", "Là em ruột.")


def test_a_step_goes_to_its_holder(world: World, cast: Cast) -> None:
    world.clock.instant = START
    code = world.draft()
    for state, unit, duty in (
        ("commune.intake", "21613", "appraiser"),
        ("commune.council", "21613", "secretary"),
        ("commune.signature", "21613", "head"),
        ("commune.number", "21613", "clerk"),
        ("chairman.check", "52", "office"),
    ):
        forward(world, cast, code, state)
        assert lies_with(world, code) == (unit, duty, False, False)
    sound(world.session, code)


def test_the_substitute_takes_it_when_all_holders_are_barred(world: World) -> None:
    """The appraiser is kin to the nominee: the secretary receives and appraises; the appraiser is refused."""
    code = world.draft()
    conflicted(world, code, "appraiser.xa")
    world.do("nominator.xa", code, "submit")
    assert lies_with(world, code) == ("21613", "secretary", True, False)
    assert world.refused("appraiser.xa", code, "accept") == "declared_conflict"
    world.do("secretary.xa", code, "accept", arrival_number="1")
    world.do("secretary.xa", code, "recommend", advice="for", reasons="Đủ.")
    assert lies_with(world, code) == ("21613", "secretary", False, False)
    sound(world.session, code)


def test_a_deputy_signs_when_the_head_is_barred(world: World, cast: Cast) -> None:
    """The deputy is a holder of the step already: no substitute is needed."""
    code = world.draft()
    forward(world, cast, code, "district.council")
    conflicted(world, code, "head.huyen")
    forward(world, cast, code, "district.signature")
    assert lies_with(world, code) == ("542", "head", False, False)
    assert world.refused("head.huyen", code, "send_up") == "declared_conflict"
    world.do("deputy.huyen", code, "send_up")


def test_posts_that_have_ended_not_begun_or_lost_their_person_hold_nothing(world: World) -> None:
    tomorrow = {"valid_from": world.clock.today() + timedelta(days=1)}
    for values in ({}, tomorrow):
        with without(world, "appraiser.xa", **values):
            code = world.draft()
            world.do("nominator.xa", code, "submit")
            assert lies_with(world, code) == ("21613", "secretary", True, False)
    with _closed_account(world, "appraiser.xa"):
        code = world.draft()
        world.do("nominator.xa", code, "submit")
        assert lies_with(world, code) == ("21613", "secretary", True, False)


@contextmanager
def _closed_account(world: World, username: str) -> Iterator[None]:
    person = models.Person.username == username
    with write_transaction(world.session):
        world.session.execute(update(models.Person).where(person).values(active=False))
    try:
        yield
    finally:
        with write_transaction(world.session):
            world.session.execute(update(models.Person).where(person).values(active=True))


def test_nobody_free_raises_a_notice_to_the_head_and_the_administrator(world: World) -> None:
    """Never silence: the task is put up where it belongs, marked, and the unit's head and administrator are told."""
    world.staff("admin.tinh", "52", ("admin",))
    with without(world, *(f"{duty}.xa" for duty in ("appraiser", "secretary", "office", "deputy"))):
        code = world.draft()
        world.do("nominator.xa", code, "submit")
        assert lies_with(world, code) == ("21613", "appraiser", False, True)
        assert told(world, code) == {("21613", "head", "nobody_free"), ("52", "admin", "nobody_free")}
        sound(world.session, code)
    world.do("appraiser.xa", code, "accept")  # back from leave: the task is theirs


def told(world: World, code: str) -> set[tuple[str, str, str]]:
    """What the background worker makes of the file's messages: unit, duty and kind of each notice about nobody free."""
    messages = world.session.execute(
        select(models.OutboxMessage.id, models.OutboxMessage.payload)
        .where(models.OutboxMessage.key == code, models.OutboxMessage.done_at.is_(None))
        .order_by(models.OutboxMessage.id)
    ).all()
    world.session.rollback()
    for message in messages:
        announce(world.session, world.clock, world.clock.now(), message.id, message.payload, by_mail=False)
    notices = world.session.execute(
        select(models.Notice.unit_id, models.Notice.duty, models.Notice.kind)
        .join(models.Nomination, models.Nomination.id == models.Notice.nomination_id)
        .where(models.Nomination.code == code, models.Notice.kind == "nobody_free")
    ).all()
    world.session.rollback()
    names = {row_id: code for code, row_id in world.units.items()}
    return {(names[notice.unit_id], notice.duty, notice.kind) for notice in notices}


def test_a_conflict_declared_later_passes_the_open_step_on(world: World, cast: Cast) -> None:
    code = world.draft()
    forward(world, cast, code, "commune.appraisal")
    conflicted(world, code, "appraiser.xa")
    assert lies_with(world, code) == ("21613", "secretary", True, False)
    sound(world.session, code)
    conflicted(world, code, "secretary.xa", "office.xa", "deputy.xa")
    assert lies_with(world, code)[3], "nobody is left"
    assert ("21613", "head", "nobody_free") in told(world, code)
    sound(world.session, code)


def test_a_file_that_comes_back_finds_whoever_is_free_now(world: World, cast: Cast) -> None:
    """After a return and after a hold the holder is looked for anew."""
    code = world.draft()
    forward(world, cast, code, "commune.appraisal")
    fault = {"code": "other", "note": "Sửa.", "section": "report"}
    world.do("appraiser.xa", code, "return", sections=["report"], faults=[fault])
    with without(world, "appraiser.xa"):
        world.do("nominator.xa", code, "resubmit")
        assert lies_with(world, code) == ("21613", "secretary", True, False)


def test_a_file_returned_to_nobody_is_marked_too(world: World) -> None:
    """Whoever files has left: the return waits at the unit, and its head and the administrator are told."""
    world.staff("admin2.tinh", "52", ("admin",))
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    fault = {"code": "other", "note": "Sửa.", "section": "report"}
    nominators = [
        name
        for name in world.people
        if name.startswith(("nominator.xa", "officer", "official")) and name.endswith(".xa")
    ]
    with without(world, *nominators):
        world.do("appraiser.xa", code, "return", sections=["report"], faults=[fault])
        assert lies_with(world, code) == ("21613", "nominator", False, True)
        assert ("21613", "head", "nobody_free") in told(world, code)
