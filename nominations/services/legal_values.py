"""Dated figures of the law as administrators keep them: a new figure from a day on, a correction; each in the log.

A figure that has been used is not overwritten by a newer one: the new one begins on its day and the old one ends the
day before. A correction changes what was typed wrongly, and its entry keeps what stood there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.reference import AwardForm, LegalValue
from nominations.queries.kept import forget
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import SHORT, words
from nominations.services.sources import wrong_mark
from nominations.transactions import transactional

STREAM = "settings"
MULTIPLIERS = ("individual", "collective", "household")
KINDS = ("base_salary", "bonus_coefficient", "bonus_multiplier", "written_poll_days")
LARGEST = Decimal(10**12)


@dataclass(frozen=True, slots=True)
class NewValue:
    """A figure from a day on: ``key`` is the award form or the kind of nominee, empty for the base salary."""

    kind: str
    key: str
    valid_from: date
    value: str
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a figure should say; its kind, key and first day stay."""

    value: str
    source: str
    valid_to: date | None
    note: str | None = None


@transactional
def add_value(session: Session, clock: Clock, origin: Origin, new: NewValue) -> LegalValue:
    """Let a figure hold from a day on; the one before ends the day before. Raises InvalidInput."""
    errors = _wrong(session, new)
    if errors:
        raise InvalidInput(errors)
    before = _last_before(session, new)
    if before is not None and (before.valid_to is None or before.valid_to >= new.valid_from):
        before.valid_to = new.valid_from - timedelta(days=1)
        session.flush()
    row = LegalValue(
        kind=new.kind,
        key=new.key,
        valid_from=new.valid_from,
        valid_to=_day_before_next(session, new),
        value=_plain(new.value),
        note=(new.note or "").strip() or None,
        source=new.source.strip(),
    )
    session.add(row)
    session.flush()
    said = _said(row) | {"ended": None if before is None else _said(before)}
    record(session, clock.now(), STREAM, "add_legal_value", origin, said)
    forget(session)
    return row


@transactional
def correct_value(session: Session, clock: Clock, origin: Origin, value_id: int, right: Correction) -> LegalValue:
    """Put right what was typed wrongly. Raises NotFound, InvalidInput."""
    row = session.get(LegalValue, value_id)
    if row is None:
        raise NotFound(str(value_id))
    errors = _wrong_figure(right.value, right.source, right.note)
    if right.valid_to is not None and right.valid_to < row.valid_from:
        errors["valid_to"] = Message("period_order")
    elif _meets_another(session, row, right.valid_to or date.max):
        errors["valid_to"] = Message("value_overlaps")
    if errors:
        raise InvalidInput(errors)
    before = _said(row)
    row.value, row.source, row.valid_to = _plain(right.value), right.source.strip(), right.valid_to
    row.note = (right.note or "").strip() or None
    session.flush()
    record(session, clock.now(), STREAM, "correct_legal_value", origin, _said(row) | {"before": before})
    forget(session)
    return row


def keys_of(session: Session, kind: str) -> tuple[str, ...]:
    """What a figure of this kind may be for."""
    if kind == "bonus_coefficient":
        return tuple(session.scalars(select(AwardForm.code).order_by(AwardForm.code)))
    return MULTIPLIERS if kind == "bonus_multiplier" else ("",)


def _said(row: LegalValue) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "key": row.key,
        "from": row.valid_from.isoformat(),
        "to": row.valid_to.isoformat() if row.valid_to else None,
        "value": row.value,
        "source": row.source,
    }


def _wrong(session: Session, new: NewValue) -> dict[str, Message]:
    errors = _wrong_figure(new.value, new.source, new.note)
    if new.kind not in KINDS:
        errors["kind"] = Message("not_choice", {"choices": ", ".join(KINDS)})
    elif new.key not in keys_of(session, new.kind):
        choices = ", ".join(key for key in keys_of(session, new.kind) if key)
        errors["key"] = Message("not_choice", {"choices": choices or "–"})
    taken = select(LegalValue.id).where(
        LegalValue.kind == new.kind, LegalValue.key == new.key, LegalValue.valid_from == new.valid_from
    )
    if session.scalar(taken) is not None:
        errors["valid_from"] = Message("value_taken")
    return errors


def _wrong_figure(value: str, source: str, note: str | None) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    try:
        figure = Decimal(value.strip().replace(",", "."))
    except InvalidOperation:
        errors["value"] = Message("not_figure") if value.strip() else REQUIRED
    else:
        if not figure.is_finite() or not 0 < figure < LARGEST:
            errors["value"] = Message("not_figure")
    mark = wrong_mark(source)
    if mark is not None:
        errors["source"] = mark
    said = words(note, SHORT) if note and note.strip() else ""
    return errors | ({"note": said} if isinstance(said, Message) else {})


def _plain(value: str) -> str:
    """The figure as exact text with a point: 0,15 is kept as 0.15."""
    return value.strip().replace(",", ".")


def _last_before(session: Session, new: NewValue) -> LegalValue | None:
    return session.scalar(
        select(LegalValue)
        .where(LegalValue.kind == new.kind, LegalValue.key == new.key, LegalValue.valid_from < new.valid_from)
        .order_by(LegalValue.valid_from.desc())
        .limit(1)
    )


def _day_before_next(session: Session, new: NewValue) -> date | None:
    """The last day a figure can have before a later one that is known already begins."""
    later = session.scalar(
        select(LegalValue.valid_from)
        .where(LegalValue.kind == new.kind, LegalValue.key == new.key, LegalValue.valid_from > new.valid_from)
        .order_by(LegalValue.valid_from)
        .limit(1)
    )
    return None if later is None else later - timedelta(days=1)


def _meets_another(session: Session, row: LegalValue, last: date) -> bool:
    """Whether a later figure of the same thing begins within the period."""
    later = select(LegalValue.id).where(
        LegalValue.kind == row.kind,
        LegalValue.key == row.key,
        LegalValue.valid_from > row.valid_from,
        LegalValue.valid_from <= last,
    )
    return session.scalar(later.limit(1)) is not None
