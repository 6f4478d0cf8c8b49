"""Every address of the service beside the access it must have: the table `routes.txt`, and what the application has."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.routing import Rule

from nominations.web.access import access_of

TABLE = Path(__file__).with_name("routes.txt")
OPEN = "open"  # no page and no call: style sheets, and what a load balancer asks


class Address(NamedTuple):
    """One way in: method, rule, endpoint, and who may."""

    method: str
    rule: str
    endpoint: str
    access: str

    def __str__(self) -> str:
        """The address as a line of the table."""
        return f"{self.method:<6} {self.rule:<52} {self.endpoint:<28} {self.access}"

    @property
    def anybody(self) -> bool:
        """Whether no sign-in is asked."""
        return self.access in {OPEN, "public"}


def table() -> list[Address]:
    """Return the table, line by line."""
    lines = TABLE.read_text().splitlines()
    return [Address(*line.split(maxsplit=3)) for line in lines if line and not line.startswith("#")]


def served(app: Flask) -> list[Address]:
    """Return what the application serves, in the table's order."""
    found = [
        Address(method, rule.rule, rule.endpoint, _access(app, rule))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda address: (address.rule, address.method))


def _access(app: Flask, rule: Rule) -> str:
    view = app.view_functions[rule.endpoint]
    if rule.endpoint.partition(".")[0] in app.extensions["pages"]:
        return " ".join(sorted(access_of(view) or ("nobody",)))
    route = _call(view)
    if route is None:
        return OPEN
    return "public" if route.scope is None else f"token:{route.scope}"


def _call(view: Callable[..., Any]) -> Any:
    """Return the row of the API's table that a view was made from, if it was."""
    return inspect.getclosurevars(view).nonlocals.get("route") if inspect.isfunction(view) else None
