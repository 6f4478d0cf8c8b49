"""The compiled reports of the demonstration beside the same figures counted by plain SQL of its own."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.orm import Session

from nominations import models
from nominations.documents.docx import docx_of
from nominations.queries.actors import Viewer, viewer
from nominations.services.compilations import compile_report, issued_report
from nominations.services.report_sheets import workbook

TEMPLATE = "demo"
TODAY = date(2025, 6, 2)
ASKED = (("yearly", 2023), ("midterm", 2023), ("yearly", 2024), ("yearly", 2025), ("final", 2025))
BEGINS = {"yearly": None, "midterm": 2021, "final": 2021}

PROPOSED = """
SELECT n.form, n.subject_kind, count(*) FROM nominations n
WHERE (SELECT min(r.created_at) FROM revisions r WHERE r.nomination_id = n.id) >= {begins}
  AND (SELECT min(r.created_at) FROM revisions r WHERE r.nomination_id = n.id) < {ends}
GROUP BY n.form, n.subject_kind
"""
AWARDED = """
SELECT a.form, n.subject_kind, count(*) FROM awards a JOIN nominations n ON n.id = a.nomination_id
WHERE a.status IN ('issued', 'corrected') AND a.decided_on BETWEEN '{first}' AND '{last}'
GROUP BY a.form, n.subject_kind
"""
MONEY = """
SELECT a.id, c.value, s.value, m.value
FROM awards a JOIN nominations n ON n.id = a.nomination_id
LEFT JOIN legal_values c ON c.kind = 'bonus_coefficient' AND c.key = a.form AND c.valid_from <= a.decided_on
  AND (c.valid_to IS NULL OR c.valid_to >= a.decided_on)
LEFT JOIN legal_values s ON s.kind = 'base_salary' AND s.valid_from <= a.decided_on
  AND (s.valid_to IS NULL OR s.valid_to >= a.decided_on)
LEFT JOIN legal_values m ON m.kind = 'bonus_multiplier' AND m.key = n.subject_kind AND m.valid_from <= a.decided_on
  AND (m.valid_to IS NULL OR m.valid_to >= a.decided_on)
WHERE a.status IN ('issued', 'corrected') AND a.decided_on BETWEEN '{first}' AND '{last}'
"""
REPORTED = """
SELECT count(*) FROM movement_reports r JOIN units u ON u.id = r.unit_id
WHERE r.kind = '{kind}' AND r.year = {year} AND r.state IN ('submitted', 'accepted')
  AND u.kind IN ('department', 'office', 'mass_organisation', 'district', 'town', 'city'{communes})
"""
REQUIRED = """
SELECT count(*) FROM units u LEFT JOIN units p ON p.id = u.parent_id
WHERE u.valid_from <= '{due}' AND (u.valid_to IS NULL OR u.valid_to >= '{due}')
  AND (u.kind IN ('district', 'town', 'city'{communes})
    OR (u.kind IN ('department', 'office', 'mass_organisation') AND u.level = 'unit' AND p.level = 'province'))
