"""A file's history entry by entry, with its chain verified and the row held against the last entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

import orjson
from sqlalchemy import Row
from sqlalchemy.orm import Session

from nominations.queries.actors import Viewer
from nominations.queries.flows import flow
from nominations.queries.sql import rows
from nominations.queries.standing import Standing, standing
from nominations.queries.visibility import Sight
from workflows import AFTER, ENDS, RETURNED
from workflows.chain import ChainReport, verify_chain
from workflows.chain import Row as ChainRow
from workflows.ledger import Entry, Head, LedgerError, commitment, moment, parse_entry

Entered = Row[*tuple[Any, ...]]  # an entry with its payload and the name of who acted
WITHHELD = "withheld"
PROPOSALS = frozenset({"propose_hold", "decline_hold"})  # of which others do not even know
HOLDS = PROPOSALS | {"hold", "resume"}
_ENTRIES = """SELECT a.cseq, a.act, a.at, a.hash, a.cprev, a.content, p.payload, p.salt, w.full_name
    FROM audit_entries a LEFT JOIN entry_payloads p ON p.stream = a.stream AND p.cseq = a.cseq
    LEFT JOIN people w ON w.ref = a.actor WHERE a.stream = :stream ORDER BY a.cseq"""
_POSTS = """SELECT x.ref, u.name FROM (SELECT p.ref, p.unit_id FROM posts p UNION ALL SELECT d.ref, p.unit_id
    FROM delegations d JOIN posts p ON p.id = d.post_id) x JOIN units u ON u.id = x.unit_id WHERE x.ref"""
_NAMES = "SELECT p.ref, p.full_name AS name FROM people p WHERE p.ref"
TOLD_TO_ALL = frozenset(
    {"return", "pass_down", "withdraw", "reorganise", "migrate_flow", "approve_correction", "reissue"}
)  # what was said goes to whoever may read the file


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry as the viewer may read it. ``reasons`` and ``said`` are empty where they may not, or once erased.

    An act that is none of theirs to know keeps its place in the chain as ``withheld``. ``payload`` says whether what
    was said is still what the entry commits to.
    """

    cseq: int
    act: str
    at: datetime
    actor_name: str
    unit_name: str
    from_state: str | None
    to_state: str | None
    ver: int | None
    seen: int | None
    hash: str
    cprev: str
    snap: str | None
    payload: Literal["kept", "erased", "altered"]
    reasons: str | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
    behalf_name: str = ""  # for whom it was done under a delegation


@dataclass(frozen=True, slots=True)
class History:
    """All entries in their order, what verifying them found, and whether the row says what the last one says."""

    entries: tuple[EntryLine, ...]
    report: ChainReport
    row_agrees: bool


class Change(NamedTuple):
    """One act since a version somebody saw."""

    ver: int | None
    act: str
    at: datetime
    actor_name: str
    from_state: str | None
    to_state: str | None


def history(session: Session, viewer: Viewer, code: str) -> History | None:
    """The history of ``code``; None for a file unknown, not theirs, or known to them by its existence alone."""
    found = standing(session, viewer, code)
    if found is None:
        return None
    entered = _entered(session, code)
    report = verify_chain(
        (ChainRow(row.cseq, row.hash, row.cprev, row.content) for row in entered),
        log=found.log,
        stream=code,
        head=Head(*found.chain),
    )
    agrees = (report.state, report.ver, report.snap) == (found.state, found.version, found.snap)
    return History(_lines(session, entered, found), report, agrees)


def changes_since(session: Session, viewer: Viewer, code: str, seen: int) -> tuple[Change, ...]:
    """What was done to the file after version ``seen``; nothing for who may not read it."""
    found = standing(session, viewer, code)
    if found is None or seen >= found.version:
        return ()
    lines = _lines(session, _entered(session, code), found)
    later = (line for line in lines if line.ver is not None and line.ver > seen)
    return tuple(Change(line.ver, line.act, line.at, line.actor_name, line.from_state, line.to_state) for line in later)


