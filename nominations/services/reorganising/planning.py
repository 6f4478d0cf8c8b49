"""Where one open file goes: worked out from its row, for the dry run and again under the lock of the act itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from nominations.queries.case_facts import CaseRow
from nominations.queries.cases import build_case
from nominations.queries.flows import active_flow_id, flow
from nominations.queries.successions import Heirs
from nominations.services.holders import Address, address
from nominations.services.reorganising.findings import FileMove
from workflows import DRAFT, HELD, RETURNED, Case, Step, Workflow, state_label
from workflows.flows import ruleset_on, tiers_on
from workflows.permissions import specialists
from workflows.succession import NUMBER, Level, enters_again, landing, restack, signed_anew

NOMINATOR = "nominator"


@dataclass(slots=True)
class Planned:
    """What is to be written of a file; ``fault``: it is stuck there, whatever else of it is succeeded."""

    row: CaseRow
    before: Workflow
    workflow: Workflow
    workflow_id: int
    state: str
    path: dict[str, int]
    proposing: int
    letter: int | None
    entry: str
    returns: tuple[Level, ...] = ()
    closed_returns: tuple[int, ...] = ()
    address: Address | None = None
    fault: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def after(self) -> CaseRow:
        """The row as it will be, as far as the rules look at it."""
        return replace(
            self.row,
            state=self.state,
            path=self.path,
            proposing_unit_id=self.proposing,
            letter_unit_id=self.letter,
            entry_stage=self.entry,
        )

    @property
    def step(self) -> Step | None:
        """The step the file will be at."""
        return self.workflow.step_of(self.state)

    @property
    def now_at(self) -> int:
        """The unit it lies with now: that of its open task, else of its stage, else who proposes."""
        if self.row.tasks:
            return int(self.row.tasks[0][1])
        return int(self.row.path.get(self.row.state.partition(".")[0], self.row.proposing_unit_id))

    @property
    def then_at(self) -> int:
        """The unit it will lie with."""
        if self.address is not None:
            return self.address.unit_id
        return self.path.get(self.state.partition(".")[0], self.proposing)

    @property
    def readdressed(self) -> bool:
        """Whether its open step goes to another desk."""
        if self.address is None or not self.row.tasks:
            return False
        unit, duty = self.row.tasks[0][1:3]
        return self.state != self.row.state or (unit, duty) != (self.address.unit_id, self.address.duty)

    @property
    def changes(self) -> bool:
        """Whether anything of the row, its task or its returns will be another."""
        row = self.row
        was = (row.state, row.path, row.proposing_unit_id, row.letter_unit_id, row.entry_stage)
        stack = tuple(Level(r[0], r[2], r[3]) for r in _stack(row))
        same = was == (self.state, self.path, self.proposing, self.letter, self.entry) and stack == self.returns
        return not same or self.readdressed


def plan_file(session: Session, heirs: Heirs, row: CaseRow) -> Planned:
    """Work out where the file of ``row`` goes on the day of ``heirs``. Reads; writes nothing."""
    before = flow(session, row.workflow_id)
    after_id = _flow_after(session, heirs, row, before)
    after = flow(session, after_id) if after_id is not None else None
    found = Planned(
        row, before, after or before, after_id or row.workflow_id, row.state, dict(row.path), row.proposing_unit_id,
        row.letter_unit_id, row.entry_stage,
    )  # fmt: skip
    _succeed_proposer(heirs, found)
    if row.state != DRAFT:
        _succeed_way(heirs, found, before)
        _land(heirs, found, before, after)
    elif after is None:
        found.fault = "no_issuer"
    if not found.fault or found.fault == "no_issuer":
        _succeed_returns(heirs, found)
        _address(heirs, found)
    if found.fault not in ("", "no_issuer"):
        return _untouched(found)
    _note(heirs, found)
    return found


def told(heirs: Heirs, found: Planned) -> FileMove:
    """The line of the report."""
    row = found.row
    moves = found.changes and not found.fault
    return FileMove(
        code=row.code,
        nominee=row.nominee_name,
        form=row.form,
        result="stuck" if found.fault else "moves" if moves else "stays",
        state=row.state,
        to_state=found.state,
        unit_id=found.now_at,
        unit=heirs.name(found.now_at),
        to_unit_id=found.then_at,
        to_unit=heirs.name(found.then_at),
        from_duty=(now := str(row.tasks[0][2]) if row.tasks else ""),
        duty=found.address.duty if found.address is not None else now,
        why=found.fault or _why(found),
        before=_words(found.before, row.state),
        after=_words(found.workflow, found.state),
        notes=tuple(found.notes),
        written=found.changes,
    )


def _words(workflow: Workflow, state: str) -> dict[str, str]:
    """A state in words, in both languages."""
    if state == DRAFT:
        return {"vi": "Bản nháp", "en": "Draft"}
    return {lang: state_label(workflow, state, lang) for lang in ("vi", "en")}


def _why(found: Planned) -> str:
    if found.entry != found.row.entry_stage:
        return "enters_again"
    if found.state != found.row.state:
        same = found.state.partition(".")[0] == found.row.state.partition(".")[0]
        return "signs_anew" if same else "next_level"
    return "succeeded" if found.now_at != found.then_at else "passed_through"


def _flow_after(session: Session, heirs: Heirs, row: CaseRow, before: Workflow) -> int | None:
    """The version that governs the file on the day: its law, on the route of that day; None where nobody decides."""
    tiers = tiers_on(heirs.day)
    if row.state == DRAFT:
        return active_flow_id(session, row.form, ruleset_on(heirs.day), tiers)
    if before.tiers == tiers:
        return row.workflow_id
    return active_flow_id(session, row.form, before.rule_set, tiers)


def _succeed_proposer(heirs: Heirs, found: Planned) -> None:
    went_to = heirs.of(found.proposing, nomination=found.row.id)
    if went_to.unit is not None:
        found.proposing = went_to.unit
    elif found.row.state == DRAFT:
        found.fault = went_to.fault
    else:
        found.notes.append("no_proposer")


def _succeed_way(heirs: Heirs, found: Planned, before: Workflow) -> None:
    """The unit of each level, and whose letter is current; a level that is no more keeps the unit it had."""
    undecided = {}
    for stage, unit in found.path.items():
        went_to = heirs.of(unit, nomination=found.row.id)
        if went_to.unit is not None:
            found.path[stage] = went_to.unit
        elif stage in found.workflow.stages:
            undecided[stage] = went_to.fault
    here = found.row.state.partition(".")[0]
    faults = [fault for stage, fault in undecided.items() if stage == here or _is_ahead(before, here, stage)]
    if faults:
        found.fault = faults[0]
    elif undecided:
        found.notes.append("way_undecided")
    if found.letter is not None:
        found.letter = _letter(heirs, found, found.letter)


def _letter(heirs: Heirs, found: Planned, unit: int) -> int:
    """Who may withdraw in the place of a unit whose letter is current: its successor, else whoever sent it the file."""
    went_to = heirs.of(unit, nomination=found.row.id)
    if went_to.unit is not None:
        return went_to.unit
    below = found.path.get("commune", 0)
    return below if below and below not in heirs.ended else found.proposing


def _is_ahead(workflow: Workflow, here: str, stage: str) -> bool:
    """Whether the file has yet to come to ``stage``."""
    order = list(workflow.stages)
    return stage in order and here in order and order.index(stage) > order.index(here)


def _land(heirs: Heirs, found: Planned, before: Workflow, after: Workflow | None) -> None:
    """The state it goes on in; where its own proposing level has ended unsigned, the successor's first step."""
    row = found.row
    lands = landing(before, after, row.state, row.entry_stage)
    if lands.state is not None:
        here = row.state.partition(".")[0]
        changed_hands = lands.state == row.state and row.path.get(here) in heirs.ended
        found.state = signed_anew(found.workflow, lands.state) if changed_hands else lands.state
        return
    if lands.fault != "unsigned" or after is None:
        found.fault = lands.fault
        return
    entry = after.entries.get(heirs.places[found.proposing].level) if found.proposing not in heirs.ended else None
    if entry is None:
        found.fault = "unsigned"
        return
    found.entry = entry
    found.path = {stage: unit for stage, unit in found.path.items() if stage in after.stages and stage != entry}
    found.path[entry] = found.letter = found.proposing
    found.state = enters_again(after, entry, row.state)


