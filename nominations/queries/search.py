"""Search by name: words with or without diacritics, the last one as far as it is typed, over an index of words.

The rarest of the words, or the viewer's own files where these are fewer, is walked through newest first; the others
are looked up for each. So a page costs about the same in a small province and in a large one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, exists, func, literal, select
from sqlalchemy.orm import Session

from nominations.models.nominations import Nomination, NominationReach, NominationWord
from nominations.names import folded
from nominations.queries.actors import Viewer
from nominations.queries.pages import Rows

SEPARATORS = " .,;:-/()'\"&+"  # the database's own triggers split names at the same
FEW = 2000  # files: so many are looked through without a thought
MOST_WORDS = 8
_IDENTITY = re.compile(r"\d(?:[\s.\-]?\d){8,}")


class IdentityNumber(ValueError):
    """A search text with a run of nine or more digits: identity numbers never travel in an address."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words a name must have: ``words`` whole, ``start`` as the start of one (the word still being typed)."""

    words: tuple[str, ...]
    start: str | None

    @property
    def nothing(self) -> bool:
        """True when the text holds no word at all."""
        return not self.words and self.start is None


def wanted(text: str) -> Wanted:
    """What a search text asks for. Raises IdentityNumber."""
    if _IDENTITY.search(text):
        raise IdentityNumber
    parts = "".join(" " if letter in SEPARATORS else letter for letter in folded(text)).split()[:MOST_WORDS]
    words = list(dict.fromkeys(part for part in parts if "\x00" not in part))
    start = words.pop() if words and len(words[-1]) > 1 else None
    return Wanted(tuple(words), start)


def has_words(search: Wanted, but: str | None = None) -> list[ColumnElement[bool]]:
    """The conditions on nominations that their names have every word; ``but`` is seen to already."""
    found = [_has(_is(word)) for word in search.words if word != but]
    if search.start is not None and search.start != but:
        found.append(_has(_starts(search.start)))
    return found


@dataclass(frozen=True, slots=True)
class Way:
    """How to look: ``driver`` is the word whose files are walked through, None for the viewer's own files.

    ``hopeless`` when a word is in no name at all.
    """

    driver: str | None
    hopeless: bool = False


def way(session: Session, viewer: Viewer, search: Wanted) -> Way:
    """The cheapest way through, from counts that stop at ``FEW``; one statement."""
    counts = [_few(select(literal(1)).select_from(NominationWord).where(_is(word))) for word in search.words]
    if search.start is not None:
        counts.append(_few(select(literal(1)).select_from(NominationWord).where(_starts(search.start))))
    reach = select(literal(1)).select_from(NominationReach).where(NominationReach.unit_id.in_(sorted(viewer.units)))
    row = session.execute(select(_few(reach), *counts)).one()
    own, named = int(row[0]), [int(count) for count in row[1:]]
    reads_tree = bool(viewer.audits or viewer.supervises)
    if not min(named):
        return Way(None, hopeless=True)
    if own <= min(named) and own <= FEW and not reads_tree:
        return Way(None)
    words = [*search.words, *([search.start] if search.start is not None else [])]
    rare = min(zip(named, range(len(words)), strict=True))[1]
    if words[rare] == search.start and rare == len(words) - 1 and named[rare] > FEW:
        return Way(search.words[0] if search.words else None)  # many words begin so: their files come in no order
    return Way(words[rare])


def walked(search: Wanted, driver: str) -> Rows:
    """The files of the driving word, newest first as far as the index gives them so; ``nomination_id`` is selected."""
    word = NominationWord
    if driver == search.start and driver not in search.words:
        return select(word.nomination_id).where(_starts(driver)).distinct()
    return select(word.nomination_id).where(_is(driver))


def _few(found: Rows) -> ColumnElement[int]:
    return select(func.count()).select_from(found.limit(FEW + 1).subquery()).scalar_subquery()


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(NominationWord.nomination_id == Nomination.id, condition)


def _is(word: str) -> ColumnElement[bool]:
    return NominationWord.word == _written(word)


def _starts(start: str) -> ColumnElement[bool]:
    return NominationWord.word.between(_written(start), _written(start + "\U0010ffff"))


def _written(word: str) -> ColumnElement[str]:
    """A word as part of the statement's text: a plan made once for all words would scan everything for some."""
    return bindparam(None, word, literal_execute=True)
