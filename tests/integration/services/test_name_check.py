"""Names checked in one go: what is planted is found with its reason; what somebody may not know is not told."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from nominations import models
from nominations.names import folded
from nominations.queries.actors import Viewer, viewer
from nominations.queries.check_sources import of_files, of_filters, of_list, waiting
from nominations.queries.draft_lists import list_head
from nominations.queries.listing import Filters
from nominations.queries.name_check import Asked, Hit, check_names
from nominations.services.errors import InvalidInput
from nominations.services.identity import identity_hash
from nominations.services.pasted_names import Pasted, read_names
from nominations.transactions import write_transaction
from tests.integration.services.test_draft_lists import line, make, send
from tests.statements import count_statements
from tests.world import World

KEYS = (("first", bytes(range(32))),)
HEADS = "Họ tên\tNăm sinh\tĐơn vị\tSố căn cước\tLoại"


def who(world: World, username: str) -> Viewer:
    found = viewer(world.session, world.people[username], world.clock.today())
    assert found is not None
    return found


def read(world: World, username: str, *lines: str, form: str = "BK-TINH") -> Sequence[Asked]:
    unit = world.unit_of(username)
    pasted = Pasted("\n".join((HEADS, *lines)), "tong-ket", form, "individual", unit)
    found = read_names(world.session, world.clock.today(), pasted, KEYS)
    assert found.faults == ()
    return found.asked


def check(world: World, username: str, asked: Sequence[Asked]) -> tuple[Hit, ...]:
    found = check_names(world.session, who(world, username), world.clock.today(), asked)
    world.session.rollback()
    return found


def hits(
    world: World, username: str, *lines: str, form: str = "BK-TINH"
) -> list[tuple[int, str, str, tuple[str, ...]]]:
    found = check(world, username, read(world, username, *lines, form=form))
    return [(hit.number, hit.reason, hit.what, hit.limits) for hit in found]


def nominee(world: World, name: str, unit: str = "21613", **more: Any) -> int:
    """A nominee of the register; the row's number."""
    values: dict[str, Any] = {
        "kind": "individual", "name": name, "name_folded": folded(name), "home_unit_id": world.units[unit],
              "created_at": world.clock.now()} | more  # fmt: skip
    if "identity" in values:
        values |= {"identity_hash": identity_hash(KEYS[0][1], values.pop("identity")), "identity_cipher": b"-"}
    with write_transaction(world.session) as session:
        row = models.Nominee(**values)
        session.add(row)
        session.flush()
        return row.id


def award(world: World, nominee_id: int, **more: Any) -> None:
    values = {"nominee_id": nominee_id, "form": "Bằng khen của Bộ", "decided_on": date(2024, 1, 5),
              "achievement": "Việc khác", "level_state": False, "source": "[practice]"} | more  # fmt: skip
    with write_transaction(world.session) as session:
        session.execute(insert(models.PastAward).values(**values))


def test_every_reason_is_told_with_its_limits(world: World) -> None:
    one = nominee(world, "Tạ Văn Dò", birth_year=1961)
    award(world, one, achievement_from=date(2023, 1, 1), achievement_to=date(2023, 12, 31), level_state=True)
    award(world, one, form="Giấy khen cũ", decided_on=date(2010, 1, 5), annulled_on=date(2011, 1, 1))
    code = world.draft(kind="individual", name="Tạ Thị Có")
    assert hits(world, "nominator.xa", "Tạ Văn Dò\t1961") == [
        (2, "name_year_unit", "award", ("L1", "L8")), (2, "name_year_unit", "award", ("L11",)),
    ]  # fmt: skip
    assert hits(world, "nominator.xa", "TA VAN DO\t1961", form="BK-TTG")[0][3] == ("L1", "L8", "L7", "L9")
    for spelt, reason in (
        ("Tạ Văn Do\t", "name_unit"),
        ("Ông Tạ Văn Dò\t1962", "name_unit_other_year"),
        ("Tạ Văn Dòa\t1961", "similar"),
    ):
        assert [hit[:3] for hit in hits(world, "nominator.xa", spelt)] == [(2, reason, "award")] * 2
    [hit] = check(world, "nominator.xa", read(world, "nominator.xa", "Tạ Thị Có"))
    assert (hit.what, hit.code, hit.state, hit.limits) == ("file", code, "draft", ("L1",))
    assert hits(world, "nominator.xa", "Tạ Thị Có", form="GK-XA")[0][3] == ("L1",)


