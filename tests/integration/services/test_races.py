"""Two and eight people pressing at once: one acts, the others are told; nothing is lost and nothing is done twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, select

from nominations import models
from nominations.services.actions import Denied, Outcome
from nominations.services.apply import Applied
from nominations.services.drafts import Created, create
from nominations.services.errors import InvalidInput
from nominations.services.log import Origin
from nominations.services.nominees import Draft
from nominations.transactions import write_transaction
from tests.integration.services.plays import DOES_NOT_END, Cast, Press, forward, payload, turns
from tests.integration.services.soundness import entries, sound
from tests.integration.services.together import Together, together
from tests.world import FROM, START, World

ROUNDS = turns(20)
HARMLESS = tuple(name for name in DOES_NOT_END if name not in {"ballot", "recall"})
SOUND = tuple(spice for spice in range(33, 33 + 2 * ROUNDS) if spice % 16 and spice % 9)
"""What spoils nothing that is sent: no closed section, no Party's opinion where there is none to ask."""


@pytest.fixture
def eight(engine: Engine, world: World) -> Iterator[Together]:
    """Eight people."""
    world.clock.instant = START
    with together(engine, world) as people:
        yield people


def pressing(
    press: Press, code: str, seen: int, sent: dict[str, Any], key: str | None = None
) -> Callable[[World], Any]:
    """The press as something a thread does."""
    return lambda world: world.attempt(press.who, code, press.action, seen=seen, key=key, **sent)


def only_one_acted(answers: list[Outcome | Exception]) -> Applied:
    """The one that acted; all others were told that the file has changed, or why not."""
    done = [answer for answer in answers if isinstance(answer, Applied)]
    others = [answer for answer in answers if not isinstance(answer, Applied)]
    assert len(done) == 1, answers
    assert all(isinstance(answer, Denied) for answer in others), others
    return done[0]


@pytest.mark.parametrize("people", [2, 8])
def test_one_of_many_who_press_at_once_acts(world: World, cast: Cast, eight: Together, people: int) -> None:
    """The same or another action on one file, whatever the rules allow at that moment."""
    code, guards = world.draft(), Counter[str]()
    for turn in range(ROUNDS):
        if world.state(code) in {"awarded", "commune.council", "commune.signature"}:
            code = world.draft()
        offered = cast.presses(code, HARMLESS)
        row, seen, before = cast.ready(code).row, world.version(code), entries(world.session)
        chosen = [offered[(turn * 7 + place * (turn % 3)) % len(offered)] for place in range(people)]
        acts = [pressing(press, code, seen, payload(world, row, press.action, SOUND[turn])) for press in chosen]
        answers = eight.press(*acts)
        only_one_acted(answers)
        guards.update(answer.refused.guard for answer in answers if isinstance(answer, Denied))
        assert world.version(code) == seen + 1, (chosen, answers)
        assert entries(world.session) == before + 1
        sound(world.session, code)
        world.clock.move(hours=1)
    assert guards["stale_version"] + guards["not_in_this_state"] > ROUNDS / 2, guards


def test_a_double_click_is_answered_twice_and_done_once(world: World, eight: Together) -> None:
    """The same request under the same key at the same moment: both get the one receipt."""
    code = world.draft()
    for turn in range(ROUNDS):
        content = {"report": {"achievements": f"Lần {turn}"}}
        press = pressing(Press("nominator.xa", "save"), code, world.version(code), {"content": content}, f"key-{turn}")
        answers = eight.press(press, press)
        assert all(isinstance(answer, Applied) for answer in answers), answers
        assert len({answer.receipt for answer in answers if isinstance(answer, Applied)}) == 1
        world.clock.move(hours=1)
    sound(world.session, code)


