"""A meeting of 650 lines and 22 members, as a province has: the sheet, one member's vote, closing, the minutes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update

from nominations import models
from nominations.clock import FixedClock
from nominations.database import create_session_factory
from nominations.services.passwords import hash_password
from nominations.transactions import write_transaction
from tests.integration.services.sitting import Sitting, before_council
from tests.pages import PageClient
from tests.world import FROM, World, make_world

LINES, MEMBERS = 650, 22
PASSWORD = "hồ sơ vì người nghèo"
MOST_MS = {"sheet": 2_000, "vote": 4_000, "page": 2_000, "close": 60_000, "minutes": 15_000}


@pytest.fixture(scope="module")
def province(engine: Engine) -> Iterator[World]:
    """A commune whose council has 22 members."""
    with create_session_factory(engine)() as session:
        world = make_world(session)
        council = session.scalar(select(models.Council.id).where(models.Council.unit_id == world.units["21613"]))
        session.rollback()
        with write_transaction(session):
            for number in range(6, MEMBERS + 1):
                name = f"member{number}.xa"
                person = models.Person(
                    username=name, password_hash="-", full_name=name, name_folded=name, created_at=world.clock.now()
                )
                session.add(person)
                session.flush()
                world.people[name] = person.id
                session.add(
                    models.CouncilSeat(council_id=council or 0, person_id=person.id, role="member", valid_from=FROM)
                )
            session.execute(update(models.Person).values(password_hash=hash_password(PASSWORD)))
        yield world


@pytest.fixture
def clock(province: World) -> FixedClock:
    """The pages go by the province's clock."""
    return province.clock


def test_a_meeting_of_650_lines_is_comfortable(province: World, app: Flask, record_property: Any) -> None:
    codes = before_council(province, LINES)
    sitting = Sitting(province).call(*codes)

    def enter(who: str) -> PageClient:
        client = cast("PageClient", app.test_client())
        assert client.submit("/dang-nhap", "Đăng nhập", username=who, password=PASSWORD).status_code == 303
        return client

    took: dict[str, float] = {}

    def measured(name: str, act: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        answer = act()
        took[name] = max(took.get(name, 0), (time.perf_counter() - began) * 1000)
        return answer

    address = f"/phien-hop/{sitting.ref}"
    for number in range(1, MEMBERS + 1):
        client = enter(f"member{number}.xa")
        sheet = measured("sheet", lambda: client.get(f"{address}/phieu"))  # noqa: B023 - called at once
        assert sheet.status_code == 200
        form = client.page(f"{address}/phieu").form("Gửi phiếu cả phiên họp").values
        said = form | {"all": "agree"} | {f"c-{code}": "disagree" for code in codes[number : number + 9]}
        cast_ = measured("vote", lambda: client.post(f"{address}/phieu", data=said))  # noqa: B023
        assert cast_.status_code == 303
    keeper = enter("secretary.xa")
    measured("page", lambda: keeper.get(address))
    form = keeper.page(f"{address}/chot").form(f"Chốt {LINES} trường hợp").values
    closed = measured("close", lambda: keeper.post(f"{address}/chot", data=form))
    assert closed.status_code == 303
    assert measured("minutes", lambda: keeper.get(f"{address}/van-ban/minutes.pdf")).status_code == 200
    assert {line.members for line in sitting.lines()} == {MEMBERS}
    assert sum(line.closed for line in sitting.lines()) == LINES
    for name, milliseconds in took.items():
        record_property(f"{name} ms", round(milliseconds))
    assert {name: took[name] for name, most in MOST_MS.items() if took[name] > most} == {}
