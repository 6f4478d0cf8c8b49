"""Complaints and discipline against a nominee: who records and closes them, what they stop, who reads them."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from nominations import models
from nominations.queries.actors import viewer
from nominations.queries.detail import detail
from nominations.queries.nominees import find_nominees, known, marks, may_read
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, Receipt
from nominations.services.marks import NewMark, close_mark, record_mark
from nominations.transactions import write_transaction
from tests.world import SHA, World

COMPLAINT = NewMark("complaint", "01/03/2024", "Đơn số 7 ngày 01/03/2024", "Có đơn về số liệu.")


def nominee_of(world: World, code: str) -> tuple[str, int]:
    ref, row_id = world.session.execute(
        select(models.Nominee.ref, models.Nominee.id).join(models.Nomination).where(models.Nomination.code == code)
    ).one()
    world.session.rollback()
    return ref, row_id


def put(world: World, who: str, ref: str, new: NewMark = COMPLAINT, key: str | None = None) -> Receipt:
    actor = world.actor(who)
    try:
        return record_mark(world.session, actor, world.clock, Origin(actor=actor.ref, request_key=key), ref, new)
    finally:
        world.session.rollback()


def end(world: World, who: str, ref: str, on: str | None = None, reasons: str = "Đơn không đúng sự thật.") -> Receipt:
    actor = world.actor(who)
    _ref, nominee = ref, world.session.scalar(select(models.Nominee.id).where(models.Nominee.ref == ref))
    mark = marks(world.session, nominee or 0)[0].id
    world.session.rollback()
    try:
        return close_mark(world.session, actor, world.clock, Origin(actor=actor.ref), ref, mark, on, reasons)
    finally:
        world.session.rollback()


def read(world: World, who: str, ref: str) -> list[str | None] | None:
    """The documents of the marks somebody reads on the nominee's page; None where it is not there."""
    found = known(world.session, world.actor(who), ref)
    said = None if found is None else [m.document for m in marks(world.session, found.id) if may_read(found, m)]
    world.session.rollback()
    return said


def on_file(world: World, who: str, code: str) -> list[str | None]:
    """The documents of the marks somebody reads on the file's page."""
    person = viewer(world.session, world.people[who], world.clock.today())
    assert person is not None
    found = detail(world.session, person, code, world.clock.today())
    world.session.rollback()
    return [mark.document for mark in found.marks] if found is not None else []


def wrong(world: World, ref: str, new: NewMark) -> dict[str, str]:
    with pytest.raises(InvalidInput) as found:
        put(world, "appraiser.xa", ref, new)
    return {field: message.key for field, message in found.value.errors.items()}


def to_signature(world: World) -> tuple[str, str]:
    """A file that waits for the commune's signature, and its nominee."""
    code = world.draft(kind="individual")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="12")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ.")
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    return code, nominee_of(world, code)[0]


def test_a_complaint_stops_the_signature_until_it_is_closed(world: World) -> None:
    code, ref = to_signature(world)
    put(world, "appraiser.xa", ref)
    assert world.refused("head.xa", code, "send_up") == "open_complaint"
    end(world, "appraiser.xa", ref)
    world.do("head.xa", code, "send_up")


def test_discipline_stops_it_until_the_day_it_is_served(world: World) -> None:
    code, ref = to_signature(world)
    served = date(world.clock.today().year, 12, 31)
    put(world, "appraiser.xa", ref, NewMark("discipline", "01/02/2024", "QĐ 9", "", served))
    assert world.refused("head.xa", code, "send_up") == "discipline_not_served"
    with world.on(served):
        world.do("head.xa", code, "send_up")


def test_it_is_an_entry_of_a_stream_of_its_own(world: World) -> None:
    _code, ref = to_signature(world)
    receipt = put(world, "appraiser.xa", ref)
    assert receipt.stream == "nominees"
    end(world, "head.xa", ref)
    acts = world.session.scalars(
        select(models.AuditEntry.act).where(models.AuditEntry.stream == "nominees").order_by(models.AuditEntry.cseq)
    ).all()
    assert list(acts)[-2:] == ["record_mark", "close_mark"]
    said = json.loads(world.session.get_one(models.EntryPayload, ("nominees", receipt.cseq)).payload or b"{}")
    assert (said["code"], said["kind"], said["document"]) == (ref, "complaint", COMPLAINT.document)


def test_who_may_record_and_who_may_close(world: World) -> None:
    code = world.draft(kind="individual")
    ref = nominee_of(world, code)[0]
    for stranger in ("appraiser.huyen", "appraiser.xa2", "nominator.xa", "clerk.xa", "member1.xa", "head.xa"):
        with pytest.raises(NotFound):
            put(world, stranger, ref)
    put(world, "appraiser.xa", ref)  # the home unit
    world.do("nominator.xa", code, "submit")
    with pytest.raises(NotFound):
        put(world, "appraiser.huyen", ref)  # not reached yet
    world.staff("second.xa", "21613", ("appraiser",)) if "second.xa" not in world.people else None
    for stranger in ("second.xa", "head.huyen", "secretary.xa", "clerk.xa"):
        with pytest.raises(NotFound):
            end(world, stranger, ref)
    end(world, "deputy.xa", ref)
    with pytest.raises(InvalidInput) as found:
        end(world, "appraiser.xa", ref)
    assert found.value.errors["closed_on"].key == "already_ended"


