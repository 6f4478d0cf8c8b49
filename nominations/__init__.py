"""The web service: everything that knows HTTP or the database."""

from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from nominations import api, cli, extensions, web
from nominations.clock import Clock
from nominations.services.health import has_demonstration_accounts

LARGEST_REQUEST = 32 * 1024 * 1024  # bytes; more is answered 413
LARGEST_FORM_FIELDS = 2 * 1024 * 1024  # bytes held in memory of a form's fields, its files apart


def create_app(settings: config.Settings | None = None, clock: Clock | None = None) -> Flask:
    """Make the application from the environment's settings; a test passes its own settings and clock."""
    settings = settings or config.load_settings()
    app = Flask(__name__, template_folder=str(Path(__file__).parents[1] / "templates"))
    app.config.from_mapping(flask_configuration(settings))
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    extensions.init_app(app, settings, clock)
    web.register(app)
    api.register(app)
    cli.register(app)
    if settings.production:
        refuse_demonstration(app)
    return app


def refuse_demonstration(app: Flask) -> None:
    """End the start if the demonstration's accounts, whose passwords are public, could sign in."""
    with app.app_context():
        found = has_demonstration_accounts(extensions.db_session())
    if found:
        app.extensions["engine"].dispose()
        raise SystemExit("Cannot start. DATABASE_URL: production needs a database without demonstration accounts.")


def flask_configuration(settings: config.Settings) -> dict[str, object]:
    """Translate the settings into Flask's own keys."""
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.environment == "test",
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FORM_FIELDS,
        "SESSION_COOKIE_NAME": "__Host-session" if settings.production else "session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.production,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": settings.production,
        "WTF_CSRF_TIME_LIMIT": None,  # a form token lives as long as its session: drafts take hours
        "TRUSTED_HOSTS": trusted_hosts(settings),
    }


def trusted_hosts(settings: config.Settings) -> list[str] | None:
    """Return the names production answers to; elsewhere any will do."""
    public_name = urlsplit(settings.public_url).hostname
    if not settings.production or public_name is None:
        return None
    return [public_name, "localhost", "127.0.0.1"]
