"""Walks a file through a flow with the people there are: at every step somebody must be free to act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations import models
from nominations.queries.actors import viewer
from workflows import Actor, Case, Participation, Step, Workflow
from workflows.separation import bars

QUORUM_OF_THREE = 3


@dataclass
class Walk:
    """One file on its way; whoever acts is on a side from then on, and may not act on the other."""

    session: Session
    flow: Workflow
    day: date
    sides: list[Participation] = field(default_factory=list)

    def through(self, unit: int, entry: str, path: Mapping[str, int]) -> int:
        """Find somebody for every step from the entry on; how many steps there were."""
        case = Case("HS", self.flow.form, "draft", 1, unit, entry, path)
        nominators = self._holders(unit, ("nominator",))
        assert nominators, f"nobody files at unit {unit}"
        self._take(nominators[0], "propose", entry)
        steps = 0
        stage: str | None = entry
        while stage is not None:
            for step in self.flow.stages[stage].steps:
                self._step(case, step)
                steps += 1
            stage = self.flow.stages[stage].next
        return steps

    def _step(self, case: Case, step: Step) -> None:
        here = replace(case, state=step.state, participations=tuple(self.sides))
        held = self._holders(case.path[step.stage], step.holders)
        free = [person for person in held if bars(self.flow, here, step, person, self.day) is None]
        assert free, f"{self.flow.key}: nobody is free for {step.state} at unit {case.path[step.stage]}"
        if step.kind == "council":
            self._vote(case, step)
        self._take(free[0], step.duty, step.stage)

    def _vote(self, case: Case, step: Step) -> None:
        council = case.path[self.flow.stages[step.stage].council]
        seats = self.session.execute(
            select(models.CouncilSeat.person_id)
            .join(models.Council, models.Council.id == models.CouncilSeat.council_id)
            .where(
                models.Council.unit_id == council,
                models.CouncilSeat.role != "secretary",
                models.CouncilSeat.valid_from <= self.day,
                (models.CouncilSeat.valid_to.is_(None)) | (models.CouncilSeat.valid_to >= self.day),
            )
        ).all()
        assert len(seats) >= QUORUM_OF_THREE, f"the council of unit {council} is too small"

    def _holders(self, unit: int, duties: tuple[str, ...]) -> list[Actor]:
        found = []
        for duty in duties:
            people = self.session.scalars(
                select(models.Post.person_id)
                .where(
                    models.Post.unit_id == unit,
                    models.Post.duty == duty,
                    models.Post.valid_from <= self.day,
                    (models.Post.valid_to.is_(None)) | (models.Post.valid_to >= self.day),
                )
                .order_by(models.Post.id)
            )
            found += [seen.actor for person in people if (seen := viewer(self.session, person, self.day)) is not None]
        return found

    def _take(self, person: Actor, duty: str, stage: str) -> None:
        for pair in self.flow.pairs:
            side = pair.side(duty)
            if side is not None and pair.mode == "refuse":
                self.sides.append(Participation(person.person, pair.key(stage), side))
