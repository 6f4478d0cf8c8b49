"""One case through the services: a nomination with three papers, then five actions; six durable commits."""

from __future__ import annotations

import time
from collections.abc import Callable

from nominations.clock import Clock, SystemClock
from nominations.services.actions import Request, act
from nominations.services.apply import Applied
from nominations.services.drafts import create
from nominations.services.files import Upload, attach
from nominations.services.log import Origin
from nominations.services.nominees import Draft
from nominations.storage import Storage
from nominations.transactions import write_transaction
from tests.world import World
from workflows import Actor

PAPERS = tuple((kind, f"%PDF-1.4 {kind}".encode()) for kind in ("report", "proposal", "minutes_hamlet"))
FAULTS = [{"code": "other", "note": "Bổ sung số liệu.", "section": "report"}]
STEPS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("nominator.xa", "submit", {}),
    ("appraiser.xa", "accept", {"arrival_number": "12"}),
    ("appraiser.xa", "return", {"sections": ["report"], "faults": FAULTS}),
    ("nominator.xa", "resubmit", {}),
    ("appraiser.xa", "recommend", {"advice": "for", "reasons": "Đủ điều kiện."}),
)


class OurCase:
    """Plays cases as the pages do, with the actors already signed in."""

    def __init__(self, world: World, storage: Storage) -> None:
        self.world = world
        self.storage = storage
        self.clock: Clock = SystemClock()
        self.actors: dict[str, Actor] = {name: world.actor(name) for name in ("nominator.xa", "appraiser.xa")}

    def play(self, number: str, timed: Callable[[float], None], steps: int = len(STEPS)) -> str:
        """One whole case, or its first ``steps``; ``timed`` is told how long each action took, in seconds."""
        code = self._create(number)
        for version, (who, action, payload) in enumerate(STEPS[:steps], start=5):
            began = time.perf_counter()
            self.act(who, code, version, action, payload)
            timed(time.perf_counter() - began)
        return code

    def _create(self, number: str) -> str:
        session, actor = self.world.session, self.actors["nominator.xa"]
        draft = Draft(
            round_code="hang-nam",
            form="BK-TINH",
            proposing_unit_id=self.world.units["21613"],
            subject_kind="household",
            subject_group="1.5",
            name=f"Hộ ông Đo Lường {number}",
        )
        origin = Origin(actor=actor.ref)
        with write_transaction(session):
            code = create(session, actor, self.clock, origin, draft).code
            for version, (kind, content) in enumerate(PAPERS, start=1):
                request = Request(code, "attach", version, {}, origin)
                attach(session, actor, self.clock, self.storage, request, Upload(kind, f"{kind}.pdf", content))
            self.act("nominator.xa", code, 4, "save", {"content": self.world.content("1.5")})
        return code

    def act(self, who: str, code: str, seen: int, action: str, payload: dict[str, object]) -> None:
        """One action that must be taken."""
        actor = self.actors[who]
        request = Request(code, action, seen, payload, Origin(actor=actor.ref))
        outcome = act(self.world.session, actor, self.clock, request)
        if not isinstance(outcome, Applied):
            raise RuntimeError(f"{action} was refused: {outcome}")  # noqa: TRY004 - no type is wrong here
