"""Reminders and daily letters: once each however often and by however many workers, in the reader's language."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from email import message_from_string
from email.policy import default
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from nominations import models
from nominations.jobs.outbox import Outbox
from nominations.jobs.reminders import Reminders
from nominations.mail.letters import digest
from nominations.mail.server import MailServer
from nominations.queries.kept import forget
from nominations.queries.reminders import due, due_soon
from nominations.services.digests import choose_digest, write_digests
from nominations.services.log import Origin
from nominations.services.reminders import midnight, remind, set_due_soon
from nominations.services.seeding.law import add_law
from nominations.transactions import write_transaction
from tests.databases import CommandRunner
from tests.integration.web.administration import A, entries, faults, send, signed_in
from tests.integration.web.approving import Browse
from tests.integration.web.test_jobs_mail import mail_server
from tests.world import START, World

COMMUNE = "21613"
WHY = {"ground": "complaint", "reasons": "Có đơn đang xác minh."}


@pytest.fixture(scope="module", autouse=True)
def holidays(province: World) -> None:
    """The real calendar."""
    with write_transaction(province.session) as session:
        add_law(session)
    forget(province.session)
    province.session.rollback()


@pytest.fixture(autouse=True)
def quiet(world: World) -> Iterator[None]:
    """The morning of 4 March 2024; whatever an earlier test left open is closed, and nobody has an address."""
    world.clock.instant = START
    task, person = models.Task, models.Person
    with write_transaction(world.session) as session:
        session.execute(update(task).where(task.closed_at.is_(None)).values(due_on=None))
        session.execute(update(person).values(email=None, locale="vi"))
        session.execute(delete(models.Digest))
    yield
    world.clock.instant = START


def at(world: World, day: date, hour: int = 2) -> None:
    world.clock.instant = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def in_appraisal(world: World) -> str:
    """A file in appraisal since the morning of 4 March 2024, due on the 8th."""
    world.clock.instant = START
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="1")
    world.clock.instant = START
    return code


def told(world: World, code: str) -> list[tuple[int | None, str | None, str]]:
    notice = models.Notice
    kinds = ("due_soon", "overdue", "escalated")
    found = world.session.scalars(select(notice).where(notice.kind.in_(kinds)).order_by(notice.id)).all()
    world.session.rollback()
    return [(one.unit_id, one.duty, one.kind) for one in found if one.body["code"] == code]


def run(world: World, *, by_mail: bool = False) -> int:
    return sum(iter(lambda: remind(world.session, world.clock, world.clock.now(), by_mail=by_mail), 0))


def give_address(world: World, username: str, email: str, locale: str = "vi") -> None:
    person = models.Person
    with write_transaction(world.session) as session:
        session.execute(update(person).where(person.username == username).values(email=email, locale=locale))


def letters(world: World, topic: str = "mail") -> list[dict[str, Any]]:
    message = models.OutboxMessage
    found = world.session.scalars(
        select(message.payload).where(message.topic == topic, message.done_at.is_(None)).order_by(message.id)
    ).all()
    world.session.rollback()
    return list(found)


def test_due_soon_goes_to_the_holders_once(world: World) -> None:
    code, commune = in_appraisal(world), world.units[COMMUNE]
    assert run(world) == 0
    at(world, date(2024, 3, 5))
    assert run(world) == 0  # three working days are left
    at(world, date(2024, 3, 6))
    assert run(world) == 1
    assert told(world, code) == [(commune, "appraiser", "due_soon")]
    assert run(world) == 0
    at(world, date(2024, 3, 8))
    assert run(world) == 0
    assert len(told(world, code)) == 1


def test_overdue_goes_to_the_holders_and_once_to_the_head_and_nothing_is_decided(world: World) -> None:
    code, commune = in_appraisal(world), world.units[COMMUNE]
    state, version = world.state(code), world.version(code)
    at(world, date(2024, 3, 11))
    assert run(world) == 1
    assert told(world, code) == [(commune, "appraiser", "overdue"), (commune, "head", "escalated")]
    at(world, date(2024, 6, 3))
    assert run(world) == 0
    assert (world.state(code), world.version(code)) == (state, version)


def test_what_waits_for_the_head_is_told_to_the_head_once(world: World) -> None:
    code, commune = in_appraisal(world), world.units[COMMUNE]
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    at(world, date(2024, 4, 1))
    run(world)
    assert told(world, code) == [(commune, "head", "overdue")]


def test_a_step_of_one_day_is_reminded_of_on_its_last_morning(world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    assert run(world) == 0  # it came only today
    at(world, date(2024, 3, 5))
    assert run(world) == 1
    assert [kind for *_, kind in told(world, code)] == ["due_soon"]


def test_nobody_is_told_on_a_day_off(world: World) -> None:
    code = in_appraisal(world)
    at(world, date(2024, 3, 9))  # a Saturday
    assert run(world) == 0
    at(world, date(2024, 5, 4))  # a Saturday that is worked
    assert run(world) == 1
    assert told(world, code)


def test_a_clock_that_stands_reminds_nobody_and_afterwards_counts_anew(world: World) -> None:
    code, commune = in_appraisal(world), world.units[COMMUNE]
    at(world, date(2024, 3, 5))
    world.do("appraiser.xa", code, "propose_hold", **WHY)
    world.do("head.xa", code, "hold")
    at(world, date(2024, 4, 2))
    assert run(world) == 0
    assert told(world, code) == []
    world.do("head.xa", code, "resume", reasons="Đơn đã có kết luận.")
    assert run(world) == 0
    at(world, date(2024, 4, 4))
    assert run(world) == 1
    assert told(world, code) == [(commune, "appraiser", "due_soon")]


def test_what_the_centre_takes_makes_nobody_late(world: World) -> None:
    code = world.draft(form="BK-TTG")
    world.do("nominator.xa", code, "submit")
    for place in ("xa", "huyen", "snv"):
        world.through_stage(code, place)
    world.do("office.tinh", code, "check", advice="for", reasons="Đủ điều kiện.")
    world.do("head.tinh", code, "send_up")
    world.number(code, "tinh")
    assert world.state(code) == "central.pending"
    at(world, date(2024, 12, 2))
    run(world)
    assert told(world, code) == []


def test_two_workers_at_once_tell_of_everything_once(world: World, app: Flask) -> None:
    codes = [in_appraisal(world) for _ in range(6)]
    at(world, date(2024, 3, 11))

    def worker(_number: int) -> int:
        with app.extensions["sessionmaker"]() as session:
            return remind(session, world.clock, world.clock.now(), by_mail=False)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(worker, range(4)))
    assert sum(done) == len(codes)
    assert [len(told(world, code)) for code in codes] == [2] * len(codes)


def test_a_worker_that_ended_in_between_tells_nobody_twice(world: World, app: Flask) -> None:
    code = in_appraisal(world)
    at(world, date(2024, 3, 11))
    with pytest.raises(RuntimeError, match="ended"), app.extensions["sessionmaker"]() as session:
        _dies(session, world)
    assert told(world, code) == []
    assert run(world) == 1
    assert len(told(world, code)) == 2


def _dies(session: Any, world: World) -> None:
    with write_transaction(session):
        remind(session, world.clock, world.clock.now(), by_mail=False)
        raise RuntimeError("the worker ended")


def test_letters_go_out_in_the_readers_language_and_lead_to_the_page(world: World, app: Flask) -> None:
    give_address(world, "appraiser.xa", "can-bo@example.vn")
    give_address(world, "head.xa", "head@example.vn", "en")
    with mail_server() as (url, kept):
        outbox = outbox_of(app, world, url)
        work_off(outbox)
        kept.clear()
        code = in_appraisal(world)
        at(world, date(2024, 3, 11))
        assert run(world, by_mail=True) == 1
        work_off(outbox)
    to = {next(line for line in text.splitlines() if line.startswith("To: ")): text for text in kept}
    assert set(to) >= {"To: can-bo@example.vn", "To: head@example.vn"}
    english = to["To: head@example.vn"]
    assert f"File {code} is overdue in your unit" in english
    assert f"/ho-so/{code}" in english
    overdue = [text for text in kept if "can-bo@" in text]
    assert len(overdue) == 2  # the task itself, and that it is late


def outbox_of(app: Flask, world: World, url: str) -> Outbox:
    server = MailServer.at(url, "https://khenthuong.example.vn")
    return Outbox(app.extensions["sessionmaker"], app.extensions["settings"], world.clock, world.clock, server)


def work_off(outbox: Outbox) -> None:
    while outbox.work():
        pass


def test_the_daily_letter_is_for_those_who_want_it_once_a_working_day(world: World, app: Flask) -> None:
    give_address(world, "appraiser.xa", "can-bo@example.vn")
    give_address(world, "appraiser.xa2", "khac@example.vn")
    code = in_appraisal(world)
    with mail_server() as (url, kept):
        outbox = outbox_of(app, world, url)
        work_off(outbox)
        kept.clear()
        for name in ("appraiser.xa", "appraiser.huyen"):
            choose_digest(world.session, world.clock, world.people[name], wanted=True)
        at(world, date(2024, 3, 7), hour=22)  # five in the morning of the 8th
        assert write_digests(world.session, world.clock, world.clock.now()) == 0
        at(world, date(2024, 3, 11), hour=1)
        world.session.rollback()
        first = write_digests(world.session, world.clock, world.clock.now())
        assert first == 1  # nobody without an address
        assert write_digests(world.session, world.clock, world.clock.now()) == 0
        at(world, date(2024, 3, 9), hour=3)  # a Saturday
        assert write_digests(world.session, world.clock, world.clock.now()) == 0
        at(world, date(2024, 3, 11), hour=3)
        work_off(outbox)
    [text] = kept
    assert "To: can-bo@example.vn" in text
    assert f"{code}, hạn 08/03/2024" in decoded(text)
    assert "Đã quá hạn: 1." in decoded(text)
    assert "/viec" in decoded(text)
    assert "Đinh Văn" not in decoded(text)


def decoded(text: str) -> str:
    """The words of a letter as it went over the line."""
    return str(message_from_string(text, policy=default).get_content())


def test_a_daily_letter_in_english_names_no_more_than_ten_files_and_none_in_conflict(world: World) -> None:
    give_address(world, "appraiser.xa2", "khac@example.vn", "en")
    for _ in range(12):
        world.do("nominator.xa2", world.draft(by="nominator.xa2"), "submit")
    choose_digest(world.session, world.clock, world.people["appraiser.xa2"], wanted=True)
    at(world, date(2024, 3, 5))
    write_digests(world.session, world.clock, world.clock.now())
    said = letters(world)[-1]
    assert said["waiting"] >= 12
    assert len(said["files"]) == 10
    assert said["soon"] == 10
    words = digest(said, "Appraiser", "https://khenthuong.example.vn/viec", "en")
    assert words.subject == f"{said['waiting']} files wait for you"
    assert f"and {said['waiting'] - 10} more" in words.text


def test_two_workers_write_one_daily_letter(world: World, app: Flask) -> None:
    give_address(world, "appraiser.xa", "can-bo@example.vn")
    in_appraisal(world)
    choose_digest(world.session, world.clock, world.people["appraiser.xa"], wanted=True)
    at(world, date(2024, 3, 6))
    before = len(letters(world))

    def worker(_number: int) -> int:
        with app.extensions["sessionmaker"]() as session:
            return write_digests(session, world.clock, world.clock.now())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(worker, range(4)))
    assert len(letters(world)) == before + 1


def test_the_worker_looks_every_few_minutes(world: World, app: Flask) -> None:
    made = Reminders(app.extensions["sessionmaker"], app.extensions["settings"], world.clock, world.clock, True)
    in_appraisal(world)
    at(world, date(2024, 3, 11))
    assert made.work() == 1
    assert made.work() == 0
    in_appraisal(world)
    at(world, date(2024, 3, 11))
    assert made.work() == 0
    world.clock.instant += timedelta(minutes=5)
    assert made.work() == 1


def test_the_command_says_what_is_due(world: World, runner: CommandRunner) -> None:
    in_appraisal(world)
    in_appraisal(world)
    at(world, date(2024, 3, 11))
    choose_digest(world.session, world.clock, world.people["appraiser.xa"], wanted=True)
    said = runner.invoke(args=["jobs", "status"]).output
    assert "Steps on 2024-03-11: 2 overdue, 0 due soon, 2 to be told." in said
    assert "Daily letters: 1 wanted, 0 still to be written today." in said
    assert runner.invoke(args=["jobs", "run", "--once"]).exit_code == 0
    assert "2 overdue, 0 due soon, all told." in runner.invoke(args=["jobs", "status"]).output


def test_an_administrator_says_when_a_step_is_due_soon(browse: Browse, world: World) -> None:
    in_appraisal(world)
    at(world, date(2024, 3, 5))
    admin = signed_in(browse, world, "quan.tri")
    assert run(world) == 0
    wrong = [{"days": "ba"}, {"days": "-1"}, {"days": "31"}, {"days": ""}, {"source": ""}, {"source": "[X-1]"}]
    for given in wrong:
        answer = send(admin, f"{A}/hang-doi", **given)
        assert answer.status_code == 422
        assert len(faults(answer.text)) == 1
        assert f'value="{next(iter(given.values()))}"' in answer.text
    assert send(admin, f"{A}/hang-doi", days="3", source="[practice]").status_code == 303
    assert entries(world, "settings")[-1] == "set_due_soon"
    forget(world.session)  # another process would hear of it within a minute
    assert due_soon(world.session).days == 3
    world.session.rollback()
    assert run(world) == 1
    page = admin.page(f"{A}/hang-doi")
    assert page.texts("#due .tile-value")[:3] == ["0", "1", "0"]
    set_due_soon(world.session, world.clock, Origin(actor="tests"), 2, "[practice]")


def test_a_person_chooses_the_daily_letter(browse: Browse, world: World) -> None:
    client = browse("appraiser.xa")
    assert client.page("/toi").texts("#daily-letter p")[1].startswith("Hiện nay: không gửi.")
    assert client.submit("/toi", "Nhận thư hằng ngày").status_code == 303
    assert client.page("/toi").texts("#daily-letter p")[1].startswith("Hiện nay: có gửi.")
    assert client.submit("/toi", "Thôi nhận thư hằng ngày").status_code == 303
    form = client.page("/toi").form("Nhận thư hằng ngày")
    assert client.post(form.action, data=form.values | {"digest": "2"}).status_code == 400
    assert client.post(form.action, data={"digest": "1"}).status_code == 400  # no token
    assert world.session.scalar(select(func.count()).select_from(models.Digest)) == 0
    world.session.rollback()


def test_due_says_the_same_as_the_lists(world: World) -> None:
    in_appraisal(world)
    at(world, date(2024, 3, 7))
    found = due(world.session, world.clock.today(), midnight(world.clock.today()))
    world.session.rollback()
    assert (found.late, found.soon, found.untold) == (0, 1, 1)
    run(world)
    again = due(world.session, world.clock.today(), midnight(world.clock.today()))
    world.session.rollback()
    assert (again.soon, again.untold) == (1, 0)


def test_the_page_of_a_file_says_that_its_clock_stood(browse: Browse, world: World) -> None:
    code = in_appraisal(world)
    at(world, date(2024, 3, 5))
    faults = [{"code": "other", "note": "Ghi rõ hơn.", "section": "report"}]
    world.do("appraiser.xa", code, "return", sections=["report"], faults=faults, mode="direct")
    page = browse("appraiser.xa").page(f"/ho-so/{code}")
    assert any("đồng hồ đang dừng; còn 3 ngày làm việc" in text for text in page.texts(".track-facts dd"))
    at(world, date(2024, 3, 12))
    world.do("nominator.xa", code, "resubmit")
    said = "hạn ban đầu 08/03/2024, tạm dừng 5 ngày làm việc, hạn mới 15/03/2024"
    assert any(said in text for text in browse("appraiser.xa").page(f"/ho-so/{code}").texts(".track-facts dd"))
    assert said in browse("nominator.xa").page(f"/ho-so/{code}/bien-nhan").text


def test_a_held_file_tells_outsiders_nothing_of_its_clock(browse: Browse, world: World) -> None:
    code = in_appraisal(world)
    world.do("appraiser.xa", code, "propose_hold", **WHY)
    world.do("head.xa", code, "hold")
    assert "đồng hồ đang dừng" in browse("head.xa").page(f"/ho-so/{code}").text
    assert "đồng hồ" not in browse("nominator.sgt").get(f"/ho-so/{code}").text
