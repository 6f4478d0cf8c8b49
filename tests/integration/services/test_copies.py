"""Files of an earlier round taken over: what still holds comes along, the rest is empty; whose they are is kept to."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, select

from nominations import models
from nominations.services import content
from nominations.services.copies import HOLDS, copy_files, what_holds
from nominations.services.draft_lists import Made, Wanted, leave_out, mend
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.transactions import write_transaction
from tests.integration.services.test_draft_lists import faults, make, nomination, rows
from tests.world import World

BY = "nominator.xa"
NOMINEE = {"hamlet": "Thôn 3", "ethnic_group": "Hrê", "classification": "poor", "members": 5}
SAID = {
    "nominee": NOMINEE,
    "criteria": {"statements": {"1.5.2": "Giúp ba hộ."}},
    "report": {"situation": "Nhà ở thôn 3.", "achievements": "Thành tích cũ."},
    "proposal": {"achievement": "Một câu.", "representative": "Trưởng thôn", "meeting_on": "2023-03-01"},
}


def copy(world: World, *codes: str, who: str = BY, form: str = "BK-TINH", key: str | None = None) -> str:
    actor = world.actor(who)
    wanted = Wanted(world.unit_of(who), "tong-ket", form, ())
    ref = copy_files(world.session, actor, world.clock, Origin(actor=actor.ref, request_key=key), wanted, codes)
    world.session.rollback()
    return ref


def test_what_still_holds_is_copied_and_the_rest_is_empty(world: World) -> None:
    code = world.draft(kind="household", name="Hộ ông Lường Văn Chép", round_code="so-ket", content=SAID)
    nominee = world.session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == code))
    with write_transaction(world.session) as session:
        session.execute(
            insert(models.PastAward).values(
                nominee_id=nominee, form="BK-TINH", level_state=False, decided_on=date(2023, 12, 1),
                decision_number="9/QĐ", achievement="Cũ", source="[practice]",
            )
        )  # fmt: skip
    ref = copy(world, code)
    [row] = rows(world, ref)
    assert (row.state, row.said["copied_from"]) == ("ready", code)
    assert make(world, ref) == Made(1, 0, 0, 0)
    made = nomination(world, str(rows(world, ref)[0].code))
    assert made.nominee_id == nominee
    form = world.session.scalar(select(models.AwardForm.name).where(models.AwardForm.code == "BK-TINH"))
    world.session.rollback()
    assert made.working == {
        "nominee": {"name": "Hộ ông Lường Văn Chép", "hamlet": "Thôn 3", "ethnic_group": "Hrê", "members": 5},
        "report": {
            "situation": "Nhà ở thôn 3.",
            "past_awards": [{"year": 2023, "form": form, "decision": "số 9/QĐ, ngày 01/12/2023"}],
        },
        "proposal": {"representative": "Trưởng thôn"},
    }
    again = copy(world, code)
    assert [row.state for row in rows(world, again)] == ["there"]
    assert make(world, again) == Made(0, 0, 1, 0)


def test_two_of_one_name_are_known_apart_and_one_nominee_comes_once(world: World) -> None:
    first = world.draft(kind="household", name="Quàng Văn Đôi", round_code="so-ket")
    second = world.draft(kind="household", name="Quàng Văn Đôi", round_code="so-ket")
    ref = world.session.scalar(
        select(models.Nominee.ref).join(models.Nomination).where(models.Nomination.code == first)
    )
    world.session.rollback()
    third = world.draft(kind="household", name="", nominee_ref=ref, round_code="so-ket", form="GK-XA")
    made = copy(world, first, second, third)
    assert [(row.state, row.said["copied_from"]) for row in rows(world, made)] == [("ready", first), ("ready", second)]
    assert make(world, made) == Made(2, 0, 0, 0)


def test_files_of_others_are_left_out_and_nothing_chosen_is_said(world: World) -> None:
    other = world.draft(by="nominator.xa2", kind="household", round_code="so-ket")
    for codes in ((), (other,), ("HS24-XXXXXXXX",)):
        with pytest.raises(InvalidInput) as found:
            copy(world, *codes)
        assert found.value.errors["files"].key == "nothing_chosen"
    mine = world.draft(kind="household", round_code="so-ket")
    assert len(rows(world, copy(world, mine, other))) == 1
    with pytest.raises(InvalidInput) as found:
        copy(world, mine, who="appraiser.xa")
    assert "files" in found.value.errors


def test_pressed_twice_it_is_one_list(world: World) -> None:
    mine = world.draft(kind="household", round_code="so-ket")
    assert copy(world, mine, key="once") == copy(world, mine, key="once")


def test_a_unit_that_has_ended_cannot_go_on(world: World) -> None:
    """A body dissolved since its earlier file is told so at its row, which can only be left out."""
    with write_transaction(world.session) as session:
        body = models.Unit(code="SXX", valid_from=date(2020, 1, 1), name="Sở Đã Hết", name_folded="so da het",
                           kind="department", level="unit", path="", source="[practice]")  # fmt: skip
        session.add(body)
        session.flush()
        body.path, body_id = f"/{body.id}/", body.id
    code = world.draft(kind="collective", group="1.1", round_code="so-ket", nominee_unit_id=body_id)
    assert [row.state for row in rows(world, copy(world, code))] == ["ready"]
    with write_transaction(world.session) as session:
        session.get_one(models.Unit, body_id).valid_to = date(2024, 1, 31)
    ref = copy(world, code)
    [row] = rows(world, ref)
    assert faults(row) == {"name": "nominee_ended"}
    assert make(world, ref) == Made(0, 0, 0, 1)
    actor, act = world.actor(BY), (world.clock, Origin(actor=world.actor(BY).ref), ref)
    assert mend(world.session, actor, *act, {row.id: {"name": "Tên khác"}}, ()) == 0
    assert rows(world, ref)[0].said["content"] == row.said["content"]
    assert leave_out(world.session, actor, *act, [row.id]) == 1
    assert leave_out(world.session, actor, *act, [row.id]) == 0
    assert make(world, ref) == Made(0, 0, 0, 0)
    with pytest.raises(NotFound):
        leave_out(world.session, world.actor("nominator.xa2"), *act, [row.id])


def test_what_holds_is_of_the_fields_that_there_are() -> None:
    asked = {name for kind in content.NOMINEE.values() for name in kind}
    fields = {"nominee": asked, "report": set(content.REPORT), "proposal": set(content.PROPOSAL)}
    for section, names in HOLDS.items():
        assert names <= fields[section]
    assert what_holds(SAID) == {
        "nominee": {"hamlet": "Thôn 3", "ethnic_group": "Hrê", "members": 5},
        "report": {"situation": "Nhà ở thôn 3."},
        "proposal": {"representative": "Trưởng thôn"},
    }
