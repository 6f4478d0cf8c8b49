"""The mail server named by ``MAIL_URL``: ``smtp://`` or ``smtps://``, name and password before the host where due."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from nominations.mail.letters import Letter

PATIENCE = 15.0  # seconds, for each answer of the server
PORTS = {"smtp": 25, "smtps": 465}


class NotSent(Exception):
    """A letter did not go out; the message says why without naming its reader."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters go out, and in whose name."""

    host: str
    port: int
    encrypted: bool  # from the first byte; else as soon as the server offers it
    username: str
    password: str
    sender: str

    @classmethod
    def at(cls, url: str, public_url: str) -> Self:
        """Read ``MAIL_URL``; the sender is its ``from``, else an address at the service's own host."""
        parts = urlsplit(url)
        own_host = urlsplit(public_url).hostname or "localhost"
        given = parse_qs(parts.query).get("from", [f"khen-thuong@{own_host}"])
        return cls(
            host=parts.hostname or "",
            port=parts.port or PORTS[parts.scheme],
            encrypted=parts.scheme == "smtps",
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            sender=given[0],
        )

    def send(self, to: str, letter: Letter, message_id: str, at: datetime) -> None:
        """Hand a letter to the server; ``message_id`` is the same for every try. Raises NotSent."""
        message = EmailMessage()
        try:
            message["From"], message["To"], message["Subject"] = self.sender, to, letter.subject
            message["Date"] = format_datetime(at)
            message["Message-ID"] = f"<{message_id}@{self.sender.rpartition('@')[2]}>"
            message["Auto-Submitted"] = "auto-generated"
            message.set_content(letter.text)
            with self._connected() as server:
                server.send_message(message)
        except smtplib.SMTPResponseException as error:
            raise NotSent(f"{type(error).__name__} {error.smtp_code}") from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise NotSent(type(error).__name__) from error

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
        if self.username:
            server.login(self.username, self.password)
        return server
