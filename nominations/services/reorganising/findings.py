"""What a reorganisation found: a line for each thing that points at a unit which has ended, and where it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Result = Literal["moves", "stays", "stuck"]
"""moves: it goes; stays: it is left as it is, with the reason; stuck: an administrator must decide first."""

KINDS = (
    "post", "post_follows", "council", "account", "figure", "quota", "round", "nominee", "import", "unit", "opinion",
    "succession",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileMove:
    """One open file: where it lies and in which state, where it goes, and why it cannot where it cannot.

    ``why`` is a word of ``SENTENCES``; ``notes`` are further ones: what somebody should know of a file that goes.
    ``from_duty`` is the desk its open step lies on now, empty for a draft or a held file; ``duty`` the desk then.
    """

    code: str
    nominee: str
    form: str
    result: Result
    state: str
    to_state: str
    unit_id: int | None
    unit: str
    to_unit_id: int | None
    to_unit: str
    from_duty: str
    duty: str
    why: str
    before: Mapping[str, str]  # the state in words, by language
    after: Mapping[str, str]
    notes: tuple[str, ...] = ()
    written: bool = False  # whether anything of it changes: a stuck one may still have its letter's unit succeeded

    @property
    def leaves(self) -> bool:
        """Whether its open step leaves the desk it lies on."""
        return self.written and bool(self.from_duty) and self.unit_id != self.to_unit_id


@dataclass(frozen=True, slots=True)
class Finding:
    """Anything else that points at such a unit: ``kind`` is one of ``KINDS``, ``count`` how many rows it stands for."""

    kind: str
    result: Result
    what: str
    unit: str
    to_unit: str
    why: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who held a duty to the last day of a unit that ended.

    ``waiting`` are the steps on that desk now, ``left`` those that stay there afterwards; ``reads`` the files that had
    reached the unit, which they go on reading; ``today`` what they hold on the day itself.
    """

    username: str
    name: str
    unit: str
    duty: str
    waiting: int
    left: int
    reads: int
    today: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole of it. ``done`` when it has been carried out; ``open_before`` and ``open_after`` count open files."""

    effective_on: date
    day: date
    files: tuple[FileMove, ...]
    findings: tuple[Finding, ...]
    officers: tuple[Officer, ...]
    open_before: int
    open_after: int
    done: bool = False
    resumed: bool = False

    @property
    def moving(self) -> int:
        """How many files go somewhere."""
        return sum(file.result == "moves" for file in self.files)

    @property
    def stuck(self) -> tuple[FileMove, ...]:
        """The files for which somebody must decide first."""
        return tuple(file for file in self.files if file.result == "stuck")

    @property
    def pending(self) -> int:
        """Everything that would be written: files and the rest; nothing left means it has been done."""
        return sum(file.written for file in self.files) + sum(
            finding.count for finding in self.findings if finding.result == "moves"
        )

    def counts(self) -> dict[str, int]:
        """Numbers for the log and the page: files by what becomes of them, the rest by kind."""
        by = Counter(f"files_{file.result}" for file in self.files)
        for finding in self.findings:
            by[f"{finding.kind}_{finding.result}"] += finding.count
        return {"open_before": self.open_before, "open_after": self.open_after} | dict(sorted(by.items()))
