"""What a played file says: its sections, filled as the nominator would fill them, and the papers that go with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from nominations.reference import load_movement, load_papers, papers_for
from nominations.services.seeding.history.figures import STANDARD

Raw = Mapping[str, Any]
DEFAULT_GROUP = {"household": "1.5", "individual": "1.6"}
PROFILES = {"helper": "1.5.2", "escaper": "1.5.1"}
BODIES = ("1.1", "1.7")


@dataclass(frozen=True, slots=True)
class Story:
    """One file of the history: what it is, who files it and when, and how it goes (see ``stories.toml``)."""

    id: str
    start: date
    round: str
    by: str
    form: str
    kind: str
    group: str
    name: str
    nominee: str | None
    place: str
    script: str
    options: Raw = field(default_factory=dict)

    @classmethod
    def from_plain(cls, raw: Raw) -> Story:
        """From a table of ``stories.toml``; what the story itself does not name is an option of its script."""
        known = {"id", "start", "round", "by", "form", "kind", "group", "name", "nominee", "place", "script"}
        return cls(
            id=raw.get("id") or f"{raw['start']} {raw['name']}",
            start=raw["start"],
            round=raw["round"],
            by=raw["by"],
            form=raw["form"],
            kind=raw["kind"],
            group=raw.get("group") or DEFAULT_GROUP[raw["kind"]],
            name=raw["name"],
            nominee=raw.get("nominee"),
            place=raw["place"],
            script=raw.get("script", "climb"),
            options={name: value for name, value in raw.items() if name not in known},
        )


@cache
def texts() -> dict[str, dict[str, str]]:
    """The sentences of the demonstration's files."""
    return tomllib.loads(resources.files(__package__).joinpath("texts.toml").read_text("utf-8"))


@cache
def stories() -> tuple[Story, ...]:
    """Every file of the history, as written down."""
    raw = tomllib.loads(resources.files(__package__).joinpath("stories.toml").read_text("utf-8"))
    shared = ("round", "by", "place")
    return tuple(
        Story.from_plain({name: group[name] for name in shared} | file)
        for group in raw["group"]
        for file in group["file"]
    )


def content(story: Story, rng: Random) -> dict[str, Any]:
    """The sections of a complete file."""
    return {
        "nominee": _nominee(story, rng),
        "criteria": _criteria(story, rng),
        "report": _report(story, rng),
        "proposal": _proposal(story),
    }


def paper_kinds(story: Story, rule_set: str) -> tuple[str, ...]:
    """The kinds of paper the nominator attaches: all that are asked for, and those that only this story has."""
    body = str(story.options.get("body_kind", ""))
    asked = (
        paper.kind
        for paper in papers_for(story.form, rule_set, story.kind, story.group)
        if paper.required and paper.needed_at == "draft" and (paper.only_for is None or paper.only_for == body)
    )
    return (*dict.fromkeys(asked), *story.options.get("also", ()))


@cache
def paper_label(kind: str) -> str:
    """What a kind of paper is called."""
    return next(paper.label.vi for paper in load_papers() if paper.kind == kind)


def scan_name(kind: str, story: Story) -> str:
    """What the nominator's scan of a paper is called."""
    return f"{texts()['scans'].get(kind, paper_label(kind))} - {story.name}.pdf"


def _nominee(story: Story, rng: Random) -> dict[str, Any]:
    said: dict[str, Any] = {"name": story.name, "address": story.options.get("address", story.place)}
    if story.kind == "household":
        said |= {
            "birth_year": rng.randint(1958, 1988),
            "ethnic_group": "Hrê" if "Đinh" in story.name else "Kinh",
            "hamlet": story.options.get("hamlet", f"Thôn {rng.randint(1, 6)}"),
            "members": rng.randint(3, 6),
        }
        if story.options.get("profile") == "escaper":
            escaped = story.start.year - 1
            said |= {
                "classification": "Hộ mới thoát nghèo",
                "escaped_year": escaped,
                "registered_on": date(escaped, 1, 15).isoformat(),
                "recognised_by": f"Quyết định công nhận hộ thoát nghèo năm {escaped} (trình diễn)",
            }
    elif story.kind == "individual":
        said |= {
            "birth_year": rng.randint(1965, 1994),
            "position": story.options.get("position", "Công chức phụ trách công tác giảm nghèo"),
            "workplace": story.place,
        }
    else:
        functions = texts()["body" if story.group in BODIES else "collective"]["situation"]
        said |= {"members": rng.randint(12, 160), "functions": functions}
    if "body_kind" in story.options:
        said["body_kind"] = story.options["body_kind"]
    return said


def _criteria(story: Story, rng: Random) -> dict[str, Any]:
    group = next(group for group in load_movement().groups if group.group_no == story.group)
    profile = PROFILES[story.options.get("profile", "helper")]
    written = texts()["statements"]
    said: dict[str, Any] = {
        "statements": {
            one.code: _filled(written[one.code], story, rng)
            for one in group.criteria
            if one.code in written and (story.group != "1.5" or one.code == profile)
        }
    }
    if story.group == "1.5":
        said["profile"] = profile
    if "hamlet_figures" in story.options:
        said["figures"] = _typed_figures(story)
    return said


def _typed_figures(story: Story) -> list[dict[str, Any]]:
    """A hamlet's own figures, year by year from the start of the period, as its officer types them in."""
    rows = []
    for year, (households, poor, near_poor) in enumerate(story.options["hamlet_figures"], 2021):
        rows.append(
            {
                "year": year,
                "households": households,
                "poor": poor,
                "near_poor": near_poor,
                "standard": STANDARD,
                "status": "preliminary" if year == story.start.year else "official",
                "invented": True,
            }
        )
    return rows


def _report(story: Story, rng: Random) -> dict[str, Any]:
    if story.kind == "household":
        profile = story.options.get("profile", "helper")
        said: dict[str, Any] = {
            "achievements": _filled(texts()["household"][profile], story, rng),
            "model": texts()["household"]["model"],
            "income_before": rng.randrange(18, 40) * 1_000_000,
            "income_after": rng.randrange(80, 240) * 1_000_000,
        }
        if profile == "helper":
            said["contributions"] = texts()["household"]["contributions"]
            said["helped"] = [
                {"name": f"Hộ {number}", "kind": "Giống, ngày công", "value": rng.randrange(2, 12) * 1_000_000}
                for number in ("bà Đinh Thị N.", "ông Đinh Văn K.", "bà Lê Thị P.")
            ]
        else:
            said |= {"loan_amount": 50_000_000, "loan_purpose": "Nuôi bò sinh sản", "loan_on_time": True}
    elif story.kind == "individual":
        said = {"achievements": _filled(texts()["individual"]["report"], story, rng)}
    else:
        words = texts()["body" if story.group in BODIES else "collective"]
        said = {"achievements": _filled(words["report"], story, rng), "situation": words["situation"]}
    return said | {"measures": texts()["words"]["measures"], "discipline": texts()["words"]["discipline"]}


def _proposal(story: Story) -> dict[str, Any]:
    years = "2021 - 2023" if story.round == "2023-so-ket" else "2021 - 2025"
    period = years if "-" in story.round else f"năm {story.round}"
    return {
        "achievement": f"Thành tích trong Phong trào thi đua “Vì người nghèo”, {period}",
        "reason": texts()["words"]["reason"],
        "proposed_by": story.place,
        "meeting_on": (story.start - timedelta(days=6)).isoformat(),
    }


def _filled(sentence: str, story: Story, rng: Random) -> str:
    return sentence.format(place=story.place, n=rng.randint(4, 18))
