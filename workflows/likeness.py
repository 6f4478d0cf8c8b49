"""Whether two who are proposed or were awarded may be one: by identity number, name, year of birth and unit.

Names come folded: lower case, no diacritics, no titles. A likeness is for a person to judge and decides nothing by
itself. Two whose identity numbers are known and differ are never one. Source: facts 8.2 (traps 16 and 19).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

SAME_KIND = {"individual": "person", "household": "person", "collective": "collective"}
"""A person and the household they head may be one; a collective is neither."""

WEIGHTS = {
    "itself": 100,
    "identity": 99,
    "name_year_unit": 80,
    "name_unit": 50,
    "name_year": 40,
    "similar": 30,
    "name_unit_other_year": 20,
}
"""How much each reason weighs, out of 100 [practice]: they order a list and add up to nothing."""

SURE = 80
"""From this weight on a person would take the two for one until told otherwise [practice]."""

FEWEST_LETTERS = 6  # of names that may differ by one letter


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody as far as is known: kind, bare folded name, year of birth, units that count as one, hashed numbers."""

    kind: str
    name: str
    birth_year: int | None = None
    units: frozenset[int] = frozenset()
    identity: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two may be one."""

    reason: str

    @property
    def weight(self) -> int:
        """How much it weighs, out of 100."""
        return WEIGHTS[self.reason]

    @property
    def sure(self) -> bool:
        """Whether it is as good as certain."""
        return self.weight >= SURE


def likeness(one: Bearer, other: Bearer) -> Likeness | None:
    """The weightiest reason why the two may be one; None where there is none."""
    if one.identity and other.identity:
        return Likeness("identity") if one.identity & other.identity else None
    if SAME_KIND[one.kind] != SAME_KIND[other.kind]:
        return None
    reason = _same_name(one, other) if one.name == other.name else _near_name(one, other)
    return Likeness(reason) if reason is not None else None


def keys(name: str) -> frozenset[str]:
    """What two near names have in common at least once: each without a letter, its words in order, its ends."""
    letters, parts = _letters(name), name.split()
    shorter = {letters[:place] + letters[place + 1 :] for place in range(len(letters))}
    return frozenset({letters, *shorter, " ".join(sorted(parts)), f"{parts[0]} {parts[-1]}" if parts else ""})


def near(one: str, other: str) -> bool:
    """Whether two folded names are one but for a letter, i for y, the order of words, or a middle word left out."""
    if one == other:
        return True
    first, second = one.split(), other.split()
    if sorted(first) == sorted(second) or _without_middle(first, second) or _without_middle(second, first):
        return True
    a, b = _letters(one), _letters(other)
    return a == b or (min(len(a), len(b)) >= FEWEST_LETTERS and _one_apart(a, b))


def _same_name(one: Bearer, other: Bearer) -> str | None:
    same_unit = bool(one.units & other.units)
    if one.birth_year is None or other.birth_year is None:
        return "name_unit" if same_unit else None
    if one.birth_year == other.birth_year:
        return "name_year_unit" if same_unit else "name_year"
    return "name_unit_other_year" if same_unit else None


def _near_name(one: Bearer, other: Bearer) -> str | None:
    """In one unit, and of one year: families share so many names that a letter alone says nothing."""
    if not one.units & other.units or one.birth_year is None or one.birth_year != other.birth_year:
        return None
    return "similar" if near(one.name, other.name) else None


def _letters(name: str) -> str:
    return name.replace(" ", "").replace("y", "i")


def _without_middle(longer: Collection[str], shorter: Collection[str]) -> bool:
    """Whether one is the other with a single word left out between its first and its last."""
    words, rest = list(longer), list(shorter)
    if len(words) != len(rest) + 1 or len(rest) < 2:
        return False
    return any(words[:place] + words[place + 1 :] == rest for place in range(1, len(words) - 1))


def _one_apart(a: str, b: str) -> bool:
    """Whether one letter is changed, added or left out, or two neighbours change places."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[start:], b[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[1:] == shorter
