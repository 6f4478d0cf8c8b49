"""Biên bản bàn giao: a duty goes from one person to another, with the steps that waited there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nominations.documents.bodies import dated, day_words, full_name, heading
from nominations.documents.facts import Body
from nominations.documents.paper import Block, Column, Paper, Row, Signature, Table, body, run, words

SIGN = "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """One step that waited: the file's code, the step in words, the day it came, the day it is due."""

    code: str
    step: str
    came_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class HandOverFacts:
    """Who hands what duty of which unit to whom, after which day; nobody for one that nobody took over that day.

    ``settled`` once the last day is over, so that what waited changes no more.
    """

    unit: Body
    duty: str
    giver: str
    giver_title: str
    receiver: str
    receiver_title: str
    last_day: date
    settled: bool
    steps: Sequence[WaitingStep]


def hand_over(facts: HandOverFacts) -> Paper:
    """The record of both names, of the day, and of every step by the code of its file."""
    parent, name = heading(facts.unit)
    return Paper(
        kind="hand_over",
        parent=parent,
        body=name,
        symbol=(),
        place_date=dated(facts.unit, facts.last_day),
        title="Biên bản",
        summary=f"Bàn giao nhiệm vụ {facts.duty}",
        blocks=(
            body("1. Bên giao: ", run(facts.giver, "bên giao"), f", {facts.giver_title}, {full_name(facts.unit)}."),
            body(
                "2. Bên nhận: ",
                run(facts.receiver, "bên nhận"),
                f", {facts.receiver_title}." if facts.receiver_title else ".",
            ),
            body(
                "3. Thời điểm: bên giao giữ nhiệm vụ đến hết ",
                day_words(facts.last_day),
                "; bên nhận giữ nhiệm vụ từ ",
                day_words(facts.last_day + timedelta(days=1)),
                ".",
            ),
            *_steps(facts.steps),
            body("5. Biên bản lập thành 02 bản, mỗi bên giữ 01 bản./."),
        ),
        signatures=(
            Signature(("Bên giao",), words(run(facts.giver, "bên giao")), SIGN),
            Signature(("Bên nhận",), words(run(facts.receiver, "bên nhận")), SIGN),
        ),
        issued_on=facts.last_day,
        draft=not (facts.receiver and facts.settled),
    )


def _steps(steps: Sequence[WaitingStep]) -> tuple[Block, ...]:
    if not steps:
        return (body("4. Hồ sơ đang chờ ở nhiệm vụ này khi bàn giao: không có."),)
    columns = (
        Column("STT", 0.7, "center"),
        Column("Mã hồ sơ", 2.6),
        Column("Bước đang chờ", 4),
        Column("Ngày đến", 1.4, "center"),
        Column("Hạn", 1.4, "center"),
    )
    rows = tuple(
        Row((
            words(str(number)),
            words(one.code),
            words(one.step),
            words(f"{one.came_on:%d/%m/%Y}"),
            words(f"{one.due_on:%d/%m/%Y}" if one.due_on is not None else "không có"),
        ))
        for number, one in enumerate(steps, 1)
    )  # fmt: skip
    return (body(f"4. Hồ sơ đang chờ ở nhiệm vụ này khi bàn giao: {len(steps):02} hồ sơ."), Table(columns, rows))
