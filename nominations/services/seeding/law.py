"""The law and the calendar, from the reference data into the tables: forms, rule sets, figures, holidays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from nominations import reference
from nominations.models.base import Base
from nominations.models.reference import AwardForm, Holiday, LegalValue, RuleSet
from nominations.services.calendars import removed_days

Values = dict[str, Any]


def add_rows(session: Session, model: type[Base], key: tuple[str, ...], rows: Iterable[Values]) -> list[str]:
    """Store the rows whose key is not there yet; a row that is there stays as it is. The keys added, as text."""
    table: Table = Base.metadata.tables[model.__tablename__]
    have = set(session.execute(select(*(table.c[name] for name in key))))
    missing = [row for row in rows if tuple(row[name] for name in key) not in have]
    if missing:
        session.execute(insert(table), missing)
    return [" ".join(str(row[name]) for name in key) for row in missing]


def add_law(session: Session) -> dict[str, list[str]]:
    """Store what is missing of the law; the keys added, by table."""
    removed = removed_days(session)
    holidays = (_holiday(day) for day in reference.load_holidays() if day.on_date not in removed)
    return {
        "award_forms": add_rows(session, AwardForm, ("code",), map(_form, reference.load_award_forms())),
        "rule_sets": add_rows(session, RuleSet, ("code",), map(_rule_set, reference.load_rule_sets())),
        "legal_values": add_rows(
            session, LegalValue, ("kind", "key", "valid_from"), map(_value, reference.load_legal_values())
        ),
        "holidays": add_rows(session, Holiday, ("on_date",), holidays),
    }


def _form(form: reference.AwardForm) -> Values:
    return {
        "code": form.code,
        "name": form.name.vi,
        "name_en": form.name.en,
        "family": form.family,
        "issuer_level": form.issuer_level,
        "source": form.source,
    }


def _rule_set(rules: reference.RuleSet) -> Values:
    return {
        "code": rules.code,
        "valid_from": rules.valid_from,
        "valid_to": rules.valid_to,
        "name": rules.name.vi,
        "basis": [_basis(basis) for basis in rules.basis],
        "source": rules.source,
    }


def _basis(basis: reference.LegalBasis) -> Values:
    return {
        "kind": basis.kind,
        "number": basis.number,
        "citation": basis.citation,
        "issued_on": basis.issued_on.isoformat() if basis.issued_on else None,
        "in_force_from": basis.in_force_from.isoformat() if basis.in_force_from else None,
        "note": basis.note,
        "source": basis.source,
    }


def _value(value: reference.LegalValue) -> Values:
    return {
        "kind": value.kind,
        "key": value.key,
        "valid_from": value.valid_from,
        "valid_to": value.valid_to,
        "value": value.value,
        "note": value.note,
        "source": value.source,
    }


def _holiday(day: reference.Holiday) -> Values:
    return {"on_date": day.on_date, "kind": day.kind, "name": day.name, "source": day.source}
