"""What an approval was about, beside what has changed since: whole sections of a file, or single values of one.

A flow names a section (``criteria``) or a value of it (``criteria.figures``; of the papers a kind, ``papers.minutes``).
Revisions keep a digest of each, so that a change touches only those who reviewed it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

ANY = "*"  # of a section whose earlier revision kept no digests of its values: any of them may have changed


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> frozenset[str]:
    """The sections, and the values within them as ``section.value``, whose digests differ."""
    sections = {name for name in {*before, *after} if "." not in name and before.get(name) != after.get(name)}
    known = {section_of(name) for name in before if "." in name}
    values = {
        name
        for name in {*before, *after}
        if "." in name and section_of(name) in sections & known and before.get(name) != after.get(name)
    }
    return frozenset(sections | values | {f"{name}.{ANY}" for name in sections - known if name in before})


def touched(reviewed: Iterable[str], changed: Collection[str]) -> tuple[str, ...]:
    """Those of the sections and values reviewed that have changed, in their order."""
    return tuple(part for part in reviewed if part in changed or f"{section_of(part)}.{ANY}" in changed)


def section_of(part: str) -> str:
    """The section of a section or of a value."""
    return part.partition(".")[0]
