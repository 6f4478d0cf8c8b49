"""The pages: HTML for people, a blueprint per audience."""

from flask import Blueprint, Flask

from nominations.web import headers, health

BLUEPRINTS: tuple[Blueprint, ...] = (health.blueprint,)


def register(app: Flask) -> None:
    """Add the pages, and the headers that go out with every answer."""
    headers.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
