"""The HTML of reports is valid, by a validator that the project did not write (npm html-validate)."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from concordat.look.build import fetch_checks, node_programs
from tests.concordat.reports.conftest import TODAY, Place
from tests.concordat.reports.world import make_world
from tests.services import ROOT
from tests.site.test_html import RULES, VALIDATOR

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# A report with maps, small pictures beside tables and a wide table; layers over time; marks; one to choose; a refusal.
REPORTS = {
    "list": "/reports/",
    "ministerial": "/reports/ministerial.html",
    "history": "/reports/history.html",
    "signatories": "/reports/signatories.html",
    "national": "/reports/national.html",
    "to choose": "/reports/board.html",
    "refused": "/reports/national.html?on=soon&region=Mars",
}


def test_the_html_of_each_is_valid(place: Place, as_: Callable[[str], Client], tmp_path: Path) -> None:
    fetch_checks(ROOT)
    make_world(3, TODAY)
    client = as_("administrator")
    for name, address in REPORTS.items():
        (tmp_path / f"{name}.html").write_bytes(client.get(address).content)
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps({"root": True} | RULES), encoding="utf-8")
    command = [str(node_programs(ROOT) / "node"), str(VALIDATOR), "--formatter", "text", "*.html"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    faults = [line.removeprefix(f"{tmp_path}/") for line in told.stdout.splitlines()]
    assert (faults, told.stderr, told.returncode) == ([], "", 0)
