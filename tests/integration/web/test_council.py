"""The pages of a council's meeting, from calling it to its signed minutes, by everybody who has a part in it."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from nominations import models
from nominations.clock import FixedClock
from nominations.transactions import write_transaction
from tests.integration.services.sitting import before_council
from tests.integration.web.approving import Browse, Desk, paper
from tests.pages import PageClient
from tests.world import START, World

SEND = "Gửi phiếu cả phiên họp"


@pytest.fixture
def desk(world: World, browse: Browse) -> Desk:
    """The pages, and the province behind them."""
    world.clock.instant = START
    return Desk(world, browse)


@pytest.fixture
def codes(world: World, desk: Desk) -> list[str]:
    """Three files before the commune's council."""
    del desk
    return before_council(world, 3)


@pytest.fixture
def ref(desk: Desk, codes: list[str]) -> str:
    """A meeting with the three on its agenda, as its secretary called it."""
    return called(desk, *codes)


def called(desk: Desk, *codes: str, way: str = "open") -> str:
    """Call a meeting and put files on its agenda through the pages."""
    client = desk.browse("secretary.xa")
    made = client.submit("/phien-hop/moi", "Lập phiên họp", held_on=_today(desk), place="Phòng họp UBND xã", way=way)
    assert made.status_code == 303, made.text
    ref = made.location.split("/")[2]
    put = client.submit(
        f"/phien-hop/{ref}/chuong-trinh", "Đưa các trường hợp đã chọn vào chương trình", code=list(codes)
    )
    assert put.status_code == 303, put.text
    desk.world.session.rollback()
    return ref


def _today(desk: Desk) -> str:
    return f"{desk.world.clock.today():%d/%m/%Y}"


def cast(desk: Desk, who: str, ref: str, **typed: str) -> None:
    """Send a sheet that must be taken."""
    answer = desk.browse(who).submit(f"/phien-hop/{ref}/phieu", SEND, **typed)
    assert answer.status_code == 303, answer.text
    desk.world.session.rollback()


def said(world: World, who: str) -> dict[str, str | None]:
    """What somebody's ballots say, by file."""
    rows = world.session.execute(
        select(models.Nomination.code, models.Ballot.choice)
        .join(models.Nomination, models.Nomination.id == models.Ballot.nomination_id)
        .where(models.Ballot.person_id == world.people[who])
    ).all()
    world.session.rollback()
    return {row.code: row.choice for row in rows}


def test_one_answer_for_all_and_exceptions_in_one_press(desk: Desk, codes: list[str], ref: str) -> None:
    client = desk.browse("member1.xa")
    assert ref in client.page("/hop").text
    page = client.page(f"/phien-hop/{ref}/phieu")
    assert all(code in page.text for code in codes)
    cast(desk, "member1.xa", ref, all="agree", **{f"c-{codes[1]}": "disagree", f"c-{codes[2]}": "later"})
    assert {code: said(desk.world, "member1.xa").get(code) for code in codes} == {
        codes[0]: "agree",
        codes[1]: "disagree",
        codes[2]: None,
    }
    after = client.page(f"/phien-hop/{ref}/phieu")
    assert "Đồng chí đã biểu quyết 2 trường hợp" in after.text
    assert f"meeting:{ref}" in after.texts(".flashes")[0]
    cast(desk, "member1.xa", ref, **{f"c-{codes[2]}": "abstain"})
    assert said(desk.world, "member1.xa")[codes[2]] == "abstain"
    assert "Không còn trường hợp nào chờ đồng chí" in client.page(f"/phien-hop/{ref}/phieu").text


def test_a_sheet_that_says_nothing_is_asked_again(desk: Desk, codes: list[str], ref: str) -> None:
    client = desk.browse("member2.xa")
    answer = client.submit(f"/phien-hop/{ref}/phieu", SEND)
    assert answer.status_code == 422
    assert "Hãy chọn ý kiến chung" in answer.text
    for seen in ("", "nothing", f"{codes[0]}:x", f"{codes[0]}:99999999999"):
        sent = client.page(f"/phien-hop/{ref}/phieu").form(SEND).values | {"seen": seen, "all": "agree"}
        assert client.post(f"/phien-hop/{ref}/phieu", data=sent).status_code == 422
    assert codes[0] not in said(desk.world, "member2.xa")
    other = before_council(desk.world, 1)[0]
    client = desk.browse("member2.xa")
    form = client.page(f"/phien-hop/{ref}/phieu").form(SEND).values
    elsewhere = client.post(f"/phien-hop/{ref}/phieu", data=form | {"seen": f"{other}:5", "all": "agree"})
    assert elsewhere.status_code == 409
    assert "Chương trình phiên họp đã thay đổi" in elsewhere.text
    stale = client.post(f"/phien-hop/{ref}/phieu", data=form | {"seen": f"{codes[0]}:1", "all": "agree"})
    assert stale.status_code == 409
    assert "Đã ghi 0 phiếu" in stale.text


