"""Separation of persons: the pairs of sides nobody may be on twice in one file, act by act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.workflows.rules.edges import PROVINCE
from tests.unit.workflows.rules.world import (
    PROPOSER,
    TODAY,
    UNITS,
    accepted,
    after,
    answer,
    at,
    case,
    flow,
    nominator,
    person,
    seated,
)
from workflows import Holder, OpenReturn, Participation, Tally, open_actions, sentence

COMMUNE, BOARD, CHAIRMAN = UNITS["commune"], UNITS["board"], UNITS["chairman"]
OPEN = {"tally": Tally(9, 0, 0, 0, closed=False)}
WHOLE = {"tally": Tally(9, 6, 0, 0, closed=False)}
SECTION = {"sections": ("report",)}
GK = flow("GK-XA")


class TestPairs:
    """Process 4: the table of incompatible pairs, act by act."""

    def test_drafter_and_appraiser(self) -> None:
        both = person((COMMUNE, "nominator"), (COMMUNE, "appraiser"))
        file = case(PROVINCE, "draft", proposing_unit=COMMUNE)
        submitted = after(case(PROVINCE, "commune.intake"), accepted(PROVINCE, file, both, "submit"))
        assert answer(PROVINCE, submitted, both, "accept") == "incompatible_drafter_appraiser"
        assert answer(PROVINCE, submitted, at("commune", "appraiser"), "accept") == "yes"

    def test_a_single_officer_is_warned_for_the_commune_form_only(self) -> None:
        both = person((COMMUNE, "nominator"), (COMMUNE, "appraiser"))
        file = case(GK, "draft", proposing_unit=COMMUNE)
        submitted = after(case(GK, "commune.intake"), accepted(GK, file, both, "submit"))
        warned = accepted(GK, submitted, both, "accept")
        assert [w.guard for w in warned.warnings] == ["warned_drafter_appraiser"]
        assert "vẫn làm được" in sentence(GK, warned.warnings[0], "vi")
        assert accepted(GK, submitted, at("commune", "appraiser"), "accept").warnings == ()
        elsewhere = (Participation(both.person, "preparer_decider", "prepares"),)
        assert accepted(GK, replace(submitted, participations=elsewhere), both, "accept").warnings == ()
        again = after(submitted, warned)
        assert [w.guard for w in accepted(GK, again, both, "accept").warnings] == ["warned_drafter_appraiser"]
        panel = {line.action: line for line in open_actions(GK, submitted, both, TODAY)}
        assert panel["accept"].allowed
        assert panel["accept"].warnings

    @pytest.mark.parametrize(
        ("state", "action", "stage", "duty"),
        [
            ("draft", "submit", "", "nominator"),
            ("chairman.check", "check", "chairman", "office"),
            ("board.appraisal", "recommend", "board", "appraiser"),
            ("board.signature", "send_up", "board", "head"),
        ],
    )
    def test_who_drafts_appraises_or_signs_the_proposal_does_not_decide(
        self, state: str, action: str, stage: str, duty: str
    ) -> None:
        unit = UNITS[stage] if stage else PROPOSER
        both = person((unit, duty), (CHAIRMAN, "deputy"))
        done = accepted(PROVINCE, case(PROVINCE, state), both, action)
        file = after(case(PROVINCE, "chairman.signature"), done)
        assert answer(PROVINCE, file, both, "award") == "incompatible_preparer_decider"
        assert answer(PROVINCE, file, at("chairman", "deputy"), "award") == "yes"

    def test_who_decided_does_not_go_back_to_prepare(self) -> None:
        both = person((CHAIRMAN, "deputy"), (CHAIRMAN, "office"))
        sent_back = after(
            case(PROVINCE, "chairman.check"),
            accepted(PROVINCE, case(PROVINCE, "chairman.signature"), both, "send_back"),
        )
        assert answer(PROVINCE, sent_back, both, "check") == "incompatible_preparer_decider"

    def test_ballot_and_signature_only_for_the_head_or_deputy(self) -> None:
        director = person((BOARD, "head"), seats=((CHAIRMAN, "standing"),))
        cast = accepted(PROVINCE, case(PROVINCE, "board.council", **OPEN), director, "ballot")
        assert (cast.duty, cast.pair, cast.side) == ("chair", "ballot_signature:province", "chairs")
        assert answer(PROVINCE, after(case(PROVINCE, "board.signature"), cast), director, "send_up") == "yes"
        chair = person((CHAIRMAN, "head"), seats=((CHAIRMAN, "chair"),))
        heard = accepted(PROVINCE, case(PROVINCE, "board.council", **OPEN), chair, "ballot")
        assert answer(PROVINCE, after(case(PROVINCE, "chairman.signature"), heard), chair, "award") == "yes"

    def test_a_member_who_voted_does_not_sign_when_later_promoted(self) -> None:
        member = seated("chairman")
        cast = accepted(PROVINCE, case(PROVINCE, "board.council", **OPEN), member, "ballot")
        assert (cast.duty, cast.side) == ("vote", "votes")
        promoted = replace(member, posts=person((BOARD, "head"), (CHAIRMAN, "head")).posts)
        for state, action in (("board.signature", "send_up"), ("chairman.signature", "award")):
            file = after(case(PROVINCE, state), cast)
            assert answer(PROVINCE, file, promoted, action) == "incompatible_ballot_signature"

    def test_who_signed_below_votes_above(self) -> None:
        head = person((COMMUNE, "head"), seats=((CHAIRMAN, "member"),))
        signed = accepted(PROVINCE, case(PROVINCE, "commune.signature"), head, "send_up")
        file = after(case(PROVINCE, "board.council", **OPEN), signed)
        assert answer(PROVINCE, file, head, "ballot") == "yes"

    def test_intake_appraisal_and_secretary_in_one_person(self) -> None:
        one = at("board", "appraiser", ("board", "secretary"))
        file = case(PROVINCE, "board.intake")
        for state, action, facts in (
            ("board.appraisal", "recommend", {}),
            ("board.council", "close_ballot", WHOLE),
        ):
            done = accepted(PROVINCE, file, one, "accept" if file.state == "board.intake" else "recommend")
            file = replace(case(PROVINCE, state, **facts), participations=file.participations + done.joins)
            assert answer(PROVINCE, file, one, action) == "yes"

    def test_a_nominee_who_turns_up_among_the_reviewers_stops_the_file(self) -> None:
        appraiser = at("board", "appraiser")
        reviewed = accepted(PROVINCE, case(PROVINCE, "board.appraisal"), appraiser, "recommend")
        file = after(case(PROVINCE, "draft", nominee_persons=frozenset({appraiser.person})), reviewed)
        assert answer(PROVINCE, file, nominator(), "submit") == "nominee_has_reviewed"
        assert answer(PROVINCE, replace(file, nominee_persons=frozenset({3})), nominator(), "submit") == "yes"

    def test_nor_does_a_return_make_a_reviewer_the_nominee(self) -> None:
        appraiser = at("board", "appraiser")
        reviewed = accepted(PROVINCE, case(PROVINCE, "board.appraisal"), appraiser, "recommend")
        back = OpenReturn("commune.intake", Holder(PROPOSER, "nominator"), "chain", ("nominee",))
        named = case(
            PROVINCE, "commune.intake.returned", returns=(back,), nominee_persons=frozenset({appraiser.person})
        )
        assert answer(PROVINCE, after(named, reviewed), nominator(), "resubmit") == "nominee_has_reviewed"
        clean = accepted(PROVINCE, named, nominator(), "resubmit")
        assert Participation(appraiser.person, "nominee_review", "nominee") in clean.joins

    def test_a_nominee_on_record_stays_out_even_when_no_longer_named(self) -> None:
        appraiser = at("board", "appraiser")
        named = (Participation(appraiser.person, "nominee_review", "nominee"),)
        file = case(PROVINCE, "board.appraisal", participations=named)
        assert answer(PROVINCE, file, appraiser, "recommend") == "incompatible_nominee_review"


class TestTheHeadOfAStage:
    """A head who returns a file from a colleague's step has not prepared it."""

    def test_returns_from_a_colleagues_step_and_still_decides(self) -> None:
        head = at("commune", "head")
        returned = accepted(GK, case(GK, "commune.appraisal"), head, "return", **SECTION)
        assert (returned.duty, returned.side) == ("decide", "decides")
        assert answer(GK, after(case(GK, "commune.signature"), returned), head, "award") == "yes"

    def test_a_letter_stage_likewise(self) -> None:
        returned = accepted(PROVINCE, case(PROVINCE, "board.intake"), at("board", "deputy"), "return", **SECTION)
        assert returned.duty == "sign"

    def test_a_deputy_who_stands_in_for_the_appraiser_has_prepared_it(self) -> None:
        deputy = at("commune", "deputy")
        file = case(GK, "commune.appraisal")
        assert file.holder is not None
        standing_in = replace(file, holder=replace(file.holder, duty="deputy", substitute=True))
        returned = accepted(GK, standing_in, deputy, "return", **SECTION)
        assert returned.duty == "prepare"
        signing = after(case(GK, "commune.signature"), returned)
        assert answer(GK, signing, deputy, "award") == "incompatible_preparer_decider"