def test_names_of_one_list_are_told_at_the_later_row(world: World) -> None:
    assert hits(world, "nominator.xa", "Ma Văn A\t1970", "Ma Thị B\t1980", "Hộ ông Ma Văn A\t1970\t\t\thộ") == [
        (4, "name_year_unit", "row", ("L1",)),
    ]  # fmt: skip
    both = ("Người Thứ Nhất\t1970\t\t052070001111", "Tên Gọi Khác\t1980\t\t052070001111")
    assert hits(world, "nominator.xa", *both) == [(3, "identity", "row", ("L1",))]
    apart = ("Ma Văn C\t1970\t\t052070001112", "Ma Văn C\t1970\t\t052070001113")
    assert hits(world, "nominator.xa", *apart) == []


def test_what_a_nominator_may_not_know_is_not_told(world: World) -> None:
    """A draft or file of another unit is not there for them; an award in the public register is, to everybody."""
    world.draft(by="nominator.xa2", kind="individual", name="Giàng A Kín")
    away = nominee(world, "Giàng A Xa", "21610", birth_year=1955)
    award(world, away)
    for name in ("Giàng A Kín\t\t21610", "Giàng A Xa\t1955\t21610"):
        assert hits(world, "nominator.xa", name) == []
    assert hits(world, "nominator.xa2", "Giàng A Xa\t1955")[0][:3] == (2, "name_year_unit", "award")
    assert hits(world, "appraiser.snv", "Giàng A Xa\t1955\t21610")[0][:3] == (2, "name_year_unit", "award")
    assert hits(world, "appraiser.snv", "Giàng A Kín\t\t21610") == [(2, "name_unit", "nominee", ())]


def test_a_file_elsewhere_is_told_as_the_guard_would_tell_it(world: World) -> None:
    number = "052070002222"
    code = world.draft(by="nominator.xa2", kind="individual", name="Hờ A Đâu")
    with write_transaction(world.session) as session:
        mine = select(models.Nomination.nominee_id).where(models.Nomination.code == code).scalar_subquery()
        session.execute(
            update(models.Nominee)
            .where(models.Nominee.id == mine)
            .values(identity_hash=identity_hash(KEYS[0][1], number), identity_cipher=b"-")
        )
    row = f"Hờ A Tên Khác\t\t\t{number}"
    assert hits(world, "nominator.xa", row) == []  # a draft stands in nobody's way
    world.do("nominator.xa2", code, "submit")
    [hit] = check(world, "nominator.xa", read(world, "nominator.xa", row))
    assert (hit.what, hit.code, hit.limits, hit.found, hit.where, hit.state) == (
        "elsewhere", code, ("L1",), "Hờ A Tên Khác", "", None,
    )  # fmt: skip
    assert hits(world, "nominator.xa", row, form="GK-XA") == []
    [hit] = check(world, "appraiser.xa2", read(world, "appraiser.xa2", row))
    assert (hit.what, hit.found, hit.limits) == ("file", "Hờ A Đâu", ("L1",))
    moved = check(world, "appraiser.xa2", read(world, "appraiser.xa2", f"Hờ A Đâu\t\t21613\t{number}"))
    assert "L10" in moved[0].limits


