"""`manage.py report`: what makes no sense is refused with a sentence, and nothing is written then."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from concordat.reports.report import TO_COME
from tests.concordat.reports.conftest import Place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("national", {"table": "nope"}, "“National status return” has no table “nope”."),
        ("national", {"on": "2014-02-29"}, "“2014-02-29” is not a date."),
        ("national", {"meeting": "5"}, "“National status return” cannot be asked by meeting."),
        ("history", {"since": "2020-01-01"}, "“History of the map” cannot be asked by since."),
        ("history", {"format": "pdf"}, "“History of the map” is not made as a PDF."),
        ("national", {"format": "pdf", "table": "regions"}, "A PDF holds the whole report."),
        ("board", {}, "Say of which partnership."),
        ("board", {"partnership": "nope"}, "There is no partnership “nope”."),
    ],
)
def test_what_makes_no_sense(place: Place, tmp_path: Path, name: str, options: dict[str, str], sentence: str) -> None:
    file = tmp_path / "report"
    with pytest.raises(CommandError, match=sentence):
        call_command("report", name, output=str(file), **options)
    assert not file.exists()


def test_a_day_to_come_is_said_to_be_one(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    call_command("report", "national", on="2031-03-31", format="json", output=str(file))
    assert json.loads(file.read_text())["notes"][0] == TO_COME


def test_another_table(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    call_command("report", "national", table="regions", format="json", output=str(file))
    assert json.loads(file.read_text())["table"] == "regions"
