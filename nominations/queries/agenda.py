"""The lines of a meeting and the files that may be put on its agenda, in conflict no more than that they exist."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from nominations.models.work import COUNCIL_STEPS
from nominations.queries.actors import Viewer
from nominations.queries.sql import Found, rows
from nominations.queries.visibility import bare_sql

KINDS = ("collective", "household", "individual")  # as councils go through them
ORDERS = ("kind", "form", "unit", "name")


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line of a meeting. Of a ``bare`` one only code, form, place and state are told; the rest is empty.

    ``cast`` is how many ballots are in. The tally is that of the closed vote, or what was said so far; of an open
    secret ballot nobody knows it. ``counted`` says that paper ballots were recorded, ``confirmed`` that they count.
    """

    id: int
    nomination_id: int
    code: str
    name: str
    kind: str
    form: str
    unit: str
    unit_id: int
    state: str
    stage: str
    version: int
    workflow_id: int
    position: int
    closed: bool
    voided: bool
    members: int
    barred: int
    agree: int
    disagree: int
    abstain: int
    passed: bool | None
    cast: int
    counted: bool
    confirmed: bool
    advice: str
    bare: bool

    @property
    def waits(self) -> bool:
        """Whether the vote on it is open: the file stands at its council."""
        return not self.closed and not self.voided and self.state == f"{self.stage}.council"

    def bared(self) -> AgendaLine:
        """What somebody in conflict reads of it."""
        return replace(
            self, name="", kind="", unit="", unit_id=0, members=0, barred=0, agree=0, disagree=0, abstain=0,
            passed=None, cast=0, counted=False, confirmed=False, advice="", bare=True,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that may be put on an agenda: it stands at its council, and nobody has voted on it."""

    nomination_id: int
    line_id: int
    meeting_id: int
    code: str
    name: str
    kind: str
    form: str
    unit: str
    unit_id: int
    advice: str
    bare: bool


_ADVICE = """(SELECT o.advice FROM opinions o WHERE o.nomination_id = n.id AND o.stage = l.stage
    AND o.kind IN ('appraisal', 'check') AND o.voided_by IS NULL ORDER BY o.id DESC LIMIT 1)"""
_SUMS = """SELECT b.line_id, count(*) AS cast_,
    sum(CASE WHEN b.choice = 'agree' THEN 1 ELSE 0 END) AS agree,
    sum(CASE WHEN b.choice = 'disagree' THEN 1 ELSE 0 END) AS disagree,
    sum(CASE WHEN b.choice = 'abstain' THEN 1 ELSE 0 END) AS abstain
    FROM ballots b JOIN meeting_lines x ON x.id = b.line_id WHERE x.meeting_id = :meeting GROUP BY b.line_id"""
_COUNTS = """SELECT k.line_id, k.agree, k.disagree, k.abstain, k.confirmed_at FROM ballot_counts k
    WHERE k.id IN (SELECT max(y.id) FROM ballot_counts y JOIN meeting_lines x ON x.id = y.line_id
    WHERE x.meeting_id = :meeting GROUP BY y.line_id)"""


def agenda(session: Session, viewer: Viewer, meeting_id: int) -> tuple[AgendaLine, ...]:
    """Every line of a meeting in the order of its agenda; one statement. The caller has asked who may see it."""
    text = f"""SELECT l.id, n.id, n.code, n.nominee_name, n.subject_kind, n.form, u.name, u.id, n.state, l.stage,
        n.version, n.workflow_id, l.position, l.closed_at, l.voided_by, l.members, l.barred, l.agree, l.disagree,
        l.abstain, l.passed, s.cast_, s.agree, s.disagree, s.abstain, k.line_id, k.confirmed_at, k.agree, k.disagree,
        k.abstain, {_ADVICE}, ({bare_sql(viewer)})
        FROM meeting_lines l JOIN nominations n ON n.id = l.nomination_id JOIN units u ON u.id = n.proposing_unit_id
        LEFT JOIN ({_SUMS}) s ON s.line_id = l.id LEFT JOIN ({_COUNTS}) k ON k.line_id = l.id
        WHERE l.meeting_id = :meeting ORDER BY l.position, l.id"""
    return tuple(map(_line, rows(session, text, {"meeting": meeting_id})))


def waiting(session: Session, viewer: Viewer, unit_id: int) -> tuple[WaitingFile, ...]:
    """The files before a unit's council that no ballot was cast on and no meeting has; one statement."""
    text = f"""SELECT n.id, l.id, m.id, n.code, n.nominee_name, n.subject_kind, n.form, u.name, u.id, {_ADVICE},
        ({bare_sql(viewer)})
        FROM tasks t JOIN nominations n ON n.id = t.nomination_id JOIN units u ON u.id = n.proposing_unit_id
        JOIN meeting_lines l ON l.nomination_id = n.id AND l.closed_at IS NULL AND l.voided_by IS NULL
        JOIN meetings m ON m.id = l.meeting_id AND m.status = 'open' AND NOT m.called
        JOIN councils g ON g.id = m.council_id AND g.unit_id = :unit
        WHERE t.kind = 'step' AND t.{COUNCIL_STEPS} AND t.closed_at IS NULL AND t.step = l.stage || '.council'
        AND n.state = t.step
        AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.line_id = l.id)
        AND NOT EXISTS (SELECT 1 FROM ballot_counts k WHERE k.line_id = l.id)
        ORDER BY n.id"""
    found = [WaitingFile(*[*row[:9], row[9] or "", bool(row[10])]) for row in rows(session, text, {"unit": unit_id})]
    return tuple(_bared(one) if one.bare else one for one in found)


def ordered(session: Session, meeting_id: int, order: str, among: Collection[int] | None = None) -> list[int]:
    """A meeting's lines, all or those ``among`` them, as an agenda by kind, form, unit or name lists them."""
    kinds = " ".join(f"WHEN '{kind}' THEN {place}" for place, kind in enumerate(KINDS))
    by: Mapping[str, tuple[str, ...]] = {
        "kind": ("kind", "form", "unit"),
        "form": ("form", "kind", "unit"),
        "unit": ("unit", "kind", "form"),
        "name": (),
    }
    columns = {"kind": f"CASE n.subject_kind {kinds} END", "form": "n.form", "unit": "u.name"}
    told = ", ".join((*(columns[name] for name in by[order]), "n.nominee_name", "n.id"))
    found = f"""SELECT l.id FROM meeting_lines l JOIN nominations n ON n.id = l.nomination_id
        JOIN units u ON u.id = n.proposing_unit_id WHERE l.meeting_id = :meeting ORDER BY {told}"""
    lines = [row[0] for row in rows(session, found, {"meeting": meeting_id})]
    return lines if among is None else [line for line in lines if line in among]


def _line(row: Found) -> AgendaLine:
    first = row[:13]
    closed, voided = row[13] is not None, row[14] is not None
    counted, confirmed = row[25] is not None, row[26] is not None
    tally = _tally(row, closed=closed, counted=counted)
    columns: list[Any] = [*first[:12], first[12] or 0, closed, voided, row[15] or 0, row[16] or 0, *tally]
    columns += [None if row[20] is None else bool(row[20]), row[21] or 0, counted, confirmed, row[30] or "", False]
    line = AgendaLine(*columns)
    return line.bared() if row[31] else line


def _tally(row: Found, *, closed: bool, counted: bool) -> tuple[int, int, int]:
    """Agree, disagree, abstain: as closed, as counted on paper, or so far."""
    said: tuple[Any, ...] = row[17:20] if closed else row[27:30] if counted else row[22:25]
    agree, disagree, abstain = (int(one or 0) for one in said)
    return agree, disagree, abstain


def _bared(one: WaitingFile) -> WaitingFile:
    return replace(one, name="", kind="", unit="", unit_id=0, advice="")
