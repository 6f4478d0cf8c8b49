"""The catalogue holds together: every refusal has its sentence, every sentence its refusal, every name its label."""

import ast
import re
import string
from collections.abc import Iterator
from typing import Any

import pytest

from tests.architecture.source import product
from workflows import ACTIONS, Workflow, state_label
from workflows.arrows import states_of, transitions_of
from workflows.catalogue import document, is_mark
from workflows.flows import FlowKey, compose, first_flows, flow_keys
from workflows.sentences import SECTIONS, guards

LANGUAGES = ("vi", "en")
SENTENCES = document("sentences")
FLOWS = first_flows()
# Of a nominee, a file, a signature we say other things (the process, section 13).
UNWANTED = re.compile(r"đối tượng|từ chối|nhân chứng|TM\. ", re.IGNORECASE)


def refusals() -> Iterator[tuple[str, str, set[str]]]:
    """Yield where the product refuses, by which guard, and the values it gives; guards named by a pair apart."""
    for module in product():
        for call in ast.walk(module.tree):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id != "Refused":
                continue
            where = f"{module.path}:{call.lineno}"
            for name in _literals(call.args[0]):
                values = call.args[1] if len(call.args) > 1 else None
                keys = values.keys if isinstance(values, ast.Dict) else []
                known = isinstance(values, ast.Dict) or values is None
                yield where, name, {str(key.value) for key in keys if isinstance(key, ast.Constant)} if known else {"*"}


def _literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    return [*_literals(node.body), *_literals(node.orelse)] if isinstance(node, ast.IfExp) else []


def pair_guards() -> set[str]:
    """Return the guards that are named after an incompatible pair; one that may only warn has a second."""
    pairs = document("forms")["pairs"]
    warned = {f"warned_{pair['name']}" for pair in pairs if pair.get("single_officer_mode") == "warn"}
    return {f"incompatible_{pair['name']}" for pair in pairs} | warned


def placeholders(text: str) -> set[str]:
    """Return the names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal() -> None:
    named = {name for _, name, _ in refusals()} | pair_guards()
    assert named - set(SENTENCES) == set(), "a refusal without a sentence"
    assert set(guards()) - named == set(), "a sentence nobody says"


def test_a_refusal_gives_the_values_its_sentence_needs() -> None:
    for where, name, given in refusals():
        wanted = placeholders(SENTENCES[name]["vi"])
        assert given == {"*"} or wanted <= given, f"{where}: {name} lacks {wanted - given}"
    for name in pair_guards():
        assert placeholders(SENTENCES[name]["vi"]) <= {"pair", "duty"}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_is_whole_in_both_languages(name: str) -> None:
    entry = SENTENCES[name]
    assert set(entry) == {"vi", "en", "clears"}
    assert placeholders(entry["vi"]) == placeholders(entry["en"])
    for lang in LANGUAGES:
        assert entry[lang].endswith(".")
        assert entry["clears"][lang]
    assert not UNWANTED.search(entry["vi"] + entry["clears"]["vi"])


def test_every_action_has_a_name_of_its_own() -> None:
    for lang in LANGUAGES:
        labels = [rule.label[lang] for rule in ACTIONS.values()]
        assert all(labels)
        assert len(set(labels)) == len(labels)
    assert not UNWANTED.search(" ".join(rule.label["vi"] for rule in ACTIONS.values()))


def test_every_action_happens_somewhere() -> None:
    happening = {arrow.action for flow in FLOWS.values() for arrow in transitions_of(flow)}
    assert happening == set(ACTIONS)


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.key)
class TestEachFlow:
    """What every one of the flows must have."""

    def test_every_state_has_a_name_of_its_own(self, flow: Workflow) -> None:
        for lang in LANGUAGES:
            labels = {state: state_label(flow, state, lang) for state in states_of(flow)}
            assert not [state for state, label in labels.items() if not label or label == state or "_" in label]
            assert len(set(labels.values())) == len(labels)

    def test_the_nominator_reads_who_does_what(self, flow: Workflow) -> None:
        for stage in flow.stages.values():
            assert set(stage.plain) == set(stage.label) == set(LANGUAGES)
            for step in stage.steps:
                assert set(step.plain) == set(step.label) == set(LANGUAGES)
                assert all(step.plain.values())

    def test_a_step_reviews_sections_that_exist(self, flow: Workflow) -> None:
        for step in flow.steps.values():
            assert set(step.reviews) <= set(SECTIONS)
            assert bool(step.reviews) == (step.duty != "record")

    def test_a_substitute_is_somebody_the_holder_is_not(self, flow: Workflow) -> None:
        for step in flow.steps.values():
            for substitute in step.substitutes:
                same_unit = substitute.stage in {"", step.stage}
                assert not (same_unit and substitute.duty == step.holders[0])

    def test_the_board_can_hand_every_judgement_to_another_unit(self, flow: Workflow) -> None:
        """Where the department that holds the board is itself nominated, nobody of it reviews the file."""
        board = flow.stages.get("board")
        for step in board.steps if board is not None else ():
            elsewhere = any(substitute.stage not in {"", "board"} for substitute in step.substitutes)
            assert elsewhere or step.duty == "record"


def test_the_same_catalogue_gives_the_same_bytes_and_each_flow_its_own() -> None:
    bytes_of = {key: compose(key) for key in flow_keys()}
    assert bytes_of == {key: compose(key) for key in flow_keys()}
    assert len(set(bytes_of.values())) == len({flow.sha256 for flow in FLOWS.values()}) == len(bytes_of)


def test_a_flow_that_does_not_exist_is_not_composed() -> None:
    for key in (FlowKey("GK-HUYEN", "R3", 2), FlowKey("GK-HUYEN", "R2", 2), FlowKey("BK-TINH", "R1", 2)):
        with pytest.raises(KeyError, match="no such flow"):
            compose(key)


def test_nothing_in_the_catalogue_lies_unused() -> None:
    stages, steps, forms = document("stages"), document("steps"), document("forms")
    levels = {name: raw for name, raw in stages.items() if name != "override"}
    assert {step for raw in levels.values() for step in raw["steps"]} == set(steps)
    assert {stage for form in forms["forms"].values() for stage in form["stages"]} == set(levels)
    assert set(stages["override"]) <= {f"{name}.{step}" for name, raw in levels.items() for step in raw["steps"]}
    used = {form["ballot"] for form in forms["forms"].values()}
    used |= {name for form in forms["forms"].values() for name in form.get("ballot_at", {}).values()}
    assert used == set(forms["ballots"])


@pytest.mark.parametrize("name", ["stages", "steps", "forms", "basis"])
def test_every_table_of_the_catalogue_has_its_source(name: str) -> None:
    for where, table in _tables(document(name), name):
        assert is_mark(table.get("source")), f"{where} has no source mark"


def _tables(raw: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the tables that say something: those whose values are not all tables themselves."""
    if isinstance(raw, list):
        for number, value in enumerate(raw):
            yield from _tables(value, f"{where}[{number}]")
    elif isinstance(raw, dict) and all(isinstance(value, dict | list) for value in raw.values()):
        for name, value in raw.items():
            yield from _tables(value, f"{where}.{name}")
    elif isinstance(raw, dict) and ".override." not in where:
        yield where, raw


def test_the_rules_read_no_clock() -> None:
    for module in product():
        if module.name.startswith("workflows"):
            assert list(module.calls("now")) == list(module.calls("today")) == []
