"""What could be done to several files at once, and how they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.audit import AuditEntry
from nominations.models.nominations import Nomination
from nominations.queries.actors import Viewer
from nominations.queries.case_facts import KEY_JOINS, case_rows
from nominations.queries.prepared import in_scope, panel
from nominations.queries.visibility import is_bare, reaches
from workflows import ACTIONS, Actor


@dataclass(frozen=True, slots=True)
class DoneLine:
    """A file that was acted on under a request's key: the act, and what its entry's receipt is made of."""

    code: str
    action: str
    cseq: int
    hash: str
    at: str


def offered(session: Session, actor: Actor, codes: Sequence[str], today: date) -> dict[str, int]:
    """How many of these files each action is open for, in the order of the table; an action open for none is left out.

    Files that are not there for the actor count for nothing.
    """
    found: Counter[str] = Counter()
    for row in case_rows(session, codes, today, lock=False).values():
        if in_scope(actor, row):
            _ready, actions = panel(session, row, actor, today)
            found.update(one.action for one in actions if one.allowed)
    return {action: found[action] for action in ACTIONS if found[action]}


def names_of(session: Session, viewer: Viewer, codes: Sequence[str]) -> dict[str, str]:
    """The nominees of these files by code; an empty name for somebody in conflict, nothing of what is not theirs."""
    found = session.execute(
        select(Nomination.code, Nomination.nominee_name, is_bare(viewer)).where(
            Nomination.code.in_(codes), reaches(viewer)
        )
    )
    return {code: "" if bare else name for code, name, bare in found}


def done_under(session: Session, actor_ref: str, key: str) -> tuple[DoneLine, ...]:
    """What the actor did under the key of one request on many files, in the order of their codes."""
    rows = session.execute(
        select(AuditEntry.nomination, AuditEntry.act, AuditEntry.cseq, AuditEntry.hash, AuditEntry.at)
        .where(
            AuditEntry.actor == actor_ref,
            AuditEntry.request_key.startswith(f"{key}{KEY_JOINS}", autoescape=True),
            AuditEntry.nomination.is_not(None),
        )
        .order_by(AuditEntry.nomination)
    )
    return tuple(DoneLine(row.nomination or "", row.act, row.cseq, row.hash, row.at) for row in rows)