def _stack(row: CaseRow) -> list[Any]:
    """The open returns, the outermost first."""
    return sorted(row.returns, key=lambda level: int(level[6]))


def _succeed_returns(heirs: Heirs, found: Planned) -> None:
    levels = []
    for raw in _stack(found.row):
        holder = _holder(heirs, found, int(raw[2]), str(raw[3]))
        if holder is None:
            found.fault = found.fault or "no_proposer"
            return
        levels.append(Level(int(raw[0]), *holder))
    found.returns, found.closed_returns = restack(levels)


def _holder(heirs: Heirs, found: Planned, unit: int, duty: str) -> tuple[int, str] | None:
    """Who has a returned file in the place of ``duty`` at ``unit``: its successor, else the level below it."""
    went_to = heirs.of(unit, nomination=found.row.id)
    if went_to.unit is not None:
        return went_to.unit, duty
    commune = found.path.get("commune", 0)
    if unit == found.row.path.get("district") and commune and commune not in heirs.ended:
        return commune, specialists(found.workflow, "commune")[0]
    return None if found.proposing in heirs.ended else (found.proposing, NOMINATOR)


def _address(heirs: Heirs, found: Planned) -> None:
    """The desk of the open step; a held file lies on none."""
    step = found.step
    if step is None or found.state.endswith(HELD) or found.fault == "no_proposer":
        return
    if found.state.endswith(RETURNED):
        top = found.returns[-1]
        free = any(row[1] == top.duty for row in heirs.posts({top.unit}))
        found.address = Address(top.unit, top.duty, nobody_free=not free)
        return
    if found.path[step.stage] in heirs.ended:
        return  # nobody is there any more: it stays, and the report says so
    if found.state != found.row.state or found.now_at in heirs.ended:
        then = facts_then(heirs, found)
        found.address = address(then, found.workflow, case_then(heirs, found, then), step, heirs.day)
    if step.kind == "council" and found.address is not None:
        council = found.path[found.workflow.stages[step.stage].council]
        if heirs.council(council) is None:
            found.fault = "no_council"
        elif council != found.row.path.get(found.workflow.stages[step.stage].council):
            found.notes.append("votes_anew")


