"""Files of an earlier round taken over into a list of the new one: what still holds is copied, the rest stays empty."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.queries.actors import viewer
from nominations.queries.earlier_files import EarlierFile, awards_of, earlier_files
from nominations.services.columns import as_kept
from nominations.services.draft_lists import Wanted, keep
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.messages import Message
from workflows import Actor

MOST_COPIED = 600
HOLDS: Mapping[str, frozenset[str]] = {
    "nominee": frozenset({
        "name", "other_name", "sex", "birth_date", "birth_year", "ethnic_group", "home_place", "address", "position",
        "workplace", "education", "body_kind", "credit_institution", "phone", "founded", "head_name", "members",
        "functions", "hamlet", "escaped_year", "registered_on",
    }),
    "report": frozenset({"situation", "past_awards"}),
    "proposal": frozenset({"representative", "proposed_by"}),
}  # fmt: skip
"""What goes on holding from one round to the next [practice]; whatever else a file says must be said anew."""


def copy_files(
    session: Session, actor: Actor, clock: Clock, origin: Origin, wanted: Wanted, codes: Sequence[str]
) -> str:
    """Make a list of those earlier files for a new round or form; its reference. No draft is made yet.

    Files that are not of the actor's unit are not there. Raises InvalidInput, at ``files`` where none is left.
    """
    seen = viewer(session, actor.person, clock.today())
    if seen is None:
        raise NotFound("earlier files")
    found = earlier_files(session, seen, wanted.unit_id, tuple(dict.fromkeys(codes))[:MOST_COPIED])
    if not found:
        raise InvalidInput({"files": Message("nothing_chosen")})
    awards = awards_of(session, {file.nominee_id for file in found})
    rows = [_row(number, file, awards, clock.today()) for number, file in enumerate(found, 1)]
    digest = hashlib.sha256("\n".join(file.code for file in found).encode()).hexdigest()
    kinds = tuple(dict.fromkeys(file.kind for file in found))
    made_for = Wanted(wanted.unit_id, wanted.round_code, wanted.form, kinds)
    return keep(session, actor, clock, origin, made_for, ("-", "earlier", digest), rows)


def what_holds(content: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a file's content that is copied."""
    return {
        section: kept
        for section, fields in HOLDS.items()
        if (kept := {name: value for name, value in content.get(section, {}).items() if name in fields})
    }


def _row(
    number: int, file: EarlierFile, awards: Mapping[int, Sequence[Mapping[str, Any]]], today: date
) -> tuple[int, dict[str, Any], dict[str, Any]]:
    """A row of the list: the nominee itself, what still holds of the file, the awards won since."""
    content = what_holds(file.content)
    past = list(content.get("report", {}).get("past_awards", ()))
    past += [award for award in awards.get(file.nominee_id, ()) if award not in past]
    if past:
        content["report"] = {**content.get("report", {}), "past_awards": past}
    said = {
        "cells": {"name": file.name},
        "kind": file.kind,
        "group": file.group,
        "name": file.name,
        "home": file.home_id,
        "nominee": file.nominee_ref,
        "content": content,
        "copied_from": file.code,
    }
    if file.birth_year is not None:
        said["birth_year"] = file.birth_year
    ended = file.nominee_ended_on is not None and file.nominee_ended_on < today
    return number, said, as_kept({"name": Message("nominee_ended")} if ended else {})