def test_the_office_that_checked_the_file_records_the_chairmans_paper() -> None:
    """The panel must offer what the rules accept: the recorder is not the decider."""
    office, chair = at("chairman", "office"), at("chairman", "head")
    checked = accepted(PROVINCE, case(PROVINCE, "chairman.check"), office, "check")
    file = after(case(PROVINCE, "chairman.signature"), checked)
    recorded = accepted(PROVINCE, file, office, "record_signature", outcome="award", signer=chair)
    assert {join.person for join in recorded.joins} == {chair.person}
    assert (recorded.duty, recorded.side) == ("decide", "decides")
    assert recorded.post is not None
    assert recorded.post.duty == "office"
    panel = {line.action: line for line in open_actions(PROVINCE, file, office, TODAY)}
    assert panel["record_signature"].allowed


def test_submitting_puts_the_nominees_on_record() -> None:
    drafter = nominator()
    file = case(PROVINCE, "draft", nominee_persons=frozenset({31, 32}))
    submitted = accepted(PROVINCE, file, drafter, "submit")
    nominees = {join.person for join in submitted.joins if join.side == "nominee"}
    assert nominees == {31, 32}
    assert {(join.pair, join.side) for join in submitted.joins if join.person == drafter.person} == {
        ("drafter_appraiser", "drafts"),
        ("preparer_decider", "prepares"),
    }
    repeated = accepted(PROVINCE, after(file, submitted), drafter, "submit")
    assert repeated.joins == ()
