"""Who did something, in words: the person, and for whom they did it under a delegation."""

from __future__ import annotations

from flask_babel import gettext as _


def who(name: str, behalf: str | None) -> str:
    """Return the name of who acted, with the name of whoever it was done for."""
    return _("%(name)s (làm thay %(giver)s)", name=name, giver=behalf) if behalf else name
