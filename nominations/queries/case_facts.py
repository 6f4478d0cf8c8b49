"""Everything the rules may know about one nomination, in one statement, its row locked on request.

The lists come as JSON aggregates so that a click costs one round trip to read. The statement is written once for
each database: it is the hottest read of the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Date, LargeBinary, Row, TextClause, text
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TextualSelect

from nominations.models.base import Json, UtcDateTime

_JSON: Mapping[str, Mapping[str, str]] = {
    "postgresql": {"rows": "json_agg", "row": "json_build_array", "nest": "", "lock": "FOR UPDATE OF n"},
    "sqlite": {"rows": "json_group_array", "row": "json_array", "nest": "json", "lock": ""},
}

_SELECT = """
SELECT n.id, n.code, n.round_id, n.form, n.nominee_id, n.nominee_name, n.subject_kind, n.subject_group,
  n.proposing_unit_id, n.entry_stage, n.state, n.version, n.rule_set, n.workflow_id, n.received_on,
  n.letter_unit_id, n.revision_id, n.revision_no, n.working, n.path, n.sections_open, n.reconfirm,
  n.return_counts, n.chain_seq, n.chain_head, n.chain_at, n.snap_salt, n.snap, n.created_by, n.created_at,
  (SELECT z.sections FROM revisions z WHERE z.id = n.revision_id) AS revision_sections,
  r.kind AS round_kind, r.opens_on, r.closes_on, r.closed_at AS round_closed_at, r.movement_id,
  e.unit_id AS nominee_unit, u.valid_to AS nominee_ended_on, u.level AS nominee_level,
  u.poor_district, u.area_class,
  EXISTS (SELECT 1 FROM round_forms f WHERE f.round_id = n.round_id AND f.form = n.form) AS form_in_round,
  (SELECT {rows}({row}(t.id, t.unit_id, t.duty, t.substitute)) FROM tasks t
    WHERE t.nomination_id = n.id AND t.kind = 'step' AND t.closed_at IS NULL) AS tasks,
  (SELECT {rows}({row}(p.person_id, p.pair, p.side)) FROM participations p
    WHERE p.nomination_id = n.id) AS participations,
  (SELECT {rows}({row}(b.id, b.from_state, b.holder_unit_id, b.holder_duty, b.mode, {nest}(b.sections), b.depth))
    FROM returns b WHERE b.nomination_id = n.id AND b.closed_at IS NULL) AS returns,
  (SELECT {rows}({row}(h.id, h.proposed_by, h.approved_at IS NOT NULL)) FROM holds h
    WHERE h.nomination_id = n.id AND h.closed_at IS NULL) AS holds,
  (SELECT {rows}({row}(np.person_id, np.role)) FROM nominee_persons np
    WHERE np.nominee_id = n.nominee_id) AS persons,
  (SELECT {rows}(d.person_id) FROM conflict_declarations d WHERE d.nominee_id = n.nominee_id) AS declared,
  (SELECT {rows}(k.kind) FROM nominee_marks k
    WHERE k.nominee_id = n.nominee_id AND k.opened_on <= :today AND (k.closed_on IS NULL OR k.closed_on > :today)
  ) AS marks,
  (SELECT {rows}({row}(a.form, a.decided_on, a.achievement, a.level_state)) FROM past_awards a
    WHERE a.nominee_id = n.nominee_id AND a.annulled_on IS NULL) AS awards,
  (SELECT {rows}({row}(x.kind, x.name, x.sha256)) FROM nomination_files x
    WHERE x.nomination_id = n.id AND x.removed_at IS NULL) AS papers,
  (SELECT {row}(l.id, l.meeting_id, l.stage, l.closed_at IS NOT NULL, l.voided_by IS NULL,
      l.members, l.agree, l.disagree, l.abstain,
      (SELECT count(*) FROM council_seats s WHERE s.council_id = m.council_id AND s.role <> 'secretary'
        AND s.valid_from <= :today AND (s.valid_to IS NULL OR s.valid_to >= :today)),
      {nest}((SELECT {rows}({row}(v.person_id, v.choice)) FROM ballots v WHERE v.line_id = l.id)),
      {nest}((SELECT {row}(c.recorded_by, c.confirmed_at IS NOT NULL, c.agree, c.disagree, c.abstain, c.id)
        FROM ballot_counts c WHERE c.line_id = l.id ORDER BY c.id DESC LIMIT 1)))
    FROM meeting_lines l JOIN meetings m ON m.id = l.meeting_id
    WHERE l.nomination_id = n.id ORDER BY l.id DESC LIMIT 1) AS line,
  (SELECT {rows}(w.id) FROM units w WHERE w.valid_to < :today AND w.id IN ({path_ids})) AS ended_units,
  (SELECT {rows}({row}(o.unit_id, o.duty, o.person_id)) FROM posts o
    WHERE (o.unit_id IN ({path_ids}) OR o.unit_id = e.unit_id)
    AND o.valid_from <= :today AND (o.valid_to IS NULL OR o.valid_to >= :today)) AS posts,
  (SELECT {rows}({row}(g.unit_id, g.id)) FROM councils g WHERE g.unit_id IN ({path_ids})
    AND g.valid_from <= :today AND (g.valid_to IS NULL OR g.valid_to >= :today)) AS councils,
  (SELECT {rows}(q.unit_id) FROM nomination_reach q WHERE q.nomination_id = n.id) AS reached,
  (SELECT max(dn.id) FROM decisions dn WHERE dn.nomination_id = n.id AND dn.voided_by IS NULL) AS decision_id,
  (SELECT y.cseq FROM audit_entries y WHERE y.actor = :actor AND y.request_key = :request_key
    AND y.stream = n.code) AS replayed_cseq
