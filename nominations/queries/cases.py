"""Builds the rules' ``Case`` from the row of facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from nominations.queries.case_facts import CaseRow
from nominations.queries.sittings import NO_SITTING, Sitting, VotedLine
from workflows import (
    Actor,
    Award,
    Case,
    Criterion,
    Hold,
    Holder,
    OpenReturn,
    Participation,
    Post,
    Posting,
    Request,
    Seat,
    Tally,
    Workflow,
    step_state,
)

APPROVED = "approved"  # in return_counts: stages whose head approved one more return
ANEW = "anew"  # in gates: stages whose appraisal fell with what it was about
POSTED = "posted"  # in gates: by stage, the public posting
POSTING = "posting"  # in a round's settings: days and places of a public posting
POSTED_AT = frozenset({"commune"})  # stages before whose council a file is posted [practice]
ASKED = "asked"  # in gates: the opinions asked of other bodies, each with what the rules may know of it


def build_case(
    row: CaseRow,
    workflow: Workflow,
    today: date,
    criteria: tuple[Criterion, ...] = (),
    sitting: Sitting = NO_SITTING,
) -> Case:
    """The few facts about this nomination that the rules may know, as they are today.

    ``sitting`` is what only the meeting knows: who came, who is asked in writing, what a secret ballot came to.
    """
    roles: dict[int, str] = dict(map(tuple, row.persons))
    return Case(
        code=row.code,
        form=row.form,
        state=row.state,
        version=row.version,
        proposing_unit=row.proposing_unit_id,
        entry_stage=row.entry_stage,
        path=row.path,
        gone=frozenset(stage for stage, unit in row.path.items() if unit in (row.ended_units or ())),
        holder=_holder(row),
        letter_unit=row.letter_unit_id,
        nominee_unit=row.nominee_unit,
        nominee_is_commune=row.nominee_level == "commune",
        nominee_ended_on=row.nominee_ended_on,
        nominee_persons=frozenset(person for person, role in roles.items() if role == "self"),
        conflicted=frozenset(row.declared or ()) | {person for person, role in roles.items() if role != "self"},
        participations=tuple(Participation(*part) for part in row.participations or ()),
        returns=open_returns(row),
        return_counts={stage: n for stage, n in row.return_counts.items() if stage != APPROVED},
        second_return_approved=frozenset(row.return_counts.get(APPROVED, ())),
        hold=next((Hold(proposed_by=h[1], approved=bool(h[2])) for h in row.holds or ()), None),
        round_open=round_is_open(row, today),
        round_kind=row.round_kind,
        form_in_round=row.form_in_round,
        missing_papers=missing_papers(row, workflow),
        empty_sections=empty_sections(row),
        criteria=criteria,
        seated=seated(row, workflow),
        tally=tally_of(row, workflow, sitting),
        reconfirm=tuple(row.reconfirm),
        anew=frozenset((row.gates or {}).get(ANEW, ())),
        requests=requests_of(row),
        posting=posting_of(row),
        subject=row.subject_kind,
        group=row.subject_group,
        past_awards=tuple(_award(*raw) for raw in row.awards or ()),
        achievement=str(row.working.get("proposal", {}).get("achievement", "")),
        correction_by=(row.aftermath or {}).get("correction_by"),
        unnumbered=bool((row.aftermath or {}).get("unnumbered")),
        open_complaint="complaint" in (row.marks or ()),
        discipline_open="discipline" in (row.marks or ()),
        open_remarks=row.open_remarks or 0,
    )


def _award(form: str, decided_on: str, achievement: str, state_level: int, achieved_to: str | None) -> Award:
    to = date.fromisoformat(achieved_to) if achieved_to else None
    return Award(form, date.fromisoformat(decided_on), achievement, bool(state_level), to)


def requests_of(row: CaseRow) -> tuple[Request, ...]:
    """The opinions asked in this file, by their number."""
    return tuple(request_of(raw) for raw in (row.gates or {}).get(ASKED, ()))


def posting_of(row: CaseRow) -> Posting | None:
    """The public posting of the file where it is now; None where its round asks for none there."""
    stage = row.state.partition(".")[0]
    if stage not in POSTED_AT or not (row.round_settings or {}).get(POSTING, {}).get("days"):
        return None
    found = (row.gates or {}).get(POSTED, {}).get(stage)
    return Posting() if found is None else Posting(True, date.fromisoformat(found["until"]), bool(found["ended"]))


def request_of(raw: Mapping[str, Any]) -> Request:
    """One opinion asked, as the file's row keeps it."""
    return Request(
        number=raw["number"],
        kind=raw["kind"],
        stage=raw["stage"],
        unit=raw["unit"],
        due_on=date.fromisoformat(raw["due_on"]),
        goes_on=raw["goes_on"],
        state=raw["state"],
        clock=raw["clock"],
        lengthens_by=raw["lengthens_by"],
        asked_on=date.fromisoformat(raw["asked_on"]),
        closed_on=date.fromisoformat(raw["closed_on"]) if raw["closed_on"] else None,
    )


