"""The commands for people, rounds and flows: done 0, refused 1, wrong use 2; and what each leaves in the log."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session

from nominations import models
from nominations.queries.flow_versions import flow_versions
from nominations.services.people import token_hash
from nominations.transactions import write_transaction
from tests.conftest import MONDAY_MORNING
from tests.databases import CommandRunner
from tests.integration.seeding.streams import broken_streams

TEMPLATE = "reference"
NEW_ROUND = (
    "rounds", "create", "2026-thu", "--title", "Đợt thử", "--opens", "05/01/2026", "--closes", "2026-12-31",
    "--from", "2026-01-01", "--to", "2026-12-31", "--form", "GK-XA", "--form", "BK-TINH",
)  # fmt: skip


def run(runner: CommandRunner, *arguments: str, expect: int = 0) -> str:
    """Run a command, which must end with that exit code; what it printed."""
    result = runner.invoke(args=list(arguments))
    assert result.exit_code == expect, result.output
    return result.output


@pytest.mark.parametrize("group", ["people", "rounds", "seed", "workflows"])
def test_every_group_explains_itself(runner: CommandRunner, group: str) -> None:
    assert "Commands:" in run(runner, group, "--help")


def test_a_person_is_made_given_a_duty_and_relieved_of_it(runner: CommandRunner, session: Session) -> None:
    run(runner, "people", "create", "lan.thu", "Nguyễn Thị  Lan", "--password", "mat-khau-du-dai")
    out = run(runner, "people", "grant", "lan.thu", "clerk", "21610", "--title", "Văn thư", "--from", "2024-02-01")
    assert out == "lan.thu: clerk at 21610 from 01/02/2024 to 30/06/2025.\n"  # the district's communes end then
    run(runner, "people", "revoke", "lan.thu", "clerk", "21610", "--last-day", "30/06/2024")
    post = session.scalars(select(models.Post)).one()
    person = session.scalars(select(models.Person)).one()
    assert (person.full_name, person.name_folded, person.demo) == ("Nguyễn Thị Lan", "nguyen thi lan", False)
    assert (post.valid_from, post.valid_to) == (date(2024, 2, 1), date(2024, 6, 30))
    acts = session.scalars(select(models.AuditEntry.act).where(models.AuditEntry.stream == "people"))
    assert list(acts) == ["create_person", "grant", "revoke"]
    assert broken_streams(session, ("people",)) == []
    session.rollback()


def test_a_duty_is_delegated_and_the_delegation_ended(runner: CommandRunner, session: Session) -> None:
    for name in ("nguoi.giao", "nguoi.nhan"):
        run(runner, "people", "create", name, name, "--password", "mat-khau-du-dai")
    run(runner, "people", "grant", "nguoi.giao", "appraiser", "52", "--title", "Chuyên viên", "--from", "2024-02-01")
    given = ("people", "delegate", "nguoi.giao", "appraiser", "52", "nguoi.nhan", "--kind", "cover", "--from")
    said = ("2024-03-01", "--to", "2024-12-31", "--title", "Chuyên viên", "--document", "05/QĐ", "--form", "BK-TINH")
    ref, _, line = run(runner, *given, *said).partition(": ")
    assert line == "nguoi.nhan does the work of nguoi.giao from 01/03/2024 to 31/12/2024.\n"
    assert "delegated to that person already" in run(runner, *given, *said, expect=1)
    made = session.scalars(select(models.Delegation)).one()
    assert (made.ref, made.forms, made.kind) == (ref, ["BK-TINH"], "cover")
    session.rollback()
    assert "ends with 30/06/2024" in run(runner, "people", "end-delegation", ref, "--last-day", "2024-06-30")
    assert broken_streams(session, ("people",)) == []
    session.rollback()


def test_the_log_knows_a_person_by_the_reference_only(runner: CommandRunner, session: Session) -> None:
    run(runner, "people", "create", "an.danh", "Trần Thị Ẩn Danh", "--password", "mat-khau-du-dai")
    payloads = session.scalars(select(models.EntryPayload.payload).where(models.EntryPayload.stream == "people")).all()
    assert payloads
    assert not any(b"an.danh" in payload or "Ẩn Danh".encode() in payload for payload in payloads)
    session.rollback()


def test_a_token_is_shown_once_and_kept_as_its_hash(runner: CommandRunner, session: Session) -> None:
    run(runner, "people", "create", "may.tinh", "Máy Tính", "--password", "mat-khau-du-dai")
    made = runner.invoke(args=["people", "token", "may.tinh", "--name", "thử", "--scope", "act", "--days", "7"])
    assert made.exit_code == 0
    stored = session.scalars(select(models.ApiToken)).one()
    assert stored.token_hash == token_hash(made.stdout.strip())
    assert (stored.scopes, (stored.expires_at - stored.created_at).days) == (["act"], 7)
    session.rollback()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("create", "X Y", "Tên", "--password", "mat-khau-du-dai"), "username"),
        (("create", "ngan", "Tên", "--password", "ngan"), "password"),
        (("create", "trong", " ", "--password", "mat-khau-du-dai"), "full_name"),
        (("grant", "khong.co", "clerk", "52", "--title", "Văn thư", "--from", "2024-01-01"), "no account khong.co"),
        (("grant", "khong.co", "clerk", "9999", "--title", "Văn thư", "--from", "2024-01-01"), "No unit has code 9999"),
        (("revoke", "khong.co", "clerk", "52", "--last-day", "2024-01-01"), "no account khong.co"),
        (("token", "khong.co", "--name", "thử"), "no account khong.co"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    runner: CommandRunner, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in run(runner, "people", *arguments, expect=1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("people", "grant", "ai", "king", "52", "--title", "Vua"),
        ("people", "grant", "ai", "clerk", "52", "--title", "Văn thư", "--from", "31/02/2024"),
        ("rounds", "create", "2027"),
        ("workflows", "diagram", "GK-XA", "R2"),
        ("seed", "accounts", "--yaml"),
    ],
)
def test_wrong_use_ends_with_2(runner: CommandRunner, arguments: tuple[str, ...]) -> None:
    run(runner, *arguments, expect=2)


def test_a_duty_is_held_once_and_within_the_units_life(runner: CommandRunner) -> None:
    run(runner, "people", "create", "hai.lan", "Hai Lần", "--password", "mat-khau-du-dai")
    grant = ("people", "grant", "hai.lan", "head", "542", "--title", "Chủ tịch", "--from", "2024-01-01")
    run(runner, *grant)
    assert "already holds this duty" in run(runner, *grant, expect=1)
    beyond = ("people", "grant", "hai.lan", "deputy", "542", "--title", "Phó Chủ tịch", "--from", "2024-01-01")
    assert "no such unit" in run(runner, *beyond, "--to", "2025-12-31", expect=1)


def test_a_round_is_opened_and_closed(runner: CommandRunner, session: Session) -> None:
    run(runner, *NEW_ROUND)
    assert "This round code is taken" in run(runner, *NEW_ROUND, expect=1)
    assert "Nothing was changed" in run(runner, "rounds", "close", "2026-thu")
    found = select(models.Round).where(models.Round.code == "2026-thu").execution_options(populate_existing=True)
    assert session.scalars(found).one().closed_at is None
    session.rollback()
    run(runner, "rounds", "close", "2026-thu", "--yes")
    row = session.scalars(found).one()
    forms = session.scalars(select(models.RoundForm.form).where(models.RoundForm.round_id == row.id))
    assert row.closed_at is not None
    assert set(forms) == {"GK-XA", "BK-TINH"}
    session.rollback()
    assert "ended already" in run(runner, "rounds", "close", "2026-thu", "--yes", expect=1)
    assert "no 2050" in run(runner, "rounds", "close", "2050", expect=1)
    assert broken_streams(session, ("settings",)) == []
    session.rollback()


def test_a_round_needs_days_in_order_a_unit_and_known_forms(runner: CommandRunner) -> None:
    out = run(
        runner, "rounds", "create", "sai", "--title", " ", "--opens", "2026-02-01", "--closes", "2026-01-01",
        "--from", "2026-02-01", "--to", "2026-01-01", "--form", "GK-TRANG", expect=1,
    )  # fmt: skip
    assert all(field in out for field in ("title:", "closes_on:", "achievement_to:", "forms:"))


def test_flows_are_listed_proved_and_drawn(runner: CommandRunner) -> None:
    listed = run(runner, "workflows", "list").splitlines()
    assert len(listed) == 22
    assert all("in force, 0 files" in line for line in listed)
    assert "0 broken; 0 flows would change" in run(runner, "workflows", "check")
    drawn = run(runner, "workflows", "diagram", "GK-XA", "R2", "3", "--lang", "en", "--parked")
    assert drawn.startswith("stateDiagram-v2\n  [*] --> draft\n")
    assert "commune_intake_returned" in drawn
    assert "No flow GK-HUYEN R3 2" in run(runner, "workflows", "diagram", "GK-HUYEN", "R3", "2", expect=1)


def test_a_changed_structure_is_published_as_a_new_version_with_the_values_in_force(
    runner: CommandRunner, session: Session
) -> None:
    """An administrator's deadline stays; files stay with the version they are pinned to."""
    raw = _content(session)
    raw["deadlines"][0]["working_days"] = 9
    _in_force(session, raw)
    assert "0 flows would be published" in run(runner, "workflows", "publish")
    raw["label"] = {"vi": "Giấy khen", "en": "Certificate"}  # as an earlier version of the code had called it
    _in_force(session, raw)
    assert "1 flows would change" in run(runner, "workflows", "check")
    assert "1 flows would be published; nothing was changed" in run(runner, "workflows", "publish")
    assert "1 flows published" in run(runner, "workflows", "publish", "--yes")
    versions = [one for one in flow_versions(session) if (one.form, one.rule_set, one.tiers) == ("GK-XA", "R2", 3)]
    session.rollback()
    assert [(one.number, one.active) for one in versions] == [(4, True), (3, False), (2, False), (1, False)]
    published = _content(session)
    assert published["deadlines"][0]["working_days"] == 9
    assert published["label"]["en"] != "Certificate"
    assert "GK-XA R2 3 v1" in run(runner, "workflows", "list", "--all")


