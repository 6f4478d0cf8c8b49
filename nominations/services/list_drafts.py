"""Drafts of a list's rows, many written together: the nominee, the file, its entry, as a single draft leaves them."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.base import new_ref
from nominations.models.lists import DraftListRow
from nominations.models.nominees import Nominee
from nominations.models.units import Unit
from nominations.names import folded
from nominations.queries.draft_lists import ListHead, ListRow
from nominations.services.drafts import Opened, Place, flow_for, opened, post_ref, proposing_unit, reached, round_of
from nominations.services.log import Origin
from nominations.services.nominees import Draft, first_content
from nominations.services.set_based import write_together
from nominations.services.statements import insert_numbered
from workflows import Actor

NEW, SKIP = "new", "skip"  # instead of the reference of a known nominee


class _Going(NamedTuple):
    """A row of which a draft is made, and the nominee it is for: a known one's id, or None for a new one."""

    row: ListRow
    known: int | None


def drafts_of(
    session: Session,
    actor: Actor,
    clock: Clock,
    origin: Origin,
    head: ListHead,
    rows: Sequence[ListRow],
    choices: Mapping[int, str],
) -> dict[int, str]:
    """Make the drafts of the rows that nothing stands in the way of; the code of each by its row's number.

    A row that waits for a choice it has not been given, or whose file is there already, is left as it is.
    """
    going = [one for one in (_going(row, choices.get(row.id)) for row in rows) if one is not None]
    if not going:
        return {}
    now, today = clock.now(), clock.today()
    unit = proposing_unit(session, actor, head.unit_id, today)
    round_id = round_of(session, head.round_code, head.form)
    nominees = _nominees(session, going, clock)
    flows = {at: flow_for(session, unit, head.form, at, today) for at in dict.fromkeys(one.unit_id for one in nominees)}
    made: list[Opened] = []
    for (row, _), nominee in zip(going, nominees, strict=True):
        draft = _draft(head, row, nominee)
        working = _merged(first_content(session, nominee, draft), row.said["content"], nominee)
        place = Place(unit, round_id, flows[nominee.unit_id], post_ref(actor, unit))
        said = {"input": {"round": head.round_code, "form": head.form}, "list": head.ref, "row": row.number}
        made.append(opened(session, actor, now, origin, draft, place, nominee, working, said))
    ids = insert_numbered(session, "nominations", [one.values for one in made], "code")
    parts = [part for one in made for part in one.parts]
    parts += [reached(number, unit.id, now) for number in ids]
    write_together(session, parts)
    settled = [{"id": row.id, "settled_as": "made", "nomination_id": n} for (row, _), n in zip(going, ids, strict=True)]
    session.execute(update(DraftListRow), settled)
    return {row.number: one.receipt.stream for (row, _), one in zip(going, made, strict=True)}


def _going(row: ListRow, choice: str | None) -> _Going | None:
    """For whom a row's draft is made; None where it waits, or its file is there already."""
    taken = {one.id for one in row.candidates if one.code}
    chosen = next((one.id for one in row.candidates if one.ref == choice), None)
    fixed = "nominee" in row.said or "nominee_unit" in row.said
    if fixed:
        known = row.candidates[0].id if row.candidates else None
        waits = known in taken or (bool(row.same_as) and choice != NEW)
        return None if waits else _Going(row, known)
    if chosen is not None:
        return None if chosen in taken else _Going(row, chosen)
    return _Going(row, None) if row.state == "ready" or choice == NEW else None


def _nominees(session: Session, going: Sequence[_Going], clock: Clock) -> list[Nominee]:
    """The nominee of each row: those known, and new ones written now."""
    wanted = sorted({one.known for one in going if one.known is not None})
    known = {one.id: one for one in session.scalars(select(Nominee).where(Nominee.id.in_(wanted)))}
    names = _unit_names(session, [one.row.said["nominee_unit"] for one in going if "nominee_unit" in one.row.said])
    fresh = [_fresh(one.row.said, names, clock) for one in going if one.known is None]
    numbers = iter(insert_numbered(session, "nominees", fresh, "ref"))
    made = iter([Nominee(**values) for values in fresh])
    found = []
    for one in going:
        if one.known is not None:
            found.append(known[one.known])
            continue
        nominee = next(made)
        nominee.id = next(numbers)
        found.append(nominee)
    return found


def _unit_names(session: Session, units: Sequence[int]) -> dict[int, str]:
    found = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(sorted(units))))
    return {row.id: row.name for row in found}


def _fresh(said: Mapping[str, Any], units: Mapping[int, str], clock: Clock) -> dict[str, Any]:
    """A new nominee's row; a unit that is nominated goes by its own name."""
    itself = said.get("nominee_unit")
    name = units[itself] if itself is not None else said["name"]
    number = said.get("sealed")
    return {
        "ref": new_ref(),
        "kind": said["kind"],
        "name": name,
        "name_folded": folded(name),
        "birth_year": said.get("birth_year"),
        "unit_id": itself,
        "home_unit_id": itself if itself is not None else said["home"],
        "identity_cipher": base64.b64decode(number) if number else None,
        "identity_hash": said["identity"][0] if number else None,
        "created_at": clock.now(),
    }


def _draft(head: ListHead, row: ListRow, nominee: Nominee) -> Draft:
    return Draft(
        round_code=head.round_code,
        form=head.form,
        proposing_unit_id=head.unit_id,
        subject_kind=nominee.kind,
        subject_group=row.said["group"],
        nominee_ref=nominee.ref,
    )


def _merged(first: Mapping[str, Any], content: Mapping[str, Any], nominee: Nominee) -> dict[str, Any]:
    """What the row says, over what is known already; the nominee keeps the name it is known by."""
    merged = {name: {**first.get(name, {}), **content.get(name, {})} for name in {*first, *content}}
    merged["nominee"]["name"] = nominee.name
    return merged
