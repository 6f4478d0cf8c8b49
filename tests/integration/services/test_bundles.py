"""Papers over many files: composed, signed once, numbered once; each line its own guards, its own entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from nominations import models
from nominations.documents.bodies import day_words
from nominations.documents.paper import runs
from nominations.queries.actors import Viewer, viewer
from nominations.queries.bundles import bundle, bundles, candidates, groups, lines_of
from nominations.services.actions import Denied
from nominations.services.apply import Applied
from nominations.services.bulk import Line
from nominations.services.bundle_acts import (
    BundleDone,
    BundleRequest,
    number_bundle,
    record_bundle_signature,
    sign_bundle,
)
from nominations.services.bundle_papers import documents_of, shown_together
from nominations.services.bundles import Lineup, compose, drop, recompose
from nominations.services.conflicts import declare
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.quotas import NewQuota, add_quota
from nominations.transactions import write_transaction
from tests.integration.services.plays import Cast, forward
from tests.integration.services.test_bulk import at, entries
from tests.world import REASON, SHA, World

RETURN = {"sections": ["report"], "faults": [{"code": "other", "note": "Thiếu chữ ký.", "section": "report"}]}


def composed(world: World, username: str, codes: Sequence[str]) -> int:
    actor = world.actor(username)
    return compose(world.session, actor, world.clock, Origin(actor=actor.ref), Lineup(codes))


def row_of(world: World, bundle_id: int) -> Any:
    found = world.session.execute(
        select(models.Bundle.version, models.Bundle.number, models.Bundle.signed_at, models.Bundle.supplements_id,
               models.Bundle.outcome, models.Bundle.signed_counts, models.Bundle.content_sha256,
               models.Bundle.submission_id).where(models.Bundle.id == bundle_id)
    ).one()  # fmt: skip
    world.session.rollback()
    return found


def codes_of(world: World, bundle_id: int) -> list[str]:
    found = world.session.scalars(
        select(models.Nomination.code)
        .join(models.BundleLine, models.BundleLine.nomination_id == models.Nomination.id)
        .where(models.BundleLine.bundle_id == bundle_id)
        .order_by(models.BundleLine.position)
    ).all()
    world.session.rollback()
    return list(found)


def asked(world: World, username: str, bundle_id: int, **payload: Any) -> BundleRequest:
    lines = [Line(code, world.version(code)) for code in codes_of(world, bundle_id)]
    seen = row_of(world, bundle_id).version
    return BundleRequest(bundle_id, seen, lines, payload, Origin(actor=world.actor(username).ref))


def sign(world: World, username: str, bundle_id: int, **payload: Any) -> BundleDone:
    said = asked(world, username, bundle_id, **payload)
    return sign_bundle(world.session, world.actor(username), world.clock, said)


def number(world: World, username: str, bundle_id: int, given: str) -> BundleDone:
    said = asked(world, username, bundle_id, number=given, numbered_on=world.clock.today().isoformat())
    return number_bundle(world.session, world.actor(username), world.clock, said)


def passed(done: BundleDone) -> list[bool]:
    return [isinstance(one.outcome, Applied) for one in done.results]


def mixed(world: World, cast: Cast, state: str) -> list[str]:
    """A collective, a household and two persons at one step."""
    kinds = ("individual", "household", "collective", "individual")
    codes = [world.draft(kind=kind, name=f"Trường hợp {kind} {n}") for n, kind in enumerate(kinds)]
    for code in codes:
        forward(world, cast, code, state)
    return codes


def test_a_letter_over_many_files(world: World, cast: Cast) -> None:
    """Composed in the order of papers, signed in one act, one number and day on every line, one letter up."""
    codes = mixed(world, cast, "commune.signature")
    made = composed(world, "appraiser.xa", codes)
    assert codes_of(world, made) == [codes[2], codes[1], codes[0], codes[3]]
    before = {code: len(entries(world, code)) for code in codes}
    assert passed(sign(world, "head.xa", made)) == [True] * 4
    assert {world.state(code) for code in codes} == {"commune.number"}
    assert passed(number(world, "clerk.xa", made, "71")) == [True] * 4
    assert {world.state(code) for code in codes} == {"district.intake"}
    for code in codes:
        assert [act for _step, act in entries(world, code)][-2:] == ["send_up", "number"]
        assert len(entries(world, code)) == before[code] + 2
    decisions = world.session.execute(
        select(
            models.Decision.number, models.Decision.numbered_on, models.Decision.led_by, models.Decision.paper_sha256
        )
        .join(models.Nomination, models.Nomination.id == models.Decision.nomination_id)
        .where(models.Nomination.code.in_(codes))
    ).all()
    assert {(one.number, one.numbered_on, one.paper_sha256) for one in decisions} == {
        ("71", world.clock.today(), row_of(world, made).content_sha256)
    }
    assert sorted(one.led_by is None for one in decisions) == [False, False, False, True]
    letters = world.session.scalars(
        select(models.SubmissionLine.submission_id)
        .join(models.Nomination, models.Nomination.id == models.SubmissionLine.nomination_id)
        .where(models.Nomination.code.in_(codes))
    ).all()
    assert (len(letters), set(letters)) == (4, {row_of(world, made).submission_id})
    stream = world.session.scalars(
        select(models.AuditEntry.act)
        .where(models.AuditEntry.stream.startswith("bundle:"))
        .order_by(models.AuditEntry.at)
    ).all()
    assert [one for one in stream if one in {"compose", "sign", "number"}][-3:] == ["compose", "sign", "number"]
    world.session.rollback()


def test_what_is_refused_stays_off_and_is_told(world: World, cast: Cast) -> None:
    codes = at(world, cast, "commune.signature", 3)
    made = composed(world, "appraiser.xa", codes)
    said = asked(world, "head.xa", made)
    world.do("head.xa", codes[1], "return", **RETURN)
    done = sign_bundle(world.session, world.actor("head.xa"), world.clock, said)
    refused = [one for one in done.results if isinstance(one.outcome, Denied)]
    assert done.done
    assert [one.code for one in refused] == [codes[1]]
    assert codes_of(world, made) == [code for code in said_codes(said) if code != codes[1]]
    assert world.state(codes[1]) == "commune.signature.returned"


def said_codes(said: BundleRequest) -> list[str]:
    return [line.code for line in said.lines]


def test_a_signed_list_is_never_altered(world: World, cast: Cast) -> None:
    """Not by the service, and not by anybody who writes past it."""
    codes = at(world, cast, "commune.signature", 2)
    made = composed(world, "appraiser.xa", codes)
    sign(world, "head.xa", made)
    actor = world.actor("appraiser.xa")
    with pytest.raises(InvalidInput):
        recompose(
            world.session, actor, world.clock, Origin(actor=actor.ref), made,
            Lineup(codes[:1], row_of(world, made).version),
        )  # fmt: skip
    with pytest.raises(InvalidInput):
        drop(world.session, actor, world.clock, Origin(actor=actor.ref), made, row_of(world, made).version)
    for statement in (
        delete(models.BundleLine).where(models.BundleLine.bundle_id == made),
        update(models.BundleLine).where(models.BundleLine.bundle_id == made).values(position=9),
        insert(models.BundleLine).values(bundle_id=made, nomination_id=1, position=8),
    ):
        with pytest.raises(IntegrityError, match="never altered"), write_transaction(world.session):
            world.session.execute(statement)


def test_one_decision_awards_many(world: World, cast: Cast) -> None:
    """One number, one row that leads, an award and a place in the register for each, a bonus list, certificates."""
    codes = mixed(world, cast, "chairman.signature")
    made = composed(world, "office.tinh", codes)
    assert row_of(world, made).outcome == "award"
    assert passed(sign(world, "head.tinh", made)) == [True] * 4
    assert passed(number(world, "clerk.tinh", made, "3105")) == [True] * 4
    rows = world.session.execute(
        select(models.Award.register_no, models.Nomination.code)
        .join(models.Nomination, models.Nomination.id == models.Award.nomination_id)
        .where(models.Nomination.code.in_(codes))
        .order_by(models.Award.register_no)
    ).all()
    numbers = [row.register_no for row in rows]
    assert numbers == list(range(numbers[0], numbers[0] + 4))
    assert [row.code for row in rows] == codes_of(world, made)
    reader = seen_by(world, "head.tinh")
    today = world.clock.today()
    for kind, count in (("paper", 1), ("bonus_list", 1), ("certificates", 4)):
        documents = documents_of(world.session, reader, made, kind, today, "https://vi.du")
        assert len(documents) == count
        assert shown_together(documents, "pdf", kind).startswith(b"%PDF")
    said = repr(documents_of(world.session, reader, made, "paper", today, ""))
    assert "01 tập thể, 01 hộ gia đình, 02 cá nhân" in said
    world.session.rollback()


def test_the_slip_of_a_list_counts_it_and_tells_what_differs_first(world: World, cast: Cast) -> None:
    """Of every line, by its name; for those of the Chairman's office alone, and not for one in conflict with a line."""
    codes = mixed(world, cast, "chairman.check")
    world.do("office.tinh", codes[0], "check", advice="against", reasons="Thành tích còn chung chung.")
    for code in codes[1:]:
        world.do("office.tinh", code, "check", advice="for", reasons="Hồ sơ đủ.")
    made, today = composed(world, "office.tinh", codes), world.clock.today()
    slip = documents_of(world.session, seen_by(world, "head.tinh"), made, "check_slip", today, "")
    said = "".join(run.text for run in runs(slip[0]))
    for words in ("Trường hợp trình: 01 tập thể, 01 hộ gia đình, 02 cá nhân (danh sách kèm theo)", ": 04.",
                  "Ý kiến bảo lưu: Trường hợp individual 0 (office.tinh): Thành tích còn chung chung.",
                  "Thành tích còn chung chung; Hồ sơ đủ"):  # fmt: skip
        assert words in said, words
    assert "[" not in said
    due = world.session.scalar(
        select(func.min(models.Task.due_on))
        .join(models.Nomination, models.Nomination.id == models.Task.nomination_id)
        .where(models.Nomination.code.in_(codes), models.Task.closed_at.is_(None))
    )
    assert due is not None
    assert f"Thời hạn của bước này: {day_words(due).text}; dự kiến có quyết định: ngày" in said
    for output, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert shown_together(slip, output, "slip").startswith(start)
    for stranger in ("appraiser.snv", "head.xa", "nominator.xa"):
        assert documents_of(world.session, seen_by(world, stranger), made, "check_slip", today, "") == []
    world.session.rollback()
    world.staff("office2.tinh", "52", ("office",))
    actor = world.actor("office2.tinh")
    declare(world.session, actor, world.clock, Origin(actor=actor.ref), codes[0], "kin", "Chú ruột.")
    assert documents_of(world.session, seen_by(world, "office2.tinh"), made, "check_slip", today, "") == []
    world.session.rollback()


