"""Who may come in where: every address stands in `routes.txt` with its access, and answers a stranger accordingly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from nominations import create_app
from tests.architecture.addresses import Address, served, table
from tests.databases import Databases, settings_for

EXAMPLES = {
    "code": "BK-0001",
    "section": "nominee",
    "action": "accept",
    "number": "1",
    "stream": "people",
    "cseq": "1",
    "sha256": "0" * 64,
    "output": "pdf",
    "kind": "minutes",
    "filename": "css/nominations.css",
    "ref": "0" * 32,
    "day": "2025-01-01",
    "year": "2024",
    "edition": "1",
    **dict.fromkeys(("unit_id", "council_id", "seat_id", "value_id", "version_id", "quota_id", "bundle_id"), "1"),
    **dict.fromkeys(("printer_id", "decision_id"), "1"),
    "line_id": "1",
    "way": "ky",
    "key": "lo-1",
}
DUTIES = {
    "nominator", "appraiser", "secretary", "head", "deputy", "office", "clerk", "asked_body", "supervisor", "auditor",
    "admin", "member",
}  # fmt: skip


@pytest.fixture(scope="module")
def app(databases: Databases) -> Iterator[Flask]:
    """The application on an empty database; a form's token is not asked for, so that access alone decides."""
    app = create_app(settings_for(databases.copy("sqlite", "reference")))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["engine"].dispose()


def test_every_address_is_in_the_table_with_its_access(app: Flask) -> None:
    """A new address is a decision: who may come in there. One that goes needs to lead somewhere else first."""
    known, found = {str(address) for address in table()}, {str(address) for address in served(app)}
    assert sorted(found - known) == [], "not in tests/architecture/routes.txt"
    assert sorted(known - found) == [], "in tests/architecture/routes.txt, but no longer served like this"


def test_the_table_is_in_order_and_says_each_address_once() -> None:
    addresses = [(address.rule, address.method) for address in table()]
    assert addresses == sorted(set(addresses))


def test_an_access_is_for_everybody_for_whoever_signed_in_or_for_duties_that_exist() -> None:
    for address in table():
        words = set(address.access.split())
        alone = words & {"open", "public", "signed_in", "token:read", "token:act"}
        assert words <= DUTIES or (alone and len(words) == 1), address


def test_reading_asks_for_no_more_than_the_right_to_read_and_a_change_for_the_right_to_act() -> None:
    for address in table():
        if address.rule.startswith("/api/") and not address.anybody:
            searches = address.rule.endswith("/search")  # what must not stand in an address is sent in a body
            assert address.access == ("token:read" if address.method == "GET" or searches else "token:act"), address


@pytest.mark.parametrize("address", table(), ids=lambda address: f"{address.method} {address.rule}")
def test_a_stranger_is_let_in_or_sent_to_the_sign_in(app: Flask, address: Address) -> None:
    answer = call(app.test_client(), app, address)
    to_sign_in = answer.status_code == 303 and "/dang-nhap?" in answer.headers["Location"] + "?"
    turned_away = answer.status_code == 401 or (to_sign_in and address.method == "GET")
    assert turned_away != address.anybody, (answer.status, answer.headers.get("Location"))
    assert answer.status_code < 500


def call(client: FlaskClient, app: Flask, address: Address) -> Response:
    """Ask for an address, its open places filled with examples."""
    with app.test_request_context():
        rule = next(rule for rule in app.url_map.iter_rules(address.endpoint) if rule.rule == address.rule)
        path = app.url_map.bind("localhost").build(address.endpoint, {name: EXAMPLES[name] for name in rule.arguments})
    with client.open(path, method=address.method) as answer:
        return answer
