"""The answers to a load balancer on a database that is in order."""

import pytest
from sqlalchemy.exc import OperationalError

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
