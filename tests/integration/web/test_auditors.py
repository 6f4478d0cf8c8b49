"""Auditors' pages: what is in their area, entry by entry, verified; nothing to press, nothing for anybody else."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Update, delete, insert, select, text, update

from nominations import models
from nominations.queries.audit import GENERAL
from nominations.transactions import write_transaction
from nominations.web import auditors
from tests.pages import PageClient
from tests.world import World

Browse = Callable[[str], PageClient]
PLACES = {"kiem.tinh": "52", "kiem.huyen": "542", "kiem.sgt": "SGT"}


@pytest.fixture
def audited(world: World) -> World:
    """The province with an auditor of all of it, one of the district, one of a department."""
    for username, code in PLACES.items():
        if username not in world.people:
            world.staff(username, code, ("auditor",))
            password_of(world, username)
    return world


def password_of(world: World, username: str) -> None:
    """Give a person the password everybody has."""
    with write_transaction(world.session) as session:
        known = session.query(models.Person).filter_by(username="head.xa").one().password_hash
        session.execute(update(models.Person).where(models.Person.username == username).values(password_hash=known))


@pytest.fixture
def code(audited: World) -> str:
    """A file that the commune has voted on and sent up."""
    made = audited.draft()
    audited.do("nominator.xa", made, "submit")
    audited.through_stage(made, "xa")
    return made


def tamper(world: World, change: Update) -> None:
    """Do what only somebody with the database in hand could: past the triggers."""
    with write_transaction(world.session) as session:
        if session.connection().dialect.name == "sqlite":
            guards = session.scalars(
                text("SELECT name FROM sqlite_master WHERE tbl_name = 'audit_entries' AND type = 'trigger'")
            )
            for name in guards.all():
                session.execute(text(f"DROP TRIGGER {name}"))
        else:
            session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER USER"))
        session.execute(change)


def test_the_blueprint_takes_no_post(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{auditors.blueprint.name}.")]
    assert len(rules) == 5
    assert {method for rule in rules for method in rule.methods or ()} == {"GET", "HEAD", "OPTIONS"}


def test_a_file_is_read_entry_by_entry(browse: Browse, code: str) -> None:
    page = browse("kiem.tinh").page(f"/kiem-toan/ho-so/{code}")
    assert "Chuỗi nguyên vẹn" in page.text
    assert "Dữ liệu khớp nhật ký" in page.text
    steps = page.texts("#entries-table tbody td[data-label='Bước']")
    assert steps == [str(number) for number in range(1, len(steps) + 1)]
    acts = " ".join(page.texts("#entries-table tbody th"))
    for act in ("Lập hồ sơ", "Nộp hồ sơ", "Tiếp nhận", "Chốt biểu quyết", "Ghi số, ngày văn bản"):
        assert act in acts
    assert page.texts("#meetings-table tbody .badge-state") == ["Chuỗi nhật ký nguyên vẹn"]


def test_an_entry_shows_its_bytes_and_what_they_say(browse: Browse, code: str) -> None:
    client = browse("kiem.tinh")
    page = client.page(f"/kiem-toan/nhat-ky/{code}/2")
    assert '"cseq":2' in page.text.replace("&#34;", '"')
    assert page.texts("#checks .badge-state") == ["Khớp", "Khớp", "Đúng dạng", "Khớp cam kết"]
    recommend = next(
        client.page(f"/kiem-toan/nhat-ky/{code}/{step}").text
        for step in range(1, 9)
        if "Nêu ý kiến thẩm định" in client.page(f"/kiem-toan/nhat-ky/{code}/{step}").texts("h1")[0]
    )
    assert "Đủ điều kiện." in recommend
    assert "đúng bản hồ sơ số 1" in recommend
    assert "BK-TINH, bộ quy định R2, 3 cấp, bản số 1" in recommend


def test_every_entry_of_a_file_and_its_meeting_opens(browse: Browse, audited: World, code: str) -> None:
    client = browse("kiem.huyen")
    page = client.page(f"/kiem-toan/ho-so/{code}")
    for step in range(1, len(page.texts("#entries-table tbody tr")) + 1):
        client.page(f"/kiem-toan/nhat-ky/{code}/{step}")
    stream = meeting_of(audited, code)
    meeting = client.page(f"/kiem-toan/nhat-ky/{stream}")
    assert "Chuỗi nguyên vẹn" in meeting.text
    assert len(meeting.texts("#stream-table tbody tr")) == 5
    ballot = client.page(f"/kiem-toan/nhat-ky/{stream}/1")
    assert "agree" in ballot.text
    assert client.get(f"/kiem-toan/nhat-ky/{code}").location == f"/kiem-toan/ho-so/{code}"


def test_a_secret_vote_is_shown_to_nobody(browse: Browse, audited: World, code: str) -> None:
    stream = meeting_of(audited, code)
    with write_transaction(audited.session) as session:
        session.execute(update(models.Meeting).where(models.Meeting.stream == stream).values(secret=True))
    page = browse("kiem.tinh").page(f"/kiem-toan/nhat-ky/{stream}/1")
    assert "Phiếu kín" in page.text
    assert "agree" not in page.text


def test_a_changed_entry_is_found_and_named(browse: Browse, audited: World, code: str) -> None:
    entry = models.AuditEntry
    here = (entry.stream == code, entry.act == "submit")
    content = audited.session.execute(select(entry.content).where(*here)).scalar_one()
    tamper(audited, update(entry).where(*here).values(content=content.replace(b"submit", b"recall")))
    client = browse("kiem.tinh")
    page = client.page(f"/kiem-toan/ho-so/{code}")
    assert "Chuỗi sai lệch" in page.text
    assert "nội dung không khớp mã băm đã lưu" in page.text
    assert "không so sánh được" in page.text
    step = next(n for n, act in enumerate(page.texts("#entries-table tbody th"), 1) if act.startswith("Nộp hồ sơ"))
    changed = client.page(f"/kiem-toan/nhat-ky/{code}/{step}")
    assert changed.texts("#checks .badge-state")[0] == "Sai"


def test_a_changed_row_is_found(browse: Browse, audited: World, code: str) -> None:
    with write_transaction(audited.session) as session:
        session.execute(update(models.Nomination).where(models.Nomination.code == code).values(state="awarded"))
    page = browse("kiem.tinh").page(f"/kiem-toan/ho-so/{code}")
    assert "Dữ liệu không khớp nhật ký" in page.text
    assert "Lệch" in " ".join(page.texts("#compared-table tbody tr:first-child"))


def test_an_erased_payload_says_so_and_the_chain_holds(browse: Browse, audited: World, code: str) -> None:
    erased = (models.EntryPayload.stream == code, models.EntryPayload.cseq == 2)
    with write_transaction(audited.session) as session:
        session.execute(delete(models.EntryPayload).where(*erased))
    client = browse("kiem.tinh")
    assert "Đã xoá" in client.page(f"/kiem-toan/nhat-ky/{code}/2").text
    page = client.page(f"/kiem-toan/ho-so/{code}")
    assert "Chuỗi nguyên vẹn" in page.text
    assert "phần lời đã xoá" in page.text


def test_the_area_is_the_auditors_own(browse: Browse, code: str, audited: World) -> None:
    stream = meeting_of(audited, code)
    addresses = (f"/kiem-toan/ho-so/{code}", f"/kiem-toan/nhat-ky/{code}/1", f"/kiem-toan/nhat-ky/{stream}")
    for address in addresses:
        browse("kiem.huyen").page(address)
        browse("kiem.sgt").page(address, 404)
        for somebody in ("head.xa", "appraiser.snv", "clerk.tinh"):
            browse(somebody).page(address, 403)
    assert code in browse("kiem.huyen").page("/kiem-toan").text
    assert code not in browse("kiem.sgt").page("/kiem-toan").text


def test_an_auditor_reads_on_what_the_unit_took_over(browse: Browse, audited: World, code: str) -> None:
    """The district is gone; who audits the department that took it over whole reads its files on."""
    address = f"/kiem-toan/ho-so/{code}"
    browse("kiem.sgt").page(address, 404)
    with write_transaction(audited.session) as session:
        old, new = audited.units["542"], audited.units["SGT"]
        taken = {"old_unit_id": old, "new_unit_id": new, "function": "all", "effective_on": audited.clock.today()}
        session.execute(insert(models.UnitSuccession).values(taken | {"source": "[practice]"}))
    browse("kiem.sgt").page(address)
    with write_transaction(audited.session) as session:
        session.execute(delete(models.UnitSuccession))


@pytest.mark.usefixtures("audited")
def test_the_general_streams_are_for_the_whole_province(browse: Browse) -> None:
    client = browse("kiem.tinh")
    page = client.page("/kiem-toan/nhat-ky")
    assert len(page.texts("#streams-table tbody tr")) == len(GENERAL)
    for stream in GENERAL:
        assert "Chuỗi nguyên vẹn" in client.page(f"/kiem-toan/nhat-ky/{stream}").text
    assert "Đăng nhập" in client.page("/kiem-toan/nhat-ky/access/1").text
    local = browse("kiem.huyen")
    assert "toàn tỉnh" in local.page("/kiem-toan/nhat-ky").text
    for address in ("/kiem-toan/nhat-ky/access", "/kiem-toan/nhat-ky/access/1", "/kiem-toan/nhat-ky/people"):
        local.page(address, 404)


def test_what_is_not_there_is_not_found(browse: Browse, code: str) -> None:
    client = browse("kiem.tinh")
    for address in (
        "/kiem-toan/ho-so/2024-XXXXXXXX",
        f"/kiem-toan/nhat-ky/{code}/999",
        f"/kiem-toan/nhat-ky/{code}/0",
        "/kiem-toan/nhat-ky/meeting:0000",
        "/kiem-toan/nhat-ky/access?cursor=xyz",
        "/kiem-toan?cursor=!!",
    ):
        client.page(address, 404)


def test_a_file_is_found_by_name_and_by_code(browse: Browse, code: str) -> None:
    client = browse("kiem.tinh")
    assert client.get(f"/kiem-toan?q={code.lower()}").location == f"/kiem-toan/ho-so/{code}"
    assert code in client.page("/kiem-toan?q=dinh+van&form=BK-TINH").text
    assert "Không có hồ sơ nào" in client.page("/kiem-toan?q=khongcoai").text
    assert "căn cước" in client.page("/kiem-toan?q=012345678901", 422).text


def meeting_of(world: World, code: str) -> str:
    """The stream of the file's council meeting."""
    found = world.session.query(models.Meeting.stream).join(
        models.MeetingLine, models.MeetingLine.meeting_id == models.Meeting.id
    )
    row = found.join(models.Nomination, models.Nomination.id == models.MeetingLine.nomination_id).filter(
        models.Nomination.code == code
    )
    stream = row.first()
    world.session.rollback()
    assert stream is not None
    return str(stream[0])


def test_the_first_page_shows_what_is_in_reach(browse: Browse, code: str, audited: World) -> None:
    name = audited.session.scalar(select(models.Nomination.nominee_name).where(models.Nomination.code == code))
    audited.session.rollback()
    whole, part, other = (browse(who).page("/") for who in ("kiem.tinh", "kiem.huyen", "kiem.sgt"))
    for page in (whole, part):
        assert f'href="/kiem-toan/ho-so/{code}"' in page.text
        assert str(name) in page.texts("#newest")[0]
    assert code not in other.text
    assert [len(page.texts("#streams li")) > 0 for page in (whole, part, other)] == [True, False, False]
