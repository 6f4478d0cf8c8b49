"""The reorganisation of 01/07/2025 on the demonstration, forty files in flight at two districts on their last day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from nominations import models
from nominations.database import create_session_factory
from nominations.queries.actors import Viewer, viewer
from nominations.queries.detail import detail
from nominations.queries.history import history
from nominations.queries.inbox import Part, inbox, inbox_counts
from nominations.queries.prepared import panel
from nominations.services.log import Origin
from nominations.services.reorganising import FileMove, Report, look, reorganise
from tests.in_flight import FIRST_DAY, LAST_DAY, InFlight, Lot, forty
from tests.integration.seeding.streams import chain
from workflows import DRAFT, HELD
from workflows.ledger import Head

TEMPLATE = "demo"
OPERATOR = Origin(actor="operator", auth="cli")
OLD = (
    "tham.anlao", "thuky.anlao", "chutich.anlao", "vanthu.anlao", "uv1.anlao", "tham.hoainhon", "chutich.hoainhon",
    "vanthu.hoainhon", "tham.antrung", "thuky.antrung",
)  # fmt: skip
IN_FLIGHT = 40
Inboxes = Mapping[str, Mapping[Part, int]]


@dataclass
class Played:
    """What there was before, what the dry run said, what was done, and what a second run said."""

    world: InFlight
    lots: Mapping[str, Lot]
    before: Inboxes
    papers: str
    entries: int
    entries_after_look: int
    dry: Report
    done: Report
    entries_done: int
    again: Report

    @property
    def session(self) -> Session:
        """The session everything is read with."""
        return self.world.session

    def lines(self, *, step: str, form: str | None = None, how: str = "") -> list[FileMove]:
        """The report's lines of the files of such lots."""
        codes = {
            code
            for code, lot in self.lots.items()
            if (lot.step, lot.how) == (step, how) and (form is None or lot.form == form)
        }
        return [line for line in self.done.files if line.code in codes]


@pytest.fixture(scope="module")
def played(engine: Engine) -> Iterator[Played]:
    """Forty files to the last day of June, the dry run, the act on the first of July, and the act once more."""
    with create_session_factory(engine)() as session:
        world = InFlight.of(session)
        lots = forty(world)
        with world.on(LAST_DAY):
            before = _inboxes(world)
        papers, entries = _papers(session), _entries(session)
        world.clock.instant = datetime(2025, 7, 1, 2, tzinfo=UTC)
        dry = look(session, world.clock, FIRST_DAY)
        session.rollback()
        entries_after_look = _entries(session)
        done = reorganise(session, world.clock, OPERATOR, FIRST_DAY, dry_run=False, counted=dry.moving, chunk=7)
        entries_done = _entries(session)
        world.clock.move(hours=1)
        again = reorganise(session, world.clock, OPERATOR, FIRST_DAY, dry_run=False)
        session.rollback()
        yield Played(world, lots, before, papers, entries, entries_after_look, dry, done, entries_done, again)


def _inboxes(world: InFlight) -> Inboxes:
    """What each old officer finds: on their desk, coming, done."""
    today = world.clock.today()
    return {name: inbox_counts(world.session, _who(world, name), today) for name in OLD}


def _who(world: InFlight, username: str) -> Viewer:
    found = viewer(world.session, world.people[username], world.clock.today())
    assert found is not None
    return found


def _entries(session: Session) -> int:
    found = session.scalar(select(func.count()).select_from(models.AuditEntry)) or 0
    session.rollback()
    return found


def _papers(session: Session) -> str:
    """Everything that was signed, numbered, said or awarded, as it stands."""
    tables = ("decisions", "submissions", "submission_lines", "awards", "opinions", "revisions", "participations")
    rows = [sorted(map(repr, session.execute(text(f"SELECT * FROM {name}")).all())) for name in tables]  # noqa: S608
    session.rollback()
    return repr(rows)


def test_forty_files_lie_at_districts_and_the_dry_run_writes_nothing(played: Played) -> None:
    assert len(played.lots) == IN_FLIGHT
    at_districts = [line for line in played.dry.files if line.code in played.lots]
    assert len(at_districts) == IN_FLIGHT
    assert all(line.state.startswith("district.") for line in at_districts)
    assert played.entries_after_look == played.entries
    assert not played.dry.done
    assert [line.code for line in played.dry.files] == [line.code for line in played.done.files]


def test_where_each_went_is_told(played: Played) -> None:
    """The table of the how-to: what lay where, and where it is now."""
    told = Counter(
        (line.form, line.state, line.unit, line.result, line.to_state, line.to_unit, line.why)
        for line in played.done.files
        if line.code in played.lots
    )
    for row, count in sorted(told.items()):
        print(f"{count:>2}  " + " | ".join(row))
    assert sum(told.values()) == IN_FLIGHT
    assert played.done.moving == len([line for line in played.done.files if line.result == "moves"])


