"""The places a file takes in the quotas of its round, and gives back when nothing comes of it."""

from __future__ import annotations

from nominations.services.apply import Change
from nominations.services.effects.ground import Ground
from nominations.services.errors import InvalidInput
from nominations.services.messages import REQUIRED
from nominations.services.statements import Part
from workflows import Quota
from workflows.quota import counts_at


def take(g: Ground, change: Change, outcome: str) -> None:
    """A place in every quota the file falls under. The rows are locked, so what was counted still holds."""
    if outcome != counts_at(g.workflow, g.stage):
        return
    for quota in g.case.quotas:
        if quota.has_place:
            continue
        if quota.taken >= quota.most and not g.payload.get("reasons"):
            raise InvalidInput({"reasons": REQUIRED})
        place = {"quota_id": quota.number, "nomination_id": g.row.id, "taken_at": g.moment.now}
        change.parts += [_counted(g, quota, 1), Part("quota_places", place)]


def give_back(g: Ground, change: Change) -> None:
    """The places the file has, when it ends without its award."""
    for quota in g.case.quotas:
        if quota.has_place:
            place = {"quota_id": quota.number, "nomination_id": g.row.id, "given_back_at": g.moment.now}
            change.parts += [_counted(g, quota, -1), Part("quota_places", place, keys=("quota_id", "nomination_id"))]


def _counted(g: Ground, quota: Quota, by: int) -> Part:
    taken = g.batch.counters["quota", quota.number] = quota.taken + by  # the next file of the batch counts from here
    return Part("quotas", {"id": quota.number, "taken": taken}, keys=("id",))
