"""Who the caller is: person, posts, seats, and the token they came with."""

from __future__ import annotations

from nominations.api.call import Answer, Call
from nominations.queries.actors import PostLine
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
        {
            "person": person,
            "today": call.today,
            "posts": posts,
            "seats": seats,
            "delegations": [_delegated(post) for post in viewer.delegated],
            "token": _of(holder),
        }
    )


def _delegated(post: PostLine) -> dict[str, object]:
    """Another's post that the caller works from: what kind, for whom, on which paper, for which forms, until when."""
    given = post.given
    return {
        "ref": post.ref,
        "unit": {"id": post.unit_id, "name": post.unit_name, "level": post.level},
        "duty": post.duty,
        "title": post.title,
        "kind": given.kind if given is not None else None,
        "giver": given.giver if given is not None else None,
        "document": given.document if given is not None else None,
        "forms": given.forms if given is not None else None,
        "last_day": given.last_day if given is not None else None,
    }


def _of(holder: Holder | None) -> dict[str, object]:
    return {"scopes": list(holder.scopes), "expires_at": holder.expires_at} if holder is not None else {}