def facts_then(heirs: Heirs, found: Planned) -> CaseRow:
    """The row as it will be, with who serves at the units that have it then."""
    units = {unit for unit in found.path.values() if unit not in heirs.ended}
    own = {found.row.nominee_unit} if found.row.nominee_unit else set()
    councils = [[unit, council] for unit in sorted(units) if (council := heirs.council(unit)) is not None]
    gone = [unit for unit in found.path.values() if unit in heirs.ended]
    return replace(found.after, posts=heirs.posts(units | own), councils=councils, ended_units=gone)


def case_then(heirs: Heirs, found: Planned, row: CaseRow) -> Case:
    """The file as the rules will see it."""
    return build_case(row, found.workflow, heirs.day)


def _untouched(found: Planned) -> Planned:
    """A file for which somebody must decide first stays wholly as it is."""
    row = found.row
    stack = tuple(Level(int(raw[0]), int(raw[2]), str(raw[3])) for raw in _stack(row))
    return replace(
        found, state=row.state, path=dict(row.path), proposing=row.proposing_unit_id, letter=row.letter_unit_id,
        entry=row.entry_stage, returns=stack, closed_returns=(), address=None, workflow_id=row.workflow_id, notes=[],
    )  # fmt: skip


def _note(heirs: Heirs, found: Planned) -> None:
    """What somebody should know of a file that goes."""
    row = found.row
    if found.address is not None and found.address.nobody_free and found.readdressed:
        found.notes.append("nobody_free")
    if row.nominee_unit in heirs.ended:
        found.notes.append("nominee_ended")
    here, _, step = row.state.partition(".")
    if step == NUMBER and found.path.get(here) in heirs.ended:
        if found.fault:
            found.fault = "signed_not_numbered"
        else:
            found.notes.append("letter_not_numbered")


def succeeded(found: Planned) -> Mapping[str, list[int]]:
    """What the log says of it: by role in the file, the unit it was and the unit it is."""
    row = found.row
    pairs = {stage: [unit, found.path.get(stage, unit)] for stage, unit in row.path.items()}
    pairs |= {"proposing": [row.proposing_unit_id, found.proposing]}
    if row.letter_unit_id is not None and found.letter is not None:
        pairs["letter"] = [row.letter_unit_id, found.letter]
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