def test_one_in_conflict_hears_that_the_nominee_is_known_and_no_more(world: World) -> None:
    code = world.draft(kind="individual", name="Vàng A Thân")
    world.do("nominator.xa", code, "submit")
    assert hits(world, "appraiser.xa", "Vàng A Thân")[0][2] == "file"
    with write_transaction(world.session) as session:
        mine = session.scalar(select(models.Nomination.nominee_id).where(models.Nomination.code == code))
        session.execute(
            insert(models.ConflictDeclaration).values(
                person_id=world.people["appraiser.xa"], nominee_id=mine, kind="kin", declared_at=world.clock.now()
            )
        )
        mark = models.NomineeMark(nominee_id=mine, kind="complaint", opened_on=world.clock.today())
        session.add(mark)
        session.flush()
        for unit, person in (("21613", "appraiser.xa"),):
            session.add(models.MarkRecord(mark_id=mark.id, unit_id=world.units[unit], recorded_at=world.clock.now(),
                                          recorded_by=world.people[person]))  # fmt: skip
    assert hits(world, "appraiser.xa", "Vàng A Thân\t") == [(2, "name_unit", "nominee", ())]
    assert of_files(world.session, who(world, "appraiser.xa"), [code]) == []
    world.session.rollback()
    assert ("mark" in {hit[2] for hit in hits(world, "head.xa", "Vàng A Thân")}) is False  # no more than alike
    [mine_again] = of_files(world.session, who(world, "head.xa"), [code])
    found = check(world, "head.xa", [mine_again])
    assert [(hit.reason, hit.what, hit.limits) for hit in found] == [("itself", "mark", ("L5",))]
    assert check(world, "nominator.xa", of_files(world.session, who(world, "nominator.xa"), [code])) == ()


def test_files_are_checked_as_a_list_narrows_them_and_as_they_wait(world: World) -> None:
    first = world.draft(kind="individual", name="Sùng A Chờ")
    second = world.draft(kind="individual", name="Sùng A Chờ", form="GK-XA")
    for code in (first, second):
        world.do("nominator.xa", code, "submit")
    today = world.clock.today()
    mine = waiting(world.session, who(world, "appraiser.xa"), today)
    assert {first, second} <= {one.code for one in mine}
    found = [hit for hit in check(world, "appraiser.xa", mine) if hit.name == "Sùng A Chờ"]
    assert {(hit.reason, hit.what) for hit in found} == {("name_unit", "file")}
    filed = of_filters(world.session, who(world, "nominator.xa"), today, Filters(form="GK-XA", q="sung a cho"))
    assert [one.code for one in filed] == [second]
    assert of_files(world.session, who(world, "nominator.xa2"), [first, second]) == []
    world.session.rollback()


def test_rows_of_a_list_are_checked_with_the_faulty_ones_that_have_a_name(world: World) -> None:
    ref = send(world, line("Thào A Bảng"), line("Thào A Bảng", group="9.9"), line(""))
    head = list_head(world.session, world.actor("nominator.xa"), ref)
    assert head is not None
    asked = of_list(world.session, head)
    assert [one.number for one in asked] == [2, 3]
    found = check(world, "nominator.xa", asked)
    assert [(hit.number, hit.what, hit.other) for hit in found] == [(3, "row", 2)]


def test_what_is_pasted_is_read_or_named_cell_by_cell(world: World) -> None:
    pasted = Pasted("Lầu A Một\t70\tkhông có\t123\nLầu A Hai", "tong-ket", "BK-TINH", "household",
                    world.units["21613"])  # fmt: skip
    found = read_names(world.session, world.clock.today(), pasted, KEYS)
    assert [(row, column, message.key) for row, column, message in found.faults] == [
        (1, "Năm sinh", "birth_year"), (1, "Số căn cước", "identity_number"), (1, "Đơn vị", "unknown_unit"),
    ]  # fmt: skip
    assert [(one.number, one.name) for one in found.asked] == [(2, "Lầu A Hai")]
    for more, field, key in (
        ({"text": ""}, "pasted", "table_empty"),
        ({"round_code": "x"}, "round", "unknown_round"),
        ({"kind": "tree"}, "kind", "not_choice"),
        ({"text": "\n".join(f"Tên {n}" for n in range(601))}, "pasted", "too_many_names"),
    ):
        said = {name: getattr(pasted, name) for name in pasted.__slots__} | more
        with pytest.raises(InvalidInput) as wrong:
            read_names(world.session, world.clock.today(), Pasted(**said), KEYS)
        assert wrong.value.errors[field].key == key


