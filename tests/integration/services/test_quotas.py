"""Quotas of a round: never exceeded however many sign at once; a soft one is, with a reason; places are given back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import IntegrityError

from nominations import database, models
from nominations.services.actions import Denied, Outcome
from nominations.services.apply import Applied
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.quotas import NewQuota, QuotaChange, add_quota, change_quota
from nominations.transactions import write_transaction
from tests.integration.services.soundness import sound
from tests.integration.services.together import together
from tests.world import SHA, World

WROTE = Origin(actor="tests")
SIGNERS, PLACES = 50, 10
OVER = {"reason_code": "over_quota", "reasons": "Trường hợp tiêu biểu, đã báo cáo."}


def set_quota(world: World, most: int, **more: Any) -> int:
    """A quota of the commune's form, of the whole round unless told otherwise."""
    asked: dict[str, Any] = {
        "round_code": "tong-ket", "form": "GK-XA", "subject_kind": "any", "unit_id": None, "most": most, "hard": True,
        "source": "[practice]",
    }  # fmt: skip
    return add_quota(world.session, world.clock, WROTE, NewQuota(**(asked | more))).id


def one_more_place(world: World, *, hard: bool = True, **scope: Any) -> tuple[int, int]:
    """A quota with one place left, whatever was signed before; with how many are taken."""
    quota = set_quota(world, 1_000, **scope)
    before = taken(world, quota)[0]
    change_quota(world.session, world.clock, WROTE, quota, QuotaChange(before + 1, hard=hard, source="[practice]"))
    return quota, before


@pytest.fixture(autouse=True)
def no_quota(world: World) -> None:
    """Quotas of earlier tests stand in nobody's way."""
    with write_transaction(world.session):
        world.session.execute(update(models.Quota).values(hard=False))
        world.session.execute(update(models.Quota).values(most=100_000))


def taken(world: World, quota: int) -> tuple[int, int]:
    """What the row counts, and the places there are."""
    counted = world.session.scalar(select(models.Quota.taken).where(models.Quota.id == quota)) or 0
    places = select(func.count()).select_from(models.QuotaPlace)
    held = world.session.scalar(
        places.where(models.QuotaPlace.quota_id == quota, models.QuotaPlace.given_back_at.is_(None))
    )
    world.session.rollback()
    return counted, held or 0


def before_signing(world: World, **more: Any) -> str:
    """A file that waits for the commune Chairman's signature."""
    code = world.draft(form="GK-XA", **more)
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", 4)
    world.do("secretary.xa", code, "close_ballot")
    return code


def signing(who: str, code: str, seen: int) -> Callable[[World], Outcome]:
    return lambda world: world.attempt(who, code, "award", seen=seen)


