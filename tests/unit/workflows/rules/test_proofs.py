"""Static proofs: each is broken once in the composed document, and says so in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.actions import ACTIONS, ActionRule
from workflows.arrows import Transition
from workflows.flows import BrokenFlowError, FlowKey, compose, first_flows, flow_keys, proofs, read
from workflows.flows.compose import canonical

Raw = dict[str, Any]
PROVINCE = FlowKey("BK-TINH", "R2", 3)
COMMUNE = FlowKey("GK-XA", "R2", 3)
PAPER = {
    "kind": "report", "label": {"vi": "Báo cáo", "en": "Report"}, "subjects": ["individual"], "groups": ["1.5"],
    "required": True, "needed_at": "draft", "only_for": "", "source": "[S-34]",
}  # fmt: skip
DEADLINE = {"step": "board.appraisal", "working_days": 10, "source": "[S-36]"}


def document_of(key: FlowKey = PROVINCE) -> Raw:
    raw: Raw = json.loads(compose(key))
    return raw


def said(raw: Any) -> tuple[str, ...]:
    """What the proofs say of a document; nothing when it is sound."""
    try:
        read(canonical(raw))
    except BrokenFlowError as error:
        return error.findings or ("refused without a sentence",)
    return ()


def findings(change: Callable[[Raw], object], key: FlowKey = PROVINCE) -> str:
    """What the proofs say of a flow after ``change``."""
    raw = document_of(key)
    change(raw)
    sentences = said(raw)
    assert all(sentence.endswith(".") for sentence in sentences)
    return " ".join(sentences)


def stage(raw: Raw, name: str) -> Raw:
    return next(found for found in raw["stages"] if found["name"] == name)


def step(raw: Raw, state: str) -> Raw:
    of, _, name = state.partition(".")
    return next(found for found in stage(raw, of)["steps"] if found["name"] == name)


def pair(raw: Raw, name: str) -> Raw:
    return next(found for found in raw["pairs"] if found["name"] == name)


def put(state: str, **values: Any) -> Callable[[Raw], None]:
    """Change a step (``board.council``) or a stage (``board``)."""
    return lambda raw: (step(raw, state) if "." in state else stage(raw, state)).update(values)


def drop_steps(name: str, *dropped: str) -> Callable[[Raw], None]:
    def change(raw: Raw) -> None:
        found = stage(raw, name)
        found["steps"] = [each for each in found["steps"] if each["name"] not in dropped]

    return change


def add_stage(raw: Raw, name: str, **values: Any) -> None:
    raw["stages"].append(json.loads(json.dumps(stage(raw, "district"))) | {"name": name} | values)


BROKEN: list[tuple[Callable[[Raw], object], str]] = [
    # names
    (lambda raw: raw["stages"].append(stage(raw, "board")), "It has two stages called board."),
    (lambda raw: raw["pairs"].append(raw["pairs"][0]), "It has two incompatible pairs called nominee_review."),
    (lambda raw: raw["papers"].extend([PAPER, PAPER]), "It asks twice for the paper report of one nominee."),
    (lambda raw: raw["deadlines"].extend([DEADLINE, DEADLINE]), "It has two deadlines for one step called board.app"),
    (put("board.council", name="appraisal"), "Stage board has two steps of one name."),
    (put("board.council", name="held"), "Stage board has a name that is kept for states."),
    (put("board.council", name="returned"), "Stage board has a name that is kept for states."),
    (put("unit", name="awarded"), "Stage awarded has a name that is kept for states."),
    (put("unit", name="a.b"), "Stage a.b has a name that is kept for states."),
    # stages and routes
    (put("board", steps=[]), "Stage board has no step."),
    (drop_steps("board", "number"), "Stage board ends with a signature that nothing numbers."),
    (
        drop_steps("board", "signature", "number"),
        "Stage board ends with a council that nobody follows with a signature.",
    ),
    (drop_steps("board", "appraisal"), "Stage board votes or signs without anybody having checked."),
    (drop_steps("chairman", "check"), "Stage chairman votes or signs without anybody having checked."),
    (put("board", council="centre"), "Stage board hears a council at centre, which is not on this route."),
    (put("chairman", deciding=False), "Exactly one stage must decide the form."),
    (put("board", deciding=True), "Exactly one stage must decide the form."),
    (lambda raw: raw.update(entries={}), "No file can enter it."),
    (lambda raw: raw["entries"].update(hamlet="hamlet"), "Files of hamlet enter at hamlet, which is not a stage."),
    (put("board", next="centre"), "Stage board leads to centre, which is not a stage."),
    (put("board", next="district"), "The route from district does not reach the stage that decides."),
    (put("commune", next=None), "The route from commune does not reach the stage that decides."),
    (lambda raw: raw.update(competent="centre"), "The competent stage centre is not on the route."),
    (lambda raw: add_stage(raw, "island", council="island"), "State island.intake cannot be reached."),
    (put("board.number", kind="wait"), "State board.number cannot end."),
    # people
    (put("board.intake", holders=["wizard"]), "Step board.intake waits for a role that does not exist: wizard."),
    (put("board.intake", holders=[]), "Step board.intake waits for a role that does not exist: none."),
    (put("board.intake", duty="bless"), "Step board.intake gives the duty bless, which does not exist."),
    (put("board.intake", substitutes=[]), "Step board.intake has no substitute for when every holder is in conflict."),
    (put("board.intake", substitutes=[{"duty": "appraiser"}]), "Step board.intake has no substitute"),
    (put("board.intake", substitutes=[{"duty": "wizard"}]), "has a substitute that does not exist: wizard"),
    (put("board.intake", substitutes=[{"duty": "head", "stage": "moon"}]), "substitute that does not exist: head moon"),
    (put("board", recorders=["wizard"]), "Stage board lets wizard record signatures, a role that does not exist."),
    # separation of persons
    *(
        (lambda raw, name=name: raw["pairs"].remove(pair(raw, name)), f"no incompatible pair keeps {kept} apart.")
        for name, kept in (
            ("nominee_review", "nominee and prepare"),
            ("nominee_review", "nominee and vote"),
            ("drafter_appraiser", "propose and prepare"),
            ("preparer_decider", "propose and decide"),
            ("preparer_decider", "prepare and decide"),
            ("preparer_decider", "sign and decide"),
            ("ballot_signature", "vote and decide"),
        )
    ),
    (lambda raw: pair(raw, "preparer_decider").update(mode="warn"), "keeps prepare and decide apart."),
    (
        lambda raw: pair(raw, "preparer_decider").update(scopes={"commune": "low", "chairman": "high"}),
        "On the path from commune no incompatible pair keeps propose and decide apart.",
    ),
    (
        lambda raw: pair(raw, "ballot_signature").update(scopes={"board": "board", "chairman": "chairman"}),
        "On the path from unit no incompatible pair keeps vote and decide apart.",
    ),
    (lambda raw: pair(raw, "preparer_decider")["sides"]["prepares"].remove("sign"), "keeps sign and decide apart."),
    (
        lambda raw: [
            each.update(duty="record") for s in raw["stages"] for each in s["steps"] if each["duty"] == "prepare"
        ],
        "On the path from commune nobody prepares the file for its decision.",
    ),
    # sources
    (lambda raw: raw.update(basis=[]), "It names no legal basis."),
    (lambda raw: raw["basis"][0].update(source="somewhere"), "flow.basis[0] has no source mark."),
    (lambda raw: raw["basis"][0].pop("source"), "flow.basis[0] has a legal value without a source mark."),
    (lambda raw: stage(raw, "board")["ballot"].update(source=""), "ballot has no source mark."),
    (lambda raw: stage(raw, "board").pop("source"), "has a legal value without a source mark."),
    (lambda raw: step(raw, "board.intake").pop("source"), "has a legal value without a source mark."),
    (lambda raw: pair(raw, "nominee_review").update(source="[S-1] and more"), "flow.pairs[0] has no source mark."),
    (lambda raw: pair(raw, "nominee_review").pop("source"), "It does not have the form of a flow: KeyError('source')."),
    (lambda raw: raw.pop("source"), "flow has a legal value without a source mark."),
    (lambda raw: raw["papers"].append(PAPER | {"source": ""}), "flow.papers[0] has no source mark."),
    (lambda raw: raw["deadlines"].append(DEADLINE | {"source": "S-1"}), "flow.deadlines[0] has no source mark."),
    # form
    (lambda raw: raw.pop("pairs"), "It does not have the form of a flow: KeyError('pairs')."),
    (lambda raw: raw.update(stages=3), "It does not have the form of a flow: TypeError"),
    (lambda raw: raw["valid"].update({"from": "soon"}), "It does not have the form of a flow: ValueError"),
]


@pytest.mark.parametrize(("change", "sentence"), BROKEN, ids=[sentence[:60] for _, sentence in BROKEN])
def test_a_broken_flow_is_refused_with_a_sentence(change: Callable[[Raw], object], sentence: str) -> None:
    assert sentence in findings(change)


def test_every_flow_of_the_catalogue_is_sound() -> None:
    assert len(first_flows()) == len(flow_keys()) == 22
    for key in flow_keys():
        assert findings(lambda raw: raw["papers"].append(PAPER), key) == ""


def test_a_drafter_who_appraises_is_only_warned_of_in_the_commune_form_but_never_unmentioned() -> None:
    modes = {key: {p.name: p.mode for p in flow.pairs} for key, flow in first_flows().items()}
    for key, mode in modes.items():
        assert mode["drafter_appraiser"] == ("warn" if key.form == "GK-XA" else "refuse")
        assert {mode[name] for name in mode if name != "drafter_appraiser"} == {"refuse"}
    unmentioned = findings(lambda raw: raw["pairs"].remove(pair(raw, "drafter_appraiser")), COMMUNE)
    assert unmentioned == "On the path from commune no incompatible pair keeps propose and prepare apart."


def test_no_action_names_a_role_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = ActionRule("bless", frozenset({"council"}), "stay", ("wizard",), "record", {})
    monkeypatch.setitem(ACTIONS, "bless", rule)
    assert "Action bless may be done by wizard, which is no known role." in findings(lambda raw: raw.update(format=1))


def test_nothing_leaves_an_end() -> None:
    assert list(proofs._ends_stay([Transition("reopen", "awarded", "draft")])) == [
        "Action reopen leaves the end awarded."
    ]


def test_the_error_names_the_flow_and_everything_that_is_wrong() -> None:
    raw = document_of()
    step(raw, "board.intake")["holders"] = ["wizard"]
    raw["basis"] = []
    with pytest.raises(BrokenFlowError, match=r"^flow BK-TINH R2 3: Step board\.intake .*It names no legal basis\.$"):
        read(canonical(raw))


def test_bytes_that_are_no_document_are_refused() -> None:
    for content in (b"", b"[]", b"{}", b"\xff", b"null"):
        with pytest.raises(BrokenFlowError, match="form of a flow"):
            read(content)


def _leaves(raw: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value of the document, the branches included."""
    if isinstance(raw, dict):
        return [path, *(leaf for key, value in raw.items() for leaf in _leaves(value, (*path, key)))]
    if isinstance(raw, list):
        return [path, *(leaf for number, value in enumerate(raw) for leaf in _leaves(value, (*path, number)))]
    return [path]


WAYS = [way for way in _leaves(document_of()) if way]
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "x", "board", "held", 0, -1, True, [], {}, ["x"], [[]], {"x": 1}, {"source": "x"}]
)


@given(st.sampled_from(WAYS), ODD | st.just("remove"))
def test_whatever_is_changed_the_answer_is_a_sound_flow_or_sentences(way: tuple[Any, ...], value: Any) -> None:
    raw: Any = document_of()
    inner = raw
    for key in way[:-1]:
        inner = inner[key]
    if value == "remove":
        del inner[way[-1]]
    else:
        inner[way[-1]] = value
    assert "refused without a sentence" not in said(raw)