FAMILIES = ("Phan", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lưu", "Mạc", "Tống", "Chu")
MIDDLES = ("Quốc", "Ngọc", "Thanh", "Hữu", "Đức", "Bảo")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khoa", "Lan", "Minh", "Nga")


def test_twenty_five_planted_among_six_hundred_are_all_found(
    world: World, engine: Engine, record_property: Callable[[str, object], None]
) -> None:
    """Five by identity number, ten by name, five in the list itself, five spelt otherwise; nothing else is told."""
    names = [f"{f} {m} {g}" for f in FAMILIES for m in MIDDLES for g in GIVEN]
    years = {name: 1930 + n % 70 for n, name in enumerate(names)}
    rows = [f"{name}\t{years[name]}\t\t" for name in names]
    numbers: dict[int, str] = {}
    planted: dict[int, str] = {}
    for n in range(5):  # another name, the same identity number
        place, number = 20 * n, f"05207000{3000 + n}"
        numbers[place] = number
        award(world, nominee(world, f"Tên Cũ Thứ {n}", birth_year=1900 + n, identity=number))
        planted[place] = "identity"
    for n in range(10):  # names written without marks, with a title; half of them without a year
        place = 20 * n + 5
        name = folded(names[place]).upper() if n % 2 else f"Hộ ông {names[place]}"
        year = years[names[place]] if n < 5 else None
        award(world, nominee(world, name, kind="household" if n % 2 == 0 else "individual", birth_year=year))
        planted[place] = "name_year_unit" if n < 5 else "name_unit"
    for n in range(5):  # twice in the list
        place = 595 + n
        rows[place] = rows[20 * n + 9]
        planted[place] = "name_year_unit"
    for n in range(5):  # a letter is wrong in an earlier decision
        place = 20 * n + 13
        award(world, nominee(world, names[place] + "z", birth_year=years[names[place]]))
        planted[place] = "similar"
    lines = [row + numbers.get(place, "") for place, row in enumerate(rows)]
    began = time.perf_counter()
    asked = read(world, "nominator.xa", *lines)
    seen = who(world, "nominator.xa")
    with count_statements(engine) as sent:
        found = check_names(world.session, seen, world.clock.today(), asked)
    record_property("seconds", round(time.perf_counter() - began, 2))  # of this machine; the statements bind
    world.session.rollback()
    assert {(hit.number - 2, hit.reason) for hit in found} == set(planted.items())
    assert len(found) == 25
    assert len(sent) <= 12


def test_a_row_whose_draft_was_made_does_not_find_itself(world: World) -> None:
    ref = send(world, line("Cứ A Nháp"))
    make(world, ref)
    head = list_head(world.session, world.actor("nominator.xa"), ref)
    assert head is not None
    assert check(world, "nominator.xa", of_list(world.session, head)) == ()


def test_a_name_put_right_in_a_file_is_found_by_who_may_read_it(world: World) -> None:
    code = world.draft(kind="individual", name="Hạng A Sai")
    world.do("nominator.xa", code, "save", content={"nominee": {"name": "Hạng A Đúng"}})
    for name in ("Hạng A Đúng", "Hạng A Sai"):
        [hit] = check(world, "nominator.xa", read(world, "nominator.xa", name))
        assert (hit.reason, hit.what, hit.code) == ("name_unit", "file", code)
    assert hits(world, "nominator.xa2", "Hạng A Đúng\t\t21613") == []
