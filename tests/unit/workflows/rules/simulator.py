"""A file in memory: what accepted acts do to the facts the rules look at, without a database.

It follows the process's section 3: who holds a returned file, what a ballot counts, which letter is current.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from tests.unit.workflows.rules.world import PROPOSER, SECTIONS, TODAY, UNITS
from workflows import (
    Accepted,
    Act,
    Actor,
    Case,
    Hold,
    Holder,
    OpenReturn,
    Refused,
    Request,
    Tally,
    Workflow,
    decide,
    step_state,
)
from workflows.separation import bars

MEMBERS = 5


@dataclass
class Simulator:
    """One nomination and the people around it; ``case`` is the file as it stands."""

    workflow: Workflow
    case: Case
    people: tuple[Actor, ...]
    edited: set[str] = field(default_factory=set)
    appraised: set[str] = field(default_factory=set)  # stages that have given their appraisal

    def put(self, actor: Actor, act: Act) -> Accepted | Refused:
        """Ask the rules, and do what they accept."""
        answer = decide(self.workflow, self.case, actor, act, TODAY)
        if isinstance(answer, Accepted):
            self._take(actor, act, answer)
        return answer

    def climbed(self) -> list[str]:
        """The stages below the present one on this file's way."""
        stages, here = [], self.case.entry_stage
        while here != step_state(self.case.state).partition(".")[0]:
            stages.append(here)
            here = self.workflow.stages[here].next or ""
        return stages

    def _take(self, actor: Actor, act: Act, answer: Accepted) -> None:
        before = self.case
        changes: dict[str, Any] = {
            "state": answer.to_state,
            "version": before.version + (act.action != "ballot"),
            "participations": before.participations + answer.joins,
        }
        effect = getattr(self, f"_{act.action}", None)
        if effect is not None:
            changes |= effect(actor, act)
        self.case = replace(before, **changes)
        if answer.next_step is not None:
            self.case = replace(self.case, **self._opened(answer))

    def _opened(self, answer: Accepted) -> dict[str, Any]:
        """The step that opens: its holder or substitute, and a council's empty ballot or none."""
        step = answer.next_step
        assert step is not None
        opened: dict[str, Any] = {"holder": self._address(step.state)}
        if step.kind == "council" and answer.action != "reopen_ballot":
            opened["tally"] = Tally(MEMBERS, 0, 0, 0, closed=False)
        elif self._council(answer.from_state) != self._council(step.state):
            opened["tally"] = None
        return opened

    def _address(self, state: str) -> Holder:
        step = self.workflow.steps[state]
        unit = self.case.path[step.stage]
        places = [(unit, step.holders, False)]
        places += [(self.case.path.get(s.stage or step.stage, -1), (s.duty,), True) for s in step.substitutes]
        for at, duties, substitute in places:
            held = [person for person in self.people if person.post_at(at, duties) is not None]
            if any(bars(self.workflow, self.case, step, person, TODAY) is None for person in held):
                return Holder(at, duties[0], substitute=substitute)
        return Holder(unit, step.holders[0])

    def _council(self, state: str) -> str:
        stage = self.workflow.stage_of(state)
        return stage.council if stage is not None else ""

    # --- what each action does besides the state ---------------------------------------------------------------------

    def _submit(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"letter_unit": self.case.proposing_unit}

    def _recall(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"holder": None}

    def _save(self, _actor: Actor, act: Act) -> dict[str, Any]:
        self.edited |= set(act.sections)
        return {}

    def _return(self, _actor: Actor, act: Act) -> dict[str, Any]:
        stage = self.case.state.partition(".")[0]
        direct = act.mode == "direct" or self.case.letter_unit == self.case.proposing_unit
        holder = (
            self._nominator()
            if direct
            else Holder(self.case.letter_unit or -1, "office" if stage == "central" else "appraiser")
        )
        counts = dict(self.case.return_counts)
        counts[stage] = counts.get(stage, 0) + 1
        return {
            "holder": holder,
            "returns": (OpenReturn(self.case.state, holder, act.mode or "chain", act.sections),),
            "return_counts": counts,
            "second_return_approved": self.case.second_return_approved - {stage},
        }

    def _approve_return(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"second_return_approved": self.case.second_return_approved | {self.case.state.partition(".")[0]}}

    def _pass_down(self, _actor: Actor, act: Act) -> dict[str, Any]:
        top = self.case.returns[-1]
        below = [stage for stage in self.climbed() if stage != ""]
        at = next((below.index(stage) for stage in below if self.case.path[stage] == top.holder.unit), 0)
        holder = Holder(self.case.path[below[at - 1]], "appraiser") if at > 0 else self._nominator()
        sections = tuple(s for s in act.sections if s in top.sections) or top.sections
        return {
            "holder": holder,
            "returns": (*self.case.returns, OpenReturn(top.from_state, holder, "passed_down", sections)),
        }

    def _resubmit(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        left = self.case.returns[:-1]
        if left:
            return {"returns": left, "holder": left[-1].holder}
        changes: dict[str, Any] = {"returns": ()}
        tally = self.case.tally
        if tally is not None and tally.closed and self.edited & {"criteria", "report", "proposal"}:
            changes["tally"] = replace(tally, stands=False)
        if self.case.returns[0].mode == "direct" and self.edited & {"criteria", "nominee"}:
            changes["reconfirm"] = tuple(self.climbed())
        stage = self.case.returns[0].from_state.partition(".")[0]
        own = next((s for s in self.workflow.stages[stage].steps if s.kind in {"appraisal", "check"}), None)
        if stage in self.appraised and own is not None and self.edited & set(own.reviews):
            changes["anew"] = self.case.anew | {stage}
        self.edited = set()
        return changes

    def _ask_opinion(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        stage, number = self.case.state.partition(".")[0], len(self.case.requests) + 1
        return {"requests": (*self.case.requests, Request(number, "opinion", stage, None, TODAY, goes_on=False))}

    def _record_reply(self, _actor: Actor, act: Act) -> dict[str, Any]:
        return {"requests": tuple(self._closed(one, act, "answered") for one in self.case.requests)}

    def _withdraw_request(self, _actor: Actor, act: Act) -> dict[str, Any]:
        return {"requests": tuple(self._closed(one, act, "withdrawn") for one in self.case.requests)}

    def _closed(self, one: Request, act: Act, state: str) -> Request:
        return replace(one, state=state) if one.number == act.request else one

    def _recommend(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        stage = self.case.state.partition(".")[0]
        self.appraised.add(stage)
        return {"anew": self.case.anew - {stage}}

    def _check(self, actor: Actor, act: Act) -> dict[str, Any]:
        return self._recommend(actor, act)

    def _reconfirm(self, actor: Actor, _act: Act) -> dict[str, Any]:
        units = {post.unit for post in (*actor.posts, *actor.delegated)}
        first = next(stage for stage in self.case.reconfirm if self.case.path[stage] in units)
        return {"reconfirm": tuple(stage for stage in self.case.reconfirm if stage != first)}

    def _propose_hold(self, actor: Actor, _act: Act) -> dict[str, Any]:
        return {"hold": Hold(actor.person, approved=False)}

    def _hold(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        assert self.case.hold is not None
        return {"hold": replace(self.case.hold, approved=True), "holder": None}

    def _decline_hold(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"hold": None}

    def _resume(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"hold": None, "open_complaint": False}

    def _ballot(self, actor: Actor, act: Act) -> dict[str, Any]:
        tally = self._tally()
        choice = act.advice or "agree"
        voted: dict[str, Any] = {choice: getattr(tally, choice) + 1}
        return {"tally": replace(tally, voters=tally.voters | {actor.person}, **voted)}

    def _record_counts(self, actor: Actor, _act: Act) -> dict[str, Any]:
        return {"tally": replace(self._tally(), counted_by=actor.person)}

    def _confirm_counts(self, _actor: Actor, act: Act) -> dict[str, Any]:
        agree = 1 if act.advice == "disagree" else MEMBERS
        counted = replace(self._tally(), agree=agree, disagree=MEMBERS - agree, abstain=0, counts_confirmed=True)
        return {"tally": counted}

    def _close_ballot(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"tally": replace(self._tally(), closed=True)}

    def _reopen_ballot(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"tally": replace(self._tally(), closed=False, counts_confirmed=False)}

    def _number(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"letter_unit": self.case.path[self.case.state.partition(".")[0]]}

    def _annul(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"correction_by": None, "unnumbered": True}

    def _propose_annulment(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"unnumbered": True}

    def _propose_correction(self, actor: Actor, _act: Act) -> dict[str, Any]:
        return {"correction_by": actor.person}

    def _approve_correction(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"correction_by": None, "unnumbered": self.case.state == "awarded"}

    def _decline_correction(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"correction_by": None}

    def _number_act(self, _actor: Actor, _act: Act) -> dict[str, Any]:
        return {"unnumbered": False}

    def _tally(self) -> Tally:
        assert self.case.tally is not None
        return self.case.tally

    def _nominator(self) -> Holder:
        return Holder(self.case.proposing_unit, "nominator")


def draft(workflow: Workflow, entry: str, **facts: Any) -> Case:
    """A new draft of a proposing unit that enters at ``entry``."""
    path = {stage: UNITS.get(stage, 70) for stage in workflow.stages}
    known: dict[str, Any] = {"proposing_unit": PROPOSER, "round_kind": "final"} | facts
    return Case("BD-2024-000009", workflow.form, "draft", 1, entry_stage=entry, path=path, **known)


__all__ = ["MEMBERS", "SECTIONS", "Simulator", "draft"]
