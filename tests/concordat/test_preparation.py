"""What is prepared, and that nothing is prepared twice."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.test import Client

from concordat import preparation
from concordat.kernel.models import Change
from concordat.look import build
from signatories.models import Person
from tests import factories

MANIFEST = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that were called, by name; none is carried out."""
    names: list[str] = []
    monkeypatch.setattr(preparation, "call_command", lambda name, **options: names.append(name))
    return names


def test_a_look_that_is_built_is_not_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "is_built", lambda root, made_of: True)
    monkeypatch.setattr(build, "build", lambda: pytest.fail("built again"))
    said: list[str] = []
    preparation.build_look(said.append)
    assert said == []


def test_a_look_that_cannot_be_built_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> bool:
        raise build.BuildError("What the look is made from could not be fetched: no network")

    monkeypatch.setattr(build, "is_built", lambda root, made_of: False)
    monkeypatch.setattr(build, "build", fail)
    said: list[str] = []
    with pytest.raises(CommandError, match=r"^What the look is made from could not be fetched: no network$"):
        preparation.build_look(said.append)
    assert said == ["Building the look …"]


@pytest.mark.django_db
def test_tables_that_are_up_to_date_are_left_alone(called: list[str]) -> None:
    said: list[str] = []
    preparation.migrate(said.append)
    assert (said, called) == ([], [])


@pytest.mark.django_db
def test_tables_that_are_behind_are_migrated(called: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation.MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    preparation.migrate(lambda text: None)
    assert called == ["migrate"]


@pytest.mark.parametrize(("demo", "last"), [(False, "load_history"), (True, "load_demo")])
@pytest.mark.django_db
def test_an_empty_database_is_loaded(settings: Any, called: list[str], demo: bool, last: str) -> None:
    settings.DEMO = demo
    preparation.load(lambda text: None)
    assert called == ["load_areas", "load_boundaries", last]


@pytest.mark.django_db
def test_what_is_loaded_is_not_loaded_again(called: list[str], django_assert_num_queries: Any) -> None:
    factories.make_area()
    factories.make_partnership()
    with django_assert_num_queries(3):
        preparation.load(lambda text: None)
    assert called == ["load_boundaries"]


@pytest.mark.django_db
def test_the_first_administrator_can_sign_in_with_what_was_said(client: Client) -> None:
    said: list[str] = []
    preparation.first_administrator(said.append)
    person = Person.objects.get(is_superuser=True)
    password = said[0].split()[-1]
    assert client.login(username=preparation.ADMINISTRATOR, password=password)
    assert len(password) >= 16
    assert [change.by_command for change in Change.objects.about(person)] == ["run"]


@pytest.mark.django_db
def test_there_is_one_first_administrator_only() -> None:
    said: list[str] = []
    preparation.first_administrator(lambda text: None)
    preparation.first_administrator(said.append)
    assert (said, Person.objects.count()) == ([], 1)


@pytest.mark.django_db
def test_production_gets_no_administrator_with_a_printed_password(settings: Any) -> None:
    settings.EMBEDDED = False
    preparation.first_administrator(lambda text: None)
    assert not Person.objects.exists()


@pytest.fixture
def source(settings: Any, tmp_path: Path) -> Path:
    """One static file, in folders of this test's own."""
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path / "var", tmp_path / "collected"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path / "sources"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": MANIFEST}
    file = tmp_path / "sources" / "map.css"
    file.parent.mkdir()
    file.write_text("path { fill: none }", encoding="utf-8")
    return file


def collections(times: int = 1) -> list[str]:
    said: list[str] = []
    for _ in range(times):
        preparation.collect_static(said.append)
    return said


def test_static_files_are_collected_once(source: Path, settings: Any) -> None:
    assert len(collections(times=2)) == 1
    assert (settings.STATIC_ROOT / "map.css").read_bytes() == source.read_bytes()


def test_a_changed_static_file_is_collected_again(source: Path, settings: Any) -> None:
    collections()
    source.write_text("path { fill: red }", encoding="utf-8")
    os.utime(source, (1, 1))
    assert len(collections(times=2)) == 1
    assert (settings.STATIC_ROOT / "map.css").read_bytes() == source.read_bytes()


def test_collected_files_that_were_removed_are_collected_again(source: Path, settings: Any) -> None:
    collections()
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert len(collections()) == 1


@pytest.mark.django_db
def test_everything_is_prepared_in_order(called: list[str], source: Path) -> None:
    said: list[str] = []
    preparation.prepare(said.append)
    assert called == ["load_areas", "load_boundaries", "load_history", "collectstatic"]
    assert any("First administrator" in text for text in said)
