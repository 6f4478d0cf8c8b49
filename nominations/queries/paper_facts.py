"""What papers say of a file, in one statement; the kept content of those that an act issued; the bonus tables.

Read without a viewer: whoever builds a paper first asks how far the reader may read (``services/papers.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from nominations.models.aftermath import AwardAct
from nominations.models.decisions import Decision
from nominations.models.reference import LegalValue as LegalValueRow
from nominations.models.reference import RuleSet
from nominations.queries.documents import document
from nominations.queries.kept import kept
from workflows.bonus import BonusTables, LegalValue, Period

_PLAIN: Mapping[str, str] = {
    "code": "n.code",
    "form": "n.form",
    "form_name": "f.name",
    "nominee_name": "n.nominee_name",
    "subject_kind": "n.subject_kind",
    "entry_stage": "n.entry_stage",
    "home_unit": "n.proposing_unit_id",
    "movement": "m.title",
    "round_title": "r.title",
}
_STEAD = """{nest}((SELECT {row}(d.kind, d.title, g.full_name, d.document) FROM delegations d
    JOIN posts o ON o.id = d.post_id JOIN people g ON g.id = o.person_id WHERE d.id = x.delegation_id))"""
_LISTS: Mapping[str, str] = {
    "path": "{nest}(n.path)",
    "outcome": "{nest}(n.outcome)",
    "moved": """(SELECT {row}(x.code, g.name) FROM nomination_links l JOIN nominations x ON x.id = l.nomination_id
        JOIN award_forms g ON g.code = x.form WHERE l.replaces_id = n.id)""",
    "bodies": """(SELECT {rows}({row}(x.id, x.code, x.name, x.kind, x.level, p.name, p.kind,
        (SELECT t.title FROM posts t WHERE t.unit_id = x.id AND t.duty = 'head' ORDER BY t.id DESC LIMIT 1),
        (SELECT t.title FROM posts t WHERE t.unit_id = x.id AND t.duty = 'deputy' ORDER BY t.id DESC LIMIT 1)))
        FROM units x LEFT JOIN units p ON p.id = x.parent_id
        WHERE x.id = n.proposing_unit_id OR x.id IN ({path_ids}))""",
    "decisions": """(SELECT {rows}({row}(x.id, x.kind, x.stage, s.full_name, x.signs_as, x.kind_series, x.number,
        x.numbered_on, x.signed_on, x.reasons, x.reason_code, x.departs_from_vote,
        x.signed_file IS NOT NULL, (SELECT t.title FROM posts t WHERE t.person_id = x.signer_id AND t.duty = 'head'
          AND t.unit_id = x.body_unit_id AND t.valid_from <= x.signed_on
          AND (t.valid_to IS NULL OR t.valid_to >= x.signed_on) ORDER BY t.id DESC LIMIT 1)))
        FROM decisions x
        LEFT JOIN people s ON s.id = x.signer_id WHERE x.nomination_id = n.id AND x.voided_by IS NULL)""",
    "votes": """(SELECT {rows}({row}(x.id, x.stage, g.name, m.held_on, m.secret, x.members, x.agree, x.disagree,
        x.abstain, x.passed,
        {nest}((SELECT {rows}({row}(s.id, p.full_name, s.role, EXISTS (SELECT 1 FROM ballots b WHERE b.line_id = x.id
          AND b.person_id = s.person_id))) FROM council_seats s JOIN people p ON p.id = s.person_id
          WHERE s.council_id = g.id AND s.role <> 'secretary' AND (s.valid_to IS NULL OR EXISTS (SELECT 1 FROM ballots b
          WHERE b.line_id = x.id AND b.person_id = s.person_id)))),
        {nest}((SELECT {row}(y.issued, y.returned, y.valid, p.full_name, q.full_name) FROM ballot_counts y
          JOIN people p ON p.id = y.recorded_by LEFT JOIN people q ON q.id = y.confirmed_by
          WHERE y.line_id = x.id ORDER BY y.id DESC LIMIT 1))))
        FROM meeting_lines x JOIN meetings m ON m.id = x.meeting_id JOIN councils g ON g.id = m.council_id
        WHERE x.nomination_id = n.id AND x.closed_at IS NOT NULL AND x.voided_by IS NULL)""",
    "advice": """(SELECT {rows}({row}(x.id, x.kind, x.stage, p.full_name, x.advice, x.reasons, {nest}(x.by_criterion),
        x.created_at, """
    + _STEAD
    + """)) FROM opinions x JOIN people p ON p.id = x.person_id
        WHERE x.nomination_id = n.id AND x.voided_by IS NULL AND x.kind <> 'consultation')""",
    "returns": """(SELECT {rows}({row}(x.id, x.from_state, p.full_name, h.id, h.name, h.kind, {nest}(x.faults),
        {nest}(x.sections), x.opened_at, """
    + _STEAD
    + """)) FROM returns x JOIN people p ON p.id = x.by_person
        JOIN units h ON h.id = x.holder_unit_id WHERE x.nomination_id = n.id AND x.mode <> 'passed_down')""",
    "arrivals": """(SELECT {rows}({row}(x.id, x.step, p.full_name, x.closed_at, (SELECT max(y.due_on) FROM tasks y
        WHERE y.nomination_id = n.id AND y.id > x.id), """
    + _STEAD
    + """)) FROM tasks x JOIN people p ON p.id = x.closed_by
        WHERE x.nomination_id = n.id AND x.kind = 'step' AND x.outcome = 'accept')""",
    "papers": """(SELECT {rows}({row}(x.id, x.kind, x.name)) FROM nomination_files x
        WHERE x.nomination_id = n.id AND x.removed_at IS NULL)""",
    "postings": """(SELECT {rows}({row}(x.stage, x.places, x.working_days, x.begun_on, x.until_on, x.ended_on,
        x.remarks)) FROM postings x WHERE x.nomination_id = n.id)""",
    "award": """(SELECT {row}(x.decided_on, x.register_no, x.register_year, x.check_code, x.bonus_vnd,
        (SELECT count(*) FROM certificate_copies c WHERE c.award_id = x.id)) FROM awards x
        WHERE x.nomination_id = n.id)""",
    "bundle": """(SELECT {row}(b.id, b.number) FROM bundle_lines y JOIN bundles b ON b.id = y.bundle_id
        WHERE y.nomination_id = n.id AND y.decision_id = (SELECT max(x.id) FROM decisions x
          WHERE x.nomination_id = n.id AND x.voided_by IS NULL))""",
    "acts": """(SELECT {rows}({row}(x.id, x.kind, x.body_unit_id, x.ground, x.reasons, {nest}(x.changes), x.amount_vnd,
        s.full_name, x.signs_as, x.series, x.number, x.numbered_on, x.signed_on, x.signed_file IS NOT NULL))
        FROM award_acts x LEFT JOIN people s ON s.id = x.signer_id
        WHERE x.nomination_id = n.id AND x.signed_on IS NOT NULL)""",
    "content": "(SELECT {nest}({content}) FROM revisions x WHERE x.id = n.revision_id)",
}
_FROM = """FROM nominations n JOIN rounds r ON r.id = n.round_id JOIN movements m ON m.id = r.movement_id
    JOIN award_forms f ON f.code = n.form WHERE n.id = {key}"""


SIGNED_ON = 8  # where the day of signature stands in a row of ``decisions``
_TAKEN = """(EXISTS (SELECT 1 FROM decisions o WHERE o.body_unit_id = {unit} AND o.kind_series = {series}
    AND o.number_year = {year} AND o.number = {number}) OR EXISTS (SELECT 1 FROM award_acts o
    WHERE o.body_unit_id = {unit} AND o.series = {series} AND o.number_year = {year} AND o.number = {number}))"""


class Number(NamedTuple):
    """A number as it is to be given: by which unit, in which series and year."""

    unit: int
    series: str
    year: int
    number: str


class Kept(NamedTuple):
    """A paper as an act issued it."""

    content: bytes
    sha256: str


def paper_facts(session: Session, nomination_id: int, asked: Number | None = None) -> dict[str, Any]:
    """Names, bodies, decisions, votes, opinions, returns, arrivals, award and content of one nomination.

    With ``asked`` also whether that number is ``taken``.
    """
    plain, values = (_PLAIN, {}) if asked is None else ({**_PLAIN, "taken": _TAKEN}, asked._asdict())
    facts = document(session, plain, _LISTS, _FROM, nomination_id, values)
    if facts is None:
        raise LookupError(f"no nomination {nomination_id}")
    return facts


def issued_paper(session: Session, nomination_id: int, kind: str, stage: str) -> Kept | None:
    """What the stage's letter or decision, or the last act on the award, says as numbered; None: nothing is kept."""
    if kind not in {"decision", "letter"}:
        return _issued_after(session, nomination_id, kind)
    lead = aliased(Decision)
    row = session.execute(
        select(func.coalesce(Decision.paper, lead.paper).label("paper"), Decision.paper_sha256)
        .outerjoin(lead, lead.id == Decision.led_by)
        .where(
            Decision.nomination_id == nomination_id,
            Decision.stage == stage,
            Decision.kind == ("award" if kind == "decision" else "letter"),
            Decision.voided_by.is_(None),
        )
        .order_by(Decision.id.desc())
        .limit(1)
    ).one_or_none()
    return Kept(row.paper, row.paper_sha256 or "") if row is not None and row.paper else None


def _issued_after(session: Session, nomination_id: int, kind: str) -> Kept | None:
    row = session.execute(
        select(AwardAct.paper, AwardAct.paper_sha256)
        .where(
            AwardAct.nomination_id == nomination_id,
            AwardAct.kind == kind,
            AwardAct.signed_on.is_not(None),
            AwardAct.series != "",
        )
        .order_by(AwardAct.id.desc())
        .limit(1)
    ).one_or_none()
    return Kept(row.paper, row.paper_sha256 or "") if row is not None and row.paper else None


@kept
def bonus_tables(session: Session) -> BonusTables:
    """The dated figures a bonus is computed from."""
    rules = session.execute(select(RuleSet.code, RuleSet.valid_from, RuleSet.valid_to).order_by(RuleSet.valid_from))
    table = LegalValueRow
    values = session.execute(
        select(table.kind, table.key, table.valid_from, table.valid_to, table.value, table.note, table.source).order_by(
            table.id
        )
    )
    return BonusTables(
        tuple(Period(*row) for row in rules), tuple(LegalValue(*row[:5], row[5] or "", row[6]) for row in values)
    )
