"""Looks every few minutes which steps are due soon or late and whose daily letter is to be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from config import Settings
from nominations.clock import Clock, SystemClock
from nominations.services.demo_clock import demo_clock
from nominations.services.digests import write_digests
from nominations.services.reminders import remind
from nominations.services.report_reminders import remind_due_reports

PAUSE = timedelta(minutes=5)


@dataclass(slots=True)
class Reminders:
    """The reminders of one installation. ``clock`` tells the acts' day; pauses are counted by ``machine``."""

    sessions: sessionmaker[Session]
    settings: Settings
    clock: Clock
    machine: Clock
    by_mail: bool
    next_at: datetime | None = None

    @classmethod
    def of(cls, sessions: sessionmaker[Session], settings: Settings, clock: Clock) -> Reminders:
        """The reminders as the settings say them; a demonstration's clock counts no pauses."""
        return cls(sessions, settings, clock, SystemClock(), bool(settings.mail_url))

    def work(self) -> int:
        """Tell of some of what is due; how much that was, 0 when there was nothing or it is not yet time to look."""
        now = self.machine.now()
        if self.next_at is not None and now < self.next_at:
            return 0
        with self.sessions() as session:
            clock = self.clock if self.settings.production else demo_clock(session, self.clock)
            told = remind(session, clock, now, by_mail=self.by_mail)
            told += remind_due_reports(session, clock, now, by_mail=self.by_mail)
            told += write_digests(session, clock, now) if self.by_mail else 0
        if not told:
            self.next_at = now + PAUSE
        return told
