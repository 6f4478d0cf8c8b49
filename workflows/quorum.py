"""What a council's vote on one line needs before it may be closed; who is barred from it counts as the flow says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.flow import Ballot, Workflow
from workflows.model import Act, Actor, Case
from workflows.question import ask
from workflows.separation import conflict, separation


@dataclass(frozen=True, slots=True)
class Needs:
    """All members, how many of them are barred from this line, and the fewest ballots the vote is closed with."""

    ballot: Ballot
    members: int
    barred: int

    @property
    def quorum(self) -> int:
        """The fewest ballots."""
        return self.ballot.quorum(self.members, self.barred)

    @property
    def base(self) -> int:
        """What the quorum is a share of; what the threshold is a share of the ballot says."""
        return self.members if self.ballot.barred_in_quorum else self.members - self.barred

    @property
    def reachable(self) -> bool:
        """Whether those who may vote are enough."""
        return self.members - self.barred >= self.quorum


def needs(workflow: Workflow, case: Case, today: date) -> Needs | None:
    """What closing the open vote needs; None where no council votes on the case."""
    step, tally = workflow.step_of(case.state), case.tally
    if step is None or step.kind != "council" or tally is None or tally.closed:
        return None
    return Needs(workflow.stages[step.stage].ballot, tally.members, len(barred(workflow, case, today)))


def barred(workflow: Workflow, case: Case, today: date) -> frozenset[int]:
    """The members with a vote who are kept out of the open line."""
    return frozenset(member.person for member in case.seated if _may_not_vote(workflow, case, member, today))


def unanswered(workflow: Workflow, case: Case, today: date) -> int:
    """How many absent members who are asked in writing may still answer: not barred from the line, the day not over."""
    tally = case.tally
    if tally is None or tally.counted_by is not None or tally.poll_until is None or today > tally.poll_until:
        return 0
    asked = (member for member in case.seated if member.person in tally.polled)
    return sum(not _may_not_vote(workflow, case, member, today) for member in asked)


def _may_not_vote(workflow: Workflow, case: Case, member: Actor, today: date) -> bool:
    """Kin, interest, own unit, or another side in this file."""
    asked = ask(workflow, case, member, Act("ballot", ask=True), today)
    return (conflict(asked) or separation(asked)) is not None
