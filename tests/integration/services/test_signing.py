"""Signatures, numbers, letters, awards and the centre's answer: what each leaves in the rows, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select, update

from nominations import models
from nominations.services.errors import InvalidInput
from nominations.transactions import write_transaction
from tests.integration.services.plays import Cast, forward
from tests.integration.services.soundness import sound
from tests.world import REASON, SHA, START, World


def at(world: World, cast: Cast, state: str, form: str = "BK-TINH", **more: Any) -> str:
    """A file that has climbed to ``state``."""
    world.clock.instant = START
    code = world.draft(form=form, **more)
    forward(world, cast, code, state)
    return code


class Before(NamedTuple):
    """A file before its signature and one before its number, for all that is refused; a number is taken."""

    signature: str
    number: str


@pytest.fixture(scope="module")
def before(province: World, cast: Cast) -> Before:
    """They climb once."""
    other = at(province, cast, "commune.number")
    province.do("clerk.xa", other, "number", number="taken", numbered_on=province.clock.today())
    return Before(at(province, cast, "commune.signature"), at(province, cast, "commune.number"))


def decisions(world: World, code: str) -> list[models.Decision]:
    """What has been signed about it, the first one first."""
    found = world.session.scalars(
        select(models.Decision)
        .join(models.Nomination, models.Nomination.id == models.Decision.nomination_id)
        .where(models.Nomination.code == code)
        .order_by(models.Decision.id)
        .execution_options(populate_existing=True)
    ).all()
    world.session.rollback()
    return list(found)


def errors(world: World, who: str, code: str, action: str, **sent: Any) -> dict[str, str]:
    """Do something that cannot be used; what is said of which field."""
    before = world.version(code)
    with pytest.raises(InvalidInput) as refused:
        world.attempt(who, code, action, **sent)
    assert world.version(code) == before
    return {field: message.key for field, message in refused.value.errors.items()}


def test_a_letter_goes_up_with_its_number(world: World, cast: Cast) -> None:
    code = at(world, cast, "commune.signature")
    world.do("deputy.xa", code, "send_up")
    world.do("clerk.xa", code, "number", number=" 15/TTr-UBND ", numbered_on=world.clock.today())
    (letter,) = decisions(world, code)
    assert (letter.kind, letter.stage, letter.signs_as, letter.kind_series) == ("letter", "commune", "deputy", "TTr")
    assert (letter.number, letter.number_year) == ("15/TTr-UBND", 2024)
    assert (letter.signer_id, letter.numbered_by) == (world.people["deputy.xa"], world.people["clerk.xa"])
    assert not letter.departs_from_vote
    submission = world.session.scalars(select(models.Submission).order_by(models.Submission.id.desc())).first()
    assert submission is not None
    assert (submission.unit_id, submission.to_unit_id) == (world.units["21613"], world.units["542"])
    assert submission.letter_number == "15/TTr-UBND"
    row = world.session.scalars(select(models.Nomination).where(models.Nomination.code == code)).one()
    assert row.letter_unit_id == world.units["21613"]
    world.session.rollback()


def test_a_signature_on_paper_names_who_recorded_and_who_signed(world: World, cast: Cast) -> None:
    code = at(world, cast, "commune.signature")
    world.clock.move(days=1)
    yesterday = world.clock.today() - timedelta(days=1)
    paper = {"outcome": "send_up", "signed_on": yesterday, "signed_file": SHA}
    assert world.refused("clerk.xa", code, "record_signature", signer="clerk.xa", **paper) == "signer_may_not_sign"
    assert world.refused("clerk.xa", code, "record_signature", signer="head.huyen", **paper) == "signer_may_not_sign"
    assert world.refused("clerk.xa", code, "record_signature", signer="nobody", **paper) == "signer_may_not_sign"
    assert world.refused("clerk.xa", code, "record_signature", **paper) == "signer_may_not_sign"
    assert world.refused("clerk.xa", code, "record_signature", signer="head.xa", **paper | {"outcome": "award"}) == (
        "outcome_needed"
    )
    assert world.refused("head.xa", code, "record_signature", signer="head.xa", **paper) == "not_your_post"
    world.do("office.xa", code, "record_signature", signer="HEAD.xa ", **paper)
    (letter,) = decisions(world, code)
    assert (letter.signer_id, letter.recorder_id) == (world.people["head.xa"], world.people["office.xa"])
    assert (letter.signed_on, letter.signed_file) == (yesterday, SHA)
    sides = world.session.execute(
        select(models.Participation.person_id, models.Participation.side)
        .join(models.Nomination, models.Nomination.id == models.Participation.nomination_id)
        .where(models.Nomination.code == code, models.Participation.person_id == world.people["office.xa"])
    ).all()
    world.session.rollback()
    assert sides == [], "a clerical record takes no side"
    sound(world.session, code)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"signed_on": "2099-01-01"}, {"signed_on": "in_future"}),
        ({"signed_on": "2023-12-31"}, {"signed_on": "too_early"}),
        ({"signed_on": "2024-03-03"}, {"signed_on": "too_early"}),
        ({"signed_on": ""}, {"signed_on": "required"}),
        ({"signed_file": "0" * 64}, {"signed_file": "unknown_file"}),
        ({"signed_file": "a paper"}, {"signed_file": "unknown_file"}),
        ({"outcome": "not_send_up", "reason_code": "violation"}, {"reasons": "required"}),
        ({"outcome": "not_send_up", **REASON, "reason_code": "because"}, {"reason_code": "not_choice"}),
    ],
)
def test_a_record_of_a_paper_that_cannot_be(world: World, before: Before, more: Any, expected: Any) -> None:
    paper = {"outcome": "send_up", "signer": "head.xa", "signed_on": "2024-03-04", "signed_file": SHA}
    assert errors(world, "clerk.xa", before.signature, "record_signature", **paper | more) == expected


def test_whoever_held_the_post_on_the_day_of_the_signature_signed_it(world: World, cast: Cast) -> None:
    """A head who left afterwards signed validly, with the account closed since; the successor could not have."""
    code = at(world, cast, "commune.signature")
    world.clock.move(days=3)
    today = world.clock.today()
    signed, left = today - timedelta(days=2), today - timedelta(days=1)
    for name, days in (("went", {"valid_to": left}), ("came", {"valid_from": today})):
        world.staff(f"{name}.{world.numbers}", "21613", ("head",))
        with write_transaction(world.session):
            person = world.people[f"{name}.{world.numbers}"]
            world.session.execute(update(models.Post).where(models.Post.person_id == person).values(**days))
    went, came = f"went.{world.numbers}", f"came.{world.numbers}"
    with write_transaction(world.session):
        world.session.execute(update(models.Person).where(models.Person.username == went).values(active=False))

    def record(signer: str, signed_on: date) -> dict[str, Any]:
        return {"outcome": "send_up", "signer": signer, "signed_on": signed_on, "signed_file": SHA}

    assert world.refused("clerk.xa", code, "record_signature", **record(came, signed)) == "signer_may_not_sign"
    assert world.refused("clerk.xa", code, "record_signature", **record(went, today)) == "signer_may_not_sign"
    arrived = today - timedelta(days=3)
    too_early = record(went, arrived - timedelta(days=1))
    assert errors(world, "clerk.xa", code, "record_signature", **too_early) == {"signed_on": "too_early"}
    tomorrow = record(came, today + timedelta(days=1))
    assert errors(world, "clerk.xa", code, "record_signature", **tomorrow) == {"signed_on": "in_future"}
    world.do("clerk.xa", code, "record_signature", **record(went, signed))
    (letter,) = decisions(world, code)
    assert (letter.signer_id, letter.signs_as, letter.signed_on) == (world.people[went], "head", signed)
    sound(world.session, code)


def test_what_was_signed_before_a_recall_is_not_signed_now(world: World) -> None:
    """The file came to the stage when it was sent in again, not when it was first."""
    world.clock.instant = START
    code = world.draft(by="nominator.sgt")
    world.do("nominator.sgt", code, "submit")
    world.do("nominator.sgt", code, "recall")
    world.clock.move(days=4)
    world.do("nominator.sgt", code, "submit")
    world.do("appraiser.sgt", code, "check", advice="for", reasons="Đủ.")
    world.vote(code, "sgt", 5)
    world.do("secretary.sgt", code, "close_ballot")
    early = world.clock.today() - timedelta(days=2)
    paper = {"outcome": "send_up", "signer": "head.sgt", "signed_on": early, "signed_file": SHA}
    assert errors(world, "clerk.sgt", code, "record_signature", **paper) == {"signed_on": "too_early"}


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"number": "7", "numbered_on": "2099-01-01"}, {"numbered_on": "in_future"}),
        ({"number": "7", "numbered_on": "2024-01-02"}, {"numbered_on": "too_early"}),
        ({"number": "taken", "numbered_on": "today"}, {"number": "number_taken"}),
        ({"number": " taken\t", "numbered_on": "today"}, {"number": "number_taken"}),
        ({"number": "", "numbered_on": "today"}, {"number": "required"}),
        ({"number": "7" * 201, "numbered_on": "today"}, {"number": "too_long"}),
        ({"number": "7"}, {"numbered_on": "required"}),
    ],
)
def test_a_number_that_cannot_be(world: World, before: Before, sent: dict[str, str], expected: Any) -> None:
    today = world.clock.today().isoformat()
    dated = {name: today if value == "today" else value for name, value in sent.items()}
    assert errors(world, "clerk.xa", before.number, "number", **dated) == expected


def test_the_same_number_in_another_series_year_or_body(world: World, cast: Cast) -> None:
    letter = at(world, cast, "commune.number")
    world.do("clerk.xa", letter, "number", number="88", numbered_on=world.clock.today())
    decision = at(world, cast, "commune.number", form="GK-XA")
    world.do("clerk.xa", decision, "number", number="88", numbered_on=world.clock.today())
    elsewhere = world.draft(by="nominator.xa2")
    forward(world, cast, elsewhere, "commune.number")
    world.do("clerk.xa2", elsewhere, "number", number="88", numbered_on=world.clock.today())
    later = at(world, cast, "commune.number")
    with world.on(date(2025, 1, 6)):
        world.do("clerk.xa", later, "number", number="88", numbered_on=world.clock.today())


def test_an_award_is_in_the_register_and_spends_the_achievement(world: World, cast: Cast) -> None:
    code = at(world, cast, "commune.number", form="GK-XA")
    applied = world.do("clerk.xa", code, "number", number="QĐ-1", numbered_on=world.clock.today())
    assert (applied.state, applied.address) == ("awarded", None)
    award = world.session.scalars(
        select(models.Award).join(models.Nomination, models.Nomination.id == models.Award.nomination_id)
        .where(models.Nomination.code == code)
    ).one()  # fmt: skip
    (decision,) = decisions(world, code)
    assert award.decision_id == decision.id
    assert (award.decided_on, award.register_year, award.status) == (world.clock.today(), 2024, "issued")
    assert len(award.check_code) == 12
    past = world.session.scalars(select(models.PastAward).where(models.PastAward.nominee_id == award.nominee_id)).one()
    assert (past.form, past.decision_number, past.level_state) == ("GK-XA", "QĐ-1", False)
    world.session.rollback()
    sound(world.session, code)


def test_the_head_who_decides_may_say_no(world: World, cast: Cast) -> None:
    code = at(world, cast, "commune.signature", form="GK-XA")
    assert world.refused("head.xa", code, "not_award", reasons="Chỉ có lời.") == "reason_needed"
    assert errors(world, "head.xa", code, "not_award", reason_code="violation") == {"reasons": "required"}
    world.do("head.xa", code, "not_award", reason_code="criteria_not_met", reasons="Chưa đủ tiêu chí.")
    (decision,) = decisions(world, code)
    assert (decision.kind, decision.reason_code, decision.departs_from_vote) == (
        "not_awarded",
        "criteria_not_met",
        True,
    )
    row = world.session.scalars(select(models.Nomination).where(models.Nomination.code == code)).one()
    assert (row.state, row.outcome) == ("not_awarded", {"reason_code": "criteria_not_met", "stage": "commune"})
    world.session.rollback()
    sound(world.session, code)


def test_the_centre_says_no(world: World, cast: Cast) -> None:
    code = at(world, cast, "central.pending", form="BK-TTG")
    day = world.clock.today().isoformat()
    assert errors(world, "clerk.snv", code, "record_central_result", outcome="awarded", decided_on=day) == {
        "number": "required"
    }
    assert errors(
        world, "clerk.snv", code, "record_central_result", outcome="not_awarded", decided_on="2099-01-01"
    ) == {"decided_on": "in_future"}
    world.do("clerk.snv", code, "record_central_result", outcome="not_awarded", decided_on=day, reasons="Chưa đủ.")
    last = decisions(world, code)[-1]
    assert (last.kind, last.signer_id, last.recorder_id) == ("central_not_awarded", None, world.people["clerk.snv"])
    assert (last.number, world.state(code)) == (None, "not_awarded")
    sound(world.session, code)


def test_one_decision_of_the_centre_names_many(world: World, cast: Cast) -> None:
    """Its number is the centre's, not ours: the same one comes with every name on its list."""
    for _ in range(2):
        code = at(world, cast, "central.pending", form="BK-TTG")
        sent = {"outcome": "awarded", "number": "812/QĐ-TTg", "decided_on": world.clock.today()}
        world.do("clerk.snv", code, "record_central_result", **sent)
        assert decisions(world, code)[-1].number == "812/QĐ-TTg"
        sound(world.session, code)


