"""A small province for tests: one commune, its district, a department, the board and the Chairman, all staffed.

Every duty has its own person, named ``<duty>.<place>``; councils have five members. Flows are the real ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from nominations import models
from nominations.clock import FixedClock
from nominations.names import folded
from nominations.queries.actors import viewer
from nominations.reference import (
    flow_deadlines,
    flow_opinions,
    flow_papers,
    load_award_forms,
    load_movement,
    load_rule_sets,
)
from nominations.services.actions import Denied, Outcome, Request, act
from nominations.services.apply import Applied
from nominations.services.drafts import create
from nominations.services.log import Origin
from nominations.services.nominees import Draft
from nominations.transactions import write_transaction
from workflows import Actor
from workflows.flows import FlowValues, compose, flow_keys

FROM = date(2020, 1, 1)
DISTRICTS_END = date(2025, 6, 30)
START = datetime(2024, 3, 4, 2, 0, tzinfo=UTC)
DUTIES = ("nominator", "appraiser", "secretary", "head", "deputy", "office", "clerk")
PLACES = {
    "52": ("province", "province", None),
    "SNV": ("department", "unit", "52"),
    "SGT": ("department", "unit", "52"),
    "542": ("district", "district", "52"),
    "21613": ("commune", "commune", "542"),
    "21610": ("commune", "commune", "542"),
}
SHORT = {"52": "tinh", "SNV": "snv", "SGT": "sgt", "542": "huyen", "21613": "xa", "21610": "xa2"}
PAPER = b"%PDF-1.4 a paper of the tests"
SHA = hashlib.sha256(PAPER).hexdigest()
GROUPS = {"household": "1.5", "individual": "1.6"}


@dataclass
class World:
    """The province, and how to act in it as anybody."""

    session: Session
    clock: FixedClock = field(default_factory=lambda: FixedClock(START))
    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    numbers: int = 0

    @classmethod
    def found(cls, session: Session) -> World:
        """The province that is already there, for another session."""
        units = {code: row_id for row_id, code in session.execute(select(models.Unit.id, models.Unit.code))}
        people = {name: row_id for row_id, name in session.execute(select(models.Person.id, models.Person.username))}
        session.rollback()
        return cls(session, units=units, people=people)

    def actor(self, username: str) -> Actor:
        """The person as the rules see them today."""
        found = viewer(self.session, self.people[username], self.clock.today())
        assert found is not None
        self.session.rollback()
        return found.actor

    def draft(self, *, by: str = "nominator.xa", form: str = "BK-TINH", kind: str = "household", **more: Any) -> str:
        """A complete draft, its papers attached; the code of the file."""
        actor = self.actor(by)
        self.numbers += 1
        draft = Draft(
            round_code=more.pop("round_code", "tong-ket"),
            form=form,
            proposing_unit_id=self.unit_of(by),
            subject_kind=kind,
            subject_group=more.pop("group", None) or GROUPS.get(kind, "1.7"),
            name=more.pop("name", f"Hộ ông Đinh Văn {self.numbers}"),
            nominee_ref=more.pop("nominee_ref", None),
            nominee_unit_id=more.pop("nominee_unit_id", None),
        )
        code = create(self.session, actor, self.clock, Origin(actor=actor.ref), draft).code
        self.attach_papers(code)
        self.do(by, code, "save", content=more.pop("content", None) or self.content(draft.subject_group))
        return code

    def content(self, group: str) -> dict[str, Any]:
        """Words in every section, a statement for every criterion of the group."""
        criteria = [c.code for g in load_movement().groups if g.group_no == group for c in g.criteria]
        return {
            "criteria": {"statements": dict.fromkeys(criteria, "Đã thực hiện tốt trong ba năm.")},
            "report": {"achievements": "Giúp bảy hộ trong thôn thoát nghèo."},
            "proposal": {"achievement": f"Thành tích số {self.numbers}"},
        }

    def attach_papers(self, code: str) -> None:
        """Every required paper of the form, as rows."""
        with write_transaction(self.session):
            row = self.session.execute(
                select(models.Nomination.id, models.Nomination.form, models.Nomination.created_by).where(
                    models.Nomination.code == code
                )
            ).one()
            kinds = {paper["kind"] for paper in flow_papers(row.form, "R2", 3)}
            for kind in sorted(kinds):
                values = {
                    "nomination_id": row.id, "sha256": SHA, "kind": kind, "section": "papers", "name": f"{kind}.pdf",
                    "added_by": row.created_by, "added_at": self.clock.now(),
                }  # fmt: skip
                self.session.execute(insert(models.NominationFile).values(values))

    def same_person(self, *codes: str) -> None:
        """The nominees of these files turn out to be one: entered apart, under one identity number."""
        one = select(models.Nomination.nominee_id).where(models.Nomination.code.in_(codes))
        digest = hashlib.sha256(repr(codes).encode()).hexdigest()
        with write_transaction(self.session):
            self.session.execute(
                update(models.Nominee)
                .where(models.Nominee.id.in_(one))
                .values(identity_cipher=b"-", identity_hash=digest)
            )

    def unit_of(self, username: str) -> int:
        """The unit of a test person, by the second part of the name."""
        place = username.split(".")[1]
        return self.units[next(code for code, short in SHORT.items() if short == place)]

    def attempt(self, username: str, code: str, action: str, *, key: str | None = None, **payload: Any) -> Outcome:
        """Do an action on the file's present version, whatever comes of it."""
        actor = self.actor(username)
        seen = payload.pop("seen", None) or self.version(code)
        origin = Origin(actor=actor.ref, request_key=key)
        return act(self.session, actor, self.clock, Request(code, action, seen, payload, origin))

    def do(self, username: str, code: str, action: str, **payload: Any) -> Applied:
        """Do an action that must be accepted."""
        outcome = self.attempt(username, code, action, **payload)
        assert isinstance(outcome, Applied), f"{username} {action}: {outcome}"
        self.clock.move(hours=1)
        return outcome

    def refused(self, username: str, code: str, action: str, **payload: Any) -> str:
        """Do an action that must be refused; the guard's name."""
        outcome = self.attempt(username, code, action, **payload)
        assert isinstance(outcome, Denied), f"{username} {action} was accepted: {outcome}"
        return outcome.refused.guard

    def version(self, code: str) -> int:
        """The version now."""
        found = self.session.scalar(select(models.Nomination.version).where(models.Nomination.code == code))
        self.session.rollback()
        return found or 0

    def state(self, code: str) -> str:
        """The state now."""
        found = self.session.scalar(select(models.Nomination.state).where(models.Nomination.code == code))
        self.session.rollback()
        return found or ""

    def vote(self, code: str, place: str, agree: int, disagree: int = 0) -> None:
        """Cast that many ballots by members of the council of ``place``."""
        for number in range(agree + disagree):
            choice = "agree" if number < agree else "disagree"
            self.do(f"member{number + 1}.{place}", code, "ballot", choice=choice)

    def through_stage(self, code: str, place: str, *, agree: int = 5, sign: str = "send_up") -> None:
        """From a stage's first step to its number, the council agreeing."""
        council = {"snv": "tinh"}.get(place, place)
        if place == "sgt":
            self.do(f"appraiser.{place}", code, "check", advice="for", reasons="Đủ điều kiện.")
        else:
            self.do(f"appraiser.{place}", code, "accept", arrival_number="12")
            self.do(f"appraiser.{place}", code, "recommend", advice="for", reasons="Đủ điều kiện.")
        self.vote(code, council, agree, 5 - agree)
        self.do(f"secretary.{place}", code, "close_ballot")
        self.do(f"head.{place}", code, sign, **REASON if agree < 3 else {})
        self.number(code, place)

    def staff(self, username: str, code: str, duties: tuple[str, ...]) -> str:
        """One more person, with several duties at one unit."""
        with write_transaction(self.session):
            _person(self, username, code, None)
            for duty in duties:
                self.session.add(
                    models.Post(
                        person_id=self.people[username],
                        unit_id=self.units[code],
                        duty=duty,
                        title=duty,
                        valid_from=FROM,
                    )
                )
        return username

    @contextmanager
    def on(self, day: date) -> Iterator[None]:
        """For a while it is that day."""
        before = self.clock.instant
        self.clock.instant = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        yield
        self.clock.instant = before

    def number(self, code: str, place: str) -> Applied:
        """The clerk's number, a new one each time."""
        self.numbers += 1
        return self.do(f"clerk.{place}", code, "number", number=f"{self.numbers}", numbered_on=self.clock.today())

    def number_act(self, code: str, place: str) -> Applied:
        """The number of an annulment or correction."""
        self.numbers += 1
        return self.do(f"clerk.{place}", code, "number_act", number=f"{self.numbers}", numbered_on=self.clock.today())


