"""The commands of `flask --app wsgi`, one file a group."""

from click import Group
from flask import Flask

from nominations.cli import db, jobs, seed

GROUPS: tuple[Group, ...] = (db.group, jobs.group, seed.group)


def register(app: Flask) -> None:
    """Add the groups of commands."""
    for group in GROUPS:
        app.cli.add_command(group)