FROM nominations n
JOIN rounds r ON r.id = n.round_id
JOIN nominees e ON e.id = n.nominee_id
LEFT JOIN units u ON u.id = e.unit_id
WHERE n.code = :code {lock}
"""
_PATH_IDS = {
    "postgresql": "SELECT j.value::bigint FROM jsonb_each_text(n.path) j",
    "sqlite": "SELECT j.value FROM json_each(n.path) j",
}
_TYPES: Mapping[str, Any] = {
    "received_on": Date(),
    "opens_on": Date(),
    "closes_on": Date(),
    "nominee_ended_on": Date(),
    "round_closed_at": UtcDateTime(),
    "created_at": UtcDateTime(),
    "form_in_round": Boolean(),
    "snap_salt": LargeBinary(),
}
_DOCUMENTS = (
    "working", "path", "sections_open", "reconfirm", "return_counts", "tasks", "participations", "returns", "holds",
    "persons", "declared", "marks", "awards", "papers", "line", "ended_units",
    "posts", "councils", "reached", "revision_sections",
)  # fmt: skip

CaseRow = Row[Any]


def case_row(
    session: Session, code: str, today: date, *, lock: bool, actor: str = "", request_key: str | None = None
) -> CaseRow | None:
    """The row of nomination ``code`` with all the rules may know, or None.

    ``lock`` keeps others out until the transaction ends. ``replayed_cseq`` is the step an earlier request of
    ``actor`` with the same ``request_key`` left in this file's chain, if any.
    """
    parameters = {"code": code, "today": today, "actor": actor, "request_key": request_key or ""}
    return session.connection().execute(_statement(_dialect(session), lock), parameters).one_or_none()


def _dialect(session: Session) -> str:
    return session.connection().dialect.name


@cache
def _statement(dialect: str, lock: bool) -> TextualSelect | TextClause:
    names = dict(_JSON[dialect]) | {"path_ids": _PATH_IDS[dialect]}
    if not lock:
        names["lock"] = ""
    columns = dict(_TYPES) | dict.fromkeys(_DOCUMENTS, Json)
    return text(_SELECT.format_map(names)).bindparams().columns(**columns)