def test_an_arrival_before_today_needs_its_paper(world: World, cast: Cast) -> None:
    """And is not before the letter that brought it, nor before the round opened."""
    code = at(world, cast, "district.intake")
    letter_day = decisions(world, code)[-1].numbered_on
    assert letter_day is not None
    world.clock.move(days=10)
    day = letter_day + timedelta(days=2)
    number_only = {"arrived_on": day, "arrival_number": "12"}
    assert errors(world, "appraiser.huyen", code, "accept", **number_only) == {"arrival_paper": "needs_paper"}
    for wrong, said in (
        (letter_day - timedelta(days=1), "too_early"),
        (world.clock.today() + timedelta(1), "in_future"),
    ):
        sent = {"arrived_on": wrong, "arrival_paper": SHA}
        assert errors(world, "appraiser.huyen", code, "accept", **sent) == {"arrived_on": said}
    sent = {"arrived_on": day, "arrival_paper": "0" * 64}
    assert errors(world, "appraiser.huyen", code, "accept", **sent) == {"arrival_paper": "unknown_file"}
    world.do("appraiser.huyen", code, "accept", **number_only, arrival_paper=SHA)
    row = world.session.scalars(select(models.Nomination).where(models.Nomination.code == code)).one()
    assert row.received_on is None, "the district is not the level whose receipt starts the clock"
    world.session.rollback()
    forward(world, cast, code, "board.intake")
    world.do("appraiser.snv", code, "accept", arrival_number="13")
    row = world.session.scalars(
        select(models.Nomination).where(models.Nomination.code == code).execution_options(populate_existing=True)
    ).one()
    assert row.received_on is not None
    world.session.rollback()


