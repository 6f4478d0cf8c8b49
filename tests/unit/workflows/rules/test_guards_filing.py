"""Guards on filing, on the nominee and on what must have come before: each at its edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.workflows.rules.edges import (
    ACCEPT,
    APPRAISER,
    AWARD,
    CHECK,
    CLOSE,
    NUMBER,
    PM,
    RECOMMEND,
    RECORD_AWARD,
    RECORD_LETTER,
    RECORD_NO_AWARD,
    SEND_UP,
    STRANGE,
    SUBMIT,
    UNPOSTED,
    WITHDRAW,
    Deed,
    Edge,
    one,
)
from tests.unit.workflows.rules.world import FAILED, TODAY, UNITS, flow, nominator
from workflows import Award, Criterion, Holder, OpenReturn, Refused, Request, Tally, sentence

WHOLE = Tally(members=9, agree=6, disagree=0, abstain=0, closed=False)
PAST = Award("BK-TINH", date(2021, 3, 4), "Giúp 12 hộ thoát nghèo", state_level=False)
STATE_AWARD = Award("BK-TTG", date(2023, 3, 5), "Giúp 30 hộ", state_level=True)
HARD = Criterion("1.3.5", "hard", met=False, explained=True)
SOFT = Criterion("1.3.1", "soft", met=False, explained=False)
YESTERDAY = date(2024, 3, 3)
REVIEW_1 = SUBMIT.under(flow("BK-TTG", "R1"))
OWN_FORM, OWN = SUBMIT.under(flow("GK-SO")), {"entry_stage": "unit"}
PM_SEND_UP, COMMUNE_FORM = SEND_UP.under(PM), SUBMIT.under(flow("GK-XA"))
DISTRICT_NEXT = {"gone": frozenset({"district"})}
BOARD_LATER = {"gone": frozenset({"board"})}
MAYOR = {"nominee_is_commune": True}
COMMUNE_RECOMMENDS = Deed("commune.appraisal", "recommend", one("commune", "appraiser"))
COMMUNE_NUMBERS = Deed("commune.number", "number", one("commune", "clerk"))
BACK = OpenReturn("board.intake", Holder(UNITS["district"], "appraiser"), "chain", ("report",))
RESUBMIT = Deed("board.intake.returned", "resubmit", one("district", "appraiser"))
RETURNED = {"returns": (BACK,), "holder": BACK.holder}

OUT = (Request(1, "opinion", "board", None, YESTERDAY, goes_on=False),)
EDGES = [
    Edge("not_your_unit", STRANGE, good={"path": {"board": 99}, "holder": Holder(99, "appraiser")}),
    Edge("not_your_post", UNPOSTED, good={"holder": Holder(UNITS["board"], "clerk", substitute=True)}),
    Edge("stale_version", RECOMMEND, bad_act={"seen": 6}, good_act={"seen": 7}),
    Edge("stale_version", RECOMMEND, bad_act={"seen": 8}),
    # where and when a file may be submitted
    Edge("form_not_for_nominee", SUBMIT, {"entry_stage": "board"}, {"entry_stage": "commune"}),
    Edge("form_not_for_nominee", SUBMIT, {"entry_stage": "central"}, {"entry_stage": "unit"}),
    Edge("form_not_for_nominee", SUBMIT, MAYOR, MAYOR | {"entry_stage": "district"}),
    Edge("form_not_for_nominee", COMMUNE_FORM, MAYOR),
    Edge("unit_decides_itself", SUBMIT, {"nominee_unit": UNITS["chairman"]}, {"nominee_unit": UNITS["board"]}),
    Edge("unit_decides_itself", OWN_FORM, OWN | {"nominee_unit": UNITS["unit"]}, OWN | {"nominee_unit": 11}),
    Edge("round_closed", SUBMIT, {"round_open": False}),
    Edge("form_not_in_round", SUBMIT, {"form_in_round": False}),
    Edge("round_not_a_review", REVIEW_1, {"round_kind": "annual"}, {"round_kind": "midterm"}),
    Edge("round_not_a_review", REVIEW_1, {"round_kind": "annual"}, {"round_kind": "final"}),
    Edge("section_empty", SUBMIT, {"empty_sections": ("report", "proposal")}),
    Edge("section_empty", RESUBMIT, RETURNED | {"empty_sections": ("report",)}, RETURNED),
    Edge("duplicate_in_round", SUBMIT, {"duplicate_of": "BD-2024-000002"}),
    *(Edge("paper_missing", deed, {"missing_papers": ("report",)}) for deed in (SUBMIT, ACCEPT, CHECK)),
    Edge("paper_missing", RESUBMIT, RETURNED | {"missing_papers": ("report",)}, RETURNED),
    # criteria: hard ones are met or the file stops; soft ones are met or explained
    *(
        Edge("criterion_not_met", deed, {"criteria": (HARD,)}, {"criteria": (replace(HARD, met=True),)})
        for deed in (SUBMIT, ACCEPT, CHECK, AWARD, RECORD_AWARD)
    ),
    Edge("criterion_not_met", RESUBMIT, RETURNED | {"criteria": (SOFT, HARD)}, RETURNED),
    *(
        Edge("criterion_unexplained", deed, {"criteria": (SOFT,)}, {"criteria": (replace(SOFT, explained=True),)})
        for deed in (SUBMIT, ACCEPT, CHECK, AWARD)
    ),
    # the nominee
    *(
        Edge("nominee_dissolved", deed, {"nominee_ended_on": YESTERDAY}, {"nominee_ended_on": TODAY})
        for deed in (SUBMIT, SEND_UP, AWARD, RECORD_AWARD, RECORD_LETTER, NUMBER)
    ),
    *(
        Edge(
            "achievement_already_awarded",
            deed,
            {"past_awards": (PAST,), "achievement": PAST.achievement},
            {"past_awards": (PAST,), "achievement": "Giúp 15 hộ thoát nghèo"},
        )
        for deed in (SUBMIT, SEND_UP, AWARD, RECORD_AWARD, NUMBER)
    ),
    *(
        Edge(
            "state_award_within_year",
            deed,
            {"past_awards": (STATE_AWARD,)},
            {"past_awards": (replace(STATE_AWARD, decided_on=date(2023, 3, 4)),)},
        )
        for deed in (SUBMIT.under(PM), PM_SEND_UP, RECORD_LETTER.under(PM))
    ),
    Edge(
        "state_award_within_year",
        PM_SEND_UP,
        {"past_awards": (STATE_AWARD,)},
        {"past_awards": (replace(STATE_AWARD, state_level=False),)},
    ),
    *(
        Edge(guard, deed, {fact: True})
        for guard, fact in (("open_complaint", "open_complaint"), ("discipline_not_served", "discipline_open"))
        for deed in (SEND_UP, AWARD, RECORD_AWARD, RECORD_LETTER, NUMBER)
    ),
    # signed and not yet numbered: too late to withdraw, unless it can never be numbered
    Edge("already_signed", WITHDRAW, {}, {"nominee_ended_on": YESTERDAY}),
    Edge("already_signed", WITHDRAW, {}, {"past_awards": (PAST,), "achievement": PAST.achievement}),
    Edge("already_signed", WITHDRAW, {}, {"gone": frozenset({"chairman"})}),
    Edge(
        "already_signed", WITHDRAW, {"open_complaint": True, "discipline_open": True}, {"nominee_ended_on": YESTERDAY}
    ),
    Edge("already_signed", replace(WITHDRAW, state="chairman.number.held"), {}, {"nominee_ended_on": YESTERDAY}),
    # another form for want of anybody who decides this one
    *(
        Edge("still_competent", replace(WITHDRAW, action=action, state=state), {}, {"gone": frozenset({"chairman"})})
        for action in ("propose_anew", "end_without_competence")
        for state in ("chairman.number", "board.council.held", "board.appraisal.returned")
    ),
    # opinions, attested values, levels that have ended
    *(Edge("opinion_open", deed, {"requests": OUT}) for deed in (RECOMMEND, CHECK, SEND_UP, AWARD, RECORD_AWARD)),
    Edge("opinion_open", CLOSE, {"requests": OUT, "tally": WHOLE}, {"tally": WHOLE}),
    *(Edge("remark_open", deed, {"open_remarks": 2}) for deed in (RECOMMEND, CHECK)),
    Edge("remark_open", CLOSE, {"open_remarks": 1, "tally": WHOLE}, {"tally": WHOLE}),
    *(
        Edge("reconfirmation_missing", deed, {"reconfirm": ("commune",)})
        for deed in (ACCEPT, CHECK, RECOMMEND, SEND_UP, AWARD, RECORD_AWARD, RECORD_LETTER)
    ),
    Edge("reconfirmation_missing", CLOSE, {"reconfirm": ("commune",), "tally": WHOLE}, {"tally": WHOLE}),
    Edge(
        "reconfirmation_missing", RECOMMEND, {"reconfirm": ("commune",)}, {"reconfirm": ("district",)} | DISTRICT_NEXT
    ),
    Edge("stage_gone", SUBMIT, {"gone": frozenset({"commune"})}),
    Edge("stage_gone", SUBMIT, DISTRICT_NEXT, BOARD_LATER),
    Edge("stage_gone", COMMUNE_RECOMMENDS, DISTRICT_NEXT, BOARD_LATER),
    Edge("stage_gone", COMMUNE_NUMBERS, DISTRICT_NEXT, BOARD_LATER),
    Edge("stage_gone", COMMUNE_NUMBERS, {"gone": frozenset({"commune"})}, BOARD_LATER),
]


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_edge(edge: Edge) -> None:
    edge.check()


def test_an_action_has_its_place() -> None:
    refusal = replace(RECOMMEND, state="board.council").put({}, {})
    assert refusal == Refused("not_in_this_state", {"action": "recommend", "state": "board.council"})
    assert sentence(PM, refusal, "en").startswith("The file is at “Provincial council – ")
    assert RECOMMEND.put({}, {}) is None


def test_a_refusal_names_what_it_is_about() -> None:
    assert SUBMIT.put({"criteria": (HARD, SOFT)}, {}) == Refused("criterion_not_met", {"criteria": "1.3.5"})
    assert SUBMIT.put({"empty_sections": ("report", "papers")}, {}) == Refused(
        "section_empty", {"sections": "report, papers"}
    )
    assert COMMUNE_RECOMMENDS.put(DISTRICT_NEXT, {}) == Refused("stage_gone", {"stage": "district"})
    awarded = {"form": "BK-TTG", "decided_on": "05/03/2023"}
    assert PM_SEND_UP.put({"past_awards": (STATE_AWARD,)}, {}) == Refused("state_award_within_year", awarded)
    assert RECOMMEND.put({}, {"seen": 6}) == Refused("stale_version", {"seen": "6", "now": "7"})


def test_an_award_of_no_state_level_form_needs_no_year_between() -> None:
    assert AWARD.put({"past_awards": (STATE_AWARD,)}, {}) is None


def test_a_file_that_came_by_a_level_that_ended_can_be_resubmitted_on_the_new_route() -> None:
    two = flow("BK-TINH", "R2", 2)
    facts = RETURNED | {"entry_stage": "district", "path": {"board": 40, "chairman": 50}}
    assert RESUBMIT.under(two).put(facts, {}) is None


def test_a_signature_that_says_no_is_recorded_whatever_stands_against_the_award() -> None:
    """Nothing that would stop an award stops "không khen thưởng" on paper."""
    against = {
        "criteria": (HARD,),
        "nominee_ended_on": YESTERDAY,
        "past_awards": (PAST,),
        "achievement": PAST.achievement,
        "open_complaint": True,
        "discipline_open": True,
        "requests": OUT,
        "open_remarks": 1,
        "reconfirm": ("commune",),
        "tally": FAILED,
    }
    assert RECORD_NO_AWARD.put(against, {"reason_code": "r"}) is None


def test_what_only_a_submission_asks_does_not_stop_a_resubmission() -> None:
    later = {"duplicate_of": "BD-2024-000002", "round_open": False, "form_in_round": False, "nominee_is_commune": True}
    assert RESUBMIT.put(RETURNED | later, {}) is None


def test_a_unit_that_would_decide_on_itself_is_told_when_it_submits_and_stopped_only_at_the_decision() -> None:
    own = OWN | {"proposing_unit": UNITS["unit"], "nominee_unit": UNITS["unit"]}
    so = flow("GK-SO")
    assert Deed("unit.check", "check", one("unit", "appraiser"), flow=so).put(own, {}) is None
    assert Deed("unit.check", "return", one("unit", "head"), {"sections": ("report",)}, so).put(own, {}) is None
    assert Deed("unit.signature", "award", one("unit", "head"), flow=so).put(own, {}) == Refused("unit_decides_itself")


def test_a_letter_goes_on_and_may_still_be_withdrawn_before_it_is_numbered() -> None:
    """What comes up against the nominee is the deciding head's matter; a letter alone gives nobody an award."""
    against = {"open_complaint": True, "discipline_open": True, "past_awards": (PAST,), "achievement": PAST.achievement}
    assert COMMUNE_NUMBERS.put(against | BOARD_LATER, {}) is None
    for state in ("board.number", "board.number.held"):
        assert replace(WITHDRAW, state=state).put(against, {}) is None
    assert replace(WITHDRAW.under(PM), state="chairman.number").put(against, {}) is None


def test_what_is_missing_does_not_stop_a_save_or_a_return() -> None:
    lacking = {"missing_papers": ("report",), "empty_sections": ("report",), "criteria": (HARD,), "round_open": False}
    lacking |= {"duplicate_of": "BD-2024-000002"}
    assert Deed("draft", "save", nominator()).put(lacking, {}) is None
    assert Deed("board.intake", "return", APPRAISER).put(lacking, {"sections": ("report",)}) is None
