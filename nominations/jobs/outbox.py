"""Works off the outbox: acts become notices, notices become letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from config import Settings
from nominations.clock import Clock, SystemClock
from nominations.mail.letters import Letter, digest, letter, page_of
from nominations.mail.server import MailServer, NotSent
from nominations.queries.outbox import anything_due
from nominations.services.demo_clock import demo_clock
from nominations.services.digests import DIGEST
from nominations.services.files import SIGNATURES
from nominations.services.notices import MAIL, Reader, announce, reader
from nominations.services.outbox import Taken, fail, settle, take
from nominations.storage import storage_for

AT_ONCE = 20  # messages taken at a time
TRIES = 20  # of a letter, over most of a day; an act's own message is never given up


@dataclass(frozen=True, slots=True)
class Outbox:
    """The outbox of one installation. ``clock`` tells the acts' day; pauses are counted by ``machine``."""

    sessions: sessionmaker[Session]
    settings: Settings
    clock: Clock
    machine: Clock
    server: MailServer | None
    stopping: Callable[[], bool] = lambda: False

    @classmethod
    def of(cls, sessions: sessionmaker[Session], settings: Settings, clock: Clock) -> Outbox:
        """The outbox as the settings say it; a demonstration's clock counts no pauses."""
        server = MailServer.at(settings.mail_url, settings.public_url) if settings.mail_url else None
        return cls(sessions, settings, clock, SystemClock(), server)

    def work(self) -> int:
        """Take some of what is due and work on it; how many messages that were, 0 when there was nothing to do."""
        topics = tuple(self._handlers)
        with self.sessions() as session:
            if not anything_due(session, self.machine.now(), topics):
                return 0
        with self.sessions() as session:
            taken = take(session, self.machine.now(), topics, AT_ONCE)
        for message in taken:
            if self.stopping():
                break
            self._handle(message)
        return len(taken)

    @property
    def _handlers(self) -> Mapping[str, Callable[[Session, Taken], None]]:
        letters = {MAIL: self._send} if self.server is not None else {}
        return {"nomination": self._announce, SIGNATURES: self._check, **letters}

    def _handle(self, message: Taken) -> None:
        """Do what the message asks; whatever goes wrong is noted on it, and it comes up again."""
        try:
            with self.sessions() as session:
                self._handlers[message.topic](session, message)
        except OperationalError:
            raise  # the database itself: the worker waits for it
        except Exception as error:  # noqa: BLE001 - a message that cannot be handled must not stop the others
            give_up = message.topic == MAIL and message.attempt >= TRIES
            said = str(error) if isinstance(error, NotSent) else f"{type(error).__name__}: {error}"
            with self.sessions() as session:
                fail(session, self.machine.now(), message.id, said, give_up=give_up)

    def _announce(self, session: Session, message: Taken) -> None:
        clock = self.clock if self.settings.production else demo_clock(session, self.clock)
        by_mail = self.server is not None
        announce(session, clock, self.machine.now(), message.id, message.payload, by_mail=by_mail)

    def _check(self, session: Session, message: Taken) -> None:
        """Check the signatures of a paper; the library is loaded by the worker alone, once it has one to check."""
        signed_papers = import_module("nominations.services.signed_papers")
        roots = signed_papers.trusted_roots(self.settings.signature_roots)
        storage = storage_for(self.settings.storage_url)
        signed_papers.check_signatures(
            session, storage, self.machine.now(), message.id, message.payload["sha256"], roots
        )

    def _send(self, session: Session, message: Taken) -> None:
        to = reader(session, message.payload["person"])
        if to is not None and self.server is not None:
            words = self._letter(message, to)
            self.server.send(to.email, words, f"outbox-{message.id}", self.machine.now())
        settle(session, self.machine.now(), message.id)

    def _letter(self, message: Taken, to: Reader) -> Letter:
        """The letter in the reader's language."""
        code, kind = message.payload["code"], message.payload["kind"]
        address = self.settings.public_url + page_of(kind, code)
        if kind == DIGEST:
            return digest(message.payload, to.full_name, address, to.locale)
        return letter(kind, to.full_name, code, address, to.locale)