def test_arrival_before_any_rules_is_a_sentence(world: World, cast: Cast) -> None:
    code = at(world, cast, "board.intake")
    sent = {"arrived_on": "2001-05-01", "arrival_paper": SHA}
    assert errors(world, "appraiser.snv", code, "accept", **sent) == {"arrived_on": "too_early"}


def test_a_file_received_under_the_old_rules_keeps_them(world: World) -> None:
    """On paper at the board on 30/12/2023, entered in January: rule set 1, fixed for good."""
    with world.on(date(2023, 12, 20)):
        code = world.draft(round_code="so-ket")
        world.do("nominator.xa", code, "submit")
        world.through_stage(code, "xa")
        world.through_stage(code, "huyen")
    with world.on(date(2024, 1, 10)):
        world.do("appraiser.snv", code, "accept", arrived_on="2023-12-28", arrival_paper=SHA)
        row = world.session.scalars(select(models.Nomination).where(models.Nomination.code == code)).one()
        assert (row.received_on, row.rule_set) == (date(2023, 12, 28), "R1")
        world.session.rollback()


@contextmanager
def marked(world: World, code: str, kind: str) -> Iterator[None]:
    """A complaint or a discipline about the nominee, for a while."""
    nominee = world.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == code))
    world.session.rollback()
    mark = models.NomineeMark(nominee_id=nominee, kind=kind, opened_on=world.clock.today(), document="Đơn", note="-")
    with write_transaction(world.session):
        world.session.add(mark)
    yield
    with write_transaction(world.session):
        world.session.execute(
            update(models.NomineeMark)
            .where(models.NomineeMark.nominee_id == nominee)
            .values(closed_on=world.clock.today())
        )


