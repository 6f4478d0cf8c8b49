"""Commands of the background worker: run it, or say what waits for it."""

from __future__ import annotations

import signal
import threading
from dataclasses import replace
from types import FrameType

import click
from flask import current_app
from flask.cli import AppGroup

from nominations.extensions import current_clock, current_settings, db_session
from nominations.jobs.outbox import Outbox
from nominations.jobs.reminders import Reminders
from nominations.jobs.worker import run
from nominations.queries.outbox import outbox_counts
from nominations.queries.reminders import due
from nominations.services.demo_clock import demo_clock
from nominations.services.reminders import midnight

group = AppGroup("jobs", help="The background worker: notices and letters that follow from what was done.")


@group.command("run")
@click.option("--once", is_flag=True, help="Work off what is due now, and end.")
def run_worker(*, once: bool) -> None:
    """Work off what is due until asked to end (SIGTERM or Ctrl-C)."""
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    outbox = Outbox.of(current_app.extensions["sessionmaker"], current_settings(), current_clock())
    outbox = replace(outbox, stopping=stop.is_set)
    reminders = Reminders.of(current_app.extensions["sessionmaker"], current_settings(), current_clock())

    def work() -> int:
        return reminders.work() + outbox.work()

    if once:
        while work():
            pass
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    click.echo("The background worker is at work.")
    run(work, stop.wait)
    click.echo("The background worker has ended.")


@group.command()
def status() -> None:
    """Say how many messages wait, are tried again, were given up, are done; which steps and letters are due."""
    for topic in outbox_counts(db_session()):
        line = f"  {topic.topic}: {topic.waiting} waiting, {topic.retrying} to try again, {topic.given_up} given up, "
        oldest = f"; the oldest since {topic.oldest:%Y-%m-%d %H:%M} UTC" if topic.oldest else ""
        click.echo(f"{line}{topic.done} done{oldest}")
    waiting = sum(topic.waiting + topic.retrying for topic in outbox_counts(db_session()))
    click.echo(f"{waiting} messages wait." if waiting else "Nothing waits.")
    _say_due()


def _say_due() -> None:
    """Say which open steps are late or due soon, of how many nobody was told, and how many daily letters are to go."""
    clock = current_clock() if current_settings().production else demo_clock(db_session(), current_clock())
    today = clock.today()
    found = due(db_session(), today, midnight(today))
    told = f"{found.untold} to be told" if found.untold else "all told"
    click.echo(f"Steps on {today:%Y-%m-%d}: {found.late} overdue, {found.soon} due soon, {told}.")
    click.echo(f"Daily letters: {found.digests} wanted, {found.unsent} still to be written today.")
