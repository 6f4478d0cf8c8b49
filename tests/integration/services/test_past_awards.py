"""Awards given before or elsewhere: looked through, settled by hand, and heard by the rules."""

import json

import pytest
from sqlalchemy import select

from nominations import models
from nominations.queries.past_awards import TableRow, rows_of
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.identity import identity_hash
from nominations.services.log import Origin
from nominations.services.past_awards import NEW, SKIP, Settled, Table, bring_in, bring_in_one, settle
from nominations.transactions import write_transaction
from tests.world import World

KEYS = (("k1", b"k" * 32),)
HEADS = "Họ tên,Loại,Năm sinh,Số căn cước,Đơn vị,Hình thức,Cấp Nhà nước,Số quyết định,Ngày quyết định,Thành tích"
BY = "appraiser.snv"


def send(world: World, *rows: str, who: str = BY, heads: str = HEADS, source: str = "[practice]") -> str:
    actor = world.actor(who)
    table = Table("quyết định cũ.csv", "\n".join([heads, *rows]).encode(), source)
    try:
        return bring_in(world.session, actor, world.clock, Origin(actor=actor.ref), table, KEYS)
    finally:
        world.session.rollback()


def put(world: World, ref: str, choices: dict[int, str] | None = None, who: str = BY) -> Settled:
    actor = world.actor(who)
    try:
        return settle(world.session, actor, world.clock, Origin(actor=actor.ref), ref, choices or {})
    finally:
        world.session.rollback()


def rows(world: World, ref: str) -> tuple[TableRow, ...]:
    found = rows_of(world.session, ref)
    world.session.rollback()
    assert found is not None
    return found


def awards(world: World, name: str) -> list[tuple[str, str | None]]:
    found = world.session.execute(
        select(models.PastAward.form, models.PastAward.decision_number)
        .join(models.Nominee, models.Nominee.id == models.PastAward.nominee_id)
        .where(models.Nominee.name == name)
        .order_by(models.PastAward.id)
    ).all()
    world.session.rollback()
    return [(form, number) for form, number in found]


def line(name: str, **more: str) -> str:
    said = {
        "kind": "cá nhân", "year": "1970", "identity": "", "unit": "21613", "form": "Bằng khen của Bộ", "state": "",
        "number": "15/QĐ", "on": "04/03/2022", "what": "Giúp dân",
    } | more  # fmt: skip
    return ",".join([name, *said.values()])


def test_a_table_is_looked_through_first_and_nothing_is_added(world: World) -> None:
    ref = send(world, line("Lò Văn Một"), line("", kind="bạn", year="19", on="31/02/2022", unit="không có"))
    first, second = rows(world, ref)
    assert (first.number, first.faults, first.candidates) == (2, {}, ())
    assert {field: key for field, (key, _values) in second.faults.items()} == {
        "name": "required", "kind": "not_choice", "birth_year": "birth_year", "decided_on": "not_date",
    }  # fmt: skip
    assert awards(world, "Lò Văn Một") == []
    assert put(world, ref)[1:] == (1, 0)
    assert awards(world, "Lò Văn Một") == [("Bằng khen của Bộ", "15/QĐ")]
    assert put(world, ref) == Settled(None, 0, 0)


def test_a_name_already_known_waits_for_somebodys_word(world: World) -> None:
    code = world.draft(kind="household", name="Hộ ông Lò Văn Hai")
    known = world.session.scalar(
        select(models.Nominee.ref).join(models.Nomination).where(models.Nomination.code == code)
    )
    spelt = line("Lò Văn  Hai", kind="hộ"), line("LO VAN HAI", kind="hộ", number="16/QĐ")
    ref = send(world, *spelt, line("Lò Văn Hai", kind="hộ", number="17/QĐ"))
    assert put(world, ref) == Settled(None, 0, 3)
    first, second, third = rows(world, ref)
    [candidate] = first.candidates
    assert (candidate.ref, candidate.same_unit, candidate.same_year) == (known, True, None)
    assert put(world, ref, {first.id: "0" * 32}) == Settled(None, 0, 3)
    came = put(world, ref, {first.id: str(known), second.id: NEW, third.id: SKIP})
    assert (came.added, came.waiting) == (2, 0)
    assert awards(world, "Hộ ông Lò Văn Hai") == [("Bằng khen của Bộ", "15/QĐ")]
    assert awards(world, "LO VAN HAI") == [("Bằng khen của Bộ", "16/QĐ")]


def test_two_rows_of_one_new_name_are_not_made_one_in_silence(world: World) -> None:
    ref = send(world, line("Lò Văn Ba"), line("Lò Văn Ba", number="16/QĐ"))
    assert put(world, ref)[1:] == (1, 1)
    second = rows(world, ref)[1]
    assert len(second.candidates) == 1
    assert put(world, ref, {second.id: second.candidates[0].ref})[1:] == (1, 0)
    assert len(awards(world, "Lò Văn Ba")) == 2


