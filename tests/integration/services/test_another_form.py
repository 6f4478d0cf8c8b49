"""Another form: the file ends replaced, a linked one goes to whoever may issue the other form, up or down."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from nominations import models
from nominations.queries.actors import viewer
from nominations.queries.detail import Detail, detail
from nominations.services.errors import InvalidInput
from nominations.services.papers import kinds_for, make
from tests.integration.services.once import ONCE, OTHER
from tests.integration.services.plays import Cast, forward
from tests.integration.services.soundness import entries, sound
from tests.world import START, World


@pytest.fixture(autouse=True)
def first_day(world: World) -> None:
    world.clock.instant = START


def at(world: World, cast: Cast, state: str, form: str = "BK-TINH", **more: Any) -> str:
    code = world.draft(form=form, **more)
    forward(world, cast, code, state)
    return code


def read_by(world: World, who: str, code: str) -> Detail:
    person = viewer(world.session, world.people[who], world.clock.today())
    assert person is not None
    found = detail(world.session, person, code, world.clock.today())
    world.session.rollback()
    assert found is not None
    return found


def linked(world: World, code: str) -> models.Nomination:
    old = select(models.Nomination.id).where(models.Nomination.code == code).scalar_subquery()
    new = select(models.NominationLink.nomination_id).where(models.NominationLink.replaces_id == old)
    found = world.session.scalars(select(models.Nomination).where(models.Nomination.id == new.scalar_subquery())).one()
    world.session.expunge(found)
    world.session.rollback()
    return found


def moved(world: World, who: str, code: str, form: str, action: str = "other_form") -> models.Nomination:
    world.do(who, code, action, form=form, reasons="Thành tích hợp với hình thức này.")
    assert world.state(code) == "replaced"
    sound(world.session, code)
    found = linked(world, code)
    sound(world.session, found.code)
    return found


def test_down_to_the_commune_which_then_awards(world: World, cast: Cast) -> None:
    code = at(world, cast, "board.appraisal")
    new = moved(world, "appraiser.snv", code, "GK-XA")
    assert (new.form, new.state, new.entry_stage) == ("GK-XA", "commune.intake", "commune")
    forward(world, cast, new.code, "awarded")
    sound(world.session, new.code)
    old, now = read_by(world, "nominator.xa", code), read_by(world, "nominator.xa", new.code)
    assert (old.replaced_by, old.replaces) == (new.code, None)
    assert (now.replaces, now.replaced_by) == (code, None)
    assert now.content["report"] == old.content["report"]
    assert {paper.sha256 for paper in now.papers} == {paper.sha256 for paper in old.papers}


def test_up_to_the_province_from_the_level_where_it_is(world: World, cast: Cast) -> None:
    code = at(world, cast, "commune.signature", "GK-XA")
    new = moved(world, "head.xa", code, "BK-TINH")
    assert new.state == "commune.intake"
    forward(world, cast, new.code, "awarded")


def test_from_the_chairman_it_goes_back_to_the_board_for_its_vote(world: World, cast: Cast) -> None:
    code = at(world, cast, "chairman.check", "BK-TTG")
    new = moved(world, "office.tinh", code, "BK-TINH")
    assert (new.state, new.entry_stage) == ("board.intake", "board")
    assert world.refused("nominator.xa", new.code, "recall") == "not_in_this_state"
    forward(world, cast, new.code, "awarded")
    sound(world.session, new.code)


def test_the_council_may_move_it_and_its_meeting_ends(world: World, cast: Cast) -> None:
    code = at(world, cast, "district.council")
    new = moved(world, "secretary.huyen", code, "GK-HUYEN")
    assert new.state == "district.intake"


def test_who_drafted_the_first_file_does_not_appraise_the_second(world: World, cast: Cast) -> None:
    both = world.staff("drafts.xa", "21613", ("nominator", "appraiser"))
    code = world.draft(by=both, form="GK-HUYEN")
    world.do(both, code, "submit")
    forward(world, cast, code, "district.appraisal")
    new = moved(world, "appraiser.huyen", code, "BK-TINH")
    assert new.state == "district.intake"
    sides = select(models.Participation.side).where(
        models.Participation.nomination_id == new.id, models.Participation.person_id == world.people[both]
    )
    assert set(world.session.scalars(sides)) == {"drafts", "prepares"}
    world.session.rollback()


def test_a_file_without_a_deciding_level_is_proposed_anew_or_ended(world: World, cast: Cast) -> None:
    code = ONCE["propose_anew"].ready(world, cast)
    new = moved(world, "head.xa", code, "BK-TINH", "propose_anew")
    assert (new.state, new.rule_set) == ("commune.intake", "R3")
    other = ONCE["end_without_competence"].ready(world, cast)
    assert world.refused("nominator.xa", other, "end_without_competence", reasons="Hết.") == "not_your_post"
    world.do("head.xa", other, "end_without_competence", reasons="Cấp huyện kết thúc hoạt động.")
    assert world.state(other) == "not_awarded"
    sound(world.session, other)
    told = make(world.session, read_by(world, "nominator.xa", other), "no_result", world.clock.today(), "")
    assert told is not None
    assert "Không còn thẩm quyền khen thưởng" in repr(told.document)


def test_while_the_level_exists_nobody_ends_it_for_want_of_one(world: World, cast: Cast) -> None:
    with world.on(date(2025, 6, 30)):
        code = at(world, cast, "district.intake", "GK-HUYEN")
        assert world.refused("head.xa", code, "propose_anew", **OTHER) == "still_competent"
        assert world.refused("head.xa", code, "end_without_competence", reasons="x") == "still_competent"


@pytest.mark.parametrize(
    ("form", "said"),
    [("BK-TINH", "same_form"), ("GK-SO", "no_route"), ("GK-DN", "no_route"), ("XYZ", "not_choice")],
)
def test_a_form_it_cannot_go_to(world: World, cast: Cast, form: str, said: str) -> None:
    code = at(world, cast, "commune.appraisal")
    before = entries(world.session)
    with pytest.raises(InvalidInput) as wrong:
        world.attempt("appraiser.xa", code, "other_form", form=form, reasons="Khác.")
    assert wrong.value.errors["form"].key == said
    world.session.rollback()
    assert entries(world.session) == before
    assert world.state(code) == "commune.appraisal"


def test_a_form_of_reviews_only(world: World, cast: Cast) -> None:
    with world.on(date(2023, 5, 10)):
        code = at(world, cast, "commune.appraisal", round_code="hang-nam")
        with pytest.raises(InvalidInput) as wrong:
            world.attempt("appraiser.xa", code, "other_form", form="BK-TTG", reasons="Khác.")
    assert wrong.value.errors["form"].key == "round_not_a_review"


def test_a_form_for_which_the_nominee_has_a_file(world: World, cast: Cast) -> None:
    code = at(world, cast, "commune.appraisal")
    ref = world.session.scalar(select(models.Nominee.ref).join(models.Nomination).where(models.Nomination.code == code))
    world.session.rollback()
    live = world.draft(form="GK-XA", nominee_ref=ref)
    with pytest.raises(InvalidInput) as wrong:
        world.attempt("appraiser.xa", code, "other_form", **OTHER)
    assert wrong.value.errors["form"].key == "duplicate_in_round"
    assert wrong.value.errors["form"].values == {"code": live}


def test_after_the_districts_no_file_moves_to_their_certificate(world: World, cast: Cast) -> None:
    world.clock.instant = datetime(2025, 7, 3, 2, tzinfo=UTC)
    code = at(world, cast, "commune.appraisal")
    with pytest.raises(InvalidInput) as wrong:
        world.attempt("appraiser.xa", code, "other_form", form="GK-HUYEN", reasons="Khác.")
    assert wrong.value.errors["form"].key == "no_flow"


def test_the_letter_says_where_it_went_and_why(world: World, cast: Cast) -> None:
    code = at(world, cast, "board.appraisal")
    new = moved(world, "appraiser.snv", code, "GK-XA")
    found = read_by(world, "nominator.xa", code)
    assert kinds_for(found)["moved"] == "board"
    paper = make(world.session, found, "moved", world.clock.today(), "")
    assert paper is not None
    assert new.code in repr(paper.document)
    assert "Thành tích hợp với hình thức này" in repr(paper.document)
