"""What people type: kept where it can be right, refused with a sentence where it never could be, never an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from nominations import models
from nominations.services.action_fields import FIELDS
from nominations.services.actions import Denied, Request, act
from nominations.services.apply import Applied
from nominations.services.content import checkers
from nominations.services.drafts import Created, create
from nominations.services.effects.ground import plain
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.messages import SENTENCES
from nominations.services.nominees import Draft
from nominations.services.payloads import LONG, parse
from tests.integration.services.hostile import ODD, ODDITIES, TEXTS
from tests.integration.services.plays import SOAKING, at_random
from tests.integration.services.soundness import entries, sound
from tests.world import REASON, World
from workflows.ledger import canonical_content

SOME = ODDITIES if SOAKING else ODDITIES[::3]
KINDS = ("household", "individual", "collective")


@pytest.fixture(scope="module")
def draft(province: World) -> str:
    """One draft for all the fields."""
    return province.draft()


def says_why(refused: InvalidInput) -> None:
    """Every complaint is a sentence in both languages that can be shown anywhere."""
    assert refused.errors
    for field, message in refused.errors.items():
        assert field.isprintable()
        for lang in ("vi", "en"):
            said = message.text(lang)
            assert said
            assert "{" not in said
            said.encode()


@pytest.mark.parametrize("action", FIELDS)
def test_no_payload_is_an_error(action: str) -> None:
    """Alone in each field: refused with a sentence, or kept in a form that the log and both databases can hold."""
    for field in FIELDS[action]:
        for odd in ODDITIES:
            try:
                parsed = parse(action, {field: odd})
            except InvalidInput as refused:
                says_why(refused)
                continue
            if field != "content":  # which is looked into when it is saved
                assert b"\\u0000" not in canonical_content(plain(parsed))
    with pytest.raises(InvalidInput) as unknown:
        parse(action, {"\ud800": 1, "x" * 999: 2, "không có": 3})
    says_why(unknown.value)


@at_random(100, 2000)
@given(st.sampled_from(sorted(FIELDS)), st.data())
def test_no_combination_of_fields_is_an_error(action: str, data: st.DataObject) -> None:
    fields = st.sampled_from([*FIELDS[action], "unknown"])
    payload = data.draw(st.dictionaries(fields, ODD, max_size=5))
    try:
        canonical_content(plain(parse(action, payload)))
    except InvalidInput as refused:
        says_why(refused)


def contents(kind: str) -> st.SearchStrategy[Mapping[str, Any]]:
    """Content with every section and field there is, each with anything in it."""
    sections = {
        name: st.dictionaries(st.sampled_from([*fields, "unknown"]), ODD, max_size=6) | ODD
        for name, fields in checkers(kind).items()
    }
    figure = st.fixed_dictionaries(
        {"year": ODD | st.integers(2019, 2025)},
        optional={name: ODD | st.integers(0, 3000) for name in ("households", "poor", "near_poor", "rate", "standard")},
    )
    criteria = st.fixed_dictionaries({"figures": st.lists(figure, max_size=4), "statements": ODD, "explanations": ODD})
    return st.fixed_dictionaries({}, optional=sections | {"criteria": criteria, "papers": ODD, "x": ODD})


def test_whatever_is_saved_can_be_read_assessed_and_sealed(world: World) -> None:
    """Anything in any field: refused whole with sentences, or saved; and then submitting is an answer, not an error."""
    codes = {kind: _draft(world, kind) for kind in KINDS}

    @at_random(40, 1000)
    @given(st.sampled_from(KINDS), st.data())
    def typed(kind: str, data: st.DataObject) -> None:
        code = codes[kind]
        before = entries(world.session)
        try:
            saved = world.attempt("nominator.xa", code, "save", content=data.draw(contents(kind)))
        except InvalidInput as refused:
            says_why(refused)
            assert entries(world.session) == before
            return
        assert isinstance(saved, Applied)
        if isinstance(world.attempt("nominator.xa", code, "submit"), Applied):
            world.do("nominator.xa", code, "recall")

    typed()
    for code in codes.values():
        sound(world.session, code)


def _draft(world: World, kind: str) -> str:
    return world.draft(kind=kind, group="1.1" if kind == "collective" else None, name=f"Tên {kind}")


def test_a_text_is_kept_as_it_was_meant(world: World) -> None:
    """One form of each letter, lines as lines, nothing unseen; a file always says whom it is for."""
    code = world.draft(name="Hộ bà Hồ Thị Lan")
    typed = " Dòng một\r\nDòng hai\u200e\x07 e\u0301\u0302 \ufeff"
    said = {"report": {"achievements": typed}, "nominee": {"hamlet": " Thôn\t 2 "}}
    world.do("nominator.xa", code, "save", content=said)
    row = _row(world, code)
    assert row.working["report"]["achievements"] == "Dòng một\nDòng hai é̂"
    assert row.working["nominee"] == {"hamlet": "Thôn 2", "name": "Hộ bà Hồ Thị Lan"}
    world.do("nominator.xa", code, "save", content={"nominee": {"name": "Hộ bà Hồ Thị Lành"}})
    row = _row(world, code)
    assert (row.nominee_name, row.nominee_folded) == ("Hộ bà Hồ Thị Lành", "ho ba ho thi lanh")


def _row(world: World, code: str) -> models.Nomination:
    row = world.session.scalars(
        select(models.Nomination).where(models.Nomination.code == code).execution_options(populate_existing=True)
    ).one()
    world.session.rollback()
    return row


@pytest.mark.parametrize(
    ("section", "field", "value", "kept"),
    [
        ("nominee", "members", "1.234", 1234),
        ("nominee", "members", 7.0, 7),
        ("nominee", "members", 7.5, "not_number"),
        ("nominee", "members", "7,5", "not_number"),
        ("nominee", "members", True, "not_number"),
        ("nominee", "birth_year", 1899, "out_of_range"),
        ("nominee", "registered_on", "5/3/2024", "2024-03-05"),
        ("nominee", "registered_on", "31/02/2024", "not_date"),
        ("nominee", "registered_on", "05/03/1024", "day_out_of_range"),
        ("report", "loan_on_time", "on", True),
        ("report", "loan_on_time", "0", False),
        ("report", "loan_on_time", "có", "not_choice"),
        ("report", "achievements", "x" * LONG, "x" * LONG),
        ("report", "achievements", "x" * (LONG + 1), "too_long"),
        ("report", "loan_purpose", "x" * 201, "too_long"),
        ("report", "helped", "Hộ ông A", "not_list"),
        ("report", "income_after", "9" * 16, "not_number"),
        ("proposal", "achievement", "\x00", "not_text"),
    ],
)
def test_one_field(world: World, draft: str, section: str, field: str, value: Any, kept: Any) -> None:
    code, content = draft, {section: {field: value}}
    if kept in SENTENCES:
        with pytest.raises(InvalidInput) as refused:
            world.attempt("nominator.xa", code, "save", content=content)
        says_why(refused.value)
        assert {name: message.key for name, message in refused.value.errors.items()} == {f"{section}.{field}": kept}
        return
    world.do("nominator.xa", code, "save", content=content)
    assert _row(world, code).working[section][field] == kept


def test_a_closed_section_stays_as_it_is(world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    fault = {"code": "other", "note": "Viết lại.", "section": "report"}
    world.do("appraiser.xa", code, "return", sections=["report"], faults=[fault])
    before = _row(world, code)
    whole = world.content("1.5") | {"nominee": {"name": "Người khác"}}
    with pytest.raises(InvalidInput) as refused:
        world.attempt("nominator.xa", code, "save", content=whole)
    assert {name: message.key for name, message in refused.value.errors.items()} == dict.fromkeys(
        ("criteria", "proposal", "nominee"), "closed_section"
    )
    after = _row(world, code)
    assert (after.working, after.version) == (before.working, before.version)


def test_nothing_but_an_answer_comes_of_any_request(world: World) -> None:
    """Codes, actions, versions and payloads that no page would send."""
    actor, code = world.actor("nominator.xa"), world.draft()

    def ask(request: Request) -> type:
        try:
            outcome = act(world.session, actor, world.clock, request)
        except (NotFound, InvalidInput) as refused:
            return type(refused)
        return type(outcome)

    base = Request(code, "submit", world.version(code), {}, Origin(actor=actor.ref))
    for odd in TEXTS:
        assert ask(replace(base, code=odd)) is NotFound
        assert ask(replace(base, action=odd)) is NotFound
    for action in ("attach", "detach", "create", "login", "hold ", "SUBMIT"):
        assert ask(replace(base, action=action)) is NotFound
    for seen in (0, -1, 1, 10**30):
        assert ask(replace(base, seen=seen)) is Denied
    for action in FIELDS:
        for odd in SOME:
            payload = {"signer": odd, "outcome": odd, "sections": odd, "reason_code": odd, "mode": odd, "advice": odd}
            if action not in {"submit", "save", "recall", "withdraw"}:
                assert ask(Request(code, action, base.seen, payload, Origin(actor=actor.ref))) is Denied
    assert world.state(code) == "draft"


def test_a_signer_who_is_nobody(world: World) -> None:
    """The name of whoever signed outside comes from a form as well."""
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ.")
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    for odd in SOME:
        try:
            outcome = world.attempt("clerk.xa", code, "record_signature", outcome="send_up", signer=odd, **REASON)
        except InvalidInput as refused:
            says_why(refused)
            continue
        assert isinstance(outcome, Denied)
        assert outcome.refused.guard == "signer_may_not_sign"


GOOD: dict[str, Any] = {
    "round_code": "tong-ket",
    "form": "BK-TINH",
    "subject_kind": "household",
    "subject_group": "1.5",
}


def drafts(world: World) -> Iterator[tuple[str, Any]]:
    """Each field of a new file with everything odd in it."""
    for field in Draft.__slots__:
        for odd in SOME:
            yield field, odd
    yield "home_unit_id", 10**9
    yield "nominee_unit_id", 10**9
    yield "proposing_unit_id", world.units["21610"]
    yield "birth_year", 1899
    yield "birth_year", 2525
    yield "nominee_ref", "f" * 32


def test_no_new_file_is_an_error(world: World) -> None:
    actor, made = world.actor("nominator.xa"), 0
    good = Draft(proposing_unit_id=world.unit_of("nominator.xa"), name="Hộ ông Lý Văn Bảy", **GOOD)
    for field, odd in drafts(world):
        before = entries(world.session)
        try:
            created = create(world.session, actor, world.clock, Origin(actor=actor.ref), replace(good, **{field: odd}))
        except InvalidInput as refused:
            says_why(refused)
            assert entries(world.session) == before, (field, odd)
            continue
        assert isinstance(created, Created)
        assert field in {"name", "nominee_ref", "nominee_unit_id", "home_unit_id", "birth_year"}, (field, odd)
        made += 1
        sound(world.session, created.code)
    assert made


def test_whom_a_new_file_is_for(world: World) -> None:
    """A unit is a collective; a known nominee keeps its kind; a body that has ended is nobody's nominee."""
    actor = world.actor("nominator.xa")
    unit = Draft(
        "tong-ket", "BK-TINH", world.unit_of("nominator.xa"), "household", "1.5", nominee_unit_id=world.units["21613"]
    )
    with pytest.raises(InvalidInput) as refused:
        create(world.session, actor, world.clock, Origin(actor=actor.ref), unit)
    assert set(refused.value.errors) == {"subject_kind"}
    known = world.draft(kind="individual", name="Bà Phạm Thị Chín")
    known_as = select(models.Nominee.ref).join(models.Nomination)
    ref = world.session.scalar(known_as.where(models.Nomination.code == known))
    world.session.rollback()
    other_kind = replace(unit, nominee_unit_id=None, nominee_ref=ref)
    with pytest.raises(InvalidInput) as refused:
        create(world.session, actor, world.clock, Origin(actor=actor.ref), other_kind)
    assert set(refused.value.errors) == {"nominee"}
    again = replace(other_kind, subject_kind="individual", subject_group="1.6")
    with pytest.raises(InvalidInput) as refused:
        create(world.session, actor, world.clock, Origin(actor=actor.ref), again)
    assert refused.value.errors["nominee"].values == {"code": known}
