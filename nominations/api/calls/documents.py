"""The API's own document, as JSON and as a page to read; both made from the table of routes."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, render_template

from nominations.api.call import Answer, Call


def openapi(_call: Call) -> Answer:
    """The OpenAPI document."""
    return Answer(document())


def docs(_call: Call) -> Answer:
    """The same as a page that asks nothing of any other host."""
    return Answer(Response(render_template("api/docs.html", document=document()), mimetype="text/html"))


def document() -> dict[str, Any]:
    """The document, made once when the application is."""
    made: dict[str, Any] = current_app.extensions["openapi"]
    return made
