"""What must never be twice, and what must never point elsewhere: keys, unique indexes and the separation of persons."""

from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from nominations.models import (
    Ballot,
    BallotCount,
    Base,
    Decision,
    Meeting,
    MeetingLine,
    Nomination,
    Opinion,
    Participation,
    Revision,
    SubmissionLine,
    Task,
    WorkflowVersion,
)
from tests.integration.models.rows import LATER, NOON, SHA, Case, further_rows, revision_row

TABLES = Base.metadata.tables
TAKE_SIDE = text(
    "INSERT INTO participations (nomination_id, person_id, pair, side)"
    " VALUES (:nomination_id, :person_id, :pair, :side)"
    " ON CONFLICT (nomination_id, person_id, pair) DO UPDATE SET side = excluded.side"
    " WHERE participations.side <> excluded.side"
)

# (table, changes of the first row, changes of the second row): the second is refused after the first
TWICE: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("tasks", {}, {"step": "commune.council", "duty": "secretary"}),
    ("nominations", {}, {"code": "BD-3"}),
    ("nominations", {"state": "awarded"}, {"code": "BD-3"}),
    ("nominations", {"nominee_id": 1, "state": "withdrawn"}, {"nominee_id": 1, "code": "BD-3"}),
    ("returns", {}, {}),
    ("holds", {}, {}),
    ("participations", {}, {"side": "checker"}),
    ("ballots", {}, {"choice": "disagree"}),
    ("ballot_counts", {"confirmed_by": 2, "confirmed_at": LATER}, {"confirmed_by": 2, "confirmed_at": LATER}),
    ("meeting_lines", {"voided_by": 1}, {"voided_by": None}),
    ("submission_lines", {}, {}),
    ("awards", {}, {"check_code": "K2", "register_no": 2}),
    ("workflow_versions", {}, {"number": 2}),
    ("revisions", {}, {}),
    ("posts", {}, {}),
    ("council_seats", {}, {}),
    ("units", {}, {}),
    ("people", {}, {}),
    ("poverty_figures", {}, {"rate": None}),
    ("legal_values", {}, {"value": "2340000"}),
    ("criteria", {}, {}),
    ("conflict_declarations", {}, {"kind": "interest"}),
]
# the same, but the second row is taken
AGAIN: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("tasks", {"closed_at": LATER}, {}),
    ("tasks", {}, {"kind": "ballot"}),
    ("tasks", {"kind": "opinion"}, {"kind": "opinion"}),
    ("nominations", {"state": "withdrawn"}, {"code": "BD-3"}),
    ("nominations", {"state": "not_awarded"}, {"code": "BD-3", "state": "replaced"}),
    ("returns", {"closed_at": LATER}, {}),
    ("returns", {}, {"depth": 2}),
    ("holds", {"closed_at": LATER}, {}),
    ("participations", {}, {"pair": "other"}),
    ("ballot_counts", {}, {"confirmed_by": 2, "confirmed_at": LATER}),
    ("meeting_lines", {"voided_by": 1}, {"voided_by": 1}),
    ("workflow_versions", {}, {"number": 2, "active": False}),
    ("posts", {}, {"valid_from": LATER.date().replace(day=5)}),
    ("decisions", {}, {}),
]

# what must be said beside a column before only its reference is wrong
BESIDE: dict[str, dict[str, Any]] = {
    "nominees.unit_id": {"kind": "collective"},
    "tasks.closed_by": {"closed_at": LATER},
    "holds.approved_by": {"approved_at": LATER},
    "mark_records.closed_by": {"closed_at": LATER, "closing": "-"},
    "draft_list_rows.nomination_id": {"settled_as": "made"},
    "postings.minutes_sha": {"ended_on": NOON.date(), "ended_by": 1},
    "postings.ended_by": {"ended_on": NOON.date(), "minutes_sha": SHA},
    "incoming_consultations.drafted_by": {"advice": "for", "reasons": "-"},
    "ballot_counts.confirmed_by": {"confirmed_at": LATER},
    "decisions.numbered_by": {"number": "1", "number_year": 2024, "numbered_on": NOON.date()},
}


def put(connection: Connection, case: Case, table: str, changes: dict[str, Any]) -> None:
    """Insert a further row of the table, changed."""
    connection.execute(insert(TABLES[table]).values(further_rows(case)[table] | changes))