"""
TYPED = """
SELECT r.content FROM movement_reports r
WHERE r.kind = '{kind}' AND r.year = {year} AND r.state IN ('submitted', 'accepted')
"""
LAST = {"yearly": "{year}-11-14", "midterm": "{year}-12-31", "final": "{year}-12-31"}


def board(session: Session) -> Viewer:
    person = session.query(models.Person.id).filter_by(username="thuky.snv").scalar()
    found = viewer(session, person, TODAY)
    assert found is not None
    return found


def asked(session: Session, statement: str, kind: str, year: int) -> list[Any]:
    """Run a statement of this file for a report."""
    first = BEGINS[kind] or year
    sqlite = session.connection().dialect.name == "sqlite"
    midnight = "'{}-12-31T17:00:00.000000+00:00'" if sqlite else "TIMESTAMPTZ '{}-12-31 17:00:00+00'"
    communes = ", 'commune', 'ward', 'township'" if year >= 2025 else ""
    filled = statement.format(
        kind=kind, year=year, first=f"{first}-01-01", last=f"{year}-12-31", begins=midnight.format(first - 1),
        ends=midnight.format(year), communes=communes, due=LAST[kind].format(year=year),
    )  # fmt: skip
    return list(session.execute(text(filled)).all())


@pytest.mark.parametrize(("kind", "year"), ASKED)
def test_files_awards_money_and_reports_are_the_same_counted_twice(session: Session, kind: str, year: int) -> None:
    figures = compile_report(session, board(session), TODAY, kind, year).figures
    proposed = {(one["form"], one["kind"]): one["count"] for one in figures["proposed"]}
    assert proposed == {(form, who): count for form, who, count in asked(session, PROPOSED, kind, year)}
    awarded = {(one["form"], one["kind"]): one["count"] for one in figures["awarded"]}
    assert awarded == {(form, who): count for form, who, count in asked(session, AWARDED, kind, year)}
    money, by_hand = 0, 0
    for _, coefficient, salary, multiplier in asked(session, MONEY, kind, year):
        if None in (coefficient, salary, multiplier):
            by_hand += 1
            continue
        thousandths = round(float(coefficient) * 1000) * int(salary) * round(float(multiplier) * 10)
        money += -(-thousandths // (10_000 * 10_000)) * 10_000
    assert sum(one["vnd"] for one in figures["awarded"]) == money
    assert sum(one["by_hand"] for one in figures["awarded"]) == by_hand
    assert figures["sums"]["reported"] == asked(session, REPORTED, kind, year)[0][0]
    assert figures["sums"]["required"] == asked(session, REQUIRED, kind, year)[0][0]
    session.rollback()


@pytest.mark.parametrize(("kind", "year"), ASKED[:3])
def test_what_bodies_typed_adds_up(session: Session, kind: str, year: int) -> None:
    figures = compile_report(session, board(session), TODAY, kind, year).figures
    counted: dict[str, int] = {}
    rows = session.query(models.MovementReport).filter_by(kind=kind, year=year)
    for row in rows.filter(models.MovementReport.state.in_(("submitted", "accepted"))):
        for name, value in row.content["figures"].items():
            counted[name] = counted.get(name, 0) + value
    assert figures["typed"] == counted
    assert counted["households_helped"] > 0
    session.rollback()


def test_the_demonstration_has_something_to_count(session: Session) -> None:
    figures = compile_report(session, board(session), TODAY, "midterm", 2023).figures
    assert sum(one["count"] for one in figures["proposed"]) > 10
    assert sum(one["vnd"] for one in figures["awarded"]) > 0
    year = compile_report(session, board(session), TODAY, "yearly", 2024).figures
    standings = {one["standing"] for one in year["bodies"] if one["owed"] == "required"}
    assert {"accepted", "submitted", "returned", "none"} <= standings
    assert year["sums"]["came_late"] > 0
    assert year["sums"]["missing"] > 0
    session.rollback()


def test_the_workbook_and_the_word_file_say_the_same_figures(session: Session) -> None:
    found = issued_report(session, board(session), TODAY, "yearly", 2024, 1)
    figures = found.figures
    book = load_workbook(io.BytesIO(workbook(figures)))
    summary = {row[0]: row[1] for row in book["Tổng hợp"].iter_rows(min_row=2, values_only=True)}
    assert summary["Đơn vị phải báo cáo"] == figures["sums"]["required"]
    assert summary["Đã báo cáo"] == figures["sums"]["reported"]
    assert summary["Tiền thưởng (đồng)"] == sum(one["vnd"] for one in figures["awarded"])
    awards = list(book["Hồ sơ và khen thưởng"].iter_rows(min_row=2, values_only=True))
    assert sum(int(str(row[3])) for row in awards) == sum(one["count"] for one in figures["awarded"])
    assert book["Đơn vị báo cáo"].max_row == len(figures["bodies"]) + 1
    words = Document(io.BytesIO(docx_of(found.paper)))
    said = "\n".join(part.text for part in words.paragraphs)
    assert f"{figures['sums']['reported']}/{figures['sums']['required']} đơn vị" in said
    session.rollback()
