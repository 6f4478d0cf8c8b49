"""Passwords: hashed with Argon2id, verified, and hashed anew when the parameters have been raised."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10  # characters
LONGEST = 200  # characters; hashing a novel would be a way to keep the service busy

# OWASP's smallest advised Argon2id: 19 MiB and two passes, 13 to 25 ms on the machine these figures were taken on.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """The Argon2id hash of a password under a salt of its own, with its parameters written in it."""
    return _HASHER.hash(password)


def hash_passwords(passwords: Sequence[str]) -> list[str]:
    """Many hashes, each under its own salt, as many at a time as there are processors."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(hash_password, passwords))


def verify(stored: str, password: str) -> bool:
    """Whether the password is the one behind the hash; an account whose hash is none has no password."""
    if len(password) > LONGEST:
        return False
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's: hash again at the next sign-in."""
    return _HASHER.check_needs_rehash(stored)
