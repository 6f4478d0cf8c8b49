"""A round as officials work it: 300 cases from 20 communes, each level taking them by list, one decision at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from nominations import models
from nominations.database import create_session_factory
from nominations.queries.actors import viewer
from nominations.services.apply import Applied
from nominations.services.bulk import Line, ManyRequest, act_many
from nominations.services.bundle_acts import BundleRequest, number_bundle, sign_bundle
from nominations.services.bundle_papers import documents_of, shown_together
from nominations.services.bundles import Lineup, compose
from nominations.services.log import Origin
from nominations.transactions import write_transaction
from tests import world as province
from tests.databases import Backend
from tests.world import SHA, World, make_world

COMMUNES, EACH = 20, 15
KINDS = ("collective", "household", "individual")
OPINION = {"advice": "for", "reasons": "Đủ điều kiện, đã đối chiếu hồ sơ."}
COUNTS = {"issued": 5, "returned": 5, "valid": 5, "agree": 5, "disagree": 0, "abstain": 0, "minutes_sha": SHA}


@pytest.fixture(scope="module")
def world(engine: Engine) -> Iterator[World]:
    """The province with twenty communes, each with its people and its council."""
    with create_session_factory(engine)() as session:
        made = make_world(session)
        with write_transaction(session):
            for number in range(COMMUNES):
                code, place = f"3{number:04}", f"xa{number + 10}"
                province._unit(made, code, "commune", "commune", "542")
                province.SHORT[code] = place
                for duty in province.DUTIES:
                    province._person(made, f"{duty}.{place}", code, duty)
                province._council(made, code, place)
        yield made
        for number in range(COMMUNES):
            del province.SHORT[f"3{number:04}"]


class Round:
    """Everybody's part in it, list by list; ``seconds`` tells how long each kind of work took."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.seconds: dict[str, float] = {}

    def many(self, who: str, action: str, codes: Sequence[str], payload: dict[str, Any]) -> None:
        """One act on all of them, which must be taken on each."""
        world = self.world
        versions = self.versions(codes)
        asked = ManyRequest(
            action, [Line(code, versions[code]) for code in codes], payload, Origin(actor=world.actor(who).ref)
        )
        began = time.perf_counter()
        done = act_many(world.session, world.actor(who), world.clock, asked)
        self.took("acts on many", began)
        refused = [one for one in done if not isinstance(one.outcome, Applied)]
        assert not refused, refused[:3]
        world.clock.move(hours=1)

    def listed(self, composer: str, head: str, clerk: str, codes: Sequence[str], number: str) -> int:
        """One paper over all of them: composed, signed, numbered."""
        world = self.world
        origin = Origin(actor=world.actor(composer).ref)
        began = time.perf_counter()
        made = compose(world.session, world.actor(composer), world.clock, origin, Lineup(codes))
        self.took("composing", began)
        for who, service, payload in (
            (head, sign_bundle, {}),
            (clerk, number_bundle, {"number": number, "numbered_on": world.clock.today().isoformat()}),
        ):
            versions = self.versions(codes)
            seen = world.session.scalar(select(models.Bundle.version).where(models.Bundle.id == made)) or 0
            world.session.rollback()
            lines = [Line(code, versions[code]) for code in codes]
            asked = BundleRequest(made, seen, lines, payload, Origin(actor=world.actor(who).ref))
            began = time.perf_counter()
            done = service(world.session, world.actor(who), world.clock, asked)
            self.took("signing and numbering lists", began)
            assert [one for one in done.results if not isinstance(one.outcome, Applied)] == []
            world.clock.move(hours=1)
        return made

    def counted(self, place: str, council: str, codes: Sequence[str]) -> None:
        """The council's paper ballots, counted by two."""
        self.many(f"secretary.{place}", "record_counts", codes, COUNTS)
        self.many(f"member1.{council}", "confirm_counts", codes, {})
        self.many(f"secretary.{place}", "close_ballot", codes, {})

    def versions(self, codes: Sequence[str]) -> dict[str, int]:
        """The version of each file now."""
        rows = self.world.session.execute(
            select(models.Nomination.code, models.Nomination.version).where(models.Nomination.code.in_(codes))
        )
        found = {row.code: row.version for row in rows}
        self.world.session.rollback()
        return found

    def took(self, what: str, began: float) -> None:
        """Add to what a kind of work took."""
        self.seconds[what] = self.seconds.get(what, 0) + time.perf_counter() - began