def test_broken_bytes_are_found(runner: CommandRunner, session: Session) -> None:
    raw = _content(session)
    raw["basis"] = []
    _in_force(session, raw)
    assert "It names no legal basis" in run(runner, "workflows", "check", expect=1)
    assert "1 flows published" in run(runner, "workflows", "publish", "--yes")


def _content(session: Session) -> dict[str, Any]:
    """The version of GK-XA in force under rule set 2 and three tiers."""
    content = session.scalar(select(models.WorkflowVersion.content).where(_flow(), models.WorkflowVersion.active))
    session.rollback()
    assert content is not None
    raw: dict[str, Any] = json.loads(content)
    return raw


def _flow() -> ColumnElement[bool]:
    version = models.WorkflowVersion
    return (version.form == "GK-XA") & (version.rule_set == "R2") & (version.tiers == 3)


def _in_force(session: Session, raw: dict[str, Any]) -> None:
    """Put other bytes in force, as the next version."""
    content = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    with write_transaction(session):
        newest = session.scalar(select(func.max(models.WorkflowVersion.number)).where(_flow())) or 0
        session.execute(update(models.WorkflowVersion).where(_flow()).values(active=False))
        values = {"form": "GK-XA", "rule_set": "R2", "tiers": 3, "number": newest + 1, "content": content}
        values |= {"sha256": hashlib.sha256(content).hexdigest(), "published_at": MONDAY_MORNING, "active": True}
        session.execute(insert(models.WorkflowVersion).values(values))
