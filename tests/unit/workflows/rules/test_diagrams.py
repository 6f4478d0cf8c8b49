"""Mermaid of each flow: every state and arrow is there, once, with an id and a label Mermaid can read."""

from __future__ import annotations

import re

import pytest

from workflows import ENDS, HELD, RETURNED, Workflow, action_label, state_label
from workflows.arrows import states_of, transitions_of
from workflows.diagrams import mermaid
from workflows.flows import first_flows

FLOWS = list(first_flows().values())
LINE = re.compile(
    r"  (?:\[\*\] --> (?P<start>\w+)"
    r"|(?P<end>\w+) --> \[\*\]"
    r"|(?P<state>\w+) : (?P<name>[^:;#%{}]+)"
    r"|(?P<source>\w+) --> (?P<to>\w+) : (?P<action>[^:;#%{}]+))"
)
RESERVED = {"state", "note", "end", "direction", "class", "classDef", "style", "click", "default", "as"}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.key)
class TestDrawing:
    """Each flow drawn in each language."""

    def test_is_made_of_lines_mermaid_reads(self, flow: Workflow, lang: str) -> None:
        first, *lines = mermaid(flow, lang, parked=True).splitlines()
        assert first == "stateDiagram-v2"
        assert [line for line in lines if LINE.fullmatch(line) is None] == []
        assert len(lines) == len(set(lines)), "something is drawn twice"

    def test_has_every_state_with_its_name_and_an_id_of_its_own(self, flow: Workflow, lang: str) -> None:
        drawn = [m for m in _matches(flow, lang) if m["state"]]
        assert {(m["state"], m["name"]) for m in drawn} == {
            (state.replace(".", "_"), state_label(flow, state, lang)) for state in states_of(flow)
        }
        ids = [m["state"] for m in drawn]
        assert len(ids) == len(set(ids)) == len(states_of(flow))
        assert not RESERVED & set(ids)
        assert all(re.fullmatch(r"[a-z][a-z_]*", name) for name in ids)

    def test_has_every_arrow_that_leads_elsewhere(self, flow: Workflow, lang: str) -> None:
        drawn = {(m["action"], m["source"], m["to"]) for m in _matches(flow, lang) if m["source"]}
        assert drawn == {
            (action_label(a.action, lang), a.source.replace(".", "_"), a.to.replace(".", "_"))
            for a in transitions_of(flow)
            if a.source != a.to
        }

    def test_begins_with_the_draft_and_ends_with_the_ends(self, flow: Workflow, lang: str) -> None:
        matches = _matches(flow, lang)
        assert [m["start"] for m in matches if m["start"]] == ["draft"]
        assert [m["end"] for m in matches if m["end"]] == sorted(ENDS)

    def test_leaves_out_what_is_parked_unless_asked(self, flow: Workflow, lang: str) -> None:
        short = mermaid(flow, lang)
        assert "_returned" not in short
        assert "_held" not in short
        open_states = [s for s in states_of(flow) if not s.endswith((RETURNED, HELD))]
        assert [line for line in short.splitlines() if LINE.fullmatch(line) and " --> " not in line] == [
            f"  {state.replace('.', '_')} : {state_label(flow, state, lang)}"
            for state in sorted(open_states, key=lambda s: short.index(f"  {s.replace('.', '_')} : "))
        ]


def _matches(flow: Workflow, lang: str) -> list[re.Match[str]]:
    lines = mermaid(flow, lang, parked=True).splitlines()[1:]
    return [match for line in lines if (match := LINE.fullmatch(line)) is not None]
