"""The HTML of every type of page is valid, by a validator that the project did not write (npm html-validate)."""

import json
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from concordat.look.build import fetch_checks, node_programs
from tests.services import ROOT
from tests.site.places import busy_country, every_type

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VALIDATOR = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = {
    "extends": ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
    "rules": {
        # Django writes void elements and long lines as it likes; neither is an error of HTML.
        "void-style": "off",
        "long-title": "off",
        # Telephone numbers are links already; no-break spaces in them would be read out oddly.
        "tel-non-breaking": "off",
        # The summary of errors comes before the page's own heading, as in the GOV.UK Design System.
        "heading-level": ["error", {"minInitialRank": "h2"}],
        # Our own files come from our own host under names made of their content.
        "require-sri": ["error", {"target": "crossorigin"}],
    },
}


def test_every_type_of_page_is_valid(client: Client, tmp_path: Path) -> None:
    fetch_checks(ROOT)
    busy_country()
    for name, address in every_type().items():
        (tmp_path / f"{name}.html").write_bytes(client.get(address, follow=True).content)
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps({"root": True} | RULES), encoding="utf-8")
    command = [str(node_programs(ROOT) / "node"), str(VALIDATOR), "--formatter", "text", "*.html"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    faults = [line.removeprefix(f"{tmp_path}/") for line in told.stdout.splitlines()]
    assert (faults, told.stderr, told.returncode) == ([], "", 0)
