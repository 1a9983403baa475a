"""The ground that the other tests stand on."""

import asyncio
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from concordat.kernel import changes
from concordat.kernel.models import Change
from signatories.models import Person
from tests import browsers
from tests.factories import DAY, make_person, noon


def person() -> Person:
    """Somebody whose making was recorded."""
    somebody = Person.objects.create_user("somebody@example.org", name="Somebody")
    changes.record(somebody, "created", by="test")
    return somebody


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_tables_are_emptied_and_recorded_changes_are_still_guarded(time: int) -> None:
    assert not Change.objects.exists()
    person()
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        Change.objects.all().delete()


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_every_trigger_is_put_back_as_it_was(time: int) -> None:
    somebody = make_person(name="Jo Smith")
    change = changes.record(somebody, "created", by="test", why="Jo told Ann")
    for why in ("[removed] told Ann", "[removed] told [removed]"):  # as migration 0005 allows, and 0003 does not
        assert Change.objects.filter(pk=change.pk).update(why=why, redacted_at=noon(DAY)) == 1
    with pytest.raises(IntegrityError, match="a person is never deleted"), transaction.atomic():
        somebody.delete()


@pytest.mark.parametrize("time", [1, 2])
def test_nothing_is_left_in_the_cache(time: int) -> None:
    assert cache.get("left-behind") is None
    cache.set("left-behind", time)


class TestBrowserPage:
    def test_it_reads_the_live_server_while_the_test_asks_the_database(self, browser_page: Any) -> None:
        person()
        answer = browser_page.goto("/readyz")
        assert (answer.status, answer.text()) == (200, "ok")
        assert Person.objects.count() == 1

    def test_it_never_leaves_the_machine(self, browser_page: Any) -> None:
        with pytest.raises(browsers.Error, match="ERR_NAME_NOT_RESOLVED"):
            browser_page.goto("http://example.org/")


@pytest.mark.browser
def test_javascript_that_fails_fails_the_test(chromium: browsers.Browser) -> None:
    with pytest.raises(AssertionError, match="not defined"), chromium.page("http://localhost") as page:
        page.set_content("<script>nowhere()</script>")


@pytest.mark.browser
def test_no_loop_is_running_outside_a_page(chromium: browsers.Browser) -> None:
    with chromium.page("http://localhost"):
        pass
    with pytest.raises(RuntimeError, match="no running event loop"):
        asyncio.get_running_loop()


@pytest.mark.parametrize(("required", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_without_chromium_a_test_is_skipped_unless_ci_asks_for_it(
    monkeypatch: pytest.MonkeyPatch, required: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setenv("REQUIRE_BROWSER", required)
    with pytest.raises(outcome, match="apt-get install chromium"):
        browsers.program()