def round_is_open(row: CaseRow, today: date) -> bool:
    """Whether the round takes files today."""
    return bool(row.opens_on <= today <= row.closes_on and row.round_closed_at is None)


def open_returns(row: CaseRow) -> tuple[OpenReturn, ...]:
    """The stack of open returns, the innermost last."""
    ordered = sorted(row.returns or (), key=lambda raw: int(raw[6]))
    return tuple(
        OpenReturn(state, Holder(unit, duty), mode, tuple(sections))
        for _, state, unit, duty, mode, sections, _ in ordered
    )


def missing_papers(row: CaseRow, workflow: Workflow) -> tuple[str, ...]:
    """Kinds of paper the nominator must attach for this kind of nominee and has not."""
    present = {paper[0] for paper in row.papers or ()}
    body = str(row.working.get("nominee", {}).get("body_kind", ""))
    return tuple(
        paper.kind
        for paper in workflow.papers
        if paper.required
        and paper.needed_at == "draft"
        and paper.asked_of(row.subject_kind, row.subject_group, body)
        and paper.kind not in present
    )


def empty_sections(row: CaseRow) -> tuple[str, ...]:
    """Sections that need words and have none; papers are judged by their kinds."""
    working = row.working
    empty = []
    if not working.get("report", {}).get("achievements"):
        empty.append("report")
    if not working.get("proposal", {}).get("achievement"):
        empty.append("proposal")
    if not working.get("criteria", {}).get("statements"):
        empty.append("criteria")
    return tuple(empty)


def tally_of(row: CaseRow, workflow: Workflow, sitting: Sitting = NO_SITTING) -> Tally | None:
    """The vote of the council this step hears: its own stage's, at the Chairman's the provincial council's."""
    step = workflow.steps.get(step_state(row.state))
    if not row.line or step is None:
        return None
    line = VotedLine(*row.line)
    line_stage = workflow.stages.get(line.stage)
    if line_stage is None or line_stage.council != workflow.stages[step.stage].council:
        return None
    if line.closed:
        return Tally(
            line.members, line.agree, line.disagree, line.abstain, closed=True, stands=bool(line.stands),
            barred=line.barred or 0, signed=line.concluded,
        )  # fmt: skip
    voters = frozenset(person for person, _ in line.ballots or ())
    recorder, confirmed = (line.counts[0], bool(line.counts[1])) if line.counts else (None, False)
    agree, disagree, abstain = _votes(line, sitting, confirmed=confirmed)
    # Who voted was a member that day, whatever has become of the seat since.
    members = max(len(voters.union(line.seats or ())), agree + disagree + abstain)
    return Tally(
        members, agree, disagree, abstain, closed=False, stands=bool(line.stands),
        voters=voters, counted_by=recorder, counts_confirmed=confirmed,
        absent=sitting.absent, polled=sitting.polled, poll_until=sitting.poll_until,
    )  # fmt: skip


def _votes(line: VotedLine, sitting: Sitting, *, confirmed: bool) -> tuple[int, int, int]:
    """Agree, disagree, abstain so far: as counted on paper, as the secret tally says, or ballot by ballot."""
    if confirmed:
        agree, disagree, abstain = line.counts[2:5]
        return agree, disagree, abstain
    if line.secret:
        return sitting.tallies.get(line.id, (0, 0, 0))
    votes = [choice for _, choice in line.ballots or ()]
    return votes.count("agree"), votes.count("disagree"), votes.count("abstain")


def seated(row: CaseRow, workflow: Workflow) -> tuple[Actor, ...]:
    """The members with a vote who have not cast it, while the council's line is open, with their posts on the route."""
    step = workflow.steps.get(step_state(row.state))
    if not row.line or step is None or step.kind != "council" or VotedLine(*row.line).closed:
        return ()
    line = VotedLine(*row.line)
    voted = {person for person, _ in line.ballots or ()}
    council = row.path.get(workflow.stages[step.stage].council, 0)
    return tuple(
        Actor(
            person, "",
            tuple(Post("", unit, duty) for unit, duty, holder in row.posts or () if holder == person),
            (Seat("", council, "member"),),
        )
        for person in line.seats or () if person not in voted
    )  # fmt: skip


def _holder(row: CaseRow) -> Holder | None:
    for _, unit, duty, substitute, *_due in row.tasks or ():
        return Holder(unit, duty, bool(substitute))
    return None
