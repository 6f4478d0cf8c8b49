"""Everything the rules may know about one nomination, in one statement, its row locked before on request.

The hottest read of the service: written once, by hand, as one JSON document, so that a click costs one round trip to
read and no time to take fifty columns apart. Each line of ``_FACTS`` is a name and the SQL that answers it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Connection
from sqlalchemy.orm import Session

Document = dict[str, Any]
Rows = list[list[Any]]

KEY_JOINS = "/"  # a request's key and a file's code, where one request acts on many files


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One nomination as it is now. Lists are of plain rows, in the order their SQL names the columns."""

    id: int
    code: str
    round_id: int
    form: str
    nominee_id: int
    nominee_name: str
    subject_kind: str
    subject_group: str
    proposing_unit_id: int
    entry_stage: str
    state: str
    version: int
    rule_set: str | None
    workflow_id: int
    received_on: date | None
    letter_unit_id: int | None
    revision_id: int | None
    revision_no: int
    working: Document
    path: Document
    sections_open: list[str] | None
    reconfirm: list[str]
    return_counts: Document
    gates: Document | None
    aftermath: Document | None
    chain_seq: int
    chain_head: str
    chain_at: str
    snap_salt: bytes  # empty once the file's content has been erased
    snap: str | None
    created_by: int
    created_at: datetime
    revision_sections: Document | None
    round_settings: Document | None
    round_kind: str
    opens_on: date
    closes_on: date
    round_closed_at: datetime | None
    movement_id: int
    nominee_unit: int | None
    nominee_ended_on: date | None
    nominee_level: str | None
    poor_district: bool | None
    area_class: str | None
    form_in_round: bool
    tasks: Rows
    participations: Rows
    returns: Rows
    holds: Rows
    persons: Rows
    declared: list[int]
    marks: list[str]
    awards: Rows
    papers: Rows
    line: list[Any]
    ended_units: list[int]
    posts: Rows
    councils: Rows
    reached: list[int]
    open_remarks: int
    decision_id: int | None
    replayed: list[Any]  # stream and step of the entry that an earlier request with this key left, if any


_COLUMNS = (
    "id", "code", "round_id", "form", "nominee_id", "nominee_name", "subject_kind", "subject_group",
    "proposing_unit_id", "entry_stage", "state", "version", "rule_set", "workflow_id", "received_on", "letter_unit_id",
    "revision_id", "revision_no", "chain_seq", "chain_head", "chain_at", "snap", "created_by", "created_at",
)  # fmt: skip
_DOCUMENTS = ("working", "path", "sections_open", "reconfirm", "return_counts", "gates", "aftermath")
_ROUND = {"kind": "round_kind", "opens_on": "opens_on", "closes_on": "closes_on", "closed_at": "round_closed_at"}