def seen_by(world: World, username: str) -> Viewer:
    found = viewer(world.session, world.people[username], world.clock.today())
    assert found is not None
    return found


def test_a_hard_quota_keeps_the_third_off(world: World, cast: Cast) -> None:
    codes = [world.draft(form="GK-XA", round_code="hang-nam") for _ in range(3)]
    for code in codes:
        forward(world, cast, code, "commune.signature")
    add_quota(
        world.session, world.clock, Origin(actor="-"),
        NewQuota("hang-nam", "GK-XA", "any", None, 2, hard=True, source="[practice]"),
    )  # fmt: skip
    made = composed(world, "secretary.xa", codes)
    assert passed(sign(world, "head.xa", made)) == [True, True, False]
    assert len(codes_of(world, made)) == 2
    assert passed(number(world, "clerk.xa", made, "12")) == [True, True]


def test_a_number_stands_for_one_paper(world: World, cast: Cast) -> None:
    """Neither another list nor a letter of one file may bear it; a line of a list is not numbered by itself."""
    first, second = (composed(world, "appraiser.xa", at(world, cast, "commune.signature", 2)) for _ in range(2))
    [alone] = at(world, cast, "commune.number", 1)
    for made in (first, second):
        sign(world, "head.xa", made)
    with pytest.raises(InvalidInput, match="number_the_bundle"):
        world.attempt("clerk.xa", codes_of(world, first)[0], "number", number="88", numbered_on=world.clock.today())
    number(world, "clerk.xa", first, "88")
    with pytest.raises(InvalidInput, match="number_taken"):
        number(world, "clerk.xa", second, "88")
    with pytest.raises(InvalidInput, match="number_taken"):
        world.attempt("clerk.xa", alone, "number", number="88", numbered_on=world.clock.today())
    assert row_of(world, second).number is None
    number(world, "clerk.xa", second, "89")


