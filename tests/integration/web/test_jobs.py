"""The worker: acts become notices and letters, in order, once, tried again with pauses; it ends when asked to."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from nominations import models
from nominations.jobs import worker
from nominations.jobs.outbox import TRIES, Outbox
from nominations.mail.letters import Letter
from nominations.mail.server import NotSent
from nominations.queries.outbox import outbox_counts
from nominations.services.outbox import LONGEST_PAUSE, pause, take
from nominations.transactions import write_transaction
from tests.databases import CommandRunner
from tests.world import World


class LetterBox:
    """A mail server that keeps what it is given, or refuses it."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, Letter]] = []
        self.away = False

    def send(self, to: str, letter: Letter, _message_id: str, _at: object) -> None:
        if self.away:
            raise NotSent("ConnectionRefusedError")
        self.letters.append((to, letter))


@pytest.fixture
def letters() -> LetterBox:
    return LetterBox()


@pytest.fixture
def outbox(app: Flask, world: World, letters: LetterBox) -> Outbox:
    """The outbox of the province, earlier tests' messages worked off."""
    settings = app.extensions["settings"]
    made = Outbox(app.extensions["sessionmaker"], settings, world.clock, world.clock, letters)  # type: ignore[arg-type]
    work_off(made)
    letters.letters.clear()
    return made


def work_off(outbox: Outbox) -> None:
    while outbox.work():
        pass


def rows(world: World, kind: type[Any], **where: object) -> list[Any]:
    found = world.session.scalars(select(kind).filter_by(**where).order_by(kind.id)).all()
    world.session.expunge_all()
    world.session.rollback()
    return list(found)


def notices(world: World, code: str) -> list[tuple[int | None, str | None, str]]:
    return [
        (notice.unit_id, notice.duty, notice.kind)
        for notice in rows(world, models.Notice)
        if notice.body["code"] == code
    ]


def give_address(world: World, username: str, email: str | None) -> None:
    with write_transaction(world.session):
        world.session.execute(update(models.Person).where(models.Person.username == username).values(email=email))


