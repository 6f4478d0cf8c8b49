"""Letters go out over SMTP; the settings choose the server."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from nominations.jobs.outbox import Outbox
from nominations.mail.letters import Letter
from nominations.mail.server import MailServer, NotSent
from tests.databases import settings_for
from tests.world import World


class Conversation(socketserver.StreamRequestHandler):
    """Just enough of a mail server to be handed a letter."""

    def handle(self) -> None:
        self.say("220 ready")
        for line in self.rfile:
            word = line.decode().split()[0].upper()
            if word == "DATA":
                self.say("354 go on")
                text = "".join(iter(lambda: self.rfile.readline().decode(), ".\r\n"))
                self.server.kept.append(text)  # type: ignore[attr-defined]
            if word == "RCPT" and b"nobody" in line:
                self.say("550 nobody of that name")
                continue
            self.say("221 bye" if word == "QUIT" else "250 fine")
            if word == "QUIT":
                return

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def mail_server() -> Iterator[tuple[str, list[str]]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.kept = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}?from=khen-thuong@example.vn", server.kept  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()


def test_a_letter_goes_out_over_smtp(world: World) -> None:
    with mail_server() as (url, kept):
        server = MailServer.at(url, "https://example.vn")
        server.send("can-bo@example.vn", Letter("Hồ sơ chờ", "Xem trang."), "outbox-7", world.clock.now())
        with pytest.raises(NotSent, match="SMTPRecipientsRefused"):
            server.send("nobody@example.vn", Letter("Hồ sơ chờ", "Xem trang."), "outbox-8", world.clock.now())
    [text] = kept
    assert "To: can-bo@example.vn" in text
    assert "Message-ID: <outbox-7@example.vn>" in text


def test_no_header_can_be_slipped_into_a_letter(world: World) -> None:
    with mail_server() as (url, kept):
        server = MailServer.at(url, "https://example.vn")
        with pytest.raises(NotSent, match="ValueError"):
            server.send("a@example.vn\r\nBcc: b@example.vn", Letter("x", "y"), "outbox-9", world.clock.now())
    assert kept == []


def test_the_settings_choose_the_mail_server(database_url: str, world: World, app: Flask) -> None:
    settings = settings_for(database_url, MAIL_URL="smtps://ten:mat%20khau@mail.example.vn")
    server = Outbox.of(app.extensions["sessionmaker"], settings, world.clock).server
    assert server == MailServer("mail.example.vn", 465, True, "ten", "mat khau", "khen-thuong@127.0.0.1")
    assert Outbox.of(app.extensions["sessionmaker"], settings_for(database_url), world.clock).server is None
