"""The same answer everywhere: lists, counts, search and single files agree on who sees what, for everybody."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select

from nominations import models
from nominations.queries.actors import viewer
from nominations.queries.detail import detail
from nominations.queries.history import history
from nominations.queries.listing import Filters, nominations, state_counts
from nominations.queries.revisions import diff, revisions
from nominations.queries.standing import standing
from nominations.queries.visibility import is_bare, reaches
from nominations.transactions import write_transaction
from tests.integration.queries.conftest import Know
from tests.statements import count_statements
from tests.world import DUTIES, SHORT, World


@pytest.fixture(scope="module")
def crowd(province: World) -> list[str]:
    """Files at many places, and people bound to them in every way; the names of everybody."""
    world = province
    for place in ("52", "542", "21610"):
        for duty in ("auditor", "supervisor", "admin"):
            world.staff(f"{duty}.{place}", place, (duty,))
    world.staff("head+nominator.xa", "21613", ("head", "nominator"))
    world.staff("auditor+clerk", "52", ("auditor", "clerk"))
    codes = [world.draft() for _ in range(3)]
    codes += [world.draft(form="GK-XA"), world.draft(by="nominator.sgt", kind="individual")]
    for code in codes[1:]:
        world.do("nominator.xa" if code != codes[-1] else "nominator.sgt", code, "submit")
    world.through_stage(codes[1], "xa")
    world.through_stage(codes[2], "xa")
    world.through_stage(codes[2], "huyen")
    board = world.units["SNV"]
    own = world.draft(by="nominator.snv", kind="collective", group="1.1", nominee_unit_id=board)
    world.do("nominator.snv", own, "submit")
    commune = world.draft(by="nominator.xa2", kind="collective", group="1.3", nominee_unit_id=world.units["21610"])
    bound = [
        (codes[0], "nominator.xa", "self"),
        (codes[0], "head.xa", "member"),
        (codes[1], "head.xa", "declared"),
        (codes[1], "appraiser.huyen", "self"),
        (codes[1], "head+nominator.xa", "declared"),
        (codes[2], "member1.xa", "declared"),
        (codes[2], "head.snv", "representative"),
        (codes[3], "head.xa", "declared"),
        (codes[3], "member2.xa", "member"),
        (codes[4], "auditor.52", "declared"),
        (codes[4], "head.sgt", "self"),
        (own, "member1.tinh", "declared"),
        (commune, "supervisor.542", "declared"),
        (commune, "nominator.xa2", "member"),
    ]
    for code, username, role in bound:
        _bind(world, code, username, role)
    return sorted(world.people)


def _bind(world: World, code: str, username: str, role: str) -> None:
    with write_transaction(world.session):
        nominee = world.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == code))
        person = world.people[username]
        row = (
            models.ConflictDeclaration(nominee_id=nominee, person_id=person, kind="kin", declared_at=world.clock.now())
            if role == "declared"
            else models.NomineePerson(nominee_id=nominee, person_id=person, role=role)
        )
        world.session.add(row)


def test_lists_counts_and_files_agree_for_everybody(world: World, know: Know, crowd: list[str]) -> None:
    today = world.clock.today()
    codes = world.session.scalars(select(models.Nomination.code)).all()
    levels = set()
    for username in crowd:
        who = know(username)
        page = nominations(world.session, who, today, Filters(), limit=100, count=True)
        listed = {line.code: line.bare for line in page.items}
        shown = {code: found for code in codes if (found := detail(world.session, who, code, today)) is not None}
        assert listed == {code: found.sight.bare for code, found in shown.items()}, username
        assert page.total == len(listed), username
        levels |= {found.level for found in shown.values()}
        for code in codes:
            bare = code in shown and shown[code].sight.bare
            reads = code in shown and not bare
            assert (standing(world.session, who, code) is not None) == reads, (username, code)
            assert (history(world.session, who, code) is not None) == reads, (username, code)
            assert (revisions(world.session, who, code) is not None) == reads, (username, code)
            assert reads or diff(world.session, who, code, 1) is None
            if bare:
                assert shown[code].content == {}
                assert not shown[code].papers
                assert not shown[code].tracker
                assert shown[code].criteria is None
    assert levels == {"full", "proposer", "bare"}


def test_the_conditions_for_other_queries_say_the_same(world: World, know: Know, crowd: list[str]) -> None:
    nomination = models.Nomination
    for username in crowd:
        who = know(username)
        rows = world.session.execute(
            select(nomination.code, is_bare(who)).where(reaches(who)).order_by(nomination.id.desc())
        ).all()
        page = nominations(world.session, who, world.clock.today(), Filters(), limit=100)
        assert [(code, bool(bare)) for code, bare in rows] == [(line.code, line.bare) for line in page.items], username
        unconflicted = world.session.scalar(
            select(func.count()).select_from(nomination).where(reaches(who), ~is_bare(who))
        )
        assert unconflicted == len([line for line in page.items if not line.bare])


def test_a_bare_line_is_found_by_nothing_it_does_not_show(world: World, know: Know, crowd: list[str]) -> None:
    del crowd
    today = world.clock.today()
    who = know("appraiser.huyen")
    bare = [line for line in nominations(world.session, who, today, Filters(), limit=100).items if line.bare]
    assert bare
    for line in bare:
        name = world.session.scalar(select(models.Nomination.nominee_name).where(models.Nomination.code == line.code))
        for filters in (
            Filters(q=name),
            Filters(unit_id=world.units["21613"]),
            Filters(subject_kind="household"),
            Filters(updated_since=world.clock.now().replace(year=2020)),
            Filters(overdue=True),
        ):
            found = nominations(world.session, who, today, filters, limit=100, count=True)
            assert line.code not in [one.code for one in found.items]
        for filters in (Filters(state=line.state), Filters(form=line.form), Filters(round=line.round_code)):
            found = nominations(world.session, who, today, filters, limit=100)
            assert line.code in [one.code for one in found.items]


def test_a_page_costs_few_statements(world: World, know: Know, crowd: list[str], engine: Engine) -> None:
    del crowd
    today = world.clock.today()
    for username in ("appraiser.huyen", "nominator.xa", "auditor.52", "head.snv"):
        who = know(username)
        for filters in (Filters(), Filters(state="draft", overdue=True), Filters(q="dinh van"), Filters(q="van dinh")):
            with count_statements(engine) as statements:
                nominations(world.session, who, today, filters, count=True)
            assert len(statements) <= 4, filters
        for line in nominations(world.session, who, today, Filters(), limit=100).items:
            detail(world.session, who, line.code, today)  # the flows and criteria are known from now on
            with count_statements(engine) as statements:
                detail(world.session, who, line.code, today)
            assert len(statements) == 2
            with count_statements(engine) as statements:
                history(world.session, who, line.code)
            assert len(statements) <= 3


def test_a_viewer_of_several_units_gets_each_file_once(world: World, know: Know, crowd: list[str]) -> None:
    del crowd
    wide = know(world.staff("everywhere", "21613", ("appraiser",)))
    units = frozenset(world.units.values())
    everywhere = replace(wide, units=units, audits=("/1/",), supervises=("/1/",))
    whole = nominations(world.session, everywhere, world.clock.today(), Filters(), limit=100, count=True)
    codes = [line.code for line in whole.items]
    assert len(codes) == len(set(codes)) == whole.total
    assert len(codes) == world.session.scalar(select(func.count()).select_from(models.Nomination))
    paged: list[str] = []
    cursor = None
    while True:
        page = nominations(world.session, everywhere, world.clock.today(), Filters(), cursor, limit=3)
        paged += [line.code for line in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert paged == codes


def test_people_without_a_post_see_nothing(world: World, crowd: list[str]) -> None:
    del crowd
    nobody = world.staff("nobody", "52", ())
    found = viewer(world.session, world.people[nobody], world.clock.today())
    assert found is not None
    page = nominations(world.session, found, world.clock.today(), Filters(), count=True)
    assert (page.items, page.total) == ((), 0)
    assert viewer(world.session, 10**9, world.clock.today()) is None


def test_everybody_has_a_duty_in_this_test(crowd: list[str]) -> None:
    assert {f"{duty}.{place}" for duty in DUTIES for place in SHORT.values()} <= set(crowd)


def test_counts_by_state_are_those_of_the_lists(province: World, crowd: list[str]) -> None:
    states = (None, "draft", "returned", "held", "commune.intake", "awarded")
    seen_some = 0
    for username in crowd:
        today = province.clock.today()
        who = viewer(province.session, province.people[username], today)
        assert who is not None
        with count_statements(province.session.connection().engine) as statements:
            counted = state_counts(province.session, who, states)
        assert len(statements) <= 2
        for state in states:
            listed = nominations(province.session, who, today, Filters(state=state), count=True)
            assert counted[state] == listed.total, (username, state)
        seen_some += counted[None] or 0
    assert seen_some
    province.session.rollback()
