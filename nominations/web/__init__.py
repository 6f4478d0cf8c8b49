"""The pages: HTML for people, a blueprint per audience."""

from flask import Blueprint, Flask

from nominations.web import formats, headers, health

BLUEPRINTS: tuple[Blueprint, ...] = (health.blueprint,)


def register(app: Flask) -> None:
    """Add the pages, what their templates write with, and the headers that go out with every answer."""
    formats.init_app(app)
    headers.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
