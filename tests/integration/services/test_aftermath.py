"""What happens to an award after its decision: annulled, corrected, its certificate issued again, nothing erased."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from nominations import models
from nominations.queries.actors import viewer
from nominations.queries.detail import Detail, detail
from nominations.queries.register import award_by_code, was_replaced
from nominations.services.conflicts import declare
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.papers import kinds_for, make, shown
from tests.integration.services.once import AGAIN, ANNULMENT, CORRECTION
from tests.integration.services.plays import Cast, forward
from tests.integration.services.soundness import entries, sound
from tests.world import SHA, START, World

ON_PAPER = {"signer": "head.xa", "signed_file": SHA}


@pytest.fixture(autouse=True)
def first_day(world: World) -> None:
    world.clock.instant = START


def awarded(world: World, cast: Cast, form: str = "GK-XA", **more: Any) -> str:
    code = world.draft(form=form, **more)
    forward(world, cast, code, "awarded")
    return code


def award_of(world: World, code: str) -> models.Award:
    found = world.session.scalars(
        select(models.Award)
        .join(models.Nomination)
        .where(models.Nomination.code == code)
        .execution_options(populate_existing=True)
    ).one()
    world.session.expunge(found)
    world.session.rollback()
    return found


def read_by(world: World, who: str, code: str) -> Detail:
    session, today = world.session, world.clock.today()
    person = viewer(session, world.people[who], today)
    assert person is not None
    found = detail(session, person, code, today)
    assert found is not None
    return found


def test_the_head_annuls_and_the_register_keeps_the_line(world: World, cast: Cast) -> None:
    code = awarded(world, cast)
    before = award_of(world, code)
    world.do("head.xa", code, "annul", **ANNULMENT)
    assert world.state(code) == "annulled"
    after = award_of(world, code)
    assert (after.status, after.register_no, after.check_code) == ("revoked", before.register_no, before.check_code)
    checked = award_by_code(world.session, after.check_code)
    assert checked is not None
    assert (checked.status, checked.name) == ("revoked", "")
    act = read_by(world, "nominator.xa", code).acts[0]
    assert (act.kind, act.ground, act.signer_name, act.signs_as) == ("annulment", "forged_papers", "head.xa", "head")
    assert act.amount_vnd is None  # these tables have no figure
    sound(world.session, code)
    world.number_act(code, "xa")
    checked = award_by_code(world.session, after.check_code)
    assert checked is not None
    assert checked.act_number == f"{world.numbers}"
    assert world.refused("clerk.xa", code, "number_act", number="8", numbered_on=world.clock.today()) == (
        "nothing_to_number"
    )
    sound(world.session, code)


def test_an_annulled_award_blocks_no_other_award_for_the_achievement(world: World, cast: Cast) -> None:
    first = awarded(world, cast)
    second = world.draft(form="GK-XA")
    world.same_person(first, second)
    with_one = world.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == first))
    past = select(models.PastAward.annulled_on).where(models.PastAward.nominee_id == with_one)
    assert world.session.scalars(past).all() == [None]
    world.session.rollback()
    world.do("head.xa", first, "annul", **ANNULMENT)
    assert world.session.scalars(past).all() == [world.clock.today()]
    world.session.rollback()


def test_a_paper_signed_outside_is_recorded_with_its_signer(world: World, cast: Cast) -> None:
    code, today = awarded(world, cast), world.clock.today()
    assert world.refused("clerk.xa", code, "annul", **ANNULMENT) == "signer_may_not_sign"
    assert world.refused("clerk.xa", code, "annul", **ANNULMENT, signer="appraiser.xa") == "signer_may_not_sign"
    with pytest.raises(InvalidInput) as wrong:
        world.attempt("clerk.xa", code, "annul", **ANNULMENT, signer="deputy.xa")
    assert set(wrong.value.errors) == {"signed_on", "signed_file"}
    world.do("clerk.xa", code, "annul", **ANNULMENT, signer="deputy.xa", signed_on=today, signed_file=SHA)
    act = read_by(world, "head.xa", code).acts[0]
    assert (act.signer_name, act.recorder_name, act.signs_as) == ("deputy.xa", "clerk.xa", "deputy")
    sound(world.session, code)


def test_who_appraised_cannot_annul_and_who_is_in_conflict_keeps_out(world: World, cast: Cast) -> None:
    both = world.staff("both.xa", "21613", ("appraiser", "deputy"))
    code = world.draft(form="GK-XA")
    world.do("nominator.xa", code, "submit")
    world.do(both, code, "accept", arrival_number="1")
    forward(world, cast, code, "awarded")
    assert world.refused(both, code, "annul", **ANNULMENT) == "incompatible_preparer_decider"
    actor = world.actor("head.xa")
    declare(world.session, actor, world.clock, Origin(actor=actor.ref), code, "kin", "Là em ruột.")
    assert world.refused("head.xa", code, "annul", **ANNULMENT) == "declared_conflict"
    before = entries(world.session)
    assert world.refused("nominator.xa", code, "annul", **ANNULMENT) == "not_your_post"
    assert world.refused("head.xa", code, "propose_correction", **CORRECTION) == "not_your_post"
    assert entries(world.session) == before
    world.do("deputy.xa", code, "annul", **ANNULMENT)


def test_the_centres_award_is_annulled_by_the_centre(world: World, cast: Cast) -> None:
    code = awarded(world, cast, "BK-TTG")
    assert world.refused("head.snv", code, "annul", **ANNULMENT) == "centre_decides"
    with pytest.raises(InvalidInput):
        world.attempt("clerk.tinh", code, "propose_annulment", **ANNULMENT)
    world.do("head.tinh", code, "propose_annulment", **ANNULMENT)
    assert world.state(code) == "awarded"
    world.number_act(code, "tinh")
    made = kinds_for(read_by(world, "clerk.tinh", code))
    assert made["annulment_proposal"] == "chairman"
    today = world.clock.today()
    world.do("clerk.snv", code, "record_central_annulment", **ANNULMENT, number="99/QĐ-TTg", decided_on=today)
    assert world.state(code) == "annulled"
    assert award_of(world, code).status == "revoked"
    sound(world.session, code)


def test_a_correction_has_two_persons_and_everything_follows_it(world: World, cast: Cast) -> None:
    code = awarded(world, cast)
    before = award_of(world, code)
    right = {
        "right_name": "Hộ bà Đinh Thị Đúng", "right_address": "Thôn 3", "right_birth_year": 1961, "right_number": "r9",
        "right_amount": 480_000, "reasons": "Ghi sai khi đánh máy.",
    }  # fmt: skip
    world.do("clerk.xa", code, "propose_correction", **right)
    assert world.refused("appraiser.xa", code, "propose_correction", **right) == "correction_open"
    hidden = read_by(world, "nominator.xa", code)
    assert hidden.acts == ()
    world.do("head.xa", code, "approve_correction")
    award, found = award_of(world, code), read_by(world, "nominator.xa", code)
    assert (award.status, award.bonus_vnd, award.register_no) == ("corrected", 480_000, before.register_no)
    assert found.line.nominee_name == "Hộ bà Đinh Thị Đúng"
    public = award_by_code(world.session, award.check_code)
    assert public is not None
    assert (public.status, public.name, public.number) == ("corrected", "Hộ bà Đinh Thị Đúng", "r9")
    world.number_act(code, "xa")
    kept = make(world.session, found, "decision", world.clock.today(), "https://example.vn")
    paper = make(world.session, read_by(world, "head.xa", code), "correction", world.clock.today(), "")
    assert kept is not None
    assert paper is not None
    assert "Đúng" not in repr(kept.document)
    assert "Hộ bà Đinh Thị Đúng" in repr(paper.document)
    assert paper.sha256
    certificate = make(world.session, found, "certificate", world.clock.today(), "https://example.vn")
    assert certificate is not None
    assert "Thôn 3" in repr(certificate.document)
    money = make(world.session, read_by(world, "head.xa", code), "bonus_list", world.clock.today(), "")
    assert money is not None
    assert "480.000" in repr(money.document)
    world.do("head.xa", code, "annul", **ANNULMENT)
    assert read_by(world, "head.xa", code).acts[-1].amount_vnd == 480_000
    sound(world.session, code)


def test_nobody_signs_the_correction_they_proposed(world: World, cast: Cast) -> None:
    many = world.staff("many.xa", "21613", ("clerk", "deputy"))
    code = awarded(world, cast)
    world.do(many, code, "propose_correction", **CORRECTION)
    assert world.refused(many, code, "approve_correction") == "correction_same_person"
    paper = {"signer": many, "signed_on": world.clock.today(), "signed_file": SHA}
    assert world.refused("clerk.xa", code, "approve_correction", **paper) == "correction_same_person"
    world.do("deputy.xa", code, "decline_correction", reasons="Tên ghi đúng.")
    assert world.refused("head.xa", code, "approve_correction") == "correction_not_proposed"
    assert award_of(world, code).status == "issued"
    sound(world.session, code)


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({}, "right_name", "correct_something"),
        ({"right_birth_year": 1850}, "right_birth_year", "birth_year"),
        ({"right_birth_year": 2100}, "right_birth_year", "birth_year"),
        ({"right_amount": "một triệu"}, "right_amount", "not_number"),
        ({"right_name": "x" * 201}, "right_name", "too_long"),
        ({"right_name": "Hộ", "document_sha": "0" * 64}, "document_sha", "unknown_file"),
    ],
)
def test_what_cannot_be_corrected(world: World, cast: Cast, sent: dict[str, Any], field: str, said: str) -> None:
    code = awarded(world, cast)
    before = entries(world.session)
    with pytest.raises(InvalidInput) as wrong:
        world.attempt("clerk.xa", code, "propose_correction", **({"reasons": "Sai."} | sent))
    assert wrong.value.errors[field].key == said
    world.session.rollback()
    assert entries(world.session) == before


def test_a_value_that_stands_there_already_and_a_number_of_another_paper(world: World, cast: Cast) -> None:
    first, second = awarded(world, cast), awarded(world, cast)
    numbers = [award_by_code(world.session, award_of(world, code).check_code) for code in (first, second)]
    assert None not in numbers
    with pytest.raises(InvalidInput) as wrong:
        world.attempt(
            "clerk.xa",
            second,
            "propose_correction",
            reasons="Sai.",
            right_number=numbers[0].number if numbers[0] else "",
        )
    assert wrong.value.errors["right_number"].key == "number_taken"
    name = read_by(world, "clerk.xa", second).line.nominee_name
    with pytest.raises(InvalidInput) as wrong:
        world.attempt("clerk.xa", second, "propose_correction", reasons="Sai.", right_name=name)
    assert wrong.value.errors["right_name"].key == "not_a_change"


def test_a_decision_is_corrected_before_it_has_its_number(world: World, cast: Cast) -> None:
    code, today = world.draft(form="GK-XA"), world.clock.today()
    forward(world, cast, code, "commune.number")
    with pytest.raises(InvalidInput) as wrong:
        world.attempt("appraiser.xa", code, "propose_correction", reasons="Sai.", right_number="5")
    assert wrong.value.errors["right_number"].key == "not_issued_yet"
    world.do("appraiser.xa", code, "propose_correction", **CORRECTION)
    assert world.refused("clerk.xa", code, "number", number="n", numbered_on=today) == "correction_open"
    world.do("head.xa", code, "approve_correction")
    world.number(code, "xa")
    assert world.state(code) == "awarded"
    award, found = award_of(world, code), read_by(world, "clerk.xa", code)
    assert (award.status, found.line.nominee_name) == ("issued", CORRECTION["right_name"])
    issued = make(world.session, found, "decision", today, "")
    assert issued is not None
    assert CORRECTION["right_name"] in repr(issued.document)
    assert world.refused("clerk.xa", code, "number_act", number="8", numbered_on=today) == "nothing_to_number"
    sound(world.session, code)


def test_a_certificate_issued_again_keeps_its_number_and_the_old_code_says_so(world: World, cast: Cast) -> None:
    code = awarded(world, cast)
    before = award_of(world, code)
    world.do("head.xa", code, "reissue", **AGAIN)
    middle = award_of(world, code)
    world.do("deputy.xa", code, "reissue", **AGAIN | {"cause": "spoiled"})
    after = award_of(world, code)
    assert len({before.check_code, middle.check_code, after.check_code}) == 3
    assert (after.register_no, after.status) == (before.register_no, "issued")
    for old in (before.check_code, middle.check_code):
        assert award_by_code(world.session, old) is None
        assert was_replaced(world.session, old)
    assert not was_replaced(world.session, after.check_code)
    found = read_by(world, "head.xa", code)
    certificate = make(world.session, found, "certificate", world.clock.today(), "https://example.vn")
    assert certificate is not None
    assert "cấp lại lần 2" in repr(certificate.document)
    sound(world.session, code)


def test_every_paper_of_what_comes_after_is_shown_in_both_outputs(world: World, cast: Cast) -> None:
    code = awarded(world, cast)
    world.do("clerk.xa", code, "propose_correction", **CORRECTION)
    world.do("head.xa", code, "approve_correction")
    world.do("head.xa", code, "reissue", **AGAIN)
    world.do("head.xa", code, "annul", **ANNULMENT)
    world.number_act(code, "xa")
    world.number_act(code, "xa")
    found, today = read_by(world, "head.xa", code), world.clock.today()
    assert {"annulment", "correction", "reissue"} <= kinds_for(found).keys()
    for kind in ("annulment", "correction", "reissue"):
        made = make(world.session, found, kind, today, "https://example.vn")
        assert made is not None
        assert made.missing == ()
        assert shown(made, "pdf").startswith(b"%PDF")
        assert shown(made, "docx").startswith(b"PK")
    sound(world.session, code)


def test_an_annulment_takes_a_correction_that_waits_with_it(world: World, cast: Cast) -> None:
    code = awarded(world, cast)
    world.do("clerk.xa", code, "propose_correction", **CORRECTION)
    world.do("head.xa", code, "annul", **ANNULMENT)
    acts = {act.kind: act.declined for act in read_by(world, "head.xa", code).acts}
    assert acts == {"correction": True, "annulment": False}
    assert world.refused("head.xa", code, "approve_correction") == "not_in_this_state"
    sound(world.session, code)


def test_two_press_annul_at_once_and_one_has_done_it(world: World, cast: Cast) -> None:
    code = awarded(world, cast)
    seen = world.version(code)
    world.do("head.xa", code, "annul", seen=seen, **ANNULMENT)
    assert world.refused("deputy.xa", code, "annul", seen=seen, **ANNULMENT) == "not_in_this_state"
    sound(world.session, code)


def test_another_unit_knows_nothing(world: World, cast: Cast) -> None:
    code = awarded(world, cast)
    with pytest.raises(NotFound):
        world.attempt("head.xa2", code, "annul", **ANNULMENT)
