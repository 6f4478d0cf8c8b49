"""`flask db`: what it does, what it only says, and how it refuses, on both databases."""

import os
import subprocess
import sys

import pytest
from flask.testing import FlaskCliRunner
from sqlalchemy import inspect, text

from nominations import create_app, migrations
from nominations.database import create_database_engine, for_writing
from tests.databases import Backend, CommandRunner, Databases, settings_for

TEMPLATE = "blank"


def test_up_and_down_again(runner: FlaskCliRunner) -> None:
    head = migrations.head()
    assert f"stands at base; this code needs {head}." in runner.invoke(args=["db", "current"]).output
    done = runner.invoke(args=["db", "upgrade"])
    assert done.exit_code == 0
    assert "  0001 Units and people." in done.output
    assert done.output.endswith(f"The database stands at {head}.\n")
    assert runner.invoke(args=["db", "upgrade"]).output == f"The database stands at {head}.\n"
    said = runner.invoke(args=["db", "downgrade", "0001"])
    assert said.exit_code == 0
    assert said.output.startswith("Nothing was changed.")
    assert "  0002 " in said.output
    assert "  0001 " not in said.output
    assert f"stands at {head};" in runner.invoke(args=["db", "current"]).output
    undone = runner.invoke(args=["db", "downgrade", "base", "--yes"])
    assert undone.exit_code == 0
    assert undone.output.endswith("The database stands at base.\n")


def test_one_step_at_a_time(runner: FlaskCliRunner) -> None:
    assert runner.invoke(args=["db", "upgrade", "0002"]).output.endswith("The database stands at 0002.\n")
    assert runner.invoke(args=["db", "upgrade", "0001"]).output == "The database stands at 0002.\n"
    assert runner.invoke(args=["db", "downgrade", "base", "--yes"]).exit_code == 0


@pytest.mark.parametrize("arguments", [["upgrade", "77"], ["upgrade", ""], ["downgrade", "x; y"], ["downgrade"]])
def test_wrong_use_is_said(runner: FlaskCliRunner, arguments: list[str]) -> None:
    result = runner.invoke(args=["db", *arguments])
    assert result.exit_code == 2
    assert "Error: " in result.output
    assert "Traceback" not in result.output


def test_a_refusal_of_the_database_is_said(databases: Databases, backend: Backend) -> None:
    url = databases.copy(backend, "blank")
    engine = create_database_engine(url)
    with engine.execution_options(**for_writing(engine)).begin() as connection:
        connection.execute(text("CREATE TABLE meetings (id integer)"))
    app = create_app(settings_for(url))
    result = CommandRunner(app).invoke(args=["db", "upgrade"])
    assert result.exit_code == 1
    assert "Error: Nothing was changed. The database says: " in result.output
    assert "meetings" in result.output
    assert migrations.current(engine) is None
    for used in (engine, app.extensions["engine"]):
        used.dispose()


def test_two_at_once_migrate_once(databases: Databases, backend: Backend) -> None:
    """Two processes, as when two machines of one service start together."""
    environment = os.environ | {"ENVIRONMENT": "test", "DATABASE_URL": databases.copy(backend, "blank")}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], answers
    assert all(f"stands at {migrations.head()}." in out for out, _ in answers)


def test_migrations_run_as_their_own_login(databases: Databases) -> None:
    """The service's database stays as it is: migrations go where MIGRATIONS_DATABASE_URL says."""
    served, migrated = databases.copy("sqlite", "blank"), databases.copy("sqlite", "blank")
    app = create_app(settings_for(served, MIGRATIONS_DATABASE_URL=migrated))
    assert CommandRunner(app).invoke(args=["db", "upgrade"]).exit_code == 0
    app.extensions["engine"].dispose()
    for url, tables in ((served, 0), (migrated, 1)):
        engine = create_database_engine(url)
        with engine.connect() as connection:
            assert bool(inspect(connection).get_table_names()) is bool(tables)
        engine.dispose()
