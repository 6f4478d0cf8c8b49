"""The answers to a load balancer on a database that is in order."""

import base64

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config import Settings
from nominations import create_app
from nominations.clock import FixedClock
from nominations.models import Person
from nominations.transactions import write_transaction
from tests.pages import PageClient


def test_a_migrated_database_is_ready(client: PageClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "database": "ok", "migrations": "ok", "storage": "ok"}


def test_a_database_that_is_gone_is_named_and_nothing_more(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """No text of the database's own reaches the answer."""
    engine = client.application.extensions["engine"]

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("SELECT secret", None, Exception("no such host db.internal"))

    monkeypatch.setattr(engine.dialect, "connect", refuse)
    engine.dispose()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "failed", "database": "failed", "migrations": "failed", "storage": "ok"}


def test_production_does_not_start_on_the_demonstration(session: Session, clock: FixedClock, database_url: str) -> None:
    environment = {
        "ENVIRONMENT": "production",
        "SECRET_KEY": "k" * 40,
        "DATA_KEYS": "first:" + base64.b64encode(b"k" * 32).decode(),
        "PUBLIC_URL": "https://khenthuong.example.vn",
        "DATABASE_URL": database_url,
    }
    with write_transaction(session):
        person = Person(username="demo", password_hash="-", full_name="Người Mẫu", name_folded="nguoi mau", demo=True)
        person.created_at = clock.now()
        session.add(person)
    with pytest.raises(SystemExit, match="demonstration accounts"):
        create_app(Settings.from_environment(environment))
    with write_transaction(session):
        session.execute(update(Person).values(active=False))
    create_app(Settings.from_environment(environment)).extensions["engine"].dispose()
