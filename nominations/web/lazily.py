"""Sentences in forms and tables that are made once and spoken in the language of each request."""

from __future__ import annotations

from typing import cast

from flask_babel import lazy_gettext


def lazily(sentence: str) -> str:
    """Return the sentence as text that is translated whenever it is written; import it as `_`, for the catalogue."""
    return cast("str", lazy_gettext(sentence))
