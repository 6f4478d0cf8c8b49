"""The frame of the application: headers, cookies, strict templates, languages, the one clock."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from flask_babel import get_locale
from jinja2 import UndefinedError

from config import Settings
from nominations import create_app
from nominations.clock import FixedClock
from nominations.extensions import current_clock, db_session
from tests.databases import settings_for
from tests.pages import PageClient

PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 40,
    "DATA_KEYS": "first:" + base64.b64encode(b"k" * 32).decode(),
    "PUBLIC_URL": "https://khenthuong.example.vn",
    "TRUSTED_PROXIES": "1",
}


def make(settings: Settings, clock: FixedClock) -> Flask:
    """Make the application with two pages more, for these tests alone."""
    app = create_app(settings, clock)
    app.test_client_class = PageClient
    app.add_url_rule("/language", view_func=tell_language, endpoint="language")
    app.add_url_rule("/api/language", view_func=tell_language, endpoint="api_language")
    app.add_url_rule("/choose/<locale>", view_func=choose, endpoint="choose")
    app.add_url_rule("/change", view_func=list, endpoint="change", methods=["POST"])
    return app


def tell_language() -> list[str]:
    """Answer the language this request is answered in."""
    return [str(get_locale())]


def choose(locale: str) -> list[str]:
    """Remember a language."""
    session["locale"] = locale
    return []


@pytest.fixture
def app(tmp_path: Path, clock: FixedClock) -> Iterator[Flask]:
    """Return an application on an empty SQLite file."""
    app = make(settings_for(f"sqlite:///{tmp_path}/app.db", STORAGE_URL=str(tmp_path / "files")), clock)
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def production_client(tmp_path: Path, clock: FixedClock) -> Iterator[FlaskClient]:
    """Return a client of the application as production runs it."""
    environment = PRODUCTION | {"DATABASE_URL": f"sqlite:///{tmp_path}/app.db"}
    app = make(Settings.from_environment(environment), clock)
    yield app.test_client()
    app.extensions["engine"].dispose()


def test_the_process_is_alive(client: PageClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


def test_a_database_without_migrations_is_not_ready(client: PageClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "failed", "database": "ok", "migrations": "failed", "storage": "ok"}


def test_every_answer_carries_the_headers(client: PageClient) -> None:
    for address in ("/healthz", "/nowhere"):
        headers = client.get(address).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in headers


def test_behind_tls_the_browser_is_told_to_stay_there(production_client: FlaskClient) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.5", "Host": "khenthuong.example.vn"}
    headers = production_client.get("/healthz", headers=forwarded).headers
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_production_answers_to_its_own_name_only(production_client: FlaskClient) -> None:
    assert production_client.get("/healthz", headers={"Host": "other.example"}).status_code == 400
    assert production_client.get("/healthz", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_the_session_cookie_is_out_of_reach(client: PageClient, production_client: FlaskClient) -> None:
    cookie = client.get("/choose/en").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    forwarded = {"X-Forwarded-Proto": "https", "Host": "khenthuong.example.vn"}
    cookie = production_client.get("/choose/en", headers=forwarded).headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie


def test_a_post_without_a_token_changes_nothing(client: PageClient) -> None:
    assert client.post("/change").status_code == 400


def test_a_template_that_names_nothing_fails(app: Flask) -> None:
    with pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ nothing }}").render()


def test_pages_are_vietnamese_until_the_person_chooses(client: PageClient) -> None:
    browser = {"Accept-Language": "en-US"}
    assert client.get("/language", headers=browser).json == ["vi"]
    client.get("/choose/en")
    assert client.get("/language").json == ["en"]
    client.get("/choose/klingon")
    assert client.get("/language").json == ["vi"]


def test_a_caller_of_the_api_says_what_it_reads(client: PageClient) -> None:
    assert client.get("/api/language").json == ["vi"]
    assert client.get("/api/language", headers={"Accept-Language": "en-GB,en;q=0.9"}).json == ["en"]


def test_a_request_has_one_session_and_the_given_clock(app: Flask, clock: FixedClock) -> None:
    with app.app_context():
        opened = db_session()
        assert db_session() is opened
        assert current_clock() is clock
    with app.app_context():
        assert db_session() is not opened
