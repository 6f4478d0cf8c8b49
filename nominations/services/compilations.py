"""The compiled report on the movement: from live data as often as it is looked at, frozen when it is issued.

What is issued keeps its figures and its paper as bytes; a later issue is a further edition beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.documents.facts import Body, Signed
from nominations.documents.kinds.movement import SAID, compiled
from nominations.documents.paper import Paper, content, digest, from_content
from nominations.models.reports import ReportCompilation
from nominations.queries.actors import Viewer
from nominations.queries.filing import form_names
from nominations.queries.plan import BOARD_DUTIES, Plan, plan
from nominations.queries.report_bodies import body_row
from nominations.queries.report_figures import counted
from nominations.queries.reports import Due, Report, ReportLine, all_lines, poverty_bodies, reach, sent_reports
from nominations.queries.routes import provincial
from nominations.queries.targets import province_of
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import Message
from nominations.services.movement_reports import STREAM, due_of, span
from nominations.services.papers import body_name
from nominations.services.payloads import day, line
from nominations.transactions import transactional
from workflows.reporting import FIGURES

SIGNS_AS = ("head", "deputy")


@dataclass(frozen=True, slots=True)
class NewIssue:
    """What the issued paper carries, as typed."""

    number: str
    dated_on: str
    signer: str
    signs_as: str = "head"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled report: its figures as plain JSON, the paper made of them, the digest where it was issued."""

    figures: Mapping[str, Any]
    paper: Paper
    sha256: str | None


def compile_report(session: Session, viewer: Viewer, today: date, kind: str, year: int) -> Compiled:
    """The report from live data, as a draft. For who reads every report. Raises NotFound."""
    found, due = _asked(session, viewer, today, kind, year)
    figures = figures_of(session, found, due, today)
    body = _body(session, issuer(session, viewer, kind, today) or provincial(session, today).get("board", 0))
    return Compiled(figures, compiled(figures, body, None, today), None)


def issued_report(
    session: Session, viewer: Viewer, today: date, kind: str, year: int, edition: int
) -> Compiled:  # fmt: skip
    """An issued report, as it was. For who reads every report. Raises NotFound."""
    found, _ = _asked(session, viewer, today, kind, year)
    row = session.execute(
        select(ReportCompilation.figures, ReportCompilation.paper, ReportCompilation.paper_sha256).where(
            ReportCompilation.movement_id == found.id,
            ReportCompilation.kind == kind,
            ReportCompilation.year == year,
            ReportCompilation.edition == edition,
        )
    ).one_or_none()
    if row is None:
        raise NotFound(str(edition))
    paper = from_content(row.paper)
    if not isinstance(paper, Paper):
        raise TypeError("a compiled report is a paper")
    return Compiled(orjson.loads(row.figures), paper, row.paper_sha256)


def issuer(session: Session, viewer: Viewer, kind: str, today: date) -> int | None:
    """The body in whose name the viewer issues a compiled report; None for who issues none.

    The board issues them all; the closing one is led by the body with the poverty function (IV.4).
    """
    board = provincial(session, today).get("board")
    bodies = (*poverty_bodies(session, today), board) if kind == "final" else (board,)
    mine = {post.unit_id for post in viewer.posts if post.duty in BOARD_DUTIES}
    return next((unit for unit in bodies if unit in mine), None)


