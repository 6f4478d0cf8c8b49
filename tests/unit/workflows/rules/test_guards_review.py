"""Guards on ballots, signatures, returns and holds: each at its edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.workflows.rules.edges import (
    APPROVE_RETURN,
    AWARD,
    BALLOT,
    CHAIR,
    CLOSE,
    CONFIRM_COUNTS,
    DIRECTOR,
    HOLD,
    MEMBER,
    NOMINATOR,
    NOT_AWARD,
    NOT_SEND_UP,
    OFFICE,
    PM,
    PROPOSE_HOLD,
    RECORD_AWARD,
    RECORD_COUNTS,
    RECORD_LETTER,
    RESULT,
    RETURN,
    SECRETARY,
    SEND_UP,
    Deed,
    Edge,
    one,
)
from tests.unit.workflows.rules.world import FAILED, PROPOSER, STANDS, TODAY, UNITS, at, person
from workflows import Hold, Holder, OpenReturn, Participation, Refused, Tally

WHOLE = Tally(members=9, agree=6, disagree=0, abstain=0, closed=False)
OPENED = replace(WHOLE, agree=0)
COUNTED = replace(WHOLE, counted_by=1)
CONFIRMED = replace(COUNTED, counts_confirmed=True)
REASON = {"reason_code": "other"}
ME = frozenset({MEMBER.person})
REOPEN = Deed("board.signature", "reopen_ballot", SECRETARY)
SECTION = {"sections": ("report",)}
BELOW = {"tally": FAILED}
VOIDED = {"tally": replace(STANDS, stands=False)}
OPEN = {"tally": replace(STANDS, closed=False)}
UNVOTED = {"tally": None}
CLERK_OF_THE_CENTRE = one("central", "clerk")
DECLINE_HOLD = replace(HOLD, action="decline_hold")
PM_SEND_UP, PM_LETTER = SEND_UP.under(PM), RECORD_LETTER.under(PM)
PM_CHAIR = Deed("chairman.signature", "send_up", CHAIR, flow=PM)
COMMUNE_LETTER = Deed("commune.signature", "send_up", one("commune", "head"), flow=PM)
RECALL = Deed("commune.intake", "recall", NOMINATOR)
SECTION_RETURN = replace(RETURN, parts=SECTION)
SAVE = Deed("board.appraisal.returned", "save", one("district", "appraiser"))
BOTH = person((PROPOSER, "nominator"), (UNITS["commune"], "appraiser"))
PASS_DOWN = Deed("commune.intake.returned", "pass_down", BOTH)
BACK = OpenReturn("board.appraisal", Holder(UNITS["district"], "appraiser"), "chain", ("report",))
LOW = OpenReturn("commune.intake", Holder(PROPOSER, "nominator"), "chain", ("report",))
HIGHER = replace(LOW, holder=Holder(UNITS["commune"], "appraiser"))
NO_SIGNER = replace(RECORD_AWARD, parts={"outcome": "award"})
NO_OUTCOME = replace(RECORD_AWARD, parts={"signer": CHAIR})


def polled(days: int, tally: Tally = OPENED) -> Tally:
    """The member is asked in writing, up to so many days from today."""
    return replace(tally, polled=ME, poll_until=TODAY + timedelta(days=days))


def voted(*persons: int) -> dict[str, Tally]:
    return {"tally": replace(WHOLE, voters=frozenset(persons))}


def proposed(by: int) -> dict[str, Hold]:
    return {"hold": Hold(by, approved=False)}


EDGES = [
    # closing the ballot
    Edge("counts_unconfirmed", CLOSE, {"tally": COUNTED}, {"tally": CONFIRMED}),
    Edge("council_empty", CLOSE, UNVOTED, {"tally": WHOLE}),
    Edge("council_empty", CLOSE, {"tally": Tally(0, 0, 0, 0, closed=False)}, {"tally": WHOLE}),
    Edge("ballots_missing", CLOSE, {"tally": replace(WHOLE, agree=5)}, {"tally": WHOLE}),
    Edge("ballots_missing", CLOSE, {"tally": replace(WHOLE, agree=5)}, {"tally": replace(WHOLE, agree=0, abstain=6)}),
    # who is absent votes in writing, once asked and up to the day; nothing is closed before
    Edge("absent_not_asked", BALLOT, {"tally": replace(OPENED, absent=ME)}, {"tally": replace(OPENED, polled=ME)}),
    Edge("poll_over", BALLOT, {"tally": polled(-1)}, {"tally": polled(0)}),
    Edge("poll_open", CLOSE, {"tally": polled(0, WHOLE), "seated": (MEMBER,)}, {"tally": polled(-1, WHOLE)}),
    Edge("poll_open", CLOSE, {"tally": polled(5, WHOLE), "seated": (MEMBER,)}, {"tally": polled(5, WHOLE)}),
    Edge(
        "poll_open",
        CLOSE,
        {"tally": polled(0, WHOLE), "seated": (MEMBER,)},
        {"tally": polled(0, WHOLE), "seated": (MEMBER,), "conflicted": ME},
    ),
    # a closed vote is opened again while it stands and the minutes are not signed
    *(Edge("no_vote_to_reopen", REOPEN, facts, {"tally": STANDS}) for facts in (UNVOTED, OPEN, VOIDED)),
    Edge("minutes_signed", REOPEN, {"tally": replace(STANDS, signed=True)}, {"tally": STANDS}),
    # one ballot each, or paper counted by two
    Edge("already_voted", BALLOT, voted(MEMBER.person, 4), voted(4)),
    Edge("counted_on_paper", BALLOT, {"tally": COUNTED}, {"tally": WHOLE}),
    Edge("ballots_already_cast", RECORD_COUNTS, {"tally": WHOLE}, {"tally": OPENED}),
    Edge("ballots_already_cast", RECORD_COUNTS, {"tally": CONFIRMED}, {"tally": COUNTED}),
    Edge("nothing_to_confirm", CONFIRM_COUNTS, {"tally": WHOLE}, {"tally": COUNTED}),
    *(Edge("council_empty", deed, UNVOTED, {"tally": OPENED}) for deed in (BALLOT, RECORD_COUNTS)),
    Edge("council_empty", CONFIRM_COUNTS, UNVOTED, {"tally": COUNTED}),
    Edge("nothing_to_confirm", CONFIRM_COUNTS, {"tally": CONFIRMED}, {"tally": COUNTED}),
    Edge(
        "counted_by_same_person",
        CONFIRM_COUNTS,
        {"tally": replace(COUNTED, counted_by=SECRETARY.person)},
        {"tally": COUNTED},
    ),
    # the vote is heard: it binds for the Prime Minister's form, elsewhere the head departs from it with a reason
    *(
        Edge("vote_binds", deed, facts, {}, REASON)
        for deed in (PM_SEND_UP, PM_LETTER, PM_CHAIR)
        for facts in (BELOW, VOIDED, UNVOTED, OPEN)
    ),
    *(Edge("departure_needs_reason", deed, BELOW, BELOW, {}, REASON) for deed in (SEND_UP, AWARD, RECORD_AWARD)),
    *(Edge("departure_needs_reason", AWARD, facts, facts, {}, REASON) for facts in (VOIDED, UNVOTED, OPEN)),
    Edge("departure_needs_reason", COMMUNE_LETTER, BELOW, BELOW, {}, REASON),
    *(Edge("reason_needed", deed, {}, {}, {}, REASON) for deed in (NOT_SEND_UP, NOT_AWARD, NOT_SEND_UP.under(PM))),
    *(Edge("reason_needed", deed, BELOW, BELOW, {}, REASON) for deed in (NOT_AWARD, NOT_SEND_UP.under(PM))),
    # what was signed outside, and by whom
    Edge("outcome_needed", NO_OUTCOME, good_act={"outcome": "award"}),
    *(
        Edge("outcome_needed", deed, bad_act={"outcome": wrong})
        for deed, wrong in (
            (RECORD_AWARD, "send_up"),
            (RECORD_AWARD, "awarded"),
            (RECORD_AWARD, "not_awarded"),
            (PM_LETTER, "anything"),
            (PM_LETTER, "award"),
            (PM_LETTER, "not_award"),
        )
    ),
    Edge("outcome_needed", RESULT, good_act={"outcome": "awarded"}),
    Edge("outcome_needed", RESULT, bad_act={"outcome": "award"}, good_act={"outcome": "not_awarded"}),
    Edge("signer_may_not_sign", NO_SIGNER, good_act={"signer": at("chairman", "deputy")}),
    Edge("signer_may_not_sign", NO_SIGNER, bad_act={"signer": DIRECTOR}, good_act={"signer": CHAIR}),
    Edge("signer_may_not_sign", NO_SIGNER, bad_act={"signer": OFFICE}, good_act={"signer": CHAIR}),
    # a return says what is wrong; a second one needs the head, one approval each time
    Edge("return_names_no_section", RETURN, good_act=SECTION),
    Edge(
        "second_return_needs_head", SECTION_RETURN, {"return_counts": {"board": 1}}, {"return_counts": {"district": 3}}
    ),
    Edge(
        "second_return_needs_head",
        SECTION_RETURN,
        {"return_counts": {"board": 1}, "second_return_approved": frozenset({"district"})},
        {"return_counts": {"board": 1}, "second_return_approved": frozenset({"board"})},
    ),
    Edge("first_return_is_free", APPROVE_RETURN, {"return_counts": {"district": 1}}, {"return_counts": {"board": 1}}),
    Edge(
        "return_already_approved",
        APPROVE_RETURN,
        {"return_counts": {"board": 2}, "second_return_approved": frozenset({"board"})},
        {"return_counts": {"board": 2}},
    ),
    Edge(
        "section_closed", SAVE, {"returns": (BACK,)}, {"returns": (BACK,)}, {"sections": ("report", "papers")}, SECTION
    ),
    Edge("already_examined", RECALL, {"return_counts": {"commune": 1}}, {"return_counts": {"commune": 0}}),
    Edge(
        "already_examined",
        RECALL,
        {"participations": (Participation(1, "drafter_appraiser", "appraises"),)},
        {"participations": (Participation(1, "drafter_appraiser", "drafts"),)},
    ),
    Edge("nobody_below", PASS_DOWN, {"returns": (LOW,)}, {"returns": (HIGHER,)}),
    # holds
    Edge("hold_already_proposed", PROPOSE_HOLD, proposed(1)),
    Edge("hold_not_proposed", HOLD, {}, proposed(1)),
    Edge("hold_not_proposed", DECLINE_HOLD, {}, proposed(1)),
    Edge("hold_not_proposed", DECLINE_HOLD, {}, proposed(DIRECTOR.person)),
    Edge("hold_same_person", HOLD, proposed(DIRECTOR.person), proposed(1)),
]


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_edge(edge: Edge) -> None:
    edge.check()


def test_the_centre_sends_back_as_often_as_it_will() -> None:
    """Nobody here approves what the centre does, and the sections that reopen are named all the same."""
    for actor in (one("central", "clerk"), one("central", "head")):
        again = Deed("central.pending", "return", actor, SECTION, PM)
        assert again.put({"return_counts": {"central": 3}}, {}) is None
        assert again.put({}, {"sections": ()}) == Refused("return_names_no_section")
    kin = Deed("central.pending", "return", CLERK_OF_THE_CENTRE, SECTION, PM)
    assert kin.put({"conflicted": frozenset({CLERK_OF_THE_CENTRE.person})}, {}) == Refused("declared_conflict")


def test_nobody_stands_by_figures_they_wrote_or_that_are_about_their_own() -> None:
    """A level's word for changed figures comes from who did not draft them, and from no nominee and no kin."""
    deed = Deed("board.appraisal", "reconfirm", one("commune", "appraiser"))
    asked = {"reconfirm": ("commune",)}
    wrote = Participation(deed.actor.person, "drafter_appraiser", "drafts")
    drafted = deed.put(asked | {"participations": (wrote,)}, {})
    assert drafted is not None
    assert drafted.guard == "incompatible_drafter_appraiser"
    assert deed.put(asked | {"conflicted": frozenset({deed.actor.person})}, {}) == Refused("declared_conflict")
    assert deed.put(asked | {"nominee_persons": frozenset({deed.actor.person})}, {}) == Refused("is_nominee")
    assert deed.put(asked | {"nominee_unit": UNITS["commune"]}, {}) is None
    assert deed.put(asked, {}) is None


def test_a_head_who_returns_a_file_again_needs_nobodys_approval() -> None:
    for head in (DIRECTOR, one("board", "deputy")):
        again = replace(SECTION_RETURN, actor=head)
        assert again.put({"return_counts": {"board": 2}}, {}) is None
