"""Opinions and appraisals a file must have before it goes on: the edge of each rule, and what silence means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from nominations.reference import flow_opinions
from tests.unit.workflows.rules.edges import (
    AWARD,
    CHECK,
    CLOSE,
    NOT_AWARD,
    NOT_SEND_UP,
    RECOMMEND,
    SEND_UP,
    Deed,
    Edge,
    one,
)
from tests.unit.workflows.rules.world import STRANGER, TODAY, at, case, person
from workflows import Posting, Request, Tally, Workflow, open_actions
from workflows.flows import BrokenFlowError, FlowKey, FlowValues, compose, flow_keys, read
from workflows.gates import OF_REQUESTS

WHOLE = Tally(members=9, agree=9, disagree=0, abstain=0, closed=False)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
ASKED = Request(1, "poverty_figures", "board", STRANGER, TOMORROW, goes_on=False, asked_on=YESTERDAY)
FIGURES = {"subject": "collective", "group": "1.4"}


def with_opinions(form: str, rule_set: str = "R2", tiers: int = 3) -> Workflow:
    """A flow with the opinions the reference data gives it."""
    key = FlowKey(form, rule_set, tiers)
    return read(compose(key, FlowValues(opinions=flow_opinions(*key))))


PROVINCE, PM = with_opinions("BK-TINH"), with_opinions("BK-TTG")
ANSWERED = {"requests": (replace(ASKED, state="answered", closed_on=TODAY),)}
FALLEN = {"requests": (replace(ASKED, state="fallen", closed_on=TODAY),)}
SILENT = Request(1, "formal_consultation", "board", STRANGER, YESTERDAY, goes_on=True)
LINE = {"circumstances": frozenset({"ministry_line"}), "subject": "collective", "group": "1.1"}
LEADER = {"circumstances": frozenset({"provincial_leader"}), "subject": "individual", "group": "1.6"}
PARTY = Request(1, "party", "chairman", STRANGER, TOMORROW, goes_on=False)
OURS = one("board", "appraiser")
THEIRS = person((STRANGER, "asked_body"))
POSTED = Posting(begun=True, until=YESTERDAY, ended=True)
RUN_OUT = Posting(begun=True, until=YESTERDAY)
BEGIN = Deed("board.appraisal", "begin_posting", OURS)
END = Deed("board.appraisal", "end_posting", OURS)
REPLY = Deed("board.appraisal", "reply_opinion", THEIRS)
WITHDRAW = Deed("board.appraisal", "withdraw_request", OURS)

EDGES = [
    # an appraisal that fell is given anew before the council closes and the head signs
    Edge("appraisal_fell", SEND_UP, {"anew": frozenset({"board"})}, {"anew": frozenset({"commune"})}),
    Edge("appraisal_fell", AWARD, {"anew": frozenset({"chairman"})}),
    Edge("appraisal_fell", CLOSE, {"anew": frozenset({"board"}), "tally": WHOLE}, {"tally": WHOLE}),
    # the poverty function confirms the figures of a nominee that has some
    Edge("opinion_not_asked", RECOMMEND.under(PROVINCE), FIGURES, {"group": "1.5"}),
    Edge("opinion_not_asked", RECOMMEND.under(PROVINCE), FIGURES, FIGURES | ANSWERED),
    Edge("opinion_not_asked", RECOMMEND.under(PROVINCE), FIGURES | FALLEN, FIGURES | ANSWERED),
    Edge("opinion_not_asked", SEND_UP.under(PROVINCE), FIGURES | FALLEN, FIGURES | ANSWERED),
    Edge("opinion_open", RECOMMEND.under(PROVINCE), FIGURES | {"requests": (ASKED,)}, FIGURES | ANSWERED),
    # a ministry's silence lets the file go on the day after its last day, not on it
    Edge("opinion_not_asked", RECOMMEND.under(PM), LINE, LINE | {"requests": (SILENT,)}),
    Edge(
        "opinion_open", RECOMMEND.under(PM), LINE | {"requests": (replace(SILENT, due_on=TODAY),)},
        LINE | {"requests": (SILENT,)},
    ),
    # the Party's never does
    Edge("opinion_not_asked", CHECK.under(PM), LEADER, {"subject": "individual", "group": "1.6"}),
    Edge(
        "opinion_open", CHECK.under(PM), LEADER | {"requests": (replace(PARTY, due_on=date(2020, 1, 6)),)},
        LEADER | {"requests": (replace(PARTY, state="answered"),)},
    ),
    # a posting before the council
    Edge("posting_not_begun", RECOMMEND, {"posting": Posting()}, {"posting": POSTED}),
    Edge("posting_not_ended", RECOMMEND, {"posting": Posting(begun=True, until=YESTERDAY)}, {"posting": POSTED}),
    Edge("no_posting_asked", BEGIN, {}, {"posting": Posting()}),
    Edge("posting_begun_already", BEGIN, {"posting": POSTED}, {"posting": Posting()}),
    Edge("posting_not_begun", END, {"posting": Posting()}, {"posting": RUN_OUT}),
    Edge("posting_runs", END, {"posting": Posting(begun=True, until=TODAY)}, {"posting": RUN_OUT}),
    Edge("posting_ended_already", END, {"posting": POSTED}, {"posting": RUN_OUT}),
    # requests
    Edge("no_open_request", WITHDRAW, {}, {"requests": (ASKED,)}, {"request": 1}, {"request": 1}),
    Edge("request_closed", WITHDRAW, {"requests": (ASKED,)}, {"requests": (ASKED,)}, {"request": 2}, {"request": 1}),
    Edge("no_open_request", REPLY, ANSWERED, {"requests": (ASKED,)}, {"request": 1}, {"request": 1}),
    Edge(
        "request_closed", REPLY, {"requests": (ASKED, replace(ASKED, number=2, unit=98))}, {"requests": (ASKED,)},
        {"request": 2}, {"request": 1},
    ),
]  # fmt: skip


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_edge(edge: Edge) -> None:
    edge.check()


@pytest.mark.parametrize("deed", [NOT_SEND_UP, NOT_AWARD], ids=["not_send_up", "not_award"])
def test_a_head_may_say_no_whatever_is_missing(deed: Deed) -> None:
    stage = deed.state.partition(".")[0]
    missing = FIGURES | FALLEN | {"anew": frozenset({stage})}
    assert deed.under(PROVINCE).put(missing, {"reason_code": "other"}) is None


def test_a_reply_does_not_wait_for_the_page_to_be_fresh() -> None:
    """Whoever answers reads their question alone; another body's answer before theirs is none of their business."""
    assert REPLY.put({"requests": (ASKED,)}, {"request": 1, "seen": 2}) is None
    refused = WITHDRAW.put({"requests": (ASKED,)}, {"request": 1, "seen": 2})
    assert refused is not None
    assert refused.guard == "stale_version"