def test_the_units_above_read_what_lower_ones_recorded_and_not_the_other_way(world: World) -> None:
    code, ref = to_signature(world)
    world.do("head.xa", code, "send_up")
    world.number(code, "xa")
    put(world, "appraiser.xa", ref, NewMark("discipline", "01/02/2024", "QĐ của xã", "", "10/02/2024"))
    put(world, "appraiser.huyen", ref, NewMark("complaint", "01/03/2024", "Đơn ở huyện", ""))
    both = {"Đơn ở huyện", "QĐ của xã"}
    assert set(read(world, "appraiser.huyen", ref) or ()) == both == set(on_file(world, "head.huyen", code))
    assert read(world, "appraiser.xa", ref) == ["QĐ của xã"] == on_file(world, "appraiser.xa", code)
    assert on_file(world, "nominator.xa", code) == []
    for nobody in ("appraiser.xa2", "appraiser.sgt", "nominator.xa", "clerk.huyen"):
        assert read(world, nobody, ref) is None


def test_while_a_file_is_suspended_only_that_unit_reads_what_it_recorded(world: World) -> None:
    code, ref = to_signature(world)
    put(world, "appraiser.xa", ref)
    watcher = "auditor.tinh" if "auditor.tinh" in world.people else world.staff("auditor.tinh", "52", ("auditor",))
    over = "supervisor.huyen"
    if over not in world.people:
        world.staff(over, "542", ("supervisor",))
    assert on_file(world, over, code) == [COMPLAINT.document]
    world.do("appraiser.xa", code, "propose_hold", ground="complaint", reasons="Chờ kết luận.")
    world.do("head.xa", code, "hold")
    assert on_file(world, "head.xa", code) == [COMPLAINT.document]
    assert on_file(world, watcher, code) == [COMPLAINT.document]
    assert on_file(world, over, code) == []


@pytest.mark.parametrize("role", ["self", "member", "declared", "unit"])
def test_nobody_in_conflict_reads_records_or_finds_it(world: World, role: str) -> None:
    kind = "collective" if role in {"member", "unit"} else "individual"
    more = {"group": "1.7"} if kind == "collective" else {}
    code = world.draft(kind=kind, name=f"Trường hợp {role} xung khắc", **more)
    ref, row_id = nominee_of(world, code)
    world.do("nominator.xa", code, "submit")
    put(world, "appraiser.xa", ref)
    who = f"{role}.specialist"
    if who not in world.people:
        world.staff(who, "21613", ("appraiser",))
    assert read(world, who, ref) == [COMPLAINT.document]
    with write_transaction(world.session) as session:
        person = world.people[who]
        if role == "unit":
            session.get_one(models.Nominee, row_id).unit_id = world.units["21613"]
        elif role == "declared":
            kept = {"person_id": person, "nominee_id": row_id, "kind": "kin", "declared_at": world.clock.now()}
            session.add(models.ConflictDeclaration(**kept))
        else:
            session.add(models.NomineePerson(nominee_id=row_id, person_id=person, role=role))
    assert read(world, who, ref) is None
    assert find_nominees(world.session, world.actor(who), f"{role} xung khắc") == ()
    with pytest.raises(NotFound):
        put(world, who, ref)
    with pytest.raises(NotFound):
        end(world, who, ref)


def test_nominees_are_found_by_their_units_alone(world: World) -> None:
    world.draft(kind="individual", name="Lò Văn Duy Nhất")
    found = {who: [n.name for n in find_nominees(world.session, world.actor(who), "duy nhat")]
             for who in ("appraiser.xa", "head.xa", "appraiser.xa2", "appraiser.huyen", "clerk.xa")}  # fmt: skip
    assert found == {
        "appraiser.xa": ["Lò Văn Duy Nhất"], "head.xa": ["Lò Văn Duy Nhất"], "appraiser.xa2": [],
        "appraiser.huyen": [], "clerk.xa": [],
    }  # fmt: skip
    assert find_nominees(world.session, world.actor("appraiser.xa"), "%") == ()


def test_what_cannot_be_is_said_at_its_field(world: World) -> None:
    ref = nominee_of(world, world.draft(kind="individual"))[0]
    nothing = NewMark(None, None, None, None)
    assert wrong(world, ref, nothing) == {"kind": "required", "opened_on": "required", "document": "required"}
    assert wrong(world, ref, NewMark("gossip", "31/02/2024", "a\x00", "x" * 20_001)) == {
        "kind": "not_choice", "opened_on": "not_date", "document": "not_text", "note": "too_long",
    }  # fmt: skip
    assert wrong(world, ref, NewMark("complaint", "05/03/2999", "Đơn", "")) == {"opened_on": "day_out_of_range"}
    assert wrong(world, ref, NewMark("complaint", "31/12/2099", "Đơn", "")) == {"opened_on": "in_future"}
    assert wrong(world, ref, NewMark("discipline", "05/01/2024", "QĐ", "", "04/01/2024")) == {
        "closed_on": "period_order"
    }
    assert wrong(world, ref, NewMark("complaint", "05/01/2024", "Đơn", "", "06/01/2024")) == {
        "closed_on": "complaint_open"
    }
    assert wrong(world, ref, NewMark("complaint", "05/01/2024", "Đơn", "", None, "f" * 64)) == {
        "document_sha": "unknown_file"
    }
    put(world, "appraiser.xa", ref, NewMark("complaint", "05/01/2024", "Đơn", "", None, SHA))


def test_pressed_twice_it_is_recorded_once(world: World) -> None:
    ref, row_id = nominee_of(world, world.draft(kind="individual"))
    first = put(world, "appraiser.xa", ref, key="mark-once")
    assert put(world, "appraiser.xa", ref, key="mark-once") == first
    assert len(marks(world.session, row_id)) == 1
    with pytest.raises(InvalidInput) as found:
        put(world, "appraiser.xa", ref, NewMark("discipline", "01/02/2024", "QĐ", ""), key="mark-once")
    assert found.value.errors["Idempotency-Key"].key == "key_reused"
