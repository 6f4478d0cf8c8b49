"""Reference data into an empty or a living database: what is missing is added, what is there stays as it is.

An administrator's changes (a round closed, a unit ended, a deadline moved) outlive every start of the service.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.audit import ORIGIN_KEY
from nominations.models.people import Council
from nominations.models.reference import Setting
from nominations.queries.kept import forget
from nominations.reference import load_councils
from nominations.services.flows import publish_missing
from nominations.services.log import Origin, record
from nominations.services.seeding.law import add_law
from nominations.services.seeding.movement import add_movement
from nominations.services.seeding.units import add_successions, add_units, known_units
from nominations.transactions import transactional
from workflows.flows import FlowKey
from workflows.ledger import canonical_content

SYSTEM = Origin(actor="system", auth="cli")


@transactional
def seed_reference(
    session: Session, clock: Clock, log_name: str, published: Callable[[FlowKey], datetime] | None = None
) -> dict[str, int]:
    """Add what is missing; how many rows of each table. ``log_name`` becomes the log's origin, once and for good.

    ``published`` says when each flow was published, where that is not now.
    """
    _name_log(session, clock, log_name)
    units = {"units": add_units(session), "unit_successions": add_successions(session)}
    units["councils"] = _add_councils(session)
    _log(session, clock, "units", units)
    settings = add_law(session) | add_movement(session)
    _log(session, clock, "settings", settings)
    forget(session)
    counts = {table: len(keys) for table, keys in (units | settings).items()}
    return counts | {"workflow_versions": publish_missing(session, SYSTEM, published or (lambda _key: clock.now()))}


def _name_log(session: Session, clock: Clock, log_name: str) -> None:
    if session.scalar(select(Setting.key).where(Setting.key == ORIGIN_KEY)) is None:
        session.execute(insert(Setting).values(key=ORIGIN_KEY, value=log_name, updated_at=clock.now()))
        record(session, clock.now(), "settings", "name_log", SYSTEM, {"origin": log_name})


def _add_councils(session: Session) -> list[str]:
    """The provincial councils; those of lower levels are made with their members."""
    units = known_units(session)
    have = set(session.execute(select(Council.unit_id, Council.valid_from)))
    added = []
    for council in load_councils():
        unit = units[council.unit]
        if (unit, council.valid_from) not in have:
            session.add(
                Council(unit_id=unit, name=council.name, valid_from=council.valid_from, valid_to=council.valid_to)
            )
            added.append(f"{council.unit.code} {council.valid_from.isoformat()}")
    session.flush()
    return added


def _log(session: Session, clock: Clock, stream: str, added: Mapping[str, Sequence[str]]) -> None:
    """One entry a table: how many rows, and the digest of their keys."""
    for table, keys in added.items():
        if keys:
            digest = hashlib.sha256(canonical_content(list(keys))).hexdigest()
            said = {"table": table, "added": len(keys), "keys_sha256": digest}
            record(session, clock.now(), stream, "add_reference", SYSTEM, said)