def test_nothing_is_signed_while_something_stands_against_it(world: World, cast: Cast) -> None:
    """Complaint (L5) and discipline (L6); the head may still decline."""
    code = at(world, cast, "commune.signature")
    for kind, guard in (("complaint", "open_complaint"), ("discipline", "discipline_not_served")):
        with marked(world, code, kind):
            assert world.refused("head.xa", code, "send_up") == guard
    world.do("head.xa", code, "send_up")


def test_what_comes_up_after_the_signature_stops_the_number_of_an_award_alone(world: World, cast: Cast) -> None:
    """A letter goes on: the deciding head will hear of it. A signed award waits, and may be held meanwhile."""
    letter, award = at(world, cast, "commune.number"), at(world, cast, "commune.number", form="GK-XA")
    for kind, guard in (("complaint", "open_complaint"), ("discipline", "discipline_not_served")):
        sent = {"number": kind, "numbered_on": world.clock.today()}
        with marked(world, award, kind):
            assert world.refused("clerk.xa", award, "number", **sent) == guard
            assert world.refused("head.xa", award, "withdraw", reasons="Thôi.") == "already_signed"
    world.do("appraiser.xa", award, "propose_hold", ground="complaint", reasons="Có đơn.")
    world.do("head.xa", award, "hold")
    assert world.refused("head.xa", award, "withdraw", reasons="Thôi.") == "already_signed"
    world.do("head.xa", award, "resume", reasons="Đơn không có căn cứ.")
    world.number(award, "xa")
    with marked(world, letter, "complaint"):
        world.number(letter, "xa")
    assert (world.state(award), world.state(letter)) == ("awarded", "district.intake")


