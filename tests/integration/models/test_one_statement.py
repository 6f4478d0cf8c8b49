"""An act's rows in one statement, as PostgreSQL's hot path writes them: triggers and keys hold inside it too."""

from typing import Any, cast

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from nominations.models import AuditEntry, Nomination, Opinion, Task
from tests.databases import Backend
from tests.integration.models.rows import LATER, NOON, SHA, Case, append, entry_row

STATEMENT = text(
    """
    WITH moved AS (
        UPDATE nominations SET state = :to_state, stage = 'commune', step = :to_step, version = version + 1,
            chain_seq = :cseq, chain_head = :hash, chain_at = :at, updated_at = :now
        WHERE id = :nomination AND version = :version RETURNING id
    ), revised AS (
        INSERT INTO revisions (nomination_id, number, content, sha256, sections, created_by, created_at)
        SELECT id, :number, '', :sha, '{}', :person, :now FROM moved RETURNING id, nomination_id
    ), entered AS (
        INSERT INTO audit_entries (stream, cseq, act, at, hash, cprev, content)
        SELECT :stream, :cseq, 'recommend', :at, :hash, :cprev, :content FROM moved RETURNING stream, cseq
    ), payload AS (
        INSERT INTO entry_payloads (stream, cseq, payload, salt) SELECT stream, cseq, '', '' FROM entered
    ), closed AS (
        UPDATE tasks SET closed_at = :now, closed_by = :person, outcome = 'done'
        WHERE nomination_id = :nomination AND kind = 'step' AND closed_at IS NULL AND EXISTS (SELECT FROM moved)
        RETURNING nomination_id
    ), side AS (
        INSERT INTO participations (nomination_id, person_id, pair, side)
        SELECT id, :person, :pair, :side FROM moved
        ON CONFLICT (nomination_id, person_id, pair) DO UPDATE SET side = excluded.side
        WHERE participations.side <> excluded.side
    ), opinion AS (
        INSERT INTO opinions (nomination_id, kind, stage, unit_id, person_id, pair, side, advice, reasons,
            by_criterion, revision_id, reviewed_sections, created_at)
        SELECT nomination_id, 'appraisal', 'commune', :unit, :person, :pair, :side, 'for', 'x', '{}', id, '[]', :now
        FROM revised
    ), message AS (
        INSERT INTO outbox (topic, key, payload, created_at, available_at, attempts)
        SELECT 'moved', :stream, '{}', :now, :now, 0 FROM moved
    )
    INSERT INTO tasks (nomination_id, kind, step, unit_id, duty, substitute, nobody_free, opened_at)
    SELECT id, 'step', :to_state, :unit, 'secretary', false, false, :now
    FROM moved LEFT JOIN closed ON closed.nomination_id = moved.id  -- so that the open task is closed first
    RETURNING id
    """
)


@pytest.fixture(scope="module", params=["postgresql"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Run on this database alone; SQLite writes the same rows one by one."""
    return cast("Backend", request.param)


def act(case: Case, cseq: int = 1, **more: Any) -> dict[str, Any]:
    """Parameters of an act: ben, who is on the appraiser's side, recommends."""
    at = f"2024-03-04T05:00:00.00000{cseq}Z"
    entry = entry_row("BD-1", cseq, more.pop("cprev", "0" * 64), at)
    return {
        "to_state": "commune.council", "to_step": "council", "now": NOON, "nomination": case.nomination, "version": 1,
        "number": cseq + 1, "sha": SHA, "person": case.ben, "unit": case.unit, "pair": "draft-appraise",
        "side": "appraiser", **entry, **more,
    }  # fmt: skip


def test_an_act_is_one_statement(connection: Connection, case: Case) -> None:
    first = act(case)
    assert connection.execute(STATEMENT, first).rowcount == 1
    second = act(case, 2, cprev=first["hash"], version=2, now=LATER)
    assert connection.execute(STATEMENT, second).rowcount == 1
    nomination = connection.execute(
        select(Nomination.version, Nomination.chain_head).where(Nomination.code == "BD-1")
    ).one()
    assert nomination == (3, second["hash"])
    assert connection.scalars(select(AuditEntry.cseq).where(AuditEntry.stream == "BD-1")).all() == [1, 2]
    assert connection.scalars(select(Task.closed_at).where(Task.kind == "step").order_by(Task.id)).all() == [
        LATER,
        None,
    ]
    assert len(connection.scalars(select(Opinion.id)).all()) == 2


def test_a_side_taken_for_the_first_time_carries_the_act(connection: Connection, case: Case) -> None:
    assert connection.execute(STATEMENT, act(case, pair="sign", side="signer")).rowcount == 1


def test_a_stale_version_writes_nothing(connection: Connection, case: Case) -> None:
    assert connection.execute(STATEMENT, act(case, version=7)).rowcount == 0
    assert connection.scalar(select(AuditEntry.cseq).where(AuditEntry.stream == "BD-1")) is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"person": "ann"}, "side a person has taken"),
        ({"cseq": 2}, "only the next step"),
        ({"cprev": "f" * 64}, "only after its predecessor"),
        ({"hash": "f" * 64}, "only under its own hash"),
        ({"to_step": "signature"}, "state_known"),
    ],
    ids=["other side", "step", "predecessor", "hash", "state"],
)
def test_a_wrong_act_is_refused_whole(
    connection: Connection, case: Case, wrong: dict[str, Any], sentence: str
) -> None:  # fmt: skip
    wrong = {name: case.ann if value == "ann" else value for name, value in wrong.items()}
    with pytest.raises(IntegrityError, match=sentence), connection.begin_nested():
        connection.execute(STATEMENT, act(case) | wrong)
    assert connection.scalar(select(Nomination.version)) == 1


def test_many_entries_of_one_stream_come_in_order(connection: Connection) -> None:
    """A bulk act appends several entries of one stream in one statement: each sees those before it."""
    rows = [entry_row("bulk", 1)]
    for cseq in range(2, 51):
        rows.append(entry_row("bulk", cseq, rows[-1]["hash"]))
    connection.execute(
        text(
            "INSERT INTO audit_entries (stream, cseq, act, at, hash, cprev, content)"
            " SELECT 'bulk', cseq, 'x', at, hash, cprev, content FROM unnest(CAST(:cseq AS int[]),"
            " CAST(:at AS text[]), CAST(:hash AS text[]), CAST(:cprev AS text[]), CAST(:content AS bytea[]))"
            " AS new(cseq, at, hash, cprev, content) ORDER BY cseq"
        ),
        {name: [row[name] for row in rows] for name in ("cseq", "at", "hash", "cprev", "content")},
    )
    with pytest.raises(IntegrityError, match="only the next step"):
        append(connection, entry_row("bulk", 52, rows[-1]["hash"]))
