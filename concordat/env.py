"""Small typed readers of environment variables that fail loudly with the variable's name."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def text(name: str, default: str | None = None) -> str:
    """The variable's text, or the default when it is unset or empty; without a default it is required."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set; .env.example says what it is for.")
    return default


def flag(name: str, default: bool) -> bool:
    """A yes or no: 1/0, true/false, yes/no or on/off, in any case."""
    value = text(name, "yes" if default else "no").lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be yes or no, not “{value}”.")
    return value in TRUE


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.") from None


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas; blanks are left out."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def load_env_file(path: Path) -> None:
    """Take NAME=value lines from a .env file; what the environment already says wins."""
    if not path.is_file():
        return
    for number_, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise ImproperlyConfigured(f"{path.name} line {number_} is not NAME=value.")
        os.environ.setdefault(name.strip(), value.strip().strip("\"'"))
