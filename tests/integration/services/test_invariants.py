"""Random sequences of acts through the services: whatever people press, what must hold of a file holds."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any, NamedTuple

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from nominations.services.actions import Denied
from nominations.services.apply import Applied
from nominations.services.conflicts import declare
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from tests.integration.services.plays import Cast, Press, at_random, payload, turns
from tests.integration.services.soundness import entries, reach, sound
from tests.world import START, World
from workflows import ENDS
from workflows.actions import ACTIONS, MOVES

EXAMPLES = turns(15)
FORMS = ("BK-TINH", "GK-XA", "BK-TTG", "GK-HUYEN", "BK-TINH", "GK-SO")
PROPOSERS = {"GK-SO": "nominator.sgt"}
FORWARD = frozenset({
    "submit", "accept", "check", "recommend", "ballot", "confirm_counts", "close_ballot", "send_up", "award",
    "number", "resubmit", "resume", "reconfirm", "record_central_result",
})  # fmt: skip
SEEN: Counter[str] = Counter()


class Step(NamedTuple):
    """Chosen numbers: which of the files, how bold, which button, what to send with it."""

    which: int
    bold: int
    pick: int
    spice: int


STEPS = st.lists(
    st.builds(Step, st.integers(0, 2), st.integers(0, 31), st.integers(0, 1 << 16), st.integers(0, 255)),
    min_size=25,
    max_size=60,
)


@pytest.fixture(scope="module")
def crowd(province: World) -> Cast:
    """Everybody, and an officer who holds many duties at once."""
    province.staff("officer.xa", "21613", ("nominator", "appraiser", "secretary", "clerk"))
    province.staff("official.snv", "SNV", ("appraiser", "secretary", "office"))
    return Cast(province)


def test_whatever_people_press(crowd: Cast, record_property: Any) -> None:
    """A life of one to three files at once; ``--hypothesis-profile=soak`` plays two hundred."""
    SEEN.clear()

    @at_random(4)
    @given(st.lists(st.integers(0, len(FORMS) - 1), min_size=1, max_size=3), STEPS)
    def play(forms: list[int], steps: list[Step]) -> None:
        Play(crowd, [FORMS[form] for form in forms]).run(steps)

    began = time.perf_counter()
    play()
    record_property("sequences", EXAMPLES)
    record_property("acts", SEEN.total())
    record_property("seconds", round(time.perf_counter() - began, 2))
    assert {"submit", "accept", "recommend", "ballot", "return", "resubmit"} <= set(SEEN)


class Play:
    """Some files and everybody who might touch them."""

    def __init__(self, cast: Cast, forms: list[str]) -> None:
        self.cast, self.world = cast, cast.world
        self.world.clock.instant = START
        self.codes = [self.world.draft(by=PROPOSERS.get(form, "nominator.xa"), form=form) for form in forms]
        self.reached = {code: reach(self.world.session, code) for code in self.codes}

    def run(self, steps: list[Step]) -> None:
        """Press them one after another; after each everything holds."""
        for step in steps:
            code = self.codes[step.which % len(self.codes)]
            if step.bold == 0:
                self._something_else(code, step)
            else:
                self._press(code, step)
            sound(self.world.session, code)

    def _press(self, code: str, step: Step) -> None:
        press = self._button(code, step)
        row = self.cast.ready(code).row
        before, version = entries(self.world.session), self.world.version(code)
        sent = payload(self.world, row, press.action, step.spice)
        accepted = self._try(press, code, sent, seen=version - (step.spice % 32 == 31))
        linked = accepted and press.action in MOVES  # which has an entry of its own
        assert entries(self.world.session) == before + accepted + linked
        bumps = accepted and press.action != "ballot"
        assert self.world.version(code) == version + bumps
        now = reach(self.world.session, code)
        assert now >= self.reached[code]
        self.reached[code] = now

    def _try(self, press: Press, code: str, sent: dict[str, Any], *, seen: int) -> bool:
        try:
            outcome = self.world.attempt(press.who, code, press.action, seen=seen, **sent)
        except (NotFound, InvalidInput):
            return False
        if isinstance(outcome, Denied):
            return False
        assert isinstance(outcome, Applied)
        assert outcome.state == self.world.state(code)
        self.world.clock.move(hours=1)
        SEEN[press.action] += 1
        note(f"{code}: {press.who} {press.action} {sent} -> {outcome.state}")
        return True

    def _button(self, code: str, step: Step) -> Press:
        """Mostly what leads on, else something the rules allow, sometimes anything by anybody."""
        if step.bold < 28:
            offered = self.cast.presses(code, tuple(ACTIONS) if step.bold == 27 else _LIVELY)
            onward = [press for press in offered if press.action in FORWARD]
            some = onward if onward and step.bold < 18 else offered
            if some:
                actions = sorted({press.action for press in some})
                wanted = actions[step.pick % len(actions)]
                whose = [press for press in some if press.action == wanted]
                return whose[(step.pick // 97) % len(whose)]
        people = tuple(self.cast.actors)
        return Press(people[step.pick % len(people)], tuple(ACTIONS)[step.spice % len(ACTIONS)])

    def _something_else(self, code: str, step: Step) -> None:
        """Time passes, or somebody declares a conflict."""
        if step.pick % 2 or self.world.state(code) in ENDS:
            self.world.clock.move(days=step.spice % 60)
            return
        people = tuple(self.cast.actors)
        actor = self.cast.actors[people[step.pick // 2 % len(people)]]
        try:
            declare(self.world.session, actor, self.world.clock, Origin(actor=actor.ref), code, "kin", "Là em ruột.")
        except NotFound:
            return
        self.reached[code] = reach(self.world.session, code)


_LIVELY = tuple(name for name in ACTIONS if name not in {"withdraw", "not_send_up", "not_award", "save"})
