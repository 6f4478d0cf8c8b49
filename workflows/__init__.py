"""The rules, and nothing else: flows, who may do what, and what stands against it.

Standard library and ``transitions`` only; no clock, no database, no web. ``decide`` answers one act, ``open_actions``
answers them all; both take plain values and change nothing.
"""

from workflows.actions import ACTIONS, ActionRule
from workflows.decisions import decide, open_actions
from workflows.flow import AFTER, DRAFT, ENDS, HELD, RETURNED, Stage, Step, Workflow, step_state
from workflows.model import (
    Accepted,
    Act,
    Actor,
    Award,
    Case,
    Criterion,
    Decision,
    Delegation,
    Hold,
    Holder,
    OpenAction,
    OpenReturn,
    Participation,
    Post,
    Posting,
    Quota,
    Refused,
    Request,
    Seat,
    Tally,
)
from workflows.sentences import action_label, clears, sentence, state_label

__all__ = [
    "ACTIONS",
    "AFTER",
    "DRAFT",
    "ENDS",
    "HELD",
    "RETURNED",
    "Accepted",
    "Act",
    "ActionRule",
    "Actor",
    "Award",
    "Case",
    "Criterion",
    "Decision",
    "Delegation",
    "Hold",
    "Holder",
    "OpenAction",
    "OpenReturn",
    "Participation",
    "Post",
    "Posting",
    "Quota",
    "Refused",
    "Request",
    "Seat",
    "Stage",
    "Step",
    "Tally",
    "Workflow",
    "action_label",
    "clears",
    "decide",
    "open_actions",
    "sentence",
    "state_label",
    "step_state",
]
