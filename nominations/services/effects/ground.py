"""What an effect is given, and what several of them do alike."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.nominations import File
from nominations.queries.case_facts import CaseRow
from nominations.services.apply import Change, Moment
from nominations.services.batch import Batch
from nominations.services.errors import InvalidInput
from nominations.services.messages import Message
from workflows import Accepted, Actor, Case, Workflow


@dataclass(frozen=True, slots=True)
class Ground:
    """What an effect is worked out from: the locked row, the flow, the accepted act and its checked payload."""

    session: Session
    moment: Moment
    row: CaseRow
    workflow: Workflow
    workflow_id: int
    case: Case
    accepted: Accepted
    payload: Mapping[str, Any]
    signer: Actor | None
    batch: Batch

    @property
    def stage(self) -> str:
        """The stage the act is done at; empty for a draft."""
        return self.accepted.from_state.partition(".")[0]

    @property
    def unit(self) -> int:
        """The unit of that stage."""
        return self.case.path[self.stage]


Effect = Callable[[Ground, Change], None]


def plain(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload as the log keeps it: days as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in payload.items()}


def fingerprint(payload: Mapping[str, Any]) -> str:
    """SHA-256 of what was sent: by it a repeated request is known to be the same one."""
    return hashlib.sha256(json.dumps(plain(payload), sort_keys=True, default=repr).encode()).hexdigest()


def past_day(g: Ground, field: str, since: date | None = None) -> date:
    """The day named in ``field``, today where none is: never to come, nor before ``since`` or the round's opening."""
    named: date = g.payload.get(field, g.moment.today)
    if named > g.moment.today:
        raise InvalidInput({field: Message("in_future")})
    earliest = since or g.row.opens_on
    if named < earliest:
        raise InvalidInput({field: Message("too_early", {"since": f"{earliest:%d/%m/%Y}"})})
    return named


def require_file(g: Ground, field: str) -> None:
    """Refuse a payload that names a file nobody uploaded."""
    sha = g.payload.get(field)
    if sha is not None and not g.batch.once(("file", sha), lambda: _is_there(g.session, sha)):
        raise InvalidInput({field: Message("unknown_file")})


def _is_there(session: Session, sha: str) -> bool:
    return session.scalar(select(File.sha256).where(File.sha256 == sha)) is not None
