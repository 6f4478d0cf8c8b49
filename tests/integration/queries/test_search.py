"""Search by names: the same answer along every way to it, whatever is typed."""

import itertools
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from nominations import models
from nominations.names import folded
from nominations.queries import listing, search
from nominations.queries.inbox import inbox
from nominations.queries.listing import Filters, nominations
from nominations.queries.search import SEPARATORS, IdentityNumber, words_of
from nominations.transactions import write_transaction
from tests.integration.queries.conftest import Know
from tests.world import World

FAMILY, MIDDLE, GIVEN = ("Nguyễn", "Đinh", "Đặng"), ("Văn", "Thị", "Bá-Ngọc"), ("An", "Ánh", "Ân (Tư)", "Vân")
NAMES = [" ".join(parts) for parts in itertools.product(("Hộ ông", "Bà"), FAMILY, MIDDLE, GIVEN)]
NAMES += ["A", "O'Neill & con", "Thôn 3, xã 12/4", "  ", "Ủy  ban – xã"]
PIECES = (
    "nguyen", "Đinh", "dang thi", "van", "v", "a", "an", "ba", "ngoc", "ba-ngoc", "tu", "ho", "12", "4", "xa",
    "nguyen an", "an nguyen", "%", "_", "'", "-", "", "đặng thị ân tư", "o neill", "–", "zzz", "  ",
)  # fmt: skip
Named = dict[str, str]


@pytest.fixture(scope="module")
def named(province: World) -> Named:
    """Files under all these names; half of them have reached the district, a third wait there."""
    world = province
    base = world.draft()
    with write_transaction(world.session):
        row = world.session.execute(select(models.Nomination.__table__).where(models.Nomination.code == base)).one()
        common = {name: value for name, value in row._mapping.items() if name not in {"id", "nominee_id"}}
        for number, name in enumerate(NAMES):
            _add(world, common, number, name)
    rows = world.session.execute(select(models.Nomination.code, models.Nomination.nominee_folded)).all()
    world.session.rollback()
    return {row.code: row.nominee_folded for row in rows}


def _add(world: World, common: dict[str, object], number: int, name: str) -> None:
    now: datetime = world.clock.now()
    names = {"name": name, "name_folded": folded(name)}
    made = models.Nominee(kind="household", home_unit_id=world.units["21613"], created_at=now, **names)
    world.session.add(made)
    world.session.flush()
    values = common | {
        "code": f"N-{number}",
        "nominee_id": made.id,
        "nominee_name": name,
        "nominee_folded": folded(name),
    }
    file = world.session.execute(insert(models.Nomination).values(values).returning(models.Nomination.id)).scalar_one()
    reached = [world.units["21613"], *([world.units["542"]] if number % 2 else [])]
    for unit in reached:
        world.session.execute(insert(models.NominationReach).values(nomination_id=file, unit_id=unit, reached_at=now))
    if not number % 3:
        task = {"nomination_id": file, "kind": "step", "step": "district.intake", "duty": "appraiser", "opened_at": now}
        world.session.execute(insert(models.Task).values(task | {"unit_id": world.units["542"]}))


def matches(name: str, text: str) -> bool:
    """The same by hand: the words in their order from some word on, the last as a start; else each somewhere."""
    clean = "".join(" " if letter in SEPARATORS else letter for letter in name).split()
    words = words_of(text)
    if not words:
        return False
    if any(" ".join(clean[start:]).startswith(" ".join(words)) for start in range(len(clean))):
        return True
    return set(words[:-1]) <= set(clean) and any(word.startswith(words[-1]) for word in clean)


def expected(named: Named, codes: list[str], text: str) -> list[str]:
    """Files whose names have the words in their order, if there are any at all; else those that have each."""
    words = words_of(text)
    clean = {
        code: " ".join("".join(" " if x in SEPARATORS else x for x in name).split()) for code, name in named.items()
    }
    phrase = {code for code, name in clean.items() if f" {name}".find(" " + " ".join(words)) >= 0}
    found = phrase if words and phrase else {code for code, name in named.items() if matches(name, text)}
    return [code for code in codes if code in found]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), few=st.sampled_from((0, 3, 10_000)))
def test_every_way_leads_to_the_same(world: World, know: Know, named: Named, parts: list[str], few: int) -> None:
    text, today = " ".join(parts), world.clock.today()
    with pytest.MonkeyPatch.context() as patch:
        for module in (search, listing):
            patch.setattr(module, "FEW", few)
        for username in ("appraiser.xa", "head.huyen", "auditor"):
            who = know(username)
            whole = [line.code for line in nominations(world.session, who, today, Filters(), limit=100).items]
            if not text.strip():
                continue
            page = nominations(world.session, who, today, Filters(q=text), limit=100, count=True)
            assert [line.code for line in page.items] == expected(named, whole, text), (username, text)
            assert page.total == len(page.items)
            drafts = nominations(world.session, who, today, Filters(q=text, state="draft"), limit=100, count=True)
            assert [line.code for line in drafts.items] == [line.code for line in page.items]
            assert drafts.total == page.total
    world.session.rollback()


@pytest.fixture(scope="module", autouse=True)
def auditor(province: World) -> None:
    """Somebody who reads the whole tree."""
    province.staff("auditor", "52", ("auditor",))


@pytest.mark.parametrize("text", ["nguyen van an", "an nguyen", "dinh", "ba ngoc", "zzz", "..."])
def test_the_inbox_is_searched_by_every_word(world: World, know: Know, named: Named, text: str) -> None:
    who, today = know("appraiser.huyen"), world.clock.today()
    waiting = [line.code for line in inbox(world.session, who, today, "mine", limit=100).items]
    found = [line.code for line in inbox(world.session, who, today, "mine", Filters(q=text), limit=100).items]
    assert found == [code for code in waiting if matches(named[code], text)]
    assert waiting


def test_a_name_that_changes_is_found_by_its_new_words_only(world: World, know: Know, named: Named) -> None:
    code = next(code for code, name in named.items() if name.startswith("ho ong nguyen"))
    with write_transaction(world.session):
        world.session.execute(
            update(models.Nomination).where(models.Nomination.code == code).values(nominee_folded="ba quach thi moi")
        )
    who, today = know("appraiser.xa"), world.clock.today()

    def found(text: str) -> bool:
        return code in [line.code for line in nominations(world.session, who, today, Filters(q=text), limit=100).items]

    assert found("quách thị")
    assert found("moi")
    assert not found("nguyen")
    with write_transaction(world.session):
        world.session.execute(
            update(models.Nomination).where(models.Nomination.code == code).values(nominee_folded=named[code])
        )
    assert found("nguyen")


@pytest.mark.parametrize("text", ["123456789", "012345678901", "số 215.123.456", "2 1 5 1 2 3 4 5 6", "1234567890123"])
def test_identity_numbers_are_not_searched_for(world: World, know: Know, text: str) -> None:
    with pytest.raises(IdentityNumber):
        nominations(world.session, know("appraiser.xa"), world.clock.today(), Filters(q=text))


@pytest.mark.parametrize("text", ["12345678", "so 12", "1-2-3"])
def test_shorter_numbers_are(world: World, know: Know, text: str) -> None:
    nominations(world.session, know("appraiser.xa"), world.clock.today(), Filters(q=text))
