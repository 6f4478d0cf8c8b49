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
from nominations.jobs.worker import run
from nominations.queries.outbox import outbox_counts

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
    if once:
        while outbox.work():
            pass
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    click.echo("The background worker is at work.")
    run(outbox.work, stop.wait)
    click.echo("The background worker has ended.")


@group.command()
def status() -> None:
    """Say how many messages wait, are tried again, were given up, are done."""
    for topic in outbox_counts(db_session()):
        line = f"  {topic.topic}: {topic.waiting} waiting, {topic.retrying} to try again, {topic.given_up} given up, "
        oldest = f"; the oldest since {topic.oldest:%Y-%m-%d %H:%M} UTC" if topic.oldest else ""
        click.echo(f"{line}{topic.done} done{oldest}")
    waiting = sum(topic.waiting + topic.retrying for topic in outbox_counts(db_session()))
    click.echo(f"{waiting} messages wait." if waiting else "Nothing waits.")