_FACTS: Mapping[str, str] = {
    "movement_id": "r.movement_id",
    "nominee_unit": "e.unit_id",
    "nominee_ended_on": "u.valid_to",
    "nominee_level": "u.level",
    "poor_district": "u.poor_district",
    "area_class": "u.area_class",
    "form_in_round": "EXISTS (SELECT 1 FROM round_forms f WHERE f.round_id = n.round_id AND f.form = n.form)",
    "open_remarks": """(SELECT count(*) FROM supervision_remarks x WHERE x.round_id = n.round_id
        AND x.answered_at IS NULL AND (x.nomination_id = n.id
          OR x.nomination_id IS NULL AND x.about_unit_id IN ({path_ids})))""",
    "decision_id": "(SELECT max(x.id) FROM decisions x WHERE x.nomination_id = n.id AND x.voided_by IS NULL)",
}
_JSON_FACTS: Mapping[str, str] = {
    "round_settings": "r.settings",
    "revision_sections": "(SELECT x.sections FROM revisions x WHERE x.id = n.revision_id)",
    "tasks": """(SELECT {rows}({row}(x.id, x.unit_id, x.duty, x.substitute, x.due_on,
        x.base_due_on, x.opened_at)) FROM tasks x
        WHERE x.nomination_id = n.id AND x.kind = 'step' AND x.closed_at IS NULL)""",
    "participations": """(SELECT {rows}({row}(x.person_id, x.pair, x.side)) FROM participations x
        WHERE x.nomination_id = n.id)""",
    "returns": """(SELECT {rows}({row}(x.id, x.from_state, x.holder_unit_id, x.holder_duty, x.mode,
        {nest}(x.sections), x.depth)) FROM returns x WHERE x.nomination_id = n.id AND x.closed_at IS NULL)""",
    "holds": """(SELECT {rows}({row}(x.id, x.proposed_by, x.approved_at IS NOT NULL)) FROM holds x
        WHERE x.nomination_id = n.id AND x.closed_at IS NULL)""",
    "persons": "(SELECT {rows}({row}(x.person_id, x.role)) FROM nominee_persons x WHERE x.nominee_id = n.nominee_id)",
    "declared": "(SELECT {rows}(x.person_id) FROM conflict_declarations x WHERE x.nominee_id = n.nominee_id)",
    "marks": """(SELECT {rows}(x.kind) FROM nominee_marks x WHERE x.nominee_id = n.nominee_id
        AND x.opened_on <= {today} AND (x.closed_on IS NULL OR x.closed_on > {today}))""",
    "awards": """(SELECT {rows}({row}(x.form, x.decided_on, x.achievement, x.level_state, x.achievement_to))
        FROM past_awards x WHERE x.nominee_id = n.nominee_id AND x.annulled_on IS NULL)""",
    "papers": """(SELECT {rows}({row}(x.kind, x.name, x.sha256)) FROM nomination_files x
        WHERE x.nomination_id = n.id AND x.removed_at IS NULL)""",
    "line": """(SELECT {row}(l.id, l.meeting_id, l.stage, l.closed_at IS NOT NULL, l.voided_by IS NULL,
        l.members, l.agree, l.disagree, l.abstain,
        {nest}((SELECT {rows}(x.person_id) FROM council_seats x WHERE x.council_id = m.council_id
          AND x.role <> 'secretary' AND x.valid_from <= {today} AND (x.valid_to IS NULL OR x.valid_to >= {today}))),
        {nest}((SELECT {rows}({row}(x.person_id, x.choice)) FROM ballots x WHERE x.line_id = l.id)),
        {nest}((SELECT {row}(x.recorded_by, x.confirmed_at IS NOT NULL, x.agree, x.disagree, x.abstain, x.id)
          FROM ballot_counts x WHERE x.line_id = l.id ORDER BY x.id DESC LIMIT 1)),
        m.called, m.status = 'open', m.secret, l.barred)
        FROM meeting_lines l JOIN meetings m ON m.id = l.meeting_id
        WHERE l.nomination_id = n.id ORDER BY l.id DESC LIMIT 1)""",
    "reached": "(SELECT {rows}(x.unit_id) FROM nomination_reach x WHERE x.nomination_id = n.id)",
    "replayed": """(SELECT {row}(x.stream, x.cseq) FROM audit_entries x
        WHERE x.actor = {actor} AND x.request_key = {request_key})""",
}
# Of the units on a file's path: what every file on the same path shares.
_PATH_FACTS: Mapping[str, str] = {
    "ended_units": "(SELECT {rows}(x.id) FROM units x WHERE x.valid_to < {today} AND x.id IN ({path_ids}))",
    "posts": """(SELECT {rows}({row}(x.unit_id, x.duty, x.person_id))
        FROM posts x JOIN people y ON y.id = x.person_id AND y.active
        WHERE (x.unit_id IN ({path_ids}){nominee})
        AND x.valid_from <= {today} AND (x.valid_to IS NULL OR x.valid_to >= {today}))""",
    "councils": """(SELECT {rows}({row}(x.unit_id, x.id)) FROM councils x WHERE x.unit_id IN ({path_ids})
        AND x.valid_from <= {today} AND (x.valid_to IS NULL OR x.valid_to >= {today}))""",
}
_FROM = """FROM nominations n JOIN rounds r ON r.id = n.round_id JOIN nominees e ON e.id = n.nominee_id
    LEFT JOIN units u ON u.id = e.unit_id WHERE n.code {code}"""

