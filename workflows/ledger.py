"""Audit entries as values: their one canonical form in bytes, their hash, their chain, their commitments.

An entry is JSON in UTF-8 and NFC with sorted keys, no blanks, integers and strings only, at most 8 KB; absent
fields are left out.  **Those bytes are stored and hashed**, so there is exactly one way to write an entry and
reading refuses every other.  Each stream (a nomination's, or `people`, `units`, a meeting's ...) is a chain:
step `cseq` from 1, and `cprev`, the SHA-256 of the step before, 64 zeros for the first.  Whole chains are
verified in `chain.py`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

try:
    import orjson
except ImportError:  # the standard library writes the same bytes, ten times slower

    def _dumps(value: object) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def _loads(content: bytes) -> object:
        return json.loads(content.decode(), parse_constant=_refuse_constant)

else:

    def _dumps(value: object) -> bytes:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)

    def _loads(content: bytes) -> object:
        return orjson.loads(content)


FORMAT = 1
GENESIS = "0" * 64
MAX_ENTRY_BYTES = 8192
MAX_INTEGER = 2**53 - 1
_PARSED_KEPT = 1024  # entries, at most 8 KB each
"""Every JSON reader in the world agrees on integers up to here."""
MIN_SALT_BYTES = 16
CLOCK_TOLERANCE = timedelta(seconds=1)

_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_MAX_DEPTH = 64


class Fault(StrEnum):
    """Why bytes are no entry, or a value has no canonical form."""

    TOO_LONG = "too_long"
    NOT_JSON = "not_json"
    UNKNOWN_FIELD = "unknown_field"
    MISSING_FIELD = "missing_field"
    BAD_FIELD = "bad_field"
    STREAM_UNCLEAR = "stream_unclear"
    NOT_CANONICAL = "not_canonical"


class LedgerError(ValueError):
    """A value or bytes that cannot be an entry: the fault, and the field where one is to blame."""

    def __init__(self, fault: Fault, field: str = "") -> None:
        self.fault = fault
        self.field = field
        super().__init__(f"{fault}: {field}" if field else str(fault))


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an entry says apart from its place in the chain; field meanings are those of the log's format.

    Exactly one of `nomination` (code) and `stream` (acts that belong to no nomination) is given.
    """

    log: str
    act: str
    actor: str | None = None
    post: str | None = None
    behalf: str | None = None
    auth: str | None = None
    nomination: str | None = None
    stream: str | None = None
    from_state: str | None = None
    to_state: str | None = None
    ver: int | None = None
    seen: int | None = None
    wf: str | None = None
    snap: str | None = None
    body: str | None = None
    req: str | None = None

    @property
    def chain(self) -> str:
        """The stream this act is chained on: the nomination's code, or the stream's own name."""
        return self.nomination or self.stream or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Act):
    """An act at its place: format, time as exact text, step in the stream, hash of the step before."""

    v: int
    at: str
    cseq: int
    cprev: str


class Head(NamedTuple):
    """Where a stream stands: last step, its hash, its time.  `Head()` is a stream with nothing in it."""

    cseq: int = 0
    hash: str = GENESIS
    at: str = ""


class Sealed(NamedTuple):
    """An entry ready to store: the very bytes, their hash, and the stream's new head (also the receipt)."""

    content: bytes
    hash: str
    head: Head


def append_bytes(head: Head, now: str, act: Act) -> Sealed:
    """The next entry of a stream: `cseq` one on, `cprev` the head's hash, `at` never before the head's.

    `now` is a `timestamp`.  Pure: storing is the caller's.  Raises LedgerError for what reading would refuse.
    """
    record = {key: value for key, value in zip(_ACT_KEYS, _act_values(act), strict=True) if value is not None}
    record["v"] = FORMAT
    record["at"] = at = max(now, head.at)
    record["cseq"] = cseq = head.cseq + 1
    record["cprev"] = head.hash
    _check(record)
    content = _encode(record)
    if len(content) > MAX_ENTRY_BYTES:
        raise LedgerError(Fault.TOO_LONG)
    digest = entry_hash(content)
    return Sealed(content, digest, Head(cseq, digest, at))


@lru_cache(maxsize=_PARSED_KEPT)
def parse_entry(content: bytes) -> Entry:
    """The entry these bytes are; LedgerError for anything that is not the one canonical form of an entry.

    The same bytes are the same entry for ever, so those last read are kept: a history is verified and then shown.
    """
    if len(content) > MAX_ENTRY_BYTES:
        raise LedgerError(Fault.TOO_LONG)
    record = _decode(content)
    _check(record)
    # Writing it again catches blanks, order, escapes, doubled keys and letters that are not NFC, all at once.
    if _encode(record) != content:
        raise LedgerError(Fault.NOT_CANONICAL)
    fields: dict[str, Any] = {_ATTRIBUTES.get(key, key): value for key, value in record.items()}
    return Entry(**fields)