def _entered(session: Session, code: str) -> Sequence[Entered]:
    return rows(session, _ENTRIES, {"stream": code})


def _lines(session: Session, entered: Sequence[Entered], found: Standing) -> tuple[EntryLine, ...]:
    entries = [_entry(row.content) for row in entered]
    read = [entry for entry in entries if entry is not None]
    named = _named(session, _POSTS, {entry.post for entry in read if entry.post is not None})
    named |= _named(session, _NAMES, {entry.behalf for entry in read if entry.behalf is not None})
    decided_at = flow(session, found.workflow_id).deciding_stage.name
    return tuple(_line(row, entry, named, found.sight, decided_at) for row, entry in zip(entered, entries, strict=True))


def _entry(content: bytes) -> Entry | None:
    """The entry in these bytes; None where they are no entry, which the report says."""
    try:
        return parse_entry(content)
    except LedgerError:
        return None


def _named(session: Session, what: str, wanted: Iterable[str]) -> dict[str, str]:
    """Names by the random references the log knows: the units of posts and delegations, or persons."""
    refs = sorted(wanted)
    if not refs:
        return {}
    if session.connection().dialect.name == "postgresql":
        found = rows(session, f"{what} = ANY(:refs)", {"refs": refs})
    else:
        found = rows(session, f"{what} IN (SELECT value FROM json_each(:refs))", {"refs": orjson.dumps(refs).decode()})
    return {row.ref: row.name for row in found}


def _line(row: Entered, entry: Entry | None, named: Mapping[str, str], sight: Sight, decided_at: str) -> EntryLine:
    before = (entry.from_state or "") if entry is not None else ""
    stage = decided_at if before in AFTER else before.partition(".")[0]
    secret = row.act in PROPOSALS and not (sight.audits or stage in sight.here)
    payload = _payload(row, entry)
    said = _said(row) if payload == "kept" and entry is not None and _may_read(entry, stage, sight) else {}
    return EntryLine(
        cseq=row.cseq,
        act=WITHHELD if secret else row.act,
        at=moment(row.at),
        actor_name="" if secret else row.full_name or "",
        unit_name="" if secret or entry is None else named.get(entry.post or "", ""),
        from_state=entry.from_state if entry is not None else None,
        to_state=entry.to_state if entry is not None else None,
        ver=entry.ver if entry is not None else None,
        seen=entry.seen if entry is not None else None,
        hash=row.hash,
        cprev=row.cprev,
        snap=entry.snap if entry is not None else None,
        payload=payload,
        reasons=_reasons(said),
        said=said,
        behalf_name="" if secret or entry is None else named.get(entry.behalf or "", ""),
    )


def _may_read(entry: Entry, stage: str, sight: Sight) -> bool:
    """Whether the viewer may read what was said with an act."""
    if sight.audits:
        return True
    if entry.act in HOLDS:
        return stage in sight.here
    if stage in sight.stages or entry.act in TOLD_TO_ALL:
        return True
    after = entry.from_state in AFTER
    filed = (
        entry.from_state is None or ("." not in entry.from_state and not after) or entry.from_state.endswith(RETURNED)
    )
    ends = entry.to_state in ENDS and entry.to_state not in {"awarded", entry.from_state}
    return filed or ends


def _payload(row: Entered, entry: Entry | None) -> Literal["kept", "erased", "altered"]:
    """Whether the payload is what the entry committed to under its salt."""
    if row.payload is None:
        return "erased"
    return "kept" if entry is not None and commitment(row.salt, row.payload) == entry.body else "altered"


def _said(row: Entered) -> Mapping[str, Any]:
    """What was said with the act; where it came from is not part of it."""
    said = orjson.loads(row.payload).get("input", {})
    return said if isinstance(said, dict) else {}


def _reasons(said: Mapping[str, Any]) -> str | None:
    """The words of the act: its reasons, its note, or the notes of its faults."""
    for name in ("reasons", "note", "ground"):
        if said.get(name):
            return str(said[name])
    faults = said.get("faults")
    return "\n".join(str(fault.get("note", "")) for fault in faults) if faults else None
