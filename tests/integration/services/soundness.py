"""What must hold of a file after every act, whatever happened: its row, its chain, its tasks and everything beside."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nominations import models
from workflows import AFTER, DRAFT, ENDS, HELD, RETURNED, step_state
from workflows.chain import ChainReport, Row, verify_chain
from workflows.ledger import GENESIS, Head

LOG = "tests/nhat-ky"


def entries(session: Session) -> int:
    """How many entries the whole log has."""
    found = session.scalar(select(func.count()).select_from(models.AuditEntry))
    session.rollback()
    return found or 0


def reach(session: Session, code: str) -> set[int]:
    """The units that may know of the file."""
    joined = select(models.NominationReach.unit_id).join(models.Nomination)
    return set(session.scalars(joined.where(models.Nomination.code == code)).all())


def chain(session: Session, stream: str, head: Head) -> ChainReport:
    """The stream's chain, checked against the head the data names."""
    rows = session.execute(
        select(models.AuditEntry.cseq, models.AuditEntry.hash, models.AuditEntry.cprev, models.AuditEntry.content)
        .where(models.AuditEntry.stream == stream)
        .order_by(models.AuditEntry.cseq)
    )
    return verify_chain((Row(*row) for row in rows), log=LOG, stream=stream, head=head)


def sound(session: Session, code: str) -> None:
    """Assert everything that must hold of file ``code`` now."""
    row = session.scalars(
        select(models.Nomination).where(models.Nomination.code == code).execution_options(populate_existing=True)
    ).one()
    _log_agrees(session, row)
    _waits_once(session, row)
    _returns_stack(session, row)
    _holds(session, row)
    _sides(session, row)
    _meetings(session, row)
    _comes_out(session, row)
    session.rollback()


def _log_agrees(session: Session, row: models.Nomination) -> None:
    report = chain(session, row.code, Head(row.chain_seq, row.chain_head, row.chain_at))
    assert report.first_break is None, report.first_break
    assert (report.state, report.ver, report.snap) == (row.state, row.version, row.snap)
    assert report.checked == row.version, "every act but a ballot makes one version and one entry here"
    stage, _, step = row.state.partition(".")
    assert (row.stage, row.step) == ((stage, step.partition(".")[0]) if step else (None, None))


def _waits_once(session: Session, row: models.Nomination) -> None:
    tasks = session.scalars(
        select(models.Task).where(
            models.Task.nomination_id == row.id, models.Task.kind == "step", models.Task.closed_at.is_(None)
        )
    ).all()
    waits = row.state not in ENDS | {DRAFT} and not row.state.endswith(HELD)
    assert [task.step for task in tasks] == ([row.state] if waits else []), (row.state, tasks)
    if waits:
        assert tasks[0].unit_id in reach(session, row.code)


def _returns_stack(session: Session, row: models.Nomination) -> None:
    open_ = session.scalars(
        select(models.Return)
        .where(models.Return.nomination_id == row.id, models.Return.closed_at.is_(None))
        .order_by(models.Return.depth)
    ).all()
    assert [level.depth for level in open_] == list(range(1, len(open_) + 1))
    assert bool(open_) == row.state.endswith(RETURNED), row.state
    assert all(level.from_state == step_state(row.state) for level in open_)
    for above, below in pairwise(open_):
        assert set(below.sections) <= set(above.sections)
    assert row.sections_open == (list(open_[-1].sections) if open_ else None)
    if not open_:
        return
    task = session.scalars(
        select(models.Task).where(
            models.Task.nomination_id == row.id, models.Task.kind == "step", models.Task.closed_at.is_(None)
        )
    ).one()
    assert (task.unit_id, task.duty) == (open_[-1].holder_unit_id, open_[-1].holder_duty)