def test_a_round_of_three_hundred_lines(world: World, backend: Backend, record_property: Any) -> None:
    play = Round(world)
    by_commune: dict[str, list[str]] = {}
    for number in range(COMMUNES):
        place = f"xa{number + 10}"
        for n in range(EACH):
            kind = KINDS[n % 3]
            code = world.draft(by=f"nominator.{place}", kind=kind, name=f"Trường hợp {number}-{n}")
            by_commune.setdefault(place, []).append(code)
    for place, codes in by_commune.items():
        play.many(f"nominator.{place}", "submit", codes, {})
        play.many(f"appraiser.{place}", "accept", codes, {"arrival_number": "12"})
        play.many(f"appraiser.{place}", "recommend", codes, OPINION)
        play.counted(place, place, codes)
        play.listed(f"secretary.{place}", f"head.{place}", f"clerk.{place}", codes, f"{place}")
    everybody = [code for codes in by_commune.values() for code in codes]
    for place, council in (("huyen", "huyen"), ("snv", "tinh")):
        play.many(f"appraiser.{place}", "accept", everybody, {"arrival_number": "90"})
        play.many(f"appraiser.{place}", "recommend", everybody, OPINION)
        play.counted(place, council, everybody)
        play.listed(f"secretary.{place}", f"head.{place}", f"clerk.{place}", everybody, f"tr-{place}")
    play.many("office.tinh", "check", everybody, OPINION)
    made = play.listed("office.tinh", "head.tinh", "clerk.tinh", everybody, "3105")
    _awarded(world, everybody)
    _papers(world, made, play)
    record_property("lines", len(everybody))
    for what, seconds in play.seconds.items():
        record_property(f"s {what}", round(seconds, 1))
    print(backend, {what: round(seconds, 2) for what, seconds in play.seconds.items()})


def _awarded(world: World, codes: Sequence[str]) -> None:
    """Everyone is in the register without a gap, under one number that one row leads; every chain is whole."""
    rows = world.session.execute(
        select(models.Award.register_no, models.Decision.number, models.Decision.led_by)
        .join(models.Decision, models.Decision.id == models.Award.decision_id)
        .join(models.Nomination, models.Nomination.id == models.Award.nomination_id)
        .where(models.Nomination.code.in_(codes))
        .order_by(models.Award.register_no)
    ).all()
    assert [row.register_no for row in rows] == list(range(1, len(codes) + 1))
    assert {row.number for row in rows} == {"3105"}
    assert sum(row.led_by is None for row in rows) == 1
    entries = world.session.execute(
        select(models.AuditEntry.stream, models.AuditEntry.cseq, models.AuditEntry.hash, models.AuditEntry.cprev)
        .where(models.AuditEntry.nomination.is_not(None))
        .order_by(models.AuditEntry.stream, models.AuditEntry.cseq)
    ).all()
    for _stream, chain in groupby(entries, lambda entry: entry.stream):
        before = "0" * 64
        for number, entry in enumerate(chain, 1):
            assert (entry.cseq, entry.cprev) == (number, before)
            before = entry.hash
    states = world.session.scalar(
        select(func.count()).select_from(models.Nomination).where(models.Nomination.state == "awarded")
    )
    assert states == len(codes)
    world.session.rollback()


def _papers(world: World, made: int, play: Round) -> None:
    """The decision with its annex, the bonus list, and 300 certificates in one PDF."""
    reader = viewer(world.session, world.people["clerk.tinh"], world.clock.today())
    assert reader is not None
    for kind in ("paper", "bonus_list", "certificates"):
        began = time.perf_counter()
        documents = documents_of(world.session, reader, made, kind, world.clock.today(), "https://vi.du")
        assert shown_together(documents, "pdf", kind).startswith(b"%PDF")
        play.took(f"PDF: {kind}", began)
    world.session.rollback()