def test_of_two_awards_signed_for_one_achievement_the_second_is_never_numbered(world: World, cast: Cast) -> None:
    """L1 once more: it can only be withdrawn, as nothing can come of its number."""
    first = at(world, cast, "commune.number", form="GK-XA")
    second = _again(world, first, "GK-HUYEN")
    world.do("nominator.xa", second, "submit")
    forward(world, cast, second, "district.number")
    assert world.refused("head.xa", second, "withdraw", reasons="Thôi.") == "already_signed"
    world.do("clerk.xa", first, "number", number="L1-2", numbered_on=world.clock.today())
    sent = {"number": "L1-2", "numbered_on": world.clock.today()}
    assert world.refused("clerk.huyen", second, "number", **sent) == "achievement_already_awarded"
    world.do("head.xa", second, "withdraw", reasons="Đã khen ở cấp xã.")
    sound(world.session, second)


def test_one_achievement_one_award(world: World, cast: Cast) -> None:
    """L1: the same words of achievement of the same nominee, in another form and round."""
    first = at(world, cast, "commune.number", form="GK-XA")
    second_code = _again(world, first, "BK-TINH")
    world.do("nominator.xa", second_code, "submit")
    forward(world, cast, second_code, "commune.signature")
    world.do("clerk.xa", first, "number", number="L1", numbered_on=world.clock.today())
    assert world.refused("head.xa", second_code, "send_up") == "achievement_already_awarded"
    third = _again(world, first, "GK-HUYEN")
    assert world.refused("nominator.xa", third, "submit") == "achievement_already_awarded"


def _again(world: World, known: str, form: str) -> str:
    """Another file of the same nominee for the same achievement."""
    row = world.session.execute(
        select(models.Nominee.ref, models.Nomination.working)
        .join(models.Nomination, models.Nomination.nominee_id == models.Nominee.id)
        .where(models.Nomination.code == known)
    ).one()
    world.session.rollback()
    content = {name: row.working[name] for name in ("criteria", "report", "proposal")}
    return world.draft(form=form, nominee_ref=row.ref, content=content)


def test_two_state_awards_in_a_year(world: World, cast: Cast) -> None:
    """L7: a year must pass; on the very day it has passed it may go."""
    code = at(world, cast, "commune.signature", form="BK-TTG")
    nominee = world.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == code))
    today = world.clock.today()
    with write_transaction(world.session):
        world.session.add(
            models.PastAward(
                nominee_id=nominee, form="BK-TTG", level_state=True, decided_on=today.replace(year=today.year - 1)
                + timedelta(days=1), decision_number="1", achievement="Khác", source="[practice]",
            )
        )  # fmt: skip
    assert world.refused("head.xa", code, "send_up") == "state_award_within_year"
    world.clock.move(days=1)
    world.do("head.xa", code, "send_up")


def test_a_body_that_has_ended_is_awarded_nothing(world: World, cast: Cast) -> None:
    """Not signed, and not numbered either where it ended in between."""
    board = world.units["SGT"]
    code = world.draft(by="nominator.sgt", kind="collective", group="1.1", nominee_unit_id=board)
    forward(world, cast, code, "unit.signature")
    with _ended(world, board):
        assert world.refused("head.sgt", code, "send_up") == "nominee_dissolved"
    world.do("head.sgt", code, "send_up")
    with _ended(world, board):
        assert world.refused("clerk.sgt", code, "number", number="1", numbered_on=world.clock.today()) == (
            "nominee_dissolved"
        )


@contextmanager
def _ended(world: World, unit: int) -> Iterator[None]:
    with write_transaction(world.session):
        yesterday = world.clock.today() - timedelta(days=1)
        world.session.execute(update(models.Unit).where(models.Unit.id == unit).values(valid_to=yesterday))
    yield
    with write_transaction(world.session):
        world.session.execute(update(models.Unit).where(models.Unit.id == unit).values(valid_to=None))