@pytest.mark.parametrize(("table", "first", "second"), TWICE)
def test_the_second_is_refused(
    connection: Connection, case: Case, table: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    put(connection, case, table, first)
    with pytest.raises(IntegrityError):
        put(connection, case, table, second)


@pytest.mark.parametrize(("table", "first", "second"), AGAIN)
def test_the_second_is_taken(
    connection: Connection, case: Case, table: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    put(connection, case, table, first)
    put(connection, case, table, second)


def test_an_ended_nomination_cannot_come_back_beside_a_live_one(connection: Connection, case: Case) -> None:
    put(connection, case, "nominations", {"state": "withdrawn"})
    put(connection, case, "nominations", {"code": "BD-3"})
    with pytest.raises(IntegrityError, match=r"uq_nominations_live|nominations\.nominee_id"):
        connection.execute(update(Nomination).where(Nomination.code == "BD-2").values(state="commune.appraisal"))


def test_a_number_is_given_once_per_body_series_and_year(connection: Connection, case: Case) -> None:
    number = {"number": "12", "number_year": 2024, "numbered_on": NOON.date(), "numbered_by": case.ann}
    put(connection, case, "decisions", number)
    put(connection, case, "decisions", number | {"number_year": 2025})
    put(connection, case, "decisions", number | {"kind_series": "QĐ"})
    put(connection, case, "decisions", number | {"led_by": case.decision})
    with pytest.raises(IntegrityError):
        put(connection, case, "decisions", number)


def test_nobody_is_on_two_sides(connection: Connection, case: Case) -> None:
    """Ann drafted; ben appraises: ann cannot appraise, whatever the act."""
    for table, actor in (("opinions", "person_id"), ("decisions", "signer_id"), ("ballots", "person_id")):
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"), connection.begin_nested():
            put(connection, case, table, {actor: case.ann})


def test_a_side_is_taken_again_but_not_another(connection: Connection, case: Case) -> None:
    side = {"nomination_id": case.nomination, "person_id": case.ann, "pair": "draft-appraise", "side": "drafter"}
    connection.execute(TAKE_SIDE, side)
    with pytest.raises(IntegrityError, match="side"):
        connection.execute(TAKE_SIDE, side | {"side": "appraiser"})


def test_a_side_is_never_given_up(connection: Connection) -> None:
    with pytest.raises(IntegrityError, match="never changed or deleted"), connection.begin_nested():
        connection.execute(update(Participation).values(side="appraiser"))
    with pytest.raises(IntegrityError, match="never changed or deleted"), connection.begin_nested():
        connection.execute(delete(Participation))


@pytest.mark.parametrize("act", [update(Revision).values(content=b"other"), delete(Revision)], ids=["update", "delete"])
def test_a_revision_is_written_once(connection: Connection, act: Any) -> None:
    with pytest.raises(IntegrityError, match="A revision is written once"):
        connection.execute(act)


def test_a_revision_belongs_to_its_nomination(connection: Connection, case: Case) -> None:
    """An opinion, a ballot, a line or the nomination itself cannot speak of another file's revision."""
    put(connection, case, "nominations", {})
    other = connection.scalar(select(Nomination.id).where(Nomination.code == "BD-2"))
    foreign = connection.scalar(
        insert(Revision).values(revision_row(int(other or 0), case.ann, 1)).returning(Revision.id)
    )
    for table in ("opinions", "decisions", "ballots", "meeting_lines", "submission_lines"):
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"), connection.begin_nested():
            put(connection, case, table, {"revision_id": foreign})
    for entity in (Opinion, Decision, MeetingLine):
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"), connection.begin_nested():
            put(connection, case, str(entity.__tablename__), {"voided_by": foreign})
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), connection.begin_nested():
        connection.execute(update(Nomination).where(Nomination.id == case.nomination).values(revision_id=foreign))
    connection.execute(update(Nomination).where(Nomination.id == case.nomination).values(revision_id=case.revision))


def test_a_ballot_is_about_its_lines_nomination(connection: Connection, case: Case) -> None:
    put(connection, case, "nominations", {})
    other = connection.scalar(select(Nomination.id).where(Nomination.code == "BD-2"))
    side = {"nomination_id": other, "person_id": case.ben, "pair": "draft-appraise", "side": "appraiser"}
    connection.execute(insert(Participation).values(side))
    foreign = connection.scalar(insert(Revision).values(revision_row(int(other or 0), 1, 1)).returning(Revision.id))
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        put(connection, case, "ballots", side | {"revision_id": foreign})


def test_the_result_of_a_line_is_written_once(connection: Connection, case: Case) -> None:
    put(connection, case, "submission_lines", {})
    connection.execute(update(SubmissionLine).values(result="awarded"))
    connection.execute(update(SubmissionLine).values(result="awarded"))
    with pytest.raises(IntegrityError, match="result of a line is written once"), connection.begin_nested():
        connection.execute(update(SubmissionLine).values(result=None))
    with pytest.raises(IntegrityError, match="result of a line is written once"):
        connection.execute(update(SubmissionLine).values(result="not_awarded"))


def test_a_published_flow_is_retired_but_not_changed(connection: Connection) -> None:
    connection.execute(update(WorkflowVersion).values(active=False))
    for change in ({"content": b"other"}, {"sha256": "0" * 64}, {"tiers": 2}):
        with pytest.raises(IntegrityError, match="published flow is never changed"), connection.begin_nested():
            connection.execute(update(WorkflowVersion).values(change))


def test_counted_ballots_are_confirmed_by_another(connection: Connection, case: Case) -> None:
    put(connection, case, "ballot_counts", {})
    with pytest.raises(IntegrityError, match="two_persons"), connection.begin_nested():
        connection.execute(update(BallotCount).values(confirmed_by=case.ann, confirmed_at=LATER))
    connection.execute(update(BallotCount).values(confirmed_by=case.ben, confirmed_at=LATER))


def test_nothing_that_is_referred_to_is_deleted(connection: Connection, case: Case) -> None:
    put(connection, case, "ballots", {})
    for table in (MeetingLine, Meeting, Nomination, WorkflowVersion):
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"), connection.begin_nested():
            connection.execute(delete(table))
    connection.execute(delete(Ballot))
    connection.execute(delete(Task))


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for _ in [key for key in column.foreign_keys if len(key.constraint.elements) == 1]  # type: ignore[union-attr]
    ],
)
def test_a_reference_leads_somewhere(connection: Connection, case: Case, table: str, column: str) -> None:
    nowhere = 999_999 if TABLES[table].c[column].type.python_type is int else "nowhere"
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        put(connection, case, table, BESIDE.get(f"{table}.{column}", {}) | {column: nowhere})
