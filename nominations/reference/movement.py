"""The movement as data: the plan's own text in its parts, its 30 criteria, its settings where the plan is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from nominations.reference.records import Record, read
from nominations.reference.sources import ReferenceDataError, Words

PARTS = (
    "basis",
    "purpose",
    "requirement",
    "target",
    "preamble",
    "actor",
    "solution",
    "award",
    "standard",
    "stage",
    "duty",
    "recipient",
    "signature",
)
Setting = str | int | bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or paragraph of the plan, word for word; ``paragraph`` is its place there (``II.1.2``).

    ``who`` names the body it is about; ``forms`` are the award forms a form of the plan stands for.
    """

    part: str
    code: str
    paragraph: str
    text: str
    source: str
    who: str | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the plan's 30 criteria, word for word.

    ``required``: hard must be met, soft needs an explanation where it is not. ``applies_to`` holds what the nominee
    must be, as lists of values: ``subject_kinds``, and where they matter ``area_class`` and ``credit_institution``;
    criteria with the same ``alternative`` are profiles of which one is enough.
    """

    version: int
    valid_from: date
    code: str
    group_no: str
    position: int
    paragraph: str
    text: str
    kind: str
    applies_to: dict[str, object]
    required: str
    evidence: str
    source: str
    required_source: str
    evidence_source: str

    @property
    def citation(self) -> str:
        """The plan's paragraph with its mark: ``III.1.2.8 [plan]``."""
        return f"{self.paragraph} {self.source}"


@dataclass(frozen=True, slots=True)
class CriteriaGroup:
    """One of the seven groups of III.1; ``level`` is that of its nominees: district, commune, hamlet, or any."""

    version: int
    group_no: str
    paragraph: str
    title: str
    subject_kinds: tuple[str, ...]
    level: str | None
    criteria: tuple[Criterion, ...]
    source: str


@dataclass(frozen=True, slots=True)
class MovementSetting:
    """How the movement reads a point the plan leaves open; printed beside every result it touches."""

    key: str
    value: Setting
    note: Words
    source: str


@dataclass(frozen=True, slots=True)
class Movement:
    """The movement of the plan with its text, its criteria and its settings."""

    code: str
    title: str
    title_en: str
    starts_on: date
    ends_on: date
    statements: tuple[Statement, ...]
    groups: tuple[CriteriaGroup, ...]
    settings: tuple[MovementSetting, ...]
    source: str

    def part(self, name: str) -> tuple[Statement, ...]:
        """The statements of one of ``PARTS``, in the plan's order."""
        return tuple(statement for statement in self.statements if statement.part == name)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All 30 criteria, in the plan's order."""
        return tuple(criterion for group in self.groups for criterion in group.criteria)

    @property
    def setting_values(self) -> dict[str, Setting]:
        """The settings as key and value alone."""
        return {setting.key: setting.value for setting in self.settings}


def plan_text() -> str:
    """The provincial plan, whole and as issued, in Vietnamese."""
    return resources.files(__package__).joinpath("plan.vi.txt").read_text("utf-8")


@cache
def load_movement() -> Movement:
    """The movement "Vì người nghèo - Không để ai bị bỏ lại phía sau" in Bình Định, 2021 - 2025."""
    file = read("movement")
    return Movement(
        code=file.text("code"),
        title=file.text("title"),
        title_en=file.text("title_en"),
        starts_on=file.day("starts_on"),
        ends_on=file.day("ends_on"),
        statements=tuple(_statement(part, row) for part in PARTS for row in file.children(part, file.source())),
        groups=_groups(),
        settings=tuple(_setting(row) for row in read("settings").children("setting")),
        source=file.source(),
    )


def _statement(part: str, row: Record) -> Statement:
    return Statement(
        part=part,
        code=row.text("code"),
        paragraph=row.text("paragraph"),
        text=row.text("text"),
        source=row.source(),
        who=row.text_or_none("who"),
        forms=row.texts("forms"),
    )


def _setting(row: Record) -> MovementSetting:
    value = row.raw.get("value")
    if not isinstance(value, str | int | bool):
        raise ReferenceDataError(f"{row.where}: value must be a text, a whole number, true or false")
    return MovementSetting(row.text("key"), value, row.words("note"), row.source())


def _groups() -> tuple[CriteriaGroup, ...]:
    file = read("criteria")
    return tuple(
        CriteriaGroup(
            version=file.count("version"),
            group_no=row.text("code"),
            paragraph=row.text("paragraph"),
            title=row.text("title"),
            subject_kinds=row.texts("subject_kinds"),
            level=row.text_or_none("level"),
            criteria=tuple(
                _criterion(file, row, criterion, position)
                for position, criterion in enumerate(row.children("criterion"), 1)
            ),
            source=row.source(),
        )
        for row in file.children("group")
    )


def _criterion(file: Record, group: Record, row: Record, position: int) -> Criterion:
    applies: dict[str, object] = {"subject_kinds": list(group.texts("subject_kinds"))}
    if "applies" in row.raw:
        applies.update(row.child("applies").raw)
    return Criterion(
        version=file.count("version"),
        valid_from=file.day("valid_from"),
        code=row.text("code"),
        group_no=group.text("code"),
        position=position,
        paragraph=row.text("paragraph"),
        text=row.text("text"),
        kind=row.text("kind"),
        applies_to=applies,
        required=row.text("required"),
        evidence=row.text("evidence"),
        source=row.source(),
        required_source=file.source("required_source"),
        evidence_source=file.source("evidence_source"),
    )
