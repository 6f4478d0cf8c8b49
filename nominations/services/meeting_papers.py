"""Papers of a meeting: the letter that calls it and its minutes, with only those lines the reader may have.

Minutes that are signed are kept as they were; somebody in conflict with a line gets them without it, made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from nominations.documents.docx import docx_of
from nominations.documents.facts import Body, Count
from nominations.documents.kinds import meetings as kinds
from nominations.documents.meeting import Attendee, BallotLine, MeetingFacts
from nominations.documents.paper import Paper, from_content
from nominations.documents.pdf import pdf
from nominations.queries.agenda import AgendaLine
from nominations.queries.flows import flow
from nominations.queries.meeting_facts import counts_of, host_of, kept_minutes, recusals_of
from nominations.queries.meetings import Meet, Member, secretaries

BUILDERS: Mapping[str, Callable[[MeetingFacts], Paper]] = {
    "invitation": kinds.invitation,
    "minutes": kinds.minutes,
}


def paper_of(session: Session, meet: Meet, lines: Sequence[AgendaLine], came: Sequence[Member], kind: str) -> Paper:
    """A paper of a meeting for who reads these ``lines``. Raises KeyError for a kind there is none of."""
    if kind == "minutes" and not meet.open and not any(line.bare for line in lines):
        kept = kept_minutes(session, meet)
        found = from_content(kept) if kept is not None else None
        if isinstance(found, Paper):
            return found
    return BUILDERS[kind](_facts(session, meet, lines, came))


def bytes_of(paper: Paper, output: str) -> bytes:
    """The paper's bytes as ``pdf`` or ``docx``."""
    return pdf(paper) if output == "pdf" else docx_of(paper)


def _facts(session: Session, meet: Meet, lines: Sequence[AgendaLine], came: Sequence[Member]) -> MeetingFacts:
    host = host_of(session, meet)
    province = host.name if host.kind == "province" else host.parent
    recused = recusals_of(session, meet)
    return MeetingFacts(
        council=meet.council,
        host=Body(host.code, host.name, host.kind, host.level, host.parent, host.parent_kind, province),
        held_on=meet.held_on,
        begins=meet.begins,
        place=meet.place,
        secret=meet.secret,
        attendees=tuple(Attendee(one.name, one.role, one.presence, one.polled, one.voted > 0) for one in came),
        secretaries=secretaries(session, meet, meet.held_on),
        lines=tuple(_line(session, line, recused.get(line.id, ())) for line in lines if not line.voided),
        poll_until=meet.poll_until,
        counts=tuple(Count(*count) for count in counts_of(session, meet)),
    )


def _line(session: Session, line: AgendaLine, recused: tuple[str, ...]) -> BallotLine:
    if line.bare:
        return BallotLine("", "", hidden=True)
    workflow = flow(session, line.workflow_id)
    base = workflow.stages[line.stage].ballot.base(line.members, line.barred) if line.stage in workflow.stages else 0
    return BallotLine(
        line.name, line.kind, form=workflow.label["vi"], unit=line.unit, base=base,
        agree=line.agree, disagree=line.disagree, abstain=line.abstain, passed=line.passed, recused=recused,
    )  # fmt: skip
