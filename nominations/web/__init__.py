"""The pages: HTML for people, a blueprint per audience."""

from flask import Blueprint, Flask

from nominations.web import (
    access,
    administrators,
    approvers,
    auditors,
    auth,
    council,
    demo,
    errors,
    formats,
    headers,
    health,
    home,
    movement,
    nominators,
    notices,
    preferences,
    public,
)
from nominations.web.navigation import Place

# Every room of the pages: its blueprint, and where the navigation leads into it. In the navigation's order.
ROOMS: tuple[tuple[Blueprint, tuple[Place, ...]], ...] = (
    (home.blueprint, home.PLACES),
    (nominators.blueprint, nominators.PLACES),
    (approvers.blueprint, (*approvers.PLACES, *council.PLACES, *nominators.LOOK_UP)),
    (council.blueprint, ()),
    (movement.blueprint, movement.PLACES),
    (auditors.blueprint, auditors.PLACES),
    (administrators.blueprint, administrators.PLACES),
    (public.blueprint, public.PLACES),
    (auth.blueprint, ()),
    (notices.blueprint, ()),
    (preferences.blueprint, ()),
    (demo.blueprint, ()),
)


def register(app: Flask) -> None:
    """Add the pages, what their templates write with, and what goes before and after every request."""
    formats.init_app(app)
    headers.init_app(app)
    errors.init_app(app)
    demo.init_app(app)
    auth.init_app(app)
    public.init_app(app)
    access.init_app(app, frozenset(blueprint.name for blueprint, _ in ROOMS))
    app.extensions["places"] = tuple(place for _, places in ROOMS for place in places)
    app.register_blueprint(health.blueprint)
    for blueprint, _ in ROOMS:
        app.register_blueprint(blueprint)