def test_ten_places_and_fifty_who_sign_at_once(world: World, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exactly ten are awarded; the others are told why, and their files wait on."""
    quota = set_quota(world, PLACES, round_code="hang-nam")
    names = [world.staff(f"ky{number}.xa", "21613", ("deputy",)) for number in range(SIGNERS)]
    codes = [before_signing(world, round_code="hang-nam") for _ in names]
    acts = [signing(who, code, world.version(code)) for who, code in zip(names, codes, strict=True)]
    monkeypatch.setattr(database, "POOL_SIZE", SIGNERS)
    wide = database.create_database_engine(engine.url.render_as_string(hide_password=False))
    with together(wide, world, SIGNERS) as all_of_them:
        answers = all_of_them.press(*acts)
    wide.dispose()
    done = [answer for answer in answers if isinstance(answer, Applied)]
    refused = Counter(answer.refused.guard for answer in answers if isinstance(answer, Denied))
    print(f"{engine.dialect.name}: {len(done)} signed, {dict(refused)}")
    assert len(done) == PLACES, answers
    assert refused == {"quota_full": SIGNERS - PLACES}
    assert taken(world, quota) == (PLACES, PLACES)
    assert Counter(world.state(code) for code in codes) == {
        "commune.number": PLACES, "commune.signature": SIGNERS - PLACES
    }  # fmt: skip
    for code in codes[:5]:
        sound(world.session, code)


def test_a_full_hard_quota_refuses_with_its_numbers_and_the_file_may_be_declined(world: World) -> None:
    first, second = before_signing(world), before_signing(world)
    set_quota(world, 1)
    world.do("head.xa", first, "award")
    answer = world.attempt("head.xa", second, "award", **OVER)
    assert isinstance(answer, Denied)
    assert answer.refused.guard == "quota_full"
    assert answer.refused.params == {"form": "GK-XA", "place": "tong-ket", "taken": "1", "most": "1"}
    world.do("head.xa", second, "not_award", reason_code="quota_full", reasons="Hết số lượng.")


def test_a_signature_on_paper_counts_too(world: World) -> None:
    first, second = before_signing(world), before_signing(world)
    quota, before = one_more_place(world, subject_kind="household")
    signed = {"outcome": "award", "signer": "head.xa", "signed_on": world.clock.today(), "signed_file": SHA}
    world.do("office.xa", first, "record_signature", **signed)
    assert taken(world, quota) == (before + 1, before + 1)
    assert world.refused("office.xa", second, "record_signature", **signed) == "quota_full"


def test_a_soft_quota_is_gone_beyond_with_a_reason(world: World) -> None:
    first, second = before_signing(world), before_signing(world)
    unit: dict[str, Any] = {"unit_id": world.units["21613"], "subject_kind": "household"}
    quota, before = one_more_place(world, hard=False, **unit)
    world.do("head.xa", first, "award")
    assert world.refused("head.xa", second, "award") == "quota_needs_reason"
    with pytest.raises(InvalidInput) as wrong:
        world.attempt("head.xa", second, "award", reason_code="over_quota")
    assert wrong.value.errors["reasons"].key == "required"
    world.do("head.xa", second, "award", **OVER)
    assert taken(world, quota) == (before + 2, before + 2)


def test_quotas_of_other_units_kinds_and_forms_stand_in_nobodys_way(world: World) -> None:
    code = before_signing(world)
    scopes: tuple[dict[str, Any], ...] = (
        {"unit_id": world.units["21610"]}, {"subject_kind": "individual"}, {"form": "GK-SO"}, {"round_code": "so-ket"},
    )  # fmt: skip
    for scope in scopes:
        set_quota(world, 0, **scope)
    world.do("head.xa", code, "award")


def test_a_place_is_given_back_when_nothing_can_come_of_it(world: World) -> None:
    code, other = before_signing(world, round_code="hang-nam"), before_signing(world, round_code="hang-nam")
    unit: dict[str, Any] = {"unit_id": world.units["21613"], "subject_kind": "household"}
    quota, before = one_more_place(world, round_code="hang-nam", **unit)
    world.do("head.xa", code, "award")
    assert world.refused("head.xa", other, "award") == "quota_full"
    _awarded_elsewhere(world, code)
    world.do("head.xa", code, "withdraw", reasons="Đã được khen nơi khác.")
    assert taken(world, quota) == (before, before)
    world.do("head.xa", other, "award")


def test_what_is_signed_already_is_counted_in_from_the_start(world: World) -> None:
    code = before_signing(world, kind="individual", name="Bà Lê Thị Đếm")
    world.do("head.xa", code, "award")
    with pytest.raises(InvalidInput) as wrong:
        set_quota(world, 0, subject_kind="individual", unit_id=world.units["21613"])
    assert wrong.value.errors["most"].values == {"taken": 1}
    quota = set_quota(world, 1, subject_kind="individual", unit_id=world.units["21613"])
    assert taken(world, quota) == (1, 1)
    with pytest.raises(InvalidInput):
        change_quota(world.session, world.clock, WROTE, quota, QuotaChange(0, hard=True, source="[practice]"))
    change_quota(world.session, world.clock, WROTE, quota, QuotaChange(0, hard=False, source="[practice]"))


def test_what_the_centre_decides_is_counted_when_it_leaves_the_province(world: World) -> None:
    """Once, also where the centre sends the file back and it goes up again."""
    code = world.draft(form="BK-TTG")
    quota = set_quota(world, 1, form="BK-TTG", unit_id=world.units["542"])
    world.do("nominator.xa", code, "submit")
    for place in ("xa", "huyen", "snv"):
        world.through_stage(code, place)
    world.do("office.tinh", code, "check", advice="for", reasons="Đủ điều kiện.")
    assert taken(world, quota) == (0, 0)
    world.do("head.tinh", code, "send_up")
    world.number(code, "tinh")
    assert taken(world, quota) == (1, 1)
    world.do("head.tinh", code, "withdraw", reasons="Rút theo đề nghị.")
    assert taken(world, quota) == (0, 0)


def test_the_database_itself_refuses_one_too_many(world: World) -> None:
    quota = set_quota(world, 1, form="GK-DN")
    with pytest.raises(IntegrityError, match="never_exceeded"), write_transaction(world.session):
        world.session.execute(update(models.Quota).where(models.Quota.id == quota).values(taken=2))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"form": "XX"}, "form"), ({"subject_kind": "cat"}, "subject_kind"),
        ({"unit_id": 999_999}, "unit"), ({"most": None}, "most"),
        ({"most": -1}, "most"), ({"most": 10**6}, "most"),
        ({"source": "nghe nói"}, "source"), ({"form": "GK-DN", "subject_kind": "any"}, "form"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_quota_is_refused_at_its_field(world: World, wrong: dict[str, Any], field: str) -> None:
    asked: dict[str, Any] = {"most": 1, "form": "GK-SO", "subject_kind": "collective"} | wrong
    with pytest.raises(InvalidInput) as refused:
        set_quota(world, **asked)
    assert list(refused.value.errors) == [field]


def test_a_round_or_a_quota_that_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        set_quota(world, 1, round_code="khong-co")
    with pytest.raises(NotFound):
        change_quota(world.session, world.clock, WROTE, 999_999, QuotaChange(1, hard=True, source="[practice]"))


def _awarded_elsewhere(world: World, code: str) -> None:
    with write_transaction(world.session):
        row = world.session.execute(
            select(models.Nomination.nominee_id, models.Nomination.working).where(models.Nomination.code == code)
        ).one()
        world.session.add(
            models.PastAward(
                nominee_id=row.nominee_id, form="GK-XA", decided_on=date(2024, 1, 5), decision_number="1",
                achievement=row.working["proposal"]["achievement"], source="[practice]",
            )
        )  # fmt: skip
