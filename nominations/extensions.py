"""What the application holds one of: database, clock, sign-in, form tokens, languages."""

from flask import Flask, current_app, g, has_request_context, request, session
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session, sessionmaker

from config import Settings
from nominations.clock import WORKING_ZONE, Clock, clock_for
from nominations.database import create_database_engine, create_session_factory
from nominations.storage import Storage, storage_for

LOCALES = ("vi", "en")  # the first is the default
LOCALE_KEY = "locale"  # of the signed session cookie: the language the person chose

babel = Babel()
csrf = CSRFProtect()
login_manager = LoginManager()


def init_app(app: Flask, settings: Settings, clock: Clock | None) -> None:
    """Give the application its parts; a test passes its own clock."""
    engine = create_database_engine(settings.database_url)
    app.extensions["settings"] = settings
    app.extensions["clock"] = clock or clock_for(settings.demo_today)
    app.extensions["engine"] = engine
    app.extensions["sessionmaker"] = create_session_factory(engine)
    app.extensions["storage"] = storage_for(settings.storage_url)
    app.teardown_appcontext(_close_session)
    babel.init_app(
        app,
        default_locale=LOCALES[0],
        default_timezone=WORKING_ZONE.key,
        locale_selector=choose_locale,
    )
    csrf.init_app(app)
    login_manager.init_app(app)


def db_session() -> Session:
    """Return the database session of this request or command, opened at the first call, closed at its end."""
    if "db_session" not in g:
        factory: sessionmaker[Session] = current_app.extensions["sessionmaker"]
        g.db_session = factory()
    opened: Session = g.db_session
    return opened


def current_clock() -> Clock:
    """Return the clock to hand to services; a request that plays the demonstration's day has its own."""
    clock: Clock = g.get("clock") or current_app.extensions["clock"]
    return clock


def current_settings() -> Settings:
    """Return the settings the application was made with."""
    settings: Settings = current_app.extensions["settings"]
    return settings


def current_storage() -> Storage:
    """Return the store that papers are kept in."""
    storage: Storage = current_app.extensions["storage"]
    return storage


def choose_locale() -> str:
    """Return the language to answer in.

    Pages are Vietnamese until the person chooses otherwise, whatever language the browser was installed in;
    a caller of the API says in `Accept-Language` what it reads.
    """
    if not has_request_context():
        return LOCALES[0]
    if request.path.startswith("/api/"):
        return request.accept_languages.best_match(LOCALES) or LOCALES[0]
    chosen = session.get(LOCALE_KEY)
    return chosen if chosen in LOCALES else LOCALES[0]


def _close_session(_error: BaseException | None) -> None:
    """Close the session; what no service committed is undone."""
    opened: Session | None = g.pop("db_session", None)
    if opened is not None:
        opened.close()
