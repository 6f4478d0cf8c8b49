"""Names of people and places: kept whole and in one form, and folded for search without diacritics."""

from __future__ import annotations

import unicodedata


def tidy(name: str) -> str:
    """A name in NFC with single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def folded(name: str) -> str:
    """A name for searching: lower case, no diacritics, đ as d, single blanks."""
    plain = unicodedata.normalize("NFD", tidy(name).lower().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
