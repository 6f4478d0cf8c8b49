"""Who may import whom, as a table: the rules know nothing of the database, the services nothing of the web."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.architecture.source import Module, product


@dataclass(frozen=True)
class Room:
    """A module or package, and what it may import beyond itself and the standard library."""

    name: str
    project: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()


PROJECT = ("config", "wsgi", "workflows", "nominations")
WEB_LIBRARIES = ("flask", "flask_babel", "flask_login", "flask_wtf", "werkzeug", "wtforms", "markupsafe")
READS_AND_WRITES = ("nominations.services", "nominations.queries", "workflows")
ENTRANCE = (
    *READS_AND_WRITES,
    "nominations.extensions",
    "nominations.clock",
    "nominations.limits",
    "nominations.storage",
    "config",
)

# The most exact name that fits a module is its rule.
ROOMS = (
    Room("config"),
    Room("wsgi", ("nominations",)),
    Room("workflows"),
    Room("workflows.machine", ("workflows",), ("transitions",)),
    Room("workflows.ledger", ("workflows",), ("cryptography", "orjson")),
    Room("nominations.clock"),
    Room("nominations.names"),
    Room("nominations.limits"),
    Room("nominations.storage"),
    Room("nominations.database", (), ("sqlalchemy",)),
    Room("nominations.transactions", ("nominations.database",), ("sqlalchemy",)),
    Room("nominations.models", ("workflows",), ("sqlalchemy",)),
    Room("nominations.migrations", ("nominations.database", "nominations.models"), ("sqlalchemy", "alembic")),
    Room("nominations.reference", ("workflows",)),
    Room("nominations.queries", ("nominations.models", "nominations.names", "workflows"), ("sqlalchemy", "orjson")),
    Room(
        "nominations.documents",
        ("workflows",),
        ("docx", "orjson", "pyhanko", "pyhanko_certvalidator", "pypdf", "segno", "typst"),
    ),
    Room("nominations.mail", ("workflows",), ("jinja2",)),
    Room(
        "nominations.services",
        (
            "workflows",
            "nominations.models",
            "nominations.queries",
            "nominations.documents",
            "nominations.mail",
            "nominations.reference",
            "nominations.migrations",
            "nominations.transactions",
            "nominations.clock",
            "nominations.names",
            "nominations.storage",
        ),
        ("sqlalchemy", "argon2", "cryptography", "orjson", "openpyxl"),
    ),
    Room(
        "nominations.extensions",
        ("config", "nominations.clock", "nominations.database", "nominations.storage"),
        ("flask", "flask_babel", "flask_login", "flask_wtf", "sqlalchemy"),
    ),
    Room("nominations.web", ENTRANCE, WEB_LIBRARIES),
    Room("nominations.api", ENTRANCE, WEB_LIBRARIES),
    Room(
        "nominations.cli",
        (
            *ENTRANCE,
            "nominations.migrations",
            "nominations.database",
            "nominations.transactions",
            "nominations.jobs",  # a command starts the worker
        ),
        ("click", "flask", "sqlalchemy"),
    ),
    Room(
        "nominations.jobs",
        (*ENTRANCE, "nominations.database", "nominations.transactions", "nominations.mail"),
        ("sqlalchemy",),
    ),
    Room(
        "nominations",
        (*ENTRANCE, "nominations.web", "nominations.api", "nominations.cli"),
        ("flask", "jinja2", "werkzeug"),
    ),
)


def within(name: str, rooms: tuple[str, ...]) -> bool:
    """Say whether a dotted name lies in one of the rooms."""
    return any(name == room or name.startswith(room + ".") for room in rooms)


def room_of(module: str) -> Room:
    """Return the rule for a module."""
    return max((room for room in ROOMS if within(module, (room.name,))), key=lambda room: len(room.name))


def trespasses(module: Module) -> Iterator[str]:
    """Name what a module imports that its room may not."""
    room = room_of(module.name)
    for imported in module.imports():
        top = imported.partition(".")[0]
        if top in PROJECT:
            allowed = within(imported, (room.name, *room.project))
        else:
            allowed = top in sys.stdlib_module_names or top in room.libraries
        if not allowed:
            yield imported


@pytest.mark.parametrize("module", product(), ids=lambda module: module.name)
def test_a_module_imports_only_what_its_room_may(module: Module) -> None:
    assert sorted(trespasses(module)) == []


def test_every_module_of_the_service_has_a_room() -> None:
    """The package's own rule is for the factory alone; a new room is a decision, made in the table above."""
    assert [module.name for module in product() if room_of(module.name).name == "nominations"] == ["nominations"]


def test_the_machine_and_the_ledger_alone_may_use_libraries_in_the_rules() -> None:
    rooms = {room.name: room.libraries for room in ROOMS if within(room.name, ("workflows",))}
    assert rooms.pop("workflows") == ()
    assert set(rooms) == {"workflows.machine", "workflows.ledger"}
