"""Facts for papers out of what was read: plain values, with only those stages' words that the reader may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from nominations.clock import WORKING_ZONE
from nominations.documents.bodies import full_name, head_of, is_acting, is_committee
from nominations.documents.facts import (
    Advice,
    After,
    Arrival,
    Body,
    Count,
    Facts,
    Line,
    Member,
    Money,
    Posted,
    Registered,
    SentBack,
    Signed,
    Stead,
    Vote,
)
from nominations.documents.kinds.review import share
from nominations.reference import committee_basis
from nominations.services.reasons import reason_words
from workflows import Workflow
from workflows.bonus import Bonus, BonusTables, bonus
from workflows.sentences import section_label

Raw = Mapping[str, Any]
Row = Sequence[Any]
WHY = ("not_award_reason", "against_vote_reason")
CAUSES: Mapping[str, str] = {
    "lost": "bị mất",
    "spoiled": "bị hư hỏng",
    "corrected": "nội dung đã được đính chính",
}
ABROAD = ("central_awarded", "central_not_awarded")


@dataclass(frozen=True, slots=True)
class Reading:
    """How far somebody reads: the content for them, the stages whose words they may have (None: all), and when."""

    content: Mapping[str, Any]
    stages: frozenset[str] | None
    stage: str
    today: date
    public_url: str


def facts_of(raw: Raw, workflow: Workflow, tables: BonusTables, reading: Reading) -> Facts:
    """Everything a paper of this file may say to this reader."""
    bodies = dict(map(_body, raw["bodies"]))
    by_stage = {stage: bodies[unit] for stage, unit in dict(raw["path"]).items() if unit in bodies}
    decisions = tuple(map(_signed, _ordered(raw["decisions"])))
    votes = tuple(vote for vote in map(_vote, _ordered(raw["votes"])) if _may(reading, vote.stage))
    deciding = next((name for name, stage in workflow.stages.items() if stage.deciding), "central")
    home = bodies[raw["home_unit"]]
    issuer = by_stage.get(reading.stage, home)
    award = _award(raw["award"], reading.public_url)
    acts = tuple(map(act_of, _ordered(raw["acts"])))
    labels = {paper.kind: paper.label["vi"] for paper in workflow.papers}
    facts = Facts(
        code=raw["code"],
        form=raw["form"],
        form_label=_form_label(raw["form_name"], by_stage.get(deciding)),
        subject_kind=raw["subject_kind"],
        nominee=raw["nominee_name"],
        movement=raw["movement"],
        round_title=raw["round_title"],
        entry_stage=raw["entry_stage"],
        deciding_stage=deciding,
        home=home,
        bodies=by_stage,
        lines=(),
        today=reading.today,
        content=_put_right(reading.content, acts),
        basis=_basis(workflow, issuer, reading.today),
        decisions=decisions,
        votes=votes,
        advice=tuple(one for one in map(_advice, _ordered(raw["advice"])) if _may(reading, one.stage)),
        returns=tuple(map(_sent_back, _ordered(raw["returns"]))),
        arrivals=tuple(_arrival(one, raw["papers"], labels) for one in _ordered(raw["arrivals"])),
        award=award,
        posting=_posted(raw["postings"]),
        acts=acts,
        moved=(*raw["moved"], str(dict(raw["outcome"] or {}).get("reasons", ""))) if raw["moved"] else None,
        stage=reading.stage,
    )
    return _with_line(facts, tables)


def _form_label(name: str, issuer: Body | None) -> str:
    """The form as the one who decides it gives it: Giấy khen của Chủ tịch Ủy ban nhân dân xã An Trung."""
    return f"{name.partition(' của ')[0]} của {head_of(issuer)}" if issuer is not None else name


def _with_line(facts: Facts, tables: BonusTables) -> Facts:
    """A file is a list of one line."""
    vote = facts.vote_at(facts.stage)
    line = Line(
        name=facts.nominee,
        subject_kind=facts.subject_kind,
        address=address_of(facts.nominee, facts.content),
        achievement=str(facts.content.get("report", {}).get("achievements", "")),
        vote=share(vote),
        form=facts.form_label,
        money=_money(facts, tables),
    )
    return replace(facts, lines=(line,))


def address_of(name: str, said: Mapping[str, Any]) -> str:
    """Position, workplace and address as far as they are known, none twice."""
    nominee: Mapping[str, Any] = said.get("nominee", {})
    where = dict.fromkeys(str(nominee.get(key) or "") for key in ("position", "workplace", "address"))
    return ", ".join(part for part in where if part and part != name)


def _money(facts: Facts, tables: BonusTables) -> Money | None:
    """The bonus of the decision's day; None before there is a decision."""
    if facts.award is not None and facts.award.bonus_vnd is not None:
        return Money(facts.award.bonus_vnd)
    decided_on = facts.award.decided_on if facts.award is not None else None
    return money_of(tables, facts.form, facts.subject_kind, decided_on)


def money_of(tables: BonusTables, form: str, subject_kind: str, decided_on: date | None) -> Money | None:
    """The bonus by the tables of the decision's day; None before there is a decision."""
    if decided_on is None:
        return None
    found = bonus(tables, form, subject_kind, decided_on)
    if isinstance(found, Bonus):
        return Money(found.amount_vnd, str(found.coefficient), found.base_salary_vnd, str(found.multiplier))
    return Money(None, why_manual=found.why("vi"))


