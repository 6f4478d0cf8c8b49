"""The Front's supervision: remarks within its area, never on its own nominees, answered by the unit they are about."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from nominations import models
from nominations.queries.actors import Viewer, viewer
from nominations.queries.supervision import areas, remarks
from nominations.services.conflicts import declare
from nominations.services.errors import Declined, InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.supervision import answer_remark, remark
from nominations.transactions import write_transaction
from tests.world import World

BY = Origin(actor="tests")
DAY = date(2024, 3, 4)
SAID = {"text": "Biên bản họp thôn thiếu chữ ký của hộ."}
FRONT, LOCAL = "mattran.tinh", "mattran.huyen"


@pytest.fixture
def fronts(world: World) -> World:
    """A supervisor of the province, and one of the district."""
    for name, code in ((FRONT, "52"), (LOCAL, "542")):
        if name not in world.people:
            world.staff(name, code, ("supervisor",))
    return world


def who(world: World, username: str) -> Viewer:
    found = viewer(world.session, world.people[username], world.clock.today())
    assert found is not None
    world.session.rollback()
    return found


def say(world: World, by: str, unit: str, code: str | None = None, round_code: str = "tong-ket") -> int:
    remark(world.session, who(world, by), world.clock, BY, world.units[unit], round_code, code, SAID)
    found = world.session.scalar(select(func.max(models.SupervisionRemark.id)))
    world.session.rollback()
    return int(found or 0)


def filed(world: World, form: str = "GK-XA", by: str = "nominator.xa") -> str:
    """A file that has been sent."""
    code = world.draft(form=form, by=by)
    world.do(by, code, "submit")
    return code


def test_a_remark_is_made_in_the_area_and_answered_once(fronts: World) -> None:
    code = filed(fronts)
    for by in (FRONT, LOCAL):
        number = say(fronts, by, "21613", code)
        lines = {line.id: line for line in remarks(fronts.session, who(fronts, "secretary.xa"), DAY)}
        assert (lines[number].code, lines[number].answer) == (code, None)
        answer_remark(fronts.session, who(fronts, "secretary.xa"), fronts.clock, BY, number, {"answer": "Đã ký lại."})
        with pytest.raises(Declined, match="already_answered"):
            answer_remark(fronts.session, who(fronts, "head.xa"), fronts.clock, BY, number, {"answer": "Đã ký lại."})
    say(fronts, LOCAL, "21613")
    assert {unit for unit, _ in areas(fronts.session, who(fronts, LOCAL), DAY)} == {
        fronts.units[code] for code in ("542", "21613", "21610")
    }
    fronts.session.rollback()


def test_out_of_the_area_there_is_nothing_to_remark_on(fronts: World) -> None:
    code, draft = filed(fronts), fronts.draft(form="GK-XA")
    for by, unit, about, round_code in (
        (LOCAL, "SGT", None, "tong-ket"),
        (LOCAL, "52", None, "tong-ket"),
        (LOCAL, "21613", None, "khong-co"),
        (LOCAL, "21610", code, "tong-ket"),  # the file does not come through that commune
        (LOCAL, "21613", code, "hang-nam"),
        (LOCAL, "21613", draft, "tong-ket"),
        (LOCAL, "21613", "BK-9999", "tong-ket"),
        ("appraiser.snv", "21613", code, "tong-ket"),
    ):
        with pytest.raises(NotFound):
            say(fronts, by, unit, about, round_code)
        fronts.session.rollback()
    with pytest.raises(InvalidInput):
        remark(fronts.session, who(fronts, LOCAL), fronts.clock, BY, fronts.units["21613"], "tong-ket", code, {})


def test_a_supervisor_does_not_remark_on_their_own(fronts: World) -> None:
    own = filed(fronts, form="BK-TINH", by="nominator.huyen")
    with pytest.raises(Declined, match="own_nominee"):
        say(fronts, LOCAL, "542", own)
    say(fronts, FRONT, "542", own)
    kin = filed(fronts)
    nominee = fronts.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == kin))
    fronts.session.rollback()
    with write_transaction(fronts.session) as session:
        session.add(
            models.ConflictDeclaration(
                person_id=fronts.people[FRONT], nominee_id=nominee, kind="kin", declared_at=fronts.clock.now()
            )
        )
    with pytest.raises(Declined, match="own_nominee"):
        say(fronts, FRONT, "21613", kin)


def test_who_answers_and_who_reads(fronts: World) -> None:
    number = say(fronts, LOCAL, "21613", filed(fronts))
    for name in ("nominator.xa", "secretary.xa2", "appraiser.snv", LOCAL):
        with pytest.raises(NotFound):
            answer_remark(fronts.session, who(fronts, name), fronts.clock, BY, number, {"answer": "Đã rõ."})
    with pytest.raises(InvalidInput):
        answer_remark(fronts.session, who(fronts, "head.xa"), fronts.clock, BY, number, {"answer": ""})
    read = {
        name: number in {line.id for line in remarks(fronts.session, who(fronts, name), DAY)}
        for name in ("head.xa", LOCAL, "appraiser.snv", "head.xa2", "nominator.xa", FRONT)
    }
    assert read == {
        "head.xa": True, LOCAL: True, "appraiser.snv": True, "head.xa2": False, "nominator.xa": False, FRONT: False,
    }  # fmt: skip
    fronts.session.rollback()


def test_a_remark_on_a_file_one_is_in_conflict_with_is_not_read(fronts: World) -> None:
    code = filed(fronts)
    number = say(fronts, LOCAL, "21613", code)
    actor = fronts.actor("secretary.xa")
    declare(fronts.session, actor, fronts.clock, BY, code, "kin", "Em vợ")
    assert number not in {line.id for line in remarks(fronts.session, who(fronts, "secretary.xa"), DAY)}
    assert number in {line.id for line in remarks(fronts.session, who(fronts, "head.xa"), DAY)}
    fronts.session.rollback()


def test_the_council_votes_once_a_remark_is_answered(fronts: World) -> None:
    """On the file itself, or on the whole selection of a unit the file passes; other files go on."""
    code, other = (fronts.draft(form="GK-XA", by=by, round_code="hang-nam") for by in ("nominator.xa", "nominator.xa2"))
    fronts.do("nominator.xa", code, "submit")
    fronts.do("nominator.xa2", other, "submit")
    fronts.do("appraiser.xa", code, "accept", arrival_number="12")
    number = say(fronts, LOCAL, "21613", code, "hang-nam")
    said = {"advice": "for", "reasons": "Đủ điều kiện."}
    assert fronts.refused("appraiser.xa", code, "recommend", **said) == "remark_open"
    answer_remark(fronts.session, who(fronts, "secretary.xa"), fronts.clock, BY, number, {"answer": "Đã bổ sung."})
    fronts.do("appraiser.xa", code, "recommend", **said)
    fronts.vote(code, "xa", 4)
    number = say(fronts, LOCAL, "21613", None, "hang-nam")
    assert fronts.refused("secretary.xa", code, "close_ballot") == "remark_open"
    fronts.do("appraiser.xa2", other, "accept", arrival_number="13")
    fronts.do("appraiser.xa2", other, "recommend", **said)
    answer_remark(fronts.session, who(fronts, "head.xa"), fronts.clock, BY, number, {"answer": "Đã họp lại."})
    fronts.do("secretary.xa", code, "close_ballot")
