"""`seed demo`: the history has files of every kind, form, round and state, and its log holds to the last entry."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nominations import models, storage
from nominations.clock import WORKING_ZONE
from nominations.queries.actors import viewer
from nominations.queries.case_facts import case_row
from nominations.queries.prepared import panel
from nominations.services.demo_clock import demo_day
from nominations.services.seeding.history.opening import FIRST_DAY
from tests.databases import STORE, CommandRunner
from tests.integration.seeding.streams import chain
from workflows import ENDS
from workflows.ledger import Head

TEMPLATE = "demo"
FEWEST = 60
NEW_YEAR = datetime(2024, 1, 1, tzinfo=WORKING_ZONE)
OPENING = datetime.combine(FIRST_DAY, time(), WORKING_ZONE)

STATES = {
    "draft", "awarded", "not_awarded", "withdrawn", "central.pending",
    "commune.intake", "commune.appraisal", "commune.council", "commune.signature", "commune.number",
    "district.intake", "district.appraisal", "district.council", "district.signature", "district.number",
    "board.intake", "board.appraisal", "board.council", "board.signature", "board.number",
    "chairman.check", "chairman.signature", "chairman.number",
    "unit.check", "unit.council", "unit.signature", "unit.number",
    "commune.intake.returned", "district.appraisal.returned", "board.intake.returned", "board.appraisal.returned",
    "commune.appraisal.held", "board.appraisal.held",
}  # fmt: skip


def test_there_are_files_of_every_kind_form_round_and_state(session: Session) -> None:
    rows = session.execute(
        select(models.Nomination.subject_kind, models.Nomination.form, models.Round.code, models.Nomination.state).join(
            models.Round, models.Round.id == models.Nomination.round_id
        )
    ).all()
    assert len(rows) >= FEWEST
    kinds, forms, rounds, states = (Counter(column) for column in zip(*rows, strict=True))
    assert set(kinds) == set(models.SUBJECT_KINDS)
    assert set(forms) == {"GK-XA", "GK-HUYEN", "GK-SO", "GK-DN", "BK-TINH", "BK-TTG"}
    assert set(rounds) == {"2022", "2023-so-ket", "2024", "2025-tong-ket"}
    assert set(states) == STATES
    session.rollback()


def test_every_rule_set_and_both_routes_are_there(session: Session) -> None:
    version = models.WorkflowVersion
    used = session.execute(
        select(version.rule_set, version.tiers).join(models.Nomination, models.Nomination.workflow_id == version.id)
    ).all()
    assert set(used) == {("R1", 3), ("R2", 3), ("R3", 2)}
    kept = select(models.Nomination.code).where(
        models.Nomination.rule_set == "R2", models.Nomination.created_at < NEW_YEAR
    )
    assert session.scalars(kept).all(), "a file of 2023 that the board received in 2024 goes by the second rule set"
    session.rollback()


def test_every_chain_holds_and_says_what_the_data_say(session: Session) -> None:
    for row in session.scalars(select(models.Nomination)):
        report = chain(session, row.code, Head(row.chain_seq, row.chain_head, row.chain_at))
        assert report.first_break is None, f"{row.code}: {report.first_break}"
        assert (report.state, report.ver, report.snap) == (row.state, row.version, row.snap)
    for meeting in session.scalars(select(models.Meeting)):
        report = chain(session, meeting.stream, Head(meeting.chain_seq, meeting.chain_head, meeting.chain_at))
        assert report.first_break is None, f"{meeting.stream}: {report.first_break}"
    assert all(chain(session, stream).intact for stream in ("people", "units", "settings"))
    session.rollback()


def test_the_stories_of_the_council_are_there(session: Session) -> None:
    """Below the threshold and departed from with a reason; not sent up; counted on paper by two persons."""
    decisions = session.scalars(select(models.Decision)).all()
    assert any(one.departs_from_vote and one.kind == "letter" for one in decisions)
    assert any(one.kind == "not_sent_up" for one in decisions)
    assert any(one.recorder_id is not None and one.signer_id is not None for one in decisions)
    assert {"central_awarded", "central_not_awarded"} <= {one.kind for one in decisions}
    counts = session.scalars(select(models.BallotCount)).all()
    assert counts
    assert all(count.confirmed_by not in (None, count.recorded_by) for count in counts)
    open_votes = select(func.count()).select_from(models.MeetingLine).where(models.MeetingLine.closed_at.is_(None))
    assert session.scalar(open_votes)
    session.rollback()


def test_a_list_waits_with_a_row_to_mend_and_one_to_choose(session: Session) -> None:
    officer = session.scalars(select(models.Person).where(models.Person.username == "lap.antrung")).one()
    kept = session.scalars(select(models.DraftList)).one()
    assert kept.created_by == officer.id
    rows = session.scalars(select(models.DraftListRow).where(models.DraftListRow.list_id == kept.id)).all()
    assert [row.said["name"] for row in rows if row.faults] == ["Đinh Văn Thuôn"]
    assert all(row.nomination_id is None for row in rows)
    session.rollback()


def test_returns_go_one_and_two_levels_down(session: Session) -> None:
    depths = session.scalars(
        select(func.max(models.Return.depth))
        .where(models.Return.closed_at.is_(None))
        .group_by(models.Return.nomination_id)
    )
    assert set(depths) == {1, 2, 3}  # one level; by way of the commune; by way of district and commune
    modes = set(session.scalars(select(models.Return.mode)))
    assert modes == {"chain", "direct", "passed_down"}
    session.rollback()


def test_a_substitute_took_steps_and_one_step_has_nobody(session: Session) -> None:
    tasks = session.scalars(select(models.Task)).all()
    assert {task.duty for task in tasks if task.substitute} == {"deputy", "office"}
    assert [task.step for task in tasks if task.nobody_free] == ["commune.signature"]
    session.rollback()


def test_whoever_a_file_waits_for_on_the_first_day_can_act_on_it(session: Session) -> None:
    """Of the files that wait on the day the demonstration opens, at least one person may do what the step is for."""
    waiting = session.execute(
        select(models.Nomination.code, models.Task.unit_id, models.Task.nobody_free)
        .join(models.Task, models.Task.nomination_id == models.Nomination.id)
        .where(models.Task.closed_at.is_(None), models.Nomination.updated_at < OPENING)
    ).all()
    assert len(waiting) > 30
    stuck = [row.code for row in waiting if not row.nobody_free and not _somebody_acts(session, row.code, row.unit_id)]
    assert stuck == []
    session.rollback()


def test_notices_say_how_things_stand_and_nothing_is_left_for_the_worker(session: Session) -> None:
    assert session.scalar(select(func.count()).where(models.OutboxMessage.done_at.is_(None))) == 0
    notices = session.scalars(select(models.Notice)).all()
    assert {notice.kind for notice in notices} == {"task", "returned", "ended", "nobody_free", "replied"}
    told = {notice.nomination_id for notice in notices if notice.kind == "ended"}
    ended = select(models.Nomination.id).where(models.Nomination.state.in_(ENDS))
    assert told == set(session.scalars(ended))
    session.rollback()


def test_papers_are_whole_files_in_the_store(session: Session) -> None:
    kept = storage.storage_for(str(STORE))
    files = session.scalars(select(models.File)).all()
    assert len(files) > FEWEST
    for file in files:
        with kept.open(file.sha256) as paper:
            content = paper.read()
        assert len(content) == file.size
        assert content.startswith(b"%PDF-1.4\n")
        assert content.endswith(b"%%EOF\n")
    session.rollback()


def test_figures_are_marked_as_invented_but_the_one_that_is_known(session: Session) -> None:
    figures = session.scalars(select(models.PovertyFigure)).all()
    assert {figure.year for figure in figures} == {2021, 2022, 2023, 2024}
    (real,) = (figure for figure in figures if not figure.invented)
    assert (real.year, real.households, real.poor, real.near_poor) == (2022, 9493, 2829, 1298)  # facts 6.2, [S-25]
    assert real.source == "[S-25]"
    session.rollback()


def test_a_second_history_is_refused(session: Session, runner: CommandRunner) -> None:
    before = session.scalar(select(func.count()).select_from(models.AuditEntry))
    session.rollback()
    refused = runner.invoke(args=["seed", "demo"])
    assert refused.exit_code == 1
    assert "There are files already" in refused.output
    assert runner.invoke(args=["seed", "demo", "--if-empty"]).exit_code == 0
    assert session.scalar(select(func.count()).select_from(models.AuditEntry)) == before
    session.rollback()


def test_the_demonstration_opens_on_a_day_with_three_tiers_and_an_open_round(session: Session) -> None:
    assert demo_day(session) == FIRST_DAY == date(2025, 6, 2)
    open_rounds = select(models.Round.code).where(
        models.Round.opens_on <= FIRST_DAY, models.Round.closes_on >= FIRST_DAY
    )
    assert session.scalars(open_rounds).all() == ["2025-tong-ket"]
    session.rollback()


def test_flows_and_reference_data_are_not_younger_than_what_is_played(session: Session) -> None:
    first = session.scalars(select(models.Nomination.created_at).order_by(models.Nomination.created_at)).first()
    published = session.execute(select(models.WorkflowVersion.rule_set, models.WorkflowVersion.published_at)).all()
    assert first is not None
    assert max(at for _, at in published) < OPENING + timedelta(days=1)
    assert max(at for rules, at in published if rules == "R1") < first
    recorded = session.scalars(
        select(models.AuditEntry.at).where(models.AuditEntry.stream == "settings").order_by(models.AuditEntry.cseq)
    ).all()
    assert recorded == sorted(recorded)
    assert recorded[-1] < (OPENING + timedelta(days=1)).isoformat()
    session.rollback()


def test_a_scan_is_called_as_an_officer_calls_it(session: Session) -> None:
    names = session.scalars(select(models.NominationFile.name)).all()
    assert any(name.startswith("Biên bản họp thôn - ") for name in names)
    assert not [name for name in names if "_" in name]
    session.rollback()


def test_people_bound_to_a_nominee_are_refused_each_with_a_guard(session: Session) -> None:
    """Files that wait on the first day: the nominee, declared kin, the drafter, and 1.3.5 at exactly 50 %."""
    assert _refusal(session, "Ông Đinh Công Trực", "chutich.anlao", "send_up") == "is_nominee"
    assert _refusal(session, "Ông Đinh Công Trực", "pct.anlao", "send_up") is None
    assert _refusal(session, "Hộ ông Đinh Văn Ngâm", "uv1.antrung", "ballot") == "declared_conflict"
    assert _refusal(session, "Hộ bà Đinh Thị Sim", "canbo.anhung", "accept") == "incompatible_drafter_appraiser"
    assert _refusal(session, "Hộ bà Đinh Thị Sim", "pct.anhung", "accept") is None
    assert _refusal(session, "Hộ ông Đinh Văn Rơi", "chutich.anhung", "award") == "declared_conflict"
    assert _refusal(session, "Xã An Hưng", "canbo.anhung", "submit") == "criterion_not_met"
    assert _refusal(session, "Hộ bà Đinh Thị Ưm", "giamdoc.snv", "send_up") == "vote_binds"
    assert _refusal(session, "Hộ ông Đinh Văn Biên", "giamdoc.snv", "send_up") is None
    assert _refusal(session, "Hộ ông Đinh Văn Tiếp", "chutich.antrung", "award") == "open_complaint"
    assert _refusal(session, "Sở Lao động - Thương binh và Xã hội", "chutich.tinh", "award") == "nominee_dissolved"
    session.rollback()


def _refusal(session: Session, name: str, username: str, action: str) -> str | None:
    """The guard that stands against somebody's action on the newest file of a nominee; None: it is open."""
    newest = select(models.Nomination.code).where(models.Nomination.nominee_name == name)
    code = session.scalars(newest.order_by(models.Nomination.id.desc()).limit(1)).one()
    person = session.scalars(select(models.Person.id).where(models.Person.username == username)).one()
    row, seen = case_row(session, code, FIRST_DAY, lock=False), viewer(session, person, FIRST_DAY)
    assert row is not None
    assert seen is not None
    _, actions = panel(session, row, seen.actor, FIRST_DAY)
    (line,) = (one for one in actions if one.action == action)
    return None if line.refusal is None else line.refusal.guard


def _somebody_acts(session: Session, code: str, unit: int) -> bool:
    row = case_row(session, code, FIRST_DAY, lock=False)
    assert row is not None
    assert row.state not in ENDS
    people = session.scalars(
        select(models.Post.person_id).where(
            models.Post.unit_id == unit,
            models.Post.valid_from <= FIRST_DAY,
            (models.Post.valid_to.is_(None)) | (models.Post.valid_to >= FIRST_DAY),
        )
    )
    for person in set(people):
        seen = viewer(session, person, FIRST_DAY)
        assert seen is not None
        _, actions = panel(session, row, seen.actor, FIRST_DAY)
        if any(one.allowed and one.action not in {"withdraw", "propose_hold", "reconfirm"} for one in actions):
            return True
    return False