_LOCK = "SELECT 1 FROM nominations WHERE code = %(code)s FOR UPDATE"
_LOCK_MANY = "SELECT 1 FROM nominations WHERE code = ANY(%(code)s) ORDER BY id FOR UPDATE"
_POSTGRESQL = {
    "rows": "json_agg",
    "row": "json_build_array",
    "nest": "",
    "path_ids": "SELECT j.value::bigint FROM jsonb_each_text(n.path) j",
    "nominee": " OR x.unit_id = e.unit_id",
    "today": "%(today)s::date",
    "actor": "%(actor)s",
    "request_key": "%(request_key)s",
    "code": "= %(code)s",
}
_SQLITE = {
    "rows": "json_group_array",
    "row": "json_array",
    "nest": "json",
    "path_ids": "SELECT j.value FROM json_each(n.path) j",
    "nominee": " OR x.unit_id = e.unit_id",
    "today": ":today",
    "actor": ":actor",
    "request_key": ":request_key",
    "code": "= :code",
}
# Of several files at once; each answers to a key of its own, made of the request's and its code.
_MANY = {
    "postgresql": _POSTGRESQL
    | {"code": "= ANY(%(code)s)", "request_key": f"%(request_key)s::text || '{KEY_JOINS}' || n.code"},
    "sqlite": _SQLITE
    | {"code": "IN (SELECT value FROM json_each(:code))", "request_key": f":request_key || '{KEY_JOINS}' || n.code"},
}
# Of all their paths at once: of a hundred files the posts of the same few units are read once, not a hundred times.
_PATHS = {
    "postgresql": _POSTGRESQL | {"path_ids": "SELECT unnest(%(units)s::bigint[])", "nominee": ""},
    "sqlite": _SQLITE | {"path_ids": "SELECT value FROM json_each(:units)", "nominee": ""},
}


def case_row(
    session: Session, code: str, today: date, *, lock: bool, actor: str = "", request_key: str | None = None
) -> CaseRow | None:
    """The row of nomination ``code`` with all the rules may know, or None.

    ``lock`` keeps others out until the transaction ends. ``replayed`` is the entry an earlier request of ``actor``
    with the same ``request_key`` left, in this file or elsewhere.
    """
    connection = session.connection()
    if lock and connection.dialect.name == "postgresql":
        # Apart and first: a statement that waits for a lock goes on with what the tables said before it waited.
        connection.exec_driver_sql(_LOCK, {"code": code})
    values = {"code": code, "today": today.isoformat(), "actor": actor, "request_key": request_key or ""}
    found = connection.exec_driver_sql(_statement(connection.dialect.name), values).scalar()
    return None if found is None else _as_row(orjson.loads(found))


def case_rows(
    session: Session,
    codes: Sequence[str],
    today: date,
    *,
    lock: bool,
    actor: str = "",
    request_key: str | None = None,
) -> dict[str, CaseRow]:
    """The same of many nominations by their codes, in two statements; what there is not is left out.

    ``lock`` takes the rows in the order of their numbers, so that two who want the same ones never wait for each other.
    """
    connection = session.connection()
    dialect = connection.dialect.name
    asked: Any = list(codes) if dialect == "postgresql" else orjson.dumps(list(codes)).decode()
    if lock and dialect == "postgresql":
        connection.exec_driver_sql(_LOCK_MANY, {"code": asked})
    values = {"code": asked, "today": today.isoformat(), "actor": actor, "request_key": request_key}
    found = connection.exec_driver_sql(_statement(dialect, many=True), values).scalars()
    documents = [orjson.loads(one) for one in found]
    paths = _Paths(connection, documents, today)
    return {one["code"]: _as_row(one | paths.of(one)) for one in documents}