def test_the_same_award_twice_is_told_at_its_row(world: World) -> None:
    put(world, send(world, line("Lò Văn Bốn")))
    ref = send(world, line("Lò Văn Bốn"))
    [row] = rows(world, ref)
    assert put(world, ref, {row.id: row.candidates[0].ref})[1:] == (0, 0)
    assert rows(world, ref)[0].faults == {"number": ["award_there", {}]}
    assert len(awards(world, "Lò Văn Bốn")) == 1


def test_an_identity_number_finds_and_is_never_kept(world: World) -> None:
    number = "052070001234"
    with write_transaction(world.session) as session:
        session.add(
            models.Nominee(
                kind="individual", name="Tên Khác Hẳn", name_folded="ten khac han", home_unit_id=world.units["21610"],
                identity_cipher=b"-", identity_hash=identity_hash(KEYS[0][1], number), created_at=world.clock.now(),
            )
        )  # fmt: skip
    ref = send(world, line("Lò Văn Năm", identity=number), line("Lò Văn Sáu", identity="12345"))
    first, second = rows(world, ref)
    assert [one.same_identity for one in first.candidates] == [True]
    assert second.faults["identity"][0] == "identity_number"
    kept = world.session.scalars(select(models.AwardImportLine.said)).all()
    logged = world.session.scalars(select(models.EntryPayload.payload)).all()
    assert number not in json.dumps(list(kept)) + str(logged)
    assert "12345" not in json.dumps(rows(world, ref)[1].said["cells"])
    world.session.rollback()


def test_the_rules_hear_of_it(world: World) -> None:
    code = world.draft(kind="individual", name="Lò Văn Bảy")
    done = world.session.scalar(select(models.Nomination.working).where(models.Nomination.code == code)) or {}
    what = done["proposal"]["achievement"]
    ref = send(world, line("Lò Văn Bảy", what=what))
    [row] = rows(world, ref)
    put(world, ref, {row.id: row.candidates[0].ref})
    assert world.refused("nominator.xa", code, "submit") == "achievement_already_awarded"


def test_a_state_level_award_within_a_year_stops_another(world: World) -> None:
    code = world.draft(kind="individual", name="Lò Văn Tám", form="BK-TTG")
    ref = send(world, line("Lò Văn Tám", state="x", on="04/02/2024", what="Việc khác"))
    [row] = rows(world, ref)
    put(world, ref, {row.id: row.candidates[0].ref})
    assert world.refused("nominator.xa", code, "submit") == "state_award_within_year"


def test_one_is_typed_like_a_row(world: World) -> None:
    actor, origin = world.actor(BY), Origin(actor=world.actor(BY).ref)
    cells = {"name": "Lò Văn Chín", "kind": "collective", "unit": "Đơn vị 21613", "form": "Giấy khen",
             "decided_on": "2022-03-04", "achievement": "Giúp dân"}  # fmt: skip
    with pytest.raises(InvalidInput) as found:
        bring_in_one(world.session, actor, world.clock, origin, cells | {"decided_on": "mai"}, "nghe nói", KEYS)
    assert {name: fault.key for name, fault in found.value.errors.items()} == {
        "decided_on": "not_date", "source": "source_mark",
    }  # fmt: skip
    ref = bring_in_one(world.session, actor, world.clock, origin, cells, "[practice]", KEYS)
    assert put(world, ref)[1:] == (1, 0)
    assert awards(world, "Lò Văn Chín") == [("Giấy khen", None)]


def test_who_may_and_who_may_not(world: World) -> None:
    admin = "admin.tinh" if "admin.tinh" in world.people else world.staff("admin.tinh", "52", ("admin",))
    ref = send(world, line("Lò Văn Mười"), who=admin)
    for who in ("appraiser.xa", "head.snv", "clerk.snv", "nominator.snv", "appraiser.tinh", "member1.snv"):
        with pytest.raises(NotFound):
            send(world, line("x"), who=who)
        with pytest.raises(NotFound):
            put(world, ref, who=who)
    with pytest.raises(NotFound):
        put(world, "0" * 32)


def test_a_table_without_headings_rows_or_mark_is_refused(world: World) -> None:
    for heads, body, source, field, key in (
        ("a,b,c", [line("x")], "[practice]", "file", "table_headings"),
        (HEADS, [], "[practice]", "file", "table_empty"),
        (HEADS, [line("x")], "", "source", "required"),
        (HEADS, [line("x")], "ở đâu đó", "source", "source_mark"),
    ):
        with pytest.raises(InvalidInput) as found:
            send(world, *body, heads=heads, source=source)
        assert found.value.errors[field].key == key


def test_acts_lie_on_the_stream_of_nominees(world: World) -> None:
    put(world, send(world, line("Lò Văn Mười Một")))
    acts = world.session.scalars(
        select(models.AuditEntry.act).where(models.AuditEntry.stream == "nominees").order_by(models.AuditEntry.cseq)
    ).all()
    world.session.rollback()
    assert list(acts)[-2:] == ["bring_in_awards", "add_past_awards"]
