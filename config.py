"""Settings of the service, read once from the environment; nothing else in the project reads it.

A wrong value stops the start with a sentence that names the setting.  Outside production everything has a
value to start with; production refuses to start without its secrets and with any of the demonstration's.
"""

import base64
import binascii
import datetime
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

ENVIRONMENTS = ("development", "test", "production")
AUTOMATIC_PREFIX = "automatic-"  # marks a secret made without anybody's doing; production refuses it
SHORTEST_SECRET = 32  # characters

# Outside production identity numbers are invented, so the key that hides them may be known to everybody.
DEVELOPMENT_DATA_KEY = ("development", bytes(32))
DATA_KEY_LENGTH = 32  # bytes, for AES-256 and HMAC-SHA256


class SettingsError(ValueError):
    """A setting is missing or wrong; the message names it and says what is expected."""

    def __init__(self, setting: str, expected: str) -> None:
        super().__init__(f"{setting}: {expected}")
        self.setting = setting


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service was told at the start; secrets are left out of its printed form.

    `data_keys` are (name, 32 bytes), the first one in use and the others for reading only.
    `log_signing_key` is empty in every process but the signer.
    """

    environment: str
    secret_key: str = field(repr=False)
    data_keys: tuple[tuple[str, bytes], ...] = field(repr=False)
    database_url: str = field(repr=False)
    migrations_database_url: str = field(repr=False)
    signer_database_url: str = field(repr=False)
    auditor_database_url: str = field(repr=False)
    storage_url: str
    broker_url: str = field(repr=False)
    mail_url: str = field(repr=False)
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str = field(repr=False)
    log_signing_key: str = field(repr=False)
    trusted_proxies: int
    public_url: str
    demo_today: datetime.date | None
    signature_roots: str

    @property
    def production(self) -> bool:
        """Say whether real files are handled here."""
        return self.environment == "production"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, for_signer: bool = False) -> Self:
        """Read and check every setting; raise SettingsError at the first that is wrong.

        Only the signer passes `for_signer`, so that no other process ever holds the log's signing key.
        """
        environment = _one_of("ENVIRONMENT", environ.get("ENVIRONMENT") or "development", ENVIRONMENTS)
        production = environment == "production"
        database_url = _database_url(environ, "DATABASE_URL", "sqlite:///instance/nominations.db")
        issuer, client_id, client_secret = _single_sign_on(environ)
        return cls(
            environment=environment,
            secret_key=_secret_key(environ, production=production),
            data_keys=_data_keys(environ, production=production),
            database_url=database_url,
            migrations_database_url=_database_url(environ, "MIGRATIONS_DATABASE_URL", database_url),
            signer_database_url=_database_url(environ, "SIGNER_DATABASE_URL", database_url),
            auditor_database_url=_database_url(environ, "AUDITOR_DATABASE_URL", database_url),
            storage_url=_storage_url(environ),
            broker_url=_url(environ, "BROKER_URL", ("redis", "rediss", "amqp", "amqps")),
            mail_url=_url(environ, "MAIL_URL", ("smtp", "smtps")),
            oidc_issuer=issuer,
            oidc_client_id=client_id,
            oidc_client_secret=client_secret,
            log_signing_key=environ.get("LOG_SIGNING_KEY", "") if for_signer else "",
            trusted_proxies=_trusted_proxies(environ),
            public_url=_public_url(environ, production=production),
            demo_today=_demo_today(environ, production=production),
            signature_roots=_signature_roots(environ),
        )


def load_settings() -> Settings:
    """Read the settings of this process, or end it with the sentence that says what is wrong."""
    try:
        return Settings.from_environment(os.environ)
    except SettingsError as error:
        raise SystemExit(f"Cannot start. {error}") from None


def _one_of(setting: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise SettingsError(setting, f"{value!r} is unknown; use one of {', '.join(allowed)}.")
    return value


def _secret_key(environ: Mapping[str, str], *, production: bool) -> str:
    secret = environ.get("SECRET_KEY", "")
    if not production:
        return secret or AUTOMATIC_PREFIX + secrets.token_hex(32)
    if not secret or secret.startswith(AUTOMATIC_PREFIX):
        raise SettingsError("SECRET_KEY", "production needs a secret of its own; none was given.")
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError("SECRET_KEY", f"use at least {SHORTEST_SECRET} random characters.")
    return secret


def _data_keys(environ: Mapping[str, str], *, production: bool) -> tuple[tuple[str, bytes], ...]:
    """Read `name:base64,name:base64`, the key in use first."""
    text = environ.get("DATA_KEYS", "")
    if not text and not production:
        return (DEVELOPMENT_DATA_KEY,)
    keys = tuple(_data_key(part.strip()) for part in text.split(",") if part.strip())
    if not keys:
        raise SettingsError("DATA_KEYS", "production needs a key to hide identity numbers; none was given.")
    if len({name for name, _ in keys}) < len(keys):
        raise SettingsError("DATA_KEYS", "two keys have the same name.")
    if production and any(key == DEVELOPMENT_DATA_KEY[1] for _, key in keys):
        raise SettingsError("DATA_KEYS", "the development key is known to everybody; make a key of your own.")
    return keys


def _data_key(part: str) -> tuple[str, bytes]:
    name, _, encoded = part.partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        key = b""
    if not name or len(key) != DATA_KEY_LENGTH:
        raise SettingsError("DATA_KEYS", "write name:key,name:key, each key 32 random bytes in base64.")
    return name, key


def _database_url(environ: Mapping[str, str], setting: str, default: str) -> str:
    value = environ.get(setting) or default
    sqlite_file = value.startswith("sqlite:///") and value != "sqlite:///"
    if not sqlite_file and not value.startswith("postgresql+psycopg://"):
        raise SettingsError(setting, "must begin with sqlite:/// and name a file, or postgresql+psycopg://.")
    return value


def _storage_url(environ: Mapping[str, str]) -> str:
    value = environ.get("STORAGE_URL") or "instance/files"
    scheme, separator, rest = value.partition("://")
    if separator and (scheme != "s3" or not rest):
        raise SettingsError("STORAGE_URL", "must be a folder, or s3:// and the name of a bucket.")
    return value


def _signature_roots(environ: Mapping[str, str]) -> str:
    value = environ.get("SIGNATURE_ROOTS", "")
    try:
        certified = not value or "BEGIN CERTIFICATE" in Path(value).read_text("ascii")
    except (OSError, UnicodeDecodeError):
        certified = False
    if not certified:
        raise SettingsError("SIGNATURE_ROOTS", "must be empty, or the path of a PEM file with certificates.")
    return value


def _url(environ: Mapping[str, str], setting: str, schemes: tuple[str, ...]) -> str:
    value = environ.get(setting, "")
    if value and (urlsplit(value).scheme not in schemes or not urlsplit(value).hostname):
        raise SettingsError(setting, f"must be empty, or begin with {' or '.join(s + '://' for s in schemes)}.")
    return value


def _single_sign_on(environ: Mapping[str, str]) -> tuple[str, str, str]:
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    values = [environ.get(name, "") for name in names]
    for name, value in zip(names, values, strict=True):
        if any(values) and not value:
            raise SettingsError(name, f"{', '.join(names)} are given together or not at all.")
    issuer = _url(environ, "OIDC_ISSUER", ("https",))
    return issuer, values[1], values[2]


def _trusted_proxies(environ: Mapping[str, str]) -> int:
    """Read how many reverse proxies stand between the user and this process."""
    value = environ.get("TRUSTED_PROXIES") or "0"
    if value not in ("0", "1", "2", "3", "4", "5"):
        raise SettingsError("TRUSTED_PROXIES", "must be the number of reverse proxies in front, 0 to 5.")
    return int(value)


def _public_url(environ: Mapping[str, str], *, production: bool) -> str:
    value = environ.get("PUBLIC_URL", "")
    if not value and not production:
        return "http://127.0.0.1:8000"
    parts = urlsplit(value)
    allowed = ("https",) if production else ("https", "http")
    if parts.scheme not in allowed or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError("PUBLIC_URL", f"must be the service's address, {' or '.join(allowed)}://host.")
    return value.rstrip("/")


def _demo_today(environ: Mapping[str, str], *, production: bool) -> datetime.date | None:
    value = environ.get("DEMO_TODAY", "")
    if not value:
        return None
    if production:
        raise SettingsError("DEMO_TODAY", "production knows no other day than today; leave it empty.")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise SettingsError("DEMO_TODAY", "must be a day such as 2023-11-20.") from None