class _Paths:
    """What is to be known of the units on the paths of many files; files on the same path share it."""

    def __init__(self, connection: Connection, documents: Sequence[Document], today: date) -> None:
        units = sorted({unit for one in documents for unit in (*one["path"].values(), one["nominee_unit"]) if unit})
        dialect = connection.dialect.name
        asked: Any = units if dialect == "postgresql" else orjson.dumps(units).decode()
        found = connection.exec_driver_sql(_path_statement(dialect), {"units": asked, "today": today.isoformat()})
        self.facts: Document = orjson.loads(found.scalar_one())
        self.known: dict[tuple[frozenset[int], int | None], Document] = {}

    def of(self, document: Document) -> Document:
        """The path's facts of one file."""
        path, nominee = frozenset(document["path"].values()), document["nominee_unit"]
        if (path, nominee) not in self.known:
            self.known[path, nominee] = {
                "ended_units": [unit for unit in self.facts["ended_units"] or () if unit in path],
                "posts": [one for one in self.facts["posts"] or () if one[0] in path or one[0] == nominee],
                "councils": [one for one in self.facts["councils"] or () if one[0] in path],
            }
        return self.known[path, nominee]


def _as_row(facts: Document) -> CaseRow:
    for name, convert in _CONVERTED.items():
        if facts[name] is not None:
            facts[name] = convert(facts[name])
    for name in _LISTS:
        facts[name] = facts[name] or []
    facts["snap_salt"] = bytes.fromhex(facts["salt"] or "")
    return CaseRow(**{name: facts[name] for name in CaseRow.__slots__})


@cache
def _statement(dialect: str, *, many: bool = False) -> str:
    facts = _JSON_FACTS if many else {**_JSON_FACTS, **_PATH_FACTS}
    if dialect == "postgresql":
        return _postgresql(_MANY[dialect] if many else _POSTGRESQL, facts)
    return _sqlite(_MANY[dialect] if many else _SQLITE, facts)


@cache
def _path_statement(dialect: str) -> str:
    make = "json_build_object" if dialect == "postgresql" else "json_object"
    nest = "" if dialect == "postgresql" else "json"
    facts = (f"'{name}', {nest}({sql.format_map(_PATHS[dialect])})" for name, sql in _PATH_FACTS.items())
    document = f"{make}({', '.join(facts)})"
    return _short(f"SELECT {document}::text" if dialect == "postgresql" else f"SELECT {document}")


def _postgresql(words: Mapping[str, str], json_facts: Mapping[str, str]) -> str:
    facts = {name: f"r.{column}" for column, name in _ROUND.items()} | {"salt": "encode(n.snap_salt, 'hex')"}
    facts |= {name: sql.format_map(words) for name, sql in (*_FACTS.items(), *json_facts.items())}
    columns = ", ".join(f"{sql} {name}" for name, sql in facts.items())
    source = _FROM.format_map(words)
    return _short(f"SELECT row_to_json(f)::text FROM (SELECT n.*, {columns} {source}) f")


def _sqlite(words: Mapping[str, str], json_facts: Mapping[str, str]) -> str:
    plain = {name: f"n.{name}" for name in _COLUMNS} | {name: f"r.{column}" for column, name in _ROUND.items()}
    plain |= {"salt": "hex(n.snap_salt)"} | {name: sql.format_map(words) for name, sql in _FACTS.items()}
    nested = {name: f"n.{name}" for name in _DOCUMENTS}
    nested |= {name: sql.format_map(words) for name, sql in json_facts.items()}
    pairs = [f"'{name}', {sql}" for name, sql in plain.items()]
    pairs += [f"'{name}', json({sql})" for name, sql in nested.items()]
    return _short(f"SELECT json_object({', '.join(pairs)}) {_FROM.format_map(words)}")


def _short(sql: str) -> str:
    """Without blanks that say nothing: psycopg keeps a statement's parsed form only under 4 KB."""
    return _AROUND.sub(r"\1", " ".join(sql.split()))


_AROUND = re.compile(r" ?([,=()<>]+) ?")


_LISTS = tuple(name for name in (*_JSON_FACTS, *_PATH_FACTS) if name not in {"revision_sections", "round_settings"})
_CONVERTED: Mapping[str, Callable[[Any], Any]] = {
    "received_on": date.fromisoformat,
    "opens_on": date.fromisoformat,
    "closes_on": date.fromisoformat,
    "nominee_ended_on": date.fromisoformat,
    "created_at": datetime.fromisoformat,
    "round_closed_at": datetime.fromisoformat,
    "form_in_round": bool,
    "poor_district": bool,
}
