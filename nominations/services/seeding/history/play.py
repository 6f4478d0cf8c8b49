"""`seed demo`: the whole history in one transaction, into a database that has reference data and no files yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from nominations.clock import Clock, FixedClock
from nominations.models.audit import AuditEntry
from nominations.models.nominations import Nomination
from nominations.models.outbox import OutboxMessage
from nominations.models.reference import WorkflowVersion
from nominations.services.demo_clock import set_day
from nominations.services.notices import announce
from nominations.services.seeding.accounts import seed_accounts
from nominations.services.seeding.history.figures import YEARS, add_figures
from nominations.services.seeding.history.lists import lists_of
from nominations.services.seeding.history.opening import FIRST_DAY, FIRST_WORKING_DAY
from nominations.services.seeding.history.player import Player, Script, at, make_player, play
from nominations.services.seeding.history.registers import registers_of
from nominations.services.seeding.history.reports import milestones, reports
from nominations.services.seeding.history.scripts import script
from nominations.services.seeding.history.words import stories
from nominations.storage import Storage
from nominations.transactions import transactional

SEED = 20_252_021


class NotEmptyError(RuntimeError):
    """The database already has files, or no reference data to play with."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the history came to."""

    accounts: int
    nominations: int
    entries: int
    by_state: Mapping[str, int]
    by_form: Mapping[str, int]


def is_empty(session: Session) -> bool:
    """Whether there is no nomination yet."""
    return session.scalar(select(Nomination.id).limit(1)) is None


@transactional
def seed_demo(session: Session, clock: Clock, storage: Storage, day: date | None = FIRST_DAY) -> Counts:
    """Make the accounts and play every story; ``day`` is where the demonstration then stands, None leaves it.

    The caller refuses in production. Raises NotEmptyError, and StoryError where the rules refuse an act of a story.
    The words, days and votes are the same every time; codes, salts and references are random as everywhere.
    """
    if not is_empty(session):
        raise NotEmptyError("There are files already; the demonstration is played into an empty database only.")
    if session.scalar(select(WorkflowVersion.id).limit(1)) is None:
        raise NotEmptyError("There is no reference data yet; run `flask --app wsgi seed reference` first.")
    made = seed_accounts(session, FixedClock(at(FIRST_WORKING_DAY, 7, 30)))
    player = make_player(session, storage, Random(SEED))  # noqa: S311 - believable, not secret
    papers = [*reports(player), *milestones(player), *registers_of(player), *lists_of(player)]
    play(player, [*_figures(player), *_stories(player), *papers])
    _announce(session)
    if day is not None:
        set_day(session, clock, day)
    return counts(session, made)


def _announce(session: Session) -> None:
    """Put up the notices of how things now stand; the rest is settled without one, and no letter goes."""
    newest = select(func.max(OutboxMessage.id)).group_by(OutboxMessage.key)
    passed = update(OutboxMessage).where(OutboxMessage.id.not_in(newest), OutboxMessage.done_at.is_(None))
    session.execute(passed.values(done_at=OutboxMessage.created_at).execution_options(synchronize_session=False))
    waiting = session.execute(
        select(OutboxMessage.id, OutboxMessage.created_at, OutboxMessage.payload)
        .where(OutboxMessage.done_at.is_(None))
        .order_by(OutboxMessage.id)
    ).all()
    for row in waiting:
        announce(session, FixedClock(row.created_at), row.created_at, row.id, row.payload, by_mail=False)


def counts(session: Session, accounts: int) -> Counts:
    """How many files in which state and form, and how many entries the log has."""
    states: Iterable[str] = session.scalars(select(Nomination.state))
    forms: Iterable[str] = session.scalars(select(Nomination.form))
    by_state, by_form = Counter(states), Counter(forms)
    entries = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    return Counts(accounts, by_state.total(), entries, dict(sorted(by_state.items())), dict(sorted(by_form.items())))


def _figures(player: Player) -> list[tuple[datetime, Script]]:
    """The yearly poverty review is recognised in the middle of December."""
    return [(at(date(year, 12, 15), 9), _recognised(player, year)) for year in YEARS]


def _recognised(player: Player, year: int) -> Script:
    add_figures(player.session, player.clock, year)
    yield from ()


def _stories(player: Player) -> list[tuple[datetime, Script]]:
    return [(at(story.start, 8, number % 60), script(player, story)) for number, story in enumerate(stories())]
