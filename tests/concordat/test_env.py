"""Readers of environment variables: each failure names the variable."""

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from concordat import env

NAME = "CONCORDAT_TEST_VARIABLE"


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        ("words", None, "words"),
        ("  words ", None, "words"),
        ("", "fallback", "fallback"),
        ("  ", "fallback", "fallback"),
        (None, "fallback", "fallback"),
        (None, "", ""),
    ],
)
def test_text(monkeypatch: pytest.MonkeyPatch, value: str | None, default: str | None, expected: str) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if value is not None:
        monkeypatch.setenv(NAME, value)
    assert env.text(NAME, default) == expected


@pytest.mark.parametrize("value", [None, "", " "])
def test_text_without_a_default_is_required(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if value is not None:
        monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is not set"):
        env.text(NAME)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("Yes", True), ("TRUE", True), ("on", True), ("0", False), ("no", False), ("False", False)],
)
def test_flag(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.flag(NAME, not expected) is expected


@pytest.mark.parametrize("default", [True, False])
def test_flag_has_a_default(monkeypatch: pytest.MonkeyPatch, default: bool) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert env.flag(NAME, default) is default


def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "perhaps")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be yes or no, not “perhaps”"):
        env.flag(NAME, True)


def test_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert env.number(NAME, 7) == 7
    monkeypatch.setenv(NAME, "8001")
    assert env.number(NAME, 7) == 8001


def test_a_number_is_a_whole_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "1.5")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be a whole number, not “1.5”"):
        env.number(NAME, 7)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", []), ("a.example", ["a.example"]), (" a.example, ,b.example,", ["a.example", "b.example"])],
)
def test_words(monkeypatch: pytest.MonkeyPatch, value: str, expected: list[str]) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.words(NAME) == expected


def test_an_env_file_fills_what_the_environment_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "environ", {"KNOWN": "from the environment"})
    file = tmp_path / ".env"
    file.write_text("# a comment\n\nKNOWN=from the file\n NEW = 'a = b' \nEMPTY=\n", encoding="utf-8")
    env.load_env_file(file)
    assert os.environ == {"KNOWN": "from the environment", "NEW": "a = b", "EMPTY": ""}


def test_an_env_file_need_not_exist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "environ", {})
    env.load_env_file(tmp_path / ".env")
    assert os.environ == {}


def test_a_broken_env_file_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# first\nnonsense\n", encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=r"\.env line 2 is not NAME=value"):
        env.load_env_file(file)
