"""Demonstration accounts: never in production, made once, and enough of them to play every step of every route."""

from __future__ import annotations

import base64
import json
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations import create_app, models
from nominations.queries.routes import proposer, route
from nominations.services.passwords import needs_rehash, verify
from nominations.services.units import unit_on
from tests.databases import Backend, CommandRunner, Databases, Template, settings_for
from tests.integration.seeding.streams import broken_streams
from tests.integration.seeding.walk import Walk
from workflows import Workflow
from workflows.flows import FlowKey, flow_keys, read

TEMPLATE: Template = "reference"

# A day on which files go by each rule set and route, and units that can propose on it, by the kind of entry.
DAYS = {
    ("R1", 3): date(2023, 10, 2),
    ("R2", 3): date(2025, 5, 20),
    ("R2", 2): date(2025, 7, 7),
    ("R3", 2): date(2025, 9, 8),
}
PROPOSERS = {
    3: {"commune": ("21613", "21610", "21619", "21640"), "district": ("542", "543"), "unit": ("SNV", "DN-HOABAN")},
    2: {"commune": ("21616", "21640"), "unit": ("SNNMT", "SNV", "DN-HOABAN")},
}
SINGLE_OFFICER = "21610"  # there only the commune's own certificate goes without a substitute


@pytest.fixture
def accounts(runner: CommandRunner) -> list[dict[str, object]]:
    """The accounts as the command lists them."""
    result = runner.invoke(args=["seed", "accounts", "--json"])
    assert result.exit_code == 0, result.output
    listed: list[dict[str, object]] = json.loads(result.stdout)
    return listed


def test_the_list_has_names_passwords_and_roles_with_units(accounts: list[dict[str, object]], session: Session) -> None:
    assert len(accounts) > 100
    officer = next(account for account in accounts if account["username"] == "canbo.anhung")
    roles = officer["roles"]
    assert isinstance(roles, list)
    assert {role["duty"] for role in roles} == {"nominator", "appraiser", "secretary", "clerk", "council: secretary"}
    assert {role["unit"] for role in roles} == {"Xã An Hưng"}
    stored = session.scalar(select(models.Person.password_hash).where(models.Person.username == "canbo.anhung"))
    assert stored is not None
    assert verify(stored, str(officer["password"]))
    assert not verify(stored, "another one")
    assert not needs_rehash(stored)


@pytest.mark.usefixtures("accounts")
def test_every_account_is_marked_and_has_a_hash_of_its_own(session: Session) -> None:
    people = session.scalars(select(models.Person)).all()
    assert all(person.demo and person.active for person in people)
    assert len({person.password_hash for person in people}) == len(people)
    assert {post.duty for post in session.scalars(select(models.Post))} == set(models.DUTIES)


@pytest.mark.usefixtures("accounts")
def test_nobody_holds_anything_beyond_the_life_of_its_unit(session: Session) -> None:
    rows = session.execute(select(models.Post, models.Unit).join(models.Unit, models.Unit.id == models.Post.unit_id))
    for post, unit in rows:
        assert unit.valid_from <= post.valid_from
        assert (post.valid_to or date.max) <= (unit.valid_to or date.max)


def test_again_it_makes_none(accounts: list[dict[str, object]], session: Session, runner: CommandRunner) -> None:
    before = session.scalars(select(models.Person.ref).order_by(models.Person.id)).all()
    session.rollback()
    result = runner.invoke(args=["seed", "accounts"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == len(accounts) + 1
    assert session.scalars(select(models.Person.ref).order_by(models.Person.id)).all() == before
    assert broken_streams(session, ("people", "units")) == []


@pytest.mark.parametrize("command", [("seed", "accounts"), ("seed", "demo")])
def test_production_has_none(databases: Databases, backend: Backend, command: tuple[str, ...]) -> None:
    key = base64.b64encode(b"k" * 32).decode()
    settings = settings_for(
        databases.copy(backend, TEMPLATE),
        ENVIRONMENT="production",
        SECRET_KEY="s" * 40,
        DATA_KEYS=f"2026:{key}",
        PUBLIC_URL="https://khenthuong.example",
    )
    app = create_app(settings)
    try:
        result = CommandRunner(app).invoke(args=command)
    finally:
        app.extensions["engine"].dispose()
    assert result.exit_code == 1
    assert "production has no demonstration" in result.output


@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize("key", flow_keys(), ids=str)
def test_every_step_of_every_route_has_somebody_free(session: Session, key: FlowKey) -> None:
    flow = _flow(session, key)
    day = DAYS[key.rule_set, key.tiers]
    walked = 0
    for entry in flow.entries:
        for code in PROPOSERS[key.tiers].get(entry, ()):
            if code == SINGLE_OFFICER and key.form != "GK-XA":
                continue
            unit = unit_on(session, code, day)
            assert unit is not None
            start = proposer(session, unit.id, day)
            assert start is not None
            found = route(session, flow, start, None, day)
            assert found is not None
            walked += Walk(session, flow, day).through(unit.id, found.entry_stage, found.path)
    assert walked >= len(flow.steps)
    session.rollback()


def _flow(session: Session, key: FlowKey) -> Workflow:
    version = models.WorkflowVersion
    content = session.scalar(
        select(version.content).where(
            version.form == key.form, version.rule_set == key.rule_set, version.tiers == key.tiers, version.active
        )
    )
    assert content is not None
    return read(content)