REASON = {"reason_code": "criteria_weighed_anew", "reasons": "Thành tích nổi bật, có xác nhận của thôn."}


def make_world(session: Session) -> World:
    """Write the province; one commit."""
    world = World(session)
    with write_transaction(session):
        session.add(models.Setting(key="log_origin", value="tests/nhat-ky", updated_at=START))
        _law(session)
        _movement(session)
        for code, (kind, level, parent) in PLACES.items():
            _unit(world, code, kind, level, parent)
        for code, place in SHORT.items():
            for duty in DUTIES:
                _person(world, f"{duty}.{place}", code, duty)
            _council(world, code, place)
        _round(world)
        session.execute(
            insert(models.File).values(sha256=SHA, size=len(PAPER), media_type="application/pdf", stored_at=START)
        )
    return world


def _law(session: Session) -> None:
    for form in load_award_forms():
        session.add(
            models.AwardForm(
                code=form.code, name=form.name.vi, name_en=form.name.en, family=form.family,
                issuer_level=form.issuer_level, source=form.source,
            )
        )  # fmt: skip
    for rules in load_rule_sets():
        session.add(
            models.RuleSet(
                code=rules.code, valid_from=rules.valid_from, valid_to=rules.valid_to, name=rules.name.vi, basis=[],
                source=rules.source,
            )
        )  # fmt: skip
    session.flush()
    for key in flow_keys():
        content = compose(key, FlowValues(flow_papers(*key), flow_deadlines(*key), opinions=flow_opinions(*key)))
        session.add(
            models.WorkflowVersion(
                form=key.form, rule_set=key.rule_set, tiers=key.tiers, number=1, content=content,
                sha256=hashlib.sha256(content).hexdigest(), published_at=START,
            )
        )  # fmt: skip
    session.flush()


