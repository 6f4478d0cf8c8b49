"""The commands of `flask --app wsgi`, one file a group."""

from click import Command
from flask import Flask

from nominations.cli import db, doctor, figures, jobs, nominations, people, rounds, seed, units, workflows

COMMANDS: tuple[Command, ...] = (
    db.group,
    doctor.command,
    figures.group,
    jobs.group,
    nominations.group,
    people.group,
    rounds.group,
    seed.group,
    units.command,
    units.group,
    workflows.group,
)


def register(app: Flask) -> None:
    """Add the commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
