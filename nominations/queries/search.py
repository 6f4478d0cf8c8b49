"""Search by name: with or without diacritics, from any word of it on, the last word as far as it is typed.

Beside each name lie its tails, one from each word on, so that a few words in their order are one range of an index.
Words that stand apart in a name are looked for one by one, from the rarest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from nominations.names import folded
from nominations.queries.actors import Viewer
from nominations.queries.sql import numbers, quoted, rows, there
from nominations.queries.visibility import tree_sql

SEPARATORS = " .,;:-/()'\"&+*"  # the database's own triggers split names at the same
FEW = 10_000  # files: so many are sorted without a thought
RARE = 1_000  # names: so many are walked through sooner than the viewer's own files are counted
MOST_WORDS = 8
LAST = "\U0010ffff"  # after every letter
AFTER_BLANK = "!"  # what follows the blank, and comes before letters and digits
_IDENTITY = re.compile(r"\d(?:[\s.\-]?\d){8,}")


class IdentityNumber(ValueError):
    """A search text with a run of nine or more digits: identity numbers never travel in an address."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to look: ``conditions`` a name must meet, and the ``driver`` among them whose files are walked through.

    Without a driver it is the viewer's own files that are. ``hopeless`` when no name at all has these words.
    """

    conditions: tuple[str, ...] = ()
    driver: str | None = None
    hopeless: bool = False

    def others(self, n: str = "n") -> list[str]:
        """The conditions beside the driver, on nominations ``n``."""
        return [
            there(f"SELECT 1 FROM nomination_names w WHERE w.nomination_id = {n}.id AND {condition}")
            for condition in self.conditions
            if condition != self.driver
        ]

    @property
    def walked(self) -> str:
        """The select of the driver's files."""
        return f"SELECT DISTINCT w.nomination_id FROM nomination_names w WHERE {self.driver}"


def words_of(text: str) -> tuple[str, ...]:
    """The words of a search text, folded. Raises IdentityNumber."""
    if _IDENTITY.search(text):
        raise IdentityNumber
    plain = "".join(" " if letter in SEPARATORS or not letter.isprintable() else letter for letter in folded(text))
    return tuple(plain.split()[:MOST_WORDS])


def way(session: Session, viewer: Viewer, text: str) -> Way:
    """The cheapest way to what a text asks for, from counts that stop at ``FEW``; one statement for a rare name.

    Raises IdentityNumber.
    """
    words = words_of(text)
    if not words:
        return Way(hopeless=True)
    phrase = _starts(" ".join(words))
    named = _counts(session, _few_named(phrase))[0]
    if 0 < named <= RARE:
        return Way((phrase,), phrase)
    own = _own(session, viewer)
    if named:
        return Way((phrase,), phrase if named <= min(own, FEW) else None)
    conditions = (*(_is(word) for word in words[:-1]), _starts(words[-1]))
    counts = _counts(session, *(_few_named(condition) for condition in conditions))
    if len(words) == 1 or not min(counts):
        return Way(hopeless=True)
    rare = min(range(len(counts)), key=counts.__getitem__)
    return Way(conditions, conditions[rare] if counts[rare] <= min(own, FEW) else None)


def _own(session: Session, viewer: Viewer) -> int:
    """How many files the viewer has, counted up to ``FEW``; more than that for who reads a tree from above."""
    if tree_sql(viewer):
        return FEW + 1
    return _counts(session, _few(f"FROM nomination_reach q WHERE q.unit_id IN ({numbers(viewer.units)})"))[0]


def has_words(text: str) -> list[str]:
    """That a file's name has the words, whatever way it is come by; conditions on nominations ``n``.

    Raises IdentityNumber.
    """
    words = words_of(text)
    conditions = (*(_is(word) for word in words[:-1]), _starts(words[-1])) if words else ()
    return Way(conditions).others() if words else ["1 = 0"]


def _starts(phrase: str) -> str:
    """That a name, from one of its words on, begins so."""
    return f"w.tail BETWEEN {quoted(phrase)} AND {quoted(phrase + LAST)}"


def _is(word: str) -> str:
    """That one of a name's words is this one."""
    return f"w.tail >= {quoted(word)} AND w.tail < {quoted(word + AFTER_BLANK)}"


def _few_named(condition: str) -> str:
    return _few(f"FROM nomination_names w WHERE {condition}")


def _few(found: str) -> str:
    return f"(SELECT count(*) FROM (SELECT 1 {found} LIMIT {FEW + 1}) c)"


def _counts(session: Session, *counts: str) -> list[int]:
    return [int(count) for count in rows(session, f"SELECT {', '.join(counts)}", {})[0]]
