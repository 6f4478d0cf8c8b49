"""Public posting: begun at some places for the round's days, ended with its minutes."""

from __future__ import annotations

from datetime import date

from nominations.queries.calendar import calendar
from nominations.queries.cases import POSTED, POSTING
from nominations.services.apply import Change
from nominations.services.effects.ground import Ground, past_day, require_file
from nominations.services.statements import Part
from workflows.workdays import deadline


def begin_posting(g: Ground, change: Change) -> None:
    """From a day on, so many working days, at the places of the round or at others."""
    asked = (g.row.round_settings or {}).get(POSTING, {})
    begun_on = past_day(g, "posted_on")
    days = int(asked["days"])
    until = deadline(calendar(g.session), begun_on, days).due_on or begun_on
    values = {
        "nomination_id": g.row.id,
        "stage": g.stage,
        "places": g.payload.get("places") or asked["places"],
        "working_days": days,
        "begun_on": begun_on,
        "until_on": until,
        "begun_by": g.moment.person_id,
        "begun_at": g.moment.now,
    }
    change.parts.append(Part("postings", values))
    change.payload["until"] = until.isoformat()
    _keep(g, change, until, ended=False)


def end_posting(g: Ground, change: Change) -> None:
    """After its last day, with the signed minutes and what was heard meanwhile."""
    require_file(g, "minutes_sha")
    until = date.fromisoformat((g.row.gates or {})[POSTED][g.stage]["until"])
    ended_on = past_day(g, "ended_on", until)
    values = {
        "nomination_id": g.row.id,
        "stage": g.stage,
        "ended_on": ended_on,
        "ended_by": g.moment.person_id,
        "ended_at": g.moment.now,
        "minutes_sha": g.payload["minutes_sha"],
        "remarks": g.payload.get("remarks"),
    }
    change.parts.append(Part("postings", values, keys=("nomination_id", "stage")))
    _keep(g, change, until, ended=True)


def _keep(g: Ground, change: Change, until: date, *, ended: bool) -> None:
    """What the rules may know of it, on the file's own row."""
    gates = dict(change.nomination.get("gates", g.row.gates) or {})
    posted = dict(gates.get(POSTED, {})) | {g.stage: {"until": until.isoformat(), "ended": ended}}
    change.nomination["gates"] = gates | {POSTED: posted}
