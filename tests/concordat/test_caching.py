"""Whole pages, kept by the revision of the facts."""

import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Timer
from time import sleep
from typing import Any
from unittest import mock

import brotli
import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from redis.exceptions import ConnectionError as RedisConnectionError

from concordat import caching
from concordat.caching import accepted_encoding, public_page
from concordat.kernel.models import Revision
from tests.factories import make_change

pytestmark = pytest.mark.django_db
TEXT = "How every area stands. " * 40


class Page:
    """A view that counts how often it is asked."""

    def __init__(self, status: int = 200) -> None:
        self.asked: list[str] = []
        self.status = status

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked.append(request.get_full_path())
        return HttpResponse(f"{TEXT}{len(self.asked)}", status=self.status)


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture(autouse=True)
def _recorded() -> None:
    Revision.objects.update_or_create(pk=1, defaults={"stamp": "0" * 32})
    caching.AT_HAND.clear()


def ask(page: Any, address: str = "/", method: str = "get", **headers: str) -> HttpResponse:
    """Ask the page for `lens` and `on`, as a browser does."""
    request = getattr(RequestFactory(), method)(address, headers=headers)
    response: HttpResponse = public_page("on", "lens")(page)(request)
    return response


def test_it_is_made_once_and_then_given_again_with_one_query(page: Page, django_assert_num_queries: Any) -> None:
    first = ask(page)
    with django_assert_num_queries(1):
        second = ask(page)
    assert first.content == second.content == f"{TEXT}1".encode()
    assert first["Content-Type"] == second["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("changed", ["facts", "day", "program", "DEMO", "SITE_URL", "OPERATOR"])
def test_it_is_made_anew_when_what_it_rests_on_changes(
    page: Page, changed: str, time_machine: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    time_machine.move_to("2026-06-30T22:30:00Z")  # half past eleven at night in London
    ask(page)
    if changed == "facts":
        Revision.objects.update(stamp="1" * 32)
    elif changed == "day":
        time_machine.move_to("2026-06-30T23:30:00Z")
    elif changed == "program":
        monkeypatch.setattr(caching, "release", lambda: "another")
    else:
        setattr(settings, changed, {"DEMO": True}.get(changed, "https://another.example"))
    assert ask(page).content == f"{TEXT}2".encode()


@pytest.mark.django_db(transaction=True)
def test_a_recorded_change_makes_it_anew(page: Page) -> None:
    ask(page)
    make_change()
    assert ask(page).content == f"{TEXT}2".encode()


def test_only_the_named_parameters_count_and_only_they_reach_the_page(page: Page) -> None:
    ask(page, "/?utm=<script>&lens=delivery&on=2015-04-10")
    ask(page, "/?on=2015-04-10&lens=delivery&fbclid=2")
    ask(page, "/?lens=delivery&on=2015-04-11")
    assert page.asked == ["/?on=2015-04-10&lens=delivery", "/?on=2015-04-11&lens=delivery"]


def test_an_empty_parameter_is_none(page: Page) -> None:
    ask(page, "/?on=&lens=")
    ask(page)
    assert page.asked == ["/"]


@pytest.mark.parametrize("status", [302, 400, 404, 500])
def test_only_a_full_answer_is_kept(status: int) -> None:
    page = Page(status)
    assert ask(page).status_code == status
    ask(page)
    assert len(page.asked) == 2


def test_a_browser_that_has_it_is_told_so_with_one_query(page: Page, django_assert_num_queries: Any) -> None:
    etag = ask(page)["ETag"]
    with django_assert_num_queries(1):
        again = ask(page, **{"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert again["Cache-Control"] == "public, no-cache"
    assert page.asked == ["/"]


def test_a_browser_with_an_older_one_gets_the_new_one(page: Page) -> None:
    etag = ask(page)["ETag"]
    Revision.objects.update(stamp="1" * 32)
    response = ask(page, **{"If-None-Match": etag})
    assert (response.status_code, response.content) == (200, f"{TEXT}2".encode())
    assert response["ETag"] != etag


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP;q=1.0, br;q=0", "gzip"),
        ("br;q=0, gzip; q=0", "identity"),
        ("deflate", "identity"),
        ("", "identity"),
        (";;q=,br", "br"),
    ],
)
def test_the_best_that_the_browser_takes(accepted: str, encoding: str) -> None:
    assert accepted_encoding(RequestFactory().get("/", headers={"Accept-Encoding": accepted})) == encoding


@pytest.mark.parametrize(("encoding", "opened"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_it_travels_compressed_and_says_how(page: Page, encoding: str, opened: Any) -> None:
    for _ in range(2):
        response = ask(page, **{"Accept-Encoding": encoding})
        assert opened(response.content) == f"{TEXT}1".encode()
        assert response["Content-Encoding"] == encoding
        assert response["Vary"] == "Accept-Encoding"
        assert int(response["Content-Length"]) == len(response.content) < 200


def test_head_tells_of_the_page_without_it(page: Page) -> None:
    response = ask(page, method="head")
    assert (response.content, response["Content-Length"]) == (b"", str(len(f"{TEXT}1")))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_it_is_only_read(page: Page, method: str) -> None:
    assert ask(page, method=method).status_code == 405
    assert page.asked == []


@pytest.fixture
def broken_cache() -> Iterator[None]:
    lost = RedisConnectionError("gone")
    with mock.patch.object(cache, "get", side_effect=lost), mock.patch.object(cache, "set", side_effect=lost):
        yield


@pytest.mark.usefixtures("broken_cache")
def test_without_the_shared_cache_a_process_has_its_own_at_hand(page: Page) -> None:
    assert [ask(page).status_code for _ in range(2)] == [200, 200]
    caching.AT_HAND.clear()
    assert ask(page).status_code == 200
    assert len(page.asked) == 2


def test_another_process_finds_it_in_the_shared_cache(page: Page) -> None:
    ask(page)
    caching.AT_HAND.clear()
    assert ask(page).content == f"{TEXT}1".encode()


class PageForThree(Page):
    """A page that is made only once three are being made at the same time."""

    def __init__(self) -> None:
        super().__init__()
        self.together = Barrier(3)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        made = super().__call__(request)
        self.together.wait(timeout=30)
        return made


class SlowPage(Page):
    """A page that takes a while to be made, and may fail at that the first time."""

    def __init__(self, fails_first: bool = False) -> None:
        super().__init__()
        self.fails_first = fails_first

    def __call__(self, request: HttpRequest) -> HttpResponse:
        made = super().__call__(request)
        number = len(self.asked)
        sleep(0.3)
        if self.fails_first and number == 1:
            raise ZeroDivisionError
        return made


def at_once(*addresses: str, page: Page) -> list[str]:
    """What comes of asking for these at the same moment: the end of the page, or the name of the error."""

    def answer(address: str) -> str:
        try:
            return ask(page, address).content.decode().removeprefix(TEXT)
        except ZeroDivisionError as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(addresses)) as threads:
        return list(threads.map(answer, addresses))


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture(autouse=True)
    def _recorded_for_all(self) -> None:
        Revision.objects.update_or_create(pk=1, defaults={"stamp": "0" * 32})

    def test_many_who_ask_for_the_same_have_it_made_once(self) -> None:
        page = SlowPage()
        assert at_once(*["/"] * 6, page=page) == ["1"] * 6
        assert len(caching.MAKING) == 0

    @pytest.mark.usefixtures("broken_cache")
    def test_without_the_shared_cache_too(self) -> None:
        assert at_once(*["/"] * 4, page=SlowPage()) == ["1"] * 4

    def test_other_pages_are_made_beside_it_and_each_gets_its_own(self) -> None:
        page = PageForThree()
        told = at_once("/", "/?on=2015-01-01", "/?on=2015-01-02", page=page)
        assert sorted(told) == ["1", "2", "3"]
        assert at_once("/", "/?on=2015-01-01", "/?on=2015-01-02", page=page) == told

    def test_a_failure_is_that_of_one_and_the_next_one_makes_it(self) -> None:
        told = at_once(*["/"] * 4, page=SlowPage(fails_first=True))
        assert sorted(told) == ["2", "2", "2", "ZeroDivisionError"]

    def test_nobody_waits_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(caching, "WAIT", 0.1)
        assert sorted(at_once("/", "/", page=SlowPage())) == ["1", "2"]


class TestOtherProcesses:
    """Another process has left its mark that it makes the page."""

    @pytest.fixture
    def mark(self, page: Page) -> str:
        etag = ask(page)["ETag"]
        kept = f"page:{etag[3:-1]}:identity"
        self.kept, self.found = kept, cache.get(kept)
        cache.delete(kept)
        caching.AT_HAND.clear()
        cache.set(f"making:{kept}", 1)
        return f"making:{kept}"

    def test_its_page_is_awaited(self, page: Page, mark: str) -> None:
        def finish() -> None:
            cache.set(self.kept, self.found)
            cache.delete(mark)

        timer = Timer(0.3, finish)
        timer.start()
        assert ask(page).content == f"{TEXT}1".encode()
        timer.join()
        assert len(page.asked) == 1

    def test_if_it_ends_without_a_page_we_make_it(self, page: Page, mark: str) -> None:
        timer = Timer(0.3, cache.delete, [mark])
        timer.start()
        assert ask(page).content == f"{TEXT}2".encode()
        timer.join()
        assert cache.get(mark) is None

    def test_it_is_not_awaited_for_ever_and_its_mark_is_its_own(
        self, page: Page, mark: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(caching, "WAIT", 0.3)
        assert ask(page).content == f"{TEXT}2".encode()
        assert cache.get(mark) == 1

    def test_a_page_that_failed_leaves_no_mark(self) -> None:
        with pytest.raises(ZeroDivisionError):
            ask(SlowPage(fails_first=True))
        assert not cache._cache.get_client().keys("*making*")


def test_what_is_larger_than_all_that_may_be_at_hand_is_given_all_the_same(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "AT_HAND", caching.LRUCache(10, getsizeof=lambda page: len(page[1])))
    assert ask(page).content == ask(page).content == f"{TEXT}1".encode()


def test_who_changes_templates_sees_them_at_once(page: Page, settings: Any) -> None:
    settings.DEBUG = True
    assert ask(page).content != ask(page).content
    assert "ETag" not in ask(page)


def test_the_release_is_that_of_code_and_templates(settings: Any, tmp_path: Any) -> None:
    settings.BASE_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    (tmp_path / "templates").mkdir()
    (tmp_path / "concordat").mkdir()
    seen = set()
    for file, text in [("concordat/a.py", "1"), ("concordat/a.py", "2"), ("templates/a.html", "x"), ("notes.md", "x")]:
        (tmp_path / file).write_text(text)
        caching.release.cache_clear()
        seen.add(caching.release())
    caching.release.cache_clear()
    assert len(seen) == 3