@pytest.mark.parametrize("step", ["intake", "council", "signature", "number"])
def test_what_a_district_examined_goes_to_the_board(played: Played, step: str) -> None:
    lines = [line for line in played.lines(step=step) if line.form.startswith("BK-") and line.result == "moves"]
    assert lines
    for line in lines:
        assert (line.to_state, line.to_unit, line.duty, line.why) == (
            "board.intake", "Sở Nội vụ", "appraiser", "next_level",
        )  # fmt: skip
    if step == "number":
        assert all("letter_not_numbered" in line.notes for line in lines)


def test_what_was_returned_waits_at_the_successor_of_its_commune(played: Played) -> None:
    (chained,) = {(x.to_state, x.to_unit, x.duty) for x in played.lines(step="appraisal", how="returned")}
    (direct,) = {(x.to_state, x.to_unit, x.duty) for x in played.lines(step="appraisal", how="direct")}
    assert chained == ("board.intake.returned", "Xã An Vinh", "appraiser")
    assert direct == ("board.intake.returned", "Xã An Vinh", "nominator")
    codes = [line.code for line in played.lines(step="appraisal", how="returned")]
    held_by = played.session.execute(
        select(models.Unit.valid_from, models.Return.from_state)
        .join(models.Return, models.Return.holder_unit_id == models.Unit.id)
        .join(models.Nomination, models.Nomination.id == models.Return.nomination_id)
        .where(models.Nomination.code.in_(codes), models.Return.closed_at.is_(None))
    ).all()
    assert set(held_by) == {(FIRST_DAY, "board.intake")}
    played.session.rollback()


def test_what_was_held_stays_held_under_the_boards_head(played: Played) -> None:
    (line, _other) = played.lines(step="appraisal", how="held")
    assert line.to_state == "board.intake.held"
    head = _who(played.world, "giamdoc.snv")
    found = detail(played.session, head, line.code, FIRST_DAY)
    assert found is not None
    _, actions = panel(played.session, found.row, head.actor, FIRST_DAY)
    assert next(one for one in actions if one.action == "resume").allowed
    played.session.rollback()


def test_what_nobody_may_decide_any_more_is_named_with_what_to_do(played: Played) -> None:
    stuck = {line.code: line for line in played.done.stuck}
    district_forms = [stuck[code] for code, lot in played.lots.items() if lot.form == "GK-HUYEN"]
    assert Counter(line.why for line in district_forms) == {"no_issuer": 4, "signed_not_numbered": 1}
    proposed_there = [stuck[code] for code, lot in played.lots.items() if lot.place in ("anlao", "hoainhon")]
    assert {line.why for line in proposed_there} == {"unsigned"}
    wards = {x.what for x in played.done.findings if x.kind == "succession"}
    assert len(wards) == 4
    assert "Phường Lê Hồng Phong (21571)" in wards
    head = _who(played.world, "chutich.anvinh")  # of the new commune, whose predecessors' letters are theirs now
    found = detail(played.session, head, district_forms[0].code, FIRST_DAY)
    assert found is not None
    _, actions = panel(played.session, found.row, head.actor, FIRST_DAY)
    assert next(one for one in actions if one.action == "withdraw").allowed
    assert not next(one for one in actions if one.action == "close_ballot").allowed
    played.session.rollback()


def test_nothing_is_lost(played: Played) -> None:
    """Every open file has one open step at a unit that exists, or is held, a draft, or named as stuck."""
    assert played.done.open_before == played.done.open_after
    stuck = {line.code for line in played.done.stuck}
    rows = played.session.execute(
        select(models.Nomination.code, models.Nomination.state, models.Unit.valid_to)
        .outerjoin(
            models.Task,
            (models.Task.nomination_id == models.Nomination.id)
            & (models.Task.kind == "step")
            & models.Task.closed_at.is_(None),
        )
        .outerjoin(models.Unit, models.Unit.id == models.Task.unit_id)
        .where(models.Nomination.state.not_in(models.END_STATES))
    ).all()
    assert len(rows) == len({row.code for row in rows}) == played.done.open_before
    lost = [
        row.code
        for row in rows
        if row.code not in stuck and row.state != DRAFT and not row.state.endswith(HELD) and row.valid_to is not None
    ]
    assert lost == []
    tasks = select(models.Task.nomination_id).where(models.Task.kind == "step", models.Task.closed_at.is_(None))
    waiting = [row for row in rows if row.state != DRAFT and not row.state.endswith(HELD)]
    assert len(played.session.scalars(tasks).all()) == len(waiting)
    played.session.rollback()


