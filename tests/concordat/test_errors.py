"""What cannot be answered is refused in words: to people with crisis help, to programs in the form of RFC 9457."""

import logging
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from concordat import api, errors
from tests.factories import the_programme

PROBLEM = "application/problem+json"
STATUS, HISTORY = "/api/v1/status", "/api/v1/history"
MANY = {f"p{number}": "1" for number in range(1100)}


@pytest.fixture
def browser(db: None) -> Client:
    """One that is refused where a form has no token, as those of real people and programs are."""
    the_programme()
    return Client(enforce_csrf_checks=True)


def is_page(answer: Any, status: int, title: str) -> bool:
    """Whether it is a page of ours that says so and leads on, with crisis help before anything else."""
    html = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert f">{title}</h1>" in html
    assert 0 < html.index('href="tel:116123"') < html.index("<h1")
    assert 'action="/areas/find/"' in html
    assert html.count("<h1") == 1
    return True


def is_problem(answer: Any, status: int) -> bool:
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    told = answer.json()
    assert told.keys() == {"type", "title", "status", "detail"}
    assert told["status"] == status
    return True


class TestCannotBeRead:
    TITLE = "We could not read your request"

    @pytest.mark.parametrize("path", ["/", "/areas/"])
    def test_too_many_parameters(self, browser: Client, path: str) -> None:
        assert is_page(browser.get(path, MANY), 400, self.TITLE)

    def test_too_many_boxes(self) -> None:
        assert is_page(Client().post("/contact/", MANY), 400, self.TITLE)

    @pytest.mark.parametrize("path", ["/", "/nowhere", "/contact/"])
    def test_another_host(self, browser: Client, path: str) -> None:
        assert is_page(browser.get(path, headers={"Host": "evil.example"}), 400, self.TITLE)

    def test_too_large_a_form(self, settings: Any) -> None:
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
        sent = Client().post("/contact/", f"message={'x' * 1001}", content_type="application/x-www-form-urlencoded")
        assert is_page(sent, 400, self.TITLE)

    def test_of_programs(self, browser: Client) -> None:
        assert is_problem(browser.get(STATUS, MANY), 400)
        assert is_problem(browser.get(STATUS, headers={"Host": "evil.example"}), 400)


class TestWrongMethod:
    TITLE = "This cannot be done here"

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    @pytest.mark.parametrize("path", ["/", "/areas/", "/privacy/"])
    def test_of_a_page(self, browser: Client, method: str, path: str) -> None:
        answer = getattr(browser, method)(path)
        assert is_page(answer, 405, self.TITLE)
        assert answer["Allow"] == "GET, HEAD"

    def test_of_the_form(self) -> None:
        answer = Client().delete("/contact/")
        assert is_page(answer, 405, self.TITLE)
        assert answer["Allow"] == "GET, HEAD, POST"

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    @pytest.mark.parametrize("path", [STATUS, HISTORY])
    def test_of_programs(self, browser: Client, method: str, path: str) -> None:
        answer = getattr(browser, method)(path)
        assert is_problem(answer, 405)
        assert answer["Allow"] == "GET, HEAD"

    def test_an_answer_that_has_words_keeps_them(self) -> None:
        told = errors.method_told(lambda request: HttpResponse("Not so.", status=405))
        assert told(RequestFactory().get("/")).content == b"Not so."


@pytest.mark.parametrize("method", ["get", "head", "post", "delete"])
@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v2/status", f"{STATUS}/", "/api/v1/areas", "/api/é%00"])
def test_under_api_everything_unknown_is_a_problem(browser: Client, path: str, method: str) -> None:
    answer = getattr(browser, method)(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)
    assert method == "head" or is_problem(answer, 404)


def test_elsewhere_it_is_a_page(browser: Client) -> None:
    assert is_page(browser.get("/apis/"), 404, "Page not found")


def test_a_fault_of_our_own_is_told_in_the_same_two_ways(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any) -> HttpResponse:
        raise ZeroDivisionError

    browser.raise_request_exception = False
    monkeypatch.setattr(api, "status_answer", fails)
    assert is_problem(browser.get(STATUS), 500)
    assert is_page(errors.server_error(HttpRequest()), 500, "Sorry, there is a problem")


def test_a_refusal_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def refuse() -> Any:
        raise PermissionDenied

    for status in (403, 500):
        try:
            refuse()
        except PermissionDenied:
            logging.getLogger("django.request").error("No: %s", "/x/", exc_info=True, extra={"status_code": status})
    assert [bool(record.exc_info) for record in caplog.records] == [False, True]