def test_an_open_step_is_told_to_its_duty(outbox: Outbox, world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    work_off(outbox)
    assert notices(world, code) == [(world.units["21613"], "appraiser", "task")]
    work_off(outbox)
    assert len(notices(world, code)) == 1


def test_what_has_moved_on_meanwhile_needs_no_notice(outbox: Outbox, world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="1")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    work_off(outbox)
    assert notices(world, code) == [(world.units["21613"], "secretary", "task")]


def test_a_return_and_an_end_are_told_to_who_filed(outbox: Outbox, world: World) -> None:
    commune = world.units["21613"]
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    faults = [{"code": "missing_paper", "note": "Thiếu báo cáo.", "section": "papers"}]
    world.do("appraiser.xa", code, "return", sections=["papers"], faults=faults)
    work_off(outbox)
    assert notices(world, code) == [(commune, "nominator", "returned")]
    world.do("head.xa", code, "withdraw", reasons="Hộ đã chuyển đi.")
    work_off(outbox)
    assert notices(world, code)[1:] == [(commune, "nominator", "ended")]


def test_nobody_free_is_told_to_the_head_and_the_administrator(outbox: Outbox, world: World) -> None:
    if "admin.tinh" not in world.people:
        world.staff("admin.tinh", "52", ("admin",))
    code = world.draft(by="nominator.xa2")
    switched = [f"{duty}.xa2" for duty in ("appraiser", "secretary", "office", "deputy")]
    with write_transaction(world.session):
        ids = [world.people[name] for name in switched]
        ended = world.clock.today() - timedelta(days=1)
        world.session.execute(update(models.Post).where(models.Post.person_id.in_(ids)).values(valid_to=ended))
    world.do("nominator.xa2", code, "submit")
    work_off(outbox)
    commune = world.units["21610"]
    assert notices(world, code) == [
        (commune, "head", "nobody_free"),
        (world.units["52"], "admin", "nobody_free"),
        (commune, "appraiser", "task"),
    ]


def test_a_letter_leads_to_the_page_and_says_nothing_of_the_file(
    outbox: Outbox, world: World, letters: LetterBox
) -> None:
    give_address(world, "appraiser.xa", "can-bo@example.vn")
    code = world.draft(name="Hộ bà Nguyễn Thị Mẫu")
    world.do("nominator.xa", code, "submit")
    work_off(outbox)
    give_address(world, "appraiser.xa", None)
    [(to, letter)] = letters.letters
    assert to == "can-bo@example.vn"
    assert f"http://127.0.0.1:8000/ho-so/{code}" in letter.text
    assert "Mẫu" not in letter.subject + letter.text


def test_a_hold_is_told_to_nobody(outbox: Outbox, world: World, letters: LetterBox) -> None:
    give_address(world, "nominator.xa", "nguoi-lap@example.vn")
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    work_off(outbox)
    before = len(notices(world, code))
    world.do("appraiser.xa", code, "propose_hold", ground="complaint", reasons="Đang xác minh đơn.")
    world.do("head.xa", code, "hold")
    work_off(outbox)
    give_address(world, "nominator.xa", None)
    assert len(notices(world, code)) == before
    assert letters.letters == []


def test_a_letter_that_does_not_go_out_is_tried_again_later(outbox: Outbox, world: World, letters: LetterBox) -> None:
    give_address(world, "appraiser.xa", "can-bo@example.vn")
    letters.away = True
    world.do("nominator.xa", world.draft(), "submit")
    work_off(outbox)
    [message] = rows(world, models.OutboxMessage, topic="mail", done_at=None)
    assert (message.attempts, message.last_error) == (1, "ConnectionRefusedError")
    assert outbox.work() == 0
    letters.away = False
    world.clock.instant += pause(1)
    work_off(outbox)
    give_address(world, "appraiser.xa", None)
    assert [to for to, _ in letters.letters] == ["can-bo@example.vn"]
    [done] = rows(world, models.OutboxMessage, id=message.id)
    assert (done.attempts, done.last_error) == (2, None)


def test_a_letter_is_given_up_after_many_tries(outbox: Outbox, world: World, letters: LetterBox) -> None:
    give_address(world, "appraiser.xa", "can-bo@example.vn")
    letters.away = True
    world.do("nominator.xa", world.draft(), "submit")
    work_off(outbox)
    for _ in range(TRIES):
        world.clock.instant += LONGEST_PAUSE
        outbox.work()
    give_address(world, "appraiser.xa", None)
    counts = {topic.topic: topic for topic in outbox_counts(world.session)}
    world.session.rollback()
    assert counts["mail"].given_up == 1
    assert counts["mail"].retrying == counts["mail"].waiting == 0


def test_pauses_double_up_to_an_hour() -> None:
    minutes = [pause(attempt) // timedelta(minutes=1) for attempt in (1, 2, 3, 6, 7, 8, 500)]
    assert minutes == [1, 2, 4, 32, 60, 60, 60]


def test_messages_of_one_file_keep_their_order(outbox: Outbox, world: World) -> None:
    code = world.draft()
    work_off(outbox)
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="1")
    first = take(world.session, world.clock.now(), ("nomination",), 20)
    assert [m.payload["act"] for m in first] == ["submit"]
    assert take(world.session, world.clock.now(), ("nomination",), 20) == ()
    world.clock.instant += pause(1)  # whoever took it was never heard of again
    again = take(world.session, world.clock.now(), ("nomination",), 20)
    assert [(m.payload["act"], m.attempt) for m in again] == [("submit", 2)]
    world.clock.instant += pause(2)


@pytest.mark.usefixtures("outbox")
def test_two_workers_do_not_take_the_same(world: World, app: Flask) -> None:
    world.do("nominator.xa", world.draft(), "submit")
    with app.extensions["sessionmaker"]() as other:
        mine = take(world.session, world.clock.now(), ("nomination",), 20)
        theirs = take(other, world.clock.now(), ("nomination",), 20)
    assert mine
    assert theirs == ()
    world.clock.instant += LONGEST_PAUSE


def test_a_broken_message_stops_no_other(outbox: Outbox, world: World) -> None:
    now = world.clock.now()
    with write_transaction(world.session) as session:
        broken = models.OutboxMessage(topic="nomination", key="x", payload={}, created_at=now, available_at=now)
        session.add(broken)
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    work_off(outbox)
    assert notices(world, code)
    [message] = rows(world, models.OutboxMessage, key="x")
    assert message.last_error == "KeyError: 'code'"
    with write_transaction(world.session) as session:
        session.execute(update(models.OutboxMessage).where(models.OutboxMessage.key == "x").values(done_at=now))


def test_acts_of_another_day_go_out_at_once(outbox: Outbox, world: World) -> None:
    """A demonstration moved to a later year must not keep its messages until that year."""
    world.clock.move(days=365)
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.clock.move(days=-365)
    work_off(outbox)
    assert len(notices(world, code)) == 1


class Waits:
    """A wait that only notes how long it would have been, and ends the round after so many."""

    def __init__(self, rounds: int) -> None:
        self.seconds: list[float] = []
        self.rounds = rounds

    def __call__(self, seconds: float) -> bool:
        self.seconds.append(seconds)
        return len(self.seconds) > self.rounds


def test_the_round_goes_on_at_once_while_there_is_work_and_idles_when_there_is_none() -> None:
    answers = iter([20, 3, 0, 0, 1])
    waits = Waits(5)
    worker.run(lambda: next(answers), waits)
    assert waits.seconds == [0.0, 0.0, 0.0, worker.IDLE, worker.IDLE, 0.0]


def test_a_lost_database_is_waited_for_longer_and_longer() -> None:
    def lost() -> int:
        raise OperationalError("SELECT 1", None, Exception("the database is locked"))

    waits = Waits(9)
    worker.run(lost, waits)
    assert waits.seconds == [0.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0, 60.0]


@pytest.mark.usefixtures("outbox")
def test_the_commands_work_off_and_tell(runner: CommandRunner, world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    told = runner.invoke(args=["jobs", "status"])
    assert told.exit_code == 0
    assert "messages wait." in told.output
    assert runner.invoke(args=["jobs", "run", "--once"]).exit_code == 0
    assert "Nothing waits." in runner.invoke(args=["jobs", "status"]).output
    assert notices(world, code)


@pytest.mark.usefixtures("world")
def test_the_worker_ends_when_asked_to(database_url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": database_url, "ENVIRONMENT": "test", "SECRET_KEY": "of the tests"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "at work" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
    assert process.returncode == 0
    assert "has ended" in rest