def test_a_returned_line_comes_back_by_a_supplementary_letter(world: World, cast: Cast) -> None:
    """The others go on meanwhile; the supplementary letter names the first, and its line is sent in again."""
    codes = at(world, cast, "commune.signature", 3)
    first = composed(world, "appraiser.xa", codes)
    sign(world, "head.xa", first)
    number(world, "clerk.xa", first, "41")
    world.do("appraiser.huyen", codes[0], "return", mode="chain", **RETURN)
    world.do("appraiser.huyen", codes[1], "accept", arrival_number="5")
    assert world.state(codes[1]) == "district.appraisal"
    again = composed(world, "appraiser.xa", codes[:1])
    row = row_of(world, again)
    assert (row.outcome, row.supplements_id) == ("resubmit", first)
    assert sign(world, "head.xa", again).done
    assert number(world, "clerk.xa", again, "42").done
    reader = seen_by(world, "head.xa")
    [paper] = documents_of(world.session, reader, again, "paper", world.clock.today(), "")
    said = repr(paper)
    assert "bổ sung" in said
    assert "41/TTr-UBND" in said
    assert "42" in said
    world.session.rollback()
    world.do("appraiser.xa", codes[0], "resubmit")
    assert world.state(codes[0]) == "district.intake"
    assert len(codes_of(world, first)) == 3


