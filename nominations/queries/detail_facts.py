"""What the page of one file shows beside the facts of the rules: one statement, answered as one JSON document.

Each line of ``_LISTS`` is a name and the SQL that answers it; the dataclasses of ``detail_parts`` name the columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from nominations.queries.documents import document

_PLAIN: Mapping[str, str] = {
    "updated_at": "n.updated_at",
    "round_code": "r.code",
    "round_title": "r.title",
    "achievement_from": "r.achievement_from",
    "achievement_to": "r.achievement_to",
    "unit_name": "u.name",
    "unit_path": "u.path",
    "home_unit_name": "(SELECT x.name FROM units x WHERE x.id = e.home_unit_id)",
    "nominee_ref": "e.ref",
    "replaces": """(SELECT x.code FROM nomination_links l JOIN nominations x ON x.id = l.replaces_id
        WHERE l.nomination_id = n.id)""",
    "replaced_by": """(SELECT x.code FROM nomination_links l JOIN nominations x ON x.id = l.nomination_id
        WHERE l.replaces_id = n.id)""",
}
_LISTS: Mapping[str, str] = {
    "units": """(SELECT {rows}({row}(x.id, x.name)) FROM units x WHERE x.id IN ({path_ids})
        OR x.id IN (SELECT t.unit_id FROM tasks t WHERE t.nomination_id = n.id))""",
    "tasks": """(SELECT {rows}({row}(x.id, x.step, x.unit_id, x.duty, x.opened_at, x.due_on, x.closed_at, x.outcome,
        x.nobody_free, x.base_due_on)) FROM tasks x WHERE x.nomination_id = n.id AND x.kind = 'step')""",
    "papers": """(SELECT {rows}({row}(x.id, x.kind, x.name, x.section, x.sha256, f.size, f.media_type, x.added_at,
        p.full_name, x.removed_at)) FROM nomination_files x JOIN files f ON f.sha256 = x.sha256
        JOIN people p ON p.id = x.added_by WHERE x.nomination_id = n.id)""",
    "opinions": """(SELECT {rows}({row}(x.id, x.kind, x.stage, w.name, p.full_name, x.advice, x.reasons,
        {nest}(x.by_criterion), v.number, {nest}(x.reviewed_sections), x.voided_by IS NOT NULL, x.created_at,
        x.request_no, (SELECT g.full_name FROM delegations d
        JOIN posts o ON o.id = d.post_id JOIN people g ON g.id = o.person_id
        WHERE d.id = x.delegation_id)))
        FROM opinions x JOIN units w ON w.id = x.unit_id JOIN people p ON p.id = x.person_id
        JOIN revisions v ON v.id = x.revision_id WHERE x.nomination_id = n.id)""",
    "requests": """(SELECT {rows}({row}(x.number, x.kind, x.stage, x.unit_id, coalesce(x.body, w.name), p.full_name,
        x.asked_at, x.due_on, x.goes_on, x.clock, x.lengthens_by, x.question, {nest}(x.sections), {nest}(x.papers),
        x.reminded_at, x.closed_at, x.outcome, x.reasons, x.reply_number, x.replied_on, x.reply_paper,
        EXISTS (SELECT 1 FROM posts o WHERE o.unit_id = x.unit_id AND o.duty = 'asked_body')))
        FROM opinion_requests x LEFT JOIN units w ON w.id = x.unit_id JOIN people p ON p.id = x.asked_by
        WHERE x.nomination_id = n.id)""",
    "postings": """(SELECT {rows}({row}(x.stage, x.places, x.working_days, x.begun_on, x.until_on, p.full_name,
        x.ended_on, q.full_name, x.minutes_sha, x.remarks)) FROM postings x JOIN people p ON p.id = x.begun_by
        LEFT JOIN people q ON q.id = x.ended_by WHERE x.nomination_id = n.id)""",
    "decisions": """(SELECT {rows}({row}(x.id, x.stage, x.kind, w.name, s.full_name, c.full_name, x.signs_as,
        x.reason_code, x.reasons, x.departs_from_vote, x.signed_on, x.signed_file, x.kind_series, x.number,
        x.numbered_on, v.number, {nest}(x.reviewed_sections), x.voided_by IS NOT NULL, x.created_at))
        FROM decisions x JOIN units w ON w.id = x.body_unit_id LEFT JOIN people s ON s.id = x.signer_id
        LEFT JOIN people c ON c.id = x.recorder_id JOIN revisions v ON v.id = x.revision_id
        WHERE x.nomination_id = n.id)""",
    "votes": """(SELECT {rows}({row}(x.id, x.stage, g.name, m.held_on, m.secret, x.closed_at, x.members, x.agree,
        x.disagree, x.abstain, x.passed, x.voided_by IS NOT NULL, v.number,
        {nest}((SELECT {rows}({row}(p.id, p.full_name, b.choice, b.note, b.cast_at)) FROM ballots b
          JOIN people p ON p.id = b.person_id WHERE b.line_id = x.id)),
        {nest}((SELECT {row}(y.issued, y.returned, y.valid, y.agree, y.disagree, y.abstain, y.minutes_sha,
          p.full_name, q.full_name) FROM ballot_counts y JOIN people p ON p.id = y.recorded_by
          LEFT JOIN people q ON q.id = y.confirmed_by WHERE y.line_id = x.id ORDER BY y.id DESC LIMIT 1))))
        FROM meeting_lines x JOIN meetings m ON m.id = x.meeting_id JOIN councils g ON g.id = m.council_id
        JOIN revisions v ON v.id = x.revision_id WHERE x.nomination_id = n.id)""",
    "returns": """(SELECT {rows}({row}(x.id, x.depth, x.from_state, w.name, p.full_name, x.holder_unit_id, h.name,
        x.holder_duty, x.mode, {nest}(x.sections), {nest}(x.faults), x.document_sha, x.opened_at, x.closed_at,
        (SELECT g.full_name FROM delegations d JOIN posts o ON o.id = d.post_id JOIN people g ON g.id = o.person_id
        WHERE d.id = x.delegation_id)))
        FROM returns x JOIN units w ON w.id = x.by_unit_id JOIN units h ON h.id = x.holder_unit_id
        JOIN people p ON p.id = x.by_person WHERE x.nomination_id = n.id)""",
    "holds": """(SELECT {rows}({row}(x.id, x.state, x.ground, x.document_sha, x.review_on, p.full_name, x.proposed_at,
        q.full_name, x.approved_at, x.closed_at)) FROM holds x JOIN people p ON p.id = x.proposed_by
        LEFT JOIN people q ON q.id = x.approved_by WHERE x.nomination_id = n.id)""",
    "marks": """(SELECT {rows}({row}(x.id, x.kind, x.opened_on, x.closed_on, x.document, x.note, m.document_sha,
        m.unit_id, w.name, m.closing)) FROM nominee_marks x LEFT JOIN mark_records m ON m.mark_id = x.id
        LEFT JOIN units w ON w.id = m.unit_id WHERE x.nominee_id = n.nominee_id)""",
    "award": """(SELECT {row}(x.form, x.decided_on, x.register_no, x.register_year, x.check_code, x.status)
        FROM awards x WHERE x.nomination_id = n.id)""",
    "acts": """(SELECT {rows}({row}(x.id, x.kind, w.name, x.ground, x.reasons, x.document_sha, {nest}(x.changes),
        x.amount_vnd, q.full_name, s.full_name, c.full_name, x.signs_as, x.signed_on, x.signed_file, x.series, x.number,
        x.numbered_on, x.declined_by IS NOT NULL, x.created_at)) FROM award_acts x JOIN units w ON w.id = x.body_unit_id
        LEFT JOIN people q ON q.id = x.proposed_by LEFT JOIN people s ON s.id = x.signer_id
        LEFT JOIN people c ON c.id = x.recorder_id WHERE x.nomination_id = n.id)""",
    "signatures": """(SELECT {rows}({row}(x.sha256, x.checked_at, {nest}(x.findings))) FROM signature_checks x
        WHERE x.sha256 IN (SELECT d.signed_file FROM decisions d WHERE d.nomination_id = n.id
          UNION SELECT a.signed_file FROM award_acts a WHERE a.nomination_id = n.id
          UNION SELECT a.document_sha FROM award_acts a WHERE a.nomination_id = n.id
          UNION SELECT f.sha256 FROM nomination_files f WHERE f.nomination_id = n.id))""",
    "revision": """(SELECT {row}(x.number, x.created_at, p.full_name, {nest}({content})) FROM revisions x
        JOIN people p ON p.id = x.created_by WHERE x.id = n.revision_id)""",
}
_FROM = """FROM nominations n JOIN rounds r ON r.id = n.round_id JOIN nominees e ON e.id = n.nominee_id
    JOIN units u ON u.id = n.proposing_unit_id WHERE n.id = {key}"""


# Lists whose first column is a number in the order things happened; a join hands them over in whatever order it likes.
_IN_ORDER = ("tasks", "papers", "opinions", "requests", "decisions", "votes", "returns", "holds", "marks")
_number = itemgetter(0)


def detail_facts(session: Session, nomination_id: int) -> dict[str, Any]:
    """Names, tasks, papers, opinions, decisions, votes, returns, holds, award and revision of one nomination."""
    facts = document(session, _PLAIN, _LISTS, _FROM, nomination_id)
    if facts is None:
        raise LookupError(f"no nomination {nomination_id}")
    for name in _IN_ORDER:
        facts[name].sort(key=_number)
    return facts