def test_every_chain_holds_and_each_file_moved_has_one_entry(played: Played) -> None:
    written = {line.code for line in played.done.files if line.written}
    for row in played.session.scalars(select(models.Nomination)):
        report = chain(played.session, row.code, Head(row.chain_seq, row.chain_head, row.chain_at))
        assert report.first_break is None, f"{row.code}: {report.first_break}"
        assert (report.state, report.ver, report.snap) == (row.state, row.version, row.snap)
    for meeting in played.session.scalars(select(models.Meeting)):
        head = Head(meeting.chain_seq, meeting.chain_head, meeting.chain_at)
        assert chain(played.session, meeting.stream, head).first_break is None
    assert all(chain(played.session, stream).intact for stream in ("people", "units", "settings"))
    acts = played.session.execute(
        select(models.AuditEntry.nomination, models.AuditEntry.stream).where(models.AuditEntry.act == "reorganise")
    ).all()
    assert sorted(row.nomination for row in acts if row.nomination) == sorted(written)
    assert [row.stream for row in acts if row.nomination is None] == ["units"]
    ended = select(func.count()).where(models.AuditEntry.act == "reorganise_done")
    assert played.session.scalar(ended) == 1
    played.session.rollback()


def test_a_second_run_moves_nothing_and_leaves_no_entry(played: Played) -> None:
    assert played.again.moving == 0
    assert played.again.pending == 0
    assert {line.code for line in played.again.stuck} == {line.code for line in played.done.stuck}
    assert _entries(played.session) == played.entries_done


def test_what_was_signed_and_said_stays_under_the_old_names(played: Played) -> None:
    assert _papers(played.session) == played.papers


def test_old_officers_have_no_open_task_and_go_on_reading_what_they_did(played: Played) -> None:
    world = played.world
    with world.on(FIRST_DAY):
        after = _inboxes(world)
        for name in OLD:
            print(f"{name:<18} {dict(played.before[name])} -> {dict(after[name])}")
        assert played.before["tham.anlao"]["mine"] > 10
        assert played.before["chutich.anlao"]["mine"] > 0
        for name in OLD:
            assert after[name]["mine"] == 0, name
            assert after[name]["coming"] == 0, name
            assert after[name]["done"] == played.before[name]["done"], name
        who = _who(world, "tham.anlao")
        assert who.posts == ()
        done = inbox(played.session, who, FIRST_DAY, "done").items
        assert done
        code = next(line.code for line in done if line.code in played.lots)
        found = detail(played.session, who, code, FIRST_DAY)
        assert found is not None
        assert found.level == "proposer"
        assert "district" in found.sight.stages
        _, actions = panel(played.session, found.row, who.actor, FIRST_DAY)
        assert [one.action for one in actions if one.allowed] == []
        log = history(played.session, who, code)
        assert log is not None
        assert log.report.intact
    played.session.rollback()


def test_officers_of_the_report_say_the_same(played: Played) -> None:
    told = {(one.username, one.duty): one for one in played.done.officers}
    assert told["tham.anlao", "appraiser"].today == ()
    assert told["tham.anlao", "appraiser"].waiting > told["tham.anlao", "appraiser"].left
    assert told["lap.antrung", "nominator"].today == ("nominator: Xã An Vinh",)
    gone = {x.what for x in played.done.findings if x.kind == "account"}
    assert "tham.anlao" in gone
    assert "lap.antrung" not in gone


def test_figures_of_whole_communes_are_added_up_and_others_left_with_a_reason(played: Played) -> None:
    new = played.session.scalars(
        select(models.PovertyFigure)
        .join(models.Unit, models.Unit.id == models.PovertyFigure.unit_id)
        .where(models.Unit.code == "21616", models.Unit.valid_from == FIRST_DAY, models.PovertyFigure.year == 2022)
    ).one()
    assert (new.households, new.poor, new.near_poor) == (880 + 706 + 672, 262 + 247 + 250, 104 + 88 + 90)
    assert new.source == "[inference]"
    why = {(x.to_unit, x.why) for x in played.done.findings if x.kind == "figure"}
    assert {("Xã An Hòa", "split_unit"), ("Xã An Lão", "figure_missing"), ("", "level_ended")} <= why
    played.session.rollback()


def test_a_moved_file_climbs_on_by_the_two_tier_route(played: Played) -> None:
    """To the award by the Chairman of the new province, under the law of the day the board received it."""
    world = played.world
    world.clock.instant = datetime(2025, 7, 2, 2, tzinfo=UTC)
    code = next(line.code for line in played.lines(step="intake", form="BK-TINH") if line.to_unit == "Sở Nội vụ")
    world.do("tham.snv", code, "accept", arrival_number="31")
    row = played.session.execute(
        select(models.Nomination.rule_set, models.Nomination.received_on, models.WorkflowVersion.tiers)
        .join(models.WorkflowVersion, models.WorkflowVersion.id == models.Nomination.workflow_id)
        .where(models.Nomination.code == code)
    ).one()
    assert tuple(row) == ("R3", date(2025, 7, 2), 2)
    world.do("tham.snv", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    for member in ("pct1.gialai", "giamdoc.sld", "mattran.tinh", "uv1.tinh", "uv2.tinh", "uv1.gialai"):
        world.do(member, code, "ballot", choice="agree")
    world.do("thuky.snv", code, "close_ballot")
    world.do("giamdoc.snv", code, "send_up")
    world.do("vanthu.snv", code, "number", number="7001", numbered_on=world.clock.today())
    assert world.state(code) == "chairman.check"
