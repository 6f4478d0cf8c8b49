"""`flask doctor`: a line for each part, and an exit code that a script can go by."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from nominations import create_app
from nominations.cli import doctor as room
from tests.databases import CommandRunner, Databases, settings_for

PARTS = ["database", "migrations", "disk", "clock", "mail", "storage"]


def examined(database_url: str, **more: str) -> tuple[int, dict[str, str]]:
    """Run the command on a database; its exit code, and each part's line without the part's name."""
    app = create_app(settings_for(database_url, **more))
    try:
        result = CommandRunner(app).invoke(args=["doctor"])
    finally:
        app.extensions["engine"].dispose()
    lines = [line.split(maxsplit=2) for line in result.output.splitlines()]
    return result.exit_code, {name: f"{verdict} {said}" for verdict, name, said in lines}


@contextmanager
def mail_server(greeting: bytes) -> Iterator[str]:
    """A mail server for one caller: greets, and agrees to everything."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _address = listener.accept()
            with connection, connection.makefile("rwb") as lines:
                lines.write(greeting)
                lines.flush()
                while command := lines.readline():
                    lines.write(b"221 bye\r\n" if command.lower() == b"quit\r\n" else b"250 so be it\r\n")
                    lines.flush()

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def test_everything_in_order(database_url: str, tmp_path: Path) -> None:
    with mail_server(b"220 ready\r\n") as url:
        code, lines = examined(database_url, STORAGE_URL=str(tmp_path / "new" / "files"), MAIL_URL=url)
    assert list(lines) == PARTS
    assert [line for line in lines.values() if not line.startswith("ok ")] == []
    assert code == 0
    assert "250" in lines["mail"]


def test_no_mail_server_is_no_fault(database_url: str) -> None:
    code, lines = examined(database_url)
    assert (code, lines["mail"]) == (0, "ok MAIL_URL is empty: no mail is sent.")


def test_a_mail_server_that_is_away_is_named(database_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    code, lines = examined(database_url, MAIL_URL=f"smtp://127.0.0.1:{port}")
    assert code == 1
    assert lines["mail"].startswith("FAILED ConnectionRefusedError")
    assert [name for name, line in lines.items() if line.startswith("FAILED")] == ["mail"]


def test_a_mail_server_that_turns_us_away(database_url: str) -> None:
    with mail_server(b"554 not today\r\n") as url:
        code, lines = examined(database_url, MAIL_URL=url)
    assert code == 1
    assert "554" in lines["mail"]


def test_a_database_without_its_tables(databases: Databases, backend: str) -> None:
    """The clock's line asks the log, which is not there either; the others are in order."""
    code, lines = examined(databases.copy("postgresql" if backend == "postgresql" else "sqlite", "blank"))
    assert code == 1
    assert "flask --app wsgi db upgrade" in lines["migrations"]
    assert [name for name, line in lines.items() if line.startswith("FAILED")] == ["migrations", "clock"]


def test_a_database_that_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = f"postgresql+psycopg://nobody:hidden@127.0.0.1:{port}/none"
    code, lines = examined(url)
    assert code == 1
    assert [name for name, line in lines.items() if line.startswith("FAILED")] == ["database", "migrations", "clock"]
    assert "hidden" not in str(lines)


def test_a_disk_that_is_nearly_full(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=room.LEAST_FREE // 2))
    code, lines = examined(database_url)
    assert code == 1
    assert lines["disk"].startswith("FAILED 0.5 GiB free")


def test_a_storage_nobody_can_write_to(database_url: str, tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "files").touch()
    code, lines = examined(database_url, STORAGE_URL=str(tmp_path / "files"))
    assert code == 1
    assert lines["storage"].startswith("FAILED")
