"""The settings, read anew for each test from an environment that holds nothing but what the test says."""

import os
import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from concordat import env

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "CONCORDAT_MODE": "production",
    "SECRET_KEY": "a key that only the tests of the settings use, of fifty letters or more",
    "DATABASE_URL": "postgresql://tracker:secret@db.example:5433/tracker",
    "REDIS_URL": "redis://queue.example:6379/0",
    "ALLOWED_HOSTS": "tracker.example",
}
Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Read:
    """Reads the settings from these variables; a value of None leaves the variable out."""
    load = env.load_env_file

    def settings(
        given: dict[str, str] | None = None, file: Path | None = None, **changed: str | None
    ) -> dict[str, Any]:
        variables = {"CONCORDAT_VAR": str(tmp_path)} | (given or {}) | changed
        monkeypatch.setattr(os, "environ", {name: value for name, value in variables.items() if value is not None})
        monkeypatch.setattr(env, "load_env_file", lambda path: load(file) if file else None)
        return runpy.run_path(str(ROOT / "concordat" / "settings.py"))

    return settings


def test_the_embedded_default_needs_nothing(read: Read, tmp_path: Path) -> None:
    settings = read()
    assert settings["EMBEDDED"]
    assert not settings["DEBUG"]
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "concordat.sqlite3")


def test_the_database_may_lie_in_a_folder_with_a_space(read: Read, tmp_path: Path) -> None:
    folder = tmp_path / "one two%20"
    assert read(CONCORDAT_VAR=str(folder))["DATABASES"]["default"]["NAME"] == str(folder / "concordat.sqlite3")


def test_the_embedded_key_is_made_once_and_for_its_owner_alone(read: Read, tmp_path: Path) -> None:
    assert read()["SECRET_KEY"] == read()["SECRET_KEY"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_demonstration_has_a_folder_of_its_own(read: Read, tmp_path: Path) -> None:
    assert read(CONCORDAT_DEMO="yes", CONCORDAT_VAR=None)["VAR_DIR"] == ROOT / "var" / "demo"


def test_production_comes_from_the_environment(read: Read) -> None:
    settings = read(PRODUCTION)
    database = settings["DATABASES"]["default"]
    assert settings["SECRET_KEY"] == PRODUCTION["SECRET_KEY"]
    assert (database["HOST"], database["PORT"], database["CONN_MAX_AGE"]) == ("db.example", 5433, 60)
    assert settings["CELERY_BROKER_URL"] == settings["CACHES"]["default"]["LOCATION"] == PRODUCTION["REDIS_URL"]
    assert settings["ALLOWED_HOSTS"] == ["tracker.example"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SESSION_COOKIE_SECURE"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_production_refuses_to_start_without(read: Read, name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set"):
        read(PRODUCTION, **{name: None})


def test_production_makes_no_key(read: Read, tmp_path: Path) -> None:
    read(PRODUCTION)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CONCORDAT_MODE", "staging"),
        ("CONCORDAT_DEMO", "sometimes"),
        ("DEBUG", "maybe"),
        ("DATABASE_CONN_MAX_AGE", "a minute"),
        ("SECURE_SSL_REDIRECT", "https"),
        ("SECURE_HSTS_SECONDS", "a year"),
    ],
)
def test_a_bad_value_fails_with_its_name(read: Read, name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        read(PRODUCTION, **{name: value})


def test_the_example_names_every_variable_and_its_default(read: Read, tmp_path: Path) -> None:
    example = ROOT / ".env.example"
    names = set(re.findall(r"(?m)^(\w+)=", example.read_text(encoding="utf-8")))
    sources = [ROOT / "concordat" / "settings.py", ROOT / "concordat" / "management" / "commands" / "run.py"]
    code = "".join(source.read_text(encoding="utf-8") for source in sources)
    assert names == set(re.findall(r'env\.(?:text|flag|number|words)\(\s*"(\w+)"', code))
    assert _values(read(file=example)) == _values(read())


def _values(settings: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name.isupper()}
