"""The settings: what is read, what is refused, and that a refusal names the setting."""

import base64
import datetime

import pytest

from config import AUTOMATIC_PREFIX, DEVELOPMENT_DATA_KEY, Settings, SettingsError, load_settings

KEY = base64.b64encode(bytes(range(32))).decode()
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 40,
    "DATA_KEYS": f"first:{KEY}",
    "PUBLIC_URL": "https://khenthuong.example.vn/",
}


def test_an_empty_environment_starts_for_development() -> None:
    settings = Settings.from_environment({})
    assert settings.environment == "development"
    assert not settings.production
    assert settings.database_url == "sqlite:///instance/nominations.db"
    assert settings.storage_url == "instance/files"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.data_keys == (DEVELOPMENT_DATA_KEY,)
    assert settings.demo_today is None


def test_a_secret_nobody_gave_is_automatic_and_different_each_time() -> None:
    first, second = (Settings.from_environment({}).secret_key for _ in range(2))
    assert first.startswith(AUTOMATIC_PREFIX)
    assert first != second


def test_production_starts_with_secrets_of_its_own() -> None:
    settings = Settings.from_environment(PRODUCTION)
    assert settings.production
    assert settings.public_url == "https://khenthuong.example.vn"
    assert settings.data_keys == (("first", bytes(range(32))),)


def test_other_database_logins_default_to_the_first() -> None:
    url = "postgresql+psycopg://app@db/nominations"
    settings = Settings.from_environment({"DATABASE_URL": url, "SIGNER_DATABASE_URL": url + "?signer"})
    assert settings.migrations_database_url == settings.auditor_database_url == url
    assert settings.signer_database_url == url + "?signer"


def test_only_the_signer_reads_the_signing_key() -> None:
    environment = {"LOG_SIGNING_KEY": "PRIVATE+KEY"}
    assert not Settings.from_environment(environment).log_signing_key
    assert Settings.from_environment(environment, for_signer=True).log_signing_key == "PRIVATE+KEY"


def test_the_demonstration_day_is_a_date() -> None:
    assert Settings.from_environment({"DEMO_TODAY": "2023-11-20"}).demo_today == datetime.date(2023, 11, 20)


def test_secrets_are_not_printed() -> None:
    shown = repr(Settings.from_environment(PRODUCTION | {"MAIL_URL": "smtp://user:pass@mail.example"}))
    assert "k" * 40 not in shown
    assert "pass" not in shown


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ENVIRONMENT", "staging"),
        ("DATABASE_URL", "mysql://db/nominations"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "postgresql://db/nominations"),
        ("MIGRATIONS_DATABASE_URL", "oracle://db"),
        ("STORAGE_URL", "s3://"),
        ("STORAGE_URL", "ftp://files"),
        ("BROKER_URL", "kafka://queue"),
        ("BROKER_URL", "redis://"),
        ("MAIL_URL", "mail.example"),
        ("OIDC_ISSUER", "https://login.example"),
        ("DATA_KEYS", "first"),
        ("DATA_KEYS", "first:short"),
        ("DATA_KEYS", f"same:{KEY},same:{KEY}"),
        ("TRUSTED_PROXIES", "many"),
        ("TRUSTED_PROXIES", "-1"),
        ("PUBLIC_URL", "khenthuong.example.vn"),
        ("PUBLIC_URL", "https://host/?query"),
        ("DEMO_TODAY", "20/11/2023"),
    ],
)
def test_a_wrong_value_is_refused_by_name(setting: str, value: str) -> None:
    with pytest.raises(SettingsError, match=r"[a-z].*\.$") as refusal:
        Settings.from_environment({setting: value})
    shown = str(refusal.value)
    assert shown.startswith(setting.split("_", maxsplit=1)[0])
    assert refusal.value.setting in shown


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", AUTOMATIC_PREFIX + "x" * 64),
        ("DATA_KEYS", ""),
        ("DATA_KEYS", f"development:{base64.b64encode(DEVELOPMENT_DATA_KEY[1]).decode()}"),
        ("PUBLIC_URL", ""),
        ("PUBLIC_URL", "http://khenthuong.example.vn"),
        ("DEMO_TODAY", "2023-11-20"),
    ],
)
def test_production_refuses_what_only_the_demonstration_may_have(setting: str, value: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        Settings.from_environment(PRODUCTION | {setting: value})
    assert refusal.value.setting == setting


def test_single_sign_on_is_given_whole() -> None:
    whole = {"OIDC_ISSUER": "https://login.example", "OIDC_CLIENT_ID": "id", "OIDC_CLIENT_SECRET": "secret"}
    assert Settings.from_environment(whole).oidc_client_id == "id"
    with pytest.raises(SettingsError, match="OIDC_CLIENT_SECRET"):
        Settings.from_environment(whole | {"OIDC_CLIENT_SECRET": ""})


def test_a_process_with_a_wrong_setting_ends_with_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "all")
    with pytest.raises(SystemExit, match=r"Cannot start\. TRUSTED_PROXIES: must be the number"):
        load_settings()
