"""What a load balancer asks: is the process up (/healthz), and can it serve (/readyz)."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from nominations.extensions import current_settings, db_session
from nominations.services import health

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def live() -> ResponseReturnValue:
    """Answer 200 while the process answers at all."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Answer 200 when database, migrations and storage are in order, else 503 and which part is not."""
    parts = health.check(db_session(), current_settings().storage_url)
    in_order = all(parts.values())
    answer = {name: "ok" if good else "failed" for name, good in parts.items()}
    return jsonify(status="ok" if in_order else "failed", **answer), 200 if in_order else 503