def test_a_body_answers_also_about_a_file_that_is_away() -> None:
    for state in ("board.appraisal.returned", "board.appraisal.held", "chairman.check"):
        assert replace(REPLY, state=state).put({"requests": (ASKED,)}, {"request": 1}) is None


def test_a_person_in_conflict_answers_for_no_body() -> None:
    answer = REPLY.put({"requests": (ASKED,), "conflicted": frozenset({THEIRS.person})}, {"request": 1})
    assert answer is not None
    assert answer.guard == "declared_conflict"


def test_the_panel_offers_what_is_about_a_request_only_where_there_is_one() -> None:
    for requests, offered in (((), set()), ((ASKED,), OF_REQUESTS - {"reply_opinion"})):
        file = case(PROVINCE, "board.appraisal", requests=requests)
        lines = open_actions(PROVINCE, file, at("board", "appraiser"), TODAY)
        assert {line.action for line in lines if line.allowed} & OF_REQUESTS == offered


@pytest.mark.parametrize("key", flow_keys(), ids=str)
def test_every_flow_asks_on_terms_that_are_sound(key: FlowKey) -> None:
    flow = with_opinions(*key)
    assert {"opinion"} <= {terms.kind for terms in flow.consultations}
    party = [terms for terms in flow.consultations if terms.kind == "party"]
    assert bool(party) == (key.form == "BK-TTG")
    assert not any(terms.goes_on for terms in party)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"silence": "goes_on"}, "The Party's silence would let a file go on."),
        ({"stages": ["commune", "moon"]}, "is asked at a stage that is not on this route"),
        ({"working_days": 0}, "has no days"),
        ({"clock": "lengthens"}, "has no days, or says nothing of the clock"),
        ({"reviews": ["nothing.at_all"]}, "is about no section of a file"),
        ({"source": ""}, "has no source mark"),
    ],
)
def test_a_flow_with_unsound_opinions_is_refused(change: dict[str, object], said: str) -> None:
    key = FlowKey("BK-TTG", "R2", 3)
    opinions = [row | (change if row["kind"] == "party" else {}) for row in flow_opinions(*key)]
    with pytest.raises(BrokenFlowError) as broken:
        read(compose(key, FlowValues(opinions=tuple(opinions))))
    assert said in str(broken.value)


def test_a_kind_has_one_set_of_terms() -> None:
    key = FlowKey("BK-TTG", "R2", 3)
    first, *rest = flow_opinions(*key)
    with pytest.raises(BrokenFlowError, match="two sets of terms"):
        read(compose(key, FlowValues(opinions=(first | {"working_days": 99}, *rest))))