def _basis(workflow: Workflow, issuer: Body, today: date) -> tuple[str, ...]:
    first = committee_basis(today) if is_committee(issuer) else ()
    return (*first, *(line["citation"] for line in workflow.basis))


def _may(reading: Reading, stage: str) -> bool:
    return reading.stages is None or stage in reading.stages


def _ordered(rows: Sequence[Row]) -> list[Row]:
    """Rows by their id, which stands first."""
    return sorted(rows, key=lambda row: int(row[0]))


def _body(row: Row) -> tuple[int, Body]:
    key, code, name, kind, level, parent, parent_kind, head, deputy = row
    province = name if kind == "province" else parent or ""
    return key, Body(code, name, kind, level, parent or "", parent_kind or "", province, head or "", deputy or "")


def _signed(row: Row) -> Signed:
    key, kind, stage, signer, signs_as, series, number, numbered_on, signed_on, reasons, code, departs, *more = row
    on_paper, post = more
    return Signed(
        kind=kind,
        stage=stage,
        signer=signer or "",
        signs_as=signs_as or "head",
        series=series,
        number=number or "",
        numbered_on=_day(numbered_on) or (_day(signed_on) if kind in ABROAD else None),
        signed_on=_day(signed_on),
        reasons=reasons or "",
        reason_words=reason_words(code, "vi", *WHY) or "",
        departs=bool(departs),
        on_paper=bool(on_paper),
        acting=is_acting(post or ""),
        id=key,
    )


def _vote(row: Row) -> Vote:
    _, stage, council, held_on, secret, members, agree, disagree, abstain, passed, seats, count = row
    return Vote(
        stage=stage,
        council=council,
        held_on=_day(held_on),
        secret=bool(secret),
        members=members or 0,
        agree=agree or 0,
        disagree=disagree or 0,
        abstain=abstain or 0,
        passed=bool(passed),
        seats=tuple(Member(name, role, bool(voted)) for _, name, role, voted in _ordered(seats or ())),
        count=Count(count[0], count[1], count[2], count[3], count[4] or "") if count else None,
    )


def _advice(row: Row) -> Advice:
    _, kind, stage, person, advice, reasons, findings, at, stead = row
    found = tuple(
        (code, bool(said.get("met")), str(said.get("note") or ""))
        for code, said in sorted(dict(findings or {}).items())
        if isinstance(said, Mapping)
    )
    return Advice(kind, stage, person, advice or "neutral", reasons, found, _moment(at), _stead(stead))


def _sent_back(row: Row) -> SentBack:
    _, from_state, person, _holder, name, kind, faults, sections, at, stead = row
    return SentBack(
        stage=str(from_state).partition(".")[0],
        person=person,
        holder=full_name(Body("", name, kind, "")),
        faults=tuple((reason_words(one["code"], "vi", "return_fault") or "", one.get("note") or "") for one in faults),
        sections=tuple(section_label(section, "vi") for section in sections),
        opened_on=_moment(at),
        stead=_stead(stead),
    )


def _posted(found: Sequence[Row]) -> Posted | None:
    """The public posting of the file, if it was begun."""
    if not found:
        return None
    _stage, places, days, begun_on, until_on, ended_on, remarks = found[-1]
    begun, until = date.fromisoformat(begun_on), date.fromisoformat(until_on)
    return Posted(places, days, begun, until, _day(ended_on), remarks or "")


def _arrival(row: Row, papers: Sequence[Row], labels: Mapping[str, str]) -> Arrival:
    _, step, person, at, due_on, stead = row
    kinds = dict.fromkeys(labels.get(kind, name) for _, kind, name in _ordered(papers))
    return Arrival(str(step).partition(".")[0], person, _moment(at), _day(due_on), tuple(kinds), _stead(stead))


def _stead(row: Row | None) -> Stead | None:
    return Stead(*row) if row else None


def _award(row: Row | None, public_url: str) -> Registered | None:
    if not row:
        return None
    decided_on, number, year, code, bonus_vnd, replaced = row
    check_url = f"{public_url.rstrip('/')}/kiem-tra/{code}" if public_url else ""
    return Registered(date.fromisoformat(decided_on), number, year, check_url, bonus_vnd, replaced or 0)


def act_of(row: Row) -> After:
    """A signed act on the award, as papers tell it."""
    key, kind, _body, ground, reasons, changes, amount, signer, signs_as, series, number, on, signed_on, on_paper = row
    said = CAUSES.get(ground) or reason_words(ground, "vi", "annulment_ground") or ""
    told = tuple((field, str(old or ""), str(new)) for field, old, new in changes or ())
    day = date.fromisoformat(signed_on)
    return After(
        key, kind, said, reasons, told, amount, signer or "", signs_as or "head", series, number or "", _day(on), day,
        bool(on_paper),
    )  # fmt: skip


def _put_right(content: Raw, acts: Sequence[After]) -> Raw:
    """The content with what signed corrections say of the nominee."""
    right = {field: new for act in acts for field, _old, new in act.changes if field in {"address", "birth_year"}}
    return {**content, "nominee": {**content.get("nominee", {}), **right}} if right else content


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _moment(value: str) -> date:
    return datetime.fromisoformat(value).astimezone(WORKING_ZONE).date()
