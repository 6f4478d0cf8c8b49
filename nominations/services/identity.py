"""Identity numbers (số căn cước): never kept plain; found again by a keyed hash that tells nothing without its key."""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[0-9]{9}|[0-9]{12}")
_PURPOSE = b"identity number:"


def is_identity_number(text: str) -> bool:
    """Whether a text is an identity number: nine digits of the old card or twelve of the new."""
    return _NUMBER.fullmatch(text) is not None


def identity_hash(key: bytes, number: str) -> str:
    """What a number is found by: HMAC-SHA256 under a data key, in hexadecimal. Raises ValueError for another text."""
    if not is_identity_number(number):
        raise ValueError("an identity number has 9 or 12 digits")
    return hmac.digest(key, _PURPOSE + number.encode(), "sha256").hex()


def identity_hashes(keys: Sequence[tuple[str, bytes]], number: str) -> tuple[str, ...]:
    """The same under every data key, the one in use first: rows may still be under an earlier one."""
    return tuple(identity_hash(key, number) for _, key in keys)