def test_a_signature_made_outside(world: World, cast: Cast) -> None:
    """Its counts are compared with the lines: what differs must be confirmed."""
    codes = mixed(world, cast, "commune.signature")
    made = composed(world, "appraiser.xa", codes)
    paper = {"signer": "head.xa", "signed_on": world.clock.today().isoformat(), "signed_file": SHA}
    wrong = asked(world, "clerk.xa", made, **paper, counts={"collective": 1, "household": 1, "individual": 3})
    clerk = world.actor("clerk.xa")
    with pytest.raises(InvalidInput, match="bundle_counts_differ"):
        record_bundle_signature(world.session, clerk, world.clock, wrong)
    assert row_of(world, made).signed_at is None
    right = asked(world, "clerk.xa", made, **paper, counts={"collective": 1, "household": 1, "individual": 2})
    done = record_bundle_signature(world.session, clerk, world.clock, right)
    assert passed(done) == [True] * 4
    assert row_of(world, made).signed_counts == {"collective": 1, "household": 1, "individual": 2}
    assert number(world, "clerk.xa", made, "301").done


def test_what_cannot_stand_in_one_paper(world: World, cast: Cast) -> None:
    codes = at(world, cast, "commune.signature", 2)
    [early] = at(world, cast, "commune.appraisal", 1)
    [other] = at(world, cast, "commune.signature", 1, form="GK-XA")
    for wrong in ([codes[0], early], [codes[0], other], [early], [], ["VNN-0-0"]):
        with pytest.raises(InvalidInput):
            composed(world, "appraiser.xa", wrong)
    for stranger in ("appraiser.xa2", "clerk.xa", "nominator.xa"):
        with pytest.raises(NotFound):
            composed(world, stranger, codes)
    made = composed(world, "appraiser.xa", codes)
    with pytest.raises(InvalidInput, match="bundle_elsewhere"):
        composed(world, "secretary.xa", codes)
    actor = world.actor("head.xa")
    with pytest.raises(InvalidInput, match="bundle_stale"):
        sign_bundle(world.session, actor, world.clock, BundleRequest(made, 7, [], {}, Origin(actor=actor.ref)))
    assert passed(sign(world, "appraiser.xa", made)) == [False, False]
    assert row_of(world, made).signed_at is None
    assert codes_of(world, made) == codes_of(world, made)
    origin = Origin(actor=world.actor("appraiser.xa").ref)
    drop(world.session, world.actor("appraiser.xa"), world.clock, origin, made, row_of(world, made).version)
    composed(world, "secretary.xa", codes)


def test_who_sees_a_paper(world: World, cast: Cast) -> None:
    """The unit from the first, the level it went up to once it bears a number, nobody else."""
    codes = at(world, cast, "commune.signature", 2)
    here, above, other = (seen_by(world, name) for name in ("clerk.xa", "appraiser.huyen", "appraiser.xa2"))
    assert any(group.count >= 2 for group in groups(world.session, seen_by(world, "appraiser.xa")))
    made = composed(world, "appraiser.xa", codes)
    there = [bundle(world.session, who, made) is not None for who in (here, above, other)]
    assert there == [True, False, False]
    sign(world, "head.xa", made)
    number(world, "clerk.xa", made, "77")
    there = [bundle(world.session, who, made) is not None for who in (here, above, other)]
    assert there == [True, True, False]
    assert made in [row.id for row in bundles(world.session, above).items]
    assert [line.code for line in lines_of(world.session, above, made)] == codes_of(world, made)
    unit = world.units["21613"]
    assert candidates(world.session, other, (unit, "commune.signature", "BK-TINH", 1)) == ()
    world.session.rollback()


def test_a_departure_is_reasoned_line_by_line(world: World, cast: Cast) -> None:
    """The reason for signing against a vote is given with the whole list, or the line stays off."""
    codes = [world.draft() for _ in range(2)]
    for place, code in enumerate(codes):
        forward(world, cast, code, "commune.council")
        world.vote(code, "xa", 5 if place else 1, 0 if place else 4)
        world.do("secretary.xa", code, "close_ballot")
    made = composed(world, "appraiser.xa", codes)
    done = sign(world, "head.xa", made)
    assert sorted(passed(done)) == [False, True]
    [left] = [one.code for one in done.results if not isinstance(one.outcome, Applied)]
    assert left == codes[0]
    world.do("head.xa", left, "send_up", **REASON)
