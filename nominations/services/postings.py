"""The option of a round that its files are posted in public before their council (the process, section 10)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.movements import Round
from nominations.queries.cases import POSTING
from nominations.queries.kept import forget
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import line
from nominations.services.sources import wrong_mark
from nominations.transactions import transactional

LONGEST = 60  # working days
STREAM = "settings"


@transactional
def set_posting(
    session: Session, clock: Clock, origin: Origin, code: str, days: int | None, places: str, source: str
) -> None:
    """Ask for a posting of so many working days at some places, or (no days) for none. Raises NotFound, InvalidInput.

    It is good practice and no legal duty (facts 2.6), so each round says for itself. Postings that have begun stand.
    """
    row = session.scalar(select(Round).where(Round.code == code))
    if row is None:
        raise NotFound(code)
    errors = _wrong(row, days, places, source)
    if errors:
        raise InvalidInput(errors)
    before = row.settings.get(POSTING)
    after = {"days": days, "places": str(line(places)), "source": source.strip()} if days else None
    row.settings = {name: said for name, said in row.settings.items() if name != POSTING} | (
        {POSTING: after} if after else {}
    )
    session.flush()
    record(session, clock.now(), STREAM, "set_posting", origin, {"round": code, "before": before, "after": after})
    forget(session)


def _wrong(row: Round, days: int | None, places: str, source: str) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    if row.closed_at is not None:
        errors["round"] = Message("already_ended")
    if days is None:
        return errors
    if not 1 <= days <= LONGEST:
        errors["days"] = Message("out_of_range", {"low": 1, "high": LONGEST})
    said = line(places) if places.strip() else REQUIRED
    if isinstance(said, Message):
        errors["places"] = said
    mark = wrong_mark(source)
    if mark is not None:
        errors["source"] = mark
    return errors
