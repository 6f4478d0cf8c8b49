"""The edge of a guard: an act it refuses, and the change nearest to it with which the act goes through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.unit.workflows.rules.world import PROPOSER, ask, at, case, flow, nominator, person, seated
from workflows import Actor, Refused, Workflow, clears, sentence

Facts = Mapping[str, Any]

PROVINCE, PM = flow("BK-TINH"), flow("BK-TTG")
APPRAISER, SECRETARY, CLERK = at("board", "appraiser"), at("board", "secretary"), at("board", "clerk")
DIRECTOR, CHAIR, OFFICE = at("board", "head"), at("chairman", "head"), at("chairman", "office")
MEMBER, NOMINATOR = seated("chairman"), nominator()


@dataclass(frozen=True)
class Deed:
    """An act by somebody who may do it, in a state where it belongs."""

    state: str
    action: str
    actor: Actor
    parts: Facts = field(default_factory=dict)
    flow: Workflow = PROVINCE

    def under(self, workflow: Workflow) -> Deed:
        """The same act under another flow."""
        return replace(self, flow=workflow)

    def put(self, facts: Facts, parts: Facts) -> Refused | None:
        """Ask the rules; None when they accept."""
        file = case(self.flow, self.state, **facts)
        answer = ask(self.flow, file, self.actor, self.action, **(dict(self.parts) | dict(parts)))
        return answer if isinstance(answer, Refused) else None


@dataclass(frozen=True)
class Edge:
    """``deed`` is refused by ``guard`` with the facts and parts of ``bad``, and accepted with those of ``good``."""

    guard: str
    deed: Deed
    bad: Facts = field(default_factory=dict)
    good: Facts = field(default_factory=dict)
    bad_act: Facts = field(default_factory=dict)
    good_act: Facts = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.guard}-{self.deed.action}"

    def check(self) -> None:
        """Both sides of the edge, and the sentence in both languages with every value filled."""
        refusal = self.deed.put(self.bad, self.bad_act)
        assert refusal is not None, f"{self.guard}: accepted"
        assert refusal.guard == self.guard
        for lang in ("vi", "en"):
            words = sentence(self.deed.flow, refusal, lang)
            assert words.endswith((".", ")"))
            assert not set("{}") & set(words)
            assert clears(refusal, lang)
            for value in refusal.params.values():
                assert value not in {"", "None"}
        assert self.deed.put(self.good, self.good_act) is None


def one(stage: str, duty: str) -> Actor:
    """A new person with one duty at the unit that is ``stage``."""
    return at(stage, duty)


SUBMIT = Deed("draft", "submit", NOMINATOR)
ACCEPT = Deed("board.intake", "accept", APPRAISER)
CHECK = Deed("chairman.check", "check", OFFICE)
RECOMMEND = Deed("board.appraisal", "recommend", APPRAISER)
BALLOT = Deed("board.council", "ballot", MEMBER)
RECORD_COUNTS = Deed("board.council", "record_counts", SECRETARY)
CONFIRM_COUNTS = Deed("board.council", "confirm_counts", SECRETARY)
CLOSE = Deed("board.council", "close_ballot", SECRETARY)
SEND_UP = Deed("board.signature", "send_up", DIRECTOR)
NOT_SEND_UP = Deed("board.signature", "not_send_up", DIRECTOR)
AWARD = Deed("chairman.signature", "award", CHAIR)
NOT_AWARD = Deed("chairman.signature", "not_award", CHAIR)
RECORD_AWARD = Deed("chairman.signature", "record_signature", OFFICE, {"outcome": "award", "signer": CHAIR})
RECORD_NO_AWARD = Deed("chairman.signature", "record_signature", OFFICE, {"outcome": "not_award", "signer": CHAIR})
RECORD_LETTER = Deed("board.signature", "record_signature", CLERK, {"outcome": "send_up", "signer": DIRECTOR})
NUMBER = Deed("chairman.number", "number", one("chairman", "clerk"))
WITHDRAW = Deed("chairman.number", "withdraw", person((PROPOSER, "head")))
RESULT = Deed("central.pending", "record_central_result", one("central", "clerk"), flow=PM)
RETURN = Deed("board.appraisal", "return", APPRAISER)
APPROVE_RETURN = Deed("board.appraisal", "approve_return", DIRECTOR)
PROPOSE_HOLD = Deed("board.appraisal", "propose_hold", APPRAISER)
HOLD = Deed("board.appraisal", "hold", DIRECTOR)
STRANGE = Deed("board.appraisal", "recommend", person((99, "appraiser")))
UNPOSTED = Deed("board.appraisal", "recommend", CLERK)
