"""The stylesheets as they are served: nothing from elsewhere, nothing that is not there, colours that can be read."""

import re
from itertools import chain
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.management import call_command

from actionplans.states import Delivery
from concordat.look.build import BUILT, ROOT
from concordat.national import SignUpStatus

OWN = (ROOT / "static" / "concordat.css").read_text(encoding="utf-8")
STATUSES = [
    *(f"signup-{status}" for status in SignUpStatus),
    *(f"delivery-{status}" for status in [*Delivery.values, "none"]),
]
DARK = "@media screen and (prefers-color-scheme: dark) {"
# What is written on what: custom properties of both stylesheets.
TEXT_ON = [
    ("govuk-text-colour", "govuk-body-background-colour"),
    ("govuk-secondary-text-colour", "govuk-body-background-colour"),
    ("govuk-secondary-text-colour", "govuk-template-background-colour"),
    ("govuk-error-colour", "govuk-body-background-colour"),
    ("govuk-link-colour", "govuk-body-background-colour"),
    ("govuk-link-colour", "shade"),
    ("govuk-link-visited-colour", "govuk-body-background-colour"),
    ("govuk-link-hover-colour", "govuk-body-background-colour"),
    ("govuk-focus-text-colour", "govuk-focus-colour"),
    ("govuk-inverse-text-colour", "govuk-brand-colour"),
    ("govuk-text-colour", "field"),
    ("crisis-ink", "crisis"),
    ("crisis-link", "crisis"),
    ("header-ink", "header"),
    ("header-quiet", "header"),
    ("demonstration-ink", "demonstration"),
    ("button-ink", "button"),
    ("button-ink", "button-hover"),
    ("button-quiet-ink", "button-quiet"),
    ("button-quiet-ink", "button-quiet-hover"),
]
SEEN_ON = [
    ("govuk-input-border-colour", "govuk-body-background-colour"),
    ("govuk-input-border-colour", "field"),
    ("govuk-error-colour", "field"),
]


def built() -> str:
    """The compiled stylesheet; `make look` compiles it."""
    return (ROOT / BUILT).read_text(encoding="utf-8")


def colours(css: str) -> dict[str, str]:
    """Custom properties whose value is a colour."""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", css))


def scheme(name: str) -> dict[str, str]:
    """The colours of a scheme: the dark one overrides some of the light one's."""
    light, _, dark = OWN.partition(DARK)
    found = colours(built().partition("@media print")[0]) | colours(light)
    return found if name == "light" else found | colours(dark.partition("\n}")[0])


def brightness(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, between 1 and 21."""
    bright, dim = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), [*TEXT_ON, *((f"{status}-ink", status) for status in STATUSES)])
def test_text_can_be_read(name: str, ink: str, ground: str) -> None:
    found = scheme(name)
    assert contrast(found[ink], found[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), SEEN_ON)
def test_fields_can_be_seen(name: str, edge: str, ground: str) -> None:
    found = scheme(name)
    assert contrast(found[edge], found[ground]) >= 3


@pytest.mark.parametrize("name", ["light", "dark"])
def test_delivery_has_no_colour_of_signing_up(name: str) -> None:
    found = scheme(name)
    used = [found[status] for status in STATUSES]
    assert len(set(used)) == len(used)


@pytest.mark.parametrize("status", [*SignUpStatus, *Delivery.values, "none"])
def test_every_status_has_a_shape_of_its_own(status: str) -> None:
    shapes = dict(re.findall(r"\.status--(\w+) \{.*?--shape: (.*?); \}", OWN))
    alike = [other for other, shape in shapes.items() if shape == shapes[status]]
    # A dash stands for “nothing to show” in both lenses; they are never shown as one.
    assert alike == (["grey", "none"] if status in {"grey", "none"} else [status])


def test_it_names_no_font_of_gov_uk_and_nothing_from_elsewhere() -> None:
    for css in (built(), OWN):
        assert "@font-face" not in css
        assert "GDS Transport" not in css
        assert "@import" not in css
        assert re.findall(r"url\(", css) == []


def test_it_is_small() -> None:
    assert len(brotli.compress(built().encode())) <= 11_000


def test_the_lock_file_names_no_registry_and_every_package_by_its_hash() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == len(re.findall(r'^    "node_modules/', lock, re.MULTILINE))


def addresses_of_templates() -> set[str]:
    """The static files that the templates of public pages name."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    return set(chain.from_iterable(re.findall(r"{% static '([^']+)' %}", text) for text in texts))


@pytest.mark.slow
def test_static_files_can_be_collected_with_hashed_names(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert re.search(r'"built/govuk\.css": "built/govuk\.\w+\.css"', (tmp_path / "staticfiles.json").read_text())
    assert [name for name in addresses_of_templates() if not (tmp_path / name).exists()] == []