def test_pressed_twice_it_is_cast_once(desk: Desk, codes: list[str], ref: str) -> None:
    client = desk.browse("member3.xa")
    form = client.page(f"/phien-hop/{ref}/phieu").form(SEND).values | {"all": "agree"}
    answers = [client.post(f"/phien-hop/{ref}/phieu", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    acts = desk.world.session.scalars(select(models.AuditEntry.act).where(models.AuditEntry.stream == f"meeting:{ref}"))
    assert list(acts).count("ballots") == 1
    desk.world.session.rollback()
    assert len(codes) == 3


def test_a_conflicted_member_sees_that_the_line_exists_and_nothing_beyond_it(
    desk: Desk, codes: list[str], ref: str
) -> None:
    who, code = "member4.xa", codes[1]
    name = desk.world.session.scalar(select(models.Nomination.nominee_name).where(models.Nomination.code == code)) or ""
    desk.world.session.rollback()
    client = desk.browse(who)
    declared = client.submit(f"/ho-so/{code}/khai-xung-dot", "Khai xung đột", kind="kin", note="Em ruột.")
    assert declared.status_code == 303, declared.text
    cast(desk, "member1.xa", ref, all="disagree")
    for address in ("", "/phieu", "/bien-ban", "/chot", "/kiem-phieu"):
        text = client.page(f"/phien-hop/{ref}{address}").text
        assert name not in text, address
    sheet = client.page(f"/phien-hop/{ref}/phieu")
    assert code in sheet.text
    assert f'name="c-{code}"' not in sheet.text
    assert client.get(f"/phien-hop/{ref}/van-ban/minutes.docx").data.startswith(b"PK")
    form = sheet.form(SEND).values
    forced = client.post(f"/phien-hop/{ref}/phieu", data=form | {"seen": f"{code}:9", "all": "agree"})
    assert forced.status_code == 409
    assert code not in said(desk.world, who)


def test_strangers_and_others_of_the_commune_find_no_meeting(desk: Desk, ref: str) -> None:
    for who in ("secretary.xa2", "member1.xa2", "head.huyen"):
        assert desk.browse(who).get(f"/phien-hop/{ref}").status_code == 404
    assert desk.browse("nominator.xa").get(f"/phien-hop/{ref}").status_code == 403
    for who in ("head.xa", "appraiser.xa", "member1.xa", "clerk.xa"):
        client = desk.browse(who)
        assert client.page(f"/phien-hop/{ref}").text
        for address in ("/chuong-trinh", "/diem-danh", "/sua"):
            assert client.get(f"/phien-hop/{ref}{address}").status_code == 404
    assert desk.browse("secretary.xa").get(f"/phien-hop/{ref}/phieu").status_code == 403


def test_wrong_meetings_are_refused_beside_the_field(desk: Desk) -> None:
    client = desk.browse("secretary.xa")
    answer = client.submit("/phien-hop/moi", "Lập phiên họp", held_on="32/13/2024", place="", begins="8h")
    assert answer.status_code == 422
    assert "32/13/2024" in answer.text
    answer = client.submit("/phien-hop/moi", "Lập phiên họp", held_on="01/01/2019", place="P", begins="8h")
    assert answer.status_code == 422
    assert "Hãy nhập giờ dạng" in answer.text
    assert "Ngày phải từ" in answer.text
    assert desk.browse("member1.xa").get("/phien-hop/moi").status_code == 404


def test_the_agenda_is_narrowed_filled_sorted_and_emptied(desk: Desk, codes: list[str]) -> None:
    client = desk.browse("secretary.xa")
    ref = called(desk, codes[0])
    address = f"/phien-hop/{ref}/chuong-trinh"
    nothing = client.submit(address, "Đưa các trường hợp đã chọn vào chương trình")
    assert nothing.status_code == 422
    page = client.page(f"{address}?kind=collective")
    assert codes[1] not in page.text
    form = client.page(f"{address}?kind=household").form("Đưa các trường hợp đã chọn vào chương trình").values
    assert client.post(f"{address}?kind=household", data=form | {"which": "all"}).status_code == 303
    assert all(code in client.page(f"/phien-hop/{ref}").text for code in codes)
    assert client.submit(address, "Xếp lại", order="name").status_code == 303
    form = client.page(address).form("Xếp lại").values
    assert client.post(f"{address}/thu-tu", data=form | {"order": "luck"}).status_code == 422
    cast(desk, "member1.xa", ref, **{f"c-{codes[0]}": "agree"})
    off = client.submit(address, "Rút các trường hợp đã chọn khỏi chương trình", code=codes)
    assert off.status_code == 303
    page = client.page(address)
    assert "1 trường hợp đã có phiếu" in page.text
    assert client.submit(address, "Rút các trường hợp đã chọn khỏi chương trình").status_code == 422
    changed = client.submit(f"/phien-hop/{ref}/sua", "Sửa phiên họp", way="secret")
    assert changed.status_code == 422
    assert "Đã có phiếu nên không đổi" in changed.text
    changed = client.submit(f"/phien-hop/{ref}/sua", "Sửa phiên họp", place="Hội trường", begins="14:00")
    assert changed.status_code == 303
    assert "Hội trường" in client.page(f"/phien-hop/{ref}").text


def test_attendance_and_the_written_poll(desk: Desk, ref: str) -> None:
    client, world = desk.browse("secretary.xa"), desk.world
    address = f"/phien-hop/{ref}/diem-danh"
    assert client.submit(address, "Ghi điểm danh").status_code == 422
    refs = {f"member{n}.xa": world.actor(f"member{n}.xa").ref for n in range(1, 6)}
    marks = {f"m-{refs[f'member{n}.xa']}": "present" for n in range(1, 5)} | {f"m-{refs['member5.xa']}": "excused"}
    assert client.submit(address, "Ghi điểm danh", **marks).status_code == 303
    page = client.page(f"/phien-hop/{ref}")
    assert "có mặt 4, vắng 1, chưa ghi 0" in page.text
    assert "Có mặt 4/5 thành viên" in page.text
    assert "ít nhất 4 phiếu (2/3 của 5 thành viên" in page.text
    for wrong in ("", "hôm nào", "01/01/2020"):
        assert client.submit(address, "Lấy ý kiến bằng văn bản", until=wrong).status_code == 422
    absent = desk.browse("member5.xa")
    assert "vắng mặt" in absent.page(f"/phien-hop/{ref}/phieu").text
    assert client.submit(address, "Lấy ý kiến bằng văn bản").status_code == 303
    for number in range(1, 5):
        cast(desk, f"member{number}.xa", ref, all="agree")
    assert "chưa trả phiếu lấy ý kiến" in client.page(f"/phien-hop/{ref}/chot").text
    cast(desk, "member5.xa", ref, all="agree")
    assert client.submit(f"/phien-hop/{ref}/chot", "Chốt 3 trường hợp").status_code == 303


def test_closed_at_once_reopened_signed(desk: Desk, codes: list[str], ref: str) -> None:
    client, world = desk.browse("secretary.xa"), desk.world
    for number in range(1, 5):
        cast(desk, f"member{number}.xa", ref, all="agree", **({f"c-{codes[2]}": "later"} if number > 1 else {}))
    page = client.page(f"/phien-hop/{ref}/chot")
    assert "2 trường hợp đủ điều kiện chốt" in page.text
    form = page.form("Chốt 2 trường hợp").values
    versions = " ".join(f"{code}:{world.version(code)}" for code in codes)
    closed = client.post(f"/phien-hop/{ref}/chot", data=form | {"seen": versions})
    assert closed.status_code == 409
    assert codes[2] in closed.text
    again = client.post(f"/phien-hop/{ref}/chot", data=form)
    assert again.status_code == 303
    assert [world.state(code).partition(".")[2] for code in codes] == ["signature", "signature", "council"]
    shown = client.page(f"/phien-hop/{ref}?xem=open")
    assert codes[2] in shown.texts("main")[0]
    assert codes[0] not in shown.texts("main")[0]
    assert client.get(f"/phien-hop/{ref}?xem=gi").status_code == 404
    desk.do("secretary.xa", codes[0], "reopen_ballot", reasons="Bổ sung phiếu của đồng chí vắng mặt.")
    assert world.state(codes[0]) == "commune.council"
    client = desk.browse("secretary.xa")
    address = f"/phien-hop/{ref}/bien-ban"
    early = client.submit(address, "Ghi biên bản đã ký", file=paper())
    assert early.status_code == 422
    assert "Còn 2 trường hợp chưa chốt" in early.text
    off = client.submit(
        f"/phien-hop/{ref}/chuong-trinh", "Rút các trường hợp đã chọn khỏi chương trình", code=[codes[2]]
    )
    assert off.status_code == 303
    for number in range(2, 5):
        cast(desk, f"member{number}.xa", ref, **{f"c-{codes[2]}": "disagree"})
    assert client.submit(f"/phien-hop/{ref}/chot", "Chốt 2 trường hợp").status_code == 303
    assert client.submit(address, "Ghi biên bản đã ký").status_code == 422
    assert client.submit(address, "Ghi biên bản đã ký", signed_on="01/01/2024", file=paper()).status_code == 422
    signed = client.submit(address, "Ghi biên bản đã ký", file=paper())
    assert signed.status_code == 303, signed.text
    assert "Đã ký biên bản" in client.page(f"/phien-hop/{ref}").text
    assert "Biên bản phiên họp đã ký" in client.page(f"/ho-so/{codes[1]}/thao-tac/reopen_ballot").text
    with client.get(f"{address}/ban-ky") as kept:
        assert kept.data.startswith(b"%PDF-")
    for output, begins in (("pdf", b"%PDF-"), ("docx", b"PK")):
        for kind in ("minutes", "invitation"):
            made = client.get(f"/phien-hop/{ref}/van-ban/{kind}.{output}")
            assert made.data.startswith(begins), (kind, output)
    for wrong in ("minutes.exe", "nothing.pdf"):
        assert client.get(f"/phien-hop/{ref}/van-ban/{wrong}").status_code == 404
    for gone in ("/chuong-trinh", "/diem-danh", "/sua", "/kiem-phieu"):
        assert client.get(f"/phien-hop/{ref}{gone}").status_code == 404


def test_paper_ballots_are_counted_for_the_whole_meeting(desk: Desk, codes: list[str], ref: str) -> None:
    client = desk.browse("secretary.xa")
    address = f"/phien-hop/{ref}/kiem-phieu"
    assert client.submit(address, "Gửi bản chụp").status_code == 422
    assert client.submit(address, "Gửi bản chụp", minutes=paper(b"no paper")).status_code == 422
    kept = client.submit(address, "Gửi bản chụp", minutes=paper())
    assert kept.status_code == 303
    with_minutes = kept.location
    wrong = client.submit(with_minutes, "Ghi kết quả kiểm phiếu", issued="năm", returned="5", valid="5")
    assert wrong.status_code == 422
    assert "năm" in wrong.text
    figures = {"issued": "5", "returned": "5", "valid": "5"}
    wrong = client.submit(
        with_minutes, "Ghi kết quả kiểm phiếu", **figures, **{f"disagree-{codes[1]}": "9", f"agree-{codes[1]}": "1"}
    )
    assert wrong.status_code == 422
    assert codes[1] in wrong.text
    done = client.submit(with_minutes, "Ghi kết quả kiểm phiếu", **figures, **{f"disagree-{codes[1]}": "2"})
    assert done.status_code == 303, done.text
    own = client.submit(address, "Xác nhận kết quả kiểm phiếu")
    assert own.status_code == 409
    second = desk.browse("clerk.xa")
    assert "2" in second.page(address).texts("#confirm")[0]
    assert second.submit(address, "Xác nhận kết quả kiểm phiếu").status_code == 303
    assert client.submit(f"/phien-hop/{ref}/chot", "Chốt 3 trường hợp").status_code == 303
    page = client.page(f"/phien-hop/{ref}")
    assert "3 / 2 / 0" in page.text
    assert "5 / 0 / 0" in page.text


def test_of_a_secret_ballot_no_page_tells_a_sum_before_it_is_closed(
    desk: Desk, codes: list[str], clock: FixedClock
) -> None:
    ref = called(desk, *codes, way="secret")
    for number in range(1, 5):
        cast(desk, f"member{number}.xa", ref, all="disagree", **{f"c-{codes[0]}": "agree"})
    clock.move(hours=1)
    for who in ("secretary.xa", "head.xa", "member1.xa"):
        client = desk.browse(who)
        rows = client.page(f"/phien-hop/{ref}").texts("#agenda tbody")[0]
        assert "4 / 0 / 0" not in rows
        assert "0 / 4 / 0" not in rows
    assert said(desk.world, "member1.xa")[codes[0]] is None
    client = desk.browse("secretary.xa")
    assert client.submit(f"/phien-hop/{ref}/chot", "Chốt 3 trường hợp").status_code == 303
    rows = client.page(f"/phien-hop/{ref}").texts("#agenda tbody")[0]
    assert "4 / 0 / 0" in rows
    assert "0 / 4 / 0" in rows


def test_a_member_whose_term_has_ended_is_not_let_in(desk: Desk, ref: str, browse: Browse) -> None:
    world = desk.world
    seat = models.CouncilSeat.person_id == world.people["member5.xa"]
    yesterday = update(models.CouncilSeat).where(seat)
    client: PageClient = browse("member5.xa")
    with write_transaction(world.session):
        world.session.execute(yesterday.values(valid_to=START.date().replace(month=2)))
    try:
        assert client.get(f"/phien-hop/{ref}/phieu").status_code == 403
    finally:
        with write_transaction(world.session):
            world.session.execute(yesterday.values(valid_to=None))
