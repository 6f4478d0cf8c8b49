"""What goes into a column comes out the same on both databases: instants, exact figures, documents, references."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, literal, select, text, update
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from nominations.models import Nomination, Person, PovertyFigure, Setting, SignInDelay, UtcDateTime
from tests.integration.models.rows import Case, further_rows

VIETNAM = timezone(timedelta(hours=7))
INSTANT = datetime(2024, 3, 4, 12, 0, 0, 1, tzinfo=VIETNAM)


def delay(key: str, at: datetime) -> dict[str, Any]:
    """Columns of a row with an instant."""
    return {"key": key, "failures": 1, "last_at": at}


@pytest.mark.parametrize(
    "instant",
    [INSTANT, datetime(2024, 3, 4, tzinfo=UTC), datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)],
)
def test_an_instant_comes_back_in_utc(connection: Connection, instant: datetime) -> None:
    connection.execute(insert(SignInDelay).values(delay("a", instant)))
    back = connection.scalar(select(SignInDelay.last_at))
    assert back == instant
    assert back is not None
    assert back.tzinfo is UTC


def test_instants_sort_as_time_does(connection: Connection) -> None:
    hours = [INSTANT + timedelta(microseconds=step) for step in (0, 1, 999_998, 999_999, 3_600_000_000)]
    connection.execute(insert(SignInDelay), [delay(str(place), at) for place, at in enumerate(hours)][::-1])
    assert connection.scalars(select(SignInDelay.key).order_by(SignInDelay.last_at)).all() == list("01234")
    assert connection.scalar(select(func.count()).where(SignInDelay.last_at > hours[1])) == 3


def test_a_naive_instant_is_a_bug(connection: Connection) -> None:
    with pytest.raises(StatementError, match="needs its time zone"):
        connection.execute(insert(SignInDelay).values(delay("a", INSTANT.replace(tzinfo=None))))


def test_no_instant_is_none(connection: Connection) -> None:
    assert connection.scalar(select(literal(None, UtcDateTime()))) is None


@pytest.mark.parametrize("rate", ["0.00", "0.01", "12.50", "33.33", "99.99", "100.00", None])
def test_a_figure_stays_exact(connection: Connection, case: Case, rate: str | None) -> None:
    figure = None if rate is None else Decimal(rate)
    row = further_rows(case)["poverty_figures"] | {"rate": figure}
    connection.execute(insert(PovertyFigure).values(row))
    back = connection.scalar(select(PovertyFigure.rate))
    assert str(back) == str(figure)


def test_a_figure_is_not_rounded_in_silence(connection: Connection, case: Case) -> None:
    row = further_rows(case)["poverty_figures"] | {"rate": Decimal("12.505")}
    with pytest.raises(StatementError, match="more than 2 digits"):
        connection.execute(insert(PovertyFigure).values(row))


@pytest.mark.parametrize("value", [{"a": [1, "hai", None]}, [], 5, 1.5, "chữ", True])
def test_a_document_comes_back(rows: Session, value: object) -> None:
    rows.add(Setting(key="k", value=value, updated_at=INSTANT))
    rows.flush()
    rows.expire_all()
    assert rows.get_one(Setting, "k").value == value


def test_no_document_is_null(connection: Connection, case: Case) -> None:
    for outcome, missing in ((None, True), ({}, False)):
        connection.execute(update(Nomination).values(outcome=outcome))
        found = connection.scalar(
            text("SELECT outcome IS NULL FROM nominations WHERE id = :id"), {"id": case.nomination}
        )
        assert bool(found) is missing


def test_references_are_random(rows: Session) -> None:
    refs = rows.scalars(select(Person.ref)).all()
    assert len(set(refs)) == len(refs) == 2
    assert all(len(ref) == 32 and int(ref, 16) for ref in refs)


def test_a_new_nomination_starts_at_the_foot_of_its_chain(rows: Session, case: Case) -> None:
    nomination = rows.get_one(Nomination, case.nomination)
    assert (nomination.version, nomination.revision_no, nomination.chain_seq) == (1, 0, 0)
    assert (nomination.chain_head, nomination.chain_at) == ("0" * 64, "")
    assert (nomination.working, nomination.path, nomination.reconfirm, nomination.return_counts) == ({}, {}, [], {})


def test_folded_names_are_found_by_their_beginning(connection: Connection, case: Case) -> None:
    row = further_rows(case)["nominations"]
    for number, name in enumerate(["ho b", "ho ba", "ho c", "Ho b"]):
        connection.execute(
            insert(Nomination).values(row | {"code": str(number), "nominee_folded": name, "state": "withdrawn"})
        )
    begins = Nomination.nominee_folded.between("ho b", "ho b\U0010ffff")
    found = connection.scalars(select(Nomination.nominee_folded).where(begins).order_by(Nomination.nominee_folded))
    assert found.all() == ["ho b", "ho ba"]
