"""Looking changes nothing: whoever opens whatever page or calls whatever list, nothing is written."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from nominations import create_app, models
from nominations.clock import FixedClock
from nominations.database import create_session_factory
from nominations.documents.kinds import BUILDERS
from nominations.models.base import Base
from nominations.services.log import Origin
from nominations.services.people import issue_token
from nominations.services.seeding.accounts import Account, list_accounts
from tests.architecture.addresses import Address, table
from tests.databases import Databases, settings_for
from workflows import ACTIONS
from workflows.sentences import SECTIONS

MORNING = datetime(2025, 6, 2, 2, 0, tzinfo=UTC)  # the day the demonstration opens on, 9:00 in Vietnam
TODAY = MORNING.date()
WHO = (
    "nominator", "appraiser", "secretary", "head", "deputy", "office", "clerk", "supervisor", "auditor", "admin",
    "member",
)  # fmt: skip
LOOKS = [address for address in table() if address.method == "GET"]
Places = dict[str, list[str]]


@dataclass(frozen=True)
class Demonstration:
    """The demonstration, its accounts, and a second connection that notices every commit."""

    app: Flask
    accounts: tuple[Account, ...]
    watcher: sqlite3.Connection

    def commits(self) -> int:
        """Return a number that changes with every commit of another connection."""
        return int(self.watcher.execute("PRAGMA data_version").fetchone()[0])


@pytest.fixture(scope="module")
def demonstration(databases: Databases) -> Iterator[Demonstration]:
    """A copy of the demonstration on SQLite, which tells commits of others apart."""
    url = databases.copy("sqlite", "demo")
    app = create_app(settings_for(url), FixedClock(MORNING))
    with create_session_factory(app.extensions["engine"])() as session:
        accounts = list_accounts(session)
    watcher = sqlite3.connect(str(make_url(url).database))
    yield Demonstration(app, accounts, watcher)
    watcher.close()
    app.extensions["engine"].dispose()


@pytest.fixture
def session(demonstration: Demonstration) -> Iterator[Session]:
    """A session on the demonstration."""
    engine: Engine = demonstration.app.extensions["engine"]
    with create_session_factory(engine)() as session:
        yield session


OF_THE_MOVEMENT = {
    "kind": ["yearly", "final", "van-ban", "kiem-tra", "mo-hinh"],
    "year": ["2024"],
    "edition": ["1", "2"],
    "output": ["pdf", "docx", "xlsx"],
    "code": ["midterm", "annual_report"],
}
"""What stands in the addresses of the movement's own pages."""


def duties_of(account: Account, today: date) -> set[str]:
    """Return what an account may be today; a seat in a council is `member`."""
    held = {role.duty for role in account.roles if role.valid_from <= today <= (role.valid_to or date.max)}
    return {"member" if duty.startswith("council: ") else duty for duty in held}


def whoever_is(accounts: Sequence[Account], duty: str) -> Account:
    """Return the first account that holds a duty today, and if possible no other."""
    holders = [account for account in accounts if duty in duties_of(account, TODAY)]
    return min(holders, key=lambda account: len(duties_of(account, TODAY)))


def counted(session: Session) -> dict[str, int]:
    """Return how many rows each table has, and the sum of the files' versions."""
    counts = {
        name: session.scalar(select(func.count()).select_from(each)) for name, each in Base.metadata.tables.items()
    }
    versions = session.scalar(select(func.sum(models.Nomination.version)))
    return {name: count or 0 for name, count in counts.items()} | {"versions": versions or 0}


def files_for(session: Session, account: Account) -> list[str]:
    """Return files to look at: three of the account's own units in different states, and one of elsewhere."""
    units = {role.unit_code for role in account.roles}
    reach = models.NominationReach
    rows = session.execute(
        select(models.Nomination.code, models.Nomination.state, func.max(models.Unit.code.in_(units)))
        .join(reach, reach.nomination_id == models.Nomination.id)
        .join(models.Unit, models.Unit.id == reach.unit_id)
        .group_by(models.Nomination.code, models.Nomination.state)
        .order_by(models.Nomination.code)
    ).all()
    own = {state: code for code, state, mine in rows if mine}
    other = next(code for code, _state, mine in rows if not mine)
    return [*list(own.values())[:3], other]


def papers_of(session: Session, code: str) -> list[str]:
    """Return what the papers of a file are kept under, the first of them, and one that is nowhere."""
    found = session.scalars(
        select(models.NominationFile.sha256)
        .join(models.Nomination, models.Nomination.id == models.NominationFile.nomination_id)
        .where(models.Nomination.code == code)
        .limit(1)
    )
    return [*found, "0" * 64]