def _movement(session: Session) -> None:
    plan = load_movement()
    movement = models.Movement(
        code="vnn", title="Vì người nghèo", title_en="For the poor", starts_on=FROM, ends_on=date(2025, 12, 31),
        content={}, settings=dict(plan.setting_values), source="[plan]",
    )  # fmt: skip
    session.add(movement)
    session.flush()
    for group in plan.groups:
        session.add(
            models.CriteriaGroup(
                movement_id=movement.id, version=1, group_no=group.group_no, title=group.title,
                subject_kinds=list(group.subject_kinds), source="[plan]",
            )
        )  # fmt: skip
        for position, c in enumerate(group.criteria):
            session.add(
                models.Criterion(
                    movement_id=movement.id, version=1, valid_from=FROM, code=c.code, group_no=group.group_no,
                    position=position, text=c.text, kind=c.kind, applies_to=dict(c.applies_to), required=c.required,
                    evidence=c.evidence, source="[plan]",
                )
            )  # fmt: skip
    session.flush()


def _unit(world: World, code: str, kind: str, level: str, parent: str | None) -> None:
    above = world.units.get(parent or "")
    unit = models.Unit(
        code=code, valid_from=FROM, valid_to=DISTRICTS_END if level == "district" else None, name=f"Đơn vị {code}",
        name_folded=folded(f"Đơn vị {code}"), kind=kind, level=level, parent_id=above, path="", source="[practice]",
        area_class="III" if level == "commune" else None,
    )  # fmt: skip
    world.session.add(unit)
    world.session.flush()
    up = world.session.get(models.Unit, above) if above else None
    unit.path = f"{up.path if up is not None else '/'}{unit.id}/"
    world.session.flush()
    world.units[code] = unit.id


def _person(world: World, username: str, code: str, duty: str | None) -> int:
    person = models.Person(
        username=username, password_hash="-", full_name=username, name_folded=username, created_at=START
    )
    world.session.add(person)
    world.session.flush()
    world.people[username] = person.id
    if duty is not None:
        world.session.add(
            models.Post(person_id=person.id, unit_id=world.units[code], duty=duty, title=duty, valid_from=FROM)
        )
    return person.id


def _council(world: World, code: str, place: str) -> None:
    council = models.Council(unit_id=world.units[code], name=f"Hội đồng {place}", valid_from=FROM)
    world.session.add(council)
    world.session.flush()
    for number in range(1, 6):
        person = _person(world, f"member{number}.{place}", code, None)
        world.session.add(models.CouncilSeat(council_id=council.id, person_id=person, role="member", valid_from=FROM))
    world.session.flush()


def _round(world: World) -> None:
    movement = world.session.scalar(select(models.Movement.id))
    for code, kind, opens, closes in (
        ("so-ket", "midterm", date(2023, 1, 1), date(2023, 12, 31)),
        ("tong-ket", "final", date(2024, 1, 1), date(2025, 12, 31)),
        ("hang-nam", "annual", date(2021, 1, 1), date(2025, 12, 31)),
    ):
        found = models.Round(
            code=code, movement_id=movement, title=code, kind=kind, issuing_unit_id=world.units["52"], opens_on=opens,
            closes_on=closes, achievement_from=FROM, achievement_to=closes, settings={},
        )  # fmt: skip
        world.session.add(found)
        world.session.flush()
        for form in ("GK-XA", "GK-HUYEN", "GK-SO", "GK-DN", "BK-TINH", "BK-TTG"):
            world.session.add(models.RoundForm(round_id=found.id, form=form))


Reason = Mapping[str, str]