def test_eight_ballots_at_once_all_count(world: World, eight: Together) -> None:
    """Nobody's ballot is lost, and the count that follows has them all."""
    members = [*(f"member{n}.xa2" for n in range(1, 6)), *more_members(world)]
    for _ in range(max(3, ROUNDS // 10)):
        code = world.draft(by="nominator.xa2")
        forward(world, Cast(world), code, "commune.council")
        seen = world.version(code)
        acts = [pressing(Press(who, "ballot"), code, seen, {"choice": "agree"}) for who in members]
        answers = eight.press(*acts)
        assert all(isinstance(answer, Applied) for answer in answers), answers
        assert world.version(code) == seen
        world.do("secretary.xa2", code, "close_ballot")
        assert tally(world, code) == (8, 8)
        sound(world.session, code)


def test_a_ballot_beside_the_close_is_counted_or_refused(world: World, cast: Cast, eight: Together) -> None:
    """The last members vote while the secretary closes: what was accepted is in the tally."""
    codes = []
    for _ in range(max(4, ROUNDS // 4)):
        code = world.draft()
        forward(world, cast, code, "commune.council")
        for number in (1, 2, 3, 4):
            world.do(f"member{number}.xa", code, "ballot", choice="agree")
        codes.append(code)
    for code in codes:
        seen = world.version(code)
        ballot = pressing(Press("member5.xa", "ballot"), code, seen, {"choice": "disagree"})
        close = pressing(Press("secretary.xa", "close_ballot"), code, seen, {})
        voted, closed = eight.press(ballot, close)
        assert isinstance(closed, Applied), closed
        assert isinstance(voted, Applied | Denied), voted
        members, _, cast_ = decided(world, code)
        assert (members, cast_) == (5, 4 + isinstance(voted, Applied))
        sound(world.session, code)


def test_a_member_votes_once_even_twice_at_once(world: World, cast: Cast, eight: Together) -> None:
    """Without a key: one ballot, and a refusal that says so."""
    for _ in range(max(3, ROUNDS // 10)):
        code = world.draft()
        forward(world, cast, code, "commune.council")
        seen = world.version(code)
        press = pressing(Press("member1.xa", "ballot"), code, seen, {"choice": "agree"})
        only_one_acted(eight.press(press, press))
        sound(world.session, code)


def test_one_number_is_given_to_one_letter(world: World, cast: Cast, eight: Together) -> None:
    """Two files of one body, one number: the other clerk is told that it is taken."""
    for turn in range(max(3, ROUNDS // 10)):
        codes = [world.draft(), world.draft()]
        for code in codes:
            forward(world, cast, code, "commune.number")
        sent = {"number": f"same-{turn}", "numbered_on": world.clock.today().isoformat()}
        first, second = eight.press(
            *(pressing(Press("clerk.xa", "number"), code, world.version(code), sent) for code in codes)
        )
        done, told = (first, second) if isinstance(first, Applied) else (second, first)
        assert isinstance(done, Applied), (first, second)
        assert isinstance(told, InvalidInput), told
        assert told.errors["number"].key == "number_taken"
        for code in codes:
            sound(world.session, code)


def test_the_register_has_no_gap_when_awards_are_numbered_at_once(world: World, cast: Cast, eight: Together) -> None:
    """Our own series: eight decisions of eight bodies or one, numbered together."""
    codes = []
    for _ in range(max(8, ROUNDS // 25 * 8)):
        code = world.draft(form="GK-XA")
        forward(world, cast, code, "commune.number")
        codes.append(code)
    for start in range(0, len(codes), 8):
        some = codes[start : start + 8]
        day = world.clock.today().isoformat()
        acts = [
            pressing(Press("clerk.xa", "number"), code, world.version(code), {"number": f"q{code}", "numbered_on": day})
            for code in some
        ]
        answers = eight.press(*acts)
        assert all(isinstance(answer, Applied) for answer in answers), answers
    numbers = world.session.scalars(
        select(models.Award.register_no)
        .where(models.Award.register_year == START.year)
        .order_by(models.Award.register_no)
    ).all()
    world.session.rollback()
    assert numbers == list(range(1, len(numbers) + 1))


def test_two_creates_with_one_key_make_one_file(world: World, eight: Together) -> None:
    """A double click on "new file"."""
    for turn in range(ROUNDS):
        draft = new_draft(world, f"Bà Lê Thị {turn}")
        answers = eight.press(*[creating(draft, f"create-{turn}")] * 2)
        assert all(isinstance(answer, Created) for answer in answers), answers
        assert len({answer.code for answer in answers if isinstance(answer, Created)}) == 1
        sound(world.session, answers[0].code)  # type: ignore[union-attr]


def test_two_files_of_one_nominee_in_a_round_at_once(world: World, eight: Together) -> None:
    """The second nominator is told of the first file."""
    for turn in range(max(5, ROUNDS // 4)):
        known = world.draft(name=f"Hộ ông Trần {turn}")
        ref = world.session.scalar(
            select(models.Nominee.ref).join(models.Nomination).where(models.Nomination.code == known)
        )
        world.session.rollback()
        draft = new_draft(world, "", ref=ref, form="GK-XA")
        answers = eight.press(creating(draft, None), creating(draft, None))
        refused = [answer for answer in answers if isinstance(answer, InvalidInput)]
        assert len(refused) == 1, answers
        assert refused[0].errors["nominee"].key == "duplicate_in_round"


def test_a_unit_that_is_the_nominee_is_known_once(world: World, eight: Together) -> None:
    """Two nominators name one unit at the same moment: one nominee, one file a form and round."""
    rounds = ("tong-ket", "hang-nam")
    draft = [new_draft(world, "", by="nominator.sgt", unit="SGT", round_code=code) for code in rounds]
    answers = eight.press(*(creating(each, None, who="nominator.sgt") for each in draft))
    assert all(isinstance(answer, Created) for answer in answers), answers
    found = world.session.scalars(select(models.Nominee.id).where(models.Nominee.unit_id == world.units["SGT"])).all()
    world.session.rollback()
    assert len(found) == 1


def new_draft(
    world: World, name: str, *, by: str = "nominator.xa", ref: str | None = None, form: str = "BK-TINH",
    unit: str | None = None, round_code: str = "tong-ket",
) -> Draft:  # fmt: skip
    """A household, a nominee already known, or a unit."""
    kind, group = ("collective", "1.1") if unit else ("household", "1.5")
    return Draft(
        round_code=round_code, form=form, proposing_unit_id=world.unit_of(by), subject_kind=kind, subject_group=group,
        name=name, nominee_ref=ref, nominee_unit_id=world.units[unit] if unit else None,
    )  # fmt: skip


def creating(draft: Draft, key: str | None, who: str = "nominator.xa") -> Callable[[World], Created]:
    """The new file as something a thread does."""

    def one(world: World) -> Created:
        actor = world.actor(who)
        return create(world.session, actor, world.clock, Origin(actor=actor.ref, request_key=key), draft)

    return one


def more_members(world: World) -> list[str]:
    """Three more seats in the council of the second commune."""
    names = ["sau.xa2", "bay.xa2", "tam.xa2"]
    with write_transaction(world.session):
        council = world.session.scalar(select(models.Council.id).where(models.Council.unit_id == world.units["21610"]))
    for name in names:
        world.staff(name, "21610", ())
        with write_transaction(world.session):
            world.session.add(
                models.CouncilSeat(council_id=council, person_id=world.people[name], role="member", valid_from=FROM)
            )
    return names


def decided(world: World, code: str) -> tuple[int, int, int]:
    """Members, those who agreed, and ballots counted of the file's last closed vote."""
    line = world.session.scalars(
        select(models.MeetingLine)
        .join(models.Nomination, models.Nomination.id == models.MeetingLine.nomination_id)
        .where(models.Nomination.code == code, models.MeetingLine.closed_at.is_not(None))
        .order_by(models.MeetingLine.id.desc())
    ).first()
    assert line is not None
    world.session.rollback()
    assert line.members is not None and line.agree is not None  # noqa: PT018 - filled together when closed
    return line.members, line.agree, line.agree + (line.disagree or 0) + (line.abstain or 0)


def tally(world: World, code: str) -> tuple[int, int]:
    """Members and those who agreed."""
    return decided(world, code)[:2]
