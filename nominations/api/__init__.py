"""The JSON API under /api/v1: the same services, rules and scoping as the pages."""

from flask import Blueprint, Flask

from nominations.extensions import csrf

BLUEPRINTS: tuple[Blueprint, ...] = ()


def register(app: Flask) -> None:
    """Add the API; its callers carry a token, not a cookie, so no form token is asked of them."""
    for blueprint in BLUEPRINTS:
        csrf.exempt(blueprint)
        app.register_blueprint(blueprint)