def furniture(session: Session) -> Places:
    """Return one of each thing that administrators keep, by the name it has in an address."""
    days = [day.isoformat() for day in session.scalars(select(models.Holiday.on_date).limit(1))]
    found = {
        name: [str(value) for value in session.scalars(select(column).order_by(column).limit(1))]
        for name, column in {
            "unit_id": models.Unit.id,
            "council_id": models.Council.id,
            "seat_id": models.CouncilSeat.id,
            "value_id": models.LegalValue.id,
            "version_id": models.WorkflowVersion.id,
            "line_id": models.UnitSuccession.id,
            "ref": models.Person.ref,
            "nhiem-vu": models.Post.ref,
            "dot-xet": models.Round.code,
        }.items()
    }
    lists = [str(one) for one in session.scalars(select(models.Bundle.id).order_by(models.Bundle.id).limit(1))]
    some = {
        "day": days,
        "quota_id": ["1"],
        "cach-hieu": ["includes_day"],
        "bundle_id": lists or ["1"],
        "printer_id": ["1"],
        "decision_id": [str(one) for one in session.scalars(select(func.max(models.Award.decision_id))) if one]
        or ["1"],
        "way": ["ky", "chu-ky", "so"],
        "key": ["lo-1"],
    }
    return found | some


def paths(app: Flask, address: Address, places: Mapping[str, list[str]]) -> list[str]:
    """Return the address with every combination of what its open places may be."""
    rule = next(rule for rule in app.url_map.iter_rules(address.endpoint) if rule.rule == address.rule)
    names = sorted(rule.arguments)
    room = rule.rule.split("/")[2] if rule.rule.startswith("/quan-tri/") else ""
    places = {**places, **{name: places[room] for name in ("code", "ref") if room in places}}
    places |= OF_THE_MOVEMENT if rule.rule.startswith("/phong-trao/") else {}
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        chosen = itertools.product(*(places[name] for name in names))
        return [adapter.build(address.endpoint, dict(zip(names, values, strict=True))) for values in chosen]


def everything(app: Flask, session: Session, account: Account, looks: list[Address]) -> list[tuple[Address, str]]:
    """Return every path this account will look at; the actions' pages for one file, the rest for all."""
    found: list[tuple[Address, str]] = []
    kept = furniture(session)
    for number, code in enumerate(files_for(session, account)):
        places: Places = kept | {
            "code": [code],
            "action": list(ACTIONS) if number == 0 else ["accept"],
            "section": list(SECTIONS),
            "sha256": papers_of(session, code),
            "number": ["1"],
            "kind": list(BUILDERS) if number == 0 else ["report", "decision"],
            "output": ["pdf", "docx"],
            "stream": [code, "people"],
            "cseq": ["1"],
            "filename": ["css/nominations.css"],
        }
        for address in looks:
            if number == 0 or address.rule.startswith("/ho-so/<code>"):
                found += [(address, path) for path in paths(app, address, places)]
    return found


@pytest.mark.parametrize("duty", WHO)
def test_no_page_changes_anything_and_a_duty_opens_it(
    demonstration: Demonstration, session: Session, duty: str
) -> None:
    """Nobody is answered with an error of ours, and who lacks a page's duty is told so."""
    account = whoever_is(demonstration.accounts, duty)
    client = demonstration.app.test_client()
    signed_in(client, account)
    looks = [address for address in LOOKS if not address.access.startswith("token:")]
    before = counted(session)
    session.rollback()
    for address, path in everything(demonstration.app, session, account, looks):
        session.rollback()
        commits = demonstration.commits()
        with client.get(path) as answer:
            assert answer.status_code < 500, path
        assert demonstration.commits() == commits, f"GET {path} wrote to the database"
        if not address.anybody and address.access != "signed_in":
            lacking = not duties_of(account, TODAY) & set(address.access.split())
            assert (answer.status_code == 403) == lacking, (path, answer.status)
    assert counted(session) == before


def test_no_call_changes_anything(demonstration: Demonstration, session: Session) -> None:
    """A token's use is remembered once a day, at its first call; from then on nothing is written."""
    account = whoever_is(demonstration.accounts, "appraiser")
    person = session.scalars(select(models.Person).where(models.Person.username == account.username)).one()
    token = issue_token(session, FixedClock(MORNING), Origin(actor=person.ref), person.id, "reader", ("read",), 1)
    headers = {"Authorization": f"Bearer {token.text}"}
    client = demonstration.app.test_client()
    assert client.get("/api/v1/me", headers=headers).status_code == 200
    calls = [address for address in LOOKS if address.access == "token:read"]
    for _address, path in everything(demonstration.app, session, account, calls):
        session.rollback()
        commits = demonstration.commits()
        with client.get(path, headers=headers) as answer:
            assert answer.status_code in {200, 404}, (path, answer.status)
        assert demonstration.commits() == commits, f"GET {path} wrote to the database"


def signed_in(client: FlaskClient, account: Account) -> None:
    """Sign in; the page's own form token goes with it."""
    client.application.config["WTF_CSRF_ENABLED"] = False
    typed = {"username": account.username, "password": account.password}
    assert client.post("/dang-nhap", data=typed).status_code == 303
