"""What waits for whom: on my desk, on its way to it, done; a page at a time, each in one statement."""

from datetime import date
from typing import get_args

import pytest
from sqlalchemy import Engine, update

from nominations import models
from nominations.queries.inbox import PARTS, Part, inbox, inbox_counts
from nominations.queries.listing import Filters
from nominations.queries.pages import BadCursor
from nominations.queries.search import IdentityNumber
from nominations.transactions import write_transaction
from tests.integration.queries.conftest import Know
from tests.statements import count_statements
from tests.world import SHORT, World


def part(world: World, know: Know, username: str, which: Part, filters: Filters | None = None) -> list[str]:
    """The codes of one part, page by page."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = inbox(world.session, know(username), world.clock.today(), which, filters, cursor, limit=2)
        found += [line.code for line in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return found


@pytest.fixture(scope="module")
def climbing(province: World) -> dict[str, str]:
    """A file at every step of the commune, one at the district, one returned."""
    made = {}
    for name in ("draft", "intake", "appraisal", "council", "signature", "number", "district", "returned"):
        code = made[name] = province.draft()
        if name == "draft":
            continue
        province.do("nominator.xa", code, "submit")
        if name == "returned":
            faults = [{"code": "other", "note": "Thiếu.", "section": "report"}]
            province.do("appraiser.xa", code, "return", sections=["report"], faults=faults)
        elif name == "district":
            province.through_stage(code, "xa")
        elif name != "intake":
            _up_to(province, code, name)
    return made


def _up_to(world: World, code: str, step: str) -> None:
    world.do("appraiser.xa", code, "accept", arrival_number="1")
    if step == "appraisal":
        return
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ.")
    if step == "council":
        world.do("member1.xa", code, "ballot", choice="agree")
        return
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    if step == "number":
        world.do("head.xa", code, "send_up")


def names(climbing: dict[str, str], codes: list[str]) -> set[str]:
    assert len(codes) == len(set(codes))
    return {name for name, code in climbing.items() if code in codes}


MINE = {
    "appraiser.xa": {"intake", "appraisal"},
    "secretary.xa": {"council"},
    "head.xa": {"signature"},
    "deputy.xa": {"signature"},
    "clerk.xa": {"number"},
    "nominator.xa": {"returned"},
    "member1.xa": set(),
    "member2.xa": {"council"},
    "appraiser.huyen": {"district"},
    "member2.huyen": set(),
    "appraiser.snv": set(),
    "office.tinh": set(),
}
COMING = {
    "appraiser.xa": {"returned"},
    "secretary.xa": {"intake", "appraisal", "returned"},
    "head.xa": {"intake", "appraisal", "council", "returned"},
    "deputy.xa": {"intake", "appraisal", "council", "returned"},
    "clerk.xa": {"intake", "appraisal", "council", "signature", "returned"},
    "nominator.xa": set(),
    "head.huyen": {"district"},
    "appraiser.huyen": set(),
    "head.snv": set(),
}
DONE = {
    "appraiser.xa": {"appraisal", "council", "signature", "number", "district", "returned"},
    "secretary.xa": {"signature", "number", "district"},
    "head.xa": {"number", "district"},
    "clerk.xa": {"district"},
    "member1.xa": {"council", "signature", "number", "district"},
    "member2.xa": {"signature", "number", "district"},
    "deputy.xa": set(),
    "appraiser.huyen": set(),
}


@pytest.mark.parametrize(("which", "table"), [("mine", MINE), ("coming", COMING), ("done", DONE)])
def test_each_part_holds_what_is_for_it(
    world: World, know: Know, climbing: dict[str, str], which: Part, table: dict[str, set[str]]
) -> None:
    for username, expected in table.items():
        codes = part(world, know, username, which)
        assert names(climbing, codes) == expected, username
        counted = inbox_counts(world.session, know(username), world.clock.today())
        assert counted[which] == len(codes), username


def test_nothing_is_mine_and_coming_at_once(world: World, know: Know, climbing: dict[str, str]) -> None:
    del climbing
    for place in SHORT.values():
        for duty in ("nominator", "appraiser", "secretary", "head", "deputy", "office", "clerk", "member1"):
            who = f"{duty}.{place}"
            assert not set(part(world, know, who, "mine")) & set(part(world, know, who, "coming")), who


def test_what_is_due_first_comes_first_and_what_has_no_day_last(
    world: World, know: Know, climbing: dict[str, str], engine: Engine
) -> None:
    del engine
    task, nomination = models.Task, models.Nomination
    days = {"intake": None, "appraisal": date(2024, 1, 9)}
    with write_transaction(world.session):
        for name, day in days.items():
            of = world.session.query(nomination.id).filter(nomination.code == climbing[name]).scalar_subquery()
            world.session.execute(
                update(task).where(task.nomination_id == of, task.closed_at.is_(None)).values(due_on=day)
            )
    codes = part(world, know, "appraiser.xa", "mine")
    assert [codes[0], codes[-1]] == [climbing["appraisal"], climbing["intake"]]
    late = inbox(world.session, know("appraiser.xa"), world.clock.today(), "mine", Filters(overdue=True)).items
    assert [line.code for line in late] == [climbing["appraisal"]]


def test_filters_and_search_narrow_a_part(world: World, know: Know, climbing: dict[str, str]) -> None:
    narrowed = part(world, know, "head.xa", "coming", Filters(step="council"))
    assert names(climbing, narrowed) == {"council"}
    name = inbox(world.session, know("head.xa"), world.clock.today(), "mine").items[0].nominee_name
    assert names(climbing, part(world, know, "head.xa", "mine", Filters(q=name))) == {"signature"}
    assert part(world, know, "head.xa", "mine", Filters(q="nobody at all")) == []
    assert part(world, know, "head.xa", "mine", Filters(q="...")) == []
    with pytest.raises(IdentityNumber):
        part(world, know, "head.xa", "mine", Filters(q="012 345 678 901"))


def test_the_holder_of_two_desks_sees_both_once(world: World, know: Know, climbing: dict[str, str]) -> None:
    world.staff("both.xa", "21613", ("appraiser", "head", "deputy"))
    codes = part(world, know, "both.xa", "mine")
    assert names(climbing, codes) == {"intake", "appraisal", "signature"}
    assert names(climbing, part(world, know, "both.xa", "coming")) == {"council", "returned"}


def test_a_step_given_to_the_substitute_is_the_substitutes(world: World, know: Know) -> None:
    board = world.units["SNV"]
    code = world.draft(by="nominator.snv", kind="collective", group="1.1", nominee_unit_id=board)
    world.do("nominator.snv", code, "submit")
    world.do("appraiser.snv", code, "check", advice="for", reasons="Đủ.")
    world.vote(code, "snv", 5)
    world.do("secretary.snv", code, "close_ballot")
    world.do("head.snv", code, "send_up")
    world.number(code, "snv")
    assert code in part(world, know, "office.tinh", "mine")
    assert code not in part(world, know, "appraiser.snv", "mine")
    world.do("office.tinh", code, "accept", arrival_number="2")
    world.do("office.tinh", code, "recommend", advice="for", reasons="Đủ.")
    assert world.state(code) == "board.council"
    assert code in part(world, know, "member1.tinh", "mine")


def test_every_part_is_one_statement(world: World, know: Know, climbing: dict[str, str], engine: Engine) -> None:
    del climbing
    for username in ("appraiser.xa", "head.xa", "member2.xa"):
        who = know(username)
        inbox(world.session, who, world.clock.today(), "mine")  # the boards are known from now on
        for which in PARTS:
            with count_statements(engine) as statements:
                inbox(world.session, who, world.clock.today(), which, Filters(form="BK-TINH", overdue=True))
            assert len(statements) <= 1
        with count_statements(engine) as statements:
            inbox_counts(world.session, who, world.clock.today())
        assert len(statements) == 1


def test_the_parts_are_those_of_the_type() -> None:
    assert get_args(Part) == PARTS


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyIyMDI0LTAxLTAxIl0", "WyJhIiwxXQ", "WyIyMDI0LTAxLTAxIiwtMV0", "é"])
def test_a_cursor_of_another_list_is_refused(world: World, know: Know, cursor: str) -> None:
    for which in PARTS:
        with pytest.raises(BadCursor):
            inbox(world.session, know("head.xa"), world.clock.today(), which, cursor=cursor)
