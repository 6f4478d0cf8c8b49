"""Databases for the tests: made once by the project's own commands, then copied.

The log refuses TRUNCATE, so nothing is cleaned: every module of tests gets a copy of a template.
"""

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from click.testing import Result
from flask.testing import FlaskCliRunner
from sqlalchemy import Engine

from config import Settings
from nominations import create_app
from tests.postgres import PostgresServer, start_postgres

Backend = Literal["sqlite", "postgresql"]
Template = Literal["blank", "migrated", "reference", "demo"]

# Papers are known by their digest, so all databases of all runs may keep theirs in one place.
STORE = Path(tempfile.gettempdir()) / "nominations-tests-files"

# Each template is the one before it and a command more.
RECIPES: dict[Template, tuple[Template, tuple[str, ...]]] = {
    "migrated": ("blank", ("db", "upgrade")),
    "reference": ("migrated", ("seed", "reference")),
    "demo": ("reference", ("seed", "demo")),
}


def settings_for(database_url: str, **more: str) -> Settings:
    """Return the settings of a test: that database, and whatever else the environment would say."""
    environment = {
        "ENVIRONMENT": "test",
        "SECRET_KEY": "a secret of the tests",
        "DATABASE_URL": database_url,
        "STORAGE_URL": str(STORE),
    }
    return Settings.from_environment(environment | more)


@dataclass(slots=True)
class Databases:
    """Gives out databases; `folder` is shared by all workers of one run."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def copy(self, backend: Backend, template: Template) -> str:
        """Return the URL of a new database, a copy of the template on that backend."""
        self._prepare(backend, template)
        name = f"copy_{os.getpid()}_{next(self._numbers)}"
        self._copy(backend, template, name)
        return self._url(backend, name)

    def _prepare(self, backend: Backend, template: Template) -> None:
        """Make the template, unless this or another worker has."""
        done = self.folder / f"{backend}.{template}.done"
        with _locked(self.folder / f"{backend}.{template}.lock"):
            if done.exists():
                return
            if template == "blank":
                self._make_blank(backend)
            else:
                base, command = RECIPES[template]
                self._prepare(backend, base)
                self._copy(backend, base, template)
                run_command(self._url(backend, template), *command)
            done.touch()

    def _make_blank(self, backend: Backend) -> None:
        if backend == "sqlite":
            self._sqlite_file("blank").touch()
        else:
            server = start_postgres(self.folder / "lifeline")
            (self.folder / "postgres").symlink_to(server.folder)
            server.create_database("blank")

    def _copy(self, backend: Backend, template: str, name: str) -> None:
        if backend == "sqlite":
            shutil.copyfile(self._sqlite_file(template), self._sqlite_file(name))
        else:
            # PostgreSQL copies one database at a time; the others wait here instead of failing there.
            with _locked(self.folder / "copy.lock"):
                self._server().create_database(name, template)

    def _url(self, backend: Backend, name: str) -> str:
        if backend == "sqlite":
            return f"sqlite:///{self._sqlite_file(name)}"
        return self._server().url(name)

    def _sqlite_file(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    def _server(self) -> PostgresServer:
        return PostgresServer((self.folder / "postgres").readlink())


class CommandRunner(FlaskCliRunner):
    """Runs commands as `flask --app wsgi` does: within the application's context."""

    def invoke(self, *args: Any, **kwargs: Any) -> Result:
        """Run the command given as `args=[...]`; the result has `exit_code` and `output`."""
        with self.app.app_context():
            return super().invoke(*args, **kwargs)


def run_command(database_url: str, *arguments: str) -> str:
    """Run `flask --app wsgi ...` on a database and return what it printed; fail if it did not end with 0."""
    app = create_app(settings_for(database_url))
    try:
        result = CommandRunner(app).invoke(args=arguments)
    finally:
        engine: Engine = app.extensions["engine"]
        engine.dispose()
    if result.exit_code:
        raise RuntimeError(f"`flask {' '.join(arguments)}` failed: {result.output}") from result.exception
    return result.output


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock among the workers of one run."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