@transactional
def issue_report(
    session: Session, viewer: Viewer, clock: Clock, origin: Origin, kind: str, year: int, new: NewIssue
) -> tuple[int, Receipt]:
    """Freeze the report as it stands, with its number and signature; its edition. Raises NotFound, InvalidInput."""
    today = clock.today()
    found, due = _asked(session, viewer, today, kind, year)
    unit = issuer(session, viewer, kind, today)
    if unit is None:
        raise NotFound(kind)
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('compiled reports'))"))
    signed = _signed(session, unit, new, today)
    figures = figures_of(session, found, due, today)
    paper = compiled(figures, _body(session, unit), signed, today)
    kept = content(paper)
    last = select(func.max(ReportCompilation.edition)).where(
        ReportCompilation.movement_id == found.id, ReportCompilation.kind == kind, ReportCompilation.year == year
    )
    row = ReportCompilation(
        movement_id=found.id, kind=kind, year=year, edition=(session.scalar(last) or 0) + 1, issuer_unit_id=unit,
        number=signed.number, dated_on=signed.numbered_on, signer=signed.signer, figures=orjson.dumps(figures),
        paper=kept, paper_sha256=digest(kept), issued_by=viewer.person_id, issued_at=clock.now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    said = {
        "kind": kind, "year": year, "edition": row.edition, "unit": unit, "number": row.number, "signer": row.signer,
        "paper": row.paper_sha256, "figures": digest(row.figures),
    }  # fmt: skip
    return row.edition, record(session, clock.now(), STREAM, "issue_compiled", origin, said)


def figures_of(session: Session, found: Plan, due: Due, today: date) -> dict[str, Any]:
    """Everything the compiled report says in figures, of this moment, as plain JSON."""
    days = span(found, due.kind, due.year)
    province = province_of(session, found)
    lines, sent = all_lines(session, found, due, today), sent_reports(session, found, due)
    counts = counted(session, days, province, None)
    return counts | {
        "kind": due.kind,
        "year": due.year,
        "movement": found.title,
        "last_day": due.last.isoformat(),
        "as_of": today.isoformat(),
        "bodies": [_plain_line(one) for one in lines],
        "sums": _sums(lines) | {"sent": len(sent)},
        "typed": _typed(sent),
        "poverty": falls(counts["poverty"], days.first.year - int(due.kind == "yearly")),
        "words": {part: _said(sent, part) for part in SAID},
        "forms": {form.code: form.vi for form in form_names(session)},
    }


def falls(figures: list[dict[str, Any]], first_year: int) -> list[dict[str, Any]]:
    """The figures from ``first_year`` on, each with how far it fell from the year before on the same standard."""
    known = {(one["series"], one["standard"], one["year"]): one["rate"] for one in figures if one["rate"] is not None}
    told = []
    for one in figures:
        before = known.get((one["series"], one["standard"], one["year"] - 1))
        fall = None if before is None or one["rate"] is None else str(Decimal(before) - Decimal(one["rate"]))
        if one["year"] >= first_year:
            told.append(one | {"fall": fall})
    return told


def _asked(session: Session, viewer: Viewer, today: date, kind: str, year: int) -> tuple[Plan, Due]:
    found = plan(session)
    due = None if found is None else due_of(session, found, today, kind, year)
    if found is None or due is None or not reach(session, viewer, today).everything:
        raise NotFound(f"{kind} {year}")
    return found, due


def _signed(session: Session, unit: int, new: NewIssue, today: date) -> Signed:
    """Number, day and signature as they stand on the paper. Raises InvalidInput."""
    number, signer, on = line(new.number), line(new.signer), day(new.dated_on)
    read = {"number": number, "signer": signer, "dated_on": on}
    errors = {name: value for name, value in read.items() if isinstance(value, Message)}
    if new.signs_as not in SIGNS_AS:
        errors["signs_as"] = Message("not_choice", {"choices": ", ".join(SIGNS_AS)})
    if isinstance(on, date) and on > today:
        errors["dated_on"] = Message("in_future")
    elif isinstance(on, date) and isinstance(number, str) and _taken(session, unit, number, on.year):
        errors["number"] = Message("number_taken")
    if errors or not isinstance(on, date):
        raise InvalidInput(errors)
    return Signed("report", "board", str(signer), new.signs_as, "BC", str(number), on, on)


def _taken(session: Session, unit: int, number: str, year: int) -> bool:
    c = ReportCompilation
    first, last = date(year, 1, 1), date(year, 12, 31)
    there = select(c.id).where(c.issuer_unit_id == unit, c.number == number, c.dated_on >= first, c.dated_on <= last)
    return session.scalar(there.limit(1)) is not None


def _body(session: Session, unit: int) -> Body:
    row = body_row(session, unit)
    province = row.name if row.kind == "province" else row.parent_name or ""
    return Body(
        row.code, row.name, row.kind, row.level, row.parent_name or "", row.parent_kind or "", province,
        row.head_title or "", row.deputy_title or "",
    )  # fmt: skip


def _plain_line(one: ReportLine) -> dict[str, Any]:
    return {
        "name": body_name(one.kind, one.name),
        "kind": one.kind,
        "owed": one.owed,
        "standing": one.told.standing,
        "late": one.told.late and one.owed == "required",
        "came_late": one.told.came_late,
        "submitted_on": one.submitted_on.isoformat() if one.submitted_on is not None else None,
        "number": one.number,
        "contact": one.contact,
    }


def _sums(lines: tuple[ReportLine, ...]) -> dict[str, int]:
    required = [one for one in lines if one.owed == "required"]
    reported = [one for one in required if one.told.reported]
    return {
        "required": len(required),
        "reported": len(reported),
        "came_late": sum(one.told.came_late for one in reported),
        "missing": len(required) - len(reported),
        "optional": sum(one.told.reported for one in lines if one.owed == "optional"),
    }


def _typed(sent: tuple[Report, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in FIGURES:
        given = [one.content["figures"][name] for one in sent if name in one.content.get("figures", {})]
        if given:
            found[name] = sum(given)
    return found


def _said(sent: tuple[Report, ...], part: str) -> list[dict[str, str]]:
    told = [(body_name(one.unit_kind, one.unit_name), one.content.get("words", {}).get(part)) for one in sent]
    return [{"body": name, "text": said} for name, said in told if said]