def _holds(session: Session, row: models.Nomination) -> None:
    holds = session.scalars(
        select(models.Hold).where(models.Hold.nomination_id == row.id, models.Hold.closed_at.is_(None))
    ).all()
    assert len(holds) <= 1
    assert [hold.approved_at is not None for hold in holds] in ([], [row.state.endswith(HELD)])
    assert bool(holds) or not row.state.endswith(HELD)
    assert not (holds and row.state in ENDS), "an end leaves no hold open"


def _sides(session: Session, row: models.Nomination) -> None:
    taken = session.execute(
        select(models.Participation.person_id, models.Participation.pair, func.count())
        .where(models.Participation.nomination_id == row.id)
        .group_by(models.Participation.person_id, models.Participation.pair)
        .having(func.count() > 1)
    ).all()
    assert taken == []


def _meetings(session: Session, row: models.Nomination) -> None:
    lines = session.execute(
        select(models.MeetingLine, models.Meeting)
        .join(models.Meeting, models.Meeting.id == models.MeetingLine.meeting_id)
        .where(models.MeetingLine.nomination_id == row.id)
        .order_by(models.MeetingLine.id)
    ).all()
    open_ = [line for line, meeting in lines if meeting.status == "open" and not _over(line, meeting, row)]
    assert len(open_) <= 1, "one council at a time hears a file"
    if row.state in ENDS:
        assert open_ == [], "an end leaves no meeting open"
    if open_:
        assert open_[0] is lines[-1][0]
        assert open_[0].closed_at is None
        assert open_[0].voided_by is None
    for line, meeting in lines:
        head = Head(meeting.chain_seq, meeting.chain_head, meeting.chain_at)
        report = chain(session, meeting.stream, head)
        assert report.first_break is None, report.first_break
        cast = session.scalar(select(func.count()).where(models.Ballot.line_id == line.id))
        assert meeting.called or report.checked == cast, "every ballot has its entry"
        if meeting.chain_seq == 0:
            assert meeting.chain_head == GENESIS
        if line.closed_at is not None and line.voided_by is None:
            votes = (line.agree or 0) + (line.disagree or 0) + (line.abstain or 0)
            assert votes <= (line.members or 0)


def _over(line: models.MeetingLine, meeting: models.Meeting, row: models.Nomination) -> bool:
    """Whether a line of a called meeting, which goes on with others, has come to its end."""
    ended = line.closed_at is not None or line.voided_by is not None or row.state in ENDS
    return meeting.called and ended


def _comes_out(session: Session, row: models.Nomination) -> None:
    awards: Any = session.scalars(select(models.Award).where(models.Award.nomination_id == row.id)).all()
    assert len(awards) == (row.state in AFTER)
    assert all((award.status == "revoked") == (row.state == "annulled") for award in awards)
    _acts_agree(session, row)
    decision = session.scalars(
        select(models.Decision).where(models.Decision.nomination_id == row.id).order_by(models.Decision.id.desc())
    ).first()
    if row.step == "number" and row.state not in ENDS:
        assert decision is not None
        assert (decision.stage, decision.number) == (row.stage, None)
    if row.state == "not_awarded":
        assert decision is not None
        assert decision.kind in {"not_awarded", "not_sent_up", "central_not_awarded"}
    if awards:
        assert awards[0].decision_id == decision.id if decision is not None else False


def _acts_agree(session: Session, row: models.Nomination) -> None:
    """What the file says waits after its decision is what its acts say; every copy replaced has an act."""
    acts = session.scalars(select(models.AwardAct).where(models.AwardAct.nomination_id == row.id)).all()
    waiting = [act.proposed_by for act in acts if act.signed_on is None and act.declined_by is None]
    known = row.aftermath or {}
    assert waiting == [person for person in (known.get("correction_by"),) if person is not None]
    bare = [act for act in acts if act.series and act.signed_on is not None and act.number is None]
    assert len(bare) == int(known.get("unnumbered", 0))
    copies = session.scalar(
        select(func.count()).select_from(models.CertificateCopy).join(models.Award).where(
            models.Award.nomination_id == row.id
        )
    )  # fmt: skip
    assert copies == sum(act.kind == "reissue" for act in acts)
