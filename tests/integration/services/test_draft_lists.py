"""A unit's whole list at once: looked through, mended, drafts made of it as single ones are, and never twice."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select

from nominations import models
from nominations.queries.actors import viewer
from nominations.queries.draft_lists import ListRow, list_head, rows_of
from nominations.services import draft_lists
from nominations.services.draft_lists import NEW, SKIP, Brought, Made, Wanted, bring_in, make_drafts, mend
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.identity import unsealed
from nominations.services.list_drafts import drafts_of
from nominations.services.log import Origin
from nominations.services.messages import Message
from tests.databases import Backend
from tests.integration.services.together import together
from tests.statements import count_statements
from tests.unit.test_sheets import book
from tests.world import World

KEYS = (("first", bytes(range(32))),)
BY = "nominator.xa"
HEADS = ("Loại", "Nhóm tiêu chí", "Họ tên", "Năm sinh", "Số căn cước", "Đơn vị", "Thôn, khu phố", "Diện hộ",
         "Thành tích", "Thành tích từ ngày", "Tiêu chí 1.5.2")  # fmt: skip
ALL = ("household", "individual", "collective")


def line(name: str, **more: str) -> tuple[str, ...]:
    said = {"kind": "Hộ", "group": "", "name": name, "year": "1970", "identity": "", "unit": "", "hamlet": "Thôn 2",
            "class": "Hộ mới thoát nghèo", "what": "Thoát nghèo bền vững.", "from": "01/02/2022",
            "statement": "Giúp bảy hộ."} | more  # fmt: skip
    return tuple(said.values())


def send(world: World, *lines: tuple[str, ...], who: str = BY, heads: tuple[str, ...] = HEADS, **more: object) -> str:
    actor = world.actor(who)
    wanted = Wanted(world.unit_of(who), "tong-ket", "BK-TINH", ALL)
    brought = Brought("danh sách.xlsx", book(heads, *lines))
    origin = Origin(actor=actor.ref)
    ref = bring_in(world.session, actor, world.clock, origin, replace(wanted, **more), brought, KEYS)  # type: ignore[arg-type]
    world.session.rollback()
    return ref


def rows(world: World, ref: str, who: str = BY) -> list[ListRow]:
    seen = viewer(world.session, world.people[who], world.clock.today())
    assert seen is not None
    head = list_head(world.session, seen.actor, ref)
    assert head is not None
    found = rows_of(world.session, seen, head)
    world.session.rollback()
    return found


def states(world: World, ref: str) -> list[str]:
    return [row.state for row in rows(world, ref)]


def make(world: World, ref: str, choices: Mapping[int, str] | None = None, who: str = BY) -> Made:
    actor = world.actor(who)
    made = make_drafts(world.session, actor, world.clock, Origin(actor=actor.ref), ref, choices or {})
    world.session.rollback()
    return made


def faults(row: ListRow) -> dict[str, str]:
    return {field: key for field, (key, _values) in row.faults.items()}


def nomination(world: World, code: str) -> models.Nomination:
    found = world.session.query(models.Nomination).filter_by(code=code).one()
    world.session.expunge_all()
    world.session.rollback()
    return found


def test_a_draft_of_a_row_is_as_a_single_one(world: World) -> None:
    ref = send(world, line("Đinh Văn Một"))
    [row] = rows(world, ref)
    assert (row.number, row.state, row.faults) == (2, "ready", {})
    count = world.session.scalar(select(func.count(models.Nomination.id)))
    world.session.rollback()
    assert make(world, ref) == Made(1, 0, 0, 0)
    [row] = rows(world, ref)
    assert row.state == "made"
    code = str(row.code)
    file = nomination(world, code)
    assert (file.state, file.version, file.subject_group, file.revision_no) == ("draft", 1, "1.5", 0)
    assert file.working == {
        "nominee": {"name": "Đinh Văn Một", "birth_year": 1970, "hamlet": "Thôn 2", "classification": "escaped"},
        "report": {"achievements": "Thoát nghèo bền vững."},
        "proposal": {"period_from": "2022-02-01"},
        "criteria": {"statements": {"1.5.2": "Giúp bảy hộ."}},
    }
    entries = world.session.execute(
        select(models.AuditEntry.act, models.EntryPayload.payload)
        .join(models.EntryPayload, (models.EntryPayload.stream == models.AuditEntry.stream)
              & (models.EntryPayload.cseq == models.AuditEntry.cseq))
        .where(models.AuditEntry.stream == code)
    ).all()  # fmt: skip
    world.session.rollback()
    assert [act for act, _ in entries] == ["create"]
    assert json.loads(entries[0].payload)["list"] == ref
    assert (file.chain_seq, len(file.chain_head)) == (1, 64)
    assert world.session.scalar(select(func.count(models.Nomination.id))) == (count or 0) + 1
    world.session.rollback()
    world.attach_papers(code)
    more = {"proposal": {"achievement": "Thành tích."}, "criteria": world.content("1.5")["criteria"]}
    world.do(BY, code, "save", content=more)
    world.do(BY, code, "submit")
    assert world.state(code) == "commune.intake"


def test_every_fault_is_said_at_its_cell_and_mended_there(world: World) -> None:
    wrong = line("", kind="bạn", year="70", identity="123", unit="không có", **{"class": "giàu", "from": "31/02/2022"})
    ref = send(world, wrong, line("=HYPERLINK(1)", what="+cmd|x", statement="@a"), line("Lò Thị Hai", group="1.6"),
               line("Lò Văn Ba", kind="Cá nhân", group="1.6"))  # fmt: skip
    first, second, third, fourth = rows(world, ref)
    assert faults(first) == {
        "kind": "not_choice", "name": "required", "birth_year": "birth_year", "identity": "identity_number",
        "unit": "unknown_unit",
    }  # fmt: skip
    assert faults(second) == {"name": "required", "achievements": "formula_cell", "criterion:1.5.2": "formula_cell"}
    assert faults(third) == {"group": "not_choice"}
    assert faults(fourth) == {
        "hamlet": "not_for_kind", "classification": "not_for_kind", "criterion:1.5.2": "other_group",
    }  # fmt: skip
    assert make(world, ref) == Made(0, 0, 0, 4)
    actor = world.actor(BY)
    typed = {
        first.id: {"kind": "Hộ", "name": "Lò Văn Một", "birth_year": "1970", "identity": "052070001234", "unit": "",
                   "classification": "", "period_from": "28/02/2022"},
        third.id: {"group": "1.5"},
        fourth.id: {"hamlet": "", "classification": ""},
    }  # fmt: skip
    assert mend(world.session, actor, world.clock, Origin(actor=actor.ref), ref, typed, KEYS) == 2
    assert states(world, ref) == ["ready", "faulty", "ready", "faulty"]
    assert make(world, ref) == Made(2, 0, 0, 2)
    with pytest.raises(NotFound):
        mend(world.session, world.actor("nominator.xa2"), world.clock, Origin(actor=actor.ref), ref, typed, KEYS)


def test_a_formula_in_a_text_cell_is_refused_in_words(world: World) -> None:
    heads = ("Họ tên", "Thành tích")
    actor = world.actor(BY)
    wanted = Wanted(world.unit_of(BY), "tong-ket", "BK-TINH", ("household",))
    pasted = "\t".join(heads) + '\n=HYPERLINK("http://x";"Lò")\t- Nuôi bò\nLò Văn Gạch\t-5 độ vẫn làm\n'
    ref = bring_in(world.session, actor, world.clock, Origin(actor=actor.ref), wanted, Brought(pasted=pasted), KEYS)
    first, second = rows(world, ref)
    assert faults(first) == {"name": "formula_cell"}
    assert second.faults == {}
    assert "công thức" in Message("formula_cell").text("vi")


def test_the_same_list_again_tells_what_is_there(world: World) -> None:
    lines = [line(f"Hà Văn {n}") for n in ("Tư", "Năm", "Sáu")]
    ref = send(world, *lines)
    assert make(world, ref).made == 3
    codes = [row.code for row in rows(world, ref)]
    again = send(world, *lines, line("Hà Văn Bảy"))
    assert states(world, again) == ["there", "there", "there", "ready"]
    assert [row.there for row in rows(world, again)][:3] == codes
    assert make(world, again) == Made(1, 0, 3, 0)
    assert make(world, again) == Made(0, 0, 3, 0)
    assert make(world, ref) == Made(0, 0, 0, 0)
    other = rows(world, again)[0]
    assert make(world, again, {other.id: NEW}) == Made(1, 0, 2, 0)


def test_a_row_that_may_mean_somebody_known_waits(world: World) -> None:
    code = world.draft(kind="household", name="Hộ ông Hồ Văn Tám", round_code="so-ket")
    known = world.session.scalar(
        select(models.Nominee.ref).join(models.Nomination).where(models.Nomination.code == code)
    )
    world.session.rollback()
    ref = send(world, line("Hồ Văn Tám"), line("HO VAN TAM", year=""), line("Hồ Văn Chín"), line("Hồ Văn Chín"))
    first, second, third, fourth = rows(world, ref)
    assert [row.state for row in (first, second, third, fourth)] == ["asked", "asked", "ready", "asked"]
    assert [one.ref for one in first.candidates] == [known]
    assert (second.same_as, fourth.same_as) == ((2,), (4,))
    assert make(world, ref) == Made(1, 0, 3, 0)
    assert make(world, ref, {first.id: str(known), second.id: SKIP, fourth.id: "0" * 32}) == Made(1, 1, 1, 0)
    mine = rows(world, ref)[0]
    assert nomination(world, str(mine.code)).working["nominee"]["name"] == "Hộ ông Hồ Văn Tám"
    assert rows(world, ref)[3].state == "there"


def test_somebody_of_another_unit_is_not_told_of(world: World) -> None:
    world.draft(by="nominator.xa2", kind="household", name="Lý Văn Kín")
    assert states(world, send(world, line("Lý Văn Kín"))) == ["ready"]


def test_an_identity_number_is_kept_sealed_and_finds(world: World) -> None:
    number = "052070009876"
    ref = send(world, line("Mã Văn Mười", identity=number))
    make(world, ref)
    nominee = world.session.query(models.Nominee).filter_by(name="Mã Văn Mười").one()
    assert unsealed(KEYS, nominee.identity_cipher or b"") == number
    kept = world.session.scalars(select(models.DraftListRow.said)).all()
    logged = world.session.scalars(select(models.EntryPayload.payload)).all()
    working = world.session.scalars(select(models.Nomination.working)).all()
    assert number not in json.dumps([list(kept), list(working)]) + str(logged)
    world.session.rollback()
    again = send(world, line("Tên Khác Hẳn", year="1950", identity=number))
    assert states(world, again) == ["there"]


def test_a_unit_that_is_nominated_is_itself(world: World) -> None:
    heads = ("Loại", "Nhóm tiêu chí", "Họ tên", "Mã cơ quan là tập thể")
    ref = send(world, ("Tập thể", "1.1", "Sở", "SGT"), ("Hộ", "", "Hộ A", "SGT"), heads=heads, who="nominator.sgt")
    first, second = rows(world, ref, "nominator.sgt")
    assert faults(second) == {"nominee_unit": "unit_is_collective"}
    assert first.state == "ready"
    assert make(world, ref, who="nominator.sgt").made == 1
    code = str(rows(world, ref, "nominator.sgt")[0].code)
    assert nomination(world, code).nominee_name == "Đơn vị SGT"
    again = send(world, ("Tập thể", "1.1", "Sở", "SGT"), heads=heads, who="nominator.sgt")
    assert [row.there for row in rows(world, again, "nominator.sgt")] == [code]


def test_who_may_and_what_a_list_is_for(world: World) -> None:
    for who in ("appraiser.xa", "head.xa"):
        with pytest.raises(InvalidInput) as found:
            send(world, line("x"), who=who)
        assert found.value.errors["proposing_unit"].key == "not_your_unit"
    for more, field in (({"round_code": "x"}, "round"), ({"form": "GK-XX"}, "form"), ({"kinds": ()}, "kinds"),
                        ({"unit_id": 10**9}, "proposing_unit")):  # fmt: skip
        with pytest.raises(InvalidInput) as found:
            send(world, line("x"), **more)
        assert set(found.value.errors) == {field}
    ref = send(world, line("Không Của Ai"))
    for who in ("nominator.xa2", "appraiser.xa"):
        with pytest.raises(NotFound):
            make(world, ref, who=who)
    actor, wanted = world.actor(BY), Wanted(world.unit_of(BY), "tong-ket", "BK-TINH", ("household",))
    for brought, field, key in (
        (Brought(), "file", "list_empty"),
        (Brought("a", b"Ten\nx"), "file", "table_headings"),
        (Brought("a", b"PK\x03\x04 no"), "file", "table_unreadable"),
        (Brought("a", b"x", "y"), "file", "list_twice"),
        (Brought(pasted="Họ tên\n"), "pasted", "table_empty"),
    ):
        with pytest.raises(InvalidInput) as found:
            bring_in(world.session, actor, world.clock, Origin(actor=actor.ref), wanted, brought, KEYS)
        assert found.value.errors[field].key == key
    world.session.rollback()


def test_pasted_cells_without_headings_stand_as_in_the_template(world: World) -> None:
    actor, wanted = world.actor(BY), Wanted(world.unit_of(BY), "tong-ket", "BK-TINH", ("household",))
    brought = Brought(pasted="\tNông Văn Dán\t1966\r\n\tNông Thị Dán\t1967\r\n")
    ref = bring_in(world.session, actor, world.clock, Origin(actor=actor.ref), wanted, brought, KEYS)
    assert [(row.number, row.said["name"], row.said["birth_year"]) for row in rows(world, ref)] == [
        (1, "Nông Văn Dán", 1966), (2, "Nông Thị Dán", 1967),
    ]  # fmt: skip


def test_what_is_stopped_half_way_goes_on_where_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_lists, "CHUNK", 2)
    ref = send(world, *(line(f"Vi Văn {n}") for n in ("Ba", "Tư", "Năm", "Sáu", "Bảy")))
    once, calls = drafts_of, []

    def stops(*args: object, **kwargs: object) -> dict[int, str]:
        calls.append(1)
        if len(calls) == 2:
            raise OSError("the power goes")
        return once(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(draft_lists, "drafts_of", stops)
    with pytest.raises(OSError, match="power"):
        make(world, ref)
    world.session.rollback()
    assert states(world, ref) == ["made", "made", "ready", "ready", "ready"]
    assert make(world, ref).made == 3
    assert states(world, ref) == ["made"] * 5


def test_three_hundred_drafts(world: World, engine: Engine, record_property: Callable[[str, object], None]) -> None:
    """A commit for each hundred, and as many statements for a hundred as for one; the seconds are recorded."""
    given = ("An", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khoa", "Lan", "Minh", "Nga")
    middle = ("Quốc", "Ngọc", "Thanh", "Hữu", "Đức")
    family = ("Phan", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương")
    names = [f"{f} {m} {g}" for f in family for m in middle for g in given]
    began = time.perf_counter()
    ref = send(world, *(line(name, year=str(1940 + n % 60)) for n, name in enumerate(names)))
    read = time.perf_counter()
    with count_statements(engine) as sent:
        assert make(world, ref) == Made(300, 0, 0, 0)
    record_property("seconds of reading", round(read - began, 2))
    record_property("seconds of making drafts", round(time.perf_counter() - read, 2))
    assert len(sent) < 3 * 40
    entries = select(func.count()).where(models.AuditEntry.act == "create")
    files = select(func.count(models.Nomination.id))
    assert world.session.scalar(entries) == world.session.scalar(files)
    world.session.rollback()


def test_two_who_press_at_once_make_every_draft_once(world: World, engine: Engine, backend: Backend) -> None:
    """The same list from two colleagues, and two lists of the same names: no row twice, nobody twice."""
    world.staff(f"nominator2.{backend}", "21613", ("nominator",))
    names = [f"Kha Văn {n}" for n in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")]
    first, second = send(world, *map(line, names)), send(world, *map(line, names))
    world.session.rollback()
    with together(engine, world, 3) as people:
        answers = people.press(
            lambda w: make(w, first),
            lambda w: make(w, first, who=f"nominator2.{backend}"),
            lambda w: make(w, second),
        )
    assert all(isinstance(answer, Made) for answer in answers), answers
    assert sum(answer.made for answer in answers if isinstance(answer, Made)) == len(names)
    for name in names:
        assert world.session.scalar(select(func.count()).where(models.Nomination.nominee_name == name)) == 1
    world.session.rollback()
