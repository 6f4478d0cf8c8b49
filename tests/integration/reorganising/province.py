"""The small province on the day its levels change: a district ends, two communes merge into one, one is split."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from nominations import models
from nominations.names import folded
from nominations.transactions import write_transaction
from tests.world import DISTRICTS_END, World, make_world

TURN = date(2025, 7, 1)
NEW, HALF = "NEW", "HALF"  # the merged commune, and the one a part of the second old commune goes to


@dataclass
class Turned:
    """The province and its new units."""

    world: World
    new: int
    half: int


def make_turned(session: Session, *, split: bool = False) -> Turned:
    """Write it: xa and xa2 end with June 2025 and merge; ``split``: half of xa2 goes elsewhere instead."""
    world = make_world(session)
    units = world.units
    with write_transaction(session):
        new, half = _commune(session, world, NEW), _commune(session, world, HALF)
        ends = models.Unit.id.in_([units["21613"], units["21610"]])
        session.execute(update(models.Unit).where(ends).values(valid_to=DISTRICTS_END))
        whole, other = Decimal(1), units["21610"]
        lines: list[tuple[int, int | None, Decimal | None]] = [
            (units["542"], None, None),
            (units["21613"], new, whole),
        ]
        lines += [(other, new, None), (other, half, None)] if split else [(other, new, whole)]
        for old, to, share in lines:
            session.execute(
                insert(models.UnitSuccession).values(
                    old_unit_id=old, new_unit_id=to, function="all", share=share, effective_on=TURN, source="[S-72]"
                )
            )
    return Turned(world, new, half)


def staff(turned: Turned, unit: int, place: str) -> None:
    """Everybody a commune needs, and a council of five."""
    session, world = turned.world.session, turned.world
    with write_transaction(session):
        council = models.Council(unit_id=unit, name=f"Hội đồng {place}", valid_from=TURN)
        session.add(council)
        session.flush()
        for duty in ("nominator", "appraiser", "secretary", "head", "deputy", "clerk"):
            person = _person(world, f"{duty}.{place}")
            session.add(models.Post(person_id=person, unit_id=unit, duty=duty, title=duty, valid_from=TURN))
        for number in range(1, 6):
            person = _person(world, f"member{number}.{place}")
            session.add(models.CouncilSeat(council_id=council.id, person_id=person, role="member", valid_from=TURN))


def _person(world: World, username: str) -> int:
    person = models.Person(
        username=username, password_hash="-", full_name=username, name_folded=username, created_at=world.clock.now()
    )
    world.session.add(person)
    world.session.flush()
    world.people[username] = person.id
    return person.id


def _commune(session: Session, world: World, code: str) -> int:
    unit = models.Unit(
        code=code, valid_from=TURN, name=f"Đơn vị {code}", name_folded=folded(f"Đơn vị {code}"), kind="commune",
        level="commune", parent_id=world.units["52"], path="", source="[S-75]", area_class="III",
    )  # fmt: skip
    session.add(unit)
    session.flush()
    up = session.get_one(models.Unit, world.units["52"])
    unit.path = f"{up.path}{unit.id}/"
    session.flush()
    return unit.id
