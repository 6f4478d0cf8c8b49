"""`seed reference`: everything is there once, what an administrator changed stays, every flow is published."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nominations import models, reference
from nominations.clock import FixedClock
from nominations.queries.flow_versions import flow_versions
from nominations.services.rounds import close_round
from nominations.services.seeding.reference import SYSTEM, seed_reference
from tests.databases import CommandRunner
from tests.integration.seeding.streams import broken_streams
from workflows.flows import flow_keys, read

TEMPLATE = "reference"

COUNTS = {
    models.Unit: len(reference.load_units()),
    models.UnitSuccession: len(reference.load_successions()),
    models.Council: 2,
    models.AwardForm: 6,
    models.RuleSet: 3,
    models.LegalValue: len(reference.load_legal_values()),
    models.Holiday: len(reference.load_holidays()),
    models.Movement: 1,
    models.CriteriaGroup: 7,
    models.Criterion: 30,
    models.Milestone: len(reference.load_milestones()),
    models.Round: 4,
    models.WorkflowVersion: len(flow_keys()),
}


def test_every_table_has_what_the_reference_files_say(session: Session) -> None:
    counted = {model: session.scalar(select(func.count()).select_from(model)) for model in COUNTS}
    assert counted == COUNTS


def test_places_are_counted_as_the_province_counts_them(session: Session) -> None:
    def places(level: str, day: date) -> int:
        on_day = (models.Unit.valid_to.is_(None)) | (models.Unit.valid_to >= day)
        found = select(func.count()).where(models.Unit.level == level, models.Unit.valid_from <= day, on_day)
        return session.scalar(found) or 0

    assert places("district", date(2023, 6, 1)) == 11
    assert places("commune", date(2023, 6, 1)) == 159
    assert places("commune", date(2025, 7, 1)) == 58
    assert places("district", date(2025, 7, 1)) == 0


def test_a_path_leads_from_the_province_to_the_unit(session: Session) -> None:
    units = {unit.id: unit for unit in session.scalars(select(models.Unit))}
    for unit in units.values():
        above = units[unit.parent_id].path if unit.parent_id is not None else "/"
        assert unit.path == f"{above}{unit.id}/"
    commune = next(unit for unit in units.values() if unit.code == "21613" and unit.valid_to is not None)
    assert (commune.name, commune.name_folded) == ("Xã An Trung", "xa an trung")


def test_every_flow_is_published_and_reads_as_the_very_bytes_stored(session: Session) -> None:
    stored = {(v.form, v.rule_set, v.tiers): v for v in session.scalars(select(models.WorkflowVersion))}
    assert set(stored) == set(flow_keys())
    for key in flow_keys():
        version = stored[key]
        flow = read(version.content)
        assert (flow.form, flow.rule_set, flow.tiers) == key
        assert version.sha256 == flow.sha256
        assert version.active
        assert version.number == 1
        assert flow.papers
        assert any(step.working_days for step in flow.steps.values())
    assert {version.files for version in flow_versions(session)} == {0}


def test_each_change_is_in_the_log(session: Session) -> None:
    assert broken_streams(session, ("units", "settings")) == []
    acts = session.execute(select(models.AuditEntry.stream, models.AuditEntry.act)).all()
    assert acts.count(("settings", "publish_flow")) == len(flow_keys())
    assert acts.count(("settings", "name_log")) == 1
    assert acts.count(("units", "add_reference")) == 3


def test_the_log_of_a_demonstration_says_so(session: Session) -> None:
    stored = session.scalar(select(models.Setting.value).where(models.Setting.key == "log_origin"))
    assert stored == "demo/nhat-ky"


def test_again_it_adds_nothing_and_leaves_alone_what_was_changed(session: Session, runner: CommandRunner) -> None:
    clock = FixedClock(datetime_of(2024, 3, 4))
    close_round(session, clock, SYSTEM, "2022")
    before = session.scalar(select(func.count()).select_from(models.AuditEntry))
    session.rollback()
    result = runner.invoke(args=["seed", "reference"])
    assert (result.exit_code, result.output) == (0, "Nothing was missing.\n")
    assert session.scalar(select(func.count()).select_from(models.AuditEntry)) == before
    assert session.scalar(select(models.Round.closed_at).where(models.Round.code == "2022")) == clock.now()
    session.rollback()


def test_what_is_missing_is_added(session: Session) -> None:
    missing = session.scalars(select(models.Holiday).order_by(models.Holiday.on_date).limit(1)).one()
    session.rollback()
    with pytest.MonkeyPatch.context() as patch:
        more = reference.Holiday(date(2028, 1, 1), "holiday", "Tết Dương lịch", "[memory]")
        patch.setattr(reference, "load_holidays", lambda: (missing, more))
        counts = seed_reference(session, FixedClock(datetime_of(2024, 3, 5)), "another/name")
    assert {table: count for table, count in counts.items() if count} == {"holidays": 1}
    assert session.scalar(select(models.Setting.value).where(models.Setting.key == "log_origin")) == "demo/nhat-ky"
    session.rollback()


def datetime_of(year: int, month: int, day: int) -> datetime:
    """Nine in the morning in Vietnam."""
    return datetime(year, month, day, 2, tzinfo=UTC)
