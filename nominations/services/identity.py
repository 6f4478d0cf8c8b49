"""Identity numbers (số căn cước): never kept plain; found by a keyed hash, read again only with a data key."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NUMBER = re.compile(r"[0-9]{9}|[0-9]{12}")
_PURPOSE = b"identity number:"
_NONCE = 12  # bytes


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


def sealed(keys: Sequence[tuple[str, bytes]], number: str) -> bytes:
    """A number that only a data key opens again: the key's name, a nonce, AES-256-GCM."""
    name, key = keys[0]
    nonce = secrets.token_bytes(_NONCE)
    return name.encode() + b"\0" + nonce + AESGCM(key).encrypt(nonce, number.encode(), _PURPOSE)


def unsealed(keys: Sequence[tuple[str, bytes]], kept: bytes) -> str | None:
    """The number again; None where its key is not known here or the bytes are no number of ours."""
    name, _, rest = kept.partition(b"\0")
    key = dict(keys).get(name.decode(errors="replace"))
    try:
        return None if key is None else AESGCM(key).decrypt(rest[:_NONCE], rest[_NONCE:], _PURPOSE).decode()
    except (InvalidTag, ValueError):
        return None
