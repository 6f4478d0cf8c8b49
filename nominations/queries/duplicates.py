"""Whether a nominee has a live file already: under its own record, or under another one of the same identity."""

from __future__ import annotations

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from nominations.models.nominations import DEAD_STATES, Nomination
from nominations.models.nominees import Nominee
from nominations.queries.case_facts import CaseRow
from workflows import DRAFT


def live_twin(session: Session, row: CaseRow) -> str | None:
    """The code of another live file of the nominee for the same form and round; None where there is none.

    A nominee entered twice is known by its identity number's keyed hash, or by being the same unit. Of two such
    records the draft that has not been submitted yet stands in nobody's way: whoever submits first goes on.
    """
    own, other = aliased(Nominee), aliased(Nominee)
    entered_twice = or_(own.identity_hash == other.identity_hash, own.unit_id == other.unit_id)
    twins = select(other.id).join(own, and_(own.id == row.nominee_id, other.id != own.id, entered_twice))
    return session.scalar(
        select(Nomination.code)
        .where(
            Nomination.round_id == row.round_id,
            Nomination.form == row.form,
            Nomination.id != row.id,
            Nomination.state.not_in(DEAD_STATES),
            or_(
                Nomination.nominee_id == row.nominee_id,
                and_(Nomination.state != DRAFT, Nomination.nominee_id.in_(twins)),
            ),
        )
        .order_by(Nomination.id)
        .limit(1)
    )