def entry_hash(content: bytes) -> str:
    """SHA-256 of an entry's bytes, in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def commitment(salt: bytes, content: bytes) -> str:
    """HMAC-SHA256 of erasable content under its salt: binds without revealing, and forgets with the salt.

    Raises ValueError for a salt under 16 bytes: a plain or guessable hash of personal data is personal data.
    """
    if len(salt) < MIN_SALT_BYTES:
        raise ValueError(f"a salt has at least {MIN_SALT_BYTES} bytes")
    return hmac.digest(salt, content, "sha256").hex()


def canonical_content(value: object) -> bytes:
    """The one form of nested content (a revision, a payload): an entry's, plus lists, objects, true, null.

    Numbers with a fraction have no one form and are refused: write them as text.  Raises LedgerError.
    """
    return _encode_checked(_composed(value, _MAX_DEPTH))


def timestamp(instant: datetime) -> str:
    """An aware datetime as the log's exact text, UTC with microseconds; the text sorts as time does."""
    if instant.tzinfo is None:
        raise ValueError("an instant must be aware of its time zone")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def moment(at: str) -> datetime:
    """The aware UTC datetime of an entry's time; LedgerError when the text is not in the exact form."""
    if not _is_time(at):
        raise LedgerError(Fault.BAD_FIELD, "at")
    return datetime.fromisoformat(at)


def clock_stepped_back(head: Head, now: str) -> bool:
    """Whether the clock is more than a second behind the stream's last entry: that is an entry of its own."""
    return head.at > now and moment(head.at) - moment(now) > CLOCK_TOLERANCE


# --- fields -------------------------------------------------------------------------------------------------


def _is_text(value: object) -> bool:
    return type(value) is str and value != ""


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value <= MAX_INTEGER


def _is_step(value: object) -> bool:
    return type(value) is int and 1 <= value <= MAX_INTEGER


def _is_format(value: object) -> bool:
    return type(value) is int and value == FORMAT


def _is_hash(value: object) -> bool:
    return type(value) is str and _HASH.fullmatch(value) is not None


def _is_time(value: object) -> bool:
    """The exact form, and a day and hour that exist."""
    if type(value) is not str or _TIME.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


_ATTRIBUTES = {"from": "from_state", "to": "to_state"}
_FIELDS: Mapping[str, Callable[[object], bool]] = {
    "log": _is_text,
    "act": _is_text,
    "actor": _is_text,
    "post": _is_text,
    "behalf": _is_text,
    "auth": _is_text,
    "nomination": _is_text,
    "stream": _is_text,
    "from": _is_text,
    "to": _is_text,
    "ver": _is_number,
    "seen": _is_number,
    "wf": _is_hash,
    "snap": _is_hash,
    "body": _is_hash,
    "req": _is_text,
    "v": _is_format,
    "at": _is_time,
    "cseq": _is_step,
    "cprev": _is_hash,
}
_REQUIRED = ("v", "log", "at", "act", "cseq", "cprev")
_ACT_KEYS = tuple(_FIELDS)[:16]
_act_values = attrgetter(*(_ATTRIBUTES.get(key, key) for key in _ACT_KEYS))


def _check(record: Mapping[str, object]) -> None:
    """Refuse a record with a field unknown, missing or out of its form, or with no one stream."""
    for key, value in record.items():
        is_good = _FIELDS.get(key)
        if is_good is None:
            raise LedgerError(Fault.UNKNOWN_FIELD, key)
        if not is_good(value):
            raise LedgerError(Fault.BAD_FIELD, key)
    for key in _REQUIRED:
        if key not in record:
            raise LedgerError(Fault.MISSING_FIELD, key)
    if ("nomination" in record) == ("stream" in record):
        raise LedgerError(Fault.STREAM_UNCLEAR)


# --- bytes --------------------------------------------------------------------------------------------------


def _encode(record: Mapping[str, object]) -> bytes:
    """A checked flat record in its canonical bytes."""
    content = _encode_checked(record)
    if content.isascii():  # then every letter in it is NFC already: the common case, and the fast one
        return content
    return _encode_checked({key: _nfc(value) for key, value in record.items()})


def _nfc(value: object) -> object:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _composed(value: object, depth: int) -> object:
    """Nested content with its texts in NFC, refusing what has no one form in JSON."""
    if type(value) is str:
        return _nfc(value)
    if value is None or type(value) is bool or (type(value) is int and abs(value) <= MAX_INTEGER):
        return value
    if depth == 0:
        raise LedgerError(Fault.BAD_FIELD, "depth")
    if isinstance(value, list | tuple):
        return [_composed(inner, depth - 1) for inner in value]
    if isinstance(value, Mapping) and all(type(key) is str for key in value):
        composed = {_nfc(key): _composed(inner, depth - 1) for key, inner in value.items()}
        if len(composed) == len(value):
            return composed
    raise LedgerError(Fault.BAD_FIELD, type(value).__name__)


def _encode_checked(value: object) -> bytes:
    """Sorted keys, no blanks, UTF-8; a text that is no Unicode (half a surrogate pair) is refused."""
    try:
        return _dumps(value)
    except (TypeError, ValueError) as error:
        raise LedgerError(Fault.BAD_FIELD, "text") from error


def _decode(content: bytes) -> dict[str, object]:
    """The object the bytes say; whether they say it the canonical way is seen by writing it again."""
    try:
        record = _loads(content)
    except (ValueError, RecursionError) as error:
        raise LedgerError(Fault.NOT_JSON) from error
    if not isinstance(record, dict):
        raise LedgerError(Fault.NOT_JSON)
    return record


def _refuse_constant(name: str) -> object:
    """NaN and Infinity are the standard library's own, not JSON."""
    raise ValueError(name)
