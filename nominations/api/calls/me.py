"""Who the caller is: person, posts, seats, and the token they came with."""

from __future__ import annotations

from nominations.api.call import Answer, Call
from nominations.services.tokens import Holder


def me(call: Call) -> Answer:
    """The caller with what they hold today."""
    viewer = call.viewer
    holder = call.caller.holder if call.caller is not None else None
    posts = [
        {
            "ref": post.ref,
            "unit": {"id": post.unit_id, "name": post.unit_name, "level": post.level},
            "duty": post.duty,
            "title": post.title,
        }
        for post in viewer.posts
    ]
    seats = [{"unit_id": seat.unit, "role": seat.role} for seat in viewer.actor.seats]
    person = {"ref": viewer.actor.ref, "name": viewer.full_name}
    return Answer(
        {"person": person, "today": call.today, "posts": posts, "seats": seats, "delegations": [], "token": _of(holder)}
    )


def _of(holder: Holder | None) -> dict[str, object]:
    return {"scopes": list(holder.scopes), "expires_at": holder.expires_at} if holder is not None else {}
