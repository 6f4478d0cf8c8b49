"""What the tests of the administrators' pages share: signing in as one, sending a page's own form, reading rows."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from nominations import models
from nominations.transactions import write_transaction
from tests.pages import Page, PageClient
from tests.world import World

Browse = Callable[[str], PageClient]
Row = TypeVar("Row")
A = "/quan-tri"


def signed_in(browse: Browse, world: World, username: str) -> PageClient:
    if username not in world.people:
        world.staff(username, "52", ("admin",))
        with write_transaction(world.session) as session:
            known = session.query(models.Person).filter_by(username="head.xa").one().password_hash
            session.execute(update(models.Person).where(models.Person.username == username).values(password_hash=known))
    return browse(username)


def entries(world: World, stream: str) -> list[str]:
    """The acts of a stream, in order."""
    entry = models.AuditEntry
    found = world.session.scalars(select(entry.act).where(entry.stream == stream).order_by(entry.cseq)).all()
    world.session.rollback()
    return list(found)


def one(world: World, kind: type[Row], **where: object) -> Row:
    found = world.session.query(kind).filter_by(**where).one()
    world.session.expunge_all()
    world.session.rollback()
    return found


def ref_of(world: World, username: str) -> str:
    return one(world, models.Person, username=username).ref


def address_of_post(world: World, username: str) -> str:
    return f"{A}/nhiem-vu/{one(world, models.Post, person_id=world.people[username]).ref}"


def send(client: PageClient, address: str, **typed: object) -> TestResponse:
    """Type into the page's own form, beside those of the frame, and press its button."""
    [button] = client.page(address).texts("main form .btn-primary, main form .btn-danger-fill")
    return client.submit(address, button, **typed)


def faults(response_text: str) -> list[str]:
    return Page(A, response_text).texts(".error-summary li")
